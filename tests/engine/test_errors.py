"""Every sentence a person sees: it is there, it says all it promises, and somebody uses it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from engine.acts import OUTCOME_WORDS
from engine.errors import Refused, say
from engine.events import (
    BASES,
    Acknowledged,
    AnswerGiven,
    Event,
    NoteAdded,
    RoleTaken,
    RunEnded,
    RunOpened,
    StepDone,
    WatchRaised,
    WatchRetired,
)
from engine.plan import LEVELS, Watch
from engine.rules import NOTE_KINDS, OUTCOMES, STRENGTHS
from engine.sentences import SENTENCES
from engine.text import LANGUAGES, LINE_CELLS, Text, wrap
from tests.engine.build import Device, apart, do, graph, hold, text

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "drill", "tui")
MOST_LINES = 3

# Who takes the id of a sentence, and at which place among its arguments; exceptions are found by themselves.
TELLERS = {"Fault": 0, "_fault": 1, "page.fault": 0, "self.fault": 0}
FACTS_APART = {"Fault"}
"""Tellers that are given their facts as pairs, which cannot be read here."""
A_SENTENCE = {"said", "why", "hint"}
"""Facts that carry a sentence of their own, so another one may end with them."""


@dataclass(frozen=True)
class Told:
    """One place in the source that names a sentence, and the facts it gives by name."""

    place: str
    teller: str
    sentence: str
    facts: frozenset[str] | None
    """None when they are not written out there."""


# --- reading source


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_bytes())


def exceptions(trees: list[ast.Module]) -> set[str]:
    """MusterError and everything that is one."""
    bases = {
        node.name: {ast.unparse(base).split(".")[-1] for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"MusterError"}
    while more := {name for name, over in bases.items() if over & found} - found:
        found |= more
    return found


@cache
def told() -> list[Told]:
    """Every call that names a sentence by a literal."""
    files = list(sources())
    tellers = TELLERS | dict.fromkeys(exceptions([tree for _, tree in files]), 0)
    found = []
    for file, tree in files:
        here = tellers | {"say": 0} if _says_ours(tree) else tellers
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        found += [one for call in calls for one in _told_by(file, call, here)]
    return found


def _says_ours(tree: ast.Module) -> bool:
    """Whether `say` in that file is ours: the words of screens have one of their own."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "engine.errors"
        and any(one.name == "say" for one in node.names)
        for node in ast.walk(tree)
    )


