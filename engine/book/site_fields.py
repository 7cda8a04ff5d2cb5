"""The fields of `site.yaml`: what may be filled in, what it means, and an example of each for whoever does it."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass

from engine.book.amounts import Amount, Length
from engine.book.page import Page
from engine.book.saying import Said
from engine.book.shapes import Id, Line, Ref, Schema, Shape, word
from engine.book.tables import Field, Many, Named, Record
from engine.book.tree import Node, Scalar, Sequence
from engine.text import LANGUAGES, Text

NAME = Id(capitals=True)

CHANNELS = Many(
    Record(
        Field(
            "kind", Line(), Text("电话、电台、短信等", "phone, radio, mail …"), required=True, example="radio"
        ),
        Field("address", Line(), Text("号码或地址", "the number or address"), required=True, example="CH 3"),
    ),
    once=False,
    may_be_empty=True,
)

FACT = Record(
    Field(
        "label",
        Said(),
        Text("名称", "what it is called"),
        required=True,
        example={"zh": "UPS 后备时间", "en": "UPS runtime"},
    ),
    Field("value", Amount(), Text("数值或时长", "a number, or a length of time"), example="15m"),
    Field("unit", Line(), Text("数值的单位", "the unit of a number"), example="m2"),
    Field(
        "says",
        Said(),
        Text("文字", "words instead of a number"),
        example={"zh": "七氟丙烷", "en": "HFC-227ea"},
    ),
    one_of=("value", "says"),
)

PARAMETER = Record(
    Field(
        "label",
        Said(),
        Text("名称", "what it is called"),
        required=True,
        example={"zh": "冷通道注意温度", "en": "cold-aisle warning"},
    ),
    Field(
        "unit",
        Line(),
        Text("数值的单位；时长没有单位", "the unit of a number; a length of time has none"),
        example="C",
    ),
    Field(
        "default", Amount(), Text("默认值", "the value until the site sets one"), required=True, example="27"
    ),
    Field("value", Amount(), Text("本站设定的值", "the value this site has set"), example="28"),
    Field("min", Amount(), Text("允许的最小值", "the least that is allowed"), example="18"),
    Field("max", Amount(), Text("允许的最大值", "the most that is allowed"), example="35"),
)

ROOM = Record(
    Field("title", Said(), Text("名称", "what it is called"), example={"zh": "A1 机房", "en": "room A1"}),
    Field(
        "place",
        Said(),
        Text("位置", "where it is"),
        example={"zh": "一号楼二层", "en": "building 1, floor 2"},
    ),
    Field(
        "travel",
        Named(Ref("base"), Length(), may_be_empty=True),
        Text("从各驻地到达的时间", "how long from each base"),
        example={"duty": "5m", "city": "40m"},
    ),
    Field(
        "facts",
        Named(Id(), FACT, may_be_empty=True),
        Text("机房的固定值", "what is true of the room"),
        example={"ups": {"label": {"zh": "UPS 后备时间", "en": "UPS runtime"}, "value": "15m"}},
    ),
    Field(
        "tags",
        Named(Line(), Said(), may_be_empty=True),
        Text("阀门和开关的标牌", "valves and breakers by their tag"),
        example={"V-12": {"zh": "3 号空调进水阀", "en": "CRAC-3 feed valve"}},
    ),
)

PERSON = Record(
    Field("name", Line(), Text("姓名", "the name"), required=True, example="王强"),
    Field(
        "roles",
        Many(NAME, one=True, may_be_empty=True),
        Text("可担任的角色", "the roles they may take"),
        to="roles",
        example=["IC", "PM"],
    ),
    Field("category", Line(), Text("类别", "category"), to="category", example="项目负责人"),
    Field("work", Line(), Text("职责", "work content"), to="work", example="监督，协助故障解决"),
    Field("phone", Line(), Text("电话", "phone"), to="phone", example="0851-8692-1133"),
    Field("email", Line(), Text("电子邮箱", "e-mail"), to="email", example="wang@gz-site.cn"),
    Field("remark", Line(), Text("备注", "remark"), to="remark", example="夜间先打座机"),
    Field(
        "skills",
        Many(Line(), one=True, may_be_empty=True),
        Text("技能", "skills"),
        to="skills",
        example=["HV"],
    ),
    Field("base", Ref("base"), Text("驻地", "where they start from"), to="base", example="duty"),
    Field(
        "channels",
        CHANNELS,
        Text("联系方式", "how to reach them"),
        example=[{"kind": "radio", "address": "CH 3"}],
    ),
    Field("deputy", Ref("person"), Text("替补", "who stands in"), to="deputy", example="li"),
)

GROUP = Record(
    Field(
        "title",
        Said(),
        Text("名称", "what it is called"),
        required=True,
        example={"zh": "客户", "en": "customers"},
    ),
    Field(
        "channels",
        CHANNELS,
        Text("联系方式", "how to reach them"),
        example=[{"kind": "phone", "address": "0851-8692-1100"}],
    ),
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its name."""

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is not None and not _is_zone(said):
            page.fault("undefined-zone", node, found=said)
            return None
        return said

    def schema(self) -> Schema:
        return {"type": "string"}


