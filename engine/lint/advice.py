"""The rules that advise, with reason and example; none of them changes the exit code."""

from __future__ import annotations

from engine.book import Rule
from engine.text import Text


def _rule(rule_id: str, title: Text, explanation: Text, wrong: str, right: str) -> Rule:
    return Rule(rule_id, title, explanation, wrong, right, severity="advice", readable=True)


ADVICE = (
    _rule(
        "two-actions",
        Text("一步里有两个动作", "Two actions in one step"),
        Text(
            "一步只写一个动作：两个动作做了一半时没法打勾，忙乱中后一个常被漏掉。按词判断，可能看错。",
            "One step is one act: half done it cannot be ticked, and in a hurry the second is forgotten. "
            "Judged by words, so it may be mistaken.",
        ),
        "do: {zh: 停机并关闭进水阀, en: Stop the unit and close its feed valve}",
        "do: {zh: 停机, en: Stop the unit}",
    ),
    _rule(
        "condition-last",
        Text("条件写在动作后面", "The condition behind the action"),
        Text(
            "人读到动作就动手，读不到后面的条件。先写条件，或写成 only_when。按词判断，可能看错。",
            "People act on the first words they read. Say the condition first, or write only_when. "
            "Judged by words, so it may be mistaken.",
        ),
        "do: {zh: 关闭立管，如果水还在涨, en: Close the riser if the water still rises}",
        "do: {zh: 水还在涨时关闭立管, en: 'If the water still rises, close the riser'}",
    ),
    _rule(
        "passive-voice",
        Text("被动句", "Passive voice"),
        Text(
            "被动句没有说谁来做。请写成命令。按词判断，可能看错。",
            "The passive does not say who acts. Write a command. Judged by words, so it may be mistaken.",
        ),
        "do: {zh: 阀门被关闭, en: The valve is to be closed}",
        "do: {zh: 关闭阀门, en: Close the valve}",
    ),
    _rule(
        "all-except",
        Text("除……外全部", "All except"),
        Text(
            "“除……外全部”要读的人自己算出剩下哪些，急的时候会多做一个。请列出要做的，或要留的另写一步。"
            "按词判断，可能看错。",
            "'All except' leaves it to the reader to work out what is meant, and in a hurry one too many is taken. "
            "List what is to be done. Judged by words, so it may be mistaken.",
        ),
        "do: {zh: 除 3 号柜外全部断电, en: Open all feeders except row 3}",
        "do: {zh: 断开 1、2、4 号柜, en: 'Open feeders 1, 2 and 4'}",
    ),
    _rule(
        "warning-instructs",
        Text("警告里有操作", "A warning that contains an instruction"),
        Text(
            "警告写危险和后果，不能打勾；写在里面的操作没有人记录做没做。请另写一步。按词判断，可能看错。",
            "A warning names hazard and consequence and cannot be ticked, so nobody records whether what it "
            "says was done. Make a step of it. Judged by words, so it may be mistaken.",
        ),
        "warn: {zh: 不要踩水，会触电, en: 'Do not step into the water, it may be live'}",
        "warn: {zh: 积水可能带电，触电致死, en: Standing water may be live. Electric shock kills}",
    ),
    _rule(
        "opposite-plans",
        Text("两份预案把一个设备置于相反的状态", "Two plans switch one thing in opposite ways"),
        Text(
            "两起事件可能同时进行。到时程序在两边的步骤上报警、写明是哪两步，由人决定；能事先想好的，"
            "请在两份预案里写明谁先、怎么说定，或者写 inhibits。",
            "Both hazards may go on at once. The program then warns at either step and names both, and people decide. "
            "What can be thought of beforehand is better said in both plans: who goes first, and who agrees with "
            "whom; or write inhibits.",
        ),
        "# leak.yaml\ntouches: {sprinkler: closed}\n# fire.yaml\ntouches: {sprinkler: open}",
        '# fire.yaml\nneeds: "sprinkler-free"      # its hold asks the leak team first',
    ),
    _rule(
        "watch-without-until",
        Text("监视项没有 until", "watch without until"),
        Text(
            "没有写到何时为止，触发后只有人来撤销，不然一直亮着。",
            "Without an end it stays raised until somebody thinks of taking it back.",
        ),
        '- {id: hot, when: "inlet > 32", level: I}',
        '- {id: hot, when: "inlet > 32", level: I, until: "inlet < 27"}',
    ),
    _rule(
        "no-time-limit",
        Text("关口、联系或等待没有时限", "hold, contact or wait without a time limit"),
        Text(
            "签字、接电话和等条件成立取决于别人；没有时限就没有警报，可能一直等下去。",
            "Signatures, answered calls and conditions depend on others; without a limit no alarm ever rings.",
        ),
        "hold: Entry permitted\nsign: [PWR, ENG]",
        "hold: Entry permitted\nsign: [PWR, ENG]\nwithin: 15m\nmissed: IC",
    ),
    _rule(
        "wait-for-raised-mark",
        Text("等一个只有监视项或超时才会带来的标记", "A wait for a mark that only a watch or a limit brings"),
        Text(
            "条件离不开这个标记，可有的路上只有触发了监视项、或超了时限，才有步骤会立它：不触发就一直等。"
            "确实要等那件事时不用改；否则给条件加上别的出路。",
            "The condition needs the mark, and on some road only a raised watch or a missed limit brings a step "
            "that sets it: until then it waits. Leave it where that is meant; else give the condition another way "
            "to come true.",
        ),
        "- id: dried\n  after: look            # the pump comes only behind the watch `water`\n  wait: Wait for the "
        "pump\n  until: pumped",
        "- id: dried\n  after: water\n  wait: Wait for the pump\n  until: pumped",
    ),
    _rule(
        "limit-off-road",
        Text("从报障起算的时限管着可能轮不到的步骤", "A limit from the report on a step that may never come"),
        Text(
            "还不知道这一步会不会轮到，时限就到了：missed 的步骤照样打开。已经知道轮不到的，时限作废。"
            "把 missed 写成角色（只告警），或让这一步在每条路上都有，或从它前面的步骤起算。",
            "Where the limit passes before it is known whether this step comes, the step named by missed opens; once "
            "it is known that it does not come, its limit is nothing. Name a role instead (which only rings), or "
            "count from a step before it.",
        ),
        "- {id: arrive, after: ask.go, within: 1h, from: reported, missed: second-crew, …}",
        "- {id: arrive, after: ask.go, within: 1h, from: ask, missed: second-crew, …}",
    ),
    _rule(
        "inside-alone",
        Text("inside 和 withdraw 只写了一个", "inside without withdraw, or withdraw without inside"),
        Text(
            "withdraw 叫所有人撤出，inside 的步骤这时不得做；只写一个，什么也不会被拦住。",
            "While a step that says withdraw has everybody out, the steps that say inside are held back. One "
            "without the other holds nothing back.",
        ),
        "- id: get-out\n  after: smoke\n  withdraw: back-in      # and no step says inside",
        "- id: get-out\n  after: smoke\n  withdraw: back-in\n- id: pump\n  inside: true",
    ),
    _rule(
        "not-safety",
        Text("管着人命却不是安全步骤", "Lives hang on it, and it is no safety step"),
        Text(
            "写了 never_alone 或 needs 的关口，和写了 withdraw 的步骤，都管着人的安全：写 class: safety，"
            "步骤才不能推迟，关口才至少要两个人签字。",
            "A hold with never_alone or needs, and a step with withdraw, are there for people's lives: only "
            "class: safety keeps a step from being put off, and asks a hold for two signatures.",
        ),
        "hold: Entry permitted\nnever_alone: true",
        "hold: Entry permitted\nnever_alone: true\nclass: safety",
    ),
    _rule(
        "step-without-role",
        Text("步骤没有写由谁做", "A step that is nobody's"),
        Text(
            "没有 role，谁都可以做，也就没有人会去做。",
            "Without role anybody may do it, and in a hurry nobody does.",
        ),
        "- id: dry\n  do: Remove the water",
        "- id: dry\n  do: Remove the water\n  role: ENG",
    ),
    _rule(
        "limit-unheard",
        Text("时限过了没有人知道", "A limit whose passing nobody hears of"),
        Text(
            "超过时限时，missed 写的步骤会打开，或 missed 写的角色会被通知；没有 missed（联系步骤的 else "
            "也算）就只是屏幕上变红。",
            "When a limit passes, the step that missed names opens or the role is told; without it (or the else "
            "of a contact) only the screen turns red.",
        ),
        "within: 15m",
        "within: 15m\nmissed: IC",
    ),
    _rule(
        "unguarded-irreversible",
        Text("不能收回的事没有关口", "What cannot be taken back, and no hold before it"),
        Text(
            "irreversible 的步骤做了就收不回：到它的每条路上，之前都应有人签过字。监视项打开的步骤是应急，不算。",
            "What says irreversible cannot be undone: on every road to it somebody has signed a hold. Steps "
            "behind a watch are for an emergency and are left out.",
        ),
        "- id: ask\n  …\n- id: close-riser\n  irreversible: true",
        "- id: permit\n  hold: …\n- id: close-riser\n  irreversible: true",
    ),
    _rule(
        "mark-unheard",
        Text("没有人用到的里程碑", "A mark that nothing asks for"),
        Text(
            "里程碑是给承诺、条件、until 和时限用的。没有一处用到它，而有一个名称很像：多半写错了。",
            "A mark is there for promises, conditions, until and limits. None of them asks for this one, and "
            "another is spelt alike: mostly it is misspelt.",
        ),
        "marks: diagnose",
        "marks: diagnosed",
    ),
    _rule(
        "no-way-to-reach",
        Text("联系不上的人或组", "Nobody can be reached there"),
        Text(
            "人员没有电话也没有 channels，通知对象组没有 channels：要联系时没有号码可打。",
            "A person without phone or channels, or a group without channels: when it matters there is no "
            "number to call.",
        ),
        "li: {name: 李明, roles: [ENG]}",
        "li: {name: 李明, roles: [ENG], phone: 0851-8692-1133}",
    ),
    _rule(
        "role-unheard",
        Text("没有预案用到的角色", "A role that no runbook knows"),
        Text(
            "人员担任的角色，预案的 roles 和升级表里都没有：多半写错了，这个人就不会被叫到。",
            "Somebody holds a role that no runbook declares and no escalation tells: mostly it is misspelt, and "
            "that person is never called.",
        ),
        "li: {name: 李明, roles: [EGN]}",
        "li: {name: 李明, roles: [ENG]}",
    ),
    _rule(
        "tag-unlisted",
        Text("标牌对不上", "A tag that the room does not list"),
        Text(
            "动设备之前要照标牌输入；机房的 tags 里没有这块牌子，说明有一处写错了。没有这台设备写“无”和 none。",
            "Before equipment is touched its tag is typed from the plate; where the tags of the room do not "
            "list it, one of the two is misspelt. Equipment that a room has not is said as 无 and none.",
        ),
        "riser-tag: {label: …, says: {zh: V-20, en: V-20}}      # tags: {V-02: …}",
        "riser-tag: {label: …, says: {zh: V-02, en: V-02}}",
    ),
    _rule(
        "step-text-long",
        Text("步骤文字超过三行", "The text of a step over three lines"),
        Text(
            "一眼读不完的步骤容易读错。要点留在步骤里，其余写进 detail。",
            "What is not read at a glance is read wrongly. Keep the point, and put the rest into detail.",
        ),
        "do: … five lines …",
        "do: Close the riser valve\ndetail: …",
    ),
    _rule(
        "review-passed",
        Text("过了复审日期", "The review date has passed"),
        Text(
            "设备、电话和人员会变；过了复审日期的预案可能已经不对。日期按 lint --day，默认是今天。",
            "Equipment, telephone numbers and people change; past its date the plan may be wrong. Judged "
            "against lint --day, today if not said.",
        ),
        "review_by: 2020-06-30",
        "review_by: 2027-06-30",
    ),
    _rule(
        "unreleased",
        Text("预案没有批准发布", "The runbook is not released"),
        Text(
            "没有批准的预案没有人对它负责。",
            "Nobody answers for a plan that nobody has approved.",
        ),
        "runbook: leak\nrevision: 2",
        "runbook: leak\nrevision: 2\nreleased: {by: wang, at: 2026-11-01}",
    ),
    _rule(
        "parameter-default",
        Text("参数还是默认值", "A parameter still at its default"),
        Text(
            "默认值是别处的经验，不是本站定的。核定后把它写进 value，相同也写。",
            "A default is what is known elsewhere. Decide on it for this site and write it as value, "
            "also when it is the same.",
        ),
        "live-gap: {label: …, unit: cm, default: 3}",
        "live-gap: {label: …, unit: cm, default: 3, value: 3}",
    ),
    _rule(
        "placeholder",
        Text("还是示例内容", "Still the words of the example"),
        Text(
            "机房、人员和电话是从示例抄来的，出事时打不通、找不到。按词判断，可能看错：example、示例、待填、"
            "待定、TBD、xxx、??、省略号结尾、555-01xx 这样的空号。",
            "Rooms, people and telephone numbers taken over from an example ring nowhere when it matters. Judged "
            "by words, so it may be mistaken: example, TBD, TODO, xxx, ??, an ellipsis, numbers like 555-01xx.",
        ),
        "wang: {name: 王强, phone: 0851-5550-0101, email: wang@example.com}",
        "wang: {name: 王强, phone: 0851-8692-1133, email: wang@gz-site.cn}",
    ),
    _rule(
        "no-drill",
        Text("没有演练覆盖", "No drill covers it"),
        Text(
            "没有练过的预案或回答，第一次走就是真的那一次。预案库里还没有演练时不提示。",
            "What was never drilled is walked for the first time when it is real. Says nothing as long as "
            "there are no drills.",
        ),
        "answers: {crac: …, pipe: …}      # no drill takes source.pipe",
        "# a drill that answers source.pipe",
    ),
    _rule(
        "no-takes",
        Text("步骤没有 takes", "A step without takes"),
        Text(
            "没有写时间的步骤按零计算，关键路径和承诺的余量就偏乐观。",
            "A step without times counts as nothing, so the critical path and the slack of promises look "
            "better than they are.",
        ),
        "- id: dry\n  do: Remove the water",
        "- id: dry\n  do: Remove the water\n  takes: 10/30/90",
    ),
)
"""Advice: about words, about what may wait for ever, and about a book that is not finished."""
