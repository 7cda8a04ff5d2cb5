"""The words around the screens, in both languages: the status sheet, the watchdog, what a terminal cannot show."""

from __future__ import annotations

from engine.text import Text

REPORT: dict[str, Text] = {
    # --- the watchdog; its lines reach a terminal whose program is gone, so each stands alone
    "watchdog-silent": Text(
        "程序没有反应 NOT RESPONDING：请等几秒；若一直如此，照纸质预案做，见 {sheet}",
        "NOT RESPONDING: wait a few seconds; if it stays so go on with the paper plan, see {sheet}",
    ),
    "watchdog-failed": Text("程序已停 PROCEDURE SYSTEM FAILED", "PROCEDURE SYSTEM FAILED"),
    "watchdog-place": Text(
        "请照纸质预案 {runbook} 第 {revision} 版，从第 {step} 步做下去：{title}",
        "Go on with paper {runbook} rev {revision} from step {step}: {title}",
    ),
    "watchdog-no-place": Text("没有正在处置的步骤。", "No step was in front."),
    "watchdog-sheet": Text("当时的情况见：{sheet}", "Where things stood: {sheet}"),
    "watchdog-back": Text(
        "已记录的都在。回到处置：{command}", "What was recorded is kept. Go back with: {command}"
    ),
    # --- what this terminal cannot show
    "linux-console": Text(
        "This console (TERM=linux) cannot show Chinese.", "This console (TERM=linux) cannot show Chinese."
    ),
    "linux-console-choose": Text(
        "  1  English on the screen\n  2  line mode, in English\nFor Chinese log in by SSH.",
        "  1  English on the screen\n  2  line mode, in English\nFor Chinese log in by SSH.",
    ),
    "linux-console-prompt": Text("1 or 2; Enter takes 1 > ", "1 or 2; Enter takes 1 > "),
    "plain-because-dumb": Text(
        "这个终端（TERM={term}）不能整屏显示，改用行模式。",
        "This terminal (TERM={term}) cannot show a screen: line mode instead.",
    ),
}
