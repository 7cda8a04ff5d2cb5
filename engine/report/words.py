"""The words of sheets and reports, in both languages."""

from __future__ import annotations

from string import Formatter
from typing import Any

from engine.text import Text

SPOKEN: dict[str, Text] = {
    "kind-R": Text("实战 REAL", "REAL 实战"),
    "kind-D": Text("演练 DRILL", "DRILL 演练"),
    "kind-E": Text("演练评估 DRILL EVALUATION", "DRILL EVALUATION 演练评估"),
    "kind-H": Text("排练 REHEARSAL", "REHEARSAL 排练"),
    "kind-P": Text("巡检 PATROL", "PATROL 巡检"),
    "answer-yes": Text("是", "yes"),
    "answer-no": Text("否", "no"),
    "status-done": Text("完成", "done"),
    "status-failed": Text("失败", "FAILED"),
    "status-skipped": Text("略过", "skipped"),
    "status-deferred": Text("暂缓", "deferred"),
    "status-overridden": Text("强制通过", "OVERRIDDEN"),
    "status-ready": Text("待办", "to do"),
    "status-active": Text("进行中", "begun"),
    "status-waiting": Text("等待", "waiting"),
    "status-held-back": Text("全员撤出，暂停", "held back"),
    "status-not-applicable": Text("不适用", "not applicable"),
    "status-asleep": Text("监视未触发", "asleep"),
    "status-passed": Text("条件不成立，略过", "passed, its condition was false"),
    "status-awaiting-second": Text("待第二人", "awaits a second person"),
    "status-provisional": Text("完成，口头签字待确认", "done on a voice to be confirmed"),
    "status-contradicted": Text("说法不一", "contradicted"),
    "status-to-confirm": Text("待确认", "to be confirmed"),
    "status-left-over": Text("遗留", "left over"),
    "alarm-broken": Text("承诺“{subject}”已违约", "the promise '{subject}' is broken"),
    "alarm-promise": Text("承诺“{subject}”快到期", "the promise '{subject}' is running out"),
    "alarm-overdue": Text("“{subject}”超时", "'{subject}' is overdue"),
    "alarm-round-missed": Text(
        "“{subject}”漏了 {detail} 次", "'{subject}' missed {detail} {detail:time|times}"
    ),
    "alarm-contradicted": Text("“{subject}”说法不一", "'{subject}' is contradicted"),
    "alarm-recheck": Text("“{subject}”要重新确认", "'{subject}' must be confirmed again"),
    "alarm-voice": Text(
        "“{subject}”的口头签字待 {detail} 确认",
        "the voice signature of {detail} on '{subject}' is to be confirmed",
    ),
    "alarm-act-band": Text("{subject} {detail}，到了处置限", "{subject} {detail}: act now"),
    "alarm-watch": Text("监视触发：{subject}", "watch raised: {subject}"),
    "alarm-two-commanders": Text("有两位 {subject}：{detail}", "two hold the role {subject}: {detail}"),
    "alarm-level": Text("建议级别 {subject}", "level {subject} is suggested"),
    "alarm-escalate": Text(
        "{detail} 级还没恢复，要告知：{subject}", "level {detail} is not restored: tell {subject}"
    ),
    "alarm-held": Text("处置挂起中：{subject}", "the run is on hold: {subject}"),
    "alarm-nobody": Text(
        "“{subject}”名单打完，无人应答", "'{subject}': the list is used up, nobody answered"
    ),
    "alarm-second-differs": Text(
        "“{subject}”两人读数不一样：{detail}", "two people read '{subject}' differently: {detail}"
    ),
}
"""What the terminal says too: one word per thing, on paper and on screen."""

