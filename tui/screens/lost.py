"""What cannot be written just now: it stands on the screen for as long as that is so, whatever is pressed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import MusterError, RecordTrouble
from tui.frame.told import told
from tui.view import Looking


@dataclass
class Lost:
    """The troubles of one screen; each is over when the same is written again."""

    record: RecordTrouble | None = None
    """Why what was done here last is not in the record."""
    sheet: MusterError | None = None
    """Why the status sheet of the run in front is not kept up."""

    def wrote(self, error: BaseException | None) -> None:
        """What came of an append; a refusal says nothing of the record."""
        self.record = error if isinstance(error, RecordTrouble) else None

    def failed(self, error: BaseException) -> None:
        """An append did not come back well: what was lost before is still lost when it was only refused."""
        self.record = error if isinstance(error, RecordTrouble) else self.record

    def rows(self, look: Looking, width: int) -> list[tuple[str, str]]:
        """Each in a few words, and as a sentence of one row; the record first."""
        kinds = (("record", self.record), ("sheet", self.sheet))
        return [
            (look.say(f"trouble-{kind}"), told(error, look.language, width, rows=1))
            for kind, error in kinds
            if error is not None
        ]
