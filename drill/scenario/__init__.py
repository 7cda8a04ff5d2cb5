"""What a drill is made of.

facts      what is true in it and how simulated people play: all that a crew may know
values     everything else: objectives, injects and when they come, what is expected
"""
