"""Asking a person, one question at a time, for everything an act needs.

answers      a question, what was given, what is written at once, and doing it
fields       the forms of a question: a line, a choice, a number, a list, a time
questions    which questions an act asks, in which order: a generator that neither prints nor reads
asker        the same at a terminal
"""

from tui.asking.answers import Answers, Asking, Performed, Question, Taken, perform
from tui.asking.asker import Asker, Cancelled
from tui.asking.questions import Questions
from tui.typed import clock_time, narrow, pick, plain_number

__all__ = [
    "Answers",
    "Asker",
    "Asking",
    "Cancelled",
    "Performed",
    "Question",
    "Questions",
    "Taken",
    "clock_time",
    "narrow",
    "perform",
    "pick",
    "plain_number",
]
