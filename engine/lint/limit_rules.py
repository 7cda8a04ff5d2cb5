"""The rules about what contradicts itself or brings nothing about, with reason and example."""

from __future__ import annotations

from engine.book import Rule
from engine.text import Text


def _rule(rule_id: str, title: Text, explanation: Text, wrong: str, right: str) -> Rule:
    return Rule(rule_id, title, explanation, wrong, right, readable=True)


LIMITS = (
    _rule(
        "one-answer",
        Text("只有一个回答的判断", "A question with a single answer"),
        Text(
            "ask 是要人在几个回答里选一个；只剩一个时谁都只能选它，另一种情况就没有路可走。要做的事写 do。",
            "An ask lets a person choose. With one answer left everybody gives it, whatever they see, and the "
            "other case "
            "has no road. What is to be done is a do.",
        ),
        "answers:\n  dry: all dry",
        "answers:\n  dry: all dry\n  wet: wet, or cannot tell",
    ),
    _rule(
        "watch-idle",
        Text("触发后什么也不发生的监视项", "A watch that does nothing"),
        Text(
            "监视项触发后要么升级别，要么启动预案，要么打开写了 after 的步骤；都没有时，看到的人以为有人在管。",
            "A raised watch raises the level, opens a runbook, or the steps that name it in after. Where it "
            "does none of "
            "that, whoever raises it believes that something is being done.",
        ),
        "watch:\n  - {id: smoke, if: smoke or a burning smell}",
        "watch:\n  - {id: smoke, if: smoke or a burning smell, run: fire}",
    ),
    _rule(
        "condition-constant",
        Text("结果永远不变的条件", "A condition that never changes"),
        Text(
            "不管读到什么，这一部分都一直成立，或永远不成立：多半是比较号写反了，数值写错了，或读数的 min、max "
            "写错了。"
            "能读到的值看 min 和 max；参数看它允许的范围。",
            "Whatever is read, this part always holds, or never does: mostly a sign was turned round, or a "
            "digit of the "
            "number or of the reading's min and max is wrong. What can be read is said by min and max, what a "
            "parameter "
            "can be by its own.",
        ),
        'headcount: {…, min: 0, max: 50}\nuntil: "headcount < 0"',
        'headcount: {…, min: 0, max: 50}\nuntil: "headcount <= 0"',
    ),
    _rule(
        "bands-crossed",
        Text("还没到注意限值就到了行动限值", "Action begins before attention"),
        Text(
            "warn 是开始注意，act 是开始行动：凡是该行动的值都已经该注意。按本站现在的参数值判断；"
            "可能是两个写反了，也可能是 site.yaml 里的值不对。",
            "warn is where attention begins and act where action does, so a value that calls for action calls for "
            "attention too. Judged by the values this site has now: the two are swapped, or a value in site.yaml is "
            "wrong.",
        ),
        'inlet: {…, warn: "> 32", act: "> 27"}',
        'inlet: {…, warn: "> 27", act: "> 32"}',
    ),
    _rule(
        "level-idle",
        Text("定级依据被更高一级盖住", "A ground for a level that a higher one always covers"),
        Text(
            "成立的级别里取最高的。这条依据成立时，更高一级的依据也一定成立，它就永远不起作用："
            "两个级别的数值多半写反了。",
            "The highest level that holds is suggested. Wherever this ground holds, that of a higher level "
            "holds too, so "
            "it never counts: the numbers of the two levels are mostly swapped.",
        ),
        'II: "depth > 5"\nI: "depth > 1"',
        'II: "depth > 1"\nI: "depth > 5"',
    ),
    _rule(
        "alarm-wished-for",
        Text("报警值也算合格", "An alarm value that will do"),
        Text(
            "读数的 act 是必须行动的值。做完应看到的（expect）、签字的条件（needs）、安全步骤要等到的（until），"
            "都不能让这样的值通过：限值放松了，或比较号写反了。确实要放宽，就改读数的 act。",
            "act of a reading is where somebody has to act. What should be seen (expect), what is signed on "
            "(needs), and "
            "what a safety step waits for (until) let no such value pass: the limit was loosened or its sign turned "
            "round. Where it really may be wider, change act.",
        ),
        'o2: {…, act: "< 19.5"}\nneeds: "o2 >= 18"',
        'o2: {…, act: "< 19.5"}\nneeds: "o2 >= 19.5"',
    ),
)
"""Errors that keep no plan from being opened: conditions and limits by what can be read, questions and watches."""
