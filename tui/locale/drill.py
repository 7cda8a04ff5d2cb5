"""The words of drills, in both languages."""

from __future__ import annotations

from engine.text import Text

DRILL_WORDS: dict[str, Text] = {
    # --- the log
    "log-clock-set": Text("演练时钟设为{rate}", "set the exercise clock: {rate}"),
    "log-drill-planned": Text(
        "为演练 {drill} 准备情景 {scenario}", "planned scenario {scenario} for drill {drill}"
    ),
    "log-inject-set": Text("注入“{title}”：{how}", "inject '{title}': {how}"),
    "log-observed": Text("{kind}：{text}", "{kind}: {text}"),
    "log-rated": Text("目标 {objective} 评为 {rating}", "rated objective {objective}: {rating}"),
    "log-stage": Text("演练进入：{stage}", "the drill is now: {stage}"),
    "drill-role-DIRECTOR": Text("演练总指挥", "the drill's director"),
    "drill-role-TRAINER": Text("导调", "the trainer"),
    "drill-role-EVALUATOR": Text("评估员", "an evaluator"),
    "drill-role-LEAD": Text("评估组长", "the lead evaluator"),
    "drill-role-OBSERVER": Text("观察员", "an observer"),
    "drill-role-SAFETY": Text("安全员", "the safety officer"),
    "drill-role-ACTOR": Text("扮演人员", "an actor"),
    "drill-role-RECORDER": Text("记录员", "the recorder"),
    "log-stage-ended": Text("演练结束：{how}", "the drill ended: {how}"),
    "log-went-on": Text(
        "导调台程序停了 {text} 秒，演练照常进行",
        "the trainer's program was stopped for {text} s; the drill went on",
    ),
    "log-with-since": Text("自 {value} 起", "since {value}"),
    "log-with-expectation": Text("期望 {value}", "expectation {value}"),
    "log-with-explanation": Text("说明：{value}", "explanation: {value}"),
    "because-stopped by the trainer, reason follows": Text(
        "导调叫停，原因稍后说明", "stopped by the trainer, reason follows"
    ),
    "because-go on": Text("继续", "go on"),
    "because-written live": Text("临时写的", "written live"),
    "because-after the freeze": Text("等演练继续", "after the freeze"),
    "because-program stopped": Text("导调台程序停了", "the trainer's program was stopped"),
    "because-program stopped: confirmed": Text(
        "导调台程序停过，导调已确认", "the trainer's program was stopped; confirmed by the trainer"
    ),
    "because-time is up": Text("时间到", "time is up"),
    "because-演练 drill": Text("演练", "drill"),
    "because-comes": Text("抽中", "it comes"),
    "because-does not come": Text("没抽中", "it does not come"),
    "note-freeze-reason": Text("冻结原因", "why it was frozen"),
    "note-notified": Text("演练前已告知", "told before the drill"),
    "note-comcheck": Text("通信检查", "communication check"),
    "note-mark": Text("标记", "mark"),
    "note-from-mark": Text("从标记处另开", "begun from a mark"),
    "rate-0": Text("停住", "frozen"),
    "rate-1000": Text("走", "running"),
    "inject-delivered": Text("已送达", "delivered"),
    "inject-drawn": Text("抽签", "drawn"),
    "inject-held": Text("扣住", "held"),
    "inject-released": Text("放行", "released"),
    "inject-skipped": Text("跳过", "skipped"),
    "inject-delayed": Text("改时间", "moved"),
    "inject-written": Text("临时写的", "written live"),
    "inject-dropped": Text("作废", "dropped"),
    "seen-strength": Text("做得好", "strength"),
    "seen-gap": Text("不足", "gap"),
    "seen-safety": Text("安全", "safety"),
    "seen-fact": Text("事实", "fact"),
    "seen-finding": Text("评定", "finding"),
    "seen-deviation": Text("偏离预案", "deviation"),
    "seen-unsafe-act": Text("不安全行为", "unsafe act"),
    "outcome-met": Text("达到", "met"),
    "outcome-late": Text("迟了", "late"),
    "outcome-missed": Text("没做", "missed"),
    "outcome-wrong": Text("做错", "wrong"),
    "outcome-not-observed": Text("没看到", "not observed"),
    "outcome-not-presented": Text("没出现", "not presented"),
    "outcome-waived": Text("免评", "waived"),
    "outcome-open": Text("未定", "open"),
    "outcome-major": Text("严重", "major"),
    "outcome-moderate": Text("一般", "moderate"),
    "outcome-minor": Text("轻微", "minor"),
    "stage-approved": Text("已批准", "approved"),
    "stage-briefed": Text("已交底", "briefed"),
    "stage-running": Text("进行中", "running"),
    "stage-frozen": Text("冻结", "frozen"),
    "stage-ended": Text("结束", "ended"),
    "stage-evaluated": Text("已评估", "evaluated"),
    "stage-closed": Text("已归档", "closed"),
    "ended-normal": Text("正常结束", "normal"),
    "ended-early": Text("提前结束", "early"),
    "ended-real-event": Text("因真实事件中止", "stopped by a real event"),
    "ended-invalid": Text("无效", "invalid"),
    # --- the score
    "grade-critical": Text("关键", "critical"),
    "grade-major": Text("重要", "major"),
    "grade-normal": Text("一般", "normal"),
    "score-limits": Text("目标 {target}，最迟 {limit}", "target {target}, limit {limit}"),
    "rating-P": Text("顺利完成", "done without challenges"),
    "rating-S": Text("有些困难但完成", "done with some challenges"),
    "rating-M": Text("困难较大", "done with major challenges"),
    "rating-U": Text("没能完成", "unable to be done"),
    "rating-open": Text("{objective}  评级：还没有评", "{objective}  rating: not given yet"),
    "rating-proposed": Text(
        "{objective}  评级：{rating} {means}（程序建议，没有人确认）",
        "{objective}  rating: {rating} {means} (proposed, confirmed by nobody)",
    ),
    "rating-given": Text(
        "{objective}  评级：{rating} {means}（{name} 评定）",
        "{objective}  rating: {rating} {means} (given by {name})",
    ),
    "score-line": Text("得分 {number}    结论：{verdict}", "score {number}    verdict: {verdict}"),
    "score-formula": Text(
        "100 ×（0.50 × 完成 {completed} + 0.30 × 及时 {timely} + 0.20 × 评级 {rated}）- 扣分 {deducted} = {number}",
        "100 x (0.50 x done {completed} + 0.30 x in time {timely} + 0.20 x rated {rated}) - {deducted} = {number}",
    ),
    "score-facts": Text(
        "共 {presented} 条：{counts}；关键 {right}/{critical}；未定 {open}；覆盖 {coverage} %；冻结 {freeze} s；"
        "种子 {seed}；模型 {model}",
        "presented {presented}: {counts}; critical {right}/{critical}; open {open}; coverage {coverage} %; "
        "freeze {freeze} s; seed {seed}; model {model}",
    ),
    "score-gates": Text("关键项没有过：{gates}，所以不合格。", "Failed at the gate: {gates}."),
    "score-caps": Text(
        "评级 M 或 U 压低了结论：{objectives}", "Held down by a rating of M or U: {objectives}"
    ),
    "score-unexercised": Text("没有练到：{objectives}", "Not exercised: {objectives}"),
    "score-by-machine": Text(
        "机器演练：人员是模拟的，评级是程序建议、没有人确认，不计入任何统计。",
        "Played by machine: the people are simulated, the ratings are proposed and confirmed by nobody; "
        "it counts for nobody.",
    ),
    "verdict-excellent": Text("优", "excellent"),
    "verdict-good": Text("良", "good"),
    "verdict-passed": Text("合格", "passed"),
    "verdict-failed": Text("不合格", "failed"),
    "verdict-not-ratable": Text("不予评定（看到的太少）", "not ratable (too little was seen)"),
    "verdict-invalid": Text(
        "无效（有没标“演练”的消息发出）", "invalid (a message left without the word DRILL)"
    ),
    "verdict-no-verdict": Text("还没有结论（有未定的）", "no verdict yet (something is open)"),
    # --- the drill
    "drill-begins": Text(
        "{title}    预案 {runbook} {revision} 版    种子 {seed}",
        "{title}    runbook {runbook} rev {revision}    seed {seed}",
    ),
    "drill-ended": Text("演练结束：{how}，用时 {length}", "The drill ended: {how}, after {length}"),
    "drill-kept": Text(
        "记录：{run}；muster score {run} 可随时重算", "Record: {run}; muster score {run} reckons it again"
    ),
    "drill-word": Text("演练 DRILL", "DRILL 演练"),
    "drill-refused": Text("没有做成：{what}", "not allowed: {what}"),
    # --- two evaluators
    "agree-ratings": Text(
        "评级一致：{first} 与 {second}  {same}/{count}（{percent}%），kappa {kappa}",
        "ratings agree: {first} and {second}  {same} of {count} ({percent} %), kappa {kappa}",
    ),
    "agree-findings": Text(
        "评定一致：{first} 与 {second}  {same}/{count}（{percent}%），kappa {kappa}",
        "findings agree: {first} and {second}  {same} of {count} ({percent} %), kappa {kappa}",
    ),
    "agree-weak": Text("；一致性低，合并前先商量", "; weak: they should speak before this is merged"),
    # --- the dry check
    "check-plays": Text("已试演 {number}/{count} …", "played {number} of {count} …"),
    "check-length": Text(
        "试演 {count} 遍：最早 {earliest} 结束，一般 {middle}，最晚 {latest}",
        "Played {count} {count:time|times}: ends after {earliest} at the earliest, {middle} as a rule, {latest} at the "
        "latest",
    ),
    "check-unplayed": Text(
        "预案里没有人扮演的角色：{roles}；这些步骤由现场指挥做",
        "Roles of the runbook that nobody plays: {roles}; their steps fall to the commander",
    ),
    "check-expected": Text(
        "{id}  {text}  按时 {met}/{judged}",
        "{id}  {text}  met in time {met} of {judged}",
    ),
    "check-branches": Text(
        "回答 {taken}/{count} 个走到；一次也没走到的：",
        "Answers given: {taken} of {count}. Never given:",
    ),
    "check-trigger-at": Text("T+{at}", "T+{at}"),
    "check-trigger-after": Text("“{what}”之后", "after '{what}'"),
    "check-trigger-later": Text("“{what}”之后 {delay}", "{delay} after '{what}'"),
    "check-trigger-chance": Text("可能性 {percent}%", "chance {percent} %"),
    "check-trigger-manual": Text("由导调给出", "by the trainer"),
    "check-trigger-all": Text(" 且 ", " and "),
    "check-trigger-any": Text(" 或 ", " or "),
}
