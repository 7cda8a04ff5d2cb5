"""Every refusal, listed at the top; each message is one sentence that a tired person can act on.

MusterError      something a person must be told; `sentence(language)` says it
├ Refused        a proposal that may not happen now; nothing was changed
├ BookBroken     a plan book with faults; carries all of them
├ Conflict       somebody was faster; carries their entries
└ RecordTrouble  the record could not be written or read
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.text import Text, clean

if TYPE_CHECKING:
    from engine.events import Entry
    from engine.plan import Place


class MusterError(Exception):
    """Something a person must be told, by the id of its sentence and what fills it."""

    def __init__(self, sentence_id: str, /, **facts: Any) -> None:
        super().__init__(sentence_id)
        self.id = sentence_id
        self.facts = facts

    def sentence(self, language: str) -> str:
        """One sentence in `language`."""
        return say(self.id, language, **self.facts)

    def __str__(self) -> str:
        return self.sentence("en")


class Refused(MusterError):
    """A proposal that may not happen now; nothing was changed."""


class Conflict(MusterError):
    """Entries came between what the author had seen and what they proposed."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__("conflict", count=len(entries))
        self.entries = tuple(entries)


class RecordTrouble(MusterError):
    """The record could not be written or read; nothing was acknowledged."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file, at the place where it stands."""

    rule: str
    place: Place
    facts: tuple[tuple[str, Any], ...] = ()
    advice: bool = False

    def sentence(self, language: str) -> str:
        """One sentence, without the place."""
        return say(self.rule, language, **dict(self.facts))