def _is_zone(name: str) -> bool:
    for known in (name, "Asia/Shanghai"):
        try:
            zoneinfo.ZoneInfo(known)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            continue
        return known == name
    return True  # this machine has no zones at all, so nobody can tell


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages every text of the book has."""

    item: Shape = Many(Line(), one=True)

    def read(self, node: Node, page: Page) -> tuple[str, ...] | None:
        listed: tuple[str, ...] | None = self.item.read(node, page)
        nodes = node.items if isinstance(node, Sequence) else [node]
        for one in nodes:
            if isinstance(one, Scalar) and not one.empty and one.text not in LANGUAGES:
                page.fault(
                    "not-a-choice",
                    one,
                    found=one.text,
                    choices=LANGUAGES,
                    hint=page.near(one.text, LANGUAGES),
                )
        return listed

    def schema(self) -> Schema:
        return {"type": "array", "items": {"enum": list(LANGUAGES)}, "minItems": 1, "uniqueItems": True}


SITE = Record(
    Field("site", NAME, Text("站点编号", "its name"), required=True, example="gz-a"),
    Field(
        "title",
        Said(),
        Text("名称", "what it is called"),
        example={"zh": "贵阳 A 站", "en": "Guiyang site A"},
    ),
    Field(
        "timezone",
        Zone(),
        Text("时区，如 Asia/Shanghai", "the time zone, like Asia/Shanghai"),
        example="Asia/Shanghai",
    ),
    Field("languages", Languages(), Text("文字的语言", "the languages of every text"), example=["zh", "en"]),
    Field(
        "bases",
        Named(NAME, Said(), may_be_empty=True),
        Text("驻地", "where people start from"),
        example={"duty": {"zh": "值班室", "en": "duty room"}},
    ),
    Field(
        "rooms",
        Named(NAME, ROOM, may_be_empty=True),
        Text("机房", "the rooms"),
        example={"A1": {"title": {"zh": "A1 机房", "en": "room A1"}}},
    ),
    Field(
        "people",
        Named(NAME, PERSON, may_be_empty=True),
        Text("人员", "the people"),
        example={"wang": {"name": "王强", "roles": ["IC"]}},
    ),
    Field(
        "groups",
        Named(NAME, GROUP, may_be_empty=True),
        Text("通知对象组", "whom a tell step tells"),
        example={"customers": {"title": {"zh": "客户", "en": "customers"}}},
    ),
    Field(
        "parameters",
        Named(Id(), PARAMETER, may_be_empty=True),
        Text("站点参数 site.名称", "parameters: site.NAME"),
        example={"isolate-wait": {"label": {"zh": "断电等待", "en": "wait for isolation"}, "default": "3m"}},
    ),
    Field(
        "stop_conditions",
        Many(Said(), one=True, may_be_empty=True),
        Text("演练中止条件", "what stops a drill"),
        example=[{"zh": "真的漏水", "en": "real water"}],
    ),
)
