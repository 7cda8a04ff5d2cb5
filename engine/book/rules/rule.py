"""What a rule is: one thing that may be wrong in a plan book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.text import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may be wrong in a plan book."""

    id: str
    title: Text
    explanation: Text
    """What is checked, and why it matters."""
    wrong: str
    """YAML that breaks it."""
    right: str
    """The same as it should be."""
    severity: Literal["error", "advice"] = "error"
    readable: bool = False
    """The rest can still be understood, so the graph is proven too before everything is told at once."""


def rule(
    rule_id: str,
    title: Text,
    explanation: Text,
    wrong: str,
    right: str,
    *,
    severity: Literal["error", "advice"] = "error",
    readable: bool = False,
) -> tuple[str, Rule]:
    """A row of the table: the rule under its id."""
    return rule_id, Rule(rule_id, title, explanation, wrong, right, severity, readable)
