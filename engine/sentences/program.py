"""What the program itself cannot do: rehearsals, the command line, PINs, templates."""

from __future__ import annotations

from engine.text import Text

PROGRAM: dict[str, Text] = {
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
        "没有规则“{rule}”：muster lint --explain all 列出全部规则。",
        "There is no rule '{rule}'; muster lint --explain all lists them all.",
    ),
    "no-such-rule-near": Text(
        "没有规则“{rule}”：相近的有 {near}；muster lint --explain all 列出全部规则。",
        "There is no rule '{rule}'; near it are {near}; muster lint --explain all lists them all.",
    ),
    "option-first": Text(
        "请把 {option} 写在 {verb} 后面：muster {verb} {option} …。",
        "Write {option} behind {verb}: muster {verb} {option} … .",
    ),
    "usage-no-verb": Text(
        "没有“{word}”这个命令{near}{way}：全部命令和例子。",
        "There is no verb '{word}'{near} {way} lists them all, with examples.",
    ),
    "usage-no-option": Text(
        "{verb} 没有选项 {option}{near}{way}：写法和例子。",
        "{verb} has no option {option}{near} {way} shows how to say it, with an example.",
    ),
    "usage-no-value": Text(
        "{option} 后面要写值（{what}）。{way}：写法和例子。",
        "{option} wants a value behind it ({what}). {way} shows how to say it, with an example.",
    ),
    "usage-flag": Text(
        "{option} 后面不写值。{way}：写法和例子。",
        "{option} takes no value. {way} shows how to say it, with an example.",
    ),
    "usage-number": Text(
        "{option} 后面要写整数。{way}：写法和例子。",
        "{option} takes a whole number. {way} shows how to say it, with an example.",
    ),
    "usage-number-from": Text(
        "{option} 后面要写整数，不小于 {least}。{way}：写法和例子。",
        "{option} takes a whole number, {least} or more. {way} shows how to say it, with an example.",
    ),
    "usage-missing": Text(
        "{verb} 后面缺 {name}（{what}），比如 {example}。{way}：写法和例子。",
        "{verb} needs {name} ({what}), as in {example}. {way} shows how to say it.",
    ),
    "usage-extra": Text(
        "{verb} 用不着“{words}”。{way}：写法和例子。",
        "{verb} has no use for '{words}'. {way} shows how to say it, with an example.",
    ),
    "usage-no-word": Text(
        "{verb} 后面还缺一个命令。{way}：全部命令和例子。",
        "{verb} needs a verb behind it. {way} lists them all, with examples.",
    ),
    "unknown-flag": Text(
        "没有“{word}”这种演练：请写 {flags}。", "No drill is '{word}'; write one of {flags}."
    ),
    "option-does-nothing": Text(
        "{option} 在这里没有用：{why}。请去掉它。", "{option} does nothing here: {why}. Leave it out."
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
