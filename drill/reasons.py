"""The reasons that the program writes itself where a person gives none, or has no time to give one.

They stand in the record as they are here, in one language; whoever reads them is shown words of their own.
"""

from __future__ import annotations

STARTEX = "STARTEX"
REASON_FOLLOWS = "stopped by the trainer, reason follows"
"""A freeze begins at the key; why is said afterwards, by the clock set once more to where it stands."""
GO_ON = "go on"
WRITTEN_LIVE = "written live"
AFTER_THE_FREEZE = "after the freeze"
PROGRAM_STOPPED = "program stopped"
CONFIRMED = f"{PROGRAM_STOPPED}: confirmed"
TIME_IS_UP = "time is up"
