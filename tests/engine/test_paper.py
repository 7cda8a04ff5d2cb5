"""The plan on paper: what the screen says of a step, to be ticked, written into and signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from engine.events import RunOpened
from engine.graph import bound, say_fact
from engine.plan import Step
from engine.report.paper import DIGEST_SIGNS, as_paper
from engine.text import Text, clean
from tests.tui.table import SHIPPED, Table, book_at, table
from tui.verbs.plans import show
from tui.view import Looking, step_lines

ROOM = "A1"
PLANS = sorted(one.id for one in book_at(SHIPPED).runbooks if not one.patrol)


class Steps(HTMLParser):
    """The words of every step on the paper, by its number, and those of the head and foot of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: dict[int, str] = {}
        self.pages: list[str] = []
        self._words: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("thead", "tfoot") or ("class", "step") in attrs:
            self._words, self._depth = [], 0
        self._depth += tag == "div"

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "div"
        if tag in ("thead", "tfoot"):
            self.pages.append("".join(self._words))
        if tag == "div" and self._depth == 0:
            number, *rest = [one for one in self._words if one.strip()]
            self.steps[int(number)] = squeezed("".join(rest))


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_what_is_read_out_has_the_values_of_the_room_it_was_printed_for(capsys):
    show("leak", "paper", ROOM, str(SHIPPED), "zh")
    paper = capsys.readouterr().out
    with table(SHIPPED, "leak", "li") as at:
        site = at.desk.state.graph.site
    facts = {one.id: one for room in site.rooms if room.id == ROOM for one in room.facts}

    assert "[机房]" not in paper and "[回拨" not in paper
    for name in ("address", "gate", "hotline"):
        assert say_fact(facts[name], "zh") in paper


def printed(at: Table, language: str) -> Steps:
    paper = Steps()
    paper.feed(as_paper(at.desk.state.graph, "0" * 64, ROOM, language))
    return paper


def words_of(step: Step) -> Iterator[Text]:
    """Everything a step says in the author's words."""
    yield step.text
    yield from (one for one in (step.warn, step.detail) if one is not None)
    yield from step.check
    if step.kind == "ask":
        yield from (answer.says for answer in step.answers)


@pytest.mark.requirement("E51")
@pytest.mark.parametrize("plan", PLANS)
def test_every_step_has_the_number_the_warning_and_the_words_that_it_has_on_the_screen(plan):
    with table(SHIPPED, plan, "li") as at:
        for language in ("zh", "en"):
            paper, look = printed(at, language), Looking(at.desk.state, at.desk.now(), language, "li")
            graph = at.desk.state.graph
            assert list(paper.steps) == [graph.number[name] for name in graph.steps]
            for name, step in graph.steps.items():
                screen = squeezed("".join(step_lines(look, name)))
                written = paper.steps[graph.number[name]]
                for text in words_of(step):
                    said = squeezed(clean(text.of(language), lines=True))
                    assert said in screen and said in written, (name, said)
                warning = squeezed(clean(step.warn.of(language))) if step.warn is not None else ""
                assert warning in written.partition(squeezed(clean(step.text.of(language))))[0], name


@pytest.mark.requirement("E51")
def test_head_and_foot_of_every_page_name_the_revision_and_the_digest_that_stands_in_the_record(capsys):
    with table(SHIPPED, "re-energise", "li") as at:
        opened = at.entries()[0].event
        revision = at.desk.state.graph.runbook.revision
    assert isinstance(opened, RunOpened)
    digest, paper = opened.graph, Steps()

    show("re-energise", "paper", ROOM, str(SHIPPED), "en")
    paper.feed(capsys.readouterr().out)

    assert len(paper.pages) == 2
    assert all(f"re-energise rev {revision}  {digest[:DIGEST_SIGNS]}" in page for page in paper.pages)


def test_there_is_room_for_every_value_every_signature_and_whoever_did_it():
    with table(SHIPPED, "leak", "li") as at:
        paper, graph = printed(at, "en"), at.desk.state.graph

    for name, step in graph.steps.items():
        written = paper.steps[graph.number[name]]
        fields = len(step.record) + (len(step.sign.of) if step.sign is not None else 0)
        assert written.count("____") >= fields + 2, name
        assert "who______" in written


def test_whom_to_call_stands_on_it_with_the_number():
    with table(SHIPPED, "leak", "li") as at:
        paper = as_paper(at.desk.state.graph, "0" * 64, ROOM, "zh")
        people = [one for one in at.desk.state.graph.site.people if "IC" in one.roles]

    assert people and all(f"{one.name} {one.phone}" in paper for one in people)


def test_nothing_a_plan_says_becomes_more_than_words():
    graph = next(iter(book_graphs()))
    evil = Text("<script>x</script>", "<b>x</b>\x1b[2J")
    changed = replace(graph, runbook=replace(graph.runbook, title=evil))

    paper = as_paper(bound(changed, None), "0" * 64, None, "en")

    assert "<script>x" not in paper and "<b>x" not in paper and "\x1b" not in paper
    assert "&lt;b&gt;x&lt;/b&gt;" in paper


def book_graphs():
    with table(SHIPPED, "re-energise", "li") as at:
        yield at.desk.state.graph
