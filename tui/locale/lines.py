"""What line mode says besides."""

from __future__ import annotations

from engine.text import Text

LINES: dict[str, Text] = {
    # --- line mode
    "not-due-across": Text(
        "另一起处置挡着这一步，原因写在步骤下面；要处理，从全部操作里选。",
        "Another run stands in the way of this step, as it says below it; the list of every act deals with it.",
    ),
    "not-due": Text(
        "这一步还没到时候；要提前做就输入数字。", "This step is not due yet; type its number to do it early."
    ),
    "prompt-read": Text(
        "回车或 0 = 返回；或输入别的命令 > ", "Enter or 0 goes back; or type another command > "
    ),
    "who-of": Text("这一步由 {roles} 执行。", "This step is for the {roles}."),
    "rests": Text("现在没有要动手的事。", "Nothing needs hands now."),
    "choose-one": Text("数字或几个字；l EN > ", "a number or some words; l 中文 > "),
    "choose-first": Text("数字或几个字，回车 = 1；l EN > ", "a number or some words, Enter = 1; l 中文 > "),
    "already-open": Text("同类处置已经在进行：{run}", "One of that kind goes on already: {run}"),
    "open-which": Text("加入它，还是另一起？", "Join it, or is this another one?"),
    "open-join": Text("加入 {run}", "join {run}"),
    "open-another": Text("确实是另一起，另开一次", "another one: open a run of its own"),
    "force-why": Text("为什么仍要开 > ", "Why it is opened all the same > "),
    "opened-here": Text("已开始：{runbook}，{room}，编号 {run}。", "Opened: {runbook}, {room}, run {run}."),
    "reported-as": Text("接报时间：{time}（{ago}前）。", "The call came at {time} ({ago} ago)."),
    "reported-sure": Text("这个时间对吗（1 是，2 否） > ", "Is that right (1 yes, 2 no) > "),
    "reported-no": Text(
        "没有开始。请用 --reported-at 写明接报时间，如 14:05，或带日期 2026-11-22T14:05。",
        "Nothing was opened. Say with --reported-at when the call came, like 14:05, "
        "or with its day 2026-11-22T14:05.",
    ),
    "step-n": Text("第 {number} 步 {title}", "step {number} {title}"),
    "prompt-rehearsal": Text(
        "t 走时间；0 全部；? 为什么；m 步骤；w 监视；h 帮助；l EN；q 离开 > ",
        "t time; 0 all; ? why; m map; w watch; h help; l 中文; q leave > ",
    ),
    "prompt-enter": Text("回车 = {number}；", "Enter = {number}; "),
    "prompt-leave": Text("回车 = 离开；", "Enter = leave; "),
    "prompt-number": Text("数字；", "number; "),
    "help": Text(
        "数字        做屏幕上那一项；后面可写时间、纸、姓名：2 14:20 纸 赵刚\n"
        "几个字      找出带这些字的操作\n"
        "0           全部操作；监视、人员和整个处置的编号不变，所以有空号\n"
        "?           为什么到这一步，依据是什么\n"
        "m           全部步骤；输入步骤号到那一步\n"
        "o           现在要做的全部步骤\n"
        "w           监视：烟、触电等，随时可触发或解除\n"
        "n 文字      记一条备注\n"
        "b           回到上一级处置\n"
        "l           换语言\n"
        "q 或 Ctrl-C 离开；处置照常进行\n"
        "答问时 Ctrl-C 取消，什么都不记；0 或“上一项”（back）重答上一问",
        "number      does what it says on this screen; behind it when, paper, who:\n"
        "            2 14:20 paper zhao\n"
        "words       finds the acts that hold them\n"
        "0           every act; watches, people and the run keep their numbers\n"
        "?           why this step is here, and what it rests on\n"
        "m           every step; the number of a step goes there\n"
        "o           every step to be done now\n"
        "w           watches: smoke, shock; raise or retire one at any time\n"
        "n words     writes a note\n"
        "b           back to the run that opened this one\n"
        "l           the other language\n"
        "q, Ctrl-C   leave; the run goes on\n"
        "Ctrl-C cancels a question, nothing is recorded; 0 or 'back' asks the one before",
    ),
    "help-time": Text("t           让排练的时钟走：t 15m", "t           lets the rehearsal clock run: t 15m"),
    "prompt-more": Text(
        "回车 = 下一页；0 返回；或输入别的命令 > ", "Enter = next page; 0 goes back; or a command > "
    ),
    "prompt-mend": Text(
        "回车 = 改正后再记（填过的都在）；0 放弃 > ",
        "Enter = mend it (what you typed is kept); 0 leaves it > ",
    ),
    "nothing-due": Text("；没有要到的时刻", "; nothing falls due by itself"),
    "help-leave": Text("q 或 Ctrl-C 离开；处置照常进行", "q, Ctrl-C   leave; the run goes on"),
    "help-leave-rehearsal": Text(
        "q 或 Ctrl-C 离开；排练什么都不保留", "q, Ctrl-C   leave; nothing of a rehearsal is kept"
    ),
    "next-due": Text(
        "；回车 = 到下一个时刻，{left}后（{step}）", "; Enter = to what is due next, in {left} ({step})"
    ),
    "only-rehearsal": Text("只有排练才能走时间。", "Only in a rehearsal does a hand move the clock."),
    "anothers-act": Text(
        "这一步是别人做的，回车不会替他记：看清之后写它的数字。",
        "Somebody else does this, so Enter does not note it for them: read it, then type its number.",
    ),
    "typed-too-early": Text(
        "有 {count} 行是在问题显示之前写的，没有采用：请看清问题再写。",
        "Lines typed before the question was shown and not taken: {count}. Read the question, then answer.",
    ),
    "too-early": Text(
        "这个回车来得太快，没有采用：请看清上面再按。",
        "That Enter came too soon and was not taken: read the step, then press it again.",
    ),
    "needs-number": Text(
        "这里要选一个数字，回车不会替您选。", "Choose by number here; Enter does not choose for you."
    ),
    "place-confirmed": Text("位置已确认。再按回车就做：{act}", "Place confirmed. Enter again does: {act}"),
    "not-understood": Text(
        "看不懂“{typed}”：请输入数字，或 h 看帮助。",
        "'{typed}' is not understood; type a number, or h for help.",
    ),
    "acts-with": Text("带“{words}”的操作", "Acts with '{words}'"),
    "watch-which": Text("监视：选一项来触发或解除", "Watches: choose one to raise or retire it"),
    "no-watches": Text("这份预案没有监视项。", "This runbook has no watches."),
    "no-parent": Text("这次处置没有上一级。", "No other run has opened this one."),
    "back-in": Text("从 {left} 回到 {run}。", "Back from {left} in {run}."),
    "go-to-child": Text("去 {run}（{runbook}）", "Go to {run} ({runbook})"),
    "entry-not-so": Text(
        "!! 启动条件不成立，处置照常进行：{words}", "!! Entry condition NOT so, yet the run goes on: {words}"
    ),
    "entry-no-label": Text("否，不是这样：{words}", "no, not so: {words}"),
    "entry-first": Text("动手之前先回答，是不是这样：", "Before anything else, is this so:"),
    "offer-gone": Text(
        "“{label}”现在做不了了，什么都没有记录；请看下面重新选。",
        "'{label}' is no longer possible, nothing was recorded; choose anew below.",
    ),
    "follows-not": Text(
        "上面的已经记录；随后的“{label}”没有记录，请稍后再做：",
        "The act above is recorded; '{label}', which was to follow, is not; do it again later:",
    ),
    "signs-themselves": Text(
        "“{label}”是签名，数字后面不能写别人的姓名，什么都没有记录；请只输入数字，再回答由谁签。",
        "'{label}' is a signature and takes no name behind its number; nothing was recorded. "
        "Type the number alone and say who signs when asked.",
    ),
    "watch-raise": Text("触发", "raise"),
    "watch-retire": Text("解除（危险已过）", "RETIRE (it is over)"),
    "raise-sure": Text("触发监视“{watch}”", "Raise the watch '{watch}'"),
    "raise-again-sure": Text(
        "“{watch}”又发生了：它带来的步骤和签字全部重来",
        "'{watch}' happens again: its steps and signatures start anew",
    ),
    "raise-undo": Text(
        "触发错了：输入 w，再选一次“{watch}”就解除。", "Raised by mistake: w, and '{watch}' again retires it."
    ),
    "rehearsal-leave": Text(
        "排练什么都不保留；要离开吗（y = 离开，回车 = 不离开） > ",
        "Nothing of a rehearsal is kept; leave? (y = leave, Enter = stay) > ",
    ),
    "rehearsal-left": Text("排练结束，什么都没有保留。", "The rehearsal is over; nothing of it was kept."),
    "need-when-on-paper": Text(
        "纸上写的是几点做的（如 14:20）", "When was it done, as the paper says (like 14:20)"
    ),
    "entry-no-means": Text(
        "“{words}”答“否”：这份预案的步骤都以它成立为前提，可能不对路。不论怎么选，处置都开着，直到有人结束它。",
        "'{words}' answered no: the steps of this runbook take it for granted and may not fit. "
        "The run stays open until somebody ends it.",
    ),
    "need-go-on": Text("怎么办", "What now"),
    "entry-no-go-on": Text("记为“否”，照这份预案走下去", "Record no, and go on with this runbook"),
    "entry-no-end": Text("记为“否”，接着结束这次处置", "Record no, then end this run"),
    "entry-no-back": Text("返回，什么都不记", "Go back; record nothing"),
    "also-to-do": Text("还有：", "Also: "),
    "more-open": Text("另 {count} 步：o", "{count} more: o"),
    "more-alarms": Text("!! 告警另有 {count} 条：0", "!! {count} more {count:alarm|alarms}: 0"),
    "acknowledges": Text("{number} = 知道了", "{number} = seen"),
    "and-left": Text("另有 {count} 步，log 里全有", "and {count} more; log lists all"),
    "stayed-open": Text("没有做完的：", "Left open:"),
    "findings-stay": Text(
        "待处理问题 {count} 个，结束后仍用 muster findings 了结。",
        "{count} {count:finding stays|findings stay} open after the end: muster findings settles them.",
    ),
    "nothing-stays-open": Text("没有遗留。", "Nothing stays open."),
    "exit-not-met": Text("结束条件未确认：", "not known to hold: "),
    "word-done": Text("做了", "DONE"),
    "who-is-here": Text(
        "您是 {name}（{roles}）；不是的话，用 --as 写明您是谁。",
        "You are {name} ({roles}); if not, say with --as who you are.",
    ),
    "who-is-right": Text(
        "您是 {name}（{roles}），对吗？回车 = 对（只确认身份，什么都不做），2 = 不是 > ",
        "You are {name} ({roles}): is that right? Enter = yes (this does nothing else), 2 = no > ",
    ),
    "belongs-to": Text("属于 {run}", "part of {run}"),
    "prompt-main": Text(
        "0 全部；? 为什么；m 步骤；w 监视；n 备注；h 帮助；l EN；q 离开 > ",
        "0 all; ? why; m map; w watch; n note; h help; l 中文; q leave > ",
    ),
    "prompt-time": Text("过多久，如 90s、15m、2h{hint} > ", "how long, like 90s, 15m, 2h{hint} > "),
    "not-a-choice": Text("没有这一项：{typed}", "There is no {typed} in this list."),
    "no-number-step": Text("，m {typed} 到第 {typed} 步", ", m {typed} goes to step {typed}"),
    "said-back": Text("要记录的是——{what}，对吗", "To be recorded: {what}. Is that right"),
    "no-number-here": Text(
        "这里没有 {typed}，什么都没有做。0 列出全部操作{step}。",
        "No {typed} here; nothing was done. 0 lists every act{step}.",
    ),
    "stopped": Text(
        "已停下：上面记录的都留着，本步没有结束。",
        "Stopped; what was recorded above stays, the step goes on.",
    ),
    "taken-before": Text("已读：", "Already taken:"),
    "need-keep": Text("回车 = 都保留；数字 = 重填那一项", "Enter keeps them; a number = type that one anew"),
    "need-keep-or-value": Text("回车 = 保留，或输入新的数值", "Enter keeps it, or type a new value"),
    "radio": Text("对讲机", "radio"),
    "face-to-face": Text("当面", "face to face"),
    "cancelled": Text("已取消，什么都没有记录。", "Cancelled; nothing was recorded."),
    "left": Text("您已离开；{run} 照常进行。回来用：", "You have left; {run} goes on. Come back with:"),
    "run-ended": Text("处置已结束：{how}。", "The run has ended: {how}."),
    "run-ended-patrol": Text("巡检已结束：{how}。", "The patrol has ended: {how}."),
    "run-ended-part": Text("本部分已结束：{how}。", "This part has ended: {how}."),
    "how-complete": Text("完成", "COMPLETE"),
    "how-complete-except": Text("完成，除 {count} 项", "COMPLETE EXCEPT {count}"),
    "how-abandoned": Text("中止（{reason}）", "ABANDONED ({reason})"),
    "overridden-count": Text("强制通过 {count} 步", "{count} overridden"),
    "report-due": Text("书面报告 {left} 内交给客户", "the written report is due in {left}"),
    "merged": Text(
        "别的终端写入了 {count} 条。", "Another terminal has written {count} {count:entry|entries}."
    ),
    "replayed": Text("顺序有变，已重新推算。", "The order changed; the run was worked out anew."),
    "newer-revision": Text(
        "预案已有新版本（第 {revision} 版）；本次处置仍按第 {pinned} 版。",
        "A newer revision exists (rev {revision}); this run stays on rev {pinned}.",
    ),
    "source-gone": Text(
        "预案文件已不在；本次处置按记录里保存的版本继续。",
        "The runbook file is gone; the run goes on from the record's copy.",
    ),
    "out-elsewhere": Text(
        "{run} 因“{cause}”{time} 起叫本室全员撤出；那边签了“{hold}”才能再进。",
        "{run} has everybody out of this room since {time} ('{cause}'), until '{hold}' is signed there.",
    ),
    "alarm-beside": Text("{plan} 那边：{alarm}", "In {plan}: {alarm}"),
    "foreign-journals": Text(
        "有 {count} 个本机不认识的来源写了记录，用 muster log 核对。",
        "{count} unknown {count:source|sources} wrote in this run; see muster log.",
    ),
    "rollback": Text(
        "本机记得的记录比这个文件多：可能恢复了旧备份，请核对。",
        "This device remembers more than the record holds: an old copy?",
    ),
    "choose-runbook": Text(
        "开始处置：输入数字，或现象的几个字", "Start: type the number, or a few words of what you see"
    ),
    "choose-room": Text("哪个机房", "Which room"),
    "choose-person": Text("您是谁", "Who are you"),
    "choose-run": Text("回到哪一次处置", "Which run"),
    "no-findings": Text("没有待处理问题。", "No finding is open."),
    "findings-open": Text(
        "{count} 个待处理问题：muster findings", "Open findings: {count}; see muster findings"
    ),
    "finding-line": Text("{id}  {run}  {when}  {age}前  {words}", "{id}  {run}  {when}  {age} ago  {words}"),
    "finding-settled": Text("      {when} {who}了结：{reason}", "      settled {when} by {who}: {reason}"),
    "finding-is-settled": Text("已了结 {id}：{words}", "Settled {id}: {words}"),
    "no-runs": Text("没有进行中的处置。", "No run is open."),
    "log-which": Text(
        "记录里有 {count} 次，请写明读哪一次，如 {command}：",
        "The record holds {count} runs; say which to read, like {command}:",
    ),
    "open-runs": Text("进行中", "Open"),
    "start": Text("开始处置", "Start"),
    "type-word": Text("输入 {word} 确认", "Type {word} to confirm"),
    "or-latin": Text("（没有输入法打 {latin}）", " (or {latin})"),
    "type-that-word": Text(
        "“{typed}”不行：做了就收不回，要打全（没有输入法打 {word}）。",
        "'{typed}' will not do: it cannot be taken back; type {word} in full.",
    ),
    "stays-open": Text("这些还没有做完：", "This stays open:"),
    "word-end": Text("结束", "END"),
    "time-jump": Text("过了 {length}，现在是 {time}。", "{length} have passed; it is now {time}."),
}
