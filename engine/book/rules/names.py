"""Rules of names: each is defined once, and every use of one is answered."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

NAMES = (
    rule(
        "bad-id",
        Text("名称的写法不对", "Not the form of a name"),
        Text(
            "名称用小写字母、数字和连字符，以字母开头；角色、机房和人员也可以用大写字母。记录永远引用它。",
            "A name is lower-case letters, digits and hyphens, and begins with a letter; roles, rooms "
            "and people may "
            "have capitals. The record refers to it for ever.",
        ),
        "id: Close_Valve",
        "id: close-valve",
    ),
    rule(
        "reserved-name",
        Text("保留的名称", "A reserved name"),
        Text(
            "all、waited、reported、site、none、no、and、or、not、since-…、…-rise 和线名 restore 有固定的意思。",
            "all, waited, reported, site, none, no, and, or, not, since-…, …-rise and the lane restore mean "
            "something already.",
        ),
        "id: all",
        "id: everything",
    ),
    rule(
        "double-id",
        Text("名称重复", "A name used twice"),
        Text(
            "步骤、监视项、读数和里程碑共用一套名称，每个名称只有一个意思。几个步骤可以带同一个里程碑。",
            "Steps, watches, readings and marks share one set of names, and each means one thing. "
            "Several steps may carry the same mark.",
        ),
        "- id: depth      # a reading is called depth",
        "- id: measure-depth",
    ),
    rule(
        "double-runbook",
        Text("两个文件是同一个预案", "Two files with one runbook"),
        Text(
            "预案库里每个预案编号只有一个文件，否则没人知道打开的是哪一个。",
            "Each runbook of a book has one file, or nobody knows which one is opened.",
        ),
        "runbook: leak      # in leak.yaml and in leak-old.yaml",
        "runbook: leak-old",
    ),
    rule(
        "patrol-misplaced",
        Text("巡检不在 patrols 文件夹", "A patrol outside the folder patrols"),
        Text(
            "写了 patrol 的文件放在 patrols 文件夹里，应急预案放在外面，两者不会弄混。",
            "What says `patrol` lies in the folder patrols and emergencies outside it, so that nobody mistakes "
            "one for the other.",
        ),
        "runbooks/patrol-shift.yaml",
        "runbooks/patrols/patrol-shift.yaml",
    ),
    rule(
        "listed-twice",
        Text("列表里重复", "Listed twice"),
        Text(
            "同一项在列表里写了两次，多半是想写另一项。",
            "The same entry stands twice in a list; mostly another was meant.",
        ),
        "record: [depth, depth]",
        "record: [depth, flow]",
        readable=True,
    ),
    rule(
        "undefined-step",
        Text("没有这个步骤", "There is no such step"),
        Text(
            "after、else、refused、missed、back_to、defer、from 指的步骤（或监视项、"
            "里程碑）必须在这个预案里。",
            "What after, else, refused, missed, back_to, defer and from name must be in this runbook.",
        ),
        "after: confrim",
        "after: confirm",
    ),
    rule(
        "undefined-answer",
        Text("没有这个回答", "There is no such answer"),
        Text(
            "“步骤.回答”里的回答必须是那个步骤会有的：ask 的 answers；有 else 的 expect 是 met、unmet；"
            "有 refused 的 hold 是 signed、refused；有 else 的 contact 是 reached、nobody。",
            "STEP.ANSWER needs an answer that step can end with: those of an ask; met and unmet of an "
            "expect with else; "
            "signed and refused of a hold with refused; reached and nobody of a contact with else.",
        ),
        "after: source.crack",
        "after: source.crac",
    ),
    rule(
        "undefined-role",
        Text("没有这个角色", "There is no such role"),
        Text(
            "角色要在 roles 里声明，连同它在各语言里的名称。",
            "A role is declared under roles, with what it is called in every language.",
        ),
        "role: ELEC",
        "roles: {ELEC: {zh: 电工, en: electrician}}",
        readable=True,
    ),
    rule(
        "undefined-reading",
        Text("没有这个读数", "There is no such reading"),
        Text(
            "读数要在 readings 里声明，连同名称和单位。",
            "A reading is declared under readings, with its label and unit.",
        ),
        "record: deph",
        "record: depth",
        readable=True,
    ),
    rule(
        "undefined-mark",
        Text("没有这个里程碑", "There is no such mark"),
        Text(
            "until 指步骤、里程碑或条件；里程碑要有步骤用 marks 带着它，否则永远不会到。",
            "until names a step, a mark or a condition; a mark that no step carries is never reached.",
        ),
        "every: 60m\nuntil: recoverd",
        "every: 60m\nuntil: recovered",
    ),
    rule(
        "undefined-watch",
        Text("没有这个监视项", "There is no such watch"),
        Text("排练里触发的监视项必须在预案的 watch 里。", "A rehearsal raises a watch of its runbook."),
        "raise: smok",
        "raise: smoke",
    ),
    rule(
        "undefined-runbook",
        Text("没有这个预案", "There is no such runbook"),
        Text(
            "run、inhibits 和排练指的预案必须在同一个预案库里。",
            "What run, inhibits and a rehearsal name must be in the same plan book.",
        ),
        "run: fyre",
        "run: fire",
    ),
    rule(
        "undefined-group",
        Text("没有这个通知对象组", "There is no such group"),
        Text("tell 的对象组在 site.yaml 的 groups 里。", "The groups of a tell are those of site.yaml."),
        "tell: custmers",
        "tell: customers",
    ),
    rule(
        "undefined-person",
        Text("没有这个人", "There is no such person"),
        Text("人员在 site.yaml 的 people 里。", "People are those of site.yaml."),
        "deputy: wnag",
        "deputy: wang",
    ),
    rule(
        "undefined-base",
        Text("没有这个驻地", "There is no such base"),
        Text("驻地在 site.yaml 的 bases 里。", "Bases are those of site.yaml."),
        "travel: {dutty: 5m}",
        "travel: {duty: 5m}",
    ),
    rule(
        "undefined-room",
        Text("没有这个机房", "There is no such room"),
        Text("机房在 site.yaml 的 rooms 里。", "Rooms are those of site.yaml."),
        "room: A9",
        "room: A1",
    ),
    rule(
        "undefined-site",
        Text("没有这个站点", "There is no such site"),
        Text("排练的站点必须是这个预案库的站点。", "The site of a rehearsal is the site of its plan book."),
        "site: demmo",
        "site: demo",
    ),
    rule(
        "undefined-promise",
        Text("没有这个承诺", "There is no such promise"),
        Text("承诺在 promises.yaml 里。", "Promises are those of promises.yaml."),
        "promises: {respnd: kept}",
        "promises: {respond: kept}",
    ),
    rule(
        "nobody-holds",
        Text("本站没有人担任这个角色", "Nobody at the site holds this role"),
        Text(
            "contact 步骤要联系的角色在 site.yaml 里没有人担任，到时没有人可以打电话。外单位也可以写进 "
            "people。",
            "Nobody in site.yaml holds the role that a contact step must reach, so there is nobody to call. "
            "People of other companies may stand under people too.",
        ),
        "contact: VEN      # nobody has roles: [VEN]",
        "people: {wu: {name: 吴敏, roles: [VEN]}}",
        severity="advice",
        readable=True,
    ),
)
