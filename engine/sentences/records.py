"""What is the matter with the record: writing it, reading it, verifying it."""

from __future__ import annotations

from engine.text import Text

RECORDS: dict[str, Text] = {
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
        "请改用纸笔记位置，处置照常记录：状态单 {path} 写不了（{error}）。",
        "Keep the place on paper, the record goes on: the status sheet {path} cannot be written ({error}).",
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
    "verify-intact-own": Text(
        "完好；全是本机写的，用的是本机自己的密钥。",
        "Intact; all of it was written by this device, with its own key.",
    ),
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
        "没有核对：密钥是谁的；别的设备的密钥还不能登记，要知道就向那台设备要一份检查点，用 --since 对照。",
        "Not checked: whose keys these are. Keys of other devices cannot be enrolled yet; to know, "
        "ask that device for a checkpoint of its own and give it with --since.",
    ),
}
