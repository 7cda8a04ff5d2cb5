"""What is wrong in the files of a plan book."""

from __future__ import annotations

from engine.text import Text

BOOKS: dict[str, Text] = {
    # --- book
    "book-broken": Text("预案库有 {count} 处错误。", "Errors in the plan book: {count}."),
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
    "yaml-space": Text(
        "这里的空格 {found} 不是普通空格：请用半角空格。",
        "{found} looks like a space and is none to YAML; write ordinary spaces.",
    ),
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
    "wrong-language": Text(
        "写在 {language} 下面的不是这种语言：两种语言是不是写反了？",
        "What stands under {language} is not in that language; are the two swapped?",
    ),
    "languages-differ": Text(
        "两种语言说得不一样：中文有“{zh}”，英文有“{en}”。",
        "The two languages do not say the same: Chinese has '{zh}' and English '{en}'.",
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
    "bad-number": Text(
        "“{found}”不是这里要的数值：只写数字，不写单位。",
        "'{found}' is not the kind of number wanted here; write digits only, without a unit.",
    ),
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
    "no-notice-unkept": Text(
        "不预先通知的演练（notice: no-notice）要在 no_notice 里写明知情人 agents 和取消口令 code_word；"
        "预先通知的不写 no_notice。",
        "A drill without notice (notice: no-notice) says under no_notice who knows (agents) and the word that calls "
        "it off (code_word); an announced one has no no_notice.",
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
    "own-deputy": Text("“{found}”不能做自己的替补。", "'{found}' cannot stand in for themselves."),
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
    "one-answer": Text(
        "“{step}”只有一个回答，什么也没有判断：请再写一个回答，或改成 do。",
        "'{step}' has a single answer and so decides nothing; write another answer, or make it a do.",
    ),
    "watch-idle": Text(
        "监视项“{found}”触发后什么也不发生：请写 level 或 run，或让一个步骤写 after: {found}。",
        "Nothing happens when the watch '{found}' is raised; write level or run, or a step with after: {found}.",
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
}
