"""The words of the report about time: every step against its plan, and check-offs that came too fast or too late."""

from __future__ import annotations

from engine.text import Text

PACE: dict[str, Text] = {
    "report-times": Text("每步用时", "Time for every step"),
    "report-times-how": Text(
        "从开始做（没有记开始的，从轮到这一步）算到做完；应用时间是预案写的“一般–最长”。",
        "From when it was begun, or else from when it was its turn, to its end; "
        "the plan reckons with 'as a rule - at most'.",
    ),
    "report-reckoned-says": Text("{likely}–{most} 分钟", "{likely}-{most} min"),
    "report-col-opened": Text("轮到", "Its turn"),
    "report-col-step": Text("步骤", "Step"),
    "report-col-steps": Text("步骤", "Steps"),
    "report-col-reckoned": Text("应用时间", "Plan"),
    "report-col-count": Text("次数", "Count"),
    "report-col-late-by": Text("补记晚了", "Later by"),
    "pace-kept": Text("在预案时间内", "within the plan"),
    "pace-longer": Text("比预案最长还久", "LONGER THAN THE PLAN'S MOST"),
    "pace-limit-passed": Text("超过了时限", "ITS LIMIT PASSED"),
    "pace-open": Text("还没做完", "still open"),
    "pace-left": Text("没有做完就过去了", "never finished"),
    "pace-no-target": Text("预案没有写用时", "the plan gives no time"),
    "report-checkoffs": Text("可疑和补记的打勾", "Suspicious and late check-offs"),
    "report-bursts": Text(
        "同一人在同一设备上 {seconds} 秒内打勾 {count} 次以上的（每一步是否真的看过，请问本人）：",
        "Checked off {count} times or more within {seconds} seconds, by one person at one device "
        "(ask them whether each was looked at):",
    ),
    "report-within-seconds": Text("{seconds} 秒内", "within {seconds} s"),
    "report-late": Text("做完一分钟以后才记下的：", "Written down a minute or more after it was done:"),
}
