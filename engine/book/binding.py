"""A runbook with what only the site and the rest of the book know: lengths, templates, titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.book.across import facts_of
from engine.book.steps import made_text
from engine.plan import Limit, Promises, Runbook, Site, Step
from engine.text import Text


def bind(
    runbook: Runbook, site: Site, promises: Promises | None = None, titles: Mapping[str, Text] | None = None
) -> Runbook:
    """The runbook with what the site and the rest of the book say: lengths of time, templates, titles.

    A parameter the site lacks leaves its limit at zero; that is a fault already.
    """
    known = {"tell": {group.id: group.title for group in site.groups}, "run": titles or {}}
    messages = dict(promises.messages) if promises is not None else {}
    steps = tuple([_bound(step, runbook, site, known, messages) for step in runbook.steps])
    return replace(runbook, steps=steps)


def _bound(
    step: Step,
    runbook: Runbook,
    site: Site,
    known: Mapping[str, Mapping[str, Text]],
    messages: Mapping[str, Text],
) -> Step:
    changed: dict[str, object] = _limits(step, site)
    title = known.get(step.kind, {}).get(step.target or "")
    if title is not None and f"{step.id}.says" not in runbook.places:
        changed["text"] = made_text(step.kind, title)
    if step.message is not None and step.message.zh in messages:
        changed["message"] = messages[step.message.zh]
    return replace(step, **changed) if changed else step  # type: ignore[arg-type]  # the fields named above


def _limits(step: Step, site: Site) -> dict[str, object]:
    changed: dict[str, object] = {}
    for name in ("within", "span", "steady"):
        limit = getattr(step, name)
        if limit is not None and limit.parameter is not None:
            changed[name] = _length(limit, site)
    if step.expect is not None and step.expect.within is not None and step.expect.within.parameter:
        changed["expect"] = replace(step.expect, within=_length(step.expect.within, site))
    if step.repeat is not None:
        every, span = _length(step.repeat.every, site), step.repeat.span
        changed["repeat"] = replace(
            step.repeat, every=every, span=None if span is None else _length(span, site)
        )
    return changed


def _length(limit: Limit, site: Site) -> Limit:
    """The limit with the length its parameter has at the site."""
    if limit.parameter is None:
        return limit
    fact = next(iter(facts_of(limit.parameter, site).values()), None)
    return limit if fact is None or fact.length is None else Limit(fact.length, limit.parameter)
