"""Usual words in both languages, wherever they are shown: units of readings and the marks of a run."""

from __future__ import annotations

from engine.text import Text, clean

UNITS: dict[str, Text] = {
    "1": Text("", ""),
    "persons": Text("人", ""),
    "people": Text("人", ""),
    "alarms": Text("条", "alarms"),
    "bags": Text("袋", "bags"),
    "blocks": Text("只", "blocks"),
    "bottles": Text("瓶", "bottles"),
    "boxes": Text("个", "boxes"),
    "cells": Text("节", "cells"),
    "changes": Text("项", "changes"),
    "closures": Text("个", "closures"),
    "cores": Text("芯", "cores"),
    "cylinders": Text("瓶", "cylinders"),
    "days": Text("天", "days"),
    "detectors": Text("只", "detectors"),
    "devices": Text("台", "devices"),
    "drains": Text("处", "drains"),
    "errors/min": Text("个/分", "errors/min"),
    "hoses": Text("根", "hoses"),
    "items": Text("项", "items"),
    "jobs": Text("项", "jobs"),
    "marks": Text("分", "marks"),
    "masks": Text("条", "masks"),
    "modules": Text("只", "modules"),
    "months": Text("个月", "months"),
    "neighbours": Text("个", "neighbours"),
    "notices": Text("次", "notices"),
    "openings": Text("处", "openings"),
    "paths": Text("条", "paths"),
    "pieces": Text("件", "pieces"),
    "places": Text("处", "places"),
    "points": Text("点", "points"),
    "pumps": Text("台", "pumps"),
    "sensors": Text("只", "sensors"),
    "sets": Text("套", "sets"),
    "signals": Text("路", "signals"),
    "solenoids": Text("只", "solenoids"),
    "sources": Text("个", "sources"),
    "strokes": Text("次", "strokes"),
    "switches": Text("个", "switches"),
    "times": Text("次", "times"),
    "types": Text("种", "types"),
    "units": Text("台", "units"),
    "users": Text("户", "users"),
    "valves": Text("个", "valves"),
    "years": Text("年", "years"),
    "zones": Text("个区", "zones"),
}
"""Units that are words, most of them what is counted; every other (V, %RH, dBm) is said as it is written."""


MARK_WORDS: dict[str, Text] = {
    "reported": Text("已报告", "reported"),
    "responded": Text("已响应", "responded"),
    "dispatched": Text("已派人", "dispatched"),
    "arrived": Text("已到场", "arrived"),
    "diagnosed": Text("已判明原因", "diagnosed"),
    "recovered": Text("已恢复", "recovered"),
    "verified": Text("已核实", "verified"),
    "closed": Text("已收尾", "closed"),
}
"""The marks that promises stand between."""


def unit_words(unit: str | None, language: str) -> str:
    """A unit as a person says it; empty when there is none."""
    known = UNITS.get(unit or "")
    return known.of(language) if known is not None else clean(unit or "")


def mark_words(mark: str) -> Text:
    """A mark in words; of one that only this runbook has, its name."""
    return MARK_WORDS.get(mark, Text(mark, mark))
