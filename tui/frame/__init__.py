"""What a screen of a given size shows, worked out without a terminal.

rows      spans, rows, and what is done with them
glass     what a screen knows beside the run
head      the three rows that are never gone
around    the steps before and after, the whole list, the record
map       the graph as rails, at 120 columns and more
card      the step in front, a question, the answers behind digits
foot      watch list, timers, alarm, keys
acts      the list on Tab, and what fits the words typed there
walk      where all that stands
home      the start list and what is open
home_glass, home_rows   what home knows, with its numbers; the rows of a run, a plan, a person
emergency the page on F9: watches, other plans, what goes on; and what is about to begin, once more

Nothing is loaded here: the first frame needs `rows`, and it comes before the engine is there.
"""
