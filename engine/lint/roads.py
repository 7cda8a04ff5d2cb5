"""The rules about roads, with reason and example: what goes wrong only on some of them."""

from __future__ import annotations

from engine.book import Rule
from engine.text import Text


def _rule(rule_id: str, title: Text, explanation: Text, wrong: str, right: str) -> Rule:
    return Rule(rule_id, title, explanation, wrong, right, readable=True)


ROADS = (
    _rule(
        "answer-decides-nothing",
        Text("列表里的回答不起作用", "An answer in a list that decides nothing"),
        Text(
            "after 列表里只要有一项通到这里，这一步就会做。列表里的回答旁边如果还有一项与那个判断无关，"
            "不管怎么回答都会走到这里。想按回答决定做不做，请写 only_when。"
            "那个判断的每个回答最后都通到这里时，不算错。",
            "A step comes when any entry of its list leads to it. Beside an answer, an entry that does not "
            "depend on that decision leads here whatever is answered. Whether a step is done is said by "
            "only_when. It is no error when every answer of the decision leads here in the end.",
        ),
        "after: [survey, off.cut]",
        'after: [survey, off]\nonly_when: "off.cut"',
    ),
    _rule(
        "expect-without-else",
        Text("expect 没有 else", "expect without else"),
        Text(
            "看不到应有的结果时，现场的人不知道下一步去哪里。写 else：去哪一步、退回哪一步、finding（留为待处理问题），"
            ""
            "或者想清楚了确实没有别的步骤，写 none：记未能完成，照样记完成须写明看到什么。",
            "When what should be seen is not, nobody knows where to go on. Write else: a step, a way back, finding "
            "(it is left open), or, where there is no other step on purpose, none: whoever is there says that it could "
            "not be done, or writes down what they see before it counts as done.",
        ),
        'expect: {that: "flow < 0.5"}',
        'expect: {that: "flow < 0.5", else: close-riser}',
    ),
    _rule(
        "reading-not-taken",
        Text("条件用到的读数没有先读", "A condition on a reading that some road does not take first"),
        Text(
            "only_when、回答的 when 和 until 打开时就要判断；读数没有读过就是未知，只能临时问人。"
            "每一条走到这里的路都要先读。级别和监视项除外：它们等到有读数再判断。",
            "only_when, the when of an answer and until are judged as soon as they are asked; a reading that "
            "was never taken is UNKNOWN, and a person must guess. Every road to the step reads it first. "
            "Levels and watches are excepted: they wait until it is read.",
        ),
        'only_when: "depth >= 3"      # nothing before it has record: depth',
        '- id: look\n  record: depth\n- id: pump\n  only_when: "depth >= 3"',
    ),
    _rule(
        "answer-not-given",
        Text("条件用到的回答可能还没有", "only_when on an answer that some road has not given"),
        Text(
            "only_when 在步骤打开时只判断一次。用到的判断如果在另一条线上，那时可能还没有回答。"
            "请让这一步排在那个判断之后。",
            "only_when is judged once, when the step opens. A decision of another lane may not have been "
            "answered by then. Let the step come after that decision.",
        ),
        'lane: cooling\nafter: arrive\nonly_when: "source.crac"',
        'lane: cooling\nafter: source\nonly_when: "source.crac"',
    ),
    _rule(
        "mark-twice",
        Text("一条路上同一个里程碑到两次", "One mark twice on a road"),
        Text(
            "承诺从里程碑算时间；一条路上到两次，就不知道算哪一次。不同的路上可以各有一个。",
            "Promises count from marks; when one is reached twice on a road nobody knows which counts. "
            "Two roads may each have it.",
        ),
        "- id: arrive\n  marks: arrived\n- id: look\n  marks: arrived",
        "- id: arrive\n  marks: arrived\n- id: look",
    ),
    _rule(
        "opposite-states",
        Text("同时把一个设备置于两种状态", "One resource in two states at the same time"),
        Text(
            "两步可能同时进行，一步打开、另一步关闭同一个设备：结果看谁手快，还会伤人。请排出先后。"
            "监视项打开的步骤就是用来打断其他步骤的，不与它们比较。",
            "Two steps that nothing puts in order switch one resource in opposite ways: what comes of it "
            "depends on who is faster, and somebody may be hurt. Put one after the other. What a watch opens "
            "is meant to cut in, and is not compared with what it cuts into.",
        ),
        '- id: off\n  after: look\n  touches: {FEED-1: "off"}\n'
        '- id: test\n  after: look\n  touches: {FEED-1: "on"}',
        '- id: off\n  after: look\n  touches: {FEED-1: "off"}\n'
        '- id: test\n  after: off\n  touches: {FEED-1: "on"}',
    ),
    _rule(
        "opposite-run",
        Text(
            "与子预案同时把一个设备置于两种状态", "A step beside a run that switches one thing the other way"
        ),
        Text(
            "run 的步骤做的就是那份预案做的事；旁边没有先后的一步把同一个设备（同名，或同一块标牌）置于另一种状态，"
            "两边就会互相拆台。请排出先后；hand_over 的不等它结束，后面的步骤也算同时。",
            "A run step does what its runbook does. A step that nothing puts before or after it, and that puts the "
            "same thing (by its name or its tag) into another state, works against it. Put one after the other; what "
            "is handed over is not waited for, so it goes on beside every step behind it.",
        ),
        '- id: restore\n  after: look\n  run: re-energise          # its steps say touches: {FEED-1: "on"}\n'
        '- id: off\n  after: look\n  touches: {FEED-1: "off"}',
        '- id: off\n  after: look\n  touches: {FEED-1: "off"}\n- id: restore\n  after: off\n  run: re-energise',
    ),
    _rule(
        "inhibits-lives",
        Text("压住了关系人身安全的预案", "inhibits keeps back what a life may hang on"),
        Text(
            "inhibits 压住的预案在那边进行期间不往外推。"
            "有 safety 步骤或叫人撤出的预案从不压住：认错了，人就没有步骤可走。程序也不照办。",
            "What inhibits names is not put forward while the run goes on. A runbook with a step of class safety, or "
            "one that gets people out, is never kept back: whoever was mistaken would have no steps to go by. The "
            "program does not do it either.",
        ),
        "inhibits: fire",
        "inhibits: ups-on-battery      # only says what to look at",
    ),
    _rule(
        "inhibits-own",
        Text("压住了自己要启动的预案", "inhibits keeps back what the plan itself opens"),
        Text(
            "预案自己的步骤或监视项要启动它，又不让它启动：人每次都得写理由。请去掉其中一个。",
            "A step or watch of the runbook opens what the runbook keeps back, so it takes a reason every time. Take "
            "one of the two away.",
        ),
        "inhibits: network\nwatch:\n  - {id: net-down, if: …, run: network}",
        "watch:\n  - {id: net-down, if: …, run: network}",
    ),
    _rule(
        "wait-for-no-mark",
        Text("等一个这条路上没有的标记", "A wait for a mark that its road does not reach"),
        Text(
            "条件离不开这个标记，可有的路上没有步骤会立它：等待的人永远等不到，处置结束不了。条件里加上别的出路，"
            "或让这一步也跟在那个回答后面。",
            "The condition needs the mark, and on some road no step sets it: whoever waits there waits for ever "
            "and the run never ends. Give the condition another way to come true, or put the step behind that "
            "answer too.",
        ),
        "- id: dried\n  after: look            # also on look.dry, where nothing is pumped\n  wait: Wait for the pump"
        "\n  until: pumped",
        "- id: dried\n  after: look.wet\n  wait: Wait for the pump\n  until: pumped",
    ),
    _rule(
        "run-ring",
        Text("预案互相启动成一圈", "Runbooks that run each other in a ring"),
        Text(
            "run 的步骤等子预案结束；绕成一圈就谁也不会结束。要从里面叫起外面的事件，请用 watch。",
            "A run step waits for what it has opened; in a ring none of them ever ends. Let a watch open the "
            "other hazard.",
        ),
        "# leak.yaml\n- {id: hand, run: fire}\n# fire.yaml\n- {id: back, run: leak}",
        "# fire.yaml\nwatch:\n  - {id: wet, if: …, run: leak}",
    ),
    _rule(
        "mark-missed",
        Text("有一条路没有承诺要的里程碑", "A road without a mark that a promise needs"),
        Text(
            "有一条走到最后一步的路没有到过这个里程碑，走完了承诺也不算兑现。"
            "请在那条路上加里程碑，让那条路 ends，或给承诺写 if_on_road。",
            "On some road to the last step the mark is never reached, so the promise is broken though all "
            "was done. Carry the mark there, let that road end, or write if_on_road in the promise.",
        ),
        "- id: send\n  after: confirm.wet\n  marks: dispatched      # nothing on confirm.unsure",
        "- id: send\n  after: [confirm.wet, confirm.unsure]\n  marks: dispatched",
    ),
    _rule(
        "promise-late",
        Text("多半来不及兑现承诺", "A likely way longer than its promise"),
        Text(
            "按各步多半要用的时间，最长的一条路到这个里程碑已经超过承诺的时限：计划本身就不可能兑现。"
            "请减少前面的步骤，把它们放到并行的线上，或改承诺。",
            "By the likely minutes of its steps the longest way to this mark takes more than was promised, so "
            "the plan cannot keep it. Take steps out of the way, put them into a lane beside it, or change "
            "the promise.",
        ),
        "takes: 20/50/90\nmarks: arrived      # arrive within 40m",
        "takes: 10/30/90\nmarks: arrived",
    ),
    _rule(
        "withdraw-no-hold",
        Text("撤出后没有关口", "A withdrawal that no hold ends"),
        Text(
            "withdraw 写的是让人再进去的那个关口：叫所有人出来以后，有人签字准许才能回去。",
            "withdraw names the hold that lets people in again: once everybody was called out, nobody goes back "
            "without signatures.",
        ),
        "- id: get-out\n  after: smoke\n  withdraw: air\n- id: air\n  do: Air the room",
        "- id: get-out\n  after: smoke\n  withdraw: back-in\n- id: back-in\n  hold: The room is safe again",
    ),
    _rule(
        "withdraw-other-way",
        Text("放行的关口不在撤出之后", "A hold that does not follow the withdrawal on every road"),
        Text(
            "撤出以后的每一条路都要走到这个关口，别的路不能通到它：别的路上签的字不是为这次撤出签的；"
            "有一条路走不到它，室内的步骤就一直做不了。",
            "Every road from the withdrawal leads to this hold, and no other does: signatures given elsewhere were "
            "not given for this, and where a road misses it what is done inside is held back for good.",
        ),
        "- id: get-out\n  after: smoke\n  withdraw: entry-permit      # the permit of the main lane",
        "- id: get-out\n  after: smoke\n  withdraw: back-in\n- id: back-in\n  hold: The room is safe again",
    ),
    _rule(
        "withdraw-inside",
        Text("人撤出后还要在室内做", "Something is done inside while everybody is out"),
        Text(
            "撤出和放行之间的步骤不能在室内做：全员撤出时它做不了，它不做完关口又签不了，谁也回不去。",
            "What stands between the withdrawal and its hold is not done inside: it is held back as long as nobody "
            "has signed, and nobody can sign before it is done.",
        ),
        "- id: get-out\n  withdraw: back-in\n- id: measure\n  inside: true\n- id: back-in\n  hold: …",
        "- id: get-out\n  withdraw: back-in\n- id: measure\n  place: doorway\n- id: back-in\n  hold: …",
    ),
    _rule(
        "escalation-unheard",
        Text("升级告知的角色没有人", "An escalation that nobody receives"),
        Text(
            "升级表里的角色在 site.yaml 里没有人担任：到时间了没有人会知道。",
            "Nobody in site.yaml holds this role of the escalation table, so when the time comes nobody hears.",
        ),
        "escalation:\n  - {level: I, after: 15m, tell: [VGM]}      # nobody has roles: [VGM]",
        "people: {peng: {name: 彭涛, roles: [VGM]}}",
    ),
    _rule(
        "safety-line",
        Text("安全条款不再成立", "A safety line that does not hold"),
        Text(
            "safety 里写的每一条，都在所有的路上证明：谁先做、谁签字、不能一人做、哪些值不能放行。"
            "条款所依靠的步骤必须是 class: safety。报的位置就是破坏它的那一步；步骤整个删掉时，报条款那一行。"
            "确实要改，就请有权的人连同这条条款一起改。",
            "Each line under safety is proven on every road: what comes first, who signs, what nobody does alone, "
            "which values let nobody on. What a line rests on must be of class safety. The place is the step that "
            "breaks it; where a step was taken out, the line itself. Whoever may change the rule changes the line too.",
        ),
        "- {id: gas-start, after: doors, …}",
        '- {id: gas-start, after: inside.clear, …}\n…\nsafety:\n  - line: "7.3-1"\n    says: '
        "{zh: 喷气前人必须撤完, en: Nobody is inside when gas is released}\n    claims:\n"
        "      - {steps: gas-start, never_before: inside.clear}",
    ),
)
"""Errors of roads, of several runbooks together, and of promises against the site."""
