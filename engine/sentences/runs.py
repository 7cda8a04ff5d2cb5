"""Signatures, readings, people and the ending of a run: why not now."""

from __future__ import annotations

from engine.text import Text

RUNS: dict[str, Text] = {
    "conflict": Text(
        "别的终端刚刚记录了 {count} 条，请看过再做。",
        "Another terminal has just recorded something (entries: {count}); look at it, then act again.",
    ),
    # Signatures.
    "signatures-missing": Text(
        "“{step}”还缺签字：{roles}；请他们签字，签齐之前谁也不能过。",
        "'{step}' lacks the signature of {roles}; nobody passes until it is there, so ask for it now.",
    ),
    "hold-not-so": Text(
        "“{step}”与读数不符（{values}），不能签字：请重新测量后再签，或按列出的其他办法处理。",
        "'{step}' is not so by what was measured ({values}); measure again before you sign, "
        "or take another way that is offered.",
    ),
    "hold-not-known": Text(
        "“{step}”要看 {values}，没有测过，或已经过时，不能签字：请先去测；实在测不了，由两人写明理由强制通过。",
        "'{step}' rests on {values}, which nobody has measured, or not lately enough; measure first, "
        "or two people pass it by decision and say why.",
    ),
    "against-why": Text(
        "“{step}”选“{answer}”与读数不符：请写明为什么仍选它，或另选一项。",
        "'{answer}' of '{step}' does not fit the readings; say why you choose it, or choose another.",
    ),
    "against-alone": Text(
        "“{step}”选“{answer}”与读数不符，又关系人身安全：请第二个人签字同意，或另选一项。",
        "'{answer}' of '{step}' does not fit the readings, and lives may hang on it; have a second person sign, "
        "or choose another.",
    ),
    "role-signs-not": Text(
        "“{step}”不由{role}签字：请选要签字的角色。",
        "'{step}' is not signed by the {role}; choose a role that signs it.",
    ),
    "role-not-held": Text(
        "{person} 在这次处置里没有担任{role}：请先记下由谁担任，或请担任的人来。",
        "{person} does not act as the {role} in this run; record who takes that role, or ask who has it.",
    ),
    "signed-twice": Text(
        "{person} 已经做过或签过“{step}”：请换另一个人签字。",
        "{person} has done or signed '{step}' already; let somebody else sign.",
    ),
    "role-signed": Text(
        "“{step}”已有{role}的签字：请另一个角色签字。",
        "The {role} has signed '{step}' already; let another role sign.",
    ),
    "second-role": Text(
        "{person} 没有担任“{step}”的第二人要有的角色：请担任{roles}的人签字。",
        "{person} has no role of those who may be the second person of '{step}'; ask one of these: {roles}.",
    ),
    "commander-operates": Text(
        "{person} 正在指挥，不能又作为操作的人签“{step}”：请换另一个人签字。",
        "{person} is in command and does not sign '{step}' as an operator too; let somebody else sign.",
    ),
    "not-own-device": Text(
        "在这次处置里，本机的签字只代表 {owner}：请 {person} 用 PIN 或口头签字。",
        "In this run this device signs for {owner} only; let {person} sign by PIN or by voice.",
    ),
    "unknown-strength": Text(
        "“{strength}”不是签字的方式：请选本人在本机、PIN 或口头。",
        "'{strength}' is no way to sign; choose own-device, pin or voice.",
    ),
    "voice-channel": Text(
        "口头签字要写明怎么听到的：请填电话、对讲机频道或当面。",
        "A signature by voice names its channel; say whether it was telephone, radio or face to face.",
    ),
    "unknown-purpose": Text(
        "签字没有“{purpose}”这种用途：请从列表里重新选要签的一项。",
        "'{purpose}' is nothing that is signed; choose the signature from the list again.",
    ),
    "nothing-to-verify": Text(
        "“{step}”没有等待复核的内容：请做当前步骤。",
        "Nothing of '{step}' waits to be verified; go on with the current step.",
    ),
    "second-differs": Text(
        "“{step}”的“{reading}”两个人读得不一样：请一起再读一次，或重新打开这一步。",
        "The two values of '{reading}' at '{step}' differ; read it again together, or reopen the step.",
    ),
    # Readings, lines, words.
    "wrong-unit": Text(
        "“{reading}”的单位是 {unit}：请换算后再填。",
        "'{reading}' is taken in {unit}; convert the value and enter it again.",
    ),
    "not-a-number": Text(
        "“{reading}”要填数值，“{text}”不是：请只填数字，不写单位。",
        "'{reading}' is a number and '{text}' is none; enter digits only, without the unit.",
    ),
    "whole-number": Text(
        "“{reading}”只能是整数，“{text}”不是。",
        "'{reading}' is a whole number and '{text}' is none.",
    ),
    "out-of-range": Text(
        "“{reading}”填了 {text}，可信的范围是 {least} 到 {most}：请再读一次，确实如此就写明原因。",
        "{text} is outside the range of '{reading}' ({least} to {most}); read it again, or give a reason.",
    ),
    "none-is-no-item": Text(
        "“{item}”不是“{reading}”的一项：没有就空着，有就写它的名称。",
        "'{item}' is no item of '{reading}'; leave the list empty, or write what there is.",
    ),
    "too-few-items": Text(
        "“{reading}”至少要有 {count} 项：逐项写名称，做不到就记“未能完成”。",
        "'{reading}' needs {count} at least; name each, or record that it could not be done.",
    ),
    "not-yes-no": Text("“{reading}”只有是和否：请选一个。", "'{reading}' is a yes or a no; choose one."),
    "empty-text": Text("“{reading}”还是空的：请写几个字。", "'{reading}' is still empty; write a few words."),
    "empty-note": Text(
        "这里还是空的：请先写上内容，或选好文件。",
        "There is nothing in it yet; write something or choose a file first.",
    ),
    "unknown-note": Text(
        "“{kind}”不是备注的种类：请选备注、不符、建议、待处理问题、已复原、已登记工单、PIN 或签到。",
        "'{kind}' is no kind of note; choose note, mismatch, proposal, finding, put-back, ticket, pin or sign-in.",
    ),
    "words-missing": Text(
        "“{step}”里这几行还空着：{lines}；请在冒号后写上内容，没有就写“无”。",
        "In '{step}' nothing stands behind these: {lines}; write it behind the colon, or 'none'.",
    ),
    "no-such-finding": Text(
        "没有待处理问题“{finding}”：muster findings 会列出全部编号。",
        "There is no open finding '{finding}'; muster findings lists them.",
    ),
    "several-findings": Text(
        "“{finding}”不止一个：请把编号写长一些，如{findings}。",
        "'{finding}' is the beginning of several; write more of it: {findings}.",
    ),
    "finding-closed": Text(
        "这个问题已由{person}了结：{reason}。", "{person} has settled this already: {reason}."
    ),
    "told-whom": Text(
        "口头告知要记下告诉了谁：请填对方的姓名或号码。",
        "Telling by voice names who heard it; enter their name or number.",
    ),
    "unknown-telling": Text(
        "“{outcome}”不是告知的结果：请选口头、已发出或失败。",
        "'{outcome}' is no outcome of telling somebody; choose voice, sent or failed.",
    ),
    "report-number": Text("报告要有编号：请先填编号。", "A report has a number; enter it first."),
    # The situation.
    "unknown-level": Text(
        "“{level}”不是响应级别：请选 I、II、III 或 IV。", "'{level}' is no level; choose I, II, III or IV."
    ),
    "already-raised": Text(
        "监视“{watch}”已经触发：请照它做；又发生了一次，就选“又发生了”。",
        "The watch '{watch}' is raised already; do what it asks, or say that it happens again.",
    ),
    "not-raised": Text(
        "监视“{watch}”没有触发，不用解除：请做当前步骤。",
        "The watch '{watch}' is not raised, so there is nothing to retire; go on with the current step.",
    ),
    "already-acknowledged": Text(
        "“{subject}”的这条告警已经有人确认：请做当前步骤。",
        "This alarm about '{subject}' was acknowledged already; go on with the current step.",
    ),
    # People.
    "who-is-it": Text(
        "没有说明是谁：请选人员，或填姓名。", "It is not said who; choose a person, or enter a name."
    ),
    "not-in-run": Text(
        "{person} 还没有加入这次处置：请先记下加入。",
        "{person} has not joined this run; record that they join first.",
    ),
    "role-held": Text(
        "{person} 已经担任{role}：不用再记，请接着做。",
        "{person} acts as the {role} already; go on with the current step.",
    ),
    "command-taken": Text(
        "现在由 {person} 指挥：请先办交接；联系不上就写明接任的原因。",
        "{person} is in command; hand over with both signatures, or give a reason for taking it.",
    ),
    "handover-self": Text(
        "不能交接给自己：请选接手的人。", "A handover needs two people; choose who takes over."
    ),
    "unknown-outcome": Text(
        "“{outcome}”不是联系的结果：请选接通、无人接听、占线、关机或拒绝。",
        "'{outcome}' is no outcome of a call; choose one: {outcomes}.",
    ),
    # Holding and ending a run.
    "real-clock": Text(
        "真实处置的时钟谁也不能调。",
        "Nobody can set the clock of a real run.",
    ),
    "clock-rate": Text(
        "时钟速度只能是停住，或 0.5 到 10 倍。",
        "The clock can stand still, or go at 0.5 to 10 times the speed of the world.",
    ),
    "already-delivered": Text(
        "注入“{inject}”已经送达过了；要再来一次，用“重复”。",
        'The inject "{inject}" was delivered already; to give it again, repeat it.',
    ),
    "drill-not-begun": Text(
        "演练还没有开始：等导调宣布开始。",
        "The drill has not begun; wait until the trainer says so.",
    ),
    "drill-frozen": Text(
        "演练冻结了：等导调宣布继续，备注可以照写。",
        "The drill is frozen; wait until the trainer resumes it. Notes are taken all the same.",
    ),
    "trainer-plays": Text(
        "{person} 在这场演练里参演，不能当导调：请换一个人，或用 --as 写明您是谁。",
        "{person} plays in this drill and cannot be its trainer; choose somebody else with --as.",
    ),
    "no-such-role": Text(
        "这个情景里没有角色“{role}”，有：{roles}。",
        "The scenario has no role '{role}'. It has: {roles}.",
    ),
    "trainer-is-there": Text(
        "{person} 正在导调这场演练；对方 30 秒没有动静才能接过来。",
        "{person} is the trainer of this drill; the role can be taken after 30 s without a sign of life.",
    ),
    "only-agents": Text(
        "这是不预先通知的演练，只有知情人（{people}）能导调：请用 --as 写明您是谁。",
        "This drill is unannounced and only those who know of it ({people}) may lead it; say who you are with --as.",
    ),
    "outside-window": Text(
        "今天是 {day}，不在这场演练商定的日子里（{opens} 到 {closes}，除去不行的日子）：请换一天。",
        "Today is {day}, not a day that was agreed for this drill ({opens} to {closes}, less the days that are "
        "ruled out); choose another day.",
    ),
    "real-run-open": Text(
        "这个站点有真实处置没有结束（{runs}）：现在不能开始演练。",
        "A real run is open at this site ({runs}); no drill can begin now.",
    ),
    "still-to-notify": Text(
        "演练开始前必须通知的还没有通知：{lines}。",
        "Not everybody who must know before the drill was told: {lines}.",
    ),
    "nothing-to-explain": Text(
        "演练没有冻结，或者冻结的原因已经写过。",
        "The drill is not frozen, or why it is frozen has been said.",
    ),
    "no-such-mark": Text(
        "这场演练没有标记“{mark}”，有：{marks}。",
        "The drill has no mark '{mark}'. It has: {marks}.",
    ),
    "not-in-assessed": Text(
        "考核演练不能从标记处另开一场。",
        "An assessed drill is not begun again from a mark.",
    ),
    "stage-order": Text(
        "演练现在是“{now}”，不能直接进入“{stage}”。",
        "The drill is {now} now; it cannot go to {stage} from there.",
    ),
    "still-to-judge": Text(
        "还有期望没有评定：{expectations}。先评定，或者写明没有看到。",
        "Some expectations are not judged yet: {expectations}. Judge them, or say that nobody saw.",
    ),
    "still-to-restore": Text(
        "还有没恢复的：{lines}。逐条确认之后才能归档。",
        "Something is not put back yet: {lines}. Tick every line before the drill is closed.",
    ),
    "unknown-staff": Text(
        "演练里没有“{role}”这个角色。",
        "There is no role '{role}' in a drill.",
    ),
    "judges-themselves": Text(
        "{person} 是参演人员，不能在同一场演练里当评估员。",
        "{person} plays in this drill and cannot evaluate it too.",
    ),
    "unknown-expectation": Text(
        "情景里没有期望“{expectation}”。",
        "The scenario has no expectation '{expectation}'.",
    ),
    "unknown-objective": Text(
        "情景里没有目标“{objective}”。",
        "The scenario has no objective '{objective}'.",
    ),
    "unknown-inject": Text(
        "情景里没有注入“{inject}”。",
        "The scenario has no inject '{inject}'.",
    ),
    "unknown-finding": Text(
        "“{outcome}”不是评定结果。",
        "'{outcome}' is no outcome.",
    ),
    "unknown-rating": Text(
        "评级只有 P、S、M、U，没有“{rating}”。",
        "A rating is P, S, M or U; there is no '{rating}'.",
    ),
    "rating-why": Text(
        "评级与建议不同，或者没有建议：请说明为什么这样评“{objective}”。",
        "Say why '{objective}' is rated so: it differs from the proposal, or there was none.",
    ),
    "no-such-scenario": Text(
        "预案库里没有情景“{scenario}”，有：{scenarios}。",
        "The plan book has no scenario '{scenario}'. It has: {scenarios}.",
    ),
    "no-such-drill": Text(
        "记录里没有演练 {run}。用 muster runs 看有哪些。",
        "The record has no drill {run}. See muster runs for those it has.",
    ),
    "drill-not-over": Text(
        "演练 {run} 还没有结束：情景、种子和评定要等它结束才能看。",
        "The drill {run} is not over; its script, its seed and its findings are shown when it is.",
    ),
    "unknown-report-form": Text(
        "没有“{form}”这种报告；可以用：{forms}。",
        "There is no report of the form '{form}'; there are {forms}.",
    ),
    "unknown-filter": Text(
        "看不懂“{word}”：请写成 who:li、step:doorway 或 event:told。",
        "'{word}' is no filter; write it like who:li, step:doorway or event:told.",
    ),
    "unknown-kind": Text(
        "没有“{kind}”这一类；可以用：{kinds}。", "There is no kind '{kind}'; there are {kinds}."
    ),
    "not-a-day": Text("“{day}”不是日期，请写成 2026-11-01。", "'{day}' is no day; write it like 2026-11-01."),
    "not-a-speed": Text(
        "速度 {speed} 不行：请用 1 到 16 的整数，0 表示一次放完。",
        "The speed {speed} will not do; use 1 to 16, or 0 for all at once.",
    ),
    "scenario-unreadable": Text(
        "情景 {scenario} 的文字读不懂：它是更新的程序写的，请升级 Muster。",
        "The scenario {scenario} cannot be read: a newer program wrote it; upgrade Muster.",
    ),
    "lead-only": Text(
        "最终评级由评估组长定。",
        "Only the lead evaluator sets the final rating.",
    ),
    "trainer-only": Text(
        "只有担任导调的人能这样做；可以先接过导调。",
        "Only whoever holds TRAINER can do that; take the role first.",
    ),
    "rate-by-form": Text(
        "功能演练和全面演练的时钟只能按真实速度走。",
        "In a functional or full drill the clock goes at the speed of the world only.",
    ),
    "assessed-clock": Text(
        "考核演练不能拨时钟，只能冻结。",
        "In an assessed drill nobody sets the clock; it can only be frozen.",
    ),
    "not-for-an-evaluation": Text(
        "这件事不记在评估里。",
        "That does not belong into an evaluation.",
    ),
    "already-held": Text(
        "这次处置已经挂起：请在接着做时选继续处置。", "This run is on hold already; resume it when you go on."
    ),
    "not-held": Text(
        "这次处置没有挂起：请做当前步骤。", "This run is not on hold; go on with the current step."
    ),
    "unknown-ending": Text(
        "“{how}”不是结束的方式：请选完成、除列出的外完成或中止。",
        "'{how}' is no way to end; choose complete, complete-except or abandoned.",
    ),
    "still-open": Text(
        "还有步骤没做完：{steps}；请先做完，或写明原因中止。",
        "Steps are still open: {steps}; finish them, or abandon the run with a reason.",
    ),
    "left-to-do": Text(
        "还有暂缓或遗留的步骤：{steps}；请先处理，或选“除列出的外完成”并写明原因。",
        "Steps were deferred or left over: {steps}; settle them, or end as complete-except with a reason.",
    ),
    "level-first": Text(
        "“{step}”要先宣布级别：请选 I、II、III 或 IV，拿不准时定高一级。",
        "'{step}' is done by declaring the level; choose I, II, III or IV, the higher one when unsure.",
    ),
    "voices-first": Text(
        "口头签字还没有本人确认：{voices}；请他们本人确认，或选“除列出的外完成”并写明原因。",
        "Signed by voice only, not yet confirmed by whoever it was: {voices}; let them confirm it, "
        "or end as complete-except with a reason.",
    ),
    "ending-stale": Text(
        "要写下的未完步骤或未确认的口头签字，与现在的情况不符：请看一下现在还剩什么，再结束一次。",
        "What this ending lists as open or unconfirmed is not how the run stands now: "
        "look at what is left, then end it again.",
    ),
    "exit-unmet": Text(
        "结束条件不成立，或还没有测过：{conditions}；请处理后再读取读数，或选“除列出的外完成”并写明原因。",
        "This does not hold, or nobody has measured it: {conditions}; see to it and take the reading again, "
        "or end as complete-except with a reason.",
    ),
}