class BookBroken(MusterError):
    """A plan book with structure errors."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("book-broken", count=len(faults))
        self.faults = tuple(faults)


def say(sentence_id: str, language: str, /, **facts: Any) -> str:
    """The sentence of that id, filled; a fact that is a `Text` is said in `language`."""
    filled = {name: _word(fact, language) for name, fact in facts.items()}
    return SENTENCES[sentence_id].of(language).format(**filled)


def _word(fact: Any, language: str) -> Any:
    """A fact as it stands in a sentence; what a plan or a person wrote passes the gate here."""
    if isinstance(fact, Text):
        return clean(fact.of(language))
    if isinstance(fact, str):
        return clean(fact)
    if isinstance(fact, (list, tuple)):
        return ("、" if language == "zh" else ", ").join(str(_word(one, language)) for one in fact)
    return fact


SENTENCES: dict[str, Text] = {
    "conflict": Text(
        "别的终端刚刚记录了 {count} 条，请看过再做。",
        "Another terminal has just recorded something (entries: {count}); look at it, then act again.",
    ),
    # --- text, condition
    "condition-empty": Text(
        "条件是空的：请写成 depth >= 3 这样。", "The condition is empty; write it like depth >= 3."
    ),
    "condition-single-equals": Text("单个 = 不是比较：请写 ==。", "A single = compares nothing; write ==."),
    "condition-instead": Text(
        "这里不能写 {found}：请写 {write}。", "{found} is not used here; write {write}."
    ),
    "condition-full-width": Text(
        "{found} 是全角字符：请写半角的 {write}。", "{found} is a full-width character; write {write}."
    ),
    "condition-space": Text(
        "这里有一个特殊空格 {found}：请改成普通空格。", "{found} is not an ordinary space; write a plain one."
    ),
    "condition-comma": Text(
        "{found}（半角 , 也一样）不能连接条件：请写 and 或 or；数值里不写千分位。",
        "{found} joins nothing, nor does a half-width comma; write and or or, and no commas in numbers.",
    ),
    "condition-quotes": Text(
        "条件里不写引号 {found}：只写读数、标记、回答和数值，要靠文字判断的请用 ask。",
        "A condition has no words in quotes ({found}); compare readings, or write an ask step.",
    ),
    "condition-braces": Text(
        "条件里不写大括号 {found}：请直接写 site.名称。",
        "A condition has no braces ({found}); write site.NAME as it is.",
    ),
    "condition-character": Text(
        "条件里不能有 {found}：名称只用小写字母、数字和连字符，比较只用 < <= > >= == !=。",
        "{found} has no place in a condition; names are small letters, digits and hyphens, "
        "comparisons are < <= > >= == !=.",
    ),
    "condition-arithmetic": Text(
        "条件不做计算（{found}）：请直接比较两个值，上涨写 名称-rise。",
        "A condition does not calculate ({found}); compare two values, and write NAME-rise for a rise.",
    ),
    "condition-chained": Text(
        "{found} 前面已有一个比较：请写成 a < b and b < c。",
        "A comparison stands before {found} already; write a < b and b < c.",
    ),
    "condition-missing-operand": Text(
        "{found} 前面少了一个名称或数值：请写成 depth >= 3 这样。",
        "A name or a number is missing before {found}; write it like depth >= 3.",
    ),
    "condition-missing-end": Text(
        "{found} 后面少了一个名称或数值：请写成 depth >= 3 这样。",
        "A name or a number is missing after {found}; write it like depth >= 3.",
    ),
    "condition-joint": Text(
        "{left} 和 {right} 之间少了比较或者 and、or。",
        "{left} and {right} stand side by side; write a comparison, and, or or between them.",
    ),
    "condition-close": Text(
        "这个 ) 没有对应的 (：请去掉它，或在前面补上 (。",
        "This ) closes nothing; take it away or write its (.",
    ),
    "condition-open": Text("这个 ( 没有对应的 )：请补上。", "This ( is never closed; write its )."),
    "condition-deep": Text(
        "括号套得太深，最多 {most} 层：请拆成几个条件。",
        "Parentheses stand more than {most} deep here; write several conditions.",
    ),
    "condition-compares-group": Text(
        "{found} 只能比较名称和数值，不能比较括号里的条件：请去掉括号。",
        "{found} compares names and numbers, not what stands in parentheses; take the parentheses away.",
    ),
    "condition-band": Text(
        "{name} 的界限以比较开头：请写成 > 27 或 < 18 or > 27。",
        "A limit of {name} begins with a comparison; write it like > 27 or < 18 or > 27.",
    ),
    "condition-two-literals": Text(
        "{left} 和 {right} 都是写死的值，结果永远不变：请比较一个读数。",
        "{left} and {right} are both fixed, so this never changes; compare a reading.",
    ),
    "condition-bare-number": Text(
        "单独的 {found} 说明不了什么：请写出和谁比较，例如 depth > {found}。",
        "{found} alone says nothing; write what is compared with it, like depth > {found}.",
    ),
    "condition-unit": Text(
        "数值 {number} 后面不写单位 {unit}：单位由读数规定。",
        "{number} carries no unit here; take {unit} away, the unit belongs to the reading.",
    ),
    "condition-number": Text(
        "{found} 不是数值：请写成 12、0.5 或 -3 这样。",
        "{found} is not a number; write it like 12, 0.5 or -3.",
    ),
    "condition-number-long": Text(
        "数值最多写 {most} 位。", "A number has at most {most} digits; write a shorter one."
    ),
    "not-a-duration": Text(
        "'{found}' 不是时长：请写成 90s、15m 或 1h30m 这样。",
        "'{found}' is not a duration; write it like 90s, 15m or 1h30m.",
    ),
    "duration-zero": Text(
        "'{found}' 没有长度：请写 0s。", "'{found}' is no time at all; if you mean that, write 0s."
    ),
    "duration-long": Text(
        "'{found}' 太长：最多 {most} 天。", "'{found}' is too long; a duration is at most {most} days."
    ),
    "condition-undeclared": Text(
        "没有声明过 {name}：请先声明它，或检查拼写。",
        "{name} is not declared; declare it, or check its spelling.",
    ),
    "condition-undeclared-near": Text(
        "没有声明过 {name}：是不是 {near}？", "{name} is not declared; did you mean {near}?"
    ),
    "condition-truth-word": Text(
        "不写 {found}：请单独写名称，或写 not 加名称。",
        "{found} is not written in a condition; write the name alone, or not before it.",
    ),
    "condition-not-truth": Text(
        "{name} 是{sort}，不能单独成为条件：请写出和什么比较。",
        "{name} is {sort}, so it is no condition alone; write what it is compared with.",
    ),
    "condition-truth-compared": Text(
        "{name} 是“是或否”：请单独写它，或写 not {name}。",
        "{name} is a yes or no; write it alone, or not {name}.",
    ),
    "condition-sorts": Text(
        "{left} 是{left_sort}，{right} 是{right_sort}，两者不能比较。",
        "{left} is {left_sort} and {right} is {right_sort}; they cannot be compared.",
    ),
    "condition-units": Text(
        "{left} 的单位是 {left_unit}，{right} 的单位是 {right_unit}：单位必须相同。",
        "{left} is in {left_unit} and {right} in {right_unit}; their units must be the same.",
    ),
    "condition-no-order": Text(
        "{name} 是{sort}，没有大小：请写 == 或 !=。", "{name} is {sort} and has no order; write == or !=."
    ),
    "condition-incomparable": Text(
        "{name} 是{sort}，不能比较；时间请用 since-标记 或 waited。",
        "{name} is {sort} and cannot be compared; for times write since-MARK or waited.",
    ),
    # --- book
    "book-broken": Text("预案库有 {count} 处错误。", "The plan book has {count} errors."),
    "file-unreadable": Text("文件读不出来：{why}。", "The file cannot be read: {why}."),
    "file-too-large": Text(
        "文件超过 {most} MB：预案、排练、情景都不会这么大。",
        "The file is larger than {most} MB; no plan, rehearsal or scenario is that long.",
    ),
    "file-encoding": Text(
        "这里不是 UTF-8（像是 {found}）：请另存为 UTF-8。",
        "This is not UTF-8 (it looks like {found}); save the file as UTF-8.",
    ),
    "file-empty": Text(
        "文件是空的：请写上内容，或者删掉它。",
        "The file is empty; write something in it, or remove it.",
    ),
    "control-character": Text(
        "这里有看不见的字符 {found}：请删掉。",
        "An invisible character {found} stands here; remove it.",
    ),
    "too-deep": Text(
        "嵌套超过 {most} 层：请检查括号和缩进。",
        "Nested more than {most} deep; look at the brackets and the indentation.",
    ),
    "several-documents": Text(
        "这里用 --- 开始了第二份文档：一个文件只放一份。",
        "A second document begins here with ---; a file holds one.",
    ),
    "yaml-quote": Text(
        "{found} 在这里对 YAML 有别的意思：请把整句文字放进引号（花括号里也可能少了逗号）。",
        "{found} means something else to YAML here; put the whole text in quotes (inside braces a comma "
        "may be missing).",
    ),
    "yaml-unclosed": Text("从这里开始的 {found} 没有关上。", "The {found} that begins here is not closed."),
    "yaml-tab": Text("这里用了制表符：请用空格缩进。", "A tab stands here; indent with spaces."),
    "yaml-layout": Text(
        "这一行放不进上面的结构：请检查缩进，以及每个键后面的冒号和空格{hint}",
        "This line does not fit under the one above; look at its indentation, and at the colon and "
        "space behind each key{hint}",
    ),
    "yaml-escape": Text(
        "双引号里的反斜线不是这样写的：请用单引号。",
        "A backslash is not written like this in double quotes; use single quotes.",
    ),
    "yaml-syntax": Text("YAML 读不懂这里（{problem}）。", "YAML cannot read this ({problem})."),
    "yaml-tag": Text(
        "{found} 是 YAML 标签，这里不用：如果是文字就放进引号。",
        "{found} is a YAML tag, which has no place here; put the text in quotes when it is a text.",
    ),
    "yaml-anchor": Text(
        "{found} 是 YAML 的锚点、别名或合并，这里不用：如果是文字就放进引号，否则写两遍。",
        "{found} is an anchor, alias or merge key of YAML, which has no place here; put the text in "
        "quotes when it is a text, else write it twice.",
    ),
    "duplicate-key": Text(
        "“{key}”写了两次，第一次在第 {line} 行。",
        "'{key}' is written twice; the first stands in line {line}.",
    ),
    "unknown-key": Text("没有“{found}”这个键{hint}", "There is no key '{found}'{hint}"),
    "text-cut": Text(
        "文字在半角逗号处被截断，“{found}”成了一个键：请把整句放进引号。",
        "The text is cut at a comma, so '{found}' became a key; put the whole sentence in quotes.",
    ),
    "missing-language": Text(
        "这段文字缺少语言：{languages}；请写成 {{zh: …, en: …}}。",
        "This text lacks a language: {languages}; write {{zh: …, en: …}}.",
    ),
    "wrong-type": Text("这里要{wanted}，写的是{found}。", "Here {wanted} is wanted, and this is {found}."),
    "empty-value": Text("这里没有写值{hint}", "Nothing is written here{hint}"),
    "missing-key": Text("这里缺少“{key}”。", "'{key}' is missing here."),
    "no-kind": Text(
        "这个步骤没有种类：请写 {kinds} 中的一个。",
        "This step is of no kind; write one of {kinds}.",
    ),
    "two-kinds": Text(
        "这个步骤已经有“{first}”，不能再有“{second}”：请拆成两个步骤。",
        "This step has '{first}' already and cannot have '{second}' too; make two steps of it.",
    ),
    "key-not-here": Text("“{key}”不属于 {owner}。", "'{key}' does not belong to {owner}."),
    "key-alone": Text("只写“{key}”没有意义：还要写“{needed}”。", "'{key}' says nothing without '{needed}'."),
    "none-of-them": Text("这里至少要写一个：{keys}。", "At least one of these must be written here: {keys}."),
    "exactly-one": Text("这里要正好写一个：{keys}。", "Exactly one of these must be written here: {keys}."),
    "bad-id": Text(
        "“{found}”不能做名称：只用小写字母、数字和连字符，以字母开头。",
        "'{found}' cannot be a name; use lower-case letters, digits and hyphens, a letter first.",
    ),
    "reserved-name": Text(
        "“{found}”有固定的意思，不能做名称。",
        "'{found}' means something already and cannot be a name.",
    ),
    "double-id": Text(
        "“{found}”已是第 {line} 行的名称：步骤、监视项、读数和里程碑共用一套名称。",
        "'{found}' is a name already, in line {line}; steps, watches, readings and marks share one set "
        "of names.",
    ),
    "double-runbook": Text(
        "预案“{found}”在 {file} 里已经有了。",
        "The runbook '{found}' stands in {file} already.",
    ),
    "patrol-misplaced": Text(
        "{file} 是巡检，要放在 {folder} 文件夹里。",
        "{file} is a patrol; it belongs in the folder {folder}.",
    ),
    "listed-twice": Text("“{found}”在列表里写了两次。", "'{found}' is listed twice."),
    "not-a-choice": Text(
        "“{found}”不能写在这里：请写 {choices} 中的一个{hint}",
        "'{found}' has no place here; write one of {choices}{hint}",
    ),
    "not-true-false": Text(
        "“{found}”不能写在这里：请写 true 或 false。",
        "'{found}' has no place here; write true or false.",
    ),
    "bad-number": Text("“{found}”不是这里要的数值。", "'{found}' is not the kind of number wanted here."),
    "bad-duration": Text("{said}", "{said}"),
    "bad-takes": Text(
        "“{found}”不是三个从小到大的分钟数：请写成 5/15/40。",
        "'{found}' is not three numbers of minutes from small to large; write it like 5/15/40.",
    ),
    "bad-date": Text(
        "“{found}”不是日期：请写成 2026-11-01。",
        "'{found}' is not a date; write it like 2026-11-01.",
    ),
    "bad-time": Text(
        "“{found}”不是带时区的时间：请写成 2026-11-22T02:10:00+08:00。",
        "'{found}' is not a time with its zone; write it like 2026-11-22T02:10:00+08:00.",
    ),
    "outside-range": Text(
        "“{found}”超出范围：最小 {least}，最大 {most}。",
        "'{found}' is out of range: from {least} to {most}.",
    ),
    "mixed-amounts": Text(
        "“{found}”与同一参数的其他值不是一类：要么都是数值，要么都是时长。",
        "'{found}' is not of one kind with the other values of this parameter: all numbers, or all "
        "lengths of time.",
    ),
    "number-without-unit": Text("“{name}”是数值，要写单位 unit。", "'{name}' is a number; write its unit."),
    "undefined-zone": Text(
        "没有时区“{found}”：请写成 Asia/Shanghai。",
        "There is no time zone '{found}'; write it like Asia/Shanghai.",
    ),
    "undefined-step": Text("没有“{found}”这个步骤{hint}", "There is no step '{found}'{hint}"),
    "undefined-answer": Text("“{step}”没有回答“{answer}”{hint}", "'{step}' has no answer '{answer}'{hint}"),
    "undefined-role": Text("没有声明角色“{found}”{hint}", "The role '{found}' is not declared{hint}"),
    "undefined-reading": Text("没有声明读数“{found}”{hint}", "The reading '{found}' is not declared{hint}"),
    "undefined-objective": Text("没有“{found}”这个目标{hint}", "There is no objective '{found}'{hint}"),
    "undefined-inject": Text("没有“{found}”这个注入{hint}", "There is no inject '{found}'{hint}"),
    "undefined-moment": Text(
        "没有“{found}”这一步、回答、里程碑、监视项或注入{hint}",
        "There is no step, answer, mark, watch or inject '{found}'{hint}",
    ),
    "undefined-asked": Text("“{found}”这一步不问什么{hint}", "The step '{found}' asks nothing{hint}"),
    "limit-before-target": Text(
        "期望 {expectation} 的最迟时间要晚于目标时间。",
        "The limit of expectation {expectation} must be later than its target.",
    ),
    "chance-range": Text(
        "可能性 {found} 不行：要大于 0，不超过 100（百分之几）。",
        "A chance of {found} is none: it is above 0 and at most 100 percent.",
    ),
    "expectation-unmeetable": Text(
        "期望 {expectation}“{text}”再好的队伍也做不到{hint}",
        "Nobody can meet expectation {expectation} '{text}'{hint}",
    ),
    "idle-not-failed": Text(
        "什么都不做的队伍结论是“{verdict}”，不是不合格：给一开始就该做的事加一条关键期望。",
        "A crew that does nothing comes out as '{verdict}', not as failed: make something critical that is "
        "due from the start.",
    ),
    "objective-untried": Text(
        "没有注入考目标 {objective}：给某个注入加上 objectives: {objective}。",
        "No inject tries objective {objective}: give one of them objectives: {objective}.",
    ),
    "objective-unjudged": Text(
        "没有期望评目标 {objective}：加一条 objective: {objective} 的期望。",
        "No expectation judges objective {objective}: add one with objective: {objective}.",
    ),
    "undefined-mark": Text("没有“{found}”这个里程碑{hint}", "There is no mark '{found}'{hint}"),
    "undefined-watch": Text("没有“{found}”这个监视项{hint}", "There is no watch '{found}'{hint}"),
    "undefined-runbook": Text(
        "预案库里没有预案“{found}”{hint}",
        "There is no runbook '{found}' in this plan book{hint}",
    ),
    "undefined-group": Text(
        "site.yaml 里没有通知对象组“{found}”{hint}",
        "There is no group '{found}' in site.yaml{hint}",
    ),
    "undefined-message": Text(
        "promises.yaml 里没有消息模板“{found}”{hint}",
        "There is no message template '{found}' in promises.yaml{hint}",
    ),
    "undefined-person": Text(
        "site.yaml 里没有人员“{found}”{hint}",
        "There is no person '{found}' in site.yaml{hint}",
    ),
    "undefined-base": Text(
        "site.yaml 里没有驻地“{found}”{hint}",
        "There is no base '{found}' in site.yaml{hint}",
    ),
    "undefined-room": Text(
        "site.yaml 里没有机房“{found}”{hint}",
        "There is no room '{found}' in site.yaml{hint}",
    ),
    "undefined-site": Text(
        "这个预案库的站点不是“{found}”{hint}",
        "The site of this plan book is not '{found}'{hint}",
    ),
    "undefined-promise": Text(
        "promises.yaml 里没有承诺“{found}”{hint}",
        "There is no promise '{found}' in promises.yaml{hint}",
    ),
    "undefined-value": Text("站点没有“{found}”这个值{hint}", "The site has no value '{found}'{hint}"),
    "room-lacks-value": Text("这些机房没有“{found}”：{rooms}。", "These rooms have no '{found}': {rooms}."),
    "not-a-length": Text(
        "“{found}”不是站点的时长参数，不能做时限。",
        "'{found}' is no parameter of the site with a length of time, so it cannot be a limit.",
    ),
    "not-a-tag": Text(
        "“{found}”不是每个机房都用文字写的，不能做标牌。",
        "'{found}' is not said in words in every room, so it cannot be a tag.",
    ),
    "bad-template": Text("消息模板不能用：{why}{hint}", "The message cannot be filled: {why}{hint}"),
    "every-else": Text(
        "“{step}”每隔一段时间重复，不能用 else 决定路：请用 watch，或在它后面写一步。",
        "'{step}' is repeated and cannot decide by else; write a watch, or a step behind it.",
    ),
    "every-verify": Text(
        "“{step}”每隔一段时间重复，不能事后独立复核：请写 verify: together。",
        "'{step}' is repeated and cannot be verified independently; write verify: together.",
    ),
    "bad-placeholder": Text(
        "{found} 里的名称不对：请写 {{{{ site.名称 }}}}。",
        "{found} holds no name that can be filled in; write {{{{ site.NAME }}}}.",
    ),
    "nobody-holds": Text(
        "本站没有人担任“{role}”：这一步没有人可以联系。",
        "Nobody at the site holds '{role}', so this step has nobody to reach.",
    ),
    "lane-start": Text(
        "“{step}”是线“{lane}”的第一步：请写 after，说明它从哪里开始。",
        "'{step}' is the first step of the lane '{lane}'; write after, to say where it starts.",
    ),
    "after-ends": Text(
        "“{step}”接在“{ended}”后面，而那里写了 ends: true，路已到头：请另写 after。",
        "'{step}' follows '{ended}', where a road ends (ends: true); give it another after.",
    ),
    "after-alone": Text("“{found}”在 after 里只能单独写。", "'{found}' stands alone in after."),
    "only-when-answers": Text(
        "“{step}”有回答，后面的路靠它决定，不能写 only_when。",
        "'{step}' has answers, on which the road depends; it cannot have only_when.",
    ),
    "few-signers": Text(
        "“{step}”至少要两个人签字：它是安全关口，或写了不得一人通过。",
        "At least two people must sign '{step}': it is a safety hold, or may never be passed alone.",
    ),
    "safety-defer": Text(
        "“{step}”是安全步骤，不能推迟。",
        "'{step}' is a safety step and cannot be deferred.",
    ),
    "each-not-list": Text(
        "读数“{found}”不是清单（kind: list），不能用于 each。",
        "The reading '{found}' is no list (kind: list), so each cannot use it.",
    ),
    "warning-too-long": Text(
        "警告有 {lines} 行（每行 {cells} 格），最多 {most} 行：请写短些。",
        "The warning takes {lines} lines of {cells} cells and may take {most}; make it shorter.",
    ),
    "text-too-long": Text(
        "步骤文字有 {lines} 行（每行 {cells} 格），最多 {most} 行：请把多的写进 detail。",
        "The text of the step takes {lines} lines of {cells} cells and may take {most}; put the rest "
        "into detail.",
    ),
    "single-equals": Text("{said}", "{said}"),
    "condition-grammar": Text("{said}", "{said}"),
    "condition-name": Text("{said}", "{said}"),
    "unlike-compared": Text("{said}", "{said}"),
    "units-differ": Text("{said}", "{said}"),
    "no-verb": Text(
        "这一行没有动作：请写一个动作（如 done、answer、sign），或用 pass 让时间过去。",
        "This line has no act; write one (like done, answer, sign), or let time pass with pass.",
    ),
    "two-verbs": Text(
        "这一行已经有“{first}”，不能再有“{second}”：请写成两行。",
        "This line has '{first}' already and cannot have '{second}' too; write two lines.",
    ),
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
    # Signatures.
    "signatures-missing": Text(
        "“{step}”还缺签字：{roles}；请他们签字，签齐之前谁也不能过。",
        "'{step}' lacks the signature of {roles}; nobody passes until it is there, so ask for it now.",
    ),
    "hold-not-so": Text(
        "“{step}”与读数不符（{values}），不能签字：请不予放行，或重新测量后再签。",
        "'{step}' is not so by what was measured ({values}); refuse it, or measure again before you sign.",
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
    "not-yes-no": Text("“{reading}”只有是和否：请选一个。", "'{reading}' is a yes or a no; choose one."),
    "empty-text": Text("“{reading}”还是空的：请写几个字。", "'{reading}' is still empty; write a few words."),
    "empty-note": Text(
        "这里还是空的：请先写上内容，或选好文件。",
        "There is nothing in it yet; write something or choose a file first.",
    ),
    "unknown-note": Text(
        "“{kind}”不是备注的种类：请选备注、不符、建议、待处理问题、已复原、已登记工单或 PIN。",
        "'{kind}' is no kind of note; choose note, mismatch, proposal, finding, put-back, ticket or pin.",
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
        "监视“{watch}”已经触发：请照它做，或先解除它。",
        "The watch '{watch}' is raised already; do what it asks, or retire it first.",
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
    "real-run-open": Text(
        "这个站点有真实处置没有结束（{runs}）：现在不能开始演练。",
        "A real run is open at this site ({runs}); no drill can begin now.",
    ),
    "still-to-notify": Text(
        "演练开始前必须通知的还没有通知：{lines}。",
        "Not everybody who must know before the drill was told: {lines}.",
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
        "结束条件还不成立：{conditions}；请再读取读数，或选“除列出的外完成”并写明原因。",
        "It is not known that this holds: {conditions}; take the reading again, "
        "or end as complete-except with a reason.",
    ),
    # --- journal, store
    "store-folder-missing": Text(
        "记录文件 {path} 所在的文件夹 {folder} 不存在：请先建立它，或用 --store 指定别处。",
        "The folder {folder} of the record {path} does not exist: "
        "make it, or name another place with --store.",
    ),
    "store-folder-unmade": Text(
        "建不了数据文件夹 {path}（{error}）：请用 --store 指定一个可写的地方。",
        "The data folder {path} cannot be made ({error}): name a place that can be written with --store.",
    ),
    "store-missing": Text(
        "没有记录文件 {path}：请检查 --store 或 MUSTER_STORE。",
        "There is no record {path}: check --store or MUSTER_STORE.",
    ),
    "store-not-ours": Text(
        "{path} 不是 Muster 的记录，没有动它：请用 --store 指定别的文件。",
        "{path} is not a record of Muster and was left alone: name another file with --store.",
    ),
    "store-newer": Text(
        "{path} 由更新的 Muster 建立（第 {version} 版，本程序只懂到第 {known} 版）：请升级 Muster。",
        "{path} was made by a newer Muster (version {version}, this one knows {known}): upgrade Muster.",
    ),
    "store-read-only": Text(
        "未记录：{path} 或它的文件夹不可写，请检查权限，或用 --store 指定别处。",
        "NOT RECORDED: {path} or its folder cannot be written; check the permissions, "
        "or name another place with --store.",
    ),
    "store-cannot-open": Text(
        "打不开 {path}：请检查文件夹是否还在、是否有权限。",
        "{path} cannot be opened: check that its folder is there and may be entered.",
    ),
    "store-full": Text(
        "未记录：{path} 所在的磁盘已满，请腾出空间再做一次；来不及就写在纸上。",
        "NOT RECORDED: the disk of {path} is full; free some space and act again, or write it on paper.",
    ),
    "store-io": Text(
        "未记录：写 {path} 时磁盘出错（{error}），请再做一次；还不行就写在纸上并换磁盘。",
        "NOT RECORDED: the disk failed while {path} was written ({error}); act again, "
        "and if it fails again write it on paper and change the disk.",
    ),
    "store-busy": Text(
        "尚未记录：另一个程序占着 {path}，请稍候再做一次。",
        "Not yet recorded: another program holds {path}; wait a moment and act again.",
    ),
    "store-vanished": Text(
        "未记录：{path} 不见了，请接回磁盘或恢复文件夹再做一次；来不及就写在纸上。",
        "NOT RECORDED: {path} is gone; bring the disk or folder back and act again, or write it on paper.",
    ),
    "sheet-not-written": Text(
        "状态单 {path} 写不了（{error}）：处置照常记录，请改用纸笔记位置。",
        "The status sheet {path} cannot be written ({error}): the record goes on; keep the place on paper.",
    ),
    "store-replaced": Text(
        "未记录：{path} 刚被另一个文件替换，请再做一次；Muster 会先核对它。",
        "NOT RECORDED: another file was put in the place of {path}; act again, and Muster checks it first.",
    ),
    "store-went-back": Text(
        "未记录：{path} 退回到了第 {here} 条，而第 {size} 条已经记下；请退出 Muster，放回原文件或重新打开。",
        "NOT RECORDED: {path} went back to entry {here}, though entry {size} was recorded; "
        "leave Muster, put the right file back or open it again.",
    ),
    "store-damaged": Text(
        "未记录：{path} 已损坏；请用 --store 换一个文件继续，并对它运行 muster verify。",
        "NOT RECORDED: {path} is damaged; go on with another file by --store, and run muster verify on it.",
    ),
    "store-guard": Text(
        "未记录：{path} 拒绝了这次写入（{error}）；请运行 muster verify。",
        "NOT RECORDED: {path} refused to take this ({error}); run muster verify.",
    ),
    "store-unsafe": Text(
        "{path} 所在之处做不到断电不丢（{pragma}={got}）：请用 --store 指定本机磁盘上的文件。",
        "Where {path} stands, a power cut could lose entries ({pragma}={got}): "
        "name a file on a disk of this machine with --store.",
    ),
    "store-trouble": Text(
        "未记录：{path} 出了意外（{error}）；请再做一次，还不行就写在纸上。",
        "NOT RECORDED: something unexpected happened to {path} ({error}); act again, or write it on paper.",
    ),
    "key-folder": Text(
        "设备密钥放不进 {path}（{error}）：请让这个文件夹可写，或换一个状态文件夹。",
        "The device key cannot be put into {path} ({error}): make that folder writable, or choose another.",
    ),
    "key-open-to-others": Text(
        "别人也能读设备密钥 {path}：请先运行 chmod 600，若有人可能已看过就删掉它，换新密钥。",
        "Others can read the device key {path}: run chmod 600 on it, "
        "or remove it to get a new one if somebody may have seen it.",
    ),
    "key-unreadable": Text(
        "设备密钥 {path} 读不出或已损坏：请恢复它；移走它则会换新密钥、开新日志。",
        "The device key {path} cannot be read or is damaged: restore it, "
        "or move it away to begin a new journal with a new key.",
    ),
    "blob-too-large": Text(
        "文件有 {size} 字节，最多 {limit}：请改小，或只记它的名字和存放处。",
        "The file has {size} bytes, at most {limit} are kept: make it smaller, or record its name and place.",
    ),
    "entry-too-large": Text(
        "这一条有 {size} 字节，最多 {limit}：请写短些，或分成几条。",
        "This entry has {size} bytes, at most {limit} are kept: make it shorter, or several entries.",
    ),
    "entry-unwritable": Text(
        "这一条里有记录保存不了的内容（{error}）：请改写。",
        "This entry holds something the record cannot keep exactly ({error}): say it in another way.",
    ),
    "entry-unreadable": Text(
        "位置 {pos} 的记录已读不出：请运行 muster verify。",
        "The entry at place {pos} can no longer be read: run muster verify.",
    ),
    "note-none": Text(
        "这里没有检查点：它以 muster/ 和 32 位十六进制数开头，共三行，空一行，再一行签名。",
        "There is no checkpoint in it: one begins with muster/ and 32 hex digits, "
        "has three lines, an empty one, and a line with the signature.",
    ),
    # What verification finds; the id is the machine id of the finding.
    "entry-gap": Text(
        "日志 {journal} 缺第 {first} 到第 {last} 条。", "Journal {journal} lacks entries {first} to {last}."
    ),
    "entry-order": Text(
        "日志 {journal} 第 {jseq} 条不在它的位置上。", "Entry {jseq} of journal {journal} is out of order."
    ),
    "entry-header": Text(
        "日志 {journal} 第 {jseq} 条的头部读不出。",
        "The header of entry {jseq} of journal {journal} cannot be read.",
    ),
    "entry-hash": Text(
        "日志 {journal} 第 {jseq} 条与它的哈希不符：被改过。",
        "Entry {jseq} of journal {journal} does not match its hash: it was changed.",
    ),
    "entry-prev": Text(
        "日志 {journal} 第 {jseq} 条接不上它前面的一条。",
        "Entry {jseq} of journal {journal} does not follow the entry before it.",
    ),
    "entry-payload": Text(
        "日志 {journal} 第 {jseq} 条的内容与签过的不同。",
        "The content of entry {jseq} of journal {journal} is not what was signed.",
    ),
    "entry-payload-missing": Text(
        "日志 {journal} 第 {jseq} 条的内容没有了，也没有签过的条目说明它被删除。",
        "The content of entry {jseq} of journal {journal} is gone, and no signed entry declares it erased.",
    ),
    "entry-column": Text(
        "日志 {journal} 第 {jseq} 条的索引列（{columns}）与签过的头部不同。",
        "The index columns ({columns}) of entry {jseq} of journal {journal} "
        "are not what its signed header says.",
    ),
    "entry-signature": Text(
        "日志 {journal} 第 {jseq} 条的签名不成立。",
        "The signature of entry {jseq} of journal {journal} does not hold.",
    ),
    "entry-canonical": Text(
        "日志 {journal} 第 {jseq} 条不是规范写法：它不是 Muster 写的。",
        "Entry {jseq} of journal {journal} is not in canonical form: Muster did not write it.",
    ),
    "entry-erased": Text(
        "日志 {journal} 第 {jseq} 条的内容已按声明删除。",
        "The content of entry {jseq} of journal {journal} was erased, as a signed entry declares.",
    ),
    "journal-key": Text(
        "日志 {journal} 开头不是它自己的公钥，签名无从核对。",
        "Journal {journal} does not begin with its own public key, so no signature of it can be checked.",
    ),
    "journal-key-gone": Text(
        "日志 {journal} 第 1 条的内容不在这里，签名无从核对。",
        "The content of entry 1 of journal {journal} is not here, so no signature of it can be checked.",
    ),
    "journal-cut": Text(
        "日志 {journal} 曾写到第 {size} 条，现在只到第 {here} 条：结尾被截去了。",
        "Journal {journal} once went up to entry {size} and now ends at {here}: its end was cut off.",
    ),
    "journal-history": Text(
        "日志 {journal} 第 {size} 条与已知的不同：历史被改写了。",
        "Entry {size} of journal {journal} is not the one that was known: history was rewritten.",
    ),
    "journal-absent": Text(
        "这里没有日志 {journal}，而已知它写到了第 {size} 条。",
        "Journal {journal} is not here, though it is known to go up to entry {size}.",
    ),
    "journal-foreign": Text(
        "外来：没有已知的人为日志 {journal}（设备 {host}）担保；条数 {count}，自称记录于 {first} 至 {last}。",
        "Foreign: nobody known here vouches for journal {journal} of device {host}; entries: {count}, "
        "recorded, as it says, from {first} to {last}.",
    ),
    "journal-went-back": Text(
        "日志 {journal} 曾写到第 {size} 条，这里到第 {here} 条："
        "放回过备份，或结尾没有了（有签过的条目说明）。",
        "Journal {journal} was once at entry {size} and is here at {here}: a backup was put back "
        "or its end is gone, as a signed entry declares.",
    ),
    "text-changed": Text(
        "摘要为 {digest} 的文本已被改动。", "The text with the digest {digest} was changed."
    ),
    "text-missing": Text(
        "有处置是用摘要为 {digest} 的文本开启的，这份文本不见了。",
        "A run was opened with the text of the digest {digest}, and that text is gone.",
    ),
    "note-signature": Text(
        "日志 {journal} 第 {size} 条的检查点签名不成立，不能拿来对照。",
        "The signature of the checkpoint of journal {journal} at {size} does not hold; it proves nothing.",
    ),
    "clock-back": Text(
        "日志 {journal} 第 {jseq} 条记录时，时钟从 {before} 倒退到 {after}。",
        "When entry {jseq} of journal {journal} was recorded the clock had gone back "
        "from {before} to {after}.",
    ),
    "guards-missing": Text(
        "记录文件的这些守卫被拿掉、改过或不该有：{names}。",
        "These guards of the record were taken away, changed or put in: {names}.",
    ),
    "runs-differ": Text(
        "处置列表与记录的条目不符（下次打开写入时会重做）：{names}。",
        "The list of runs is not what the entries say, and is made anew when somebody next writes: {names}.",
    ),
    "verify-intact": Text("完好，密钥都已登记。", "Intact, and every key is enrolled."),
    "verify-intact-not-enrolled": Text("完好；密钥未登记。", "Intact; the keys are not enrolled."),
    "verify-intact-with-exceptions": Text("完好，有声明过的例外。", "Intact, with declared exceptions."),
    "verify-could-not-tell": Text("有的地方无法核对。", "Some of it could not be checked."),
    "verify-broken": Text("记录被破坏。", "BROKEN."),
    "verify-counted": Text(
        "{journals} 本日志，共 {entries} 条。", "Entries: {entries}, journals: {journals}."
    ),
    "verify-journal": Text(
        "日志 {journal}：{size} 条，最后一条 {head}。",
        "Journal {journal}: entries 1 to {size}, the hash of the last is {head}.",
    ),
    "verify-more": Text("另有 {count} 处未列出。", "Found too, and not listed: {count}."),
    "verify-default": Text(
        "核对了：每条的哈希、链接、编号、内容摘要、索引列，和每本日志最后一条的签名（{signatures} 个）。",
        "Checked: hash, link, number, content digest and index columns of every entry, "
        "and the signature of the last one of each journal ({signatures}).",
    ),
    "verify-deep": Text(
        "核对了：每条的哈希、链接、编号、内容摘要、索引列、规范写法和签名（{signatures} 个）。",
        "Checked: hash, link, number, content digest, index columns, canonical form "
        "and signature ({signatures}) of every entry.",
    ),
    "compared-given": Text(
        "与给出的检查点相符：日志 {journal}，第 {size} 条。",
        "Agrees with the checkpoint given: journal {journal}, entry {size}.",
    ),
    "compared-given-differs": Text(
        "与给出的检查点不符：日志 {journal}，第 {size} 条。",
        "Differs from the checkpoint given: journal {journal}, entry {size}.",
    ),
    "compared-kept": Text(
        "与存在这里的检查点相符：日志 {journal}，第 {size} 条。",
        "Agrees with the checkpoint kept here: journal {journal}, entry {size}.",
    ),
    "compared-kept-differs": Text(
        "与存在这里的检查点不符：日志 {journal}，第 {size} 条。",
        "Differs from the checkpoint kept here: journal {journal}, entry {size}.",
    ),
    "compared-remembered": Text(
        "与本机记得的相符：日志 {journal}，第 {size} 条。",
        "Agrees with what this device remembers: journal {journal}, entry {size}.",
    ),
    "compared-remembered-differs": Text(
        "与本机记得的不符：日志 {journal}，第 {size} 条。",
        "Differs from what this device remembers: journal {journal}, entry {size}.",
    ),
    "compared-seen": Text(
        "与另一本日志所见相符：日志 {journal}，第 {size} 条。",
        "Agrees with what another journal saw: journal {journal}, entry {size}.",
    ),
    "compared-seen-differs": Text(
        "与另一本日志所见不符：日志 {journal}，第 {size} 条。",
        "Differs from what another journal saw: journal {journal}, entry {size}.",
    ),
    "unchecked-signatures": Text(
        "没有核对：其余 {count} 个签名（用 --deep）。",
        "Not checked: the signatures of the other entries ({count}; use --deep).",
    ),
    "unchecked-tail": Text(
        "没有核对：日志 {journal} 的结尾是否被截去；只有存在别处的检查点能看出来（用 --since）。",
        "Not checked: whether the end of journal {journal} was cut off; "
        "only a checkpoint kept elsewhere shows it (use --since).",
    ),
    "unchecked-enrolment": Text(
        "没有核对：密钥是谁的；它们未登记。", "Not checked: whose keys these are; they are not enrolled."
    ),
    # --- rehearsal
    "rehearsal-refused": Text("这一步没有通过：{why}", "This line was refused: {why}"),
    "rehearsal-backwards": Text(
        "这一行的时间 {at} 早于上一行：时间只能向前。",
        "The time {at} is before the line above: time only goes forward.",
    ),
    "rehearsal-never": Text(
        "“{name}”不该到达，却在 {after} 时到达了。",
        "'{name}' must never be reached, and was reached after {after}.",
    ),
    "no-such-child": Text(
        "这里没有打开预案“{runbook}”的处置。",
        "No run of the runbook '{runbook}' is open under this one.",
    ),
    "rehearsal-unreached": Text("“{name}”应当到达，却没有到达。", "'{name}' must be reached, and was not."),
    "rehearsal-end": Text(
        "结束时{what}应为 {wanted}，实为 {found}。",
        "At the end {what} should be {wanted}, and is {found}.",
    ),
    "no-such-runbook": Text(
        "预案库里没有“{runbook}”：现有 {runbooks}。",
        "There is no runbook '{runbook}' in the book: it has {runbooks}.",
    ),
    "unknown-language": Text(
        "不会说“{language}”：请写 zh 或 en。", "Muster does not speak '{language}': write zh or en."
    ),
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
    "mark-missed": Text(
        "承诺“{promise}”要有里程碑“{mark}”，可是有一条路走到“{closing}”也没有它：{road}。",
        "The promise '{promise}' needs the mark '{mark}', but some road to '{closing}' never reaches it: {road}.",
    ),
    "promise-late": Text(
        "到“{mark}”多半要 {taken}，承诺“{promise}”只有 {within}：{way}。",
        "'{mark}' likely takes {taken}, but the promise '{promise}' is {within}: {way}.",
    ),
    "run-ring": Text(
        "预案互相启动成了一圈：{ring}。请把其中一个改成 watch。",
        "These runbooks run each other in a ring: {ring}; let a watch open one of them.",
    ),
    "escalation-unheard": Text(
        "升级要告知角色“{role}”，本站却没有人担任它。",
        "Escalation tells the role '{role}', which nobody at this site holds.",
    ),
    # --- advice
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
    "warning-instructs": Text(
        "警告里有操作（{found}）：警告只写危险和后果，操作另写一步。",
        "The warning contains an instruction ({found}); it says hazard and consequence only.",
    ),
    "expect-without-else": Text(
        "没有写看不到时怎么办：请给 expect 加上 else。",
        "It does not say what to do when it is not so; give the expect an else.",
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
    "limit-off-road": Text(
        "“{step}”在这条路上轮不到：{road}；时限一到照样会打开“{late}”。",
        "'{step}' never comes on this road: {road}; at its limit '{late}' opens all the same.",
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
    # --- the command line
    "terminal-cannot": Text(
        "这个终端的编码（{encoding}）显示不了预案，请先运行 {command}；"
        "PuTTY 请把 Remote character set 设为 UTF-8。",
        "This terminal's encoding ({encoding}) cannot show the plan: run {command} first; "
        "in PuTTY set Remote character set to UTF-8.",
    ),
    "no-home": Text(
        "没有用户文件夹（HOME 未设置）：请设置 HOME，"
        "或用 MUSTER_STORE 和 MUSTER_STATE 指定记录文件和状态文件夹。",
        "There is no home folder (HOME is not set): set HOME, or name the record with MUSTER_STORE "
        "and the state folder with MUSTER_STATE.",
    ),
    "no-zones": Text(
        "这台机器没有时区数据（{why}）：请安装 tzdata，如 sudo apt-get install tzdata。",
        "This machine lacks time zones ({why}): install tzdata, as with sudo apt-get install tzdata.",
    ),
    "folder-gone": Text(
        "当前文件夹已经不在了：请先用 cd 换到别处。",
        "The current folder is no longer there: change to another one with cd.",
    ),
    "not-allowed": Text(
        "{path} 不能用（{error}）：请检查它和上级文件夹的权限，或换一个位置。",
        "{path} cannot be used ({error}): check its permissions and those of its folders, "
        "or use another place.",
    ),
    "disk-full": Text(
        "磁盘已满，{path} 没有写成：请腾出空间再做一次。",
        "The disk is full and {path} was not written: free some space, then try again.",
    ),
    "system-refused": Text(
        "系统拒绝了 {path}（{error}）：请排除后再试。",
        "The system refused {path} ({error}): mend that, then try again.",
    ),
    "other-site": Text(
        "预案库属于站点“{found}”，不是“{site}”：请用 --book 指定那个站点的预案库。",
        "The plan book is for the site '{found}', not '{site}': name the right book with --book.",
    ),
    "no-such-person": Text(
        "人员表里没有“{person}”：现有 {people}。", "There is nobody '{person}' in site.yaml: it has {people}."
    ),
    "pin-differs": Text("两次输入不一样，没有保存。", "The two entries differ; nothing was kept."),
    "no-such-form": Text(
        "不会画成“{form}”：请写 {forms}。", "There is no form '{form}': write one of {forms}."
    ),
    "no-such-rule": Text(
        "没有规则“{rule}”：相近的有 {near}。", "There is no rule '{rule}'; near it are {near}."
    ),
    "option-first": Text(
        "请把 {option} 写在 {verb} 后面：muster {verb} {option} …。",
        "Write {option} behind {verb}: muster {verb} {option} … .",
    ),
    "no-such-file": Text("找不到 {path}。", "There is no {path}."),
    "runbook-to-rehearse": Text(
        "{runbook} 是预案，不是排练文件：要在终端上用手拨的钟走一遍，请运行 muster rehearse {runbook} --live。",
        "{runbook} is a runbook, not a rehearsal file: to walk it here with a clock you move by hand, "
        "run muster rehearse {runbook} --live.",
    ),
    "rehearse-live-only": Text(
        "{option} 只在 --live 时有用：剧本里写明了谁在哪里做什么。请去掉 {option}，或加上 --live。",
        "{option} is for --live only: a script says who does what where. Leave it out, or add --live.",
    ),
    "rehearse-one-live": Text(
        "--live 一次只走一份：请只写一个文件或预案。",
        "With --live one is walked at a time; name one file or runbook.",
    ),
    "rehearse-live-json": Text(
        "--live 由人在终端上走，没有结果可写成 JSON：请去掉 --json 或 --live。",
        "With --live a person walks it, and nothing comes of it as JSON; leave out --json or --live.",
    ),
    "rehearse-has-room": Text(
        "排练文件里写明了机房：请去掉 --room，或在文件的 room 里改。",
        "A rehearsal file says its room; leave out --room, or change 'room' in the file.",
    ),
    # --- people, messages
    "pin-form": Text("PIN 要 {digits} 位数字，请重新输入。", "A PIN is {digits} digits; enter it again."),
    "pin-easy": Text("这个 PIN 太容易猜，请换一个。", "That PIN is too easy to guess; choose another."),
    "pin-none": Text(
        "{person} 还没有设置 PIN：请先运行 muster people pin {person}，或改用口头签字。",
        "{person} has no PIN yet: run muster people pin {person} first, or sign by voice.",
    ),
    "pin-closed": Text(
        "PIN 输错次数太多，请等 {seconds} 秒再试。", "Too many wrong PINs; try again in {seconds} seconds."
    ),
    "pin-wrong": Text("PIN 不对，还可以试 {left} 次。", "Wrong PIN; {left} tries left."),
    "template-broken": Text(
        "消息模板填不出来（{why}）：请直接输入要说的话。",
        "The message template cannot be filled ({why}): type what to say instead.",
    ),
}
