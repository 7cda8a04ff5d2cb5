"""The proof of a runbook in words: what is shown of it, its roads, their times, slack and single points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from engine.condition import say_length
from engine.drawings.pen import NARROWEST, WIDTH, Pen
from engine.graph import StepGraph
from engine.graph.account import MOST_ROADS, Account, Road, account
from engine.text import Text, cells, clean, wrap

TIGHTEST = 5
"""How many steps are named for each promise, those with the least slack."""

WORDS: dict[str, Text] = {
    "title": Text(
        "“{title}”（{id}，第 {revision} 版）的证明", "Proof of '{title}' ({id}, revision {revision})"
    ),
    "counts": Text(
        "{steps} 步，{watches} 个监视项，{decisions} 个判断，{answers} 个回答。",
        "{steps} steps, {watches} watches, {decisions} decisions, {answers} answers.",
    ),
    "proven": Text("已证明", "Proven"),
    "ends": Text("每次处置都能结束：没有步骤互相等待。", "Every run can end: no steps wait for each other."),
    "nothing-waits": Text("结束时没有步骤还在等。", "When it ends nothing is left waiting."),
    "reachable": Text("每一步、每个回答都走得到。", "Every step and every answer can be reached."),
    "closes": Text(
        "每条路都走到“{closing}”，或停在写了 ends 的步骤（{enders} 个）。",
        "Every road reaches '{closing}' or stops at a step that says ends ({enders}).",
    ),
    "world": Text("等外界、没有时限（只是建议）", "Waits for the world without a limit (advice)"),
    "times": Text("用时（监视项未触发、时限都遵守）", "Times (watches quiet, limits kept)"),
    "longest": Text(
        "最长的一条路：多半 {likely}，最多 {worst}。", "Longest road: likely {likely}, at worst {worst}."
    ),
    "critical": Text("关键路径：{way}。", "Critical path: {way}."),
    "slack": Text("承诺“{promise}”（{within}）的余量", "Slack against the promise '{promise}' ({within})"),
    "step-slack": Text("“{step}”：{left}", "'{step}': {left}"),
    "single": Text("只有一个人能做的必经步骤", "Single points: steps every road needs and one person can do"),
    "only": Text("“{step}”：{person}", "'{step}': {person}"),
    "none": Text("没有。", "None."),
    "roads": Text("共 {count} 条路", "{count} roads"),
    "many-roads": Text("多于 {count} 条路，列出前 {count} 条", "More than {count} roads; the first {count}"),
    "road": Text("{answers}：{likely}，最多 {worst}{stops}", "{answers}: {likely}, at worst {worst}{stops}"),
    "stops": Text("，到此停", ", stops there"),
    "straight": Text("直走", "straight"),
}


def as_proof(graph: StepGraph, language: str, width: int = WIDTH) -> str:
    """What is proven of a runbook and what it comes to, lines of `width` cells (at least 40)."""
    page = _Page(Pen(graph, language), language, max(width, NARROWEST))
    found = account(graph)
    blocks = [page.head(found), page.proven(found), page.times(found)]
    blocks += [*page.slack(found), page.single(found), page.roads(found)]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class _Page:
    """Says the parts of a proof in one language, folded to one width."""

    def __init__(self, pen: Pen, language: str, width: int) -> None:
        self.pen = pen
        self.graph = pen.graph
        self.language = language
        self.width = width

    def say(self, word: str, **facts: object) -> str:
        return WORDS[word].of(self.language).format(**facts)

    def length(self, length: timedelta) -> str:
        return say_length(length, self.language)

    def step(self, name: str) -> str:
        return self.pen.title(self.graph.steps[name].text)

    def fold(self, text: str, first: str = "", rest: str = "") -> list[str]:
        lines = wrap(text, self.width - max(cells(first), cells(rest)))
        return [f"{rest if number else first}{line}".rstrip() for number, line in enumerate(lines)]

    def listed(self, title: str, lines: Iterator[str] | list[str]) -> list[str]:
        body = [folded for line in lines for folded in self.fold(line, "  - ", "    ")]
        return [*self.fold(title), *(body or self.fold(self.say("none"), "  "))]

    # The parts.

    def head(self, found: Account) -> list[str]:
        book = self.graph.runbook
        facts = {"title": self.pen.title(book.title), "id": clean(book.id), "revision": book.revision}
        counts = self.say(
            "counts",
            steps=len(book.steps),
            watches=len(book.watches),
            decisions=found.decisions,
            answers=found.answers,
        )
        return [*self.fold(self.say("title", **facts)), *self.fold(counts)]

    def proven(self, found: Account) -> list[str]:
        closes = self.say("closes", closing=self.step(self.graph.closing), enders=len(self.graph.enders))
        shown = [self.say("ends"), self.say("nothing-waits"), self.say("reachable"), closes]
        lines = self.listed(self.say("proven"), shown)
        if found.unlimited:
            lines += ["", *self.listed(self.say("world"), [self.step(name) for name in found.unlimited])]
        return lines

    def times(self, found: Account) -> list[str]:
        worst = self.length(found.pessimistic)
        said = [self.say("longest", likely=self.length(found.likely), worst=worst)]
        if found.critical:
            said.append(self.say("critical", way=" → ".join(found.critical)))
        return self.listed(self.say("times"), said)

    def slack(self, found: Account) -> Iterator[list[str]]:
        for promise, group in groupby(found.slack, key=lambda one: one.promise):
            within = self.length(promise.within or timedelta())
            title = self.say("slack", promise=self.pen.title(promise.title), within=within)
            least = list(group)[:TIGHTEST]
            lines = [
                self.say("step-slack", step=self.step(one.step), left=self.length(one.left)) for one in least
            ]
            yield self.listed(title, lines)

    def single(self, found: Account) -> list[str]:
        names = {person.id: person.name for person in self.graph.site.people}
        lines = [
            self.say("only", step=self.step(step), person=clean(names.get(person, person)))
            for step, person in found.single_points
        ]
        return self.listed(self.say("single"), lines)

    def roads(self, found: Account) -> list[str]:
        word = "many-roads" if found.more_roads else "roads"
        title = self.say(word, count=MOST_ROADS if found.more_roads else len(found.roads))
        return self.listed(title, [self.road(road) for road in found.roads])

    def road(self, road: Road) -> str:
        return self.say(
            "road",
            answers=", ".join(road.answers) or self.say("straight"),
            likely=self.length(road.likely),
            worst=self.length(road.pessimistic),
            stops="" if road.closes else self.say("stops"),
        )
