"""What is said of a record as such: that it is not what was signed, wherever it is read; what a list leaves out."""

from __future__ import annotations

from engine.text import Text

PROVEN: dict[str, Text] = {
    # In the log, before the line; the numbers are those that `verify` names.
    "log-changed": Text(
        "! 被改过（日志 {journal} 第 {jseq} 条）  {line}", "! CHANGED (entry {jseq} of {journal})  {line}"
    ),
    "log-loose": Text(
        "! 接不上前一条（日志 {journal} 第 {jseq} 条）  {line}",
        "! DOES NOT FOLLOW (entry {jseq} of {journal})  {line}",
    ),
    "log-broken": Text(
        "记录被破坏：这里有 {count} 处与签过的不符，带 ! 的不可当真；查明用 {command}。",
        "BROKEN: in {count} {count:place|places} this is not what was signed; do not trust a line with !, "
        "and run {command}.",
    ),
    "record-broken": Text(
        "!! 记录被改过：这次处置有 {count} 处与签过的不符；照预案走，做过的和读过的请当面核对；查明用 muster verify",
        "!! The record was changed: in {count} {count:place|places} this run is not what was signed; walk on, "
        "but check what was done and read, and run muster verify",
    ),
    "at-run": Text("（{run}，{when}，{kind}）", " ({run}, {when}, {kind})"),
    "at-device": Text("（设备自己的一条，{when}，{kind}）", " (of the device itself, {when}, {kind})"),
    "runs-more": Text(
        "另有 {count} 次已结束，没有列出（其中演练 {drills} 次）：{command}",
        "Ended, and not listed here: {count} (drills among them: {drills}); {command}",
    ),
    "see-log": Text(
        "被改过的条目在 {command} 里带 ! 标出。", "What was changed is marked with ! in {command}."
    ),
    "report-changed": Text("【被改过】{what}", "[CHANGED] {what}"),
    "report-loose": Text("【接不上前一条】{what}", "[DOES NOT FOLLOW] {what}"),
    "report-proof-first": Text(
        "核对记录：{said}（详见“记录是否完整”）", "The record: {said} (More under 'Is the record intact'.)"
    ),
}
