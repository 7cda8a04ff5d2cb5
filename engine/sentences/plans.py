"""What is wrong with a plan as a graph, and what could be better about it."""

from __future__ import annotations

from engine.text import Text

PLANS: dict[str, Text] = {
    # --- graph
    "cycle": Text("这些步骤互相等待：{ring}。", "Steps wait for each other: {ring}."),
    "back-other-lane": Text(
        "“{step}”不能退回到另一条线的“{target}”。",
        "'{step}' cannot go back to '{target}', which stands in another lane.",
    ),
    "back-not-here": Text(
        "“{step}”不能退回到“{target}”：从那里走不到这里。",
        "'{step}' cannot go back to '{target}': no way leads from there to here.",
    ),
    "turns-used-up": Text(
        "“{step}”的“{answer}”次数用完后无路可走：请写一个步骤 after: {step}.{answer}。",
        "When the turns of '{step}' {answer} are used up nothing follows: "
        "write a step with after: {step}.{answer}.",
    ),
    "answer-unfollowed": Text(
        "“{step}”回答“{answer}”之后无路可走，而其他回答有："
        "请写一个步骤 after: {step}.{answer}，或写 ends: true。",
        "Nothing follows '{step}' {answer}, though other answers are followed: "
        "write a step with after: {step}.{answer}, or ends: true.",
    ),
    "unreachable": Text(
        "没有任何一条路通向“{step}”：请给它写 after。", "No road leads to '{step}': give it an after."
    ),
    "road-open": Text("有一条路到不了“{closing}”：{road}。", "A road never reaches {closing}: {road}."),
    # --- the roads of a graph
    "answer-decides-nothing": Text(
        '“{step}”不管“{decision}”怎么回答都会做，因为“{other}”也通到这里：请写 only_when: "{write}"。',
        "'{step}' comes whatever '{decision}' says, because '{other}' leads to it too; "
        'write only_when: "{write}".',
    ),
    "reading-not-taken": Text(
        "“{step}”的条件要用“{reading}”，可是有一条路在它之前没有读过：{road}。",
        "The condition of '{step}' needs '{reading}', which some road has not taken before it: {road}.",
    ),
    "answer-not-given": Text(
        "“{step}”打开时“{decision}”可能还没有回答：请让它排在“{decision}”之后。",
        "'{decision}' may not be answered yet when '{step}' opens; let it come after '{decision}'.",
    ),
    "mark-twice": Text(
        "里程碑“{mark}”在同一条路上会到两次：“{first}”和“{second}”。",
        "The mark '{mark}' is reached twice on one road: by '{first}' and by '{second}'.",
    ),
    "opposite-states": Text(
        "“{first}”把 {resource} 置于“{state}”，“{second}”把它置于“{other}”，两步可能同时进行：请排出先后。",
        "'{first}' puts {resource} to '{state}' and '{second}' to '{other}', perhaps at the same time; "
        "let one come after the other.",
    ),
    "opposite-run": Text(
        "“{first}”把 {resource} 置于“{state}”，“{second}”把它置于“{other}”：其中一步在 run 的预案里，"
        "两边可能同时进行，请排出先后。",
        "'{first}' puts {resource} to '{state}' and '{second}' to '{other}', one of them in a runbook that is run "
        "beside the other; let one come after the other.",
    ),
    "inhibits-lives": Text(
        "“{kept}”里有关系人身安全的步骤，不能压住：请从 inhibits 里去掉它。",
        "'{kept}' has steps on which a life may hang and is never kept back; take it out of inhibits.",
    ),
    "inhibits-own": Text(
        "这份预案自己要启动“{kept}”，又用 inhibits 压住它：请去掉其中一个。",
        "This runbook opens '{kept}' itself and keeps it back; take one of the two away.",
    ),
    "mark-missed": Text(
        "承诺“{promise}”要有里程碑“{mark}”，可是有一条路走到“{closing}”也没有它：{road}。",
        "The promise '{promise}' needs the mark '{mark}', but some road to '{closing}' never reaches it: {road}.",
    ),
    "promise-late": Text(
        "到“{mark}”多半要 {taken}，承诺“{promise}”只有 {within}：{way}。",
        "'{mark}' likely takes {taken}, but the promise '{promise}' is {within}: {way}.",
    ),
    "withdraw-no-hold": Text(
        "“{step}”叫所有人撤出，放行的却不是关口（“{hold}”）：请写一个 hold。",
        "'{step}' gets everybody out, but '{hold}' is no hold; name the hold that lets people in again.",
    ),
    "withdraw-other-way": Text(
        "“{step}”之后并非每条路都到“{hold}”并在那里签字，或者别的路也通到它：请给这次撤出单写一个必经的关口。",
        "Not every road from '{step}' is signed at '{hold}', or another way leads there too; "
        "write a hold for this withdrawal alone, that is never passed by.",
    ),
    "withdraw-inside": Text(
        "“{other}”要在室内做，却在“{step}”和放行的“{hold}”之间：全员撤出时做不了，关口也就签不了。",
        "'{other}' is done inside, between '{step}' and '{hold}': nobody may do it before the hold is signed, "
        "nor sign before it is done.",
    ),
    "run-ring": Text(
        "预案互相启动成了一圈：{ring}。请把其中一个改成 watch。",
        "These runbooks run each other in a ring: {ring}; let a watch open one of them.",
    ),
    "escalation-unheard": Text(
        "升级要告知角色“{role}”，本站却没有人担任它。",
        "Escalation tells the role '{role}', which nobody at this site holds.",
    ),
    "safety-line": Text(
        "安全条款 {line}（{says}）不再成立：{breaks}。",
        "Safety line {line} ({says}) does not hold: {breaks}.",
    ),
    # --- limits
    "condition-constant": Text(
        "“{part}”{how}：请检查比较号、数值和读数的 min、max。",
        "'{part}' is {how}; look at the sign, the number, and min and max of the reading.",
    ),
    "bands-crossed": Text(
        "“{name}”会先到行动限值 act（{act}），再到注意限值 warn（{warn}）：请检查这两个限值。",
        "'{name}' reaches act ({act}) before warn ({warn}); look at the two limits.",
    ),
    "level-idle": Text(
        "“{ground}”成立时 {higher} 级也成立，{level} 级的这条依据不起作用：请检查两级的数值。",
        "Where '{ground}' holds, level {higher} holds too, so this ground of level {level} never counts; "
        "look at the numbers of both.",
    ),
    "alarm-wished-for": Text(
        "“{step}”的“{said}”会让“{name}”的报警值（{act}）也通过：请收紧。",
        "'{said}' of '{step}' lets an alarm value of '{name}' pass ({act}); make it stricter.",
    ),
    # --- advice
    "not-safety": Text(
        "“{step}”管着人的安全，却不是安全步骤：请写 class: safety。",
        "Lives hang on '{step}', and it is no safety step; write class: safety.",
    ),
    "step-without-role": Text(
        "“{step}”没有写 role：不知道由谁来做。", "'{step}' has no role, so nobody knows whose it is."
    ),
    "limit-unheard": Text(
        "“{step}”有时限，超时却不通知谁、也不打开哪一步：请写 missed。",
        "'{step}' has a limit, and when it passes nobody is told and no step opens; write missed.",
    ),
    "unguarded-irreversible": Text(
        "“{step}”做了不能收回，有一条路到它之前没有人签过字：{road}。",
        "'{step}' cannot be taken back, and on some road nobody has signed a hold before it: {road}.",
    ),
    "mark-unheard": Text(
        "没有承诺、条件或时限用到里程碑“{mark}”：是不是“{near}”？",
        "No promise, condition or limit asks for the mark '{mark}'; did you mean '{near}'?",
    ),
    "no-way-to-reach": Text(
        "“{who}”没有电话也没有其他联系方式：要找的时候找不到。",
        "'{who}' has neither a phone nor a channel, so nobody can be reached there.",
    ),
    "role-unheard": Text(
        "预案和升级表里都没有角色“{role}”：是不是写错了？",
        "No runbook and no escalation knows the role '{role}'; is it spelt right?",
    ),
    "tag-unlisted": Text(
        "做“{step}”要输入标牌“{tag}”，而“{room}”的 tags 里没有它：请核对标牌。",
        "'{step}' asks for the tag '{tag}', which stands in no row of tags of '{room}'; check the plate.",
    ),
    "inside-alone": Text(
        "这个预案写了 {said}，没有一步写 {lacking}：什么也不会被拦住。",
        "This plan says {said} and no step of it {lacking}, so nothing is ever held back.",
    ),
    "two-actions": Text(
        "这一句里有两个动作（{found}）：请拆成两步。",
        "This sentence has two actions ({found}); make two steps of it.",
    ),
    "condition-last": Text(
        "条件写在了动作后面（{found}）：请先写条件，再写动作。",
        "The condition stands behind the action ({found}); say the condition first.",
    ),
    "passive-voice": Text(
        "这一句是被动句（{found}）：请直接写谁做什么。",
        "This is in the passive voice ({found}); say what to do.",
    ),
    "all-except": Text(
        "这一句是“除……外全部”（{found}）：请列出要做的是哪些。",
        "This says all except something ({found}); list what is to be done.",
    ),
    "warning-instructs": Text(
        "警告里有操作（{found}）：警告只写危险和后果，操作另写一步。",
        "The warning contains an instruction ({found}); it says hazard and consequence only.",
    ),
    "expect-without-else": Text(
        "没有写看不到时怎么办：请给 expect 加上 else；确实没有别的步骤，写 else: none。",
        "It does not say what to do when it is not so; give the expect an else, or `else: none` on purpose.",
    ),
    "opposite-plans": Text(
        "预案“{plan}”的“{first}”把 {resource} 置于“{state}”，这里“{second}”把它置于“{other}”：请写明谁先。",
        "'{first}' of '{plan}' puts {resource} to '{state}', and '{second}' here to '{other}'; say who goes first.",
    ),
    "watch-without-until": Text(
        "没有写到何时为止：请给这个监视项加上 until。",
        "It does not say when it is over; give the watch an until.",
    ),
    "no-time-limit": Text(
        "“{step}”可能一直等下去：请写 within，最好也写 missed。",
        "'{step}' may wait for ever; give it within, and best also missed.",
    ),
    "wait-for-no-mark": Text(
        "“{step}”等标记“{mark}”，可这条路上没有步骤会立它：{road}。",
        "'{step}' waits for the mark '{mark}', and no step on this road sets it: {road}.",
    ),
    "wait-for-raised-mark": Text(
        "“{step}”等标记“{mark}”；这条路上只有监视项触发或超时才会有步骤立它：{road}。",
        "'{step}' waits for the mark '{mark}'; on this road only a watch or a passed limit brings it: {road}.",
    ),
    "limit-off-road": Text(
        "“{step}”在这条路上轮不到：{road}；路还没定、时限先到，照样会打开“{late}”。",
        "'{step}' never comes on this road: {road}; if its limit passes before that is known, '{late}' opens all "
        "the same.",
    ),
    "step-text-long": Text(
        "步骤文字有 {lines} 行，最好不超过 {most} 行：多的写进 detail。",
        "The text of the step has {lines} lines, better at most {most}; put more into detail.",
    ),
    "review-passed": Text(
        "复审日期 {date} 已过：请复审后改写日期。",
        "It should have been reviewed by {date}; review it and write a new date.",
    ),
    "unreleased": Text(
        "还没有批准发布：批准后写上 released。",
        "It is not released; write released when somebody has approved it.",
    ),
    "parameter-default": Text(
        "参数“{name}”还是默认值 {value}：请按本站核定后写 value。",
        "The parameter '{name}' still has its default {value}; decide on it here and write value.",
    ),
    "placeholder": Text(
        "“{found}”像是示例，不是本站的：请换成本站的实际内容。",
        "'{found}' looks like an example; write what holds at your site.",
    ),
    "no-drill": Text(
        "没有演练覆盖{what}。",
        "No drill covers {what}.",
    ),
    "no-takes": Text(
        "“{step}”没有写 takes，不计入时间。",
        "'{step}' has no takes, so it counts nothing in the times.",
    ),
}
