"""The trainer's console without a terminal: what is known of the drill, what can be done, and the lines of it.

board    everything that is shown, worked out from both runs in the thread of the record
move     a move as data: what must be asked for it, and its deed
people   moves about people: signing in and out, who evaluates
moves    what a trainer or an evaluator can do, with what must be asked for it
rows     what can be chosen now, by the stage of the drill
live     one console: its exercise, its signs of life, and looking again
plain    the console line by line
"""
