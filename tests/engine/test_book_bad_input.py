"""Nothing that a reader is given can upset it: bad bytes, mangled files, hostile texts."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

import pytest
import yaml

from engine.book import load_book, read_promises, read_rehearsal, read_runbook, read_site
from engine.book.page import MOST_FAULTS
from engine.errors import Fault
from engine.plan import Book
from engine.text import clean
from tests.engine.written_book import DO, EXAMPLE, HEAD, REHEARSAL_FILE, read, told
from tests.hostile import HOSTILE


def alias_bomb() -> bytes:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(rows).encode()


GOOD_STEP = f"steps:\n  - {{id: a, {DO}}}\n"


BAD: list[tuple[str, bytes, tuple[str, int, int]]] = [
    ("nothing", b"", ("file-empty", 1, 1)),
    ("a mark of its byte order", b"\xef\xbb\xbf", ("file-empty", 1, 1)),
    ("an empty document", b"---\n", ("file-empty", 1, 1)),
    ("prose", "漏水了\n".encode(), ("wrong-type", 1, 1)),
    ("a list", b"- a\n- b\n", ("wrong-type", 1, 1)),
    ("10 MB of text", b"water " * 1_700_000, ("file-too-large", 1, 1)),
    ("GBK", "runbook: a\ntitle: 机房\n".encode("gbk"), ("file-encoding", 2, 8)),
    ("Latin-1", "runbook: a\ntitle: Gebäude\n".encode("latin-1"), ("file-encoding", 2, 11)),
    ("UTF-16", "runbook: a\n".encode("utf-16"), ("file-encoding", 1, 1)),
    ("UTF-16 without its mark", "runbook: a\n".encode("utf-16-be"), ("file-encoding", 1, 1)),
    ("UTF-32", "runbook: a\n".encode("utf-32"), ("file-encoding", 1, 1)),
    ("surrogates", b"runbook: \xed\xa0\x80\n", ("file-encoding", 1, 10)),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ("file-encoding", 1, 1)),
    ("lists without end", b"a: " + b"[" * 900_000, ("too-deep", 1, 23)),
    ("tables without end", b"a: " + b"{a: " * 400_000, ("too-deep", 1, 80)),
    ("rows without end", b"- " * 900_000, ("too-deep", 1, 41)),
    ("keys without end", b"? " * 900_000, ("too-deep", 1, 41)),
    ("no closing quote", b'runbook: "a\ntitle: b\n', ("yaml-unclosed", 1, 10)),
    ("no closing brace", b"title: {zh: a, en: b\nrevision: 1\n", ("yaml-unclosed", 1, 8)),
    ("no closing bracket", b"title: [a, b\nrevision: 1\n", ("yaml-unclosed", 1, 8)),
    ("a quote in a quote", 'title: "说"好""\n'.encode(), ("yaml-quote", 1, 8)),
    ("a second colon", b"title: a: b\n", ("yaml-quote", 1, 9)),
    ("a second colon in braces", b"title: {zh: a: b, en: c}\n", ("yaml-quote", 1, 14)),
    (">", b"act: > 3\n", ("yaml-quote", 1, 6)),
    (">=", b"act: >= 3\n", ("yaml-quote", 1, 6)),
    ("> in braces", b"a: {warn: > 27}\n", ("yaml-quote", 1, 11)),
    ("*", "zh: *重要\n".encode(), ("yaml-quote", 1, 5)),
    ("* and two words", b"zh: *very important\n", ("yaml-anchor", 1, 5)),
    ("&", b"zh: & b\n", ("yaml-quote", 1, 5)),
    ("-", b"zh: - b\n", ("yaml-quote", 1, 5)),
    ("%", b"unit: %RH\n", ("yaml-quote", 1, 7)),
    ("@", b"zh: @b\n", ("yaml-quote", 1, 5)),
    ("double braces and words", b"zh: {{ site.a }} b\n", ("yaml-quote", 1, 5)),
    ("double braces", b"zh: {{ site.a }}\n", ("yaml-quote", 1, 5)),
    ("no colon", b"runbook: a\ntitle b\nrevision: 1\n", ("yaml-layout", 2, 1)),
    ("a wide colon", "runbook: a\ntitle：b\nrevision: 1\n".encode(), ("yaml-layout", 2, 1)),
    ("a crooked line", b"a:\n  b: c\n d: e\n", ("yaml-layout", 3, 2)),
    ("a tab", b"a:\n\tb: c\n", ("yaml-tab", 2, 1)),
    ("a tab deeper in", b"a:\n  b: c\n\td: e\n", ("yaml-tab", 3, 1)),
    ("a backslash", b'a: "\\d"\n', ("yaml-escape", 1, 5)),
    ("an object", b"a: !!python/object/apply:os.system [x]\n", ("yaml-tag", 1, 4)),
    ("a tag of somebody", b"a: !h!x y\n", ("yaml-tag", 1, 4)),
    ("something behind the end", b"runbook: a\n...\nb\n", ("yaml-syntax", 3, 1)),
    ("a table for a key", b"{a: b}: c\n", ("yaml-quote", 1, 1)),
    ("a list for a key", b"? - a\n: c\n", ("wrong-type", 1, 3)),
]


@pytest.mark.parametrize(("data", "fault"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_what_is_no_plan_gets_one_sentence_with_its_place(data: bytes, fault: tuple[str, int, int]) -> None:
    runbook, faults = read_runbook(data, "x.yaml")

    assert runbook is None
    assert fault in told(faults)
    assert len(faults) == 1 or "missing-key" in {one.rule for one in faults}


@pytest.mark.parametrize(("data", "fault"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_without_the_c_parser_the_same_is_told(
    data: bytes, fault: tuple[str, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    # The Python parser may look a character further before it gives up.
    found = [(rule, line) for rule, line, _ in told(read_runbook(data, "x.yaml")[1])]

    assert fault[:2] in found


def test_without_the_c_parser_the_example_reads_the_same(
    example: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    again = load_book(EXAMPLE)

    assert again == example
    assert [dict(one.places) for one in again.runbooks] == [dict(one.places) for one in example.runbooks]


def test_an_alias_bomb_never_expands() -> None:
    runbook, faults = read_runbook(alias_bomb(), "bomb.yaml")
    anchors = [fault for fault in faults if fault.rule == "yaml-anchor"]

    assert runbook is None
    assert len(anchors) == 30 + 29 * 9


def test_a_file_of_nothing_but_faults_is_told_so_far_and_no_further() -> None:
    _, faults = read_runbook(b"a: b\n" * 300_000, "x.yaml")

    assert len(faults) == MOST_FAULTS


def test_a_merge_key_is_refused_and_merges_nothing() -> None:
    _, faults = read(HEAD + f"steps:\n  - &one {{id: a, {DO}}}\n  - {{<<: *one, id: b}}\n")

    assert told(faults) == [
        ("yaml-anchor", 9, 5),
        ("no-kind", 10, 5),
        ("yaml-anchor", 10, 6),
        ("yaml-anchor", 10, 10),
    ]


def test_control_characters_are_each_told_and_the_rest_is_still_read() -> None:
    text = HEAD.replace("Trial", "Tr\x07ial\u202e") + "hazrd: x\n" + GOOD_STEP

    assert told(read(text)[1]) == [
        ("control-character", 3, 23),
        ("control-character", 3, 27),
        ("unknown-key", 8, 1),
    ]


def test_windows_line_ends_and_a_byte_order_mark_move_nothing() -> None:
    text = HEAD + f"steps:\n  - {{id: a, recrd: x, {DO}}}\n"
    windows = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()

    # The misspelt key is read on as the one that was meant, and what it names is looked up.
    assert told(read(text)[1]) == [("unknown-key", 9, 13), ("undefined-reading", 9, 20)]
    assert told(read_runbook(windows, "x.yaml")[1]) == told(read(text)[1])


MARKUP = "[bold red]停[/bold red] <b>&amp;</b> [@click=quit]x[/] \\[x] {0} %s `id` $HOME **a** <script>"


def test_markup_in_every_text_passes_as_text() -> None:
    quoted = json.dumps(MARKUP, ensure_ascii=False)
    text = re.sub(r"\b(zh|en): (\"[^\"]*\"|[^,}\n]+)", lambda found: f"{found[1]}: {quoted}", EXAMPLE_TEXT)
    runbook, faults = read(text)

    assert runbook is not None and faults == []
    texts = [*runbook.symptoms, runbook.title, *(step.text for step in runbook.steps if step.kind != "tell")]
    assert {one.zh for one in texts} == {one.en for one in texts} == {MARKUP}


EXAMPLE_TEXT = (EXAMPLE / "leak.yaml").read_text()


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_a_hostile_text_is_told_or_is_harmless(what: str) -> None:
    value = json.dumps(HOSTILE[what])
    text = HEAD + f"steps:\n  - {{id: a, do: {{zh: {value}, en: {value}}}, tag: {value}}}\n"
    runbook, faults = read(text)

    assert faults or (runbook is not None and clean(runbook.steps[0].text.zh) == runbook.steps[0].text.zh)
    assert all(clean(fault.sentence(one)) == fault.sentence(one) for fault in faults for one in ("zh", "en"))


SITE_FILE = (EXAMPLE / "site.yaml").read_text()


PROMISES_FILE = (EXAMPLE / "promises.yaml").read_text()


SIGNS = (
    "{ } [ ] : , # \" ' | > *a &a !x null ~ [] {} true 5m site.x {{ }} \u200b ： all --- ? <<: \\ -1 +1 1/2/3"
)


PIECES = [
    *SIGNS.split(),
    ": ",
    "- ",
    "\t",
    "\n",
    "  ",
    "\x07",
    "{a: b}",
    "[a, b]",
    "{zh: x}",
    "{zh: x, en: y}",
]


def mangled(draw: random.Random, text: str) -> str:
    """The text with a few pieces put in, lines lost, or values exchanged."""
    for _ in range(draw.choice([1, 1, 2, 4])):
        at = draw.randrange(len(text))
        how = draw.randrange(4)
        if how == 0:
            text = text[:at] + draw.choice(PIECES) + text[at:]
        elif how == 1:
            text = text[:at] + text[at + draw.randrange(1, 8) :]
        elif how == 2:
            lines = text.split("\n")
            del lines[draw.randrange(len(lines))]
            text = "\n".join(lines)
        else:
            values = list(re.finditer(r"(?<=: )[^,{}\[\]\n]+|\{[^{}\n]*\}|\[[^\[\]\n]*\]", text))
            value = draw.choice(values)
            text = text[: value.start()] + draw.choice(PIECES) + text[value.end() :]
    return text


READERS: dict[str, tuple[str, Callable[[bytes, Book], tuple[object, list[Fault]]]]] = {
    "runbook": (EXAMPLE_TEXT, lambda data, book: read_runbook(data, "x.yaml", site=book.site)),
    "site": (SITE_FILE, lambda data, book: read_site(data, "x.yaml")),
    "promises": (PROMISES_FILE, lambda data, book: read_promises(data, "x.yaml")),
    "rehearsal": (REHEARSAL_FILE, lambda data, book: read_rehearsal(data, "x.yaml", book=book)),
}


@pytest.mark.parametrize("kind", READERS)
def test_a_mangled_file_is_read_or_told_and_never_raises(kind: str, example: Book) -> None:
    """300 mangled files; whatever fails can be made again from its number."""
    text, reader = READERS[kind]
    for seed in range(300):
        value, faults = reader(mangled(random.Random(seed), text).encode(), example)

        assert faults or value is not None, seed
        assert all(fault.sentence(one) for fault in faults for one in ("zh", "en")), seed
        assert all(fault.place.line > 0 and fault.place.column > 0 for fault in faults), seed
