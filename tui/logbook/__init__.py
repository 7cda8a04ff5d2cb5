"""Entries as sentences, from the record alone. Reads the compiled plan as JSON for its titles; never a graph.

titles   the words of a plan, with the values of its site and room in them
fields   which words a field of an entry is said with
found    the text of a finding
teller   says an entry: when, who, what
"""

from tui.logbook.found import found_words
from tui.logbook.teller import CLOCK, LATE_S, MACHINE, MOST_LISTED, SHORT_ID, TRAINER, Teller, of_a_drill
from tui.logbook.titles import NO_TITLES, Titles, headline_of, in_seven_bits, titles_of, when, with_ids

__all__ = [
    "CLOCK",
    "LATE_S",
    "MACHINE",
    "MOST_LISTED",
    "NO_TITLES",
    "SHORT_ID",
    "TRAINER",
    "Teller",
    "Titles",
    "found_words",
    "headline_of",
    "in_seven_bits",
    "of_a_drill",
    "titles_of",
    "when",
    "with_ids",
]
