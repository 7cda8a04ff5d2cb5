"""Rules of texts and messages: both languages, short enough, and every blank can be filled."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

TEXTS = (
    rule(
        "wrong-language",
        Text("写在另一种语言下面", "A text under the wrong language"),
        Text(
            "en 下面全是汉字，或 zh 下面是一句没有汉字的英文：两种语言写反了，或还没有翻译，看不懂的人就没法照做。",
            "Nothing but Chinese under en, or an English sentence without any Chinese sign under zh: the two "
            "are swapped "
            "or one was never translated, and whoever reads that language cannot follow.",
        ),
        "do: {zh: Close the valve, en: 关阀}",
        "do: {zh: 关阀, en: Close the valve}",
        severity="advice",
        readable=True,
    ),
    rule(
        "languages-differ",
        Text("两种语言的数值不一样", "Two languages with different values"),
        Text(
            "一种语言里有的数字或 {{ site.… }}，另一种语言里没有，反过来也有：多半只改了一种语言。"
            "一到十写成字的也算。",
            "Either language has a number, or a {{ site.… }}, that the other has not: mostly only one of them "
            "was edited. "
            "Numbers up to ten count in words as well.",
        ),
        "do: {zh: 等 10 分钟, en: Wait 5 minutes}",
        "do: {zh: 等 10 分钟, en: Wait 10 minutes}",
        severity="advice",
        readable=True,
    ),
    rule(
        "bad-template",
        Text("消息模板填不出来", "A message that cannot be filled"),
        Text(
            "消息模板只用 plan.id、plan.title、plan.revision，site.id、site.title、site.名称、site.room.名称，"
            "run.id、run.opened_at、run.now、run.level、run.room，以及 {% if %}。"
            "循环、调用和计算不能写：发消息时没有人能等它。每个机房都试填一遍。",
            "A template uses plan.id, plan.title, plan.revision, site.id, site.title, site.NAME, site.room.NAME, "
            "run.id, run.opened_at, run.now, run.level, run.room, and {% if %}. Loops, calls and arithmetic have no "
            "place: nobody can wait for them when a message must go out. It is filled for every room to see "
            "that it can be.",
        ),
        'message: "{{ plan.titel }} in {{ run.room }}"',
        'message: "{{ plan.title }} in {{ run.room }}"',
        readable=True,
    ),
    rule(
        "missing-language",
        Text("缺一种语言", "A language is missing"),
        Text(
            "site.yaml 声明了两种语言，每段文字就要两种都有：值班的人只读得懂其中一种。",
            "The site declares two languages, so every text needs both: whoever is on duty may read only "
            "one.",
        ),
        "do: {zh: 关阀}",
        "do: {zh: 关阀, en: Close the valve}",
        readable=True,
    ),
    rule(
        "text-cut",
        Text("文字被逗号截断", "A text cut at a comma"),
        Text(
            "花括号里的半角逗号隔开各项，逗号后面的半句话就成了没有值的键。请给整句加引号，或用全角逗号。",
            "Inside braces a comma parts the entries, so the rest of the sentence became a key without a "
            "value. "
            "Put the sentence in quotes.",
        ),
        "do: {zh: 断电测绝缘, en: Test the insulation, dead}",
        'do: {zh: 断电测绝缘, en: "Test the insulation, dead"}',
        readable=True,
    ),
    rule(
        "warning-too-long",
        Text("警告太长", "The warning is too long"),
        Text(
            "警告要和步骤一起出现在 80×24 的屏幕上：最多四行，每行 76 格。",
            "A warning must be on the screen together with its step at 80×24: four lines of 76 cells.",
        ),
        "warn: … five lines …",
        "warn: Standing water may be live. Electric shock kills",
        readable=True,
    ),
    rule(
        "text-too-long",
        Text("步骤文字太长", "The text of the step is too long"),
        Text(
            "步骤的文字最多六行，每行 76 格；更多的写进 detail，或拆成两步。",
            "The text of a step has six lines of 76 cells; put more into detail, or make two steps.",
        ),
        "do: … seven lines …",
        "do: Close the riser valve\ndetail: …",
        readable=True,
    ),
    rule(
        "bad-placeholder",
        Text("花括号里的名称不对", "Not a name for double braces"),
        Text(
            "文字里的 {{ }} 只能写 site.名称 或 site.room.名称；消息模板还可以写 plan.… 和 run.…。",
            "Double braces in a text hold site.NAME or site.room.NAME; a message template also plan.… "
            "and run.….",
        ),
        'detail: "Use valve {{ valve }}"',
        'detail: "Use valve {{ site.room.riser }}"',
        readable=True,
    ),
    rule(
        "undefined-message",
        Text("没有这个消息模板", "There is no such message template"),
        Text(
            "message 写一段文字，或写 promises.yaml 的 messages 里一个模板的名称。",
            "message is a text, or the name of a template under messages in promises.yaml.",
        ),
        "message: notise",
        "message: notice",
    ),
)
