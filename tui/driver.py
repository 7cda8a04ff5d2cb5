"""The terminal driver: Textual's own, made to survive foreign bytes and long committed text.

Measured on Textual 8.2.8: one byte that is no UTF-8 ends its input thread, and an escape sequence longer
than 32 characters (a sentence committed by an input method under the kitty protocol) arrives as typed keys.
"""

from __future__ import annotations

from codecs import IncrementalDecoder, getincrementaldecoder
from functools import partial
from typing import Any

from textual import _xterm_parser
from textual.drivers import linux_driver

SEQUENCE_MOST = 1024
"""Characters of one escape sequence that are waited for."""


def _lenient(encoding: str) -> partial[IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")


class Driver(linux_driver.LinuxDriver):
    """Reads what no terminal should send, and goes on."""

    def run_input_thread(self) -> None:
        """Read keys for as long as the terminal is there."""
        # Both names are looked up in their modules each time the thread starts.
        namespace: Any = linux_driver
        namespace.getincrementaldecoder = _lenient
        _xterm_parser._MAX_SEQUENCE_SEARCH_THRESHOLD = SEQUENCE_MOST
        super().run_input_thread()
