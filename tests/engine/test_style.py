"""Advice about words is measured: thirty sentences of each language, labelled by a person."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engine.lint import style

ROOT = Path(__file__).parents[1] / "fixtures" / "style"
LOOKS = {
    "two-actions": ("do", style.two_actions),
    "condition-last": ("do", style.condition_last),
    "passive-voice": ("do", style.passive_voice),
    "all-except": ("do", style.all_except),
    "warning-instructs": ("warn", style.warning_instructs),
}
LEAST_RIGHT = 0.9
"""Share of what is advised that a person would advise too; and of what they advise that is found."""


def labelled(language: str) -> list[tuple[str, str, str]]:
    """Label (empty: nothing to say), key, sentence."""
    lines = (ROOT / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    return [(label, key, sentence) for label, key, sentence in (line.split("\t") for line in lines)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_advice_about_words_is_mostly_right(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    counted: Counter[str] = Counter()
    wrong = []
    for label, key, sentence in labelled(language):
        found = [name for name, (of, look) in LOOKS.items() if of == key and look(sentence, language)]
        counted["advised"] += len(found)
        counted["right"] += label in found
        counted["labelled"] += bool(label)
        if found != [label] * bool(label):
            wrong.append((sentence, label, found))
    precision, recall = counted["right"] / counted["advised"], counted["right"] / counted["labelled"]
    with capsys.disabled():
        print(f"\n{language}: precision {precision:.2f}, recall {recall:.2f} of 30 sentences {wrong}")

    assert len(labelled(language)) == 30
    assert min(precision, recall) >= LEAST_RIGHT, wrong


@pytest.mark.requirement("E11")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_about_words_is_measured_in_both_languages(language: str) -> None:
    labels = {label for label, _, _ in labelled(language)}

    assert labels == {"", *LOOKS}
