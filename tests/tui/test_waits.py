"""What a wait says of its time: how much is left, and when it has come, that somebody has to confirm it."""

from __future__ import annotations

import pytest

from tests.engine.build import Device, do, graph, wait
from tui import view
from tui.view import Looking


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("10m", {"en": "Wait until 02:30:00", "zh": "等到 02:30:00"}),
        ("35m", {"en": "Its time came at 02:30:00, 00:05:00 ago", "zh": "02:30:00 已到点，过了 00:05:00"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wait_says_what_is_left_and_never_less_than_nothing(after, words, language):
    device = Device(graph(wait("rest", span="30m", cls="safety"), do("close"))).open()
    device.pass_time(after)

    lines = "\n".join(view.step_lines(Looking(device.state, device.now, language, "li"), "rest"))

    assert words[language] in lines
    assert "-00:" not in lines
