"""A second site as an engineer fills it in, which shares no person, tag or number with the shipped one.

Two buildings, six rooms with four ways to put a fire out, two feeders, three generators, one room with neither gas
nor UPS.
`write` puts the shipped book with this site into a folder; parameters are the shipped ones, some set by the site.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.content.book import BOOK

Both = tuple[str, str]
"""Chinese, English."""

NONE: Both = ("无", "none")


def _said(both: Both | str) -> dict[str, str]:
    zh, en = (both, both) if isinstance(both, str) else both
    return {"zh": zh, "en": en}


BUILDING: dict[str, dict[str, Both | str | int]] = {
    "north": {
        "riser": ("北楼一层水井 F1-01", "F1-01, water shaft, north building, floor 1"),
        "riser-tag": "F1-01",
        "building-stop": ("北楼地下泵房 F0-01", "F0-01, pump room under the north building"),
        "building-tag": "F0-01",
        "assembly": ("北楼东侧篮球场", "basketball court east of the north building"),
        "gate": ("东大门", "east gate"),
        "gen": ("动力楼 G1、G2 机，自动并机", "sets G1 and G2, power house, paralleled"),
        "gen-spare": ("动力楼 G3 机", "set G3, power house"),
        "ppe": ("北楼低压室门外蓝柜", "blue locker outside the LV room, north building"),
        "tie-in": ("动力楼南墙接入箱 J-1", "box J-1, south wall of the power house"),
        "tie-tag": "M-12",
        "incomer-tag": "M-11",
        "incomers": 2,
        "incomer-second-tag": "M-13",
        "roof": ("北楼五层爬梯，六根引下线", "ladder on floor 5, six down-conductors"),
    },
    "south": {
        "riser": ("南楼管道间 F2-01", "F2-01, pipe room, south building"),
        "riser-tag": "F2-01",
        "building-stop": ("南楼室外水表井 F2-00", "F2-00, meter pit outside the south building"),
        "building-tag": "F2-00",
        "assembly": ("南楼西侧停车棚", "bicycle shed west of the south building"),
        "gate": ("西门，夜里值班室开锁", "west gate, unlocked by the duty room at night"),
        "gen": ("南楼 G3 机", "set G3, south building"),
        "gen-spare": ("应急发电车，接南楼 J-2", "mobile set at J-2, south building"),
        "ppe": ("南楼配电间内", "inside the LV room, south building"),
        "tie-in": ("南楼北墙接入箱 J-2", "box J-2, north wall of the south building"),
        "tie-tag": "M-22",
        "incomer-tag": "M-21",
        "incomers": 1,
        "incomer-second-tag": NONE,
        "roof": ("南楼二层平台，四角引下线", "terrace on floor 2, one at each corner"),
    },
}

ROOMS: dict[str, tuple[str, Both, int, Both, int, str]] = {
    "C1": ("north", ("核心机房", "core room"), 320, ("IG541", "IG-541"), 2, ""),
    "C2": ("north", ("IDC 机房", "IDC room"), 540, ("七氟丙烷", "HFC-227ea"), 1, "chilled"),
    "P0": ("north", ("低压配电室", "LV room"), 90, ("IG541", "IG-541"), 0, "no-feeder-above"),
    "D1": ("south", ("托管机房", "hosting room"), 210, ("高压细水雾", "high-pressure water mist"), 1, "mist"),
    "D2": ("south", ("接入机房", "access room"), 36, NONE, 0, "bare"),
    "E1": ("south", ("电池室", "battery room"), 48, ("七氟丙烷", "HFC-227ea"), 1, ""),
}
"""Building, title, floor area, agent, UPS sets, and what is special about it."""

PEOPLE: dict[str, tuple[str, list[str], str, str]] = {
    "an": ("安宁", ["IC", "PM"], "项目负责人", "bai"),
    "bai": ("白洁", ["PM", "IC"], "项目负责人", "an"),
    "cao": ("曹阳", ["ENG", "NET"], "技术支持", "dai"),
    "dai": ("戴军", ["ENG"], "技术支持", "cao"),
    "fu": ("傅强", ["PWR"], "技术支持", "guo"),
    "guo": ("郭亮", ["PWR", "ENG"], "技术支持", "fu"),
    "he": ("何静", ["NET"], "网络安全", "cao"),
    "jin": ("金山", ["SEC"], "技术支持", "kang"),
    "kang": ("康健", ["SEC"], "技术支持", "jin"),
    "liao": ("廖敏", ["CS", "REC"], "客服", "mo"),
    "mo": ("莫凡", ["CS"], "客服", "liao"),
    "nie": ("聂红", ["MON", "REC"], "技术支持", "ou"),
    "ou": ("欧平", ["MON"], "技术支持", "nie"),
    "pan": ("潘越", ["DUTY", "NOC"], "项目负责人", "qiu"),
    "qiu": ("邱实", ["VGM", "GM"], "项目负责人", "pan"),
    "ren": ("任重", ["VEN"], "技术支持", ""),
}
"""Name, roles, category of the contact table, deputy."""

SET_HERE = {
    "inlet-warn": 26,
    "arrive-limit": "50m",
    "thunder-clear": "45m",
    "ice-hours": 48,
    "detectors-share": 50,
    "scba-set-min": 28,
    "notice-every": "45m",
}
"""What this site has decided otherwise than the shipped one."""


def _own(room: str, building: str, agent: Both, ups: int, special: str) -> dict[str, Both | str | int]:
    """What only this room has. `无/none` and 0 where it has no such thing."""
    gas = agent != NONE and special != "mist"
    chilled, bare = special == "chilled", special == "bare"
    return {
        "feed": (f"{room} 门外配电箱 K-{room}", f"K-{room}, panel outside the door"),
        "feed-tag": f"K-{room}",
        "feed-above": NONE
        if special == "no-feeder-above"
        else (f"楼层柜 KK-{room}", f"KK-{room}, floor panel"),
        "feed-above-tag": NONE if special == "no-feeder-above" else f"KK-{room}",
        "feeds-above": 0 if special == "no-feeder-above" else 1,
        "epo": ("本室没有紧急断电按钮", "no EPO in this room")
        if bare
        else (f"{room} 门内", f"inside the door of {room}"),
        "crac-valve": ("壁挂空调，没有进水阀", "wall unit, no feed valve")
        if bare
        else (f"W-{room}", f"W-{room}"),
        "crac-tag": NONE if bare else f"W-{room}",
        "crac-valves": 0 if bare else 1,
        "crac-spare": ("移动空调一台，南楼值班室", "one portable cooler, duty room")
        if bare
        else (f"{room} 备机", f"spare of {room}"),
        "chw-supply": (f"H-{room}-1", f"H-{room}-1")
        if chilled
        else ("本室没有冷冻水", "no chilled water in this room"),
        "chw-return": (f"H-{room}-2", f"H-{room}-2")
        if chilled
        else ("本室没有冷冻水", "no chilled water in this room"),
        "chw-supply-tag": f"H-{room}-1" if chilled else NONE,
        "chw-return-tag": f"H-{room}-2" if chilled else NONE,
        "chw-valves": 2 if chilled else 0,
        "pump-tag": "HP-1" if chilled else NONE,
        "upstream": (f"走廊吊顶 U-{room}", f"U-{room}, ceiling of the corridor"),
        "upstream-tag": f"U-{room}",
        "sprinkler": (f"细水雾分区阀 X-{room}", f"water-mist zone valve X-{room}")
        if special == "mist"
        else ("本室没有喷淋", "no sprinkler in this room"),
        "sprinkler-tag": f"X-{room}" if special == "mist" else NONE,
        "sprinkler-zones": 1 if special == "mist" else 0,
        "kit": (f"{building} 值班室", f"duty room of the {building} building"),
        "ups-tag": f"UPS-{room}" if ups else NONE,
        "ups-sets": ups,
        "core-tag": "NE-1" if room == "C1" else NONE,
        "gas-start": (f"门外 Q-{room}", f"Q-{room} outside the door")
        if gas
        else ("本室没有气体灭火", "no gas in this room"),
        "gas-tag": f"Q-{room}" if gas else NONE,
        "gas-zones": 1 if gas else 0,
        "bottles": (f"钢瓶间 B-{room}", f"B-{room}, cylinder room")
        if gas
        else ("本室没有钢瓶", "no cylinders for this room"),
        "bottles-tag": f"B-{room}" if gas else NONE,
        "batteries": ("铅酸四组", "four lead-acid strings")
        if room == "E1"
        else ("本室没有电池", "none in this room"),
        "address": (f"贵阳市观山湖区长岭路 9 号 {room}", f"9 Changling Road, Guanshanhu, Guiyang, {room}"),
        "hotline": "0851-8460-2009",
        "battery-tag": f"D-{room}" if ups else NONE,
        "battery-strings": ups,
        "spd-tag": f"S-{room}",
    }


def _facts(room: str, labels: Mapping[str, Any]) -> dict[str, Any]:
    building, _, area, agent, ups, special = ROOMS[room]
    values: dict[str, Any] = {
        "area": area,
        "agent": agent,
        **BUILDING[building],
        **_own(room, building, agent, ups, special),
    }
    facts: dict[str, Any] = {}
    for name, value in values.items():
        known = labels[name]
        facts[name] = {"label": known["label"]}
        if isinstance(value, int):
            facts[name] |= {"value": value, "unit": known["unit"]}
        else:
            facts[name]["says"] = _said(value)
    facts["ups"] = {"label": labels["ups"]["label"], "value": "30m" if ups else "0s"}
    return facts


def _room(room: str, labels: Mapping[str, Any]) -> dict[str, Any]:
    building, title, *_ = ROOMS[room]
    facts = _facts(room, labels)
    plates = [fact["says"]["zh"] for name, fact in facts.items() if name.endswith("-tag")]
    north = building == "north"
    return {
        "title": _said((f"{room} {title[0]}", f"{room} {title[1]}")),
        "place": _said(("北楼", "north building") if north else ("南楼", "south building")),
        "travel": {"desk": "4m" if north else "12m", "home": "35m"},
        "facts": facts,
        "tags": {plate: _said((f"{plate} 标牌", f"plate {plate}")) for plate in plates if plate != "无"},
    }


def _person(number: int, name: str) -> dict[str, Any]:
    said, roles, category, deputy = PEOPLE[name]
    phone = f"0851-8460-2{number:03d}"
    person = {
        "name": said,
        "roles": roles,
        "category": category,
        "work": "负责监督，协助故障解决" if category == "项目负责人" else "故障处理",
        "phone": phone,
        "email": f"{name}@changling-idc.cn",
        "remark": "四班两倒，本周甲班" if number % 2 else "四班两倒，本周丙班",
        "base": "desk" if number % 3 else "home",
        "channels": [{"kind": "phone", "address": phone}, {"kind": "radio", "address": "CH 7"}],
    }
    return person | ({"deputy": deputy} if deputy else {})


def site() -> dict[str, Any]:
    """The site as it would stand in site.yaml."""
    shipped = yaml.safe_load((BOOK / "site.yaml").read_text(encoding="utf-8"))
    labels = shipped["rooms"]["A1"]["facts"]
    return {
        "site": "changling",
        "title": _said(("长岭站", "Changling site")),
        "timezone": "Asia/Shanghai",
        "languages": ["zh", "en"],
        "bases": {"desk": _said(("北楼值班室", "duty room, north building")), "home": _said(("市区", "town"))},
        "rooms": {room: _room(room, labels) for room in ROOMS},
        "people": {name: _person(number, name) for number, name in enumerate(PEOPLE)},
        "groups": {
            name: {"title": group["title"], "channels": [{"kind": "phone", "address": f"0851-8461-3{number:03d}"}]}
            for number, (name, group) in enumerate(shipped["groups"].items())
        },
        "parameters": {
            name: one | ({"value": SET_HERE[name]} if name in SET_HERE else {})
            for name, one in shipped["parameters"].items()
        },
        "stop_conditions": shipped["stop_conditions"],
    }  # fmt: skip


def write(folder: Path) -> Path:
    """The shipped runbooks with this site, as a book of its own. JSON is YAML too, without anchors."""
    book = folder / "book"
    shutil.copytree(BOOK, book, ignore=shutil.ignore_patterns("drills", "__pycache__", "*.py"))
    (book / "site.yaml").write_text(json.dumps(site(), ensure_ascii=False, indent=1), encoding="utf-8")
    return book
