"""What cannot be written stands on the screen until it can be, with its remedy, however long its path is."""

from __future__ import annotations

import re

import pytest

from engine.errors import RecordTrouble
from engine.sentences.records import RECORDS
from engine.text import cells, cut_middle, wrap
from tests.tui.failing import Failing
from tests.tui.screen_table import Seen, drive, seat, session_at
from tui.frame.told import LENGTHS, NEWS_EDGE, NEWS_ROWS, told
from tui.heart import Heart, Stand, stand_of
from tui.locale import say
from tui.sheets import sheet_keeper

ALARM_ROW = -2
LONG = "/srv/数据/" + "very-long-folder-name/" * 6 + "muster.db"
FACTS = {
    "error": "Input/output error",
    "folder": LONG.rpartition("/")[0],
    "here": 117,
    "known": 3,
    "got": "memory",
    "path": LONG,
    "pragma": "journal_mode",
    "size": 12_345,
    "version": 4,
    "digest": "3fa9c1d2",
}
OF_PATHS = sorted(name for name, words in RECORDS.items() if "{path}" in words.en)


def end_of(name: str, language: str) -> str:
    """What a sentence says behind its last fact, where its remedy stands."""
    return re.split(r"\{\w+\}", RECORDS[name].of(language))[-1]


# --- a long path


@pytest.mark.requirement("E55")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", OF_PATHS)
def test_of_a_long_path_its_middle_gives_way_and_the_remedy_is_whole(name, language):
    assert cells(LONG) >= 120
    said = told(RecordTrouble(name, **FACTS), language, 80)
    rows = wrap(said, 80 - NEWS_EDGE)

    assert len(rows) <= NEWS_ROWS, said
    assert said.endswith(end_of(name, language))
    assert said == RECORDS[name].of(language).format(**FACTS) or LONG[:3] in said


def test_a_path_keeps_its_beginning_and_more_of_its_end():
    assert cut_middle(LONG, 26) == "/srv/数..r-name/muster.db"
    assert [cells(cut_middle(LONG, width)) <= width for width in LENGTHS] == [True] * len(LENGTHS)
    assert cut_middle("muster.db", 9) == "muster.db"


@pytest.mark.requirement("E55")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_remedy_of_a_refused_append_is_in_sight_at_80_columns(language):
    trouble = RecordTrouble("store-read-only", path=LONG)

    async def script(seen: Seen):
        await seen.keys("f3")
        await seen.types("smoke")
        return seen.text()

    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.desk.record = Failing(at.desk.record, "append", trouble=trouble)
        shown = run(script, language=language)

    assert "".join(end_of("store-read-only", language).split()) in "".join(shown.split())


# --- it stands until it is over


@pytest.mark.requirement("E55")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_sheet_cannot_be_written_stands_in_the_alarm_row_until_it_can(language, tmp_path):
    blocked = tmp_path / "sheets"
    blocked.write_text("", "utf-8")
    begins = {"zh": "请改用纸笔记位置", "en": "Keep the place on paper"}[language]

    async def script(seen: Seen):
        await seen.keys("f7", "f7", "f8", "f8")
        stands = seen.lines()[ALARM_ROW]
        at.do("raise", "smell")
        await seen.looks()
        beside = seen.lines()[ALARM_ROW]
        blocked.unlink()
        at.do("note", text="the disk is back")
        await seen.looks()
        return stands, beside, seen.lines()[ALARM_ROW]

    with seat() as (at, _):
        at.do("entry", "entry.0", answer="yes")
        session = session_at(at)
        session.keep_sheet = sheet_keeper(tmp_path / "x.db")
        stands, beside, over = drive(lambda: session, script, language=language)

    assert begins in stands
    assert (say("trouble-sheet", language) in beside, say("trouble-sheet", language) in over) == (True, False)
    assert begins not in over


@pytest.mark.requirement("E55")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_why_nothing_is_recorded_stands_in_the_alarm_row_until_something_is(language):
    trouble = RecordTrouble("store-vanished", path=LONG)

    async def script(seen: Seen):
        await seen.keys("f3")
        await seen.types("smoke")
        await seen.keys("f8", "f8")
        stands = seen.lines()[ALARM_ROW]
        record.broken = False
        await seen.keys("f3", "enter")
        return stands, seen.lines()[ALARM_ROW]

    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.desk.record = record = Failing(at.desk.record, "append", trouble=trouble)
        stands, over = run(script, language=language)

    begins = {"zh": "未记录：", "en": "NOT RECORDED: "}[language]
    assert begins in stands
    assert over.strip() == ""


# --- the last words


def test_the_last_words_name_the_step_that_stands_in_front_of_the_person(tmp_path):
    told_of = []

    class Listening(Heart):
        """One whose words are read here; no second process is started."""

        def __init__(self) -> None:
            pass

        def stands(self, stand: Stand) -> None:
            told_of.append(stand.step)

        def beat(self) -> bool:
            return False

    async def script(seen: Seen):
        seen.session.heart = Listening()
        await seen.looks()
        seen.walk.put_in_front("gauge")
        await seen.looks()
        number = seen.desk.state.graph.number
        return number[seen.desk.current() or ""], number["gauge"]

    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        of_plan, chosen = run(script)
        over = stand_of(at.desk, tmp_path / "x.db", "muster walk", "close")

    assert told_of == [of_plan, chosen]
    assert over.step == of_plan
