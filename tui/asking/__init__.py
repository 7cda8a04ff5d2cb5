"""Asking a person, one question at a time, for everything an act needs.

answers      a question, what was given, what is written at once, and doing it
pages        a line, and a list too long for the screen
fields       the forms of a question: a choice, a number, a list, a time
people       who did it, and who stands behind it; signing: who signs, in which role, and how
levels       what is said before a level is declared
questions    which questions an act asks, in which order: a generator that neither prints nor reads
form         the same as a form: which field is open, and the way back to the one before
asker        the same at a terminal
"""

from tui.asking.answers import Answers, Asking, Performed, Question, Taken, perform
from tui.asking.asker import Asker, Cancelled
from tui.asking.form import Form
from tui.asking.questions import Questions
from tui.typed import clock_time, narrow, pick, plain_number

__all__ = [
    "Answers",
    "Asker",
    "Asking",
    "Cancelled",
    "Form",
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
