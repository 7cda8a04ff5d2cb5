"""The report kernel: one offline file, nothing in it that acts, the mark everywhere, both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from engine.report.drawing import _FORMS, LEFT, WIDTH, _laid, svg
from engine.report.html import page
from engine.report.markdown import document
from engine.report.sections import (
    Lane,
    Paragraph,
    Point,
    Report,
    Row,
    Section,
    Shape,
    Span,
    Table,
    Timeline,
    Verbatim,
    same,
)
from engine.text import Text, cells, clean

NASTY = "<script>alert(1)</script> | *b* [x](http://evil.example) \u202egnp.exe \x1b[31m &amp; `c` # h\n- li"
VOID = {"meta", "br", "link", "img", "hr"}
MINUTE = 60_000


def timeline(*lanes, length=90 * MINUTE):
    return Timeline(length, lanes, Text("图例", "key"))


DRILL = Text("演练 DRILL", "DRILL 演练")


def report(*parts, mark=DRILL):
    sections = (Section(Text("第一章", "Chapter one"), parts), Section(Text("第二章", "Chapter two"), ()))
    return Report(mark, Text("题目", "The title"), Text("D-1 甲", "D-1 first"), sections)


EVERYTHING = (
    Paragraph(Text("一句话", "a sentence"), "alarm"),
    Table((Row((same("E1"), Text("达到", "met"))),), (Text("号", "No."), Text("评定", "Outcome"))),
    Table((Row((Text("编号", "Run"), same("D-1"))),)),
    Verbatim("muster/abc\n30\nAAAA+/=\n"),
    timeline(
        Lane(Text("注入", "injects"), (Point(MINUTE, "inject", same("1"), Text("来电", "a call")),)),
        Lane(same("E1"), (Point(5 * MINUTE, "right"),), (Span(0, 9 * MINUTE, "target"),)),
    ),
)


class Reader(HTMLParser):
    """Every tag must close what it opened; what leads outside is noted."""

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[object] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.open += [] if tag in VOID else [tag]
        for name, value in attrs:
            if name.startswith("on") or (name in ("src", "href") and not value.startswith("#")):
                self.wrong.append((tag, name, value))

    def handle_startendtag(self, tag, attrs):
        self.seen.add(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((self.getpos(), tag))


def read(text):
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


# --- HTML


def test_the_file_is_well_formed_and_needs_nothing_else():
    made = page(report(*EVERYTHING))
    found = read(made)

    assert (found.open, found.wrong) == ([], [])
    assert found.seen & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)|url\(|@import", made) == []


def test_nothing_that_somebody_wrote_acts_in_the_file():
    nasty = same(NASTY)
    made = page(
        report(
            Paragraph(nasty),
            Table((Row((nasty, nasty)),), (nasty, nasty)),
            Verbatim(NASTY),
            timeline(Lane(nasty, (Point(0, "mark", nasty, nasty),))),
            mark=nasty,
        )
    )
    found = read(made)

    assert (found.open, found.wrong) == ([], [])
    assert "script" not in found.seen and "\u202e" not in made and "\x1b" not in made
    assert "&lt;script&gt;" in made and "&lt;202E&gt;" in made


@pytest.mark.requirement("R30")
def test_the_mark_stands_over_every_section_and_at_head_and_foot_of_every_page():
    made = page(report(*EVERYTHING))

    for language, mark in (("zh", "演练 DRILL"), ("en", "DRILL 演练")):
        (article,) = re.findall(rf'<article id="{language}".*?</article>', made, re.DOTALL)
        assert [mark in one for one in re.findall(r"<h2>.*?</h2>", article)] == [True, True]
        # Browsers repeat the head and foot of a table on every printed page.
        (head,) = re.findall(r'<table class="page".*?<thead>(.*?)</thead>', article, re.DOTALL)
        (foot,) = re.findall(r"<tfoot>(.*?)</tfoot>", article, re.DOTALL)
        assert mark in head and mark in foot
    assert made.count("<title>演练 DRILL") == 1


def test_both_languages_say_everything():
    made = page(report(*EVERYTHING))
    chinese, english = re.findall(r"<article.*?</article>", made, re.DOTALL)

    assert all(word in chinese for word in ("题目", "第一章", "一句话", "达到", "注入", "图例"))
    assert all(
        word in english for word in ("The title", "Chapter one", "a sentence", "met", "injects", "key")
    )
    assert "一句话" not in english and "a sentence" not in chinese


# --- Markdown


def test_in_markdown_what_somebody_wrote_means_nothing_to_it():
    made = document(
        report(Table((Row((same(NASTY), same("2"))),), (same("a"), same("b"))), Paragraph(same(NASTY)))
    )
    rows = [line for line in made.splitlines() if line.startswith("|")]

    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}
    assert "\\<script\\>" in made and "\u202e" not in made and "\\[x\\]" in made
    assert re.search(r"(?m)^- li", made) is None


@pytest.mark.requirement("R30")
def test_in_markdown_the_mark_stands_over_every_section():
    made = document(report(*EVERYTHING))
    heads = [line for line in made.splitlines() if line.startswith("#")]

    assert len(heads) == 6 and all("DRILL" in one and "演练" in one for one in heads)


def test_a_checkpoint_comes_through_word_for_word():
    words = "muster/c69885\n30\nYNBIxcGeC7OTACZ/G+iPKJJAWcg=\n\n\N{EM DASH} muster/c69885 9SA+WA=\n"

    assert words.strip() in document(report(Verbatim(words)))
    assert words.strip() in page(report(Verbatim(words)))


# --- the drawing


def test_the_drawing_is_well_formed_and_every_form_is_another():
    shapes = get_args(Shape)
    points = tuple(Point(n * MINUTE, one, same(one), same(NASTY)) for n, one in enumerate(shapes))
    made = svg(timeline(Lane(same("all"), points, (Span(0, MINUTE, "limit"),))), "zh")

    assert len(ET.fromstring(made).findall(".//{*}g")) == len(shapes)
    assert set(_FORMS) == set(shapes) and len(set(_FORMS.values())) == len(shapes)


@pytest.mark.parametrize("count", [1, 7, 40, 500])
def test_no_label_lies_on_another_and_none_leaves_the_drawing(count):
    lane = Lane(
        same("x"), tuple(Point(n * 90 * MINUTE // count, "inject", same(f"注入 {n}")) for n in range(count))
    )
    placed = _laid(lane, 90 * MINUTE, "zh")

    rows: dict[int, list[tuple[float, float]]] = {}
    for one in placed:
        wide = cells(clean(one.point.label.zh)) * 6
        if one.row is not None:
            start = one.x - wide - 8 if one.to_left else one.x
            rows.setdefault(one.row, []).append((start, start + wide + 8))
    assert len(placed) == count and sum(map(len, rows.values())) > 0
    assert all(end <= WIDTH and start >= LEFT - 12 for row in rows.values() for start, end in row)
    assert all(a[1] <= b[0] + 1 for row in rows.values() for a, b in pairwise(sorted(row)))


def test_a_drawing_of_nothing_and_of_a_week_can_be_drawn():
    for length in (0, 7 * 24 * 60 * MINUTE):
        made = svg(timeline(length=length), "en")
        assert 1 <= len(ET.fromstring(made).findall(".//{*}text")) <= 16
