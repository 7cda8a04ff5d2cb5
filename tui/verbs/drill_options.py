"""Which options of `muster drill` go together: one that would do nothing is refused, and never silently dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.errors import Refused
from engine.text import Text

RUN = re.compile(r"[DE]-\d{8}-[A-Z0-9]{4}", re.IGNORECASE)
"""The id of a drill, or of its evaluation, as it is typed."""

CHECKED = Text("演练前检查不开演练", "a check opens no drill")
BY_MACHINE = Text(
    "--auto 由机器一气演完，没有人在导调台", "--auto is played by the machine alone, nobody leads it"
)
ALONE = Text("--play 由一个人练，没有人在导调台", "with --play one person practises and nobody leads")
ON_SCREEN = Text(
    "导调台由人来用，没有结果可写成 JSON；要写请加 --auto 或 --check",
    "people use a console and nothing comes of it as JSON; it goes with --auto or --check",
)
NEW_ONLY = Text("种子在演练开始时就定了", "the seed of a drill was set when it began")
OF_A_SCENARIO = Text("它要的是情景，不是已有的演练", "it wants a scenario, not a drill that is there")
OF_A_DRILL = Text(
    "标记在一场已有的演练里，请写它的编号", "a mark stands in a drill that is there; name its id"
)
CHECK_ONLY = Text("它只用于 --check", "it is for --check only")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on the command line, beside the name."""

    is_run: bool
    """The id of a drill was named, and no scenario."""
    check: bool = False
    auto: bool = False
    play: bool = False
    seed: bool = False
    seeds: bool = False
    mark: bool = False
    who: bool = False
    json: bool = False


def must_fit(asked: Asked) -> None:
    """Refused with the first option that does nothing here, and why."""
    for option, given, why in _conflicts(asked):
        if given and why is not None:
            raise Refused("option-does-nothing", option=option, why=why)


def _conflicts(one: Asked) -> list[tuple[str, bool, Text | None]]:
    nobody_leads = CHECKED if one.check else BY_MACHINE if one.auto else ALONE if one.play else None
    machine = CHECKED if one.check else BY_MACHINE if one.auto else None
    a_drill = OF_A_SCENARIO if one.is_run else None
    return [
        ("--auto", one.auto, CHECKED if one.check else a_drill),
        ("--check", one.check, a_drill),
        ("--play", one.play, machine or a_drill),
        ("--as", one.who, nobody_leads),
        ("--from-mark", one.mark, nobody_leads or (None if one.is_run else OF_A_DRILL)),
        ("--seed", one.seed, NEW_ONLY if one.is_run else None),
        ("--seeds", one.seeds, None if one.check else CHECK_ONLY),
        ("--json", one.json, None if one.check or one.auto else ON_SCREEN),
    ]
