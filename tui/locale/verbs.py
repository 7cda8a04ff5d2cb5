"""What the verbs print, and what the doctor finds."""

from __future__ import annotations

from engine.text import Text

VERB_WORDS: dict[str, Text] = {
    # --- verbs
    "pin-again": Text("再输入一次", "Once more"),
    "pin-kept": Text("{name} 的 PIN 已保存。", "The PIN of {name} is kept."),
    "run-row-open": Text("进行中", "open"),
    "lint-plays": Text("正在试演 {drill} …", "playing {drill} …"),
    "lint-error": Text("错误：", "error: "),
    "lint-advice": Text("建议：", "advice: "),
    "lint-clean": Text("没有错误。", "No errors."),
    "lint-count": Text(
        "{errors} 处错误，{advice} 条建议。",
        "{errors} {errors:error|errors}, {advice} {advice:piece|pieces} of advice.",
    ),
    "lint-many-no-drill": Text(
        "没有演练走到这里的 {count} 个回答：{which}（--all 逐条列出）。",
        "No drill takes {count} answers of this runbook: {which} (--all lists each).",
    ),
    "lint-many-parameter-default": Text(
        "{count} 个参数还是默认值：{which}。请按本站核定后写 value（--all 逐条列出）。",
        "{count} parameters still have their default: {which}. Decide on them here and write value (--all lists each).",
    ),
    "lint-many-placeholder": Text(
        "{count} 处像是示例，不是本站的：{which}。请换成本站的实际内容（--all 逐条列出）。",
        "{count} places look like an example: {which}. Write what holds at your site (--all lists each).",
    ),
    "rehearsal-passed": Text("通过  {name}", "passed  {name}"),
    "rehearsal-failed": Text("未通过  {name}", "FAILED  {name}"),
    "verify-compared": Text("核对过的检查点：{count} 个", "checkpoints compared: {count}"),
    "verify-of-run": Text("其中 {run}：{count} 条。", "Of these, {run}: {count} {count:entry|entries}."),
    "checkpoint-keep": Text("把下面的检查点存到别处：", "Keep this checkpoint elsewhere:"),
    # --- doctor
    "doctor-level-ok": Text("正常", "ok     "),
    "doctor-level-advice": Text("建议", "advice "),
    "doctor-level-warning": Text("注意", "WARNING"),
    "doctor-level-ill": Text("故障", "ILL    "),
    "doctor-sum-well": Text("一切正常。", "All is well."),
    "doctor-sum-advice": Text("可以用，有 {advice} 条建议。", "Fit for use; pieces of advice: {advice}."),
    "doctor-sum-warnings": Text("可以用，有 {warning} 处要注意。", "Fit for use; warnings: {warning}."),
    "doctor-sum-ill": Text("{ill} 处故障，{warning} 处要注意。", "Ill: {ill}; warnings: {warning}."),
    "doctor-broken-off": Text("检查“{name}”没能做完", "The check '{name}' could not be finished"),
    "doctor-failed": Text(
        "检查“{name}”自己出错（{kind}：{why}）", "The check '{name}' itself failed ({kind}: {why})"
    ),
    "mend-failed": Text(
        "这是 Muster 的错，请把这一行发给维护它的人。",
        "That is a fault of Muster: send this line to whoever maintains it.",
    ),
    "doctor-python": Text("Python {version}", "Python {version}"),
    "doctor-python-old": Text("Python {version} 太旧", "Python {version} is too old"),
    "mend-python-old": Text(
        "请装 Python {least} 或更新的版本，删掉 .venv 再运行 make run。",
        "Install Python {least} or newer, remove .venv and run make run again.",
    ),
    "doctor-python-new": Text("Python {version}，没有用它试过", "Python {version}, which was never tried"),
    "mend-python-new": Text(
        "最好换成比 {first} 旧的版本，如 make run PYTHON=python3.13。",
        "Better use one before {first}, as with make run PYTHON=python3.13.",
    ),
    "doctor-sqlite": Text(
        "SQLite {version}，不靠写锁也不会损坏记录", "SQLite {version}, which needs no writer lock"
    ),
    "doctor-sqlite-lock": Text(
        "SQLite {version} 早于 {safe}，要靠写锁，Muster 已经用了；不要用别的程序打开记录",
        "SQLite {version} is older than {safe} and needs the writer lock, which Muster takes; "
        "open the record with no other program",
    ),
    "doctor-sqlite-old": Text("SQLite {version} 太旧", "SQLite {version} is too old"),
    "mend-sqlite-old": Text(
        "请装一个带 SQLite {least} 或更新版本的 Python，删掉 .venv 再运行 make run。",
        "Install a Python that brings SQLite {least} or newer, remove .venv and run make run again.",
    ),
    "doctor-language-unknown": Text("要求的语言没有", "The language that is asked for is not here"),
    "doctor-encoding": Text(
        "终端编码 {encoding}，中英文都能显示", "Terminal encoding {encoding} carries both languages"
    ),
    "doctor-encoding-poor": Text(
        "终端编码 {encoding} 显示不了预案", "Terminal encoding {encoding} cannot show a plan"
    ),
    "mend-encoding-poor": Text(
        "请运行 {command}，PuTTY 请把 Remote character set 设为 UTF-8。",
        "Run {command}; in PuTTY set Remote character set to UTF-8.",
    ),
    "doctor-not-a-terminal": Text(
        "输出不是终端，没有看它的种类和大小", "The output is no terminal; kind and size not checked"
    ),
    "doctor-terminal": Text("终端 {kind}", "Terminal {kind}"),
    "doctor-terminal-dumb": Text(
        "终端种类（TERM）是 {kind}，画不了屏幕", "The kind of terminal (TERM) is {kind}: no screens"
    ),
    "mend-terminal-dumb": Text(
        "请用 --plain 行模式，或运行 export TERM=xterm-256color。",
        "Use line mode with --plain, or run export TERM=xterm-256color.",
    ),
    "doctor-terminal-console": Text(
        "Linux 控制台的字库里没有汉字", "The font of the Linux console has no Chinese"
    ),
    "mend-terminal-console": Text(
        "请用 --lang en，或从别的机器用 SSH 登录。", "Use --lang en, or log in by SSH from another machine."
    ),
    "doctor-size": Text("窗口 {columns}x{rows}", "Window {columns}x{rows}"),
    "doctor-size-small": Text(
        "窗口只有 {columns}x{rows}，小于 {least}", "Window {columns}x{rows}, smaller than {least}"
    ),
    "mend-size-small": Text(
        "请把窗口拉大，串口请运行 stty cols {wide} rows {high}，或用 --plain 行模式。",
        "Enlarge it, on a serial line run stty cols {wide} rows {high}, or use line mode with --plain.",
    ),
    "doctor-clock-ntp": Text("时钟 {now}，由网络校准", "Clock {now}, kept by the network"),
    "doctor-clock-unknown": Text(
        "时钟 {now}，系统没有说由谁校准", "Clock {now}; the system does not say who keeps it"
    ),
    "doctor-clock-free": Text("时钟 {now}，没有校准", "Clock {now}, kept by nobody"),
    "mend-clock-free": Text(
        "请运行 sudo timedatectl set-ntp true；没有网络时，交接班时与报时核对。",
        "Run sudo timedatectl set-ntp true; without a network compare it with a time signal at each shift.",
    ),
    "doctor-zone": Text("站点时区 {zone}，当地 {time}", "Time zone of the site {zone}, there it is {time}"),
    "doctor-zone-unknown": Text(
        "这台机器没有站点时区 {zone} 的数据", "This machine does not know the zone of the site, {zone}"
    ),
    "mend-zone-unknown": Text(
        "请运行 sudo apt-get install tzdata，或 pip install tzdata。",
        "Run sudo apt-get install tzdata, or pip install tzdata.",
    ),
    "doctor-book": Text(
        "预案库 {path}（{rule}）：{count} 份预案，没有错误；改进建议看 {command}",
        "Plan book {path} ({rule}): no errors; runbooks: {count}; advice on them: {command}",
    ),
    "doctor-book-broken": Text(
        "预案库 {path}（{rule}）有 {errors} 处错误", "Plan book {path} ({rule}) has errors: {errors}"
    ),
    "mend-book-broken": Text(
        "请运行 {command} 逐处改正；第一处：{first}", "Run {command} and mend each; the first is {first}"
    ),
    "doctor-pins": Text("{count} 位要签字的人都有 PIN", "All {count} people who may have to sign have a PIN"),
    "doctor-no-pin": Text(
        "要签字而没有 PIN，两个名字的签字在一台设备上只能口头、待确认：{names}",
        "They may have to sign and have no PIN, so that on one device the second of two names "
        "can only be a voice, to be confirmed: {names}",
    ),
    "mend-no-pin": Text(
        "请他们各自在本机运行 {commands}，设自己的 PIN。",
        "Here each of them runs their own of {commands} and sets a PIN.",
    ),
    "doctor-state": Text("状态文件夹 {path} 可写", "State folder {path} can be written"),
    "doctor-state-new": Text(
        "状态文件夹 {path} 还没有，第一次处置时建立", "State folder {path}: made by the first run"
    ),
    "doctor-state-no-folder": Text("状态文件夹 {path} 不是文件夹", "State folder {path} is not a folder"),
    "mend-state-no-folder": Text(
        "请移走它，或用 export MUSTER_STATE=… 指定别处。",
        "Move it away, or name another with export MUSTER_STATE=….",
    ),
    "doctor-state-shut": Text(
        "状态文件夹 {path} 不可写，密钥放不进去",
        "State folder {path} cannot be written, so no key can be kept",
    ),
    "mend-state-shut": Text(
        "请让当前用户（uid {uid}）可以读写 {what}（如 sudo chown {uid} {command}），"
        "或用 export MUSTER_STATE=… 指定别处。",
        "Let this user (uid {uid}) write {what}, as with sudo chown {uid} {command}, "
        "or name another with export MUSTER_STATE=….",
    ),
    "doctor-store-nowhere": Text("没有地方放记录", "There is no place for the record"),
    "doctor-store": Text("记录 {path}（{rule}），可读可写", "Record {path} ({rule}) can be read and written"),
    "doctor-store-new": Text(
        "记录 {path}（{rule}）还没有，第一次处置时建立", "Record {path} ({rule}): made by the first run"
    ),
    "doctor-store-dangling": Text(
        "记录 {path}（{rule}）是一个断了的链接", "Record {path} ({rule}) is a link that leads nowhere"
    ),
    "mend-store-dangling": Text(
        "请接回它所指的磁盘，或用 --store 指定别的文件。",
        "Bring back the disk it leads to, or name another file with --store.",
    ),
    "doctor-store-is-folder": Text("记录 {path}（{rule}）是一个文件夹", "Record {path} ({rule}) is a folder"),
    "mend-store-is-folder": Text(
        "请用 --store 或 MUSTER_STORE 指定一个文件，如 {path}/muster.db。",
        "Name a file with --store or MUSTER_STORE, like {path}/muster.db.",
    ),
    "doctor-store-no-file": Text(
        "记录 {path}（{rule}）不是普通文件", "Record {path} ({rule}) is no ordinary file"
    ),
    "mend-store-no-file": Text(
        "请用 --store 或 MUSTER_STORE 指定一个文件。", "Name a file with --store or MUSTER_STORE."
    ),
    "doctor-store-no-folder": Text(
        "放记录 {path}（{rule}）的文件夹不存在", "The folder of the record {path} ({rule}) does not exist"
    ),
    "mend-store-no-folder": Text(
        "请运行 mkdir -p {command}，或用 --store 指定别处。",
        "Run mkdir -p {command}, or name another place with --store.",
    ),
    "doctor-store-unreadable": Text("记录 {path}（{rule}）读不了", "Record {path} ({rule}) cannot be read"),
    "mend-store-unreadable": Text(
        "请让当前用户（uid {uid}）可以读写 {what}（如 sudo chown {uid} {command}），或用 --store 指定别处。",
        "Let this user (uid {uid}) read and write {what}, as with sudo chown {uid} {command}, "
        "or name another place with --store.",
    ),
    "doctor-store-read-only": Text(
        "记录 {path}（{rule}）只能读：{what} 不可写",
        "Record {path} ({rule}) can only be read: {what} cannot be written",
    ),
    "mend-store-read-only": Text(
        "请让当前用户（uid {uid}）可以写它（如 sudo chown {uid} {command}），或用 --store 指定别处。",
        "Let this user (uid {uid}) write it, as with sudo chown {uid} {command}, "
        "or name another place with --store.",
    ),
    "doctor-store-unmakeable": Text(
        "记录 {path}（{rule}）建不了：{what} 不可写",
        "Record {path} ({rule}) cannot be made: {what} cannot be written",
    ),
    "mend-store-unmakeable": Text(
        "请让当前用户（uid {uid}）可以写它（如 sudo chown {uid} {command}），或用 --store 指定别处。",
        "Let this user (uid {uid}) write it, as with sudo chown {uid} {command}, "
        "or name another place with --store.",
    ),
    "doctor-store-disk-read-only": Text(
        "记录 {path}（{rule}）所在的磁盘只读", "The disk of the record {path} ({rule}) is read-only"
    ),
    "mend-store-disk-read-only": Text(
        "请检查磁盘后用 sudo mount -o remount,rw 重新挂载，或用 --store 指定别处。",
        "Check the disk and run sudo mount -o remount,rw on it, or name another place with --store.",
    ),
    "doctor-space": Text("{folder} 所在磁盘还有 {free} MB", "{free} MB are free on the disk of {folder}"),
    "doctor-space-little": Text(
        "{folder} 所在磁盘只剩 {free} MB", "Only {free} MB are free on the disk of {folder}"
    ),
    "mend-space-little": Text(
        "请腾出空间到 {wanted} MB 以上，或用 --store 指定别的磁盘。",
        "Free some until there are {wanted} MB, or name another disk with --store.",
    ),
    "doctor-space-none": Text("{folder} 所在磁盘已满", "The disk of {folder} is full"),
    "mend-space-none": Text(
        "请腾出空间到 {wanted} MB 以上，或用 --store 指定别的磁盘；在那之前什么都记不下来。",
        "Free some until there are {wanted} MB, or name another disk with --store; "
        "until then nothing can be recorded.",
    ),
    "doctor-disk": Text("磁盘种类 {kind}，在本机", "The disk is of this machine ({kind})"),
    "doctor-disk-network": Text(
        "记录 {path} 在网络磁盘（{kind}）上", "The record {path} stands on a network disk ({kind})"
    ),
    "mend-disk-network": Text(
        "请用 --store 指定本机磁盘上的文件：网络磁盘断开或锁失灵时会丢失记录。",
        "Name a file on a disk of this machine with --store: "
        "when the network or its locks fail, entries are lost.",
    ),
    "doctor-disk-memory": Text(
        "记录 {path} 在内存盘（{kind}）上", "The record {path} stands on a disk in memory ({kind})"
    ),
    "mend-disk-memory": Text(
        "请用 --store 指定真正磁盘上的文件：断电或重启后内存盘就空了。",
        "Name a file on a real disk with --store: after a power cut or a restart this one is empty.",
    ),
    "doctor-disk-cloud": Text(
        "记录 {path} 在会自动同步的文件夹 {cloud} 里",
        "The record {path} stands in {cloud}, which is synchronised",
    ),
    "mend-disk-cloud": Text(
        "请用 --store 指定不同步的文件夹里的文件：写到一半的记录会被拷走或盖回。",
        "Name a file outside of it with --store: a record is copied half-written, or written over.",
    ),
    "doctor-disk-linked": Text(
        "记录 {path} 有第二个名字（链接）", "The record {path} has a second name (a link)"
    ),
    "mend-disk-linked": Text(
        "请用 --store 指定文件本身并删掉链接：两个名字就有两把锁。",
        "Name the file itself with --store and remove the link: two names have two locks.",
    ),
    "doctor-content": Text(
        "记录的表结构是第 {version} 版", "The tables of the record are of version {version}"
    ),
    "doctor-content-none": Text(
        "记录是空的，第一次处置时建表", "The record is empty; the first run makes its tables"
    ),
    "doctor-content-damaged": Text("记录 {path} 已损坏", "The record {path} is damaged"),
    "mend-content-damaged": Text(
        "请用 --store 换一个文件继续，把 {command} 连同 -wal 文件拷到别处，对拷贝运行 muster verify。",
        "Go on with another file by --store, copy {command} and its -wal elsewhere, "
        "and run muster verify on the copy.",
    ),
    "doctor-content-unreadable": Text("记录的内容读不出", "What stands in the record cannot be read"),
    "doctor-pages": Text("记录的页面完好", "The pages of the record are sound"),
    "doctor-pages-many": Text(
        "记录很大，{seconds} 秒没有看完页面；muster verify 会看完",
        "The record is large: its pages were looked at for {seconds} seconds and not all seen; "
        "muster verify sees all",
    ),
    "doctor-pages-damaged": Text("记录的页面已损坏（{why}）", "Pages of the record are damaged ({why})"),
    "mend-pages-damaged": Text(
        "请用 --store 换一个文件继续，对这个文件运行 muster verify，并检查磁盘。",
        "Go on with another file by --store, run muster verify on this one, and check the disk.",
    ),
    "doctor-guards": Text("记录的守卫齐全", "The guards of the record are complete"),
    "doctor-guards-missing": Text(
        "记录的守卫被拿掉、改过或不该有：{names}",
        "Guards of the record were taken away, changed or put in: {names}",
    ),
    "mend-guards-missing": Text(
        "有人用别的程序改过这个文件：请运行 muster verify，并弄清是谁。",
        "Somebody has changed the file with another program: run muster verify, and find out who.",
    ),
    "doctor-foreign": Text(
        "有外来日志，没有已知的人为它担保（{count} 本）：{names}",
        "Foreign journals, which nobody known here vouches for ({count}): {names}",
    ),
    "mend-foreign": Text(
        "若不是另一台设备或丢了密钥的本机写的，就是有人往文件里加了条目：请运行 muster verify 并弄清是谁。",
        "If no other device, nor this one with a key since lost, wrote them, somebody put entries into "
        "the file: run muster verify, and find out who.",
    ),
    "log-foreign": Text("! 外来  {line}", "! foreign  {line}"),
    "doctor-key": Text("设备密钥 {path}，指纹 {fingerprint}", "Device key {path}, fingerprint {fingerprint}"),
    "doctor-key-new": Text("还没有设备密钥，第一次处置时生成", "No device key yet; the first run makes it"),
    "doctor-key-missing": Text(
        "没有这份记录的设备密钥 {path}", "The device key of this record, {path}, is missing"
    ),
    "mend-key-missing": Text(
        "若记录是本机写的，请从备份放回状态文件夹；否则不用管，下一条会以新密钥另开日志。",
        "If this device wrote the record, put its state folder back from a backup; "
        "else leave it: the next entry begins a journal with a new key.",
    ),
    "doctor-key-open": Text(
        "设备密钥 {path} 别人也能读（权限 {mode}）", "Others can read the device key {path} (mode {mode})"
    ),
    "mend-key-open": Text(
        "请运行 chmod 600 {command}；若有人可能看过，就移走它，会以新密钥另开日志。",
        "Run chmod 600 {command}; if somebody may have seen it move it away, "
        "and a new journal begins with a new key.",
    ),
    "doctor-key-unreadable": Text("设备密钥 {path} 不能用", "The device key {path} is of no use"),
    "doctor-anchor": Text(
        "记录里有本机记得的最后一条（第 {size} 条）",
        "The record holds the last entry this device remembers ({size})",
    ),
    "doctor-anchor-went-back": Text(
        "本机记得写到第 {size} 条，这个文件只到第 {here} 条或已不同",
        "This device remembers entry {size}; this file ends at {here}, or differs",
    ),
    "mend-anchor-went-back": Text(
        "可能放回了旧备份：请找回较新的文件；找不到就继续，下一条会另开日志并写明此事。",
        "An old backup may have been put back: find the newer file; if there is none go on, "
        "the next entry begins a new journal and says so.",
    ),
    "doctor-journal": Text(
        "日志 {journal}，{size} 条，最后 {count} 条核对无误",
        "Journal {journal}: {size} {size:entry|entries}, of which the last {count} {count:holds|hold}",
    ),
    "doctor-journal-broken": Text("日志 {journal} 的结尾被改过", "The end of journal {journal} was changed"),
    "mend-journal-broken": Text(
        "请运行 muster verify --deep，与存在别处的检查点对照；发现的第一处：{first}",
        "Run muster verify --deep and compare with a checkpoint kept elsewhere; "
        "the first thing found: {first}",
    ),
    "doctor-clock-after": Text(
        "时钟晚于最后一条记录（{last}）", "The clock is after the last entry ({last})"
    ),
    "doctor-clock-behind": Text(
        "时钟 {now} 早于最后一条记录（{last}）：被往回拨过",
        "The clock {now} is before the last entry ({last}): it was set back",
    ),
    "mend-clock-behind": Text(
        "请校准时钟，如 sudo timedatectl set-ntp true；没有网络用 sudo date -s。",
        "Set it right, as with sudo timedatectl set-ntp true, or sudo date -s without a network.",
    ),
    "doctor-lock": Text("写锁空闲", "The writer lock is free"),
    "doctor-lock-held": Text(
        "另一个程序占着写锁超过 {seconds} 秒{who}",
        "Another program holds the writer lock for more than {seconds} seconds{who}",
    ),
    "mend-lock-held": Text(
        "请等它做完；若它已停住，就结束它（kill 加进程号），记录不会因此损坏。",
        "Wait until it is done; if it hangs, end it with kill and its number, which does the record no harm.",
    ),
}
