"""Every rule of a plan book, with its reason and an example: `muster lint --explain ID`.

Those of `_GRAPH` are checked by `engine.graph`, all others by the rooms of this folder. The sentence a
person sees is in `engine.errors` under the same id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.text import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may be wrong in a plan book."""

    id: str
    title: Text
    explanation: Text
    """What is checked, and why it matters."""
    wrong: str
    """YAML that breaks it."""
    right: str
    """The same as it should be."""
    severity: Literal["error", "advice"] = "error"
    readable: bool = False
    """The rest can still be understood, so the graph is proven too before everything is told at once."""


def _rule(
    rule_id: str, title: Text, explanation: Text, wrong: str, right: str, *, readable: bool = False
) -> tuple[str, Rule]:
    return rule_id, Rule(rule_id, title, explanation, wrong, right, readable=readable)


_FILE = (
    _rule(
        "file-unreadable",
        Text("文件读不出来", "The file cannot be read"),
        Text(
            "文件不存在、没有读取权限，或者不是普通文件。少了一个文件的预案库不可信，所以这是错误。",
            "It does not exist, nobody may read it, or it is no ordinary file. "
            "A plan book with a file missing is not to be trusted, so this is an error.",
        ),
        "$ muster lint runbooks/leek.yaml",
        "$ muster lint runbooks/leak.yaml",
    ),
    _rule(
        "file-too-large",
        Text("文件太大", "The file is too large"),
        Text(
            "一个预案文件最多 2 MB，约四万行。更大的多半是放错的文件。",
            "A file of a plan book has at most 2 MB, some 40,000 lines. What is larger was mostly put "
            "here by mistake.",
        ),
        "# 10 MB",
        "# 60 kB",
    ),
    _rule(
        "file-encoding",
        Text("文件不是 UTF-8", "The file is not UTF-8"),
        Text(
            "所有文件都用 UTF-8。GBK 或 UTF-16 的文件在别的电脑上会变成乱码。请在编辑器里“另存为 UTF-8”。",
            "Every file is UTF-8; GBK or UTF-16 turns into nonsense on another machine. "
            "Choose 'save as UTF-8' in the editor.",
        ),
        "# saved as GBK",
        "# saved as UTF-8",
    ),
    _rule(
        "file-empty",
        Text("文件是空的", "The file is empty"),
        Text(
            "文件里除了注释什么也没有。预案库里的文件必须有内容，不要的文件请删掉。",
            "There is nothing in it but comments. A file of a plan book has content; remove it when it "
            "is not wanted.",
        ),
        "# to be written",
        "runbook: leak",
    ),
    _rule(
        "control-character",
        Text("有看不见的控制字符", "An invisible control character"),
        Text(
            "控制字符、零宽字符、改变文字方向的字符和制表符会让屏幕显示错乱，"
            "或者让人读到与文件不同的文字。请删掉。",
            "Controls, zero-width characters, characters that turn the direction of writing, and tabs "
            "inside a text "
            "disturb a screen, or show something else than the file says. Remove them.",
        ),
        'do: "Close\\tthe valve"',
        "do: Close the valve",
        readable=True,
    ),
    _rule(
        "too-deep",
        Text("嵌套太深", "Nested too deep"),
        Text(
            "表和列表最多套 20 层；预案语言用不到 8 层。",
            "Tables and lists may stand in each other 20 deep; the language needs less than 8.",
        ),
        "check: [[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]",
        "check: [x]",
    ),
    _rule(
        "several-documents",
        Text("一个文件里有几份文档", "Several documents in one file"),
        Text(
            "一个文件只放一个预案。`---` 开始另一份文档，后面的内容会被忽略，所以不允许。",
            "One file holds one runbook. `---` begins another document, which would be overlooked.",
        ),
        "runbook: leak\n---\nrunbook: fire",
        "runbook: leak",
    ),
)

