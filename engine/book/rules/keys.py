"""Rules of keys and kinds: which may stand where, and which must."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

KEYS = (
    rule(
        "unknown-key",
        Text("没有这个键", "There is no such key"),
        Text(
            "语言里没有这个键，写了也不起作用；多半是拼错了。",
            "The language has no such key, so it would do nothing; mostly it is misspelt.",
        ),
        "recrd: depth",
        "record: depth",
    ),
    rule(
        "wrong-type",
        Text("种类不对", "The wrong kind of value"),
        Text(
            "这里应该是列表、表或文字，写成了另一种。",
            "A list, a table or a text is wanted here, and something else was written.",
        ),
        "symptoms: {a: leak alarm}",
        "symptoms: [leak alarm]",
    ),
    rule(
        "empty-value",
        Text("没有写值", "Nothing was written"),
        Text(
            "键后面什么也没有。# 之后的都是注释：以 # 开头的文字要加引号。",
            "Nothing stands behind the key. What follows # is a comment: a text that begins with # needs "
            "quotes.",
        ),
        "tag: #12",
        'tag: "#12"',
    ),
    rule(
        "missing-key",
        Text("缺少必需的键", "A required key is missing"),
        Text("没有这个键，这一项就没有意义。", "Without this key the entry means nothing."),
        "- do: Close the valve",
        "- id: close\n  do: Close the valve",
    ),
    rule(
        "no-kind",
        Text("步骤没有种类", "A step of no kind"),
        Text(
            "每个步骤正好有 do、ask、hold、wait、contact、tell、run 中的一个。",
            "Every step has exactly one of do, ask, hold, wait, contact, tell, run.",
        ),
        "- id: close\n  role: ENG",
        "- id: close\n  role: ENG\n  do: Close the valve",
    ),
    rule(
        "two-kinds",
        Text("步骤有两个种类", "A step of two kinds"),
        Text(
            "一个步骤只做一件事：请拆成两个步骤。",
            "A step is one act: make two steps of it.",
        ),
        "- id: close\n  do: Close the valve\n  ask: Is it shut",
        "- id: close\n  do: Close the valve\n- id: shut\n  ask: Is it shut",
    ),
    rule(
        "key-not-here",
        Text("这个键不属于这里", "A key that does not belong here"),
        Text(
            "这个键只对别的种类有意义，写在这里不起作用。",
            "The key means something for another kind only; here it would do nothing.",
        ),
        "do: Close the valve\nsteady: 5m",
        'wait: Wait until it is dry\nuntil: "humidity < 60"\nsteady: 5m',
    ),
    rule(
        "key-alone",
        Text("这个键离不开另一个键", "A key that needs another"),
        Text(
            "单独写这个键没有意义。",
            "Alone the key says nothing.",
        ),
        "missed: call-again",
        "within: 20m\nmissed: call-again",
        readable=True,
    ),
    rule(
        "exactly-one",
        Text("要正好写一个", "Exactly one of them"),
        Text(
            "这几个键必须写一个，也只能写一个。",
            "One of these keys must be written, and only one.",
        ),
        "wait: Wait\nfor: 30m\nuntil: depth == 0",
        "wait: Wait\nfor: 30m",
        readable=True,
    ),
    rule(
        "none-of-them",
        Text("至少要写一个", "At least one of them"),
        Text(
            "监视项要么写 when（条件成立自己触发），要么写 if（人看到时触发），也可以两样都写：哪样先到都触发。",
            "A watch says when (a condition by which it raises itself), if (what a person sees), or both: "
            "whichever comes first raises it.",
        ),
        "watch:\n  - {id: smoke, level: I}",
        "watch:\n  - {id: smoke, when: smoke-seen, if: smoke, level: I}",
        readable=True,
    ),
)
