"""Advice about sentences, by their words: it may be mistaken, and is never more than advice.

Each function gives the words it found, or "". How often they are right is measured on labelled sentences
(tests/engine/test_style.py prints it).
"""

from __future__ import annotations

import re

_VERBS = (
    "acknowledge add announce arm ask assign block bring call carry check clean clear close collect compare"
    " confirm connect count cover cut declare disconnect drain draw dry empty enter escort evacuate examine"
    " fetch fill find fit give go guard hand hang hold inform inspect install isolate keep leave lift list"
    " lock log look lower mark measure meet move name notify open photograph place post press prove"
    " pull pump push put raise re-arm read rearm record release remove replace report reset restart restore"
    " return send set shed shut sign start stop swab switch tag take tell test tick touch trace"
    " transfer try turn unlock unplug use verify wait walk warn watch wear wipe withdraw write"
).split()
_VERB = rf"(?:{'|'.join(_VERBS)})"
# What follows a verb and makes a noun of it: "lock and tag numbers", "read and test pressure".
_NOT_NOUN = r"(?!\s+(?:numbers?|points?|results?|pressure|times?|of|is|are)\b)(?!\s*[.,;]?\s*$)"
_BEGINS_EN = re.compile(rf"^(?:then\s+|now\s+|at once\s+)?{_VERB}\b", re.IGNORECASE)
_SECOND_EN = re.compile(
    rf"(?:,\s*(?:and\s+|then\s+)?|\band\s+(?:then\s+)?|;\s*|\bthen\s+|\.\s+(?:Then\s+)?)"
    rf"({_VERB}\b{_NOT_NOUN}[^,;.]*)",
    re.IGNORECASE,
)
_SECOND_ZH = re.compile(
    r"((?:并(?![联行排列网机且非])|然后|，再(?!次)|接着|，(?:关闭|断开|打开|合上|拉开|停用?|启动|切断|切换|通知|呼叫|撤[下离出]"
    r"|拆[下除]|盖[上好]|擦干|清[通扫除]|排[空出]|检查|确认|复位|退[到出]|派|上锁|验电)).{0,12})"
)
# 先网络，再存储: an order, one act.
_ORDER_ZH = re.compile(r"先[^，。]*，再")
_FIRST_CONDITION_ZH = re.compile(r"^(?:(?:如果|假如|要是|一旦|若)[^，]*|[^，]*时)，")

_CONDITION_EN = re.compile(r"\b(if|when|unless|once(?! more| again)|in case|as soon as)\b", re.IGNORECASE)
# "Ask when he comes" asks for something; nothing depends on it.
_ASKS_EN = re.compile(r"^(?:ask|note|record|report|write|tell|check|find|see|log|state)\b", re.IGNORECASE)
_CONDITION_ZH = re.compile(
    r"(?<!^)(?<![是与，。；])[，；、]?((?:如果|假如|假使|要是|一旦|除非|倘若|若(?!干)|如(?=有|遇|发现|仍|未|还)).*)"
    r"|，([^，。]*(?:时|的话|的情况下))$"
)

_PARTICIPLE = (
    r"(?:\w+ed|shut|put|cut|done|kept|held|taken|given|told|sent|read|set|left|written|drawn|broken|made"
    r"|brought|hung|worn|found|run)"
)
_PASSIVE_EN = re.compile(
    rf"\b((?:is|are|be|been|being|was|were|gets?)\s+(?:\w+ly\s+)?(?!need\b|speed\b|indeed\b){_PARTICIPLE})\b"
    r"(?!\s+(?:to|by now)\b)",
    re.IGNORECASE,
)
_PASSIVE_ZH = re.compile(
    r"((?<!棉)被(?![困褥子动告])[^，。]{0,6}|由[^，。]{1,8}?(?:关闭|断开|打开|执行|确认|测量|检查|完成|操作|通知|签字|负责)"
    r"|[予加]以[^，。]{1,4}|得到[^，。]{1,4})"
)

_EXCEPT_EN = re.compile(
    r"\b((?:all|any|every|everything|everybody|everyone|anything|each)\b[^,.;]*?\b"
    r"(?:except(?: for)?|but(?! not)|other than|apart from|save)\b[^,.;]*)",
    re.IGNORECASE,
)
# 排除故障后全部送电 takes nothing out.
_EXCEPT_ZH = re.compile(
    r"((?<![排清解消拆扣])(?:除了?|除去)[^，。；]{1,20}?(?:以外|之外|外)?[，、]?(?:其[余他它]|所有|全部|一律|都|全)[^，。；]*)"
)

_INSTRUCTS_EN = re.compile(
    r"\b(do not|don't|never|must(?! have\b)|always|make sure|be sure|be careful|beware|should|avoid|use only)\b",
    re.IGNORECASE,
)
_INSTRUCTS_ZH = re.compile(
    r"(请(?!求|假)|切?勿|禁止|严禁|不得(?!已)|不要|不准|不许|必须|务必|应当|应(?=先|立即|使用|穿|戴|佩|由|保持|远离)"
    r"|注意(?!力)|当心|小心|远离|先[^，。]{1,8}再|穿好|戴好|穿戴|保持[^，。]{0,4}距离)"
)


def two_actions(text: str, language: str) -> str:
    """The second action of a sentence that tells a person to do something."""
    if language == "zh":
        acts = _FIRST_CONDITION_ZH.sub("", text)
        return "" if _ORDER_ZH.search(acts) else _first(_SECOND_ZH.search(acts))
    return _first(_SECOND_EN.search(text)) if _BEGINS_EN.match(text) else ""


def condition_last(text: str, language: str) -> str:
    """A condition that is said after the action it belongs to."""
    if language == "zh":
        return _first(_CONDITION_ZH.search(text))
    acts = _BEGINS_EN.match(text) and not _ASKS_EN.match(text)
    found = _CONDITION_EN.search(text) if acts else None
    return "" if found is None else text[found.start() :]


def passive_voice(text: str, language: str) -> str:
    """What is to be done, without a word about who does it."""
    if language == "zh":
        return _first(_PASSIVE_ZH.search(text))
    # "Tag what was opened" is a command about something that somebody did.
    return "" if _BEGINS_EN.match(text) else _first(_PASSIVE_EN.search(text))


def all_except(text: str, language: str) -> str:
    """All but something: whoever reads it has to work out what is meant, and takes one too many."""
    return _first((_EXCEPT_ZH if language == "zh" else _EXCEPT_EN).search(text))


def warning_instructs(text: str, language: str) -> str:
    """What a warning tells somebody to do, or not to do."""
    if language == "zh":
        return _first(_INSTRUCTS_ZH.search(text))
    for sentence in re.split(r"(?<=[.;!])\s+", text):
        found = _INSTRUCTS_EN.search(sentence)
        if found is not None:
            return found[0]
        begins = _BEGINS_EN.match(sentence)
        # A noun may look like a verb: "Water ...", "Touch kills"; a command has something to act on.
        if begins is not None and re.match(
            r"\s+(?:the|a|an|your|its|all|every|off|on|out)\b", sentence[begins.end() :]
        ):
            return begins[0]
    return ""


def _first(found: re.Match[str] | None) -> str:
    return "" if found is None else next((group for group in found.groups() if group), found[0]).strip()