_YAML = (
    _rule(
        "yaml-quote",
        Text("文字要加引号", "The text must stand in quotes"),
        Text(
            "冒号加空格，或者以 > * - # & ! % @ ` { [ | 开头，在 YAML 里有别的意思。"
            "含有它们的文字整句加引号；"
            "花括号里也可能是少了一个逗号。",
            "A colon with a space, or > * - # & ! % @ ` { [ | at the beginning, mean something else to YAML. "
            "Put the whole text in quotes; inside braces a comma may be missing instead.",
        ),
        "why: note: live parts",
        'why: "note: live parts"',
    ),
    _rule(
        "yaml-unclosed",
        Text("引号或括号没有关上", "A quote or bracket is not closed"),
        Text(
            "从这里开始的引号或括号一直没有关上，后面的内容都被当成了它的一部分。",
            "The quote or bracket that begins here is never closed, so all that follows was taken for a "
            "part of it.",
        ),
        "title: {zh: 漏水, en: Leak",
        "title: {zh: 漏水, en: Leak}",
    ),
    _rule(
        "yaml-tab",
        Text("用了制表符缩进", "A tab at the start of a line"),
        Text(
            "YAML 只用空格缩进：不同的编辑器把制表符画成不同的宽度。",
            "YAML is indented by spaces only: editors draw a tab in different widths.",
        ),
        "roles:\n\tENG: …",
        "roles:\n  ENG: …",
    ),
    _rule(
        "yaml-layout",
        Text("这一行放不进上面的结构", "A line that does not fit under the one above"),
        Text(
            "缩进与上下文不一致，或者键后面少了半角冒号和空格。",
            "Its indentation differs from the lines it belongs to, or a key lacks the colon and space "
            "behind it.",
        ),
        "title leak\nhazard: leak",
        "title: leak\nhazard: leak",
    ),
    _rule(
        "yaml-escape",
        Text("双引号里的反斜线", "A backslash in double quotes"),
        Text(
            "双引号里 \\ 有特殊意思。请用单引号，或写两个 \\\\。",
            "Inside double quotes a backslash is special. Use single quotes, or write \\\\.",
        ),
        'tag: "A\\12"',
        "tag: 'A\\12'",
    ),
    _rule(
        "yaml-syntax",
        Text("不是 YAML", "This is not YAML"),
        Text(
            "YAML 解析器读不下去了。它的原话附在后面，通常先看这一行的标点。",
            "The YAML parser could not go on. Its own words are given; look at the punctuation of this "
            "line first.",
        ),
        "%YAML 9.9",
        "runbook: leak",
    ),
    _rule(
        "yaml-tag",
        Text("用了 YAML 标签", "A YAML tag"),
        Text(
            "以 ! 开头是 YAML 标签，会让文字变成程序对象，预案语言不用它。要写感叹号就给文字加引号。",
            "What begins with ! is a YAML tag, which turns a text into a thing of a program; the "
            "language has none. "
            "Put the text in quotes when an exclamation mark is meant.",
        ),
        "warn: !danger live parts",
        'warn: "!danger live parts"',
    ),
    _rule(
        "yaml-anchor",
        Text("用了锚点、别名或合并", "An anchor, alias or merge key"),
        Text(
            "& * 和 << 让一处文字出现在别处，改一处会悄悄改了几处，还能把小文件撑得极大。请把内容写两遍；"
            "如果 & 或 * 是文字的一部分，就加引号。",
            "With & * and << a text stands in several places and one edit quietly changes them all; they "
            "can also blow "
            "a small file up without limit. Write it twice, or use quotes when the sign belongs to the text.",
        ),
        "do: *same",
        'do: "*same"',
    ),
    _rule(
        "duplicate-key",
        Text("同一个键写了两次", "A key written twice"),
        Text(
            "表里每个键只能写一次，否则其中一个会被悄悄丢掉。",
            "A key stands once in a table; one of the two would quietly be lost.",
        ),
        "role: ENG\nrole: PWR",
        "role: [ENG, PWR]",
    ),
)

