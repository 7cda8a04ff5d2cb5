"""What a screen of a given size shows, worked out without a terminal.

rows      spans, rows, and what is done with them
glass     what a screen knows beside the run
head      the three rows that are never gone
around    the steps before and after, the whole list, the map
card      the step in front, a question, the answers behind digits
foot      watch list, timers, alarm, keys
walk      where all that stands
home      the start list and what is open
"""

from tui.frame.glass import LEAST, PAGE_STEPS, WIDE, Glass
from tui.frame.rows import Frame, Row, Span
from tui.frame.walk import acts_on_a_page, walk_frame

__all__ = ["LEAST", "PAGE_STEPS", "WIDE", "Frame", "Glass", "Row", "Span", "acts_on_a_page", "walk_frame"]
