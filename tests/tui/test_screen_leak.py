"""The leak, walked by keys on the screen from its first step to its end."""

from __future__ import annotations

import pytest

from tests.tui.screen_bot import PatientAtKeys
from tests.tui.screen_table import Seen, seat
from tests.tui.table import WALKED
from tests.tui.test_plain import WATER
from tui.locale import say


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_leak_is_walked_by_keys_to_its_end(language):
    with seat("leak", WALKED, hand=True, kind="H") as (at, run):

        async def script(seen: Seen):
            bot = PatientAtKeys(seen, language, WATER)
            await bot.walk()
            return bot, seen.text()

        bot, shown = run(script, language=language)
        ended = at.desk.state.ended

    assert ended is not None, shown
    # Every second name was heard by whoever types, and nobody has confirmed it.
    assert (ended.how, bool(ended.unconfirmed)) == ("complete-except", True)
    assert len(set(bot.steps)) > 60
    assert say("voice-unconfirmed", language) in shown