_STRUCTURE = (
    _rule(
        "unknown-key",
        Text("没有这个键", "There is no such key"),
        Text(
            "语言里没有这个键，写了也不起作用；多半是拼错了。",
            "The language has no such key, so it would do nothing; mostly it is misspelt.",
        ),
        "recrd: depth",
        "record: depth",
    ),
    _rule(
        "text-cut",
        Text("文字被逗号截断", "A text cut at a comma"),
        Text(
            "花括号里的半角逗号隔开各项，逗号后面的半句话就成了没有值的键。请给整句加引号，或用全角逗号。",
            "Inside braces a comma parts the entries, so the rest of the sentence became a key without a "
            "value. "
            "Put the sentence in quotes.",
        ),
        "do: {zh: 断电测绝缘, en: Test the insulation, dead}",
        'do: {zh: 断电测绝缘, en: "Test the insulation, dead"}',
        readable=True,
    ),
    _rule(
        "missing-language",
        Text("缺一种语言", "A language is missing"),
        Text(
            "site.yaml 声明了两种语言，每段文字就要两种都有：值班的人只读得懂其中一种。",
            "The site declares two languages, so every text needs both: whoever is on duty may read only "
            "one.",
        ),
        "do: {zh: 关阀}",
        "do: {zh: 关阀, en: Close the valve}",
        readable=True,
    ),
    _rule(
        "wrong-type",
        Text("种类不对", "The wrong kind of value"),
        Text(
            "这里应该是列表、表或文字，写成了另一种。",
            "A list, a table or a text is wanted here, and something else was written.",
        ),
        "symptoms: {a: leak alarm}",
        "symptoms: [leak alarm]",
    ),
    _rule(
        "empty-value",
        Text("没有写值", "Nothing was written"),
        Text(
            "键后面什么也没有。# 之后的都是注释：以 # 开头的文字要加引号。",
            "Nothing stands behind the key. What follows # is a comment: a text that begins with # needs "
            "quotes.",
        ),
        "tag: #12",
        'tag: "#12"',
    ),
    _rule(
        "missing-key",
        Text("缺少必需的键", "A required key is missing"),
        Text("没有这个键，这一项就没有意义。", "Without this key the entry means nothing."),
        "- do: Close the valve",
        "- id: close\n  do: Close the valve",
    ),
    _rule(
        "no-kind",
        Text("步骤没有种类", "A step of no kind"),
        Text(
            "每个步骤正好有 do、ask、hold、wait、contact、tell、run 中的一个。",
            "Every step has exactly one of do, ask, hold, wait, contact, tell, run.",
        ),
        "- id: close\n  role: ENG",
        "- id: close\n  role: ENG\n  do: Close the valve",
    ),
    _rule(
        "two-kinds",
        Text("步骤有两个种类", "A step of two kinds"),
        Text(
            "一个步骤只做一件事：请拆成两个步骤。",
            "A step is one act: make two steps of it.",
        ),
        "- id: close\n  do: Close the valve\n  ask: Is it shut",
        "- id: close\n  do: Close the valve\n- id: shut\n  ask: Is it shut",
    ),
    _rule(
        "key-not-here",
        Text("这个键不属于这里", "A key that does not belong here"),
        Text(
            "这个键只对别的种类有意义，写在这里不起作用。",
            "The key means something for another kind only; here it would do nothing.",
        ),
        "do: Close the valve\nsteady: 5m",
        'wait: Wait until it is dry\nuntil: "humidity < 60"\nsteady: 5m',
    ),
    _rule(
        "key-alone",
        Text("这个键离不开另一个键", "A key that needs another"),
        Text(
            "单独写这个键没有意义。",
            "Alone the key says nothing.",
        ),
        "missed: call-again",
        "within: 20m\nmissed: call-again",
        readable=True,
    ),
    _rule(
        "exactly-one",
        Text("要正好写一个", "Exactly one of them"),
        Text(
            "这几个键必须写一个，也只能写一个。",
            "One of these keys must be written, and only one.",
        ),
        "wait: Wait\nfor: 30m\nuntil: depth == 0",
        "wait: Wait\nfor: 30m",
        readable=True,
    ),
    _rule(
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
    _rule(
        "reserved-name",
        Text("保留的名称", "A reserved name"),
        Text(
            "all、waited、reported、site、no、and、or、not、since-…、…-rise 和线名 restore 有固定的意思。",
            "all, waited, reported, site, no, and, or, not, since-…, …-rise and the lane restore mean "
            "something already.",
        ),
        "id: all",
        "id: everything",
    ),
    _rule(
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
    _rule(
        "double-runbook",
        Text("两个文件是同一个预案", "Two files with one runbook"),
        Text(
            "预案库里每个预案编号只有一个文件，否则没人知道打开的是哪一个。",
            "Each runbook of a book has one file, or nobody knows which one is opened.",
        ),
        "runbook: leak      # in leak.yaml and in leak-old.yaml",
        "runbook: leak-old",
    ),
    _rule(
        "patrol-misplaced",
        Text("巡检不在 patrols 文件夹", "A patrol outside the folder patrols"),
        Text(
            "写了 patrol 的文件放在 patrols 文件夹里，应急预案放在外面，两者不会弄混。",
            "What says `patrol` lies in the folder patrols and emergencies outside it, so that nobody mistakes one "
            "for the other.",
        ),
        "runbooks/patrol-shift.yaml",
        "runbooks/patrols/patrol-shift.yaml",
    ),
    _rule(
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
)

_VALUES = (
    _rule(
        "not-a-choice",
        Text("不是可选的词", "None of the words allowed"),
        Text("这里只能写列出的几个词之一。", "Only one of the words that are listed may stand here."),
        "class: safe",
        "class: safety",
    ),
    _rule(
        "not-true-false",
        Text("只能写 true 或 false", "true or false"),
        Text(
            "yes、on、1 在不同的程序里意思不同，这里只认 true 和 false。",
            "yes, on and 1 mean different things to different programs; here only true and false count.",
        ),
        "ends: yes",
        "ends: true",
    ),
    _rule(
        "bad-number",
        Text("不是数值", "Not a number"),
        Text(
            "这里要一个普通的十进制数，不带单位和千分位。",
            "A plain decimal number is wanted, without unit or separators.",
        ),
        "precision: one",
        "precision: 1",
    ),
    _rule(
        "bad-duration",
        Text("不是时长", "Not a length of time"),
        Text(
            "时长写成 90s、15m、1h30m、2d：数字和单位之间没有空格，大单位在前。",
            "A length of time is written like 90s, 15m, 1h30m, 2d: no space before the unit, the larger "
            "unit first.",
        ),
        "within: 5 min",
        "within: 5m",
    ),
    _rule(
        "bad-takes",
        Text("不是三个分钟数", "Not three numbers of minutes"),
        Text(
            "takes 写成 乐观/可能/悲观 三个分钟数，从小到大。",
            "takes is optimistic/likely/pessimistic minutes, from the smallest to the largest.",
        ),
        "takes: 15/5/40",
        "takes: 5/15/40",
    ),
    _rule(
        "bad-date",
        Text("不是日期", "Not a date"),
        Text("日期写成 2026-11-01。", "A date is written like 2026-11-01."),
        "review_by: 30.6.2027",
        "review_by: 2027-06-30",
    ),
    _rule(
        "bad-time",
        Text("不是带时区的时间", "Not a time with its zone"),
        Text(
            "时间写成 2026-11-22T02:10:00+08:00；没有时区的时间不知道是哪里的。",
            "A time is written like 2026-11-22T02:10:00+08:00; without a zone nobody knows whose time it is.",
        ),
        "reported_at: 2026-11-22 02:10",
        "reported_at: 2026-11-22T02:10:00+08:00",
    ),
    _rule(
        "outside-range",
        Text("超出允许的范围", "Outside the allowed range"),
        Text(
            "数值比允许的最小值小，或比最大值大。",
            "The value is less than the least or more than the most that is allowed.",
        ),
        "sign: {need: 3, of: [PWR, ENG]}",
        "sign: {need: 2, of: [PWR, ENG]}",
        readable=True,
    ),
    _rule(
        "mixed-amounts",
        Text("数值与时长混用", "Numbers mixed with lengths of time"),
        Text(
            "一个参数的默认值、设定值和范围必须都是数值，或者都是时长。",
            "The default, the value and the range of a parameter are all numbers or all lengths of time.",
        ),
        "default: 3m\nmax: 10",
        "default: 3m\nmax: 10m",
    ),
    _rule(
        "number-without-unit",
        Text("数值没有单位", "A number without a unit"),
        Text(
            "3 是厘米还是英寸，黑暗里没人知道。每个数值读数、参数和固定值都要有单位；计数就写数的是什么，"
            "如 persons。",
            "Nobody knows in the dark whether 3 is centimetres or inches. Every number that is read or "
            "set has a unit; "
            "for a count write what is counted, like persons.",
        ),
        "depth: {label: water depth}",
        "depth: {label: water depth, unit: cm}",
        readable=True,
    ),
    _rule(
        "undefined-zone",
        Text("没有这个时区", "There is no such time zone"),
        Text("时区写成 Asia/Shanghai 这样的名称。", "A time zone is a name like Asia/Shanghai."),
        "timezone: Beijing",
        "timezone: Asia/Shanghai",
    ),
)

_NAMES = (
    _rule(
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
    _rule(
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
    _rule(
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
    _rule(
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
    _rule(
        "undefined-mark",
        Text("没有这个里程碑", "There is no such mark"),
        Text(
            "until 指步骤、里程碑或条件；里程碑要有步骤用 marks 带着它，否则永远不会到。",
            "until names a step, a mark or a condition; a mark that no step carries is never reached.",
        ),
        "every: 60m\nuntil: recoverd",
        "every: 60m\nuntil: recovered",
    ),
    _rule(
        "undefined-watch",
        Text("没有这个监视项", "There is no such watch"),
        Text("排练里触发的监视项必须在预案的 watch 里。", "A rehearsal raises a watch of its runbook."),
        "raise: smok",
        "raise: smoke",
    ),
    _rule(
        "undefined-runbook",
        Text("没有这个预案", "There is no such runbook"),
        Text(
            "run、inhibits 和排练指的预案必须在同一个预案库里。",
            "What run, inhibits and a rehearsal name must be in the same plan book.",
        ),
        "run: fyre",
        "run: fire",
    ),
    _rule(
        "undefined-group",
        Text("没有这个通知对象组", "There is no such group"),
        Text("tell 的对象组在 site.yaml 的 groups 里。", "The groups of a tell are those of site.yaml."),
        "tell: custmers",
        "tell: customers",
    ),
    _rule(
        "undefined-message",
        Text("没有这个消息模板", "There is no such message template"),
        Text(
            "message 写一段文字，或写 promises.yaml 的 messages 里一个模板的名称。",
            "message is a text, or the name of a template under messages in promises.yaml.",
        ),
        "message: notise",
        "message: notice",
    ),
    _rule(
        "undefined-person",
        Text("没有这个人", "There is no such person"),
        Text("人员在 site.yaml 的 people 里。", "People are those of site.yaml."),
        "deputy: wnag",
        "deputy: wang",
    ),
    _rule(
        "undefined-base",
        Text("没有这个驻地", "There is no such base"),
        Text("驻地在 site.yaml 的 bases 里。", "Bases are those of site.yaml."),
        "travel: {dutty: 5m}",
        "travel: {duty: 5m}",
    ),
    _rule(
        "undefined-room",
        Text("没有这个机房", "There is no such room"),
        Text("机房在 site.yaml 的 rooms 里。", "Rooms are those of site.yaml."),
        "room: A9",
        "room: A1",
    ),
    _rule(
        "undefined-site",
        Text("没有这个站点", "There is no such site"),
        Text("排练的站点必须是这个预案库的站点。", "The site of a rehearsal is the site of its plan book."),
        "site: demmo",
        "site: demo",
    ),
    _rule(
        "undefined-promise",
        Text("没有这个承诺", "There is no such promise"),
        Text("承诺在 promises.yaml 里。", "Promises are those of promises.yaml."),
        "promises: {respnd: kept}",
        "promises: {respond: kept}",
    ),
    _rule(
        "undefined-value",
        Text("站点没有这个值", "The site has no such value"),
        Text(
            "site.名称 是 site.yaml 的参数，site.room.名称 是机房的固定值。",
            "site.NAME is a parameter of site.yaml, site.room.NAME a fact of its rooms.",
        ),
        "within: site.isolate-wiat",
        "within: site.isolate-wait",
    ),
    _rule(
        "room-lacks-value",
        Text("有的机房没有这个值", "A room lacks this value"),
        Text(
            "预案可能在任何一个机房打开，所以用到的固定值每个机房都要有。",
            "The runbook may be opened for any room, so every room needs the facts it uses.",
        ),
        "why: at {{ site.room.feed }}      # room A2 has no feed",
        "rooms: {A2: {facts: {feed: …}}}",
    ),
    _rule(
        "not-a-length",
        Text("站点的这个值不是时长", "The site value is no length of time"),
        Text(
            "时限只能取时长参数；机房的固定值因机房而异，不能做时限。",
            "A limit takes a parameter that is a length of time; a fact of a room differs from room to room.",
        ),
        "within: site.inlet-warn",
        "within: site.isolate-wait",
    ),
    _rule(
        "not-a-tag",
        Text("站点的这个值不是标牌", "The site value is no tag"),
        Text(
            "标牌是挂在设备上的字：固定值要用 says 写，每个机房都是文字；数和时长不能当标牌。",
            "A tag is what the plate says: in every room the fact has words under says, no number and no "
            "length of time.",
        ),
        "tag: site.room.area",
        "tag: site.room.crac-tag",
    ),
    _rule(
        "bad-placeholder",
        Text("花括号里的名称不对", "Not a name for double braces"),
        Text(
            "文字里的 {{ }} 只能写 site.名称 或 site.room.名称；消息模板还可以写 plan.… 和 run.…。",
            "Double braces in a text hold site.NAME or site.room.NAME; a message template also plan.… "
            "and run.….",
        ),
        'detail: "Use valve {{ valve }}"',
        'detail: "Use valve {{ site.room.riser }}"',
        readable=True,
    ),
)

_SENSE = (
    _rule(
        "lane-start",
        Text("一条线的第一步没有 after", "The first step of a lane without after"),
        Text(
            "新开的一条线要说明从哪里开始：after: 步骤，或 after: [] 表示一开始就做。",
            "A new lane says where it starts: after: STEP, or after: [] for the beginning of the run.",
        ),
        "- id: cool\n  lane: cooling\n  do: …",
        "- id: cool\n  lane: cooling\n  after: confirm.wet\n  do: …",
    ),
    _rule(
        "after-ends",
        Text("接在已结束的步骤后面", "A step that follows an end"),
        Text(
            "写了 ends: true 的步骤之后路就到头了，后面不能再接步骤。",
            "A road may stop at a step that says ends, so nothing follows it.",
        ),
        "- id: false-alarm\n  ends: true\n- id: dispatch",
        "- id: dispatch\n  after: confirm.wet",
    ),
    _rule(
        "after-alone",
        Text("监视项和 all 只能单独写", "A watch, or all, stands alone"),
        Text(
            "after 里的监视项和 all 不能与别的写在一起：监视项随时可能发生，all 已经包括一切。",
            "A watch may be raised at any time and all is everything, so neither can be waited for "
            "beside another.",
        ),
        "after: [hot, confirm]",
        "after: hot",
    ),
    _rule(
        "only-when-answers",
        Text("有回答的步骤不能有 only_when", "only_when on a step with answers"),
        Text(
            "后面的路取决于它的回答；跳过去就没有回答，不知道走哪条路。",
            "The road behind it depends on its answer; when it is passed there is none.",
        ),
        'ask: Where from\nonly_when: "depth >= 3"',
        'do: Measure again\nonly_when: "depth >= 3"',
        readable=True,
    ),
    _rule(
        "few-signers",
        Text("安全关口少于两人签字", "A safety hold with fewer than two signers"),
        Text(
            "安全关口至少要两个不同的人签字，一个人看错时另一个人还能拦住。",
            "A safety hold needs two different people: the second stops what the first has overlooked.",
        ),
        "hold: Entry permitted\nclass: safety\nsign: [PWR]",
        "hold: Entry permitted\nclass: safety\nsign: [PWR, ENG]",
        readable=True,
    ),
    _rule(
        "safety-defer",
        Text("安全步骤不能推迟", "A safety step that may be deferred"),
        Text(
            "安全步骤不能跳过，也不能推迟；不是安全步骤就去掉 class: safety。",
            "A safety step is never skipped and never put off; when it may be, it is no safety step.",
        ),
        "class: safety\ndefer: close",
        "class: safety",
        readable=True,
    ),
    _rule(
        "each-not-list",
        Text("each 要用清单读数", "each needs a list"),
        Text(
            "each 对清单里的每一项做一次，所以读数的 kind 必须是 list。",
            "each is done once for every item, so its reading is of kind list.",
        ),
        "each: depth",
        "each: circuits",
        readable=True,
    ),
    _rule(
        "warning-too-long",
        Text("警告太长", "The warning is too long"),
        Text(
            "警告要和步骤一起出现在 80×24 的屏幕上：最多四行，每行 76 格。",
            "A warning must be on the screen together with its step at 80×24: four lines of 76 cells.",
        ),
        "warn: … five lines …",
        "warn: Standing water may be live. Electric shock kills",
        readable=True,
    ),
    _rule(
        "text-too-long",
        Text("步骤文字太长", "The text of the step is too long"),
        Text(
            "步骤的文字最多六行，每行 76 格；更多的写进 detail，或拆成两步。",
            "The text of a step has six lines of 76 cells; put more into detail, or make two steps.",
        ),
        "do: … seven lines …",
        "do: Close the riser valve\ndetail: …",
        readable=True,
    ),
)

_CONDITIONS = (
    _rule(
        "single-equals",
        Text("单个 = 不是比较", "A single ="),
        Text("相等写 ==。", "Equality is written ==."),
        'only_when: "depth = 3"',
        'only_when: "depth == 3"',
        readable=True,
    ),
    _rule(
        "condition-grammar",
        Text("条件的写法不对", "Not the form of a condition"),
        Text(
            "条件由名称、数值、时长、比较、and、or、not 和括号组成，没有单位、引号和计算。",
            "A condition is names, numbers, lengths of time, comparisons, and, or, not and parentheses: "
            "no units, no quotes, no arithmetic.",
        ),
        'when: "depth >= 3cm"',
        'when: "depth >= 3"',
        readable=True,
    ),
    _rule(
        "condition-name",
        Text("条件里的名称没有声明", "A condition with an undeclared name"),
        Text(
            "条件里只能用这个预案的读数、里程碑、步骤.回答、waited（只在步骤里）、since-里程碑、"
            "名称-rise（要写 rise）、"
            "site.名称 和 site.room.名称。",
            "A condition may use readings, marks, STEP.ANSWER, waited (in steps only), since-MARK, "
            "NAME-rise (of a "
            "reading with rise), site.NAME and site.room.NAME.",
        ),
        'when: "dpth >= 3"',
        'when: "depth >= 3"',
        readable=True,
    ),
    _rule(
        "unlike-compared",
        Text("条件里比较的种类不合", "A condition that compares different things"),
        Text(
            "数值与数值比，时长与时长比；是或否的名称单独写。",
            "Numbers are compared with numbers, lengths of time with lengths of time; a yes-or-no name "
            "stands alone.",
        ),
        'when: "waited >= 3"',
        'when: "waited >= 3m"',
        readable=True,
    ),
    _rule(
        "units-differ",
        Text("条件里的单位不同", "A condition with different units"),
        Text(
            "两个值的单位必须相同，程序不换算。",
            "Both values have the same unit; nothing is converted.",
        ),
        'when: "depth >= site.area-small"',
        'when: "wet-area >= site.area-small"',
        readable=True,
    ),
)

_GRAPH = (
    _rule(
        "cycle",
        Text("步骤互相等待", "Steps that wait for each other"),
        Text(
            "这些步骤绕成一圈，谁也不能先开始；until 也算等待。要重做前面的步骤请写 back_to。",
            "The steps form a ring, so none of them can ever begin; until counts as waiting. "
            "To do earlier steps again write back_to.",
        ),
        "- id: a\n  after: b\n- id: b\n  after: a",
        "- id: a\n- id: b\n  after: a",
    ),
    _rule(
        "back-other-lane",
        Text("退回到另一条线", "Going back into another lane"),
        Text(
            "退回时重新打开的是同一条线的步骤，别的线照常进行，所以不能退到别的线。",
            "The steps that open again are those of one lane, and the other lanes go on; so it cannot "
            "lead into another.",
        ),
        "lane: cooling\nelse: {back_to: doorway, at_most: 2}      # doorway is in the main lane",
        "lane: cooling\nelse: {back_to: cool-watch, at_most: 2}",
    ),
    _rule(
        "back-not-here",
        Text("退回的步骤走不到这里", "Going back to a step that does not lead here"),
        Text(
            "退回的步骤必须能再走到这里，否则退回去以后就回不来了。",
            "The step it goes back to must lead here again, or there is no coming back.",
        ),
        "after: confirm.wet\nelse: {back_to: false-alarm, at_most: 2}",
        "after: confirm.wet\nelse: {back_to: confirm, at_most: 2}",
    ),
    _rule(
        "turns-used-up",
        Text("退回次数用完后无路可走", "Nothing follows used-up turns"),
        Text(
            "退回有次数限制；用完以后它就是普通的回答，必须有步骤接着它。",
            "Going back is limited; when the turns are used up it is an ordinary answer, and something "
            "must follow it.",
        ),
        "unknown: {says: …, back_to: doorway, at_most: 2}      # nothing has after: source.unknown",
        "- id: close-riser\n  after: source.unknown",
    ),
    _rule(
        "answer-unfollowed",
        Text("有一个回答无路可走", "An answer that nothing follows"),
        Text(
            "别的回答后面有步骤，这个没有，多半是忘了；到此结束请写 ends: true。",
            "Other answers are followed and this one is not; mostly it was forgotten. Where a road may "
            "stop write ends.",
        ),
        "answers: {wet: …, dry: …}      # only wet is followed",
        "- id: false-alarm\n  after: confirm.dry\n  ends: true",
    ),
    _rule(
        "road-open",
        Text("有一条路没有终点", "A road that never ends"),
        Text(
            "每一条路都要走到最后一步，或走到写了 ends: true 的步骤；否则那种情况下没有收尾。",
            "Every road leads to the last step, or to one that says ends; else nobody closes out in that "
            "case.",
        ),
        "- id: stop-crac\n  after: source.crac\n- id: close\n  after: source.pipe",
        "- id: close\n  after: [stop-crac, source.pipe]",
    ),
)

_REHEARSAL = (
    _rule(
        "no-verb",
        Text("剧本的一行没有动作", "A line of the script without an act"),
        Text(
            "有 at 的一行要有一个动作或读数；只让时间过去就写 pass。",
            "A line with `at` has an act or readings; to let time pass write `pass`.",
        ),
        "- {at: 5m, by: li}",
        "- {at: 5m, by: li, done: doorway}",
    ),
    _rule(
        "two-verbs",
        Text("剧本的一行有两个动作", "A line of the script with two acts"),
        Text("一行一个动作，请拆成两行。", "One act on a line; write two lines."),
        "- {at: 5m, by: li, start: dry, done: dry}",
        "- {at: 5m, by: li, start: dry}\n- {at: 6m, by: li, done: dry}",
    ),
)

_ADVICE = {
    "nobody-holds": Rule(
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
}

RULES: dict[str, Rule] = (
    dict((*_FILE, *_YAML, *_STRUCTURE, *_VALUES, *_NAMES, *_SENSE, *_CONDITIONS, *_GRAPH, *_REHEARSAL))
    | _ADVICE
)
"""Every rule by its id."""
