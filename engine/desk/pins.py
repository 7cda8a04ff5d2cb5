"""Whose PIN an act asks for, and whether it is right."""

from __future__ import annotations

from engine.acts import Act, Given
from engine.desk.around import Surroundings
from engine.errors import Refused
from engine.rules import PIN_SET, name_of
from engine.state import RunState


def check_pins(
    around: Surroundings, state: RunState, act: Act, given: Given, pin: str | None, second_pin: str | None
) -> None:
    """Refused when a signature by PIN comes without the right one; `given.person` is who acts."""
    if given.strength == "pin":
        _check_first(around, state, act, given, pin)
    if given.second_strength == "pin":
        second = given.owner if act.verb == "handover" else given.second
        around.check_pin(second or "", second_pin if second_pin is not None else pin)


def _check_first(around: Surroundings, state: RunState, act: Act, given: Given, pin: str | None) -> None:
    signer = _signer(state, act, given)
    if act.verb == "confirm-voice":
        _not_set_since(state, act, given, signer)
    try:
        around.check_pin(signer, pin)
    except Refused as refused:
        if refused.id != "pin-none" or act.verb != "confirm-voice":
            raise
        # "Or sign by voice" would lead back to the voice that is to be confirmed.
        person = name_of(state, signer)
        raise Refused("confirm-no-pin", person=person, id=signer, run=state.run_id) from None


def _not_set_since(state: RunState, act: Act, given: Given, signer: str) -> None:
    """A PIN that was set after the voice was heard shows only that somebody sat at this keyboard."""
    heard = next((one.at for one in state.signatures_of(act.step or "") if one.name == given.target), None)
    since = [note for note in state.notes if note.kind == PIN_SET and note.text == signer]
    if heard is not None and any(note.at >= heard for note in since):
        raise Refused("confirm-pin-since", person=name_of(state, signer), run=state.run_id)


def _signer(state: RunState, act: Act, given: Given) -> str:
    """Whose PIN it must be: a voice is confirmed by whoever it was, and by nobody else."""
    if act.verb == "confirm-voice":
        voice = state.signature(act.step or "", given.target)
        return "" if voice is None else voice.person
    return given.person or ""
