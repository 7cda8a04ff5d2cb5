"""The words of the screens, in both languages; what line mode says too stands in `locale`."""

from __future__ import annotations

from engine.text import Text

SCREEN: dict[str, Text] = {
    # --- the record
    "record-saved": Text("已记录", "saved"),
    "record-recording": Text("记录中", "recording"),
    "record-not-recorded": Text("未记录！", "NOT RECORDED"),
    "screen-still-recording": Text(
        "上一项还在记录，请稍等。", "The last act is still being recorded; wait a moment."
    ),
    "screen-slow": Text(
        "5 秒还没有记下来：请先写在纸上，程序还在试。",
        "Not recorded after 5 seconds: write it on paper; the program goes on trying.",
    ),
    # --- a fault of ours, and what a terminal cannot show
    "fault-stopped": Text(
        "程序出了故障，已经停下；处置没有停，先按纸上预案接着做。",
        "The program had a fault and has stopped. The run goes on: go on from the paper copy.",
    ),
    "fault-saved": Text("记录：做过的全部已记录。", "Record: everything that was done is saved."),
    "fault-recording": Text(
        "记录：最后一项可能没有记上，回来后先核对。",
        "Record: the last act may not be saved; check it when you are back.",
    ),
    "fault-not-recorded": Text(
        "记录：最后一项没有记上，请写在纸上，回来后补记。",
        "Record: the last act is NOT recorded; write it down and enter it when you are back.",
    ),
    "fault-back": Text("回到这次处置：", "Back to the run:"),
    "fault-file": Text(
        "故障说明（没有您输入的内容），请交给维护的人：",
        "What went wrong, without anything you typed, for whoever mends it:",
    ),
    "screen-no-chinese": Text(
        "这台终端显示不了中文，仍用英文。中文请换一台终端：{command}",
        "This console cannot show Chinese; English stays. For Chinese, on another terminal: {command}",
    ),
    "home-no-chinese": Text(
        "这台终端显示不了中文，仍用英文；行模式用 muster --plain。",
        "This console cannot show Chinese; English stays. Line mode: muster --plain",
    ),
    "act-done-earlier": Text("补记：这一步以前做过，或纸上记着", "It was done earlier, or stands on paper"),
    "key-when": Text("几点做的/纸上", "when/paper"),
    "group-step": Text("本步", "this step"),
    "group-alarms": Text("告警", "alarms"),
    "group-watches": Text("监视", "watches"),
    "group-others": Text("其他步骤", "other steps"),
    "group-people": Text("人员", "people"),
    "group-run": Text("整个处置", "the whole run"),
    "screen-none-found": Text(
        "没有哪一项带“{words}”；退格删字，Esc 返回。",
        "Nothing here says '{words}'; Backspace erases, Esc goes back.",
    ),
    "key-before": Text("上一项", "field before"),
    "screen-field": Text("第 {field}/{fields} 项", "field {field} of {fields}"),
    "act-seen": Text("知道了：{what}", "Known: {what}"),
    "screen-next-item": Text("再一项；空行结束", "next item; empty line ends"),
    # --- walk
    "screen-of-steps": Text("{first} 到 {last}，共 {count} 步", "{first} to {last} of {count} steps"),
    "screen-of-mine": Text(
        "{first} 到 {last}，我的共 {count} 步；别人的 {hidden} 步没列（{open} 步可做）",
        "{first} to {last} of my {count} steps; {hidden} of others not listed ({open} to do)",
    ),
    "screen-above": Text("上面还有 {count} 行，按 PgUp", "{count} lines above: PgUp"),
    "screen-short": Text("说明已收起，按 Right 展开", "longer text folded away; Right unfolds it"),
    "screen-no-more": Text("这一步没有更长的说明。", "This step has no longer text."),
    "screen-of-acts": Text(
        "{first} 到 {last}，共 {count} 项；打字查找", "{first} to {last} of {count} acts; type words to find"
    ),
    "screen-map": Text("路线", "map"),
    "screen-map-counts": Text(
        "了结 {settled}  可做 {open}  要等 {waiting}  不走 {off}",
        "{settled} settled  {open} to do  {waiting} wait  {off} off",
    ),
    "screen-log": Text("记录", "record"),
    "screen-here": Text("现在：第 {number} 步 {title}", "now: step {number} {title}"),
    "screen-on-step": Text("本步", "this step"),
    "screen-looking": Text("只是查看第 {number} 步。", "Only looking at step {number}."),
    "screen-confirm": Text(
        "您在第 {number} 步。第一个键只确认位置。",
        "You are at step {number}. The first key only confirms the place.",
    ),
    "screen-confirm-end": Text("第一个键只确认位置。", "The first key only confirms the place."),
    "screen-last": Text("最近：{what}", "Last: {what}"),
    "screen-confirmed": Text("位置已确认。", "Place confirmed."),
    "screen-leave-sure": Text(
        "离开？处置照常进行。Enter 离开，Esc 留下。", "Leave? The run goes on. Enter leaves, Esc stays."
    ),
    "screen-stays": Text("没有离开。", "You have not left."),
    "screen-acked": Text("已记下：知道了。", "Recorded: acknowledged."),
    "screen-back-unreported": Text(
        "回到这次处置，没有报告任何情况；报告：F9，0 再按数字。",
        "Back in this run; nothing was reported. To report: F9, 0 and a digit.",
    ),
    "screen-raised-already": Text("这一项已经报告过。", "That was reported already."),
    "screen-do-not-apply": Text("第 {numbers} 步不适用", "{numbers} {count:does|do} not apply"),
    "screen-fresh": Text(
        "这里刚有变化：先看一眼，再按一次 Enter 才做。",
        "Something here has just changed: look first, then press Enter again.",
    ),
    "screen-read-on": Text(
        "警告还没有完：按空格看下一页，看完才能做。",
        "The warning goes on: Space shows the next page; then you can act.",
    ),
    "screen-read-first": Text("先看警告，再按 Enter 做。", "Read the warning first; then Enter does it."),
    "screen-page": Text("第 {page}/{pages} 页，空格翻页", "page {page}/{pages}, Space turns"),
    "screen-digit": Text("请按数字选一个，再按 Enter。", "Choose by a digit, then press Enter."),
    "screen-no-such": Text("没有第 {typed} 项。", "There is no number {typed}."),
    "screen-no-step": Text(
        "没有第 {number} 步，最后一步是 {last}。", "There is no step {number}; the last is {last}."
    ),
    "screen-not-now": Text(
        "这一步现在不能这样做；按 Tab 看能做什么。", "Not possible here now; Tab lists what is."
    ),
    "screen-kept": Text(
        "已关闭，什么都没有记录；填过的都留着。", "Closed; nothing was recorded, and what you typed is kept."
    ),
    "screen-kept-part": Text(
        "已关闭；刚才已记录的（角色、读数）仍然算数，其余没有记录，填过的都留着。",
        "Closed; what was recorded meanwhile (a role, readings) stands, the rest was not; what you typed is kept.",
    ),
    "screen-gone": Text("这一项现在做不了了，请重新选。", "That is no longer possible; choose anew."),
    "screen-in-front": Text("第 {number} 步放到面前了。", "Step {number} is in front of you now."),
    "act-done-by": Text("这一步是别人做的", "Somebody else did this step"),
    "screen-who": Text("谁做的（数字或姓名）", "who did it (number or name)"),
    "screen-none": Text("没有", "none"),
    "screen-watch": Text("监视", "watch"),
    "screen-more": Text("另 {count} 项", "{count} more"),
    "screen-after-this": Text("等本步", "after this step"),
    "screen-timers": Text("计时", "timers"),
    "screen-wait-over": Text("{time} 已到点，过了 {left}：请确认", "time came {time}, {left} ago: confirm"),
    "screen-this-step": Text("本步", "this step"),
    "screen-due-now": Text("现在", "now"),
    "screen-deferred": Text("暂缓 {count}", "{count} deferred"),
    "screen-left-over": Text("遗留 {count}", "{count} left over"),
    "screen-open": Text("还有 {count} 步可做", "{count} more to do"),
    "trouble-record": Text("未记录", "NOT RECORDED"),
    "trouble-sheet": Text("状态单停写", "no status sheet"),
    "screen-alarms-more": Text("另有 {count} 条", "{count} more"),
    "screen-entry-no": Text(
        "已记为“否”，处置照常走。要停，按 Tab 选“结束处置”。",
        "Recorded: no. The run goes on; to stop, press Tab and choose 'End the run'.",
    ),
    "entry-not-so-head": Text("!! 启动条件不成立：{words}", "!! entry NOT so: {words}"),
    "screen-into-child": Text(
        "已转入 {run}；它结束后回到原来的步骤。", "You are in {run}; when it ends you return to your step."
    ),
    "screen-back-from-child": Text("回到 {run}，在您离开的那一步。", "Back in {run}, at the step you left."),
    "screen-go-to": Text("去 {run}（{title}）", "Go to {run} ({title})"),
    "screen-go-parent": Text("回到上一级 {run}", "Back to {run}, which opened this one"),
    "screen-put-in-front": Text("放到面前：第 {number} 步 {title}", "Put in front: step {number} {title}"),
    "act-pass-time": Text("让排练的时钟走", "Let the rehearsal clock run"),
    "screen-pass-how-long": Text(
        "过多久，如 90s、15m、2h；回车 = 到下一个时刻",
        "how long, like 90s, 15m, 2h; Enter = to what is due next",
    ),
    "screen-too-small": Text(
        "窗口 {columns}x{rows}，要 {wide}x{high} 才放得下全部；请拉大。",
        "Window {columns}x{rows}; {wide}x{high} shows all of it: enlarge it.",
    ),
    # --- keys
    "screen-keys": Text("按键（开着中文输入法也能用）", "keys"),
    "screen-keys-help": Text(
        "Enter 做这一步      Tab 全部操作，输入几个字可查找   空格 翻页\n"
        "Up Down 或步骤号 看别的步骤  Esc F4 回到本步   F2 English\n"
        "F3 备注   F5 未能完成   F6 暂缓   F7 为什么   F8 全部步骤\n"
        "Left Right：步骤表里只看我的/看全部；卡片上收起/展开说明\n"
        "F9 紧急：按数字选另一份预案，先问再开始；按 0 再按数字报告情况\n"
        "Tab 0 知道了（告警行里的那一条）\n"
        "F12 离开：处置照常进行\n"
        "填写时：Esc 关闭、留着所填   Up 几点做的、纸上记的\n"
        "刚换了步骤或来了告警，1 秒内的 Enter 不算：先看，再按\n"
        "5 分钟没有按键，第一个键只确认位置\n"
        "字母也行：h 或 F1 本页  n 备注  x 未能完成  d 暂缓  m 步骤  e 紧急\n"
        "j k 上下  q 离开（先问）",
        "Enter does this step     Tab every act; type to find one   Space next page\n"
        "Up Down or its number: another step   Esc F4 come back    F2 中文\n"
        "F3 note   F5 could not   F6 defer   F7 why   F8 all steps\n"
        "Left Right: list of steps, mine or all; card, short or whole\n"
        "F9 emergency: a digit is another plan, asked about before it starts;\n"
        "   0 and a digit report what happened\n"
        "Tab 0 acknowledges what stands in the alarm row\n"
        "F12 leave: the run goes on\n"
        "In a field: Esc closes it and keeps what you typed; Up: when, paper\n"
        "Within 1 s of a new step or alarm Enter does nothing: look, then press\n"
        "After 5 minutes without a key the first only confirms the place\n"
        "Letters too: h or F1 this page  n note  x could not  d defer  m steps\n"
        "   e emergency  j k move  q leave (asks first)",
    ),
    "key-act": Text("做", "act"),
    "key-digit": Text("先按数字选一个", "a digit first"),
    "key-next-page": Text("空格 下一页", "Space: next page"),
    "key-list": Text("全部操作", "every act"),
    "key-note": Text("备注", "note"),
    "key-fail": Text("未能完成", "could not"),
    "key-defer": Text("暂缓", "defer"),
    "key-why": Text("为什么", "why"),
    "key-map": Text("步骤", "steps"),
    "key-emergency": Text("紧急", "EMERGENCY"),
    "key-real": Text("真实事件", "REAL EVENT"),
    "key-leave": Text("离开", "leave"),
    "key-language": Text("English", "中文"),
    "key-known": Text("知道了", "ack"),
    "key-back": Text("返回", "back"),
    "key-record": Text("记下这一项", "record it"),
    "key-close": Text("关闭，留着所填", "close, text is kept"),
    "key-choose": Text("数字 + Enter 选", "digits + Enter choose"),
    "key-look": Text("查看", "look"),
    "key-move": Text("移动", "move"),
    "key-only-mine": Text("只看我的", "mine only"),
    "key-everybodys": Text("看全部", "everybody's"),
    "key-help": Text("帮助", "help"),
    "key-page": Text("翻页", "page"),
    "key-stay": Text("留下", "stay"),
    "key-all": Text("列出全部", "list all"),
    "key-confirm": Text("确认位置", "confirm the place"),
    "key-to-current": Text("回到现在的步骤", "to the current step"),
    "key-front": Text("放到面前", "put in front"),
    "key-end": Text("结束处置", "end the run"),
    "key-wait": Text("等待", "wait"),
    # --- home
    "home-opening": Text("正在打开预案和记录", "Opening the plan book and the record"),
    "home-open": Text("进行中", "open runs"),
    "home-start": Text("开始处置", "start"),
    "home-start-hint": Text("按数字再按 Enter，或直接输入现象", "a number and Enter, or type what you see"),
    "home-none-near": Text(
        "没有符合“{typed}”的。有人受伤先打 120，起火先打 119。全部：",
        "Nothing fits '{typed}'. Somebody hurt: 120 first. Fire: 119. All:",
    ),
    "home-none-other": Text("没有完全符合“{typed}”的，相近的有：", "Nothing fits '{typed}'; nearest to it:"),
    "home-none": Text(
        "没有完全符合“{typed}”的（人受伤先打 120，起火 119），相近的有：",
        "Nothing fits '{typed}' (hurt: 120, fire: 119 first); nearest to it:",
    ),
    "home-typed": Text("输入", "type"),
    "home-room": Text("哪个机房", "which room"),
    "home-person": Text("您是谁", "who are you"),
    "home-emergency": Text("紧急", "EMERGENCY"),
    "home-watch-hint": Text("按 0 和数字报告", "0 and its digit report it"),
    "home-more-watches": Text("其余 {count} 种情况和全部操作", "{count} more of these, and every act"),
    "home-other-plan": Text("另一份预案", "another plan"),
    "home-plan-hint": Text(
        "按数字，或输入现象；这次处置照常进行",
        "its digit, or type what you see; this run goes on",
    ),
    "home-many": Text("按 Down 再按 Enter 选一个。", "Choose one with Down, then Enter."),
    "home-kept-back": Text("{run} 进行期间不开（{title}）", "held back by {run} ({title})"),
    "home-force": Text("现在不该开，仍要开？", "held back: open it all the same?"),
    "home-force-why": Text(
        "写下理由，Enter 开始；Esc 返回。理由记入记录。",
        "Type why, Enter starts it; Esc goes back. The reason stands in the record.",
    ),
    "home-sure": Text("将开始一次实战", "this starts a REAL run"),
    "home-sure-plan": Text("预案", "plan"),
    "home-sure-room": Text("机房", "room"),
    "home-sure-who": Text("您是", "as"),
    "home-sure-goes-on": Text(
        "“{title}”照常进行；在新的处置里按 F9 可以回到它。",
        "'{title}' goes on; F9 in the new run leads back to it.",
    ),
    "home-sure-enter": Text("Enter 开始，Esc 返回。", "Enter starts it, Esc goes back."),
    "home-patrols-late": Text("巡检逾期 {count}：{names}", "{count} {count:patrol|patrols} overdue: {names}"),
    "home-findings": Text(
        "巡检留下的问题还有 {count} 项，用 muster findings 查看",
        "{count} {count:finding|findings} of patrols still open: muster findings",
    ),
    "home-real": Text("真实事件", "a real event"),
    "home-nothing-due": Text("没有到期的事", "nothing falls due"),
    "home-late": Text("逾期 {length}  {what}", "OVERDUE {length}  {what}"),
    "home-next": Text("{length}后  {what}", "in {length}  {what}"),
    "home-late-count": Text("逾期 {count} 项", "{count} OVERDUE"),
    "home-patrols": Text("巡检 {count} 份：输入“巡检”列出", "{count} patrols: type 'patrol' to list them"),
    "home-at-once": Text("按数字就开始，或直接输入现象", "a number starts at once; or type what you see"),
    "home-faults": Text(
        "预案库有 {count} 处错误，用 muster lint 查看", "The plan book has {count} errors: muster lint"
    ),
    "home-more": Text("还有 {count} 项，输入几个字可缩小", "{count} more; a few letters narrow it"),
    "home-place": Text("第 {number}/{total} 步", "step {number}/{total}"),
    "home-end": Text("路已走完", "road walked"),
    "key-start": Text("开始", "start"),
    "key-go-back": Text("回到这次处置", "go back to it"),
    "key-back-to": Text("回到{title}", "back to {title}"),
    "key-report": Text("报告", "report it"),
    "key-plan": Text("预案", "plan"),
    "key-start-real": Text("开始实战", "start it, REAL"),
    "left-beside": Text("还在进行的，回来用：", "Also going on; come back with:"),
    "key-choose-it": Text("选它", "choose"),
}
