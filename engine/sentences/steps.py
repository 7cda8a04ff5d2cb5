"""Why a step cannot be done, answered or passed now."""

from __future__ import annotations

from engine.text import Text

STEPS: dict[str, Text] = {
    # --- run, clocks, acts, desk
    "nothing-proposed": Text(
        "没有要记录的内容：请先选一个操作。", "There is nothing to record; choose an act first."
    ),
    "run-ended": Text(
        "这次处置已经结束：只能补备注、附件、告知和报告，还要做事请另开一次处置。",
        "This run has ended; add a note, a file, a message or a report, or open a new run to act.",
    ),
    "already-open": Text(
        "这次处置已经打开：请直接接着做。", "This run is open already; go on with its current step."
    ),
    "not-opened": Text(
        "这次处置还没有打开：请先从首页打开它。",
        "This run is not open yet; open it from the home screen first.",
    ),
    "in-the-future": Text(
        "这个时间还没到：请填已经过去的时间。", "That time is still to come; give a time that has passed."
    ),
    "before-the-run": Text(
        "这个时间早于这次处置的开始：请填开始以后的时间。",
        "That is before this run was opened; give a later time.",
    ),
    "before-the-step": Text(
        "“{step}”{time} 才轮到，不可能更早做：请填那以后的时间。",
        "'{step}' had its turn at {time} and was not done before; give a later time.",
    ),
    "unknown-basis": Text(
        "“{basis}”不是依据：请选本人所说、传感器、第二人、口头或纸面。",
        "'{basis}' is no basis; choose asserted, sensed, second-person, voice or paper.",
    ),
    "not-for-a-run": Text(
        "这件事不记在处置里：请到首页相应的页面去记。",
        "That is not recorded in a run; record it from its own page on the home screen.",
    ),
    "unknown-act": Text(
        "没有“{act}”这个操作：请从列表里选一个。", "There is no act '{act}'; choose one from the list."
    ),
    "unknown-run": Text(
        "记录里没有处置 {run}：请用 muster runs 查编号。",
        "The record has no run {run}; look its number up with muster runs.",
    ),
    "graph-missing": Text(
        "记录里缺少 {run} 的预案文本，打不开：请从有它的设备同步，同时先照纸质预案做。",
        "The plan text of {run} is not in this record, so it cannot be opened; "
        "sync from a device that has it, and go on from paper meanwhile.",
    ),
    "not-released": Text(
        "预案“{runbook}”还没有发布，只能用来排练和演练：请换已发布的预案，没有就照纸质预案做。",
        "'{runbook}' is not released and opens only as a rehearsal or drill; "
        "use a released runbook, or go by the paper one.",
    ),
    # Names that the plan does not know.
    "unknown-step": Text(
        "预案里没有步骤“{step}”：请从步骤列表里选。",
        "The runbook has no step '{step}'; choose one from its list.",
    ),
    "unknown-reading": Text(
        "预案里没有读数“{reading}”：请从读数列表里选。",
        "The runbook has no reading '{reading}'; choose one from its list.",
    ),
    "unknown-watch": Text(
        "预案里没有监视“{watch}”：请从监视列表里选。",
        "The runbook has no watch '{watch}'; choose one from its list.",
    ),
    "unknown-role": Text(
        "预案里没有角色“{role}”：请从角色列表里选。",
        "The runbook has no role '{role}'; choose one from its list.",
    ),
    "unknown-room": Text(
        "站点里没有机房“{room}”：请选其中一个：{rooms}。",
        "The site has no room '{room}'; choose one of these: {rooms}.",
    ),
    "unknown-runbook": Text(
        "这次处置没有带上预案“{runbook}”：请从首页为它另开一次处置。",
        "This run was not opened with the runbook '{runbook}'; open that one from the home screen.",
    ),
    "unknown-answer": Text(
        "“{step}”没有“{answer}”这个回答：请从列出的回答里选。",
        "'{step}' has no answer '{answer}'; choose one that is listed.",
    ),
    # Whether it is the step's turn.
    "still-waiting": Text(
        "“{step}”还轮不到，它在等：{waits_for}；请先做这些。",
        "'{step}' waits for {waits_for}; finish that first.",
    ),
    "everybody-out": Text(
        "因“{cause}”{time} 起全员撤出，“{step}”暂停：签了“{hold}”才能再进；撤出前做的请填当时的时间。",
        "Everybody is out since {time} ('{cause}'), so '{step}' is held back until '{hold}' is signed; "
        "for what was done before, give its time.",
    ),
    "out-elsewhere": Text(
        "{run} 因“{cause}”{time} 起叫本室全员撤出，“{step}”暂停：那边签了“{hold}”才能再进；"
        "撤出前做的请填当时的时间。",
        "{run} has everybody out of this room since {time} ('{cause}'): '{step}' waits until '{hold}' is signed "
        "there; what was done before takes its time.",
    ),
    "kept-back": Text(
        "“{title}”（{run}）进行期间不开“{runbook}”：请先把那边做完，一定要开就写明理由。",
        "'{title}' ({run}) keeps '{runbook}' back while it goes on; finish that first, or open it with a reason.",
    ),
    "locked-elsewhere": Text(
        "{run} 的“{other}”把 {thing} 锁住了，有人的性命靠它：“{step}”先不做；请先到那边解锁，"
        "非做不可就由两人强制通过并写明理由。",
        "'{other}' in {run} has locked {thing}, and somebody's life hangs on it: '{step}' waits until it is released "
        "there; else two people override it with a reason.",
    ),
    "lock-by-two": Text(
        "{run} 的“{other}”锁着它：强制通过“{step}”须两人，请另一人也签字。",
        "'{other}' in {run} holds a lock on it: '{step}' is overridden by two; have a second person sign.",
    ),
    "already-settled": Text(
        "“{step}”已经有结果：请做下一步，要改就先重新打开它。",
        "'{step}' is settled already; go on, or reopen it to change it.",
    ),
    "not-applicable": Text(
        "“{step}”不在现在走的路上：请做当前步骤；走错了就改前面的回答。",
        "'{step}' is off the road taken; go on with the current step, or change the answer that led away.",
    ),
    "already-started": Text(
        "“{step}”已经开始：请接着做，做完再记完成。",
        "'{step}' was started already; go on, and record it when it is done.",
    ),
    "whether-first": Text(
        "“{step}”要不要做还没定：请先选要做或不需要。",
        "Nobody has said whether '{step}' is needed; first choose do it or pass it.",
    ),
    # What a step needs before it is finished.
    "warning-first": Text(
        "“{step}”的警告还没看完：请先看完每一页。",
        "The warning of '{step}' was not shown to its end; read every page first.",
    ),
    "tag-first": Text(
        "“{step}”要先核对设备：请到设备前，照它的标牌输入 {tag}。",
        "'{step}' is done to one piece of equipment; stand at it, read its tag and type {tag}.",
    ),
    "wrong-tag": Text(
        "输入的是 {typed}，“{step}”要动的是 {tag}：请停手，看清是哪台设备再输入。",
        "You typed {typed}, but '{step}' is about {tag}; stop, look which equipment it is, and type its tag.",
    ),
    "reading-missing": Text(
        "“{step}”还缺读数：{readings}；请先读取并填上。",
        "'{step}' lacks a reading: {readings}; read it and enter it first.",
    ),
    "items-missing": Text(
        "“{step}”还有没勾的：{items}；请逐项做完再勾。",
        "'{step}' has lines left to tick: {items}; do and tick each.",
    ),
    "evidence-missing": Text(
        "“{step}”要附照片或文件：请先附上。", "'{step}' needs a photo or a file; attach it first."
    ),
    "together-first": Text(
        "“{step}”要两个人一起做：请第二个人先签字。",
        "'{step}' is done by two people together; let the second one sign first.",
    ),
    "second-first": Text(
        "“{step}”已经做完，在等第二个人复核：请复核，要改就先重新打开它。",
        "'{step}' is done and waits for a second person; let them verify it, or reopen it to change it.",
    ),
    "answer-instead": Text(
        "“{step}”要用回答来结束：请选一个回答。", "'{step}' ends by an answer; choose one of its answers."
    ),
    "answer-first": Text(
        "“{step}”还没有回答：请选一个：{answers}。", "'{step}' has no answer yet; choose one: {answers}."
    ),
    "no-answers": Text(
        "“{step}”不用回答：请做完后记完成。", "'{step}' asks for no answer; do it and record it as done."
    ),
    "deviation-first": Text(
        "“{step}”还不能确认达到预期：请写下实际情况，再记完成。",
        "'{step}' is not known to have worked as expected; write down what you see, then record it.",
    ),
    "not-met": Text(
        "“{step}”的读数没有达到预期：请选未达到，或写明为什么仍算达到。",
        "The reading of '{step}' does not meet what is expected; answer unmet, or say why it counts as met.",
    ),
    "wrong-way-back": Text(
        "从“{step}”退回的步骤刚有变化：请看过最新情况再回答。",
        "The way back from '{step}' has just changed; look at it again, then answer.",
    ),
    "wait-goes-on": Text(
        "“{step}”还没等到：请继续等，到时再记完成。",
        "'{step}' is not over yet; keep waiting, and record it when its time or condition has come.",
    ),
    "goes-on": Text(
        "“{step}”要反复做，还没到结束的时候：请只记这一次。",
        "'{step}' is repeated and its end has not come; record this visit only.",
    ),
    "not-repeated": Text(
        "“{step}”只做一次：请直接记完成。", "'{step}' is done only once; record it as done."
    ),
    "wrong-round": Text(
        "“{step}”现在轮到第 {round} 次：请看过前一次的记录再记。",
        "The next visit of '{step}' is number {round}; look at the one before, then record it.",
    ),
    "not-reached": Text(
        "“{step}”还没有人接通：请再打，或打给名单上的下一位。",
        "Nobody has answered for '{step}' yet; try again, or try the next on the list.",
    ),
    "calls-left": Text(
        "“{step}”的名单还没打完：请每个人都打到，总共至少三次。",
        "The call list of '{step}' is not used up; try everybody on it, three calls at the least.",
    ),
    "not-told": Text(
        "“{step}”还没有告知任何人：请先告知，并记下告诉了谁。",
        "Nobody was told for '{step}' yet; tell them, and record whom you told.",
    ),
    "child-first": Text(
        "“{step}”要启动的处置还没打开：请先打开它。",
        "The run that '{step}' starts is not open yet; open it first.",
    ),
    "child-open": Text(
        "“{step}”启动的处置已经打开：请转到那次处置去做。",
        "The run of '{step}' is open already; go to it and act there.",
    ),
    "unknown-item": Text(
        "“{step}”没有第 {item} 项：请从列出的各项里选。",
        "'{step}' has no line {item}; choose one that is listed.",
    ),
    # Other ways out of a step.
    "reason-first": Text("这样做要写原因：请用几个字说明。", "This needs a reason; say why in a few words."),
    "not-optional": Text(
        "“{step}”不能略过：请去做，或写明原因强制通过。",
        "'{step}' cannot be skipped; do it, or override it with a reason.",
    ),
    "not-deferrable": Text(
        "“{step}”不能暂缓：请现在做，或写明原因强制通过。",
        "'{step}' cannot be deferred; do it now, or override it with a reason.",
    ),
    "defer-limit": Text(
        "“{step}”只能暂缓到“{until}”之前：请选那一步。",
        "'{step}' can be deferred only until before '{until}'; choose that step.",
    ),
    "defer-too-late": Text(
        "“{step}”暂缓到“{until}”之前已经来不及：请选它后面还没开始的步骤。",
        "It is too late to bring '{step}' back before '{until}'; choose a later step that has not opened.",
    ),
    "override-answer": Text(
        "强制通过“{step}”也要选一个回答：{answers}。",
        "An override of '{step}' names an answer too; choose one: {answers}.",
    ),
    "override-goes-on": Text(
        "这个回答会从“{step}”退回去，不能用来强制通过：请选别的回答，或照常回答。",
        "That answer leads back from '{step}', so it cannot override it; "
        "choose another one, or answer in the ordinary way.",
    ),
    "second-person-first": Text(
        "强制通过“{step}”要第二个人同意：请先让这个人签字。",
        "An override of '{step}' needs a second person; let them sign it first.",
    ),
    "never-alone": Text(
        "“{step}”不准一个人通过：请继续找第二个人。",
        "'{step}' may never be passed alone; go on trying to reach a second person.",
    ),
    "alone-needless": Text(
        "“{step}”不需要第二个人：请写明原因，直接强制通过。",
        "'{step}' needs no second person; override it with a reason alone.",
    ),
    "try-first": Text(
        "一个人通过“{step}”之前要记下 {needed} 次没联系上，现在有 {tries} 次：请继续联系。",
        "Before '{step}' is passed alone, {needed} tries to reach somebody must have failed, "
        "and {tries} are recorded; go on trying.",
    ),
    "read-back-first": Text(
        "输入的话与步骤不同：请原样复诵“{step}”。",
        "What you typed is not the step; read it back word for word: '{step}'.",
    ),
    "nothing-to-reopen": Text(
        "“{step}”还没有结果，不用重新打开：请直接去做。",
        "'{step}' has no result yet, so nothing is to be reopened; just do it.",
    ),
    "not-a-time": Text(
        "“{text}”不是带时区的时间：请写成 2026-11-22T14:05+08:00 这样。",
        "'{text}' is no time with a zone; write it like 2026-11-22T14:05+08:00.",
    ),
    "not-a-clock-time": Text(
        "“{text}”不是时间：请写成 02:10、25m（25 分钟前）或 2026-11-22T02:10 这样。",
        "'{text}' is no time; write it like 02:10, 25m for 25 minutes ago, or 2026-11-22T02:10.",
    ),
    # It was done before; does it still stand?
    "only-confirm": Text(
        "“{step}”做了就收不回，不能再做一遍：请看过现场，确认它仍然算数。",
        "'{step}' cannot be taken back and is not done twice; look, and confirm that it still stands.",
    ),
    "sign-anew": Text(
        "停止点“{step}”不能只确认：请该签字的人重新签字。",
        "The hold '{step}' is not just confirmed; let its signers sign anew.",
    ),
    "nothing-to-confirm": Text(
        "“{step}”没有等待确认的内容：请做当前步骤。",
        "Nothing about '{step}' waits to be confirmed; go on with the current step.",
    ),
    "confirm-yourself": Text(
        "“{step}”的口头签字要由本人确认：请用自己的设备签，或用 PIN 签。",
        "Who signed '{step}' by voice confirms it in person; let them sign on their own device or by PIN.",
    ),
    # Neither sentence sends on to the other's way: whoever confirms has a way out of both.
    "confirm-not-here": Text(
        "本机的签字只代表 {owner}：请 {person} 在本机输入 PIN 确认，"
        "或在 {person} 自己的设备上运行 muster walk {run}。",
        "This device signs for {owner} only: let {person} confirm here by the PIN they had before, "
        "or run muster walk {run} on {person}'s own device.",
    ),
    "confirm-typed-here": Text(
        "这次口头签字是 {typist} 在本机写下的：请 {person} 在本机输入以前设好的 PIN 确认，"
        "或在自己的设备上运行 muster walk {run}。",
        "{typist} wrote this voice down here: let {person} confirm it by the PIN they had before, "
        "or run muster walk {run} on their own device.",
    ),
    "goes-on-here": Text(
        "{room} 的这类处置已经在进行（{run}）：加入它用 muster walk {run}；"
        "确实是另一起，就在这条命令后面加 --another。",
        "One of that kind goes on in {room} already ({run}): join it with muster walk {run}; "
        "if this is another one, add --another to the command.",
    ),
    "kept-back-here": Text(
        "“{title}”（{run}）进行期间不开“{runbook}”：请先把那边做完；一定要开，就在这条命令后面加 --reason 和理由。",
        "'{title}' ({run}) keeps '{runbook}' back while it goes on; finish that first, or add --reason and why to "
        "the command.",
    ),
    "goes-on-once-more": Text(
        "{room} 的这类处置已经在进行（{run}）：它就在进行中的列表里，可以加入；确实是另一起，就照样再选一次。",
        "One of that kind goes on in {room} already ({run}): it stands in the list of open runs; "
        "if this is another one, choose the same once more.",
    ),
    "confirm-pin-since": Text(
        "{person} 的 PIN 是口头签字之后才设的，不能用它确认这次签字："
        "请 {person} 在自己的设备上运行 muster walk {run} 确认，做不到就一直留作未确认。",
        "The PIN of {person} was set after that signature by voice and cannot confirm it: let {person} run "
        "muster walk {run} on their own device, else it stays unconfirmed.",
    ),
    "confirm-no-pin": Text(
        "{person} 还没有 PIN，不能在这里确认，现在再设也不算：请 {person} 在自己的设备上运行 muster walk {run}，"
        "做不到就一直留作未确认。",
        "{person} has no PIN to confirm with, and one set now does not count: let {person} run "
        "muster walk {run} on their own device, else it stays unconfirmed.",
    ),
    "not-left-over": Text(
        "“{step}”没有留下要复原的东西：请从遗留的步骤里选。",
        "'{step}' has left nothing to put back; choose one that is listed as left over.",
    ),
}
