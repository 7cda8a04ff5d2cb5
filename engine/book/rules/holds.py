"""Rules of holds, safety and decisions: what may not be said of the same step."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

HOLDS = (
    rule(
        "every-else",
        Text("重复的步骤不能用 else 决定路", "A repeated step that decides"),
        Text(
            "有 else 的 expect 用一次读数决定走哪条路；重复的步骤读很多次，也可能一次都没读就到时了，"
            "那时谁也不知道算达到还是没达到。要一直盯着请用 watch，要最后判断请在后面写一步。",
            "An expect with else decides the road by one reading. A repeated step takes many, and may come to its "
            "end without any; then nobody knows which road it is. To keep an eye on a value write a watch; to "
            "judge at the end write a step behind it.",
        ),
        'every: 5m\nfor: 30m\nexpect: {that: "depth < 1", else: leave}',
        'every: 5m\nfor: 30m\nrecord: depth      # and under watch: {id: rising, when: "depth >= 1"}',
        readable=True,
    ),
    rule(
        "every-verify",
        Text("重复的步骤不能独立复核", "A repeated step that is verified later"),
        Text(
            "独立复核是做完以后第二个人再读一次；重复的步骤还没复核就轮到下一次。请两个人一起做，或另写一步复核。",
            "A second person verifies what is done; a repeated step has its next visit before anybody has. "
            "Let two do it together, or write a step that verifies.",
        ),
        "every: 5m\ntimes: 3\nverify: independent",
        "every: 5m\ntimes: 3\nverify: together",
        readable=True,
    ),
    rule(
        "few-signers",
        Text("关口少于两人签字", "A hold with fewer than two signers"),
        Text(
            "安全关口和不得一人通过的关口至少要两个不同的人签字，一个人看错时另一个人还能拦住。",
            "A safety hold, and one that may never be passed alone, needs two different people: the second "
            "stops what the first has overlooked.",
        ),
        "hold: Entry permitted\nclass: safety\nsign: [PWR]",
        "hold: Entry permitted\nclass: safety\nsign: [PWR, ENG]",
        readable=True,
    ),
    rule(
        "safety-defer",
        Text("安全步骤不能推迟", "A safety step that may be deferred"),
        Text(
            "安全步骤不能跳过，也不能推迟；不是安全步骤就去掉 class: safety。",
            "A safety step is never skipped and never put off; when it may be, it is no safety step.",
        ),
        "class: safety\ndefer: close",
        "class: safety",
        readable=True,
    ),
    rule(
        "only-when-answers",
        Text("有回答的步骤不能有 only_when", "only_when on a step with answers"),
        Text(
            "后面的路取决于它的回答；跳过去就没有回答，不知道走哪条路。",
            "The road behind it depends on its answer; when it is passed there is none.",
        ),
        'ask: Where from\nonly_when: "depth >= 3"',
        'do: Measure again\nonly_when: "depth >= 3"',
        readable=True,
    ),
    rule(
        "each-not-list",
        Text("each 要用清单读数", "each needs a list"),
        Text(
            "each 对清单里的每一项做一次，所以读数的 kind 必须是 list。",
            "each is done once for every item, so its reading is of kind list.",
        ),
        "each: depth",
        "each: circuits",
        readable=True,
    ),
)
