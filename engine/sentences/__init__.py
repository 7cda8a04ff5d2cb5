"""Every sentence of a refusal or a fault, by its id, in both languages; what fills it stands in braces.

conditions what is wrong in an expression or a duration
books      what is wrong in the files of a plan book
plans      what is wrong with a plan as a graph, and what could be better about it
steps      why a step cannot be done, answered or passed now
runs       signatures, readings, people and the ending of a run: why not now
records    what is the matter with the record: writing it, reading it, verifying it
program    what the program itself cannot do: rehearsals, the command line, PINs, templates
usual      no sentences: units and marks as they are said
"""

from __future__ import annotations

from engine.sentences.books import BOOKS
from engine.sentences.conditions import CONDITIONS
from engine.sentences.plans import PLANS
from engine.sentences.program import PROGRAM
from engine.sentences.records import RECORDS
from engine.sentences.runs import RUNS
from engine.sentences.steps import STEPS
from engine.text import Text

SENTENCES: dict[str, Text] = CONDITIONS | BOOKS | PLANS | STEPS | RUNS | RECORDS | PROGRAM