WORDS: dict[str, Text] = SPOKEN | {
    # --- the first lines
    "written": Text(
        "写于 {time}。若已过 2 分钟，就是程序停了：请照纸质预案 {runbook} 第 {revision} 版，从第 {step} 步做下去。",
        "Written {time}. Older than 2 minutes = the program has stopped: "
        "go on from step {step} on paper {runbook} rev {revision}.",
    ),
    "written-end": Text(
        "写于 {time}。路上已无未完成的步骤（{runbook} 第 {revision} 版）。",
        "Written {time}. Nothing is left on the road of {runbook} rev {revision}.",
    ),
    "written-ended": Text(
        "写于 {time}。处置已于 {at} 结束（{runbook} 第 {revision} 版）。",
        "Written {time}. The run ended at {at} ({runbook} rev {revision}).",
    ),
    "place": Text("位置：第 {number}/{total} 步 {title}", "Place: step {number}/{total} {title}"),
    "elapsed": Text(
        "{date} {zone}，已历时 {elapsed}，级别 {level}", "{date} {zone}, elapsed {elapsed}, level {level}"
    ),
    "no-level": Text("未定", "none"),
    "on-hold": Text(
        "已挂起：{reason}（{name}，{time}）。时钟照走。",
        "ON HOLD: {reason} ({name}, {time}). The clocks go on.",
    ),
    # --- sections
    "people": Text("人员", "PEOPLE"),
    "open": Text("现在要做", "OPEN NOW"),
    "next": Text("接下来", "NEXT"),
    "readings": Text("读数", "READINGS"),
    "promises": Text("承诺", "PROMISES"),
    "holds": Text("停止点", "HOLDS"),
    "alarms": Text("告警", "ALARMS"),
    "watches": Text("已触发的监视", "WATCHES RAISED"),
    "deferred": Text("暂缓", "DEFERRED"),
    "left-over": Text("遗留，须复原或开单", "LEFT OVER: put back or ticketed"),
    "acts": Text("最近的记录", "LAST ACTS"),
    # --- lines
    "by-role": Text("{role}：{names}", "{role}: {names}"),
    "nobody": Text("无人担任", "nobody"),
    "warning": Text("警告：{text}", "WARNING: {text}"),
    "for-role": Text("由 {roles} 执行", "For the {roles}"),
    "at-place": Text("地点：{place}", "Place: {place}"),
    "expect": Text("应达到：{text}", "Expect: {text}"),
    "expect-in": Text("应在 {time}内达到：{text}", "Expect within {time}: {text}"),
    "begun": Text("{name} 于 {time} 开始", "begun {time} by {name}"),
    "by-limit": Text("时限 {time}", "limit {time}"),
    "by-wait": Text("等到 {time}", "wait until {time}"),
    "by-round": Text("下一次 {time}", "next visit {time}"),
    "by-expect": Text("应在 {time} 前见效", "expected by {time}"),
    "value": Text(
        "{label} {value}   {time}，{age} 前，{source}", "{label} {value}   {time}, {age} ago, {source}"
    ),
    "too-old": Text("（过时）", " (too old)"),
    "differs": Text("（说法不一）", " (contradicted)"),
    "promise-running": Text("{title}：{time} 前", "{title}: by {time}"),
    "promise-broken": Text("{title}：已违约（{time}）", "{title}: BROKEN at {time}"),
    "hold-waits": Text("待签：{missing}", "must sign: {missing}"),
    "hold-some": Text("待签 {count} 个，可由：{missing}", "{count} must sign, of: {missing}"),
    "hold-signed": Text("已签：{names}", "signed: {names}"),
    "voice": Text("（口头，待确认）", " (by voice, to be confirmed)"),
    "since": Text("{time} {words}", "{time} {words}"),
    "until-step": Text("在“{step}”之前补做", "before '{step}'"),
    "because": Text("原因：{reason}", "because {reason}"),
    "owner": Text("负责：{name}", "owner {name}"),
    "more": Text("另有 {count} 项", "and {count} more"),
}


def say(word_id: str, language: str, /, **facts: object) -> str:
    """The words of that id in `language`, filled."""
    return fill(WORDS[word_id], language, **facts)


def fill(words: Text, language: str, /, **facts: Any) -> str:
    """Words in `language` with the facts in their blanks; ``{count:entry|entries}`` says one or many."""
    said = words.of(language)
    if "{" not in said and "}" not in said:
        return said
    filled = {name: one.of(language) if isinstance(one, Text) else one for name, one in facts.items()}
    return _COUNTING.vformat(said, (), filled)


class _Counting(Formatter):
    """``{count:entry|entries}`` is the word for one, or for any other number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else many


_COUNTING = _Counting()
