"""Widgets of our own: a canvas of lines.

canvas   holds what is shown, and what the terminal shows
pen      the fewest bytes from the one to the other
seven    the same in 7-bit signs
"""
