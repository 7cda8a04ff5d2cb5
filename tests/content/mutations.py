"""What a careless, hurried or hostile hand does to a runbook: every edit of a kind, and the lines that may be told.

An edit yields the new text, and the lines (of the new text, from 1) at one of which it must be told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import yaml

from tests.content.written import Item, Written

Edited = Iterator[tuple[str, frozenset[int]]]
Edit = Callable[[Written], Edited]

REFUSED: dict[str, Edit] = {}
"""What must be an error."""
TOLD: dict[str, Edit] = {}
"""What must be an error or advice."""
HARMLESS: dict[str, Edit] = {}
"""What nothing may be said of."""


def edit_of(name: str, of: dict[str, Edit] = REFUSED) -> Callable[[Edit], Edit]:
    def taken(edit: Edit) -> Edit:
        of[name] = edit
        return edit

    return taken


def told_at(*lines: int) -> frozenset[int]:
    return frozenset(lines)


def _misspelt(word: str) -> str:
    return word[:-1] if len(word) > 4 else f"{word}x"


# --- the form of the file


def _lines(name: str, change: Callable[[str], str], around: tuple[int, ...] = (0,)) -> None:
    """A line of a step written otherwise; told there, or at a line so far from it."""

    def edit(file: Written) -> Edited:
        for one in file.keys_of_steps():
            number = one.key.start_mark.line if one.key is not None else 0
            line = file.lines[number]
            if not line[: one.key.start_mark.column if one.key else 0].strip():
                made = [*file.lines[:number], change(line), *file.lines[number + 1 :]]
                yield "\n".join(made), frozenset(number + 1 + far for far in around)

    REFUSED[name] = edit


_lines("a tab for the indentation", lambda line: "\t" + line.lstrip())
_lines("one space too many", lambda line: " " + line, (0, -1))
_lines("one space too few", lambda line: line[1:], (0, -1, 1))
_lines("full-width spaces", lambda line: "\u3000\u3000" + line.lstrip(), (0,))
_lines("no-break spaces", lambda line: "\u00a0" * 4 + line.lstrip(), (0,))
_lines("a full-width colon", lambda line: line.replace(": ", "：", 1), (0, -1))
_lines("no space behind the colon", lambda line: line.replace(": ", ":", 1), (0, -1))
_lines("a line twice", lambda line: f"{line}\n{line}", (0, 1, -1))


def _pattern(name: str, pattern: str, new: str, of: dict[str, Edit] = REFUSED) -> None:
    """Every place of a pattern written otherwise."""

    def edit(file: Written) -> Edited:
        for found in re.finditer(pattern, file.source, re.MULTILINE):
            line = file.source.count("\n", 0, found.start()) + 1
            yield file.source[: found.start()] + found.expand(new) + file.source[found.end() :], told_at(line)

    of[name] = edit


_pattern("a full-width comma between two languages", r", en: ", "，en: ")
_pattern("a brace not closed", r"(?<!\})\}$", "")
_pattern("a quote not closed", r"\"(?=\}?$)", "")
_pattern("a text cut at its comma", r"en: \"([^\":#]+, [^\":#]+)\"", r"en: \1")
_pattern("a misspelt blank", r"\{\{ site\.([a-z.-]+) \}\}", r"{{ site.\1x }}")
_pattern("a blank in single braces", r"\{\{ (site\.[a-z.-]+) \}\}", r"{ \1 }")


@edit_of("a second document")
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("id"):
        _, end = file.block(one)
        yield "\n".join([*file.lines[:end], "---", *file.lines[end:]]), told_at(end + 1)


def _values(name: str, keys: str, new: Callable[[str], str], of: dict[str, Edit] = REFUSED) -> None:
    """The value of some keys of steps written otherwise."""

    def edit(file: Written) -> Edited:
        for one in file.keys_of_steps(*keys.split()):
            said = new(one.text) if one.text else ""
            if said and said != one.text:
                yield file.replaced(one, said), told_at(one.line)

    of[name] = edit


_values("an anchor", "role takes class", lambda said: f"&one {said}")
_values("an alias", "role takes class", lambda said: "*one")
_values("a tag of YAML", "role takes class", lambda said: f"!!str {said}")
_values("an invisible sign in an id", "id", lambda said: f"{said[:2]}\u200b{said[2:]}")
_values("yes for true", "never_alone inside irreversible ends", lambda said: "yes")
_values("a limit without its unit", "within every for steady", lambda said: "15")
_values("a limit like a clock", "within every for", lambda said: "1:30")
_values("a limit in Chinese", "within every for", lambda said: "15分钟")
_values("a limit of nothing", "within every", lambda said: "0s")
_values("a limit the site has not", "within every for", lambda said: f"{said}x" if "site." in said else "")
_values("minutes in full-width digits", "takes", lambda said: said.replace("/", "／"))
_values("minutes from large to small", "takes", lambda said: "/".join(["99", *said.split("/")[1:]]))
_values("one number of minutes", "takes", lambda said: said.split("/")[1])
_values("a misspelt class", "class", lambda said: "saftey")
_values("a misspelt group", "tell", _misspelt)
_values("a misspelt runbook", "run", _misspelt)
_values("a misspelt message", "message", _misspelt)
_values("nothing written", "do role takes class within", lambda said: "''")

# --- names


@edit_of("a misspelt key")
def _(file: Written) -> Edited:
    for one in file.keys_of_steps():
        yield (
            file.renamed(one, _misspelt(str(one.last))),
            told_at(one.key.start_mark.line + 1 if one.key else 0),
        )


@edit_of("a misspelt key of a reading")
def _(file: Written) -> Edited:
    for one in file.items:
        if len(one.path) == 3 and one.path[0] == "readings":
            yield file.renamed(one, _misspelt(str(one.last))), told_at(one.line)


def _refers(file: Written, *keys: str) -> list[Item]:
    """The names of other steps, roles or readings that steps give under these keys."""
    inside = [one for one in file.items if one.path[0] in ("steps", "restore") and one.style == ""]
    return [one for one in inside if one.text and [k for k in one.path if isinstance(k, str)][-1] in keys]


@edit_of("a misspelt step")
def _(file: Written) -> Edited:
    for one in _refers(file, "after", "missed", "refused", "else", "back_to"):
        name, dot, answer = one.text.partition(".")
        if name not in ("all", "finding", "site"):
            yield file.replaced(one, _misspelt(name) + dot + answer), told_at(one.line)


@edit_of("a misspelt answer")
def _(file: Written) -> Edited:
    for one in _refers(file, "after"):
        if "." in one.text:
            yield file.replaced(one, f"{one.text}x"), told_at(one.line)


@edit_of("a misspelt role")
def _(file: Written) -> Edited:
    for one in _refers(file, "role", "sign", "contact"):
        yield file.replaced(one, f"{one.text}X"), told_at(one.line)


@edit_of("a misspelt reading")
def _(file: Written) -> Edited:
    for one in _refers(file, "record"):
        yield file.replaced(one, _misspelt(one.text)), told_at(one.line)


@edit_of("a step renamed where it is defined")
def _(file: Written) -> Edited:
    named = {
        one.text.partition(".")[0] for one in _refers(file, "after", "missed", "refused", "else", "back_to")
    }
    for one in file.keys_of_steps("id"):
        if one.text in named:
            yield file.replaced(one, f"{one.text}-anew"), file.naming(one.text) - {one.line}


@edit_of("a step that others name, deleted")
def _(file: Written) -> Edited:
    named = {
        one.text.partition(".")[0] for one in _refers(file, "after", "missed", "refused", "else", "back_to")
    }
    for one in file.keys_of_steps("id"):
        start, end = file.block(one)
        text = "\n".join(file.lines[:start] + file.lines[end:])
        if one.text in named and file.naming(one.text, text):
            yield text, file.naming(one.text, text)


@edit_of("a step twice")
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("id"):
        start, end = file.block(one)
        yield "\n".join([*file.lines[:end], *file.lines[start:end], *file.lines[end:]]), told_at(end + 1)


@edit_of("a role that is declared no longer")
def _(file: Written) -> Edited:
    for one in file.items:
        text = file.without(one) if len(one.path) == 2 and one.path[0] == "roles" else None
        if text is not None and len(file.naming(str(one.last))) > 1:
            yield text, file.naming(str(one.last), text)


@edit_of("a reading that is declared no longer")
def _(file: Written) -> Edited:
    for one in file.items:
        text = file.without(one) if len(one.path) == 2 and one.path[0] == "readings" else None
        if text is not None and len(file.naming(str(one.last))) > 1:
            yield text, file.naming(str(one.last), text)


# --- what belongs together


def _dropped(name: str, key: str, beside: str = "", of: dict[str, Edit] = REFUSED) -> None:
    """A key of a step left out; told anywhere in the step."""

    def edit(file: Written) -> Edited:
        for one in file.keys_of_steps(key):
            text = file.without(one) if not beside or file.get(*one.path[:2], beside) else None
            if text is not None:
                start, end = file.block(one)
                yield text, frozenset(range(start + 1, end + 1))

    of[name] = edit


_dropped("a question without answers", "answers")
_dropped("a hold without signers", "sign")
_dropped("missed without its limit", "within", "missed")
_dropped("a wait without its end", "until", "wait")
_dropped("an act without words", "do")
_dropped("nobody's step", "role", "do", TOLD)


@edit_of("a limit that nobody hears of", TOLD)
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("missed"):
        text = file.without(one) if one.text.isupper() else None
        if text is not None and file.get(*one.path[:2], "else") is None:
            start, end = file.block(one)
            yield text, frozenset(range(start + 1, end + 1))


@edit_of("one signer for two")
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("sign"):
        if isinstance(one.node, yaml.SequenceNode):
            start, end = file.block(one)
            first = one.node.value[0].value
            yield file.replaced(one, f"[{first}]"), frozenset(range(start + 1, end + 1))
            yield file.replaced(one, f"[{first}, {first}]"), told_at(one.line)


@edit_of("a step that waits for itself")
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("after", "else", "refused"):
        if one.text:
            yield file.replaced(one, file.step_of(one)), told_at(one.line)


@edit_of("a way back without its number")
def _(file: Written) -> Edited:
    for one in file.items:
        text = file.without(one) if one.last == "at_most" else None
        if text is not None:
            yield text, told_at(one.line)


@edit_of("a single answer")
def _(file: Written) -> Edited:
    for one in file.keys_of_steps("answers"):
        if isinstance(one.node, yaml.MappingNode) and len(one.node.value) == 2:
            name = f"{file.step_of(one)}.{one.node.value[1][0].value}"
            gone = file.get(*one.path, one.node.value[1][0].value)
            text = file.without(gone) if gone is not None else None
            if text is not None and not file.naming(name):
                yield text, told_at(one.line, one.line - 1)


@edit_of("a watch that does nothing")
def _(file: Written) -> Edited:
    listed = file.get("watch")
    if listed is not None:
        at = int(listed.node.start_mark.line)
        row = "  - {id: idle-one, if: {zh: 有气味, en: a smell}, until: {zh: 没有了, en: gone}}"
        yield "\n".join([*file.lines[:at], row, *file.lines[at:]]), told_at(at + 1)
