"""A rehearsal does what its file says and judges what must come of it, each fault at its place."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from engine.errors import BookBroken, Refused
from tests.tui.table import KINDS, ROOT
from tui.locale import say
from tui.verbs.linting import lint
from tui.verbs.plans import show
from tui.verbs.playable import opening_from, read_whole_book
from tui.verbs.rehearsing import rehearse

HEAD = """\
rehearsal: trial
runbook: kinds
site: trial
room: A1
reported_at: 2026-11-22T14:00:00+08:00
people: {IC: wang, ENG: li, PWR: zhao, CS: chen}
"""

LOOKED = 'values: {depth: 0, drips: "no", cause: x, seen-at: "2026-11-22T06:00:00.000Z"}'


@pytest.fixture
def played(tmp_path, capsys):
    """Plays a rehearsal; the exit code, and what was said with the lines of the file counted from its script."""

    def play(*lines: str, book: Path = KINDS, as_json: bool = False, language: str = "en") -> tuple[int, str]:
        file = tmp_path / "trial.yaml"
        file.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
        code = rehearse([str(file)], False, None, None, as_json, str(book), language)
        return code, capsys.readouterr().out.replace(f"{tmp_path}/", "")

    return play


def line_of(*lines: str, holding: str) -> int:
    """The line of the file in which a text stands."""
    text = (HEAD + "\n".join(lines)).split("\n")
    return next(number for number, line in enumerate(text, start=1) if holding in line)


# --- what must come of it


def test_what_is_reached_and_holds_passes(played):
    code, told = played(
        "script:",
        "  - {at: 0s, by: li, answer: entry.0.yes}",
        f"  - {{at: 1m, by: li, done: look, {LOOKED}}}",
        "  - {at: 2m, by: li, answer: source.crac}",
        "  - {at: 3m, by: li, done: crac-off}",
        "  - {at: 4m, by: li, done: mop, values: {depth: 0}}",
        "  - {at: 5m, by: wang, level: II}",
        "must_reach: [look, source.crac, responded, recovered, mop.met]",
        "never: [pipe-off, source.pipe, hot, shed]",
        "at_end:",
        "  steps: {crac-off: done, pipe-off: not-applicable, close: waiting, shed: asleep, sheet: ready}",
        "  promises: {respond: kept, inform: kept, report: idle}",
        '  readings: {depth: "0"}',
        "  level: II",
        '  ended: "no"',
        "  children: []",
    )

    assert (code, told.strip()) == (0, "passed  trial.yaml")


def test_what_is_not_reached_is_a_fault_where_the_file_says_so(played):
    lines = ["script:", "  - {at: 0s, by: li, answer: entry.0.yes}", "must_reach: [look, recovered]"]

    code, told = played(*lines)

    place = f"trial.yaml:{line_of(*lines, holding='recovered')}:20: "
    assert code == 1
    assert told.startswith(place + "'recovered' must be reached")
    assert "FAILED  trial.yaml" in told


def test_what_must_never_be_is_seen_at_every_instant_also_when_it_is_over_at_the_end(played):
    lines = [
        "script:",
        "  - {at: 10m, by: li, values: {inlet: 30}}",
        "  - {at: 12m, by: li, values: {inlet: 20}}",
        "  - {at: 12m, by: li, retire: hot, reason: cool again}",
        "never: [hot, shed]",
    ]

    code, told = played(*lines)

    assert code == 1
    assert re.findall(r"'(\w+)' must never be reached, and was reached after ([\d:]+)", told) == [
        ("hot", "0:10:00"),
        ("shed", "0:10:00"),
    ]


def test_what_must_never_be_is_seen_while_time_passes(played):
    code, told = played(
        "script:",
        "  - {at: 0s, by: li, values: {flow: 0}}",
        "  - {pass: 24h}",
        "never: [settle]",
    )

    assert (code, "'settle' must never be reached" in told) == (1, True)


def test_twenty_four_hours_pass_and_each_limit_falls_due_at_its_moment(played):
    code, told = played(
        "script:",
        "  - {at: 0s, by: li, values: {flow: 0}}",
        "  - {pass: 24h}",
        "at_end:",
        "  steps: {settle: done, pause: done, rounds: ready, gate: overdue}",
        "  promises: {respond: broken, inform: broken}",
    )

    assert (code, told.strip()) == (0, "passed  trial.yaml")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("steps: {look: done}", "step look should be done, and is ready"),
        ("promises: {respond: kept}", "promise respond should be kept, and is running"),
        ('readings: {depth: "2"}', "reading depth should be 2, and is -"),
        ("level: I", "level should be I, and is -"),
        ("ended: complete", "ending should be complete, and is no"),
        ("children: [smoke]", "runbooks opened should be smoke, and is"),
    ],
)
def test_what_does_not_hold_at_the_end_is_said_at_its_place(played, said, sentence):
    lines = ["script:", "  - {at: 0s, by: li, answer: entry.0.yes}", "at_end:", f"  {said}"]

    code, told = played(*lines)

    assert code == 1
    assert sentence in re.sub(" +", " ", told)
    assert told.startswith(f"trial.yaml:{line_of(*lines, holding=said)}:")


# --- lines that cannot be


def test_a_refused_line_is_a_fault_at_its_place_with_the_sentence_of_the_engine(played):
    lines = [
        "script:",
        "  - {at: 0s, by: li, answer: source.crac}",
        "  - {at: 1m, by: wang, sign: permit}",
        "  - {at: 2m, by: zhao, done: valve, values: {flow: 0}, tag: V-99}",
    ]

    code, told = played(*lines)

    faults = told.strip().split("\n")[:-1]
    assert code == 1
    assert [fault.partition(": ")[0] for fault in faults] == [f"trial.yaml:{line}:5" for line in (8, 9, 10)]
    assert "waits for" in faults[0] or "is waiting" in faults[0]
    assert "V-99" in faults[2]


def test_after_a_refused_line_the_script_goes_on(played):
    code, told = played(
        "script:",
        "  - {at: 0s, by: li, answer: source.crac}",
        f"  - {{at: 1m, by: li, done: look, {LOOKED}}}",
        "must_reach: [responded]",
    )

    assert code == 1
    assert "responded" not in told


def test_time_never_goes_back(played):
    code, told = played("script:", "  - {at: 5m, by: li, note: a}", "  - {at: 4m, by: li, note: b}")

    assert code == 1
    assert told.startswith("trial.yaml:9:5: ")


@pytest.mark.parametrize(
    ("line", "column", "word"),
    [
        ("  - {at: 0s, by: li, donne: look}", 22, "donne"),
        ("  - {at: 0s, by: li, done: lok}", 28, "look"),
        ("  - {at: 0s, by: lii, done: look}", 18, "lii"),
        ("  - {at: 0s, by: li, role: XYZ}", 28, "XYZ"),
        ("  - {at: soon, by: li, done: look}", 10, "soon"),
        ("  - {by: li, done: look}", 5, "at"),
    ],
)
def test_what_is_no_rehearsal_is_a_fault_at_its_exact_place_and_nothing_is_played(played, line, column, word):
    code, told = played("script:", line)

    assert code == 1
    assert word in "".join(said for said in told.split("\n") if said.startswith(f"trial.yaml:8:{column}: "))


def test_an_unknown_key_is_an_error(played):
    code, told = played("script:", "  - {at: 0s, by: li, note: a}", "at_the_end: {ended: complete}")

    assert (code, told.startswith("trial.yaml:9:1: ")) == (1, True)
    assert "at_the_end" in told


# --- two runbooks


def test_a_run_step_opens_the_other_runbook_and_hands_over_or_waits(played):
    code, told = played(
        "script:",
        "  - {at: 1m, by: li, done: aside}",
        "  - {at: 2m, by: li, done: beside}",
        "at_end:",
        "  steps: {aside: ready, beside: done}",
        "  children: [smoke, sub]",
    )

    assert (code, told.strip()) == (0, "passed  trial.yaml")


def test_a_watch_opens_the_runbook_it_calls_for(played):
    code, told = played("script:", "  - {at: 1m, by: li, raise: smell}", "at_end: {children: [smoke]}")

    assert (code, told.strip()) == (0, "passed  trial.yaml")


def test_a_hazard_that_is_open_already_is_joined_and_not_opened_twice(played):
    code, told = played(
        "script:",
        "  - {at: 1m, by: li, done: beside}",
        "  - {at: 2m, by: li, raise: smell}",
        "at_end: {children: [smoke]}",
    )

    assert (code, told.strip()) == (0, "passed  trial.yaml")


# --- how it is said


def test_as_json_every_fault_has_its_place_and_both_sentences(played):
    code, told = played("script:", "  - {at: 0s, by: li, answer: source.crac}", as_json=True)

    [file] = json.loads(told)
    [fault] = file["faults"]
    assert (code, file["passed"], fault["line"], fault["column"]) == (1, False, 8, 5)
    assert fault["rule"] == "rehearsal-refused"
    assert re.search("[一-鿿]", fault["zh"]) and fault["en"] and not re.search("[一-鿿]", fault["en"])
    assert file["run"].startswith("H-")


def test_it_is_said_in_chinese_too(played):
    code, told = played("script:", "  - {at: 0s, by: li, answer: entry.0.yes}", language="zh")

    assert (code, told.strip()) == (0, say("rehearsal-passed", "zh", name="trial.yaml"))


def test_a_runbook_that_is_unsound_is_said_with_its_place_and_not_played(played, tmp_path):
    book = tmp_path / "book"
    shutil.copytree(KINDS, book)
    text = (book / "kinds.yaml").read_text("utf-8")
    (book / "kinds.yaml").write_text(text.replace("after: source.pipe", "after: mop"), "utf-8")

    code, told = played("script:", "  - {at: 0s, by: li, answer: entry.0.yes}", book=book)

    assert code == 1
    assert "kinds.yaml:" in told


PLAYED_WITH_THEIR_RUNBOOK = (
    "call-119", "close-out", "complaint", "customer-fault", "fire", "gas-re-entry", "leak", "lightning",
    "network", "outage", "patrol", "re-energise",
)  # fmt: skip
"""The runbooks whose tests in `tests/content` play all their rehearsals (`book.taken`), each of which must
come out as it says. Played here too, they would take a minute to say the same."""


def test_rehearsals_of_the_shipped_book_pass_one_after_the_other(capsys):
    files = [str(ROOT / f"tests/rehearsals/{name}.yaml") for name in ("complaint-first", "call-119-quick")]

    code = rehearse(files, False, None, None, False, str(ROOT / "runbooks"), "zh")

    said = "".join(f"{say('rehearsal-passed', 'zh', name=file)}\n" for file in files)
    assert (code, capsys.readouterr().out) == (0, said)


def test_no_rehearsal_lies_there_that_nothing_plays():
    names = [path.stem for path in (ROOT / "tests/rehearsals").glob("*.yaml")]

    assert len(names) > 100
    assert [name for name in names if not name.startswith(PLAYED_WITH_THEIR_RUNBOOK)] == []


# --- what is wrong in the book, and options that would do nothing


@pytest.fixture
def broken(tmp_path):
    """A plan book with one runbook of these steps, and a rehearsal of it; the folder and the file."""

    def make(steps: str, name: str = "small") -> tuple[Path, Path]:
        folder = tmp_path / "book"
        folder.mkdir()
        for kept in ("site.yaml", "promises.yaml"):
            (folder / kept).write_bytes((KINDS / kept).read_bytes())
        head = (
            "runbook: small\nrevision: 1\nreleased: {by: wang, at: 2026-11-01}\ntitle: {zh: 小, en: small}\n"
        )
        roles = "roles: {ENG: {zh: 工, en: engineer}}\nsteps:\n"
        (folder / "small.yaml").write_text(head + roles + steps, "utf-8")
        file = tmp_path / f"{name}.yaml"
        script = "reported_at: 2026-11-22T02:10:00+08:00\nscript:\n  - {at: 1m, by: li, done: a}\n"
        file.write_text(f"rehearsal: x\nrunbook: small\n{script}", "utf-8")
        return folder, file

    return make


UNREADABLE = "  - {id: a, do: {zh: 甲, en: [}, role: ENG}\n"
MISSPELT = "  - {id: a, do: {zh: 甲, en: a}, rol: ENG}\n"
UNSOUND = (
    "  - {id: a, do: {zh: 甲, en: a}, role: ENG, after: c}\n"
    "  - {id: b, do: {zh: 乙, en: b}, role: ENG}\n  - {id: c, do: {zh: 丙, en: c}, role: ENG}\n"
)


@pytest.mark.parametrize("steps", [UNREADABLE, MISSPELT, UNSOUND])
def test_what_is_wrong_in_the_runbook_is_said_at_its_place_by_every_verb(broken, capsys, steps):
    folder, file = broken(steps)
    place = re.compile(rf"{re.escape(str(folder / 'small.yaml'))}:[67]:\d+: .+")

    assert rehearse([str(file)], False, None, None, False, str(folder), "en") == 1
    assert place.search(capsys.readouterr().out)
    ways = (
        lambda: rehearse(["small"], True, None, None, False, str(folder), "en"),
        lambda: rehearse([str(file)], True, None, None, False, str(folder), "en"),
        lambda: show("small", "text", None, str(folder), "en"),
        lambda: opening_from(read_whole_book(str(folder)), "small"),
    )
    for way in ways:
        with pytest.raises(BookBroken) as told:
            way()
        assert any(place.fullmatch(f"{one.place}: {one.sentence('en')}") for one in told.value.faults)


def test_what_is_wrong_in_another_runbook_keeps_nobody_from_this_one(broken, capsys):
    folder, file = broken("  - {id: a, do: {zh: 甲, en: a}, role: ENG}\n")
    (folder / "other.yaml").write_text("runbook: other\nsteps: [\n", "utf-8")

    assert rehearse([str(file)], False, None, None, False, str(folder), "en") == 0, capsys.readouterr().out


def test_a_rehearsal_of_a_runbook_that_is_nowhere_is_told_where_it_names_it(broken, capsys):
    folder, file = broken("  - {id: a, do: {zh: 甲, en: a}, role: ENG}\n")
    file.write_text(file.read_text("utf-8").replace("runbook: small", "runbook: smal"), "utf-8")

    assert rehearse([str(file)], False, None, None, False, str(folder), "en") == 1
    assert f"{file}:2:10: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"who": "li"}, "rehearse-live-only"),
        ({"room": "A1"}, "rehearse-live-only"),
        ({"live": True, "as_json": True}, "rehearse-live-json"),
        ({"live": True, "more": True}, "rehearse-one-live"),
        ({"live": True, "room": "A1"}, "rehearse-has-room"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(broken, said, refused):
    folder, file = broken("  - {id: a, do: {zh: 甲, en: a}, role: ENG}\n")
    files = [str(file)] * (2 if said.pop("more", False) else 1)
    given = {"live": False, "who": None, "room": None, "as_json": False} | said
    with pytest.raises(Refused) as told:
        rehearse(files, given["live"], given["who"], given["room"], given["as_json"], str(folder), "en")

    assert told.value.id == refused


HARMFUL = "r\x1b[31m\x9b\u202e"


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("steps", ["  - {id: a, do: {zh: 甲, en: a}, role: ENG}\n", UNSOUND])
def test_nothing_of_a_file_name_acts_on_a_terminal(broken, capsys, steps, as_json):
    folder, file = broken(steps, HARMFUL)
    file.write_text(file.read_text("utf-8") + "bogus: 1\n", "utf-8")
    (folder / "small.yaml").rename(folder / f"{HARMFUL}.yaml")

    rehearse([str(file)], False, None, None, as_json, str(folder), "en")
    lint([str(folder)], None, "json" if as_json else "text", None, "en", None)

    told = capsys.readouterr().out
    assert not set(told) & set("\x1b\x9b\u202e"), told
    assert ("\\u202e" if as_json else "<202E>") in told


def test_a_rehearsal_that_is_too_long_is_told_so(broken, capsys):
    folder, file = broken("  - {id: a, do: {zh: 甲, en: a}, role: ENG}\n")
    file.write_text(file.read_text("utf-8") + "#" * 2_000_000, "utf-8")

    assert rehearse([str(file)], False, None, None, False, str(folder), "en") == 1
    assert "larger than 2 MB; no plan, rehearsal or scenario" in capsys.readouterr().out
