"""Which words a field of an entry is said with: tables, by the name of the field."""

from __future__ import annotations

from typing import Any

from tui.locale import WORDS

TABLES = {
    "step": "steps",
    "missed": "steps",
    "until": "steps",
    "watch": "watches",
    "reading": "readings",
    "role": "roles",
    "group": "groups",
    "person": "people",
    "giver": "people",
    "owner": "people",
    "acting_for": "people",
}
"""In which table of titles a field is looked up."""

TABLES_OF = {("inject_set", "to"): "roles"}
"""The same for a field that means something else in one type of entry."""

SPOKEN = ("sender", "title", "text")
"""Fields that the record may hold in each language."""

KINDS = {
    "how": "ended",
    "link": "link",
    "outcome": "outcome",
    "strength": "strength",
    "giver_strength": "strength",
    "basis": "basis",
    "kind": "note",
}
"""What a field names among the words of the program."""

KINDS_OF = {
    ("clock_set", "rate"): "rate",
    ("inject_set", "how"): "inject",
    ("inject_set", "channel"): "channel",
    ("observed", "kind"): "seen",
    ("stage", "stage"): "stage",
}
"""The same for a field that means something else in one type of entry."""

MORE = (
    "acting_for",
    "strength",
    "channel",
    "giver_strength",
    "giver_channel",
    "to",
    "until",
    "owner",
    "deviation",
    "despite",
    "forced",
    "reason",
    "note",
    "reopens",
    "second",
    "alone",
    "open",
    "since",
    "expectation",
    "explanation",
    "basis",
)
"""What is said behind a sentence, in this order."""


OF_COURSE = ("asserted", "second-person")
"""Bases that the sentence says by itself: somebody did it, or their signatures stand beside it."""


def word_of(name: str, said: dict[str, Any]) -> str:
    """The sentence of an event; some have several."""
    if name == "step-done" and (said.get("confirms") or said.get("round")):
        return "log-step-confirmed" if said.get("confirms") else "log-step-visited"
    if name == "step-started" and said.get("missed"):
        return "log-step-late"
    if name == "signed-off":
        known = f"log-signed-{said.get('purpose')}"
        return (
            "log-voice-confirmed" if said.get("confirms") else known if known in WORDS else "log-signed-off"
        )
    if name == "note-added" and said.get("kind") == "finding":
        return "log-finding"
    if name == "step-overridden" and said.get("answer"):
        return "log-step-overridden-answer"
    if name == "stage" and said.get("how"):
        return "log-stage-ended"
    if name == "note-added" and said.get("kind") == "went-on":
        return "log-went-on"
    return f"log-{name}"


def word_with(name: str, key: str) -> str:
    """The words behind a sentence: to whom an inject goes, nobody has heard and confirmed."""
    said = {("inject_set", "to"): "inject-to", ("answer_given", "deviation"): "against"}
    return f"log-with-{said.get((name, key), key.replace('_', '-'))}"
