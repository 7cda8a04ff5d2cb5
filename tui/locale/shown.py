"""The run, its steps and its lists as they are shown."""

from __future__ import annotations

from engine.text import Text

SHOWN: dict[str, Text] = {
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
    "level-none-short": Text("未定级", "no level"),
    "level-suggested": Text("，建议 {level}", ", suggest {level}"),
    "overdue-count": Text("逾期 {count}：", "LATE {count}: "),
    "beside-late": Text("{plan} 逾期 {count}", "{plan} LATE {count}"),
    "beside-alarms": Text("{plan} 告警 {count}", "{plan} {count} {count:alarm|alarms}"),
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
    "read-since": Text("现为 {value}", "now {value}"),
    "back-brief": Text("退回重做，还可 {left} 次", "goes back, {left} left"),
    "oldest": Text("最早的 {age}；", "oldest {age}; "),
    "weighed-rest": Text(
        "{age}未知 {count} 项；? 看说明、限值和来源",
        "{age}{count} not known; ? shows the detail, limits and sources",
    ),
    "back-to": Text("退回“{step}”，还可 {left} 次", "back to '{step}', {left} {left:turn|turns} left"),
    "steady": Text("，并保持 {time}", ", steady for {time}"),
    "read-by": Text(
        "{at} 前再读一次，否则 {time}从头再数。", "Read again by {at}, or the {time} begin anew."
    ),
    "read-now": Text(
        "读数过期：现在就读，{time}从头再数。", "A value is too old: read it now; the {time} begin anew."
    ),
    "child-goes-on": Text(
        "已转入 {run}，它结束后本步完成。", "Opened {run}; this step is finished when that run has ended."
    ),
    "child-has-ended": Text(
        "{run} 已结束：{how}。回车完成本步。", "{run} has ended: {how}. Enter finishes this step."
    ),
    "kept-back-by": Text(
        "“{title}”（{run}）进行期间不开它；一定要开须写明理由。",
        "Held back by '{title}', run {run}; it takes a reason to open it all the same.",
    ),
    "kept-back-short": Text("{run} 进行期间不开", "held back by {run}"),
    "stands-kept-back": Text("让位，暂停", "held back"),
    "stands-locked": Text("已锁，暂停", "locked"),
    "clash-switched": Text(
        "冲突：{run}“{title}”的“{other}”{time} 已把 {thing} 置为“{theirs}”，这一步要置为“{ours}”：先与那边说定。",
        "Conflict: '{other}' in {run} ({title}) has put {thing} to {theirs} at {time}, and this step puts it to "
        "{ours}. Agree with them first.",
    ),
    "clash-to-switch": Text(
        "冲突：{run}“{title}”正要做“{other}”，把 {thing} 置为“{theirs}”，这一步要置为“{ours}”：先与那边说定。",
        "Conflict: '{other}' in {run} ({title}) is about to put {thing} to {theirs}, and this step puts it to {ours}. "
        "Agree with them first.",
    ),
    "clash-locked": Text(
        "锁住：{run}“{title}”的“{other}”{time} 把 {thing} 锁在“{theirs}”，有人的性命靠它；先到那边解锁，"
        "非做不可由两人强制通过。",
        "Locked: '{other}' in {run} ({title}) holds {thing} at {theirs} since {time}, and a life hangs on it. Have it "
        "released there; else two people override this step.",
    ),
    "clash-busy": Text(
        "冲突：{person} {time} 起在 {run}“{title}”做“{other}”，而这一步只有他能做。",
        "Conflict: {person} is at '{other}' in {run} ({title}) since {time}, and nobody else can do this step.",
    ),
    "across-switched": Text(
        "{run} 已做“{other}”，与“{step}”冲突（{thing}）。",
        "{run} has done '{other}': conflict with '{step}' ({thing}).",
    ),
    "across-to-switch": Text(
        "{run} 要做“{other}”，与“{step}”冲突（{thing}）。",
        "{run} is to do '{other}': conflict with '{step}' ({thing}).",
    ),
    "across-locked": Text(
        "{run}“{other}”锁着 {thing}，“{step}”先不做。",
        "{run} has a lock on {thing} ('{other}'): '{step}' waits.",
    ),
    "across-busy": Text(
        "{person} 正在 {run} 做“{other}”，这里“{step}”也要他。",
        "{person} is at '{other}' in {run}, and wanted here for '{step}'.",
    ),
    "across-unread": Text(
        "{run} 的预案这里读不出来：叫没叫人撤离、锁没锁东西，去问那边。",
        "The plan of {run} cannot be read here: ask there whom it called out, what it locked.",
    ),
    "touched-open": Text("开", "open"),
    "touched-closed": Text("关", "closed"),
    "touched-on": Text("通", "on"),
    "touched-off": Text("断", "off"),
    "hands-over": Text("打开后本步就完成。", "This step is finished once it is open."),
    "suggests": Text("建议 {level} 级", "level {level} is suggested"),
    "and-more": Text("，另 {count} 步", " and {count} more"),
    "corrected-at": Text("{time} 更正", "corrected {time}"),
    "came-after": Text("在这些之后：", "It came after:"),
    "decided": Text("机器判定的：", "Decided by the machine:"),
    "by-rule": Text("{time} 规则 {rule}：{what}", "{time} rule {rule}: {what}"),
    "rule-so": Text("“{condition}”成立", "'{condition}' held"),
    "rule-passed": Text("“{condition}”不成立，这一步跳过", "'{condition}' did not hold, so it was passed by"),
    "rule-time": Text("从 {since} 起等满了 {length}", "{length} from {since} were over"),
    "rule-limit": Text("“{step}”超过了时限", "the limit of '{step}' had passed"),
    "rule-child": Text("{run} 已结束", "{run} had ended"),
    "rule-off": Text(
        "“{step}”答的是“{answer}”（{name}），这一步不适用",
        "'{step}' was answered '{answer}' by {name}, so it does not apply",
    ),
    "starts": Text("处置开始", "the opening of the run"),
    "warning": Text("警告", "WARNING"),
    "by-role": Text("由 {role} 执行，这里还没有人担任。", "For the {role}; nobody here has that role yet."),
    "at-place": Text("地点：{place}。", "Place: {place}."),
    "why": Text("为什么：{text}", "Why: {text}"),
    "detail": Text("说明：{text}", "Detail: {text}"),
    "record": Text("要记录：{readings}", "Record: {readings}"),
    "expect": Text("应达到：{text}", "Expect: {text}"),
    "expect-in": Text("应在 {time} 内达到：{text}", "Expect within {time}: {text}"),
    "no-other-step": Text("记“未能完成”；没有别的步骤", "say 'Could not'; there is no other step"),
    "open-finding": Text("留为待处理问题", "an open finding"),
    "found-here": Text("问题：{text}", "Open finding: {text}"),
    "found-none": Text("本次没有留下问题。", "Nothing was left open here."),
    "found-in-parts": Text(
        "转入的各项留下的，用 muster findings 看。", "What the parts left open: muster findings."
    ),
    "if-not": Text("未达到则：{text}", "If not met: {text}"),
    "goes-back": Text(
        "退回“{step}”，最多 {times} 次", "go back to '{step}', at most {times} {times:time|times}"
    ),
    "sign-needs": Text("签字条件：{text}", "Signed only where {text}"),
    "judged-and": Text("以下各项都要达到", "all of these hold"),
    "judged-or": Text("以下有一项达到即可", "one of these holds"),
    "judged-or-of": Text("任一即可：", "either: "),
    "judged-unknown": Text(
        "或另外 {count} 项之一，都未知（{shows}）：{what}", "or {count} more, UNKNOWN ({shows}): {what}"
    ),
    "shows-all": Text("? 看全部", "? shows all"),
    "signs": Text("需要签字：{roles}", "Signatures needed: {roles}"),
    "signed-by": Text("已签：{names}", "Signed: {names}"),
    "voice-unconfirmed": Text("口头，待确认", "by voice, to be confirmed"),
    "limit": Text("时限还有 {left}", "Limit in {left}"),
    "limit-over": Text("超时 {left}", "OVERDUE by {left}"),
    "limit-site": Text("（本站取值）", " (site value)"),
    "wait-until": Text("等到 {time}，还有 {left}。", "Wait until {time}; {left} left."),
    "wait-over": Text(
        "{time} 已到点，过了 {left}：请您确认。", "Its time came at {time}, {left} ago: confirm it."
    ),
    "wait-over-now": Text("已到点：请您确认。", "Its time has come: confirm it."),
    "wait-for": Text("等到：{text}", "Wait until {text}"),
    "next-round": Text("第 {number} 次，还有 {left}", "Visit {number} is due in {left}"),
    "round-due": Text("第 {number} 次：现在", "Visit {number} is due now"),
    "round-late": Text("第 {number} 次已迟 {left}", "Visit {number} is late by {left}"),
    "rounds-missed": Text("（漏了 {count} 次）", "({count} missed)"),
    "waits-for-steps": Text("等：{steps}", "after: {steps}"),
    "held-back": Text(
        "暂停：{time} 因“{cause}”全员撤出", "held back: everybody is out since {time} by '{cause}'"
    ),
    "held-back-until": Text(
        "暂停：{time} 因“{cause}”全员撤出，签了“{hold}”才能再进。",
        "Held back: everybody is out since {time} by '{cause}', until '{hold}' is signed.",
    ),
    "earlier-act": Text("撤出前已做，补记时间", "with its time, as done before everybody went out"),
    "call-next": Text(
        "下一个打给：{name} {reach}（第 {number} 次）", "Call next: {name} {reach} (try {number})"
    ),
    "call-used-up": Text("名单上的人都打过了。", "Everybody on the list has been called."),
    "call-only-you": Text(
        "名单上只有您自己，没有别人可打。", "Only you are on the list; there is nobody else to call."
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
    "unanswered": Text("“{step}”还没有回答", "'{step}' not answered yet"),
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
    "under-a-minute": Text("<1 分钟", "<1 min"),
    # --- promises, alarms
    "promise-running": Text("{title} 余 {left}", "{title} in {left}"),
    "promise-broken": Text("{title} 已违约 {left}", "{title} BROKEN {left}"),
    "promise-broken-before": Text("{title} 余 {left}（曾违约）", "{title} in {left} (broken before)"),
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
}
