"""What each step comes after: as written, or by default the step above it in its lane."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from engine.book.names import Names
from engine.book.page import Page
from engine.book.steps import Draft
from engine.book.tree import Node, Scalar
from engine.book.tree import Sequence as Listed
from engine.plan import MAIN, RESTORE, After
from engine.text import Text

ALL = "all"


def set_order(drafts: Sequence[Draft], names: Names, page: Page) -> None:
    """Fill `after`, `after_all` and `starts` of every draft."""
    led_to = {name for draft in drafts for name in draft.leads_to()}
    above: dict[str, Draft] = {}
    for draft in drafts:
        if "after" in draft.node.entries:
            _written(draft, names, page)
        else:
            _by_default(draft, above.get(draft.lane), draft.id in led_to, page)
        above[draft.lane] = draft


def _by_default(draft: Draft, above: Draft | None, led_to: bool, page: Page) -> None:
    if above is None and draft.lane == MAIN:
        draft.starts = True
    elif led_to or (above is None and draft.lane == RESTORE):
        return
    elif above is None:
        page.fault("lane-start", draft.value("lane"), step=draft.id, lane=draft.lane)
    elif above.said.get("ends"):
        page.fault("after-ends", draft.value("id"), step=draft.id, ended=above.id)
    else:
        # Nobody passes a hold that may be refused but by its signatures.
        draft.after = (After(above.id, "signed" if above.said.get("refused") is not None else None),)


def _written(draft: Draft, names: Names, page: Page) -> None:
    node = draft.value("after")
    items: list[Node] = node.items if isinstance(node, Listed) else [node]
    if not items:
        draft.starts = True
    for item in items:
        if not isinstance(item, Scalar) or item.empty:
            continue
        if len(items) > 1 and (item.text == ALL or item.text in names.watches):
            page.fault("after-alone", item, found=item.text)
        elif item.text == ALL:
            draft.after_all = True
        else:
            _one(draft, item, names, page)


def _one(draft: Draft, item: Scalar, names: Names, page: Page) -> None:
    name, dot, _ = item.text.partition(".")
    before = names.steps.get(name)
    if name not in names.steps and name not in names.watches:
        hint = page.near(name, chain(names.steps, names.watches))
        page.fault("undefined-step", item, found=name, hint=hint)
    elif before is not None and before.said.get("ends"):
        page.fault("after-ends", item, step=draft.id, ended=name)
    elif dot and (before is not None or name in names.watches):
        _answered(draft, item, before, page)
    else:
        draft.after = (*draft.after, After(name))


def _answered(draft: Draft, item: Scalar, before: Draft | None, page: Page) -> None:
    name, _, answer = item.text.partition(".")
    if before is not None and before.unanswered:
        return
    known = [one.id for one in before.answers] if before is not None else []
    if answer in known:
        draft.after = (*draft.after, After(name, answer))
        return
    hint = page.near(answer, known) if known else Text(f"；请写 after: {name}。", f"; write after: {name}.")
    page.fault("undefined-answer", item, step=name, answer=answer, hint=hint)
