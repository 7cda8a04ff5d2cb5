"""What a person is told, in both languages. One word per thing; the same words in line mode and on screen.

shown      the run, its steps and its lists as they are shown
lines      what line mode says besides
asked      the questions of an act, and the acts as a person reads them
logged     the log: one sentence for each type of event
verbs      what the verbs print, and what the doctor finds
screen     the walk screen and home
report     the status sheet, the watchdog and the terminal before the screen
pace       the report's words about time
drill      drills, their scores and their log
proven     a record that is not what was signed, wherever it is read
console    the trainer's console, and a drill on the players' screens
"""

from __future__ import annotations

from typing import Any

from engine.report.words import SPOKEN, fill
from engine.text import Text
from tui.locale.asked import ASKED
from tui.locale.console import CONSOLE
from tui.locale.drill import DRILL_WORDS
from tui.locale.lines import LINES
from tui.locale.logged import LOGGED
from tui.locale.pace import PACE
from tui.locale.proven import PROVEN
from tui.locale.report import REPORT
from tui.locale.reports import REPORT_WORDS
from tui.locale.screen import SCREEN
from tui.locale.shown import SHOWN
from tui.locale.verbs import VERB_WORDS

WORDS: dict[str, Text] = (
    SPOKEN
    | SHOWN
    | LINES
    | ASKED
    | LOGGED
    | VERB_WORDS
    | SCREEN
    | REPORT
    | REPORT_WORDS
    | PACE
    | DRILL_WORDS
    | CONSOLE
    | PROVEN
)

ROLE_WORDS: dict[str, Text] = {
    "IC": Text("现场指挥", "incident commander"),
    "ENG": Text("现场工程师", "on-site engineer"),
    "PWR": Text("动力工程师", "power engineer"),
    "NET": Text("网络工程师", "network engineer"),
    "SEC": Text("安保", "security"),
    "CS": Text("客服热线", "hotline"),
    "PM": Text("项目负责人", "project lead"),
    "MON": Text("监控值班", "monitoring duty"),
    "REC": Text("记录员", "scribe"),
    "CUST": Text("客户", "customer"),
    "VEN": Text("厂家", "vendor"),
    "DUTY": Text("市公司值班经理", "city duty manager"),
    "NOC": Text("网管中心值班主任", "head of the network operations centre"),
    "VGM": Text("分管副总经理", "vice general manager"),
    "GM": Text("总经理", "general manager"),
}
"""The usual roles; what a runbook calls its own comes before this."""


def role_words(role: str) -> Text:
    """A role in words; of one that nobody has named, its code."""
    return ROLE_WORDS.get(role, Text(role, role))


def say(word_id: str, language: str, /, **facts: Any) -> str:
    """The words of that id in `language`, filled."""
    return fill(WORDS[word_id], language, **facts)


def join(parts: list[str], language: str) -> str:
    """A list as a person writes it."""
    return ("、" if language == "zh" else ", ").join(parts)
