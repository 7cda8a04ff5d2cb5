"""The same of conditions, limits and texts: what a hand does to what a plan says; and what harms nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import yaml

from tests.content.mutations import HARMLESS, REFUSED, TOLD, Edit, Edited, edit_of, told_at
from tests.content.written import Item, Written

__all__ = ["HARMLESS", "REFUSED", "TOLD", "Edit"]

# --- conditions and limits


def _conditions(file: Written) -> Iterator[Item]:
    for one in file.items:
        keys = [key for key in one.path if isinstance(key, str)]
        asks = keys[-1] in ("only_when", "needs", "that", "when") or keys[0] == "exit"
        if one.text and (asks or (keys[-1] == "until" and re.search("[<>]", one.text))):
            yield one


def _condition(name: str, change: Callable[[str], str], of: dict[str, Edit] = REFUSED) -> None:
    def edit(file: Written) -> Edited:
        for one in _conditions(file):
            made = change(one.text)
            if made and made != one.text:
                yield file.replaced(one, f'"{made}"'), told_at(one.line)

    of[name] = edit


_condition("a single sign of equality", lambda said: re.sub(r"[<>]=", "=", said, count=1))
_condition("a turned sign", lambda said: said.replace(">=", "=>", 1))
_condition("signs of a programmer", lambda said: said.replace(" and ", " && ", 1))
_condition("a Chinese and", lambda said: said.replace(" and ", " 且 ", 1))
_condition("a full-width sign", lambda said: said.replace(">", "＞", 1).replace("<", "＜", 1))
_condition("a no-break space", lambda said: said.replace(" ", "\u00a0", 1))
_condition("a comma for and", lambda said: said.replace(" and ", ", ", 1))
_condition("an end that is missing", lambda said: f"{said} and")
_condition("a parenthesis too many", lambda said: f"{said})")
_condition("a reading nobody declares", lambda said: re.sub(r"^(not )?([a-z-]{4,})", r"\1\2z", said))
_condition("a value the site has not", lambda said: re.sub(r"(site\.[a-z0-9-]+)", r"\1x", said, count=1))
_condition("a number with its unit", lambda said: re.sub(r"([<>]=? \d+)$", r"\1 cm", said))
_condition(
    "a number beyond its reading", lambda said: re.sub(r"^([a-z-]+ [<>]=? )\d+$", r"\g<1>9999999", said)
)
_condition(
    "what can never be so", lambda said: re.sub(r"^([a-z-]+) [<>]=? (\d+)$", r"\1 < \2 and \1 > \2", said)
)


def _bands(name: str, key: str, change: Callable[[str], str]) -> None:
    def edit(file: Written) -> Edited:
        for one in file.items:
            other = {"warn": "act", "act": "warn"}[key]
            if (
                len(one.path) == 3
                and one.path[0] == "readings"
                and one.last == key
                and file.get(*one.path[:2], other)
            ):
                yield file.replaced(one, f'"{change(one.text)}"'), told_at(one.line)

    REFUSED[name] = edit


_bands("a limit turned round", "act", lambda said: said.translate({60: 62, 62: 60}))
_bands("a limit out of reach", "act", lambda said: "> 99999999")


@edit_of("a limit loosened into the alarm")
def _(file: Written) -> Edited:
    acts = {one.path[1]: one.text for one in file.items if one.path[0] == "readings" and one.last == "act"}
    for one in _conditions(file):
        found = re.fullmatch(r"([a-z-]+) (<=) (\d+)", one.text)
        if found and acts.get(found[1]) == f"> {found[3]}" and one.last in ("that", "needs"):
            yield file.replaced(one, f'"{found[1]} <= {int(found[3]) + 1}"'), told_at(one.line)


@edit_of("a number without a unit")
def _(file: Written) -> Edited:
    for one in file.items:
        text = file.without(one) if one.path[0] == "readings" and one.last == "unit" else None
        if text is not None:
            yield text, told_at(one.line)


# --- texts in two languages


def _texts(file: Written) -> Iterator[tuple[Item, str, str]]:
    """Every text in braces: the whole of it, the Chinese and the English."""
    for one in file.items:
        if isinstance(one.node, yaml.MappingNode) and one.node.flow_style:
            said = {key.value: value for key, value in one.node.value}
            if said.keys() == {"zh", "en"} and all(
                isinstance(part, yaml.ScalarNode) for part in said.values()
            ):
                yield one, said["zh"].value.replace('"', ""), said["en"].value.replace('"', "")


@edit_of("one language left out")
def _(file: Written) -> Edited:
    for one, zh, _en in _texts(file):
        yield file.replaced(one, f'{{zh: "{zh}"}}'), told_at(one.line)


@edit_of("the languages swapped", TOLD)
def _(file: Written) -> Edited:
    for one, zh, en in _texts(file):
        if re.search("[a-z]{2,} [a-z]{2,}", en):
            yield file.replaced(one, f'{{zh: "{en}", en: "{zh}"}}'), told_at(one.line)


@edit_of("a text that was never translated", TOLD)
def _(file: Written) -> Edited:
    for one, _zh, en in _texts(file):
        if re.search("[a-z]{2,} [a-z]{2,}", en):
            yield file.replaced(one, f'{{zh: "{en}", en: "{en}"}}'), told_at(one.line)


@edit_of("a number changed in one language", TOLD)
def _(file: Written) -> Edited:
    for one, zh, en in _texts(file):
        found = re.search(r"(?<![\w.-])\d\d+(?![\w.-])", re.sub(r"\{\{.*?\}\}", "", zh))
        if found and found[0] in en:
            changed = zh.replace(found[0], str(int(found[0]) + 7))
            yield file.replaced(one, f'{{zh: "{changed}", en: "{en}"}}'), told_at(one.line)


@edit_of("a text too long for the screen")
def _(file: Written) -> Edited:
    for one, zh, en in _texts(file):
        if len(one.path) == 3 and one.last in ("do", "ask", "hold", "wait", "warn"):
            yield file.replaced(one, f'{{zh: "{zh}", en: "{f"{en} " * 40}"}}'), told_at(one.line)


# --- what harms nothing


@edit_of("a remark", HARMLESS)
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("takes", "role", "class"):
        remark = '    # as agreed: [see above] "and below'
        row = [*file.lines[: one.line - 1], remark, *file.lines[one.line - 1 :]]
        yield "\n".join(row), told_at()


@edit_of("keys in another order", HARMLESS)
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("takes", "class"):
        at, rows = one.line - 1, list(file.lines)
        if re.match(r"    (?:role|place|inside|lane): \S", rows[at - 1]):
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
            yield "\n".join(rows), told_at()


@edit_of("other quotes", HARMLESS)
def _(file: Written) -> Edited:
    for one in file.items:
        if one.style == '"' and "'" not in one.text and "\\" not in one.text:
            yield file.replaced(one, f"'{one.text}'"), told_at()


@edit_of("a longer title", HARMLESS)
def _(file: Written) -> Edited:
    for one in file.items:
        if one.path == ("title", "en"):
            yield file.replaced(one, f"{one.text} of the whole site"), told_at()


@edit_of("brackets around one name", HARMLESS)
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("role", "record", "after"):
        if one.text and one.text != "all":
            yield file.replaced(one, f"[{one.text}]"), told_at()


@edit_of("a text in lines of its own", HARMLESS)
def _(file: Written) -> Edited:
    for one, zh, en in _texts(file):
        if len(one.path) == 3 and one.last in ("do", "ask", "wait"):
            yield file.replaced(one, f'\n      zh: "{zh}"\n      en: "{en}"'), told_at()


@edit_of("line ends of another system", HARMLESS)
def _(file: Written) -> Edited:
    yield "\ufeff" + file.source.replace("\n", "\r\n"), told_at()


@edit_of("signs of mathematics", HARMLESS)
def _(file: Written) -> Edited:
    for one in _conditions(file):
        if ">=" in one.text:
            yield file.replaced(one, f'"{one.text.replace(">=", "≥")}"'), told_at()
