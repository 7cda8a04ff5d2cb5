"""The words that line mode, the screen and every verb share."""

from __future__ import annotations

from engine.text import Text

COMMON: dict[str, Text] = {
    # --- the run
    "place-ended": Text("已结束", "ended"),
    "recorded-as": Text("已记录：{what}", "Recorded: {what}"),
    "REAL": Text("实战", "REAL"),
    "DRILL": Text("演练", "DRILL"),
    "REHEARSAL": Text("排练", "REHEARSAL"),
    "PATROL": Text("巡检", "PATROL"),
    "place-of": Text("第 {number}/{total} 步", "step {number}/{total}"),
    "place-end": Text("路上已无未完成的步骤", "nothing is left on the road"),
    "you-are": Text("您是 {name}（{roles}）", "you are {name} ({roles})"),
    "no-role": Text("未担任角色", "no role"),
    "level": Text("级别 {level}", "level {level}"),
    "level-none": Text("未定级", "no level yet"),
    "held": Text(
        "已挂起：{reason}（{name}，{time}）。时钟照走。",
        "ON HOLD: {reason} ({name}, {time}). The clocks go on.",
    ),
    "not-recorded": Text("未记录！请先写在纸上。", "NOT RECORDED! Write it on paper."),
    # --- steps
    "fits-not": Text("不符合", "does not fit"),
    "sentence-space": Text("", " "),
    "by-you": Text("由您执行（{roles}）。", "Yours, as {roles}."),
    "by-others": Text("由 {names} 执行，您记录其报告。", "For {names}; you record what they report."),
    "by-nobody": Text(
        "由 {roles} 执行，这里还没有人担任：{reach}。",
        "For the {roles}; nobody here has that role yet: {reach}.",
    ),
    "irreversible": Text("做了就收不回。", "It cannot be taken back."),
    "verify-together": Text("两个人一起做。", "Done by two people together."),
    "verify-independent": Text("做完由第二个人独立复核。", "Verified afterwards by a second person."),
    "never-alone": Text("不准一个人通过。", "Never to be passed alone."),
    "evidence-photo": Text("要附照片。", "A photo is required."),
    "evidence-file": Text("要附文件。", "A file is required."),
    "detail-by-why": Text("（说明按 ? 查看）", "(? shows the detail)"),
    "taken": Text("已读：{readings}", "Taken: {readings}"),
    "stands": Text("现在{status}：{reason}", "Now {status}: {reason}"),
    "second-differs": Text(
        "两个人读的“{reading}”不一样，请两人再读一次。",
        "The two readings of '{reading}' differ; read it again, both of you.",
    ),
    "signs-some": Text("还要 {count} 个签字，可由：{roles}", "{count} more to sign, of: {roles}"),
    "if-refused": Text("不放行则：{text}", "If refused: {text}"),
    "if-nobody": Text("无人应答则：{text}", "If nobody answers: {text}"),
    "back-to": Text("退回“{step}”，还可 {left} 次", "back to '{step}', {left} {left:turn|turns} left"),
    "steady": Text("，并保持 {time}", ", steady for {time}"),
    "child-goes-on": Text(
        "已转入 {run}，它结束后本步完成。", "Opened {run}; this step is finished when that run has ended."
    ),
    "hands-over": Text("打开后本步就完成。", "This step is finished once it is open."),
    "suggests": Text("建议 {level} 级", "level {level} is suggested"),
    "and-more": Text("等 {count} 步", " and {count} more"),
    "came-after": Text("在这些之后：", "It came after:"),
    "starts": Text("处置开始", "the opening of the run"),
    "warning": Text("警告", "WARNING"),
    "by-role": Text("由 {role} 执行，这里还没有人担任。", "For the {role}; nobody here has that role yet."),
    "at-place": Text("地点：{place}。", "Place: {place}."),
    "why": Text("为什么：{text}", "Why: {text}"),
    "detail": Text("说明：{text}", "Detail: {text}"),
    "record": Text("要记录：{readings}", "Record: {readings}"),
    "expect": Text("应达到：{text}", "Expect: {text}"),
    "expect-in": Text("应在 {time} 内达到：{text}", "Expect within {time}: {text}"),
    "open-finding": Text("留为待处理问题", "an open finding"),
    "if-not": Text("未达到则：{text}", "If not met: {text}"),
    "goes-back": Text(
        "退回“{step}”，最多 {times} 次", "go back to '{step}', at most {times} {times:time|times}"
    ),
    "sign-needs": Text("签字条件：{text}", "Signed only where {text}"),
    "signs": Text("需要签字：{roles}", "Signatures needed: {roles}"),
    "signed-by": Text("已签：{names}", "Signed: {names}"),
    "voice-unconfirmed": Text("口头，待确认", "by voice, to be confirmed"),
    "limit": Text("时限还有 {left}", "Limit in {left}"),
    "limit-over": Text("超时 {left}", "OVERDUE by {left}"),
    "limit-site": Text("（本站取值）", " (site value)"),
    "wait-until": Text("等到 {time}，还有 {left}。", "Wait until {time}; {left} left."),
    "wait-for": Text("等到：{text}", "Wait until {text}"),
    "next-round": Text("第 {number} 次在 {left} 后", "Visit {number} is due in {left}"),
    "round-due": Text("第 {number} 次：现在", "Visit {number} is due now"),
    "round-late": Text("第 {number} 次已迟 {left}", "Visit {number} is late by {left}"),
    "rounds-missed": Text("（漏了 {count} 次）", "({count} missed)"),
    "waits-for-steps": Text("等：{steps}", "after: {steps}"),
    "call-next": Text(
        "下一个打给：{name} {reach}（第 {number} 次）", "Call next: {name} {reach} (try {number})"
    ),
    "tries": Text("已打 {count} 次，都没有接通。", "{count} {count:call|calls} so far; nobody answered."),
    "tell-group": Text("告知：{group}", "Tell: {group}"),
    "dial-now": Text("现在拨打：{number}", "Dial now: {number}"),
    "do-not-dial": Text("{kind}：不得真实拨打！", "{kind}: do not dial!"),
    "in-other-language": Text("用英文说：", "To say it in Chinese:"),
    "second-person": Text(
        "等第二个人复核；第一次的读数不显示。", "Waits for a second person; the first value is not shown."
    ),
    "recheck": Text(
        "它所依据的判断后来变了：本步还算数吗？",
        "Something it rests on has changed since: does this step still stand?",
    ),
    "contradicted": Text("说法不一：{versions}", "CHECK AGAIN, people say different things: {versions}"),
    "whether": Text(
        "“{condition}”现在判断不了：本步要不要做？",
        "'{condition}' cannot be judged now: is this step to be done?",
    ),
    "suggested": Text("建议", "SUGGESTED"),
    "until-step": Text("在“{step}”之前补做", "before '{step}'"),
    # --- decision panel
    "band-warn": Text("注意", "WATCH"),
    "band-act": Text("告警", "ALARM"),
    "none": Text("没有", "none"),
    "word-and": Text("且", "and"),
    "word-or": Text("或", "or"),
    "word-not": Text("非", "not"),
    "or": Text("；或 ", "; or "),
    "waited": Text("已等", "waited"),
    "since": Text("{mark}以来", "since {mark}"),
    "rise": Text("{label}升幅", "rise of {label}"),
    "answered": Text("“{step}”答“{answer}”", "'{step}' answered '{answer}'"),
    "mark-of": Text("“{step}”已完成", "'{step}' done"),
    "site-value": Text("本站值", "site value"),
    "answer-met": Text("达到", "met"),
    "answer-unmet": Text("未达到", "not met"),
    "answer-signed": Text("已放行", "signed"),
    "answer-refused": Text("不放行", "refused"),
    "answer-reached": Text("已接通", "reached"),
    "answer-nobody": Text("无人应答", "nobody answered"),
    "met": Text("达到", "MET"),
    "not-met": Text("未达到", "NOT MET"),
    "unknown": Text("未知", "UNKNOWN"),
    "true": Text("是", "yes"),
    "false": Text("否", "no"),
    "why-not-taken": Text("未读", "not taken"),
    "why-stale": Text("读数过期", "too old"),
    "why-contradicted": Text("说法不一", "contradicted"),
    "why-not-answered": Text("还没有回答", "not answered yet"),
    "why-no-history": Text("读数不够，看不出变化", "not enough readings to see a change"),
    "age": Text("{age}前", "{age} ago"),
    # --- promises, alarms
    "promise-running": Text("{title} 余 {left}", "{title} in {left}"),
    "promise-broken": Text("{title} 已违约 {left}", "{title} BROKEN {left}"),
    "promise-kept": Text("{title} 已兑现", "{title} kept"),
    "written-late": Text("事后补记", "by a late entry"),
    "promise-not-needed": Text("{title} 不需要", "{title} not needed"),
    "promise-idle": Text("{title} 未开始", "{title} not started"),
    # --- lists
    "overridden-list": Text("强制通过", "Overridden"),
    "all-steps": Text("全部步骤", "Every step"),
    "open-steps": Text("现在要做的", "To do now"),
    "watch-list": Text("监视", "Watch"),
    "watch-raised": Text("已触发 {time}", "raised {time}"),
    "deferred-list": Text("暂缓", "Deferred"),
    "left-over-list": Text("遗留（走过又离开的路上做过的事）", "Left over (done on a road that was left)"),
    "goals": Text("关键状态", "Goals"),
    "alarms": Text("告警", "Alarms"),
    "last-act": Text("最近一条：{what}", "Last: {what}"),
    "acts": Text("可以做", "You can"),
    "all-acts": Text("全部操作", "every act"),
    # --- line mode
    "not-due": Text(
        "这一步还没到时候；要提前做就输入数字。", "This step is not due yet; type its number to do it early."
    ),
    "prompt-read": Text("回车 = 返回，或输入别的命令 > ", "Enter goes back, or type a command > "),
    "who-of": Text("这一步由 {roles} 执行。", "This step is for the {roles}."),
    "rests": Text("现在没有要动手的事。", "Nothing needs hands now."),
    "choose-one": Text("数字或几个字；l EN > ", "a number or some words; l 中文 > "),
    "choose-first": Text("数字或几个字，回车 = 1；l EN > ", "a number or some words, Enter = 1; l 中文 > "),
    "already-open": Text("同类处置已经在进行：{run}", "One of that kind goes on already: {run}"),
    "open-which": Text("加入它，还是另一起？", "Join it, or is this another one?"),
    "open-join": Text("加入 {run}", "join {run}"),
    "open-another": Text("确实是另一起，另开一次", "another one: open a run of its own"),
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
    "prompt-number": Text("数字；", "number; "),
    "help": Text(
        "数字        做那一项；后面可写时间、纸、姓名：2 14:20 纸 赵刚\n"
        "几个字      找出带这些字的操作\n"
        "0           全部操作\n"
        "?           为什么到这一步，依据是什么\n"
        "m           全部步骤；输入步骤号到那一步\n"
        "o           现在要做的全部步骤\n"
        "w           监视：烟、触电等，随时可触发或解除\n"
        "n 文字      记一条备注\n"
        "b           回到上一级处置\n"
        "l           换语言\n"
        "q 或 Ctrl-C 离开；处置照常进行\n"
        "答问时 Ctrl-C 取消这一项，什么都不记",
        "number      does that; behind it may stand when, paper, who: 2 14:20 paper zhao\n"
        "words       finds the acts that hold them\n"
        "0           every act\n"
        "?           why this step is here, and what it rests on\n"
        "m           every step; the number of a step goes there\n"
        "o           every step to be done now\n"
        "w           watches: smoke, shock; raise or retire one at any time\n"
        "n words     writes a note\n"
        "b           back to the run that opened this one\n"
        "l           the other language\n"
        "q, Ctrl-C   leave; the run goes on\n"
        "Ctrl-C at a question cancels that act; nothing is recorded",
    ),
    "help-time": Text("t           让排练的时钟走：t 15m", "t           lets the rehearsal clock run: t 15m"),
    "prompt-more": Text(
        "回车 = 下一页；0 返回；或输入别的命令 > ", "Enter = next page; 0 goes back; or a command > "
    ),
    "prompt-mend": Text(
        "回车 = 改正后再记（填过的都在）；0 放弃 > ",
        "Enter = mend it (what you typed is kept); 0 leaves it > ",
    ),
    "next-due": Text(
        "；回车 = 到下一个时刻，{left} 后（{step}）", "; Enter = to what is due next, in {left} ({step})"
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
    "raise-sure": Text("触发监视“{watch}”", "Raise the watch '{watch}'"),
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
    "nothing-stays-open": Text("没有遗留。", "Nothing stays open."),
    "exit-not-met": Text("结束条件未确认：", "not known to hold: "),
    "word-done": Text("做了", "DONE"),
    "who-is-here": Text(
        "您是 {name}（{roles}）；不是的话，用 --as 写明您是谁。",
        "You are {name} ({roles}); if not, say with --as who you are.",
    ),
    "who-is-right": Text(
        "您是 {name}（{roles}），对吗？回车 = 对（只确认是谁），2 = 不是 > ",
        "You are {name} ({roles}): is that right? Enter = yes (no more than that), 2 = no > ",
    ),
    "belongs-to": Text("属于 {run}", "part of {run}"),
    "prompt-main": Text(
        "0 全部；? 为什么；m 步骤；w 监视；n 备注；h 帮助；l EN；q 离开 > ",
        "0 all; ? why; m map; w watch; n note; h help; l 中文; q leave > ",
    ),
    "prompt-time": Text("过多久，如 90s、15m、2h{hint} > ", "how long, like 90s, 15m, 2h{hint} > "),
    "not-a-choice": Text("没有这一项：{typed}", "There is no {typed} in this list."),
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
    "stays-open": Text("这些还没有做完：", "This stays open:"),
    "word-end": Text("结束", "END"),
    "time-jump": Text("过了 {length}，现在是 {time}。", "{length} have passed; it is now {time}."),
    # --- needs
    "need-other-value": Text(
        "回车 = 照此记录，或输入另一个数值", "Enter = record it so, or type another value"
    ),
    "channel-phone": Text("电话", "phone"),
    "channel-radio": Text("对讲", "radio"),
    "channel-sms": Text("短信", "sms"),
    "channel-email": Text("邮件", "email"),
    "telephone": Text("电话", "telephone"),
    "yes-or-no": Text("{label}（1 是，2 否）", "{label} (1 yes, 2 no)"),
    "find": Text("数字，或几个字", "a number, or some words"),
    "find-or-page": Text(
        "数字，或几个字；共 {count} 项，回车 = 下一页",
        "a number, or some words; {count} in all, Enter = next page",
    ),
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
        "这一步由 {roles} 执行，这里还没有人担任；有人担任之后就不再问。",
        "This step is for the {roles}; nobody here has that role yet. Once somebody takes it this is not asked.",
    ),
    "takes-role": Text("{name} 现在起担任 {role}，对吗", "Does {name} take the role of {role} now"),
    "need-items-left": Text(
        "还有哪几项也做完了；回车 = 只记已做的，本步不结束",
        "Which others are done too; Enter = record only those, the step goes on",
    ),
    "as-above": Text("就用上面这段", "the words above"),
    "need-report-to": Text("交给谁", "Given to whom"),
    "need-target-signature": Text("哪一个签字", "Which signature"),
    "need-target-finding": Text("哪一个问题", "Which finding"),
    "need-settled": Text(
        "怎样了结的：做了什么，或工单号", "How it was settled: what was done, or the ticket"
    ),
    "need-sign-role": Text("以什么角色签", "In which role"),
    "need-signer": Text("谁签", "Who signs"),
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
    "need-time": Text("{label}（如 14:30，回车 = 现在）", "{label} (like 14:30, Enter = now)"),
    "need-when": Text(
        "几点做的（如 14:20、10 分前；纸上记着就加“纸”；回车 = 现在）",
        "When was it done (like 14:20, 10m; add 'paper' if it stands on paper; Enter = now)",
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
    "need-channel": Text("通过什么（电话、对讲机…）", "By what (telephone, radio…)"),
    "need-outcome": Text("结果", "Outcome"),
    "need-items": Text("做完的是哪几项，如 1 3 或 1-3", "Which are done, like 1 3 or 1-3"),
    "need-evidence": Text("照片或文件的路径，或它的编号", "Path of the photo or file, or its number"),
    "need-text": Text("内容", "Text"),
    "need-to": Text(
        "谁听到并复述了（0 = 只是发出，没有人确认）",
        "Who heard it and said it back (0 = only sent, nobody confirmed)",
    ),
    "need-read-back": Text("没有别人：请一字不差输入上面这句", "Nobody else: type the words above"),
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
    "optional": Text("（可不填）", " (may be left empty)"),
    "whole": Text("，整数", ", a whole number"),
    "range": Text("，{least} 到 {most}", ", {least} to {most}"),
    "default": Text("，回车 = {default}", ", Enter = {default}"),
    "must-say-list": Text(
        "空行不等于“没有”：确实没有就写“无”。", "An empty line is not 'none': if there are none, type none."
    ),
    "must-say": Text("这一项不能空着。", "This cannot be left empty."),
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
    # --- the log: one sentence an event type
    "log-signed-off": Text("{person} 签“{step}”：{purpose}", "{person} signed '{step}': {purpose}"),
    "log-with-giver-strength": Text("交班人{value}", "the giver: {value}"),
    "log-with-giver-channel": Text("交班人通过{value}", "the giver by {value}"),
    "log-with-acting-for": Text("代 {value}", "for {value}"),
    "log-with-until": Text("在“{value}”之前补做", "comes back before '{value}'"),
    "log-with-owner": Text("负责人 {value}", "owner {value}"),
    "log-with-note": Text("{value}", "{value}"),
    "log-with-second": Text("第二人", "second person"),
    "log-with-alone": Text("独自一人", "alone"),
    "log-with-open": Text("没有做完：{value}", "left open: {value}"),
    "log-alarm": Text("{kind} {about}", "{kind} {about}"),
    "log-step-late": Text("“{missed}”超时，打开“{step}”", "'{missed}' is past its limit; opened '{step}'"),
    "log-step-visited": Text("完成“{step}”第 {round} 次", "did '{step}', visit {round}"),
    "log-step-confirmed": Text("确认“{step}”仍算数", "confirmed that '{step}' still stands"),
    "log-step-overridden-answer": Text("强制通过“{step}”：{answer}", "overrode '{step}': {answer}"),
    "log-signed-hold": Text("{person} 以{role}签“{step}”", "{person} signed '{step}' as {role}"),
    "log-signed-verify": Text("{person} 复核“{step}”", "{person} verified '{step}'"),
    "log-signed-together": Text("{person} 一起做“{step}”", "{person} did '{step}' together with them"),
    "log-signed-override": Text("{person} 同意强制通过“{step}”", "{person} agreed to override '{step}'"),
    "handover-of": Text("{role}交接", "handover of {role}"),
    "log-voice-confirmed": Text(
        "{person} 确认对“{step}”的口头签字", "{person} confirmed the voice signature on '{step}'"
    ),
    "ended-complete": Text("完成", "COMPLETE"),
    "ended-complete-except": Text("除列出的外完成", "COMPLETE EXCEPT what is listed"),
    "ended-abandoned": Text("中止", "ABANDONED"),
    "link-child": Text("转入", "opened"),
    "link-joined": Text("并入", "joined"),
    "link-same-event": Text("同一事件", "the same event as"),
    "outcome-answered": Text("接通", "answered"),
    "outcome-no-answer": Text("无人接听", "no answer"),
    "outcome-busy": Text("占线", "busy"),
    "outcome-off": Text("关机", "switched off"),
    "outcome-refused": Text("拒绝", "refused"),
    "outcome-voice": Text("口头", "by voice"),
    "outcome-sent": Text("已发出", "sent"),
    "outcome-suppressed": Text("演练，没有发出", "a drill: not sent"),
    "outcome-failed": Text("没有告知成", "failed"),
    "strength-own-device": Text("本人在本机", "on their own device"),
    "strength-pin": Text("PIN", "by PIN"),
    "strength-voice": Text("口头，待确认", "by voice, to be confirmed"),
    "basis-sensed": Text("自动", "by itself"),
    "basis-second-person": Text("凭签字", "by the signatures"),
    "basis-voice": Text("听说", "heard"),
    "basis-paper": Text("按纸上记录", "from paper"),
    "note-note": Text("备注", "note"),
    "note-pin": Text("设置了 PIN", "PIN set for"),
    "note-mismatch": Text("标牌不符", "wrong tag"),
    "note-finding": Text("待处理问题", "open finding"),
    "note-proposal": Text("修改建议", "proposal"),
    "note-put-back": Text("已复原", "put back"),
    "note-ticket": Text("已开工单", "ticket"),
    "alarm-kind-broken": Text("承诺违约", "broken promise"),
    "alarm-kind-promise": Text("承诺快到期", "promise running out"),
    "alarm-kind-overdue": Text("超时", "overdue"),
    "alarm-kind-round": Text("漏了一次", "missed visit"),
    "alarm-kind-contradicted": Text("说法不一", "contradicted"),
    "alarm-kind-recheck": Text("要重新确认", "to be confirmed again"),
    "alarm-kind-differs": Text("两人读数不一样", "two readings differ"),
    "alarm-kind-nobody": Text("无人应答", "nobody answered"),
    "alarm-kind-voice": Text("口头签字待确认", "voice to be confirmed"),
    "alarm-kind-act": Text("到了处置限", "act band"),
    "alarm-kind-watch": Text("监视触发", "watch raised"),
    "alarm-kind-level": Text("建议级别", "suggested level"),
    "alarm-kind-escalate": Text("要告知下一级", "escalation"),
    "alarm-kind-command": Text("两位指挥", "two commanders"),
    "alarm-kind-held": Text("挂起中", "on hold"),
    "log-late": Text("{lag} 后补记", "written {lag} later"),
    "log-without-role": Text("未担任该步骤的角色", "WITHOUT THE ROLE"),
    "log-typed": Text("{name} 录入", "typed by {name}"),
    "log-clock": Text("时钟", "the clock"),
    "log-no-payload": Text("（内容不在这里）", "(its content is not here)"),
    "log-with-reason": Text("原因：{value}", "because: {value}"),
    "log-with-channel": Text("通过 {value}", "by {value}"),
    "log-with-strength": Text("{value}", "{value}"),
    "log-with-basis": Text("{value}", "{value}"),
    "log-with-reopens": Text("退回，重新打开：{value}", "goes back and reopens: {value}"),
    "log-with-against": Text("与读数不符：{value}", "against the suggestion: {value}"),
    "log-with-deviation": Text("不同之处：{value}", "deviation: {value}"),
    "log-with-to": Text("{value} 听到并确认", "heard by {value}"),
    "answer-do": Text("要做", "do it"),
    "answer-pass": Text("不需要", "pass it"),
    "log-run-opened": Text(
        "开始处置：{runbook} 第 {revision} 版 {room}", "opened {runbook} rev {revision} {room}"
    ),
    "log-run-held": Text("挂起处置", "put the run on hold"),
    "log-run-resumed": Text("继续处置", "went on with the run"),
    "log-run-ended": Text("处置结束：{how}", "the run ended: {how}"),
    "log-child-opened": Text("{link} {runbook} {child}", "{link} {runbook} {child}"),
    "log-person-joined": Text("{name} 加入", "{name} joined"),
    "log-person-left": Text("{person} 离开", "{person} left"),
    "log-role-taken": Text("{person} 担任{role}", "{person} is {role} from now on"),
    "log-handover-signed": Text(
        "{role}由 {giver} 交给 {person}", "{giver} handed the role of {role} to {person}"
    ),
    "log-contact-tried": Text("呼叫 {person}（{role}）：{outcome}", "called {person} ({role}): {outcome}"),
    "log-step-started": Text("开始“{step}”", "began '{step}'"),
    "log-step-done": Text("完成“{step}”", "did '{step}'"),
    "log-step-failed": Text("未能完成“{step}”", "could not do '{step}'"),
    "log-step-skipped": Text("略过“{step}”", "skipped '{step}'"),
    "log-step-deferred": Text("暂缓“{step}”", "deferred '{step}'"),
    "log-step-overridden": Text("强制通过“{step}”", "overrode '{step}'"),
    "log-step-reopened": Text("重新打开“{step}”", "reopened '{step}'"),
    "log-answer-given": Text("“{step}”：{answer}", "'{step}': {answer}"),
    "log-reading-taken": Text("{reading} = {value} {unit}", "{reading} = {value} {unit}"),
    "log-item-ticked": Text("“{step}”第 {item} 项：{name}", "'{step}' line {item}: {name}"),
    "log-evidence-attached": Text("附上 {name}", "attached {name}"),
    "log-warning-shown": Text("看过“{step}”的警告", "saw the warning of '{step}'"),
    "log-level-declared": Text("宣布 {level} 级", "declared level {level}"),
    "log-watch-raised": Text("监视触发：{watch}", "watch raised: {watch}"),
    "log-watch-retired": Text("监视解除：{watch}", "watch retired: {watch}"),
    "log-acknowledged": Text("知道了告警：{alarm}", "acknowledged: {alarm}"),
    "log-finding": Text("待处理问题“{step}”：{text}", "open finding at '{step}': {text}"),
    "log-finding-closed": Text(
        "了结待处理问题“{step}”（{finding}）", "settled the finding at '{step}' ({finding})"
    ),
    "log-note-added": Text("{kind}：{text}", "{kind}: {text}"),
    "log-told": Text("告知{group}（{outcome}）：{text}", "told {group} ({outcome}): {text}"),
    "log-report-issued": Text("书面报告 {number} 已交", "issued the written report {number}"),
    "log-journal-opened": Text("开始记录：{host} {software}", "journal opened: {host} {software}"),
    "log-checkpoint": Text("检查点：{journal} 第 {size} 条", "checkpoint of {journal} at {size}"),
    # --- verbs
    "pin-again": Text("再输入一次", "Once more"),
    "pin-kept": Text("{name} 的 PIN 已保存。", "The PIN of {name} is kept."),
    "run-row-open": Text("进行中", "open"),
    "lint-plays": Text("正在试演 {drill} …", "playing {drill} …"),
    "lint-clean": Text("没有错误。", "No errors."),
    "lint-count": Text(
        "{errors} 处错误，{advice} 条建议。",
        "{errors} {errors:error|errors}, {advice} {advice:piece|pieces} of advice.",
    ),
    "rehearsal-passed": Text("通过  {name}", "passed  {name}"),
    "rehearsal-failed": Text("未通过  {name}", "FAILED  {name}"),
    "verify-compared": Text("核对过的检查点：{count} 个", "checkpoints compared: {count}"),
    "verify-of-run": Text("其中 {run}：{count} 条。", "Of these, {run}: {count} {count:entry|entries}."),
    "checkpoint-keep": Text("把下面的检查点存到别处：", "Keep this checkpoint elsewhere:"),
    # --- doctor
    "doctor-level-ok": Text("正常", "ok     "),
    "doctor-level-advice": Text("建议", "advice "),
    "doctor-level-warning": Text("注意", "WARNING"),
    "doctor-level-ill": Text("故障", "ILL    "),
    "doctor-sum-well": Text("一切正常。", "All is well."),
    "doctor-sum-advice": Text("可以用，有 {advice} 条建议。", "Fit for use; pieces of advice: {advice}."),
    "doctor-sum-warnings": Text("可以用，有 {warning} 处要注意。", "Fit for use; warnings: {warning}."),
    "doctor-sum-ill": Text("{ill} 处故障，{warning} 处要注意。", "Ill: {ill}; warnings: {warning}."),
    "doctor-broken-off": Text("检查“{name}”没能做完", "The check '{name}' could not be finished"),
    "doctor-failed": Text(
        "检查“{name}”自己出错（{kind}：{why}）", "The check '{name}' itself failed ({kind}: {why})"
    ),
    "mend-failed": Text(
        "这是 Muster 的错，请把这一行发给维护它的人。",
        "That is a fault of Muster: send this line to whoever maintains it.",
    ),
    "doctor-python": Text("Python {version}", "Python {version}"),
    "doctor-python-old": Text("Python {version} 太旧", "Python {version} is too old"),
    "mend-python-old": Text(
        "请装 Python {least} 或更新的版本，删掉 .venv 再运行 make run。",
        "Install Python {least} or newer, remove .venv and run make run again.",
    ),
    "doctor-python-new": Text("Python {version}，没有用它试过", "Python {version}, which was never tried"),
    "mend-python-new": Text(
        "最好换成比 {first} 旧的版本，如 make run PYTHON=python3.13。",
        "Better use one before {first}, as with make run PYTHON=python3.13.",
    ),
    "doctor-sqlite": Text(
        "SQLite {version}，不靠写锁也不会损坏记录", "SQLite {version}, which needs no writer lock"
    ),
    "doctor-sqlite-lock": Text(
        "SQLite {version} 早于 {safe}，要靠写锁，Muster 已经用了；不要用别的程序打开记录",
        "SQLite {version} is older than {safe} and needs the writer lock, which Muster takes; "
        "open the record with no other program",
    ),
    "doctor-sqlite-old": Text("SQLite {version} 太旧", "SQLite {version} is too old"),
    "mend-sqlite-old": Text(
        "请装一个带 SQLite {least} 或更新版本的 Python，删掉 .venv 再运行 make run。",
        "Install a Python that brings SQLite {least} or newer, remove .venv and run make run again.",
    ),
    "doctor-language-unknown": Text("要求的语言没有", "The language that is asked for is not here"),
    "doctor-encoding": Text(
        "终端编码 {encoding}，中英文都能显示", "Terminal encoding {encoding} carries both languages"
    ),
    "doctor-encoding-poor": Text(
        "终端编码 {encoding} 显示不了预案", "Terminal encoding {encoding} cannot show a plan"
    ),
    "mend-encoding-poor": Text(
        "请运行 {command}，PuTTY 请把 Remote character set 设为 UTF-8。",
        "Run {command}; in PuTTY set Remote character set to UTF-8.",
    ),
    "doctor-not-a-terminal": Text(
        "输出不是终端，没有看它的种类和大小", "The output is no terminal; kind and size not checked"
    ),
    "doctor-terminal": Text("终端 {kind}", "Terminal {kind}"),
    "doctor-terminal-dumb": Text(
        "终端种类（TERM）是 {kind}，画不了屏幕", "The kind of terminal (TERM) is {kind}: no screens"
    ),
    "mend-terminal-dumb": Text(
        "请用 --plain 行模式，或运行 export TERM=xterm-256color。",
        "Use line mode with --plain, or run export TERM=xterm-256color.",
    ),
    "doctor-terminal-console": Text(
        "Linux 控制台的字库里没有汉字", "The font of the Linux console has no Chinese"
    ),
    "mend-terminal-console": Text(
        "请用 --lang en，或从别的机器用 SSH 登录。", "Use --lang en, or log in by SSH from another machine."
    ),
    "doctor-size": Text("窗口 {columns}x{rows}", "Window {columns}x{rows}"),
    "doctor-size-small": Text(
        "窗口只有 {columns}x{rows}，小于 {least}", "Window {columns}x{rows}, smaller than {least}"
    ),
    "mend-size-small": Text(
        "请把窗口拉大，串口请运行 stty cols {wide} rows {high}，或用 --plain 行模式。",
        "Enlarge it, on a serial line run stty cols {wide} rows {high}, or use line mode with --plain.",
    ),
    "doctor-clock-ntp": Text("时钟 {now}，由网络校准", "Clock {now}, kept by the network"),
    "doctor-clock-unknown": Text(
        "时钟 {now}，系统没有说由谁校准", "Clock {now}; the system does not say who keeps it"
    ),
    "doctor-clock-free": Text("时钟 {now}，没有校准", "Clock {now}, kept by nobody"),
    "mend-clock-free": Text(
        "请运行 sudo timedatectl set-ntp true；没有网络时，交接班时与报时核对。",
        "Run sudo timedatectl set-ntp true; without a network compare it with a time signal at each shift.",
    ),
    "doctor-zone": Text("站点时区 {zone}，当地 {time}", "Time zone of the site {zone}, there it is {time}"),
    "doctor-zone-unknown": Text(
        "这台机器没有站点时区 {zone} 的数据", "This machine does not know the zone of the site, {zone}"
    ),
    "mend-zone-unknown": Text(
        "请运行 sudo apt-get install tzdata，或 pip install tzdata。",
        "Run sudo apt-get install tzdata, or pip install tzdata.",
    ),
    "doctor-book": Text(
        "预案库 {path}（{rule}）：{count} 份预案，没有错误，{advice} 条建议",
        "Plan book {path} ({rule}): no errors; runbooks: {count}, advice: {advice}",
    ),
    "doctor-book-broken": Text(
        "预案库 {path}（{rule}）有 {errors} 处错误", "Plan book {path} ({rule}) has errors: {errors}"
    ),
    "mend-book-broken": Text(
        "请运行 {command} 逐处改正；第一处：{first}", "Run {command} and mend each; the first is {first}"
    ),
    "doctor-pins": Text("{count} 位要签字的人都有 PIN", "All {count} people who may have to sign have a PIN"),
    "doctor-no-pin": Text(
        "要签字而没有 PIN，两个名字的签字在一台设备上只能口头、待确认：{names}",
        "They may have to sign and have no PIN, so that on one device the second of two names "
        "can only be a voice, to be confirmed: {names}",
    ),
    "mend-no-pin": Text(
        "请他们各自在本机运行 {commands}，设自己的 PIN。",
        "Here each of them runs their own of {commands} and sets a PIN.",
    ),
    "doctor-state": Text("状态文件夹 {path} 可写", "State folder {path} can be written"),
    "doctor-state-new": Text(
        "状态文件夹 {path} 还没有，第一次处置时建立", "State folder {path}: made by the first run"
    ),
    "doctor-state-no-folder": Text("状态文件夹 {path} 不是文件夹", "State folder {path} is not a folder"),
    "mend-state-no-folder": Text(
        "请移走它，或用 export MUSTER_STATE=… 指定别处。",
        "Move it away, or name another with export MUSTER_STATE=….",
    ),
    "doctor-state-shut": Text(
        "状态文件夹 {path} 不可写，密钥放不进去",
        "State folder {path} cannot be written, so no key can be kept",
    ),
    "mend-state-shut": Text(
        "请让当前用户（uid {uid}）可以读写 {what}（如 sudo chown {uid} {command}），"
        "或用 export MUSTER_STATE=… 指定别处。",
        "Let this user (uid {uid}) write {what}, as with sudo chown {uid} {command}, "
        "or name another with export MUSTER_STATE=….",
    ),
    "doctor-store-nowhere": Text("没有地方放记录", "There is no place for the record"),
    "doctor-store": Text("记录 {path}（{rule}），可读可写", "Record {path} ({rule}) can be read and written"),
    "doctor-store-new": Text(
        "记录 {path}（{rule}）还没有，第一次处置时建立", "Record {path} ({rule}): made by the first run"
    ),
    "doctor-store-dangling": Text(
        "记录 {path}（{rule}）是一个断了的链接", "Record {path} ({rule}) is a link that leads nowhere"
    ),
    "mend-store-dangling": Text(
        "请接回它所指的磁盘，或用 --store 指定别的文件。",
        "Bring back the disk it leads to, or name another file with --store.",
    ),
    "doctor-store-is-folder": Text("记录 {path}（{rule}）是一个文件夹", "Record {path} ({rule}) is a folder"),
    "mend-store-is-folder": Text(
        "请用 --store 或 MUSTER_STORE 指定一个文件，如 {path}/muster.db。",
        "Name a file with --store or MUSTER_STORE, like {path}/muster.db.",
    ),
    "doctor-store-no-file": Text(
        "记录 {path}（{rule}）不是普通文件", "Record {path} ({rule}) is no ordinary file"
    ),
    "mend-store-no-file": Text(
        "请用 --store 或 MUSTER_STORE 指定一个文件。", "Name a file with --store or MUSTER_STORE."
    ),
    "doctor-store-no-folder": Text(
        "放记录 {path}（{rule}）的文件夹不存在", "The folder of the record {path} ({rule}) does not exist"
    ),
    "mend-store-no-folder": Text(
        "请运行 mkdir -p {command}，或用 --store 指定别处。",
        "Run mkdir -p {command}, or name another place with --store.",
    ),
    "doctor-store-unreadable": Text("记录 {path}（{rule}）读不了", "Record {path} ({rule}) cannot be read"),
    "mend-store-unreadable": Text(
        "请让当前用户（uid {uid}）可以读写 {what}（如 sudo chown {uid} {command}），或用 --store 指定别处。",
        "Let this user (uid {uid}) read and write {what}, as with sudo chown {uid} {command}, "
        "or name another place with --store.",
    ),
    "doctor-store-read-only": Text(
        "记录 {path}（{rule}）只能读：{what} 不可写",
        "Record {path} ({rule}) can only be read: {what} cannot be written",
    ),
    "mend-store-read-only": Text(
        "请让当前用户（uid {uid}）可以写它（如 sudo chown {uid} {command}），或用 --store 指定别处。",
        "Let this user (uid {uid}) write it, as with sudo chown {uid} {command}, "
        "or name another place with --store.",
    ),
    "doctor-store-unmakeable": Text(
        "记录 {path}（{rule}）建不了：{what} 不可写",
        "Record {path} ({rule}) cannot be made: {what} cannot be written",
    ),
    "mend-store-unmakeable": Text(
        "请让当前用户（uid {uid}）可以写它（如 sudo chown {uid} {command}），或用 --store 指定别处。",
        "Let this user (uid {uid}) write it, as with sudo chown {uid} {command}, "
        "or name another place with --store.",
    ),
    "doctor-store-disk-read-only": Text(
        "记录 {path}（{rule}）所在的磁盘只读", "The disk of the record {path} ({rule}) is read-only"
    ),
    "mend-store-disk-read-only": Text(
        "请检查磁盘后用 sudo mount -o remount,rw 重新挂载，或用 --store 指定别处。",
        "Check the disk and run sudo mount -o remount,rw on it, or name another place with --store.",
    ),
    "doctor-space": Text("{folder} 所在磁盘还有 {free} MB", "{free} MB are free on the disk of {folder}"),
    "doctor-space-little": Text(
        "{folder} 所在磁盘只剩 {free} MB", "Only {free} MB are free on the disk of {folder}"
    ),
    "mend-space-little": Text(
        "请腾出空间到 {wanted} MB 以上，或用 --store 指定别的磁盘。",
        "Free some until there are {wanted} MB, or name another disk with --store.",
    ),
    "doctor-space-none": Text("{folder} 所在磁盘已满", "The disk of {folder} is full"),
    "mend-space-none": Text(
        "请腾出空间到 {wanted} MB 以上，或用 --store 指定别的磁盘；在那之前什么都记不下来。",
        "Free some until there are {wanted} MB, or name another disk with --store; "
        "until then nothing can be recorded.",
    ),
    "doctor-disk": Text("磁盘种类 {kind}，在本机", "The disk is of this machine ({kind})"),
    "doctor-disk-network": Text(
        "记录 {path} 在网络磁盘（{kind}）上", "The record {path} stands on a network disk ({kind})"
    ),
    "mend-disk-network": Text(
        "请用 --store 指定本机磁盘上的文件：网络磁盘断开或锁失灵时会丢失记录。",
        "Name a file on a disk of this machine with --store: "
        "when the network or its locks fail, entries are lost.",
    ),
    "doctor-disk-memory": Text(
        "记录 {path} 在内存盘（{kind}）上", "The record {path} stands on a disk in memory ({kind})"
    ),
    "mend-disk-memory": Text(
        "请用 --store 指定真正磁盘上的文件：断电或重启后内存盘就空了。",
        "Name a file on a real disk with --store: after a power cut or a restart this one is empty.",
    ),
    "doctor-disk-cloud": Text(
        "记录 {path} 在会自动同步的文件夹 {cloud} 里",
        "The record {path} stands in {cloud}, which is synchronised",
    ),
    "mend-disk-cloud": Text(
        "请用 --store 指定不同步的文件夹里的文件：写到一半的记录会被拷走或盖回。",
        "Name a file outside of it with --store: a record is copied half-written, or written over.",
    ),
    "doctor-disk-linked": Text(
        "记录 {path} 有第二个名字（链接）", "The record {path} has a second name (a link)"
    ),
    "mend-disk-linked": Text(
        "请用 --store 指定文件本身并删掉链接：两个名字就有两把锁。",
        "Name the file itself with --store and remove the link: two names have two locks.",
    ),
    "doctor-content": Text(
        "记录的表结构是第 {version} 版", "The tables of the record are of version {version}"
    ),
    "doctor-content-none": Text(
        "记录是空的，第一次处置时建表", "The record is empty; the first run makes its tables"
    ),
    "doctor-content-damaged": Text("记录 {path} 已损坏", "The record {path} is damaged"),
    "mend-content-damaged": Text(
        "请用 --store 换一个文件继续，把 {command} 连同 -wal 文件拷到别处，对拷贝运行 muster verify。",
        "Go on with another file by --store, copy {command} and its -wal elsewhere, "
        "and run muster verify on the copy.",
    ),
    "doctor-content-unreadable": Text("记录的内容读不出", "What stands in the record cannot be read"),
    "doctor-pages": Text("记录的页面完好", "The pages of the record are sound"),
    "doctor-pages-many": Text(
        "记录很大，{seconds} 秒没有看完页面；muster verify 会看完",
        "The record is large: its pages were looked at for {seconds} seconds and not all seen; "
        "muster verify sees all",
    ),
    "doctor-pages-damaged": Text("记录的页面已损坏（{why}）", "Pages of the record are damaged ({why})"),
    "mend-pages-damaged": Text(
        "请用 --store 换一个文件继续，对这个文件运行 muster verify，并检查磁盘。",
        "Go on with another file by --store, run muster verify on this one, and check the disk.",
    ),
    "doctor-guards": Text("记录的守卫齐全", "The guards of the record are complete"),
    "doctor-guards-missing": Text(
        "记录的守卫被拿掉、改过或不该有：{names}",
        "Guards of the record were taken away, changed or put in: {names}",
    ),
    "mend-guards-missing": Text(
        "有人用别的程序改过这个文件：请运行 muster verify，并弄清是谁。",
        "Somebody has changed the file with another program: run muster verify, and find out who.",
    ),
    "doctor-foreign": Text(
        "有外来日志，没有已知的人为它担保（{count} 本）：{names}",
        "Foreign journals, which nobody known here vouches for ({count}): {names}",
    ),
    "mend-foreign": Text(
        "若不是另一台设备或丢了密钥的本机写的，就是有人往文件里加了条目：请运行 muster verify 并弄清是谁。",
        "If no other device, nor this one with a key since lost, wrote them, somebody put entries into "
        "the file: run muster verify, and find out who.",
    ),
    "log-foreign": Text("! 外来  {line}", "! foreign  {line}"),
    "doctor-key": Text("设备密钥 {path}，指纹 {fingerprint}", "Device key {path}, fingerprint {fingerprint}"),
    "doctor-key-new": Text("还没有设备密钥，第一次处置时生成", "No device key yet; the first run makes it"),
    "doctor-key-missing": Text(
        "没有这份记录的设备密钥 {path}", "The device key of this record, {path}, is missing"
    ),
    "mend-key-missing": Text(
        "若记录是本机写的，请从备份放回状态文件夹；否则不用管，下一条会以新密钥另开日志。",
        "If this device wrote the record, put its state folder back from a backup; "
        "else leave it: the next entry begins a journal with a new key.",
    ),
    "doctor-key-open": Text(
        "设备密钥 {path} 别人也能读（权限 {mode}）", "Others can read the device key {path} (mode {mode})"
    ),
    "mend-key-open": Text(
        "请运行 chmod 600 {command}；若有人可能看过，就移走它，会以新密钥另开日志。",
        "Run chmod 600 {command}; if somebody may have seen it move it away, "
        "and a new journal begins with a new key.",
    ),
    "doctor-key-unreadable": Text("设备密钥 {path} 不能用", "The device key {path} is of no use"),
    "doctor-anchor": Text(
        "记录里有本机记得的最后一条（第 {size} 条）",
        "The record holds the last entry this device remembers ({size})",
    ),
    "doctor-anchor-went-back": Text(
        "本机记得写到第 {size} 条，这个文件只到第 {here} 条或已不同",
        "This device remembers entry {size}; this file ends at {here}, or differs",
    ),
    "mend-anchor-went-back": Text(
        "可能放回了旧备份：请找回较新的文件；找不到就继续，下一条会另开日志并写明此事。",
        "An old backup may have been put back: find the newer file; if there is none go on, "
        "the next entry begins a new journal and says so.",
    ),
    "doctor-journal": Text(
        "日志 {journal}，{size} 条，最后 {count} 条核对无误",
        "Journal {journal}: {size} {size:entry|entries}, of which the last {count} {count:holds|hold}",
    ),
    "doctor-journal-broken": Text("日志 {journal} 的结尾被改过", "The end of journal {journal} was changed"),
    "mend-journal-broken": Text(
        "请运行 muster verify --deep，与存在别处的检查点对照；发现的第一处：{first}",
        "Run muster verify --deep and compare with a checkpoint kept elsewhere; "
        "the first thing found: {first}",
    ),
    "doctor-clock-after": Text(
        "时钟晚于最后一条记录（{last}）", "The clock is after the last entry ({last})"
    ),
    "doctor-clock-behind": Text(
        "时钟 {now} 早于最后一条记录（{last}）：被往回拨过",
        "The clock {now} is before the last entry ({last}): it was set back",
    ),
    "mend-clock-behind": Text(
        "请校准时钟，如 sudo timedatectl set-ntp true；没有网络用 sudo date -s。",
        "Set it right, as with sudo timedatectl set-ntp true, or sudo date -s without a network.",
    ),
    "doctor-lock": Text("写锁空闲", "The writer lock is free"),
    "doctor-lock-held": Text(
        "另一个程序占着写锁超过 {seconds} 秒{who}",
        "Another program holds the writer lock for more than {seconds} seconds{who}",
    ),
    "mend-lock-held": Text(
        "请等它做完；若它已停住，就结束它（kill 加进程号），记录不会因此损坏。",
        "Wait until it is done; if it hangs, end it with kill and its number, which does the record no harm.",
    ),
}