def _told_by(file: str, call: ast.Call, tellers: dict[str, int]) -> Iterator[Told]:
    teller = ast.unparse(call.func)
    at = tellers.get(teller)
    if at is None or len(call.args) <= at:
        return
    names = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
    spread = teller in FACTS_APART or any(keyword.arg is None for keyword in call.keywords)
    for sentence in _literals(call.args[at]):
        yield Told(f"{file}:{call.lineno}", teller, sentence, None if spread else frozenset(names))


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def words_written() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every string of the source but the keys of SENTENCES, and a pattern for each that is put together."""
    words, patterns = set(), []
    for _, tree in sources():
        keys = {
            id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in _sentence_keys(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys:
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr) and (pattern := _pattern(node)):
                patterns.append(pattern)
    return words, patterns


def _sentence_keys(node: ast.Dict) -> Iterator[ast.expr]:
    for key, value in zip(node.keys, node.values, strict=True):
        if key is not None and isinstance(value, ast.Call) and ast.unparse(value.func) == "Text":
            yield key


def _pattern(node: ast.JoinedStr) -> re.Pattern[str] | None:
    """``f"verify-{outcome}"`` → ``verify-.+``; None when it begins with what is filled in."""
    parts = [str(one.value) if isinstance(one, ast.Constant) else None for one in node.values]
    if not parts or not re.fullmatch("[a-z]+-", parts[0] or ""):
        return None
    return re.compile("".join(".+" if part is None else re.escape(part) for part in parts))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def sample(name: str, language: str) -> Any:
    """What may stand for a fact: a title of usual length, a number where one is counted, a whole sentence."""
    if name in A_SENTENCE:
        return "请再看一次。" if language == "zh" else "Look again."
    if name in {"count", "tries", "needed", "round", "item", "digits", "left", "seconds", "most", "number"}:
        return 3
    return "关闭三号空调进水阀" if language == "zh" else "Close the feed valve"


def filled(sentence: str, language: str) -> str:
    facts = {name: sample(name, language) for name in placeholders(SENTENCES[sentence].of(language))}
    return say(sentence, language, **facts)


# --- the sentences and the source


def test_every_sentence_that_is_told_exists() -> None:
    everything = told()
    assert len(everything) > 150
    assert [f"{one.place}: {one.sentence}" for one in everything if one.sentence not in SENTENCES] == []


def test_every_sentence_is_used() -> None:
    words, patterns = words_written()
    unused = [
        name
        for name in SENTENCES
        if name not in words and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert unused == []


def test_every_place_gives_the_facts_its_sentence_needs() -> None:
    missing = [
        f"{one.place}: {one.sentence} lacks {sorted(lacking)}"
        for one in told()
        if one.facts is not None and one.sentence in SENTENCES
        if (lacking := placeholders(SENTENCES[one.sentence].en) - one.facts)
    ]
    assert missing == []


def test_a_refusal_about_a_step_says_its_title_in_quotes() -> None:
    about = {one.sentence for one in told() if one.teller == "Refused" and one.facts and "step" in one.facts}
    unquoted = [
        name for name in about if "“{step}”" not in SENTENCES[name].zh or "'{step}'" not in SENTENCES[name].en
    ]
    assert unquoted == []


# --- each sentence for itself


def test_both_languages_say_the_same_facts() -> None:
    in_words = {"outcomes"}  # Chinese has the words for them, English the ids
    differ = {
        name: odd
        for name, says in SENTENCES.items()
        if (odd := (placeholders(says.zh) ^ placeholders(says.en)) - in_words)
    }
    assert differ == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_comes_to_an_end(language: str) -> None:
    ends = ("。", "？", "！") if language == "zh" else (".", "?", "!")
    assert [name for name in SENTENCES if not filled(name, language).endswith(ends)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_takes_more_than_three_lines(language: str) -> None:
    lines = {name: len(wrap(filled(name, language), LINE_CELLS)) for name in SENTENCES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_chinese_is_written_with_its_own_punctuation() -> None:
    half = re.compile("[一-鿿”][,;:?!]|[,;?!][一-鿿“]")
    assert [name for name, says in SENTENCES.items() if half.search(says.zh)] == []


@pytest.mark.parametrize(
    ("sentence", "choices"),
    [
        ("unknown-strength", STRENGTHS),
        ("unknown-basis", BASES),
        ("unknown-note", NOTE_KINDS),
        ("unknown-level", LEVELS),
        ("unknown-ending", ("complete", "complete-except", "abandoned")),
    ],
)
def test_a_sentence_about_a_wrong_choice_names_the_right_ones(
    sentence: str, choices: tuple[str, ...]
) -> None:
    assert [one for one in choices if one not in SENTENCES[sentence].en] == []


def test_the_outcomes_of_a_call_are_named_as_the_list_names_them() -> None:
    said = say("unknown-outcome", "zh", outcome="x", outcomes=OUTCOMES)
    assert [words.zh for words in OUTCOME_WORDS.values() if words.zh not in said] == []
    assert say("unknown-outcome", "en", outcome="x", outcomes=OUTCOMES).endswith(
        ": " + ", ".join(OUTCOMES) + "."
    )


# --- saying one


def test_a_fact_in_two_languages_is_said_in_the_one_that_is_asked() -> None:
    refused = Refused(
        "still-waiting",
        step=Text("吸干积水", "Remove the water"),
        waits_for=(Text("关闭立管阀门", "Close the riser valve"), Text("停机", "Stop the unit")),
    )
    assert refused.sentence("zh") == "“吸干积水”还轮不到，它在等：关闭立管阀门、停机；请先做这些。"
    assert (
        str(refused)
        == "'Remove the water' waits for Close the riser valve, Stop the unit; finish that first."
    )


def test_braces_in_a_fact_are_plain_characters() -> None:
    assert "{0.__class__}" in say("unknown-act", "en", act="{0.__class__}")


# --- sentences name the thing by its title


def said(device: Device, event: Event, language: str = "en") -> str:
    """The sentence with which an event is refused."""
    with pytest.raises(Refused) as refused:
        device.propose(event)
    return refused.value.sentence(language)


def test_missing_signatures_are_named_by_the_titles_of_the_roles() -> None:
    roles = (("PWR", Text("动力工程师", "power engineer")), ("ENG", Text("现场工程师", "on-site engineer")))
    plan = graph(hold("h", "PWR ENG"), do("in"), roles=roles)
    device = Device(plan)
    device.record(RunOpened("plan", 1, "", ()))

    assert "lacks the signature of power engineer, on-site engineer;" in said(device, StepDone("h"))
    assert "还缺签字：动力工程师、现场工程师；" in said(device, StepDone("h"), "zh")


def test_two_commanders_are_listed_as_each_language_lists() -> None:
    one, two = apart(do("a"))
    for device, person in ((one, "li"), (two, "zhao")):
        device.propose(RoleTaken("IC", person, reason="r"))
    one.sync(two)

    taken = RoleTaken("IC", "chen")
    assert "、" in said(one, taken, "zh") and "、" not in said(one, taken)
    assert ", " in said(one, taken)


def test_an_answer_to_an_entry_condition_names_the_condition() -> None:
    device = Device(graph(do("a"), entry=(text("an alarm came"),))).open()

    assert said(device, AnswerGiven("entry.0", "perhaps")).startswith("'an alarm came' has no answer")


def test_refusals_about_watches_alarms_and_leftovers_name_them_by_their_words() -> None:
    watch = Watch("smoke", words=Text("有烟", "smoke is seen"))
    device = Device(graph(do("a", text="close the valve"), do("b", within="5m"), watches=[watch])).open()
    assert "'smoke is seen'" in said(device, WatchRetired("smoke", "gone"))
    device.record(WatchRaised("smoke"), Acknowledged("watch:smoke:1"))

    assert "“有烟”" in said(device, WatchRaised("smoke"), "zh")
    assert "'smoke is seen'" in said(device, Acknowledged("watch:smoke:1"))
    assert "'close the valve'" in said(device, NoteAdded("done", "put-back", "a"))


@pytest.mark.parametrize(
    ("steps", "ending"), [(5, "s4; finish"), (6, "s4, and 1 more; finish"), (9, "and 4 more")]
)
def test_of_many_open_steps_five_are_named(steps: int, ending: str) -> None:
    device = Device(graph(*(do(f"s{number}") for number in range(steps)))).open()

    sentence = said(device, RunEnded("complete"))

    assert ending in sentence
    assert "s5" not in sentence
