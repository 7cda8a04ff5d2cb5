"""Rules of the script of a rehearsal."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

REHEARSALS = (
    rule(
        "no-verb",
        Text("剧本的一行没有动作", "A line of the script without an act"),
        Text(
            "有 at 的一行要有一个动作或读数；只让时间过去就写 pass。",
            "A line with `at` has an act or readings; to let time pass write `pass`.",
        ),
        "- {at: 5m, by: li}",
        "- {at: 5m, by: li, done: doorway}",
    ),
    rule(
        "two-verbs",
        Text("剧本的一行有两个动作", "A line of the script with two acts"),
        Text("一行一个动作，请拆成两行。", "One act on a line; write two lines."),
        "- {at: 5m, by: li, start: dry, done: dry}",
        "- {at: 5m, by: li, start: dry}\n- {at: 6m, by: li, done: dry}",
    ),
)
