"""The questions of an act, and the acts as a person reads them."""

from __future__ import annotations

from engine.text import Text

ASKED: dict[str, Text] = {
    # --- needs
    "need-other-value": Text(
        "回车 = 照此记录，或输入另一个数值", "Enter = record it so, or type another value"
    ),
    "channel-phone": Text("电话", "phone"),
    "channel-radio": Text("对讲", "radio"),
    "channel-sms": Text("短信", "sms"),
    "channel-email": Text("邮件", "email"),
    "telephone": Text("电话", "telephone"),
    "say-yes-or-no": Text(
        "只按 Enter 不算：按 1（是）或 2（否）。", "Enter alone says nothing: 1 is yes, 2 is no."
    ),
    "yes-or-no": Text("{label}（1 是，2 否）", "{label} (1 yes, 2 no)"),
    "find": Text("数字，或几个字", "a number, or some words"),
    "find-or-page": Text(
        "数字，或几个字；共 {count} 项，回车 = 下一页",
        "a number, or some words; {count} in all, Enter = next page",
    ),
    "stands-now": Text("现在的回答", "the answer that stands"),
    "stands-already": Text(
        "这就是现在的回答：要改就选别的；0 返回。",
        "That is the answer that stands: choose another to change it, or 0 to go back.",
    ),
    "page-of": Text("第 {page} 页，共 {pages} 页", "page {page} of {pages}"),
    "or-back": Text("；0 返回", "; 0 goes back"),
    "only-choice": Text("{label}：{choice}", "{label}: {choice}"),
    "not-a-moment": Text(
        "“{typed}”不是时间：请写成 14:30 或 5m（5 分钟前）。",
        "'{typed}' is no time; write it like 14:30, or 5m for five minutes ago.",
    ),
    "need-range-reason": Text(
        "写错了就输入正确的数；确实如此就写原因；回车 = 重填",
        "Type the right number; or, if it is really so, say why; Enter = type it anew",
    ),
    "reason-too-short": Text(
        "一个字母不是原因：请写几个字，或输入正确的数。",
        "One letter is no reason: write some words, or type the right number.",
    ),
    "range-sure": Text(
        "照记“{value}”（原因：{reason}）吗", "Record '{value}' all the same (because: {reason})"
    ),
    "not-written-yet": Text("还没记上，接着再问：{values}", "Not recorded, asked again next: {values}"),
    "list-short": Text(
        "{count} 项里填了 {done} 项，其余没有测，对吗",
        "{done} of {count} given; were the others not measured",
    ),
    "list-short-reason": Text("{count} 项里只有 {done} 项", "only {done} of {count}"),
    "list-none": Text(
        "{label}一项也没有，“{step}”就没有要做的，对吗",
        "None at all ({label}): nothing to do at '{step}', is that so",
    ),
    "need-wrong": Text(
        "回车 = 照此记录；数字 = 重填那一项", "Enter = record it so; a number = type that one anew"
    ),
    "not-known": Text(
        "读数不全或过期，判断不了：下面由您说。", "It cannot be judged from these readings: you say it below."
    ),
    "not-met-say": Text(
        "没有达到预期：下面要写明实际情况。", "It is not as expected: you say below what you see."
    ),
    "not-met-finding": Text(
        "不在正常范围：照此记录，并留为待处理问题。",
        "Out of its normal range: recorded so, and left as an open finding.",
    ),
    "ends-unmet": Text(
        "这会把本步记为“未达到”，接着：{text}", "This ends the step as NOT MET, and leads to: {text}"
    ),
    "need-way": Text("怎样通过", "How is it passed"),
    "way-second": Text("有第二个人同意", "a second person agrees"),
    "way-alone": Text("只有我一个人，打了三次电话都没有人", "I am alone; three calls reached nobody"),
    "need-doer": Text("谁做的", "Who did it"),
    "who-does": Text(
        "这一步由 {roles} 执行，这里还没有人担任；下面可以连角色一起担任，之后就不再问。",
        "This step is for the {roles}; nobody here has that role yet. Take it below, and this is not asked again.",
    ),
    "doer-takes": Text("{name}，从现在起担任{role}", "{name}, who takes the role of {role} from now on"),
    "need-known": Text("怎么知道的", "How is it known"),
    "known-told": Text("对方告诉我的（电话、对讲、当面）", "I was told (telephone, radio, to my face)"),
    "known-seen": Text("我在场看见的", "I was there and saw it"),
    "takes-role": Text("{name} 现在起担任 {role}，对吗", "Does {name} take the role of {role} now"),
    "need-items-left": Text(
        "还有哪几项也做完了；回车 = 只记已做的，本步不结束",
        "Which others are done too; Enter = record only those, the step goes on",
    ),
    "as-above": Text("就用上面这段", "the words above"),
    "as-above-blanks": Text("用上面这段，空着的逐行问", "the words above, each blank line asked next"),
    "own-words": Text("您写的话替换上面整段。", "Your own words replace all of the above."),
    "need-report-to": Text("交给谁", "Given to whom"),
    "need-target-signature": Text("哪一个签字", "Which signature"),
    "need-target-finding": Text("哪一个问题", "Which finding"),
    "need-settled": Text(
        "怎样了结的：做了什么，或工单号", "How it was settled: what was done, or the ticket"
    ),
    "need-sign-role": Text("以什么角色签", "In which role"),
    "need-signer": Text("谁签", "Who signs"),
    "signs-me": Text("我签：{name}", "I sign: {name}"),
    "signs-own-device": Text("本人在本机", "on this device"),
    "signs-pin": Text("用我的 PIN", "by my PIN"),
    "need-role-person": Text(
        "谁担任；名单外的人直接写姓名", "Who takes it; write the name of somebody who is not listed"
    ),
    "need-leaver": Text("谁离开", "Who leaves"),
    "need-called": Text("打给谁", "Who was called"),
    "need-whether": Text("要不要做", "Is it to be done"),
    "need-put-back": Text("做了什么，或工单号", "What was done, or the number of the ticket"),
    "need-handover-note": Text("交接时说了什么", "What was said when it was handed over"),
    "need-list": Text(
        "{label}（用、隔开或每行一项，空行结束；没有就写“无”）",
        "{label} (by commas or one a line, an empty line ends; none: type 'none')",
    ),
    "need-list-some": Text(
        "{label}（至少 {count} 项，用、隔开或每行一项，空行结束）",
        "{label} ({count} at least, by commas or one a line, an empty line ends)",
    ),
    "none-is-no-item": Text(
        "“{item}”不是一项：没有更多了就空行结束。", "'{item}' is no item: an empty line ends the list."
    ),
    "nobody-known": Text(
        "名单里没有“{item}”这个人，也记上吗", "Nobody here is called '{item}'; write it down all the same"
    ),
    "item-sure": Text("“{item}”也是其中一项吗", "Is '{item}' one of them"),
    "need-time": Text(
        "{label}（如 14:30；别的日子写 2026-11-27 14:30；回车 = 现在）",
        "{label} (like 14:30; another day: 2026-11-27 14:30; Enter = now)",
    ),
    "need-time-ahead": Text(
        "{label}（将来的时间：14:30、2h 后写 2h、别的日子写 2026-11-27 14:30）",
        "{label} (a time to come: 14:30, or 2h from now; another day: 2026-11-27 14:30)",
    ),
    "not-a-moment-ahead": Text(
        "“{typed}”不是时间：写 14:30、2h 或 2026-11-27 14:30。",
        "'{typed}' is no time: write 14:30, 2h or 2026-11-27 14:30.",
    ),
    "ahead-tomorrow": Text(
        "今天的这个时间已经过了：是 {time} 吗", "That time has passed today: is it {time}"
    ),
    "ahead-sure": Text(
        "{time} 已经过去，这里要的是将来的时间。确实是它吗",
        "{time} has passed, and a time to come is wanted here. Is it that all the same",
    ),
    "need-when": Text(
        "几点做的（如 14:20、10 分前；纸上记着就加“纸”；回车 = 现在）",
        "When was it done (like 14:20, 10m; add 'paper' if it stands on paper; Enter = now)",
    ),
    "need-when-before": Text(
        "{time} 起全员在外；这是那以前几点做的（如 14:20；纸上记着就加“纸”）",
        "Everybody is out since {time}; when before that was it done (like 14:20; add 'paper' if it is on paper)",
    ),
    "done-at": Text("做的时间 {time}", "done at {time}"),
    "need-answer": Text("选哪一个", "Which one"),
    "need-reason": Text("原因", "Reason"),
    "need-tag": Text("请输入设备上挂的标牌", "Type the tag that hangs on the equipment"),
    "need-person": Text("谁", "Who"),
    "need-owner": Text("负责人", "Owner"),
    "need-giver": Text("谁交班", "Who hands over"),
    "need-taker": Text("谁接班", "Who takes over"),
    "need-second": Text("第二个人是谁", "Who is the second person"),
    "need-strength": Text("怎么签", "How do they sign"),
    "need-channel": Text(
        "通过什么（1 电话，2 对讲机，3 当面，或写别的）",
        "By what (1 telephone, 2 radio, 3 face to face, or in words)",
    ),
    "say-back": Text(
        "先向对方复述一遍，对方说对了再记。",
        "Say it back to them first; write it down once they say it is right.",
    ),
    "need-outcome": Text("结果", "Outcome"),
    "need-items": Text("做完的是哪几项，如 1 3 或 1-3", "Which are done, like 1 3 or 1-3"),
    "need-evidence": Text("照片或文件的路径，或它的编号", "Path of the photo or file, or its number"),
    "no-file": Text(
        "这里没有“{typed}”这个文件（或超过 8 MB）。它是照片编号吗？附上后撤不回，附错了用 n 写备注说明",
        "No such file here (or over 8 MB): '{typed}'. Is it the number of a photo? "
        "What is attached stays; a wrong one is set right by a note (n)",
    ),
    "need-text": Text("内容", "Text"),
    "need-to": Text(
        "谁听到并复述了（0 = 只是发出，没有人确认）",
        "Who heard it and said it back (0 = only sent, nobody confirmed)",
    ),
    "need-read-back": Text("没有别人：请一字不差输入上面这句", "Nobody else: type the words above"),
    "need-dared": Text(
        "明知如此仍要通过：请一字不差输入上面这句", "To pass it all the same: type the words above"
    ),
    "need-mark-at": Text(
        "这件事实际发生在几点（回车 = 没有发生）", "When did it really happen (Enter = it did not)"
    ),
    "need-against": Text("与读数不符，为什么仍选它", "It does not fit the readings: why this one"),
    "need-deviation": Text("实际情况与预案有什么不同", "What is different from the plan"),
    "need-until": Text(
        "在哪一步之前补做，写步骤号或几个字（回车 = 最后）",
        "Before which step must it come back, by number or words (Enter = the end)",
    ),
    "need-role": Text("角色", "Role"),
    "retire-means": Text(
        "这是解除“{watch}”：表示危险已过。要是又发生了，先在这里解除，再触发一次。",
        "This RETIRES '{watch}': it says the danger is over. If it has happened again, retire it here, "
        "then raise it anew.",
    ),
    "need-over": Text("为什么解除（危险已过、误触发…）", "Why is it over (danger past, raised by mistake…)"),
    "need-target-reading": Text("哪个读数", "Which reading"),
    "need-level": Text("宣布哪一级", "Which level is declared"),
    "need-target-level": Text("哪一级", "Which level"),
    "need-target-step": Text("哪一步", "Which step"),
    "need-target-ending": Text("怎样结束", "How does it end"),
    "need-target-group": Text("告知谁", "Tell whom"),
    "need-target": Text("哪一个", "Which"),
    "need-value": Text("数值", "Value"),
    "need-report": Text("报告编号", "Number of the report"),
    "need-pin": Text("{name} 的 PIN，6 位数字（不显示）", "PIN of {name}, six digits (not shown)"),
    "typed-before": Text("刚才填的：{typed}", "Typed before: {typed}"),
    "no-way-back": Text(
        "前面那一项已经办了，退不回去：先记完，再更正。",
        "What was done there cannot be undone: go on, then correct it.",
    ),
    "optional": Text("（可不填）", " (may be left empty)"),
    "whole": Text("，整数", ", a whole number"),
    "range": Text("，{least} 到 {most}", ", {least} to {most}"),
    "default": Text("，回车 = {default}", ", Enter = {default}"),
    "list-parted": Text(
        "“{line}”里有逗号，是 {count} 项吗（否 = 1 项）",
        "There are commas in '{line}': are these {count} items (no = one item)",
    ),
    "must-say-list": Text(
        "空行不等于“没有”：确实没有就写“无”。", "An empty line is not 'none': if there are none, type none."
    ),
    "must-say": Text(
        "这一项要填；没有就退回：屏幕按 Esc，行模式按 Ctrl-C。",
        "Needed. If you have none, go back: Esc on the screen, Ctrl-C in line mode.",
    ),
    "must-say-or-fail": Text(
        "这一项要填；没有就退回（屏幕按 Esc，行模式按 Ctrl-C），选“未能完成”。",
        "Needed. If you have none: back (screen Esc, line mode Ctrl-C), then 'Could not'.",
    ),
    "level-in-force": Text("现在就是这一级", "it is in force"),
    "no-site-people": Text(
        "预案库里没有写人员的 site.yaml，说不出是谁做的：请写一个（格式见 muster schema site），再用 --as 说明您是谁。",
        "This book has no site.yaml with people, so nobody can be named here: write one "
        "(muster schema site prints its form), then say with --as who you are.",
    ),
    "must-say-to": Text(
        "写出谁听到了；没有人确认就填 0。", "Say who heard it; where nobody confirmed it, type 0."
    ),
    # --- acts, as the person reads them
    "act-do-many": Text("录入 {count} 个读数，完成本步", "Record {count} readings and finish"),
    "act-visit-many": Text("录入 {count} 个读数，完成这一次", "Record {count} readings for this visit"),
    "act-read-values": Text("录入 {readings}", "Record {readings}"),
    "act-read-many": Text("录入 {count} 个读数", "Record {count} readings"),
    "act-verify-values": Text("第二人复核 {readings}", "Second person reads {readings}"),
    "act-verify-many": Text("第二人复核 {count} 个读数", "Second person takes {count} readings"),
    "act-try-other": Text("打给别人或用别的方式", "Call somebody else, or another way"),
    "act-do": Text("完成本步", "Done"),
    "act-do-values": Text("录入 {readings}，完成本步", "Record {readings} and finish"),
    "act-visit": Text("完成这一次", "This visit is done"),
    "act-visit-values": Text("录入 {readings}，完成这一次", "Record {readings} for this visit"),
    "act-answer": Text("回答", "Answer"),
    "act-start": Text("开始做", "Begin"),
    "act-tick": Text("勾选做完的几项", "Tick what is done"),
    "act-sign": Text("签字放行", "Sign"),
    "act-refuse": Text("不放行", "Refuse"),
    "act-confirm-voice": Text("{names} 本人确认口头签字", "{names} confirms the voice signature"),
    "act-try": Text("呼叫", "Call"),
    "act-try-anytime": Text("呼叫某人", "Call somebody"),
    "act-nobody": Text("名单打完，无人应答", "The list is used up, nobody answered"),
    "act-tell": Text("告知", "Tell"),
    "act-tell-anytime": Text("告知某方", "Tell somebody"),
    "act-open-child": Text("转入另一份预案", "Open the other runbook"),
    "act-force-child": Text(
        "仍要转入另一份预案（{run} 进行期间不开）", "Open the other runbook all the same (held back by {run})"
    ),
    "act-verify": Text("第二人复核", "Second person verifies"),
    "act-fail": Text("未能完成", "Could not"),
    "act-fail-unmet": Text("未达到", "Not met"),
    "act-skip": Text("略过", "Skip"),
    "act-defer": Text("暂缓", "Defer"),
    "act-override": Text("强制通过", "Override"),
    "act-reopen": Text("重新打开一步", "Reopen a step"),
    "act-change": Text("改变回答", "Change the answer"),
    "act-confirm": Text("仍然算数", "It still stands"),
    "act-whether": Text("要不要做", "Is it to be done"),
    "act-entry": Text("启动条件", "Entry condition"),
    "act-put-back": Text("遗留已处理", "Settle what was left over"),
    "act-read": Text("录入一个读数", "Record a reading"),
    "act-level": Text("宣布级别", "Declare the level"),
    "act-raise": Text("触发监视", "Raise the watch"),
    "act-raise-again": Text("又发生了，全部重来", "It happens again, all of it anew"),
    "act-retire": Text("解除监视", "Retire the watch"),
    "act-ack": Text("知道了", "Acknowledge"),
    "act-note": Text("记一条备注", "Write a note"),
    "act-close-finding": Text("了结一个待处理问题", "Settle an open finding"),
    "act-evidence": Text("附上照片或文件", "Attach a photo or file"),
    "act-report": Text("书面报告已交客户", "The written report was issued"),
    "act-role": Text("有人担任角色", "Somebody takes a role"),
    "act-handover": Text("交接班", "Hand over a role"),
    "act-leave": Text("有人离开", "Somebody leaves"),
    "act-hold": Text("挂起处置", "Put the run on hold"),
    "act-resume": Text("继续处置", "Go on"),
    "act-end": Text("结束处置", "End the run"),
    "act-end-patrol": Text("结束巡检", "End the patrol"),
    "act-end-part": Text("结束本部分", "End this part"),
    "act-end-back": Text("完成，回到上一级", "Complete and go back"),
}
