"""What a simulated person gives for an act: everything it asks for, by the facts of the drill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from drill.crew.knowing import World
from drill.scenario.facts import Mistake
from engine.acts import Act, Given
from engine.messages import message_for
from engine.plan import Step
from engine.rules import name_of
from engine.state import RunState

SIMULATED = "simulated"
"""How a simulated person signs: without a PIN, and marked so."""

REASON = "演练 drill"


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody who is about to act in a run."""

    world: World
    state: RunState
    person: str
    now: datetime
    second: Callable[[Step], str | None]
    """Who of the others would stand beside them at a step."""
    unreachable: frozenset[str] = frozenset()
    looks_at: tuple[str, ...] = ()
    """The readings they went to take without a step that asks for them."""

    def given(self, act: Act, mistake: Mistake | None = None) -> Given:
        """What they give; everything that is needed, and nothing that is not."""
        step = self.state.graph.steps.get(act.step or "")
        asked = {need.name: need.reading or need.name for need in act.needs if need.kind == "reading"}
        asked |= {name: name for name in self.looks_at}
        values = {name: self._value(reading, step) for name, reading in asked.items()}
        names = {need.name for need in act.needs}
        second = self.second(step) if step is not None and "second" in names else None
        plain = Given(
            values=values,
            items=tuple(int(name) for need in act.needs if need.kind == "items" for name, _ in need.choices),
            answer=self._answer(act, step, mistake),
            reason=REASON if "reason" in names else None,
            deviation=REASON if act.verb == "answer" and "deviation" in names else None,
            tag=step.tag if step is not None and "tag" in names else None,
            level=next((need.default or "III" for need in act.needs if need.name == "level"), None),
            evidence=f"{act.step}.jpg" if self._must("evidence", act) else None,
            second=second,
            second_strength=SIMULATED if second is not None else None,
        )
        return replace(plain, **self._people(act), **self._words(act, step))

    def _must(self, name: str, act: Act) -> bool:
        return any(need.name == name and not need.optional for need in act.needs)

    def _value(self, name: str, step: Step | None) -> str:
        reading = self.state.graph.readings[name]
        return self.world.reading(self.state, reading, step, self.now)

    def _answer(self, act: Act, step: Step | None, mistake: Mistake | None) -> str | None:
        need = next((one for one in act.needs if one.name == "answer"), None)
        if need is None:
            return None
        choices = [name for name, _ in need.choices]
        if mistake is not None and mistake.answer in choices:
            return mistake.answer
        if step is None or act.verb in ("entry", "whether"):
            return choices[0]
        if act.verb != "answer" and need.optional:
            return None  # the value says how it came out
        visit = self.state.steps[step.id].visit
        said = self.world.answer(self.state, step, max(visit, 1), self.now)
        if said in choices:
            return said
        onward = [one.id for one in step.answers if one.back is None and one.id in choices]
        return onward[0] if onward else choices[0]

    def _people(self, act: Act) -> dict[str, Any]:
        """Who signs, who is called, and what came of it."""
        if act.verb in ("sign", "verify", "refuse"):
            role = next((need for need in act.needs if need.name == "role"), None)
            held = set(self.state.roles_of(self.person))
            as_role = next((name for name, _ in role.choices if name in held), None) if role else None
            return {"person": self.person, "role": as_role, "strength": SIMULATED}
        if act.verb == "try":
            whom = next(need.default for need in act.needs if need.name == "person")
            lost = whom in self.unreachable
            return {"person": whom, "channel": "phone", "outcome": "no-answer" if lost else "answered"}
        return {}

    def _words(self, act: Act, step: Step | None) -> dict[str, Any]:
        if step is None or step.kind != "tell" or act.verb not in ("tell", "visit", "do"):
            return {}
        group = next((one for one in self.state.graph.site.groups if one.id == step.target), None)
        language = self.state.graph.site.languages[0]
        channel = group.channels[0].kind if group is not None and group.channels else "phone"
        return {
            "text": self._filled_in(message_for(self.state, step, self.now, language), language),
            "channel": channel,
            "to": name_of(self.state, self.person),
        }

    def _filled_in(self, text: str, language: str) -> str:
        """A message with something behind each of its empty headings: how it stands, what was done, what is next."""
        said = iter(self._situation(language))
        lines = [
            f"{line} {next(said, '-')}" if line.rstrip().endswith(("：", ":")) else line
            for line in text.split("\n")
        ]
        return "\n".join(lines)

    def _situation(self, language: str) -> list[str]:
        state = self.state
        known = [(state.graph.readings[name], heads[-1].value.text) for name, heads in state.readings.items()]
        read = [f"{one.label.of(language)} {value} {one.unit or ''}".strip() for one, value in known]
        done = [one.step.text.of(language) for one in state.steps.values() if one.status == "done"]
        to_do = [state.graph.steps[name].text.of(language) for name in state.open_steps()]
        glue = "；" if language == "zh" else "; "
        return [glue.join(part[-2:]) or "-" for part in (read, done)] + [glue.join(to_do[:2]) or "-"]
