"""The one table of every rule, whoever checks it. Rules of scenarios and of the programme join here."""

from __future__ import annotations

from engine.book import RULES as OF_FILES
from engine.book import Rule
from engine.lint.advice import ADVICE
from engine.lint.limit_rules import LIMITS
from engine.lint.roads import ROADS

RULES: dict[str, Rule] = {**OF_FILES, **{rule.id: rule for rule in (*ROADS, *LIMITS, *ADVICE)}}
"""Every rule by its id: those of reading a file and of its graph, those of roads, and what is advised."""
