"""Rules of values: numbers, lengths of time, dates, and what a word may be."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

VALUES = (
    rule(
        "not-a-choice",
        Text("不是可选的词", "None of the words allowed"),
        Text("这里只能写列出的几个词之一。", "Only one of the words that are listed may stand here."),
        "class: safe",
        "class: safety",
    ),
    rule(
        "not-true-false",
        Text("只能写 true 或 false", "true or false"),
        Text(
            "yes、on、1 在不同的程序里意思不同，这里只认 true 和 false。",
            "yes, on and 1 mean different things to different programs; here only true and false count.",
        ),
        "ends: yes",
        "ends: true",
    ),
    rule(
        "bad-number",
        Text("不是数值", "Not a number"),
        Text(
            "这里要一个普通的十进制数，不带单位和千分位。",
            "A plain decimal number is wanted, without unit or separators.",
        ),
        "precision: one",
        "precision: 1",
    ),
    rule(
        "bad-duration",
        Text("不是时长", "Not a length of time"),
        Text(
            "时长写成 90s、15m、1h30m、2d：数字和单位之间没有空格，大单位在前。",
            "A length of time is written like 90s, 15m, 1h30m, 2d: no space before the unit, the larger "
            "unit first.",
        ),
        "within: 5 min",
        "within: 5m",
    ),
    rule(
        "bad-takes",
        Text("不是三个分钟数", "Not three numbers of minutes"),
        Text(
            "takes 写成 乐观/可能/悲观 三个分钟数，从小到大。",
            "takes is optimistic/likely/pessimistic minutes, from the smallest to the largest.",
        ),
        "takes: 15/5/40",
        "takes: 5/15/40",
    ),
    rule(
        "bad-date",
        Text("不是日期", "Not a date"),
        Text("日期写成 2026-11-01。", "A date is written like 2026-11-01."),
        "review_by: 30.6.2027",
        "review_by: 2027-06-30",
    ),
    rule(
        "bad-time",
        Text("不是带时区的时间", "Not a time with its zone"),
        Text(
            "时间写成 2026-11-22T02:10:00+08:00；没有时区的时间不知道是哪里的。",
            "A time is written like 2026-11-22T02:10:00+08:00; without a zone nobody knows whose time it is.",
        ),
        "reported_at: 2026-11-22 02:10",
        "reported_at: 2026-11-22T02:10:00+08:00",
    ),
    rule(
        "outside-range",
        Text("超出允许的范围", "Outside the allowed range"),
        Text(
            "数值比允许的最小值小，或比最大值大。",
            "The value is less than the least or more than the most that is allowed.",
        ),
        "sign: {need: 3, of: [PWR, ENG]}",
        "sign: {need: 2, of: [PWR, ENG]}",
        readable=True,
    ),
    rule(
        "mixed-amounts",
        Text("数值与时长混用", "Numbers mixed with lengths of time"),
        Text(
            "一个参数的默认值、设定值和范围必须都是数值，或者都是时长。",
            "The default, the value and the range of a parameter are all numbers or all lengths of time.",
        ),
        "default: 3m\nmax: 10",
        "default: 3m\nmax: 10m",
    ),
    rule(
        "number-without-unit",
        Text("数值没有单位", "A number without a unit"),
        Text(
            "3 是厘米还是英寸，黑暗里没人知道。每个数值读数、参数和固定值都要有单位；计数就写数的是什么，"
            "如 persons。",
            "Nobody knows in the dark whether 3 is centimetres or inches. Every number that is read or "
            "set has a unit; "
            "for a count write what is counted, like persons.",
        ),
        "depth: {label: water depth}",
        "depth: {label: water depth, unit: cm}",
        readable=True,
    ),
    rule(
        "undefined-zone",
        Text("没有这个时区", "There is no such time zone"),
        Text("时区写成 Asia/Shanghai 这样的名称。", "A time zone is a name like Asia/Shanghai."),
        "timezone: Beijing",
        "timezone: Asia/Shanghai",
    ),
)
