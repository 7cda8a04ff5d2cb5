"""Rules of a drill scenario: its objectives, its injects and what is expected."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

SCENARIOS = (
    rule(
        "undefined-objective",
        Text("没有这个目标", "An objective that is not defined"),
        Text(
            "注入和期望只能引用本情景 objectives 里的目标。",
            "Injects and expectations speak of objectives that stand under `objectives` of the scenario.",
        ),
        "expectations:\n  - {id: E1, objective: O9, …}      # there is no O9",
        "expectations:\n  - {id: E1, objective: O1, …}",
    ),
    rule(
        "undefined-inject",
        Text("没有这个注入", "An inject that is not defined"),
        Text("这里只能写本情景里的注入编号。", "Only injects of this scenario can stand here."),
        "raises: {smel: smoke}",
        "raises: {smell: smoke}",
    ),
    rule(
        "undefined-moment",
        Text("没有这样的时刻", "A moment that never comes"),
        Text(
            "after 和 from 从某件事算起：预案的步骤、回答、里程碑、监视项，本情景的注入，或者 reported。",
            "`after` and `from` count from something that happens: a step, answer, mark or watch of the "
            "runbook, an inject of the scenario, or `reported`.",
        ),
        "when: {after: dispached, delay: 2m}",
        "when: {after: dispatched, delay: 2m}",
    ),
    rule(
        "undefined-asked",
        Text("这一步不问", "A step that asks nothing"),
        Text(
            "facts.answers 里只能写预案中有回答、或有 only_when 的步骤。",
            "Under `facts: answers` stand steps of the runbook that have answers, or an `only_when`.",
        ),
        "facts: {answers: {doorway: wet}}      # doorway is a plain step",
        "facts: {answers: {confirm: wet}}",
    ),
    rule(
        "limit-before-target",
        Text("最迟时间不晚于目标", "The limit is not later than the target"),
        Text(
            "得分在 target 之前是满分，到 limit 为零，所以 limit 必须更晚。",
            "Up to the target nothing is lost, at the limit everything is, so the limit must be later.",
        ),
        "{target: 10m, limit: 5m}",
        "{target: 5m, limit: 10m}",
    ),
    rule(
        "no-notice-unkept",
        Text("双盲和它的安排没有写在一起", "Without notice, and how that is kept, do not stand together"),
        Text(
            "notice: no-notice 的演练要在 no_notice 里写明知情人和取消口令；预先通知的演练不写 no_notice。",
            "A drill with `notice: no-notice` says under `no_notice` who knows and the word that calls it off; "
            "an announced one has no `no_notice`.",
        ),
        "notice: no-notice",
        "notice: no-notice\nno_notice: {agents: [deng], code_word: …}",
    ),
    rule(
        "chance-range",
        Text("可能性不在 0 到 100 之间", "A chance that is none"),
        Text(
            "chance 是百分之几，大于 0，不超过 100；不会发生的注入就不要写。",
            "`chance` is in percent, above 0 and at most 100; an inject that never comes is not written.",
        ),
        "when: {chance: 150}",
        "when: {chance: 50}",
    ),
    rule(
        "objective-untried",
        Text("没有注入考这个目标", "An objective that no inject tries"),
        Text(
            "每个目标都要有至少一个注入给出机会，否则演练里不会发生需要它的事。",
            "Every objective needs an inject that gives the occasion, else nothing in the drill calls for it.",
        ),
        "objectives: [{id: O1, …}, {id: O2, …}]\ninjects: [{id: call, objectives: O1, …}]",
        "injects: [{id: call, objectives: [O1, O2], …}]",
    ),
    rule(
        "objective-unjudged",
        Text("没有期望评这个目标", "An objective that nothing judges"),
        Text(
            "每个目标都要有至少一条期望，否则演练后说不出它达到没有。",
            "Every objective needs an expectation, else nobody can say afterwards whether it was reached.",
        ),
        "objectives: [{id: O1, …}, {id: O2, …}]\nexpectations: [{id: E1, objective: O1, …}]",
        "expectations: [{id: E1, objective: O1, …}, {id: E2, objective: O2, …}]",
    ),
    rule(
        "expectation-unmeetable",
        Text("再好的队伍也做不到的期望", "An expectation that nobody can meet"),
        Text(
            "由机器扮演最快、不犯错的人演了几遍，这条期望一次也没有按目标达到。"
            "要么事实（facts）没让它发生，要么目标太紧，要么步骤名写错了路。",
            "Quick people who make no mistake played the drill a few times by machine and never met this in "
            "time. Either the facts keep it from happening, or its target is too short, or it names a step "
            "of another road.",
        ),
        "{step: close-upstream, target: 1s, limit: 2s}",
        "{step: close-upstream, target: 20m, limit: 45m}",
    ),
    rule(
        "idle-not-failed",
        Text("什么都不做也不会不合格", "A crew that does nothing is not failed"),
        Text(
            "一支一动不动的队伍也没有不合格，说明没有一条关键期望是从一开始就要做的。",
            "A crew that never moved was not failed: no critical expectation counts from something that "
            "happens by itself.",
        ),
        "expectations: [{id: E1, class: normal, from: crac-stop, …}]",
        "expectations: [{id: E1, class: critical, from: reported, …}]",
    ),
)
