"""Rules of order: what comes after what, the ways back, and that every road ends."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

ORDER = (
    rule(
        "lane-start",
        Text("一条线的第一步没有 after", "The first step of a lane without after"),
        Text(
            "新开的一条线要说明从哪里开始：after: 步骤，或 after: [] 表示一开始就做。",
            "A new lane says where it starts: after: STEP, or after: [] for the beginning of the run.",
        ),
        "- id: cool\n  lane: cooling\n  do: …",
        "- id: cool\n  lane: cooling\n  after: confirm.wet\n  do: …",
    ),
    rule(
        "after-ends",
        Text("接在已结束的步骤后面", "A step that follows an end"),
        Text(
            "写了 ends: true 的步骤之后路就到头了，后面不能再接步骤。",
            "A road may stop at a step that says ends, so nothing follows it.",
        ),
        "- id: false-alarm\n  ends: true\n- id: dispatch",
        "- id: dispatch\n  after: confirm.wet",
    ),
    rule(
        "after-alone",
        Text("监视项和 all 只能单独写", "A watch, or all, stands alone"),
        Text(
            "after 里的监视项和 all 不能与别的写在一起：监视项随时可能发生，all 已经包括一切。",
            "A watch may be raised at any time and all is everything, so neither can be waited for "
            "beside another.",
        ),
        "after: [hot, confirm]",
        "after: hot",
    ),
    rule(
        "cycle",
        Text("步骤互相等待", "Steps that wait for each other"),
        Text(
            "这些步骤绕成一圈，谁也不能先开始；until 也算等待。要重做前面的步骤请写 back_to。",
            "The steps form a ring, so none of them can ever begin; until counts as waiting. "
            "To do earlier steps again write back_to.",
        ),
        "- id: a\n  after: b\n- id: b\n  after: a",
        "- id: a\n- id: b\n  after: a",
    ),
    rule(
        "back-other-lane",
        Text("退回到另一条线", "Going back into another lane"),
        Text(
            "退回时重新打开的是同一条线的步骤，别的线照常进行，所以不能退到别的线。",
            "The steps that open again are those of one lane, and the other lanes go on; so it cannot "
            "lead into another.",
        ),
        "lane: cooling\nelse: {back_to: doorway, at_most: 2}      # doorway is in the main lane",
        "lane: cooling\nelse: {back_to: cool-watch, at_most: 2}",
    ),
    rule(
        "back-not-here",
        Text("退回的步骤走不到这里", "Going back to a step that does not lead here"),
        Text(
            "退回的步骤必须能再走到这里，否则退回去以后就回不来了。",
            "The step it goes back to must lead here again, or there is no coming back.",
        ),
        "after: confirm.wet\nelse: {back_to: false-alarm, at_most: 2}",
        "after: confirm.wet\nelse: {back_to: confirm, at_most: 2}",
    ),
    rule(
        "turns-used-up",
        Text("退回次数用完后无路可走", "Nothing follows used-up turns"),
        Text(
            "退回有次数限制；用完以后它就是普通的回答，必须有步骤接着它。",
            "Going back is limited; when the turns are used up it is an ordinary answer, and something "
            "must follow it.",
        ),
        "unknown: {says: …, back_to: doorway, at_most: 2}      # nothing has after: source.unknown",
        "- id: close-riser\n  after: source.unknown",
    ),
    rule(
        "answer-unfollowed",
        Text("有一个回答无路可走", "An answer that nothing follows"),
        Text(
            "别的回答后面有步骤，这个没有，多半是忘了；到此结束请写 ends: true。",
            "Other answers are followed and this one is not; mostly it was forgotten. Where a road may "
            "stop write ends.",
        ),
        "answers: {wet: …, dry: …}      # only wet is followed",
        "- id: false-alarm\n  after: confirm.dry\n  ends: true",
    ),
    rule(
        "unreachable",
        Text("没有路通到的步骤", "A step nobody can reach"),
        Text(
            "没有任何回答、监视项或时限会走到这一步，它永远不会打开：要么漏了 after，要么是多余的。",
            "No answer, watch or limit ever leads to this step, so it never opens: an after was forgotten, or "
            "the step is left from an older plan.",
        ),
        "- id: dry      # nothing leads here",
        "- id: dry\n  after: [stop-crac, close-riser]",
    ),
    rule(
        "road-open",
        Text("有一条路没有终点", "A road that never ends"),
        Text(
            "每一条路都要走到最后一步，或走到写了 ends: true 的步骤；否则那种情况下没有收尾。",
            "Every road leads to the last step, or to one that says ends; else nobody closes out in that "
            "case.",
        ),
        "- id: stop-crac\n  after: source.crac\n- id: close\n  after: source.pipe",
        "- id: close\n  after: [stop-crac, source.pipe]",
    ),
)
