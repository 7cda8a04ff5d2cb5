"""What every question about one act rests on: the act, its step, and what was given so far."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from engine.acts import Act, Need
from engine.acts.of_steps import step_acts
from engine.plan import Step
from engine.state import StepState
from tui.asking.answers import Answers, Question, Taken
from tui.asking.fields import Fields
from tui.view import Looking

Asks = Generator[Question | Taken, str, None]


class OneAct(Fields):
    """The act that is asked about."""

    def __init__(
        self,
        look: Looking,
        has_pin: Callable[[str], bool],
        keep: Callable[[bytes], str],
        propose_text: Callable[[Act], str],
        journal: str = "",
    ) -> None:
        """`keep` stores a file; `propose_text` gives the words of a message.

        `journal` is that of this device; without it the device is taken for that of whoever looks.
        """
        super().__init__(look)
        self.has_pin = has_pin
        self.keep = keep
        self.propose_text = propose_text
        self.journal = journal
        self.answers = Answers(Act(""))
        self.reasons: dict[str, str] = {}
        """Why a value that is hard to believe is taken as it is."""
        self.met: bool | None = None
        """Whether what was read is what should be; None: unknown, or nothing is expected of a reading."""

    @property
    def act(self) -> Act:
        return self.answers.act

    @property
    def given(self) -> dict[str, Any]:
        return self.answers.given

    @property
    def one(self) -> StepState | None:
        """The step it is about, as it stands."""
        return self.look.state.steps.get(self.act.step or "")

    @property
    def step(self) -> Step | None:
        """The step it is about, as it is planned."""
        return None if self.one is None else self.one.step

    def must_say(self, key: str) -> str:
        """With the way out that there is: 0 where nobody confirmed, 'Could not' only where that is offered."""
        if key == "to" and self.act.verb in ("tell", "visit", "tell-anytime"):
            return self.word("must-say-to")
        one = self.one
        fails = (
            one is not None
            and self.act.verb != "fail"
            and any(act.verb == "fail" for act in step_acts(self.look.state, one, self.look.now))
        )
        return self.word("must-say-or-fail" if fails else "must-say")

    def label(self, need: Need) -> str:
        word = LABELS.get((self.act.verb, need.name)) or f"need-{need.name.replace('_', '-')}"
        return self.word(
            {"need-second-strength": "need-strength", "need-second-channel": "need-channel"}.get(word, word)
        )


LABELS = {
    ("handover", "owner"): "need-giver",
    ("handover", "person"): "need-taker",
    ("report", "text"): "need-report",
    ("report", "to"): "need-report-to",
    ("read", "target"): "need-target-reading",
    ("level", "target"): "need-target-level",
    ("end", "target"): "need-target-ending",
    ("reopen", "target"): "need-target-step",
    ("close-finding", "target"): "need-target-finding",
    ("close-finding", "reason"): "need-settled",
    ("confirm-voice", "target"): "need-target-signature",
    ("tell-anytime", "target"): "need-target-group",
    ("sign", "role"): "need-sign-role",
    ("sign", "person"): "need-signer",
    ("verify", "person"): "need-second",
    ("role", "person"): "need-role-person",
    ("leave", "person"): "need-leaver",
    ("try", "person"): "need-called",
    ("try-anytime", "person"): "need-called",
    ("retire", "reason"): "need-over",
    ("whether", "answer"): "need-whether",
    ("put-back", "text"): "need-put-back",
    ("answer", "deviation"): "need-against",
}
"""Where a question is not simply called after what it asks for."""
