"""Whether the safety lines of a runbook hold: every claim is proven of its graph, or told where it is broken.

The place is that of the step that breaks it: its `after`, `sign` or `needs`, or the step where the key was taken
away; of a step that is gone, the claim. What one slip breaks is told once, however many claims it breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine.condition import Spans, parse, together
from engine.errors import Fault
from engine.graph import StepGraph
from engine.graph.around import Around, Way, guards_met
from engine.graph.sweeps import PASSED, endings, steps_past
from engine.lint.limits import spans_anywhere
from engine.lint.safety_words import breaks
from engine.plan import SafetyClaim, SafetyLine, Step
from engine.text import Text

Breach = tuple[str, Text]
"""Where a claim is broken, as a path of the runbook, and by what."""

HELD_UP = frozenset({"hold", "contact", "wait", "run"})
"""The kinds of step at which somebody waits for somebody."""

ANYBODY = 6
"""Who may do a step that anybody may do: this many roles, or all that there are."""

MOST_TOLD = 5
"""How many decisions of a road are told."""


def safety_faults(graph: StepGraph) -> list[Fault]:
    """Every safety line that does not hold, once for each place that breaks one."""
    proof = _Proof(graph, Around(graph), spans_anywhere(graph.runbook, graph.site))
    whole = list(_claims(graph, proof))
    found = [*proof.early([(line, claim) for line, claim, _, gone in whole if not gone])]
    for line, claim, _, gone in whole:
        found += [(line, *one) for one in (gone or proof.breaches(claim))]
    told: dict[tuple[int, int], Fault] = {}
    for line, path, said in found:
        fault = _fault(graph, line, path, said)
        told.setdefault((fault.place.line, fault.place.column), fault)
    return list(told.values())


def _claims(graph: StepGraph, proof: _Proof) -> Iterator[tuple[SafetyLine, SafetyClaim, str, list[Breach]]]:
    """Every claim with its path, and what it names that the plan does not have."""
    for number, line in enumerate(graph.runbook.safety):
        for index, claim in enumerate(line.claims):
            path = f"safety.{number}.claims.{index}"
            yield line, claim, path, list(proof.gone(claim, path))


def _fault(graph: StepGraph, line: SafetyLine, path: str, said: Text) -> Fault:
    facts = (("line", line.line), ("says", line.says), ("breaks", said))
    return Fault("safety-line", graph.runbook.where(path), facts)


# --- claims


@dataclass(frozen=True, slots=True)
class _Early:
    """A step that opens before its guards."""

    line: SafetyLine
    claim: SafetyClaim
    target: str
    way: Way


@dataclass(frozen=True, slots=True)
class _Proof:
    """What the claims of one runbook are proven by."""

    graph: StepGraph
    around: Around
    spans: Spans

    def breaches(self, claim: SafetyClaim) -> Iterator[Breach]:
        """Everything that breaks a claim, but for steps that open before their guards."""
        yield from self._roads(claim)
        for name in claim.steps:
            if name in self.graph.steps:
                yield from _of_step(claim, self.graph.steps[name])
                yield from self._accepts(claim, self.graph.steps[name])

    def gone(self, claim: SafetyClaim, path: str) -> Iterator[Breach]:
        """What the claim names and the plan does not have."""
        lists = {"steps": claim.steps, "never_before": claim.never_before, "leads_to": claim.leads_to}
        lists |= {"at_once": claim.at_once or (), "waits_for": claim.waits_for}
        if claim.parameter is not None and self.graph.site_fact(claim.parameter, None) is None:
            yield f"{path}.parameter", breaks("no-parameter", name=claim.parameter)
        lists |= {"on": (claim.on,) if claim.on else (), "lets_in": (claim.lets_in,) if claim.lets_in else ()}
        for key, names in lists.items():
            for number, spot in enumerate(names):
                name, _, answer = spot.partition(".")
                if name not in self.graph.steps and name not in self.graph.watches:
                    yield f"{path}.{key}.{number}", breaks("gone", name=name)
                elif answer and answer not in _may_end(self.graph.steps.get(name)):
                    step = self._title(name)
                    yield f"{name}", breaks("no-answer", step=step, name=answer)

    def _title(self, name: str) -> Text:
        step = self.graph.steps.get(name)
        return step.text if step is not None else self.graph.watches[name].title

    def _titles(self, names: Iterable[str]) -> Text:
        found = [self._title(name.partition(".")[0]) for name in names]
        return Text("”或“".join(one.zh for one in found), "' or '".join(one.en for one in found))

    # order

    def early(
        self, claims: Iterable[tuple[SafetyLine, SafetyClaim]]
    ) -> Iterator[tuple[SafetyLine, str, Text]]:
        """Steps that open before their guards, and guards that can be skipped."""
        found: dict[frozenset[str], list[_Early]] = {}
        for line, claim in claims:
            guards = frozenset(one.partition(".")[0] for one in claim.never_before)
            for guard in sorted(guards, key=self.graph.number.__getitem__):
                yield from ((line, *one) for one in _not_safety(self.graph.steps[guard]))
            met = guards_met(self.graph, claim.never_before)
            ways = ((target, self.around.way(target, met, claim.on)) for target in claim.steps if guards)
            early = [_Early(line, claim, target, way) for target, way in ways if way is not None]
            found.setdefault(guards, []).extend(early)
        for guards, several in found.items():
            yield from self._placed(guards, several)

    def _placed(
        self, guards: frozenset[str], several: list[_Early]
    ) -> Iterator[tuple[SafetyLine, str, Text]]:
        """Each at the step that lets its road go round the guards."""
        shared = set.intersection(*({*self._loose(guards, one.way)} for one in several)) if several else set()
        for one in several:
            said = {"target": self._title(one.target), "guards": self._titles(one.claim.never_before)}
            path = self._culprit(guards, one, shared if len(several) > 1 else set())
            yield one.line, path, breaks("early", **said, road=self._road(one.way))

    def _road(self, way: Way) -> Text:
        """The decisions of a road by their titles; without any, the steps on it."""
        said = [self._decided(one) for one in way.decided] or [self._title(one) for one in way.nodes]
        more = "… → " if len(said) > MOST_TOLD else ""
        last = said[-MOST_TOLD:]
        return Text(more + " → ".join(one.zh for one in last), more + " → ".join(one.en for one in last))

    def _decided(self, one: str) -> Text:
        name, _, ending = one.partition(".")
        title, step = self._title(name), self.graph.steps.get(name)
        answer = next((each.says for each in step.answers if each.id == ending), None) if step else None
        return title if answer is None else Text(f"{title.zh}（{answer.zh}）", f"{title.en} ({answer.en})")

    def _loose(self, guards: Iterable[str], way: Way) -> tuple[str, ...]:
        """What of a road stands behind the last step that leads to the guards."""
        above = set(guards).union(*(self.graph.above(name) for name in guards))
        last = max((index for index, name in enumerate(way.nodes) if name in above), default=-1)
        loose = [name for name in way.nodes[last + 1 :] if name in self.graph.steps]
        return tuple(loose) or way.nodes[-1:]

    def _culprit(self, guards: frozenset[str], one: _Early, shared: set[str]) -> str:
        """Where the road goes round the guards: at the first step on it that should stand behind them.

        That is one of which a claim says so, or else the last that all such roads have in common.
        """
        passed = next((name for name in guards if f"{name}.{PASSED}" in one.way.decided), None)
        if passed is not None:
            return f"{passed}.only_when"
        loose, behind = self._loose(guards, one.way), self._behind(guards)
        claimed = next((name for name in loose if name in behind), one.target)
        common = [name for name in loose if name in shared]
        return self._entry(one.way, claimed if claimed in common or not common else common[-1])

    def _behind(self, guards: frozenset[str]) -> set[str]:
        """What claims say stands behind one of the guards."""
        return {
            step
            for line in self.graph.runbook.safety
            for one in line.claims
            if guards & {guard.partition(".")[0] for guard in one.never_before}
            for step in one.steps
        }

    def _entry(self, way: Way, later: str) -> str:
        """Where it is written that this step comes after the one before it on the road."""
        index = way.nodes.index(later)
        earlier = way.nodes[index - 1] if index else ""
        step = self.graph.steps.get(earlier)
        led = None if step is None else _led(step, later, way.decided)
        return led or self._after(later, earlier)

    def _after(self, later: str, earlier: str) -> str:
        names = [after.name for after in self.graph.steps[later].after]
        return f"{later}.after.{names.index(earlier)}" if earlier in names else f"{later}.after"

    def _roads(self, claim: SafetyClaim) -> Iterator[Breach]:
        for name in claim.steps:
            if claim.leads_to:
                yield from self._passes(name, claim.leads_to)
            if claim.at_once is not None:
                yield from self._held_up(name, claim.at_once)
            for other in claim.waits_for:
                if other not in self.around.over(name):
                    facts = {"step": self._title(name), "other": self._title(other)}
                    yield f"{name}.after", breaks("not-waited", **facts)

    def _passes(self, start: str, goals: tuple[str, ...]) -> Iterator[Breach]:
        name, _, answer = start.partition(".")
        ways = steps_past(self.graph, goals)[name]
        if answer in ways if answer else ways:
            said = breaks("passes", step=self._title(name), goals=self._titles(goals))
            yield f"{goals[0]}.after", said

    def _held_up(self, name: str, signs: tuple[str, ...]) -> Iterator[Breach]:
        """Whoever is waited for on the way back to the signs, a watch or the start."""
        known, todo, met = {name: ""}, [name], set[str]()
        while todo:
            later = todo.pop()
            for edge in self.graph.into[later]:
                one = edge.earlier
                if one in signs or one in self.graph.watches:
                    met.add(one)
                elif edge.leads and one not in known:
                    known[one] = known[later] or one
                    todo.append(one)
                    if self.graph.steps[one].kind in HELD_UP:
                        facts = {"step": self._title(name), "other": self._title(one)}
                        yield self._after(name, known[one]), breaks("held-up", **facts)
                        return
        for sign in signs:
            if sign not in met:
                yield f"{name}.after", breaks("not-from", step=self._title(name), sign=self._title(sign))

    # values

    def _accepts(self, claim: SafetyClaim, step: Step) -> Iterator[Breach]:
        """A value that must be refused, and with which the step passes."""
        asked = _asked(step) if claim.refuses else {}
        if claim.refuses and not asked:
            yield step.id, breaks("no-condition", step=step.text)
            return
        for values in claim.refuses:
            wanted = [parse(text) for text in asked.values()]
            if together([*wanted, parse(values)], [], self.spans) is not False:
                yield next(iter(asked)), breaks("accepts", step=step.text, values=values)
                return


def _may_end(step: Step | None) -> tuple[str, ...]:
    """The answers that may be named of a step; of a hold also that it was signed."""
    if step is None:
        return ()
    return (*endings(step), "signed") if step.kind == "hold" else endings(step)


def _led(earlier: Step, later: str, decided: Iterable[str]) -> str | None:
    """Where `else`, `refused` or `missed` says that it leads there, if the road was taken by it."""
    other = None if earlier.expect is None else earlier.expect.otherwise
    ways = [("refused", "refused", earlier.refused), ("unmet", "expect.else", other)]
    ways += [("nobody", "else", earlier.otherwise), ("missed", "missed", earlier.missed)]
    return next(
        (f"{earlier.id}.{key}" for way, key, to in ways if to == later and f"{earlier.id}.{way}" in decided),
        None,
    )


def _asked(step: Step) -> dict[str, str]:
    """The conditions that a step must meet, by where they stand."""
    that = None if step.expect is None else step.expect.that
    found = {"needs": step.needs, "expect.that": that, "until": step.wait_until}
    return {f"{step.id}.{key}": text for key, text in found.items() if text is not None}


# --- what a step is


def _of_step(claim: SafetyClaim, step: Step) -> Iterator[Breach]:
    if claim.cls is not None or claim.signed_by or claim.ticked or claim.ticks or claim.runs:
        yield from _not_safety(step)
    for wanted, so, key, kind in _flags(claim, step):
        if wanted and not so:
            yield f"{step.id}.{key}", breaks(kind, step=step.text)
    for look in _LOOKS:
        yield from look(claim, step)


def _not_safety(step: Step) -> Iterator[Breach]:
    if step.cls != "safety":
        yield f"{step.id}.class", breaks("not-safety", step=step.text)


def _flags(claim: SafetyClaim, step: Step) -> Iterator[tuple[bool, bool, str, str]]:
    two = step.never_alone or step.verify == "together"
    yield claim.never_alone, two, "never_alone", "alone"
    yield claim.inside is True, step.inside, "inside", "not-inside"
    yield claim.inside is False, not step.inside, "inside", "held-back"
    yield claim.restart, step.restart, "restart", "no-restart"
    yield claim.anybody, len(step.roles) >= ANYBODY, "role", "few"


def _signatures(claim: SafetyClaim, step: Step) -> Iterator[Breach]:
    if not (claim.signed_by or claim.signatures or claim.not_signed_by):
        return
    path, sign = f"{step.id}.sign", step.sign
    if step.kind != "hold" or sign is None:
        yield path, breaks("unsigned", step=step.text)
        return
    spare = len(sign.of) - sign.need
    missing = [role for role in claim.signed_by if role not in sign.of or spare > 0]
    wanted = max(claim.signatures, 2 if claim.signed_by else 0, len(claim.signed_by))
    wrong = [role for role in claim.not_signed_by if role in sign.of]
    if missing:
        yield path, breaks("without", step=step.text, roles=", ".join(missing))
    elif sign.need < wanted:
        yield path, breaks("too-few", step=step.text, found=str(sign.need), wanted=str(wanted))
    elif wrong:
        yield path, breaks("wrong-signer", step=step.text, roles=", ".join(wrong))


def _lets_in(claim: SafetyClaim, step: Step) -> Iterator[Breach]:
    if claim.lets_in is not None and step.withdraw != claim.lets_in:
        yield f"{step.id}.withdraw", breaks("not-out", step=step.text, hold=claim.lets_in)


def _runs(claim: SafetyClaim, step: Step) -> Iterator[Breach]:
    if claim.runs is not None and (step.target != claim.runs or step.hand_over):
        key = "hand_over" if step.hand_over else "run"
        yield f"{step.id}.{key}", breaks("not-run", step=step.text, other=claim.runs)


def _hands_over(claim: SafetyClaim, step: Step) -> Iterator[Breach]:
    if claim.hands_over is not None and (step.target != claim.hands_over or not step.hand_over):
        key = "run" if step.hand_over else "hand_over"
        yield f"{step.id}.{key}", breaks("not-handed", step=step.text, other=claim.hands_over)


def _only_by(claim: SafetyClaim, step: Step) -> Iterator[Breach]:
    more = [role for role in step.roles if role not in claim.only_by]
    if claim.only_by and (more or not step.roles):
        yield f"{step.id}.role", breaks("others", step=step.text, roles=", ".join(more))


def _ticks(claim: SafetyClaim, step: Step) -> Iterator[Breach]:
    if claim.ticked and not step.check:
        yield f"{step.id}.check", breaks("no-lines", step=step.text)
    for word in claim.ticks:
        if not any(word in line.en or word in line.zh for line in step.check):
            yield f"{step.id}.check", breaks("no-line", step=step.text, word=word)
            return


def _lasts(claim: SafetyClaim, step: Step) -> Iterator[Breach]:
    if claim.lasts is not None and (step.span is None or step.span.parameter != claim.lasts):
        yield f"{step.id}.for", breaks("not-lasting", step=step.text, name=claim.lasts)


_LOOKS: tuple[Callable[[SafetyClaim, Step], Iterator[Breach]], ...] = (
    _signatures,
    _lets_in,
    _runs,
    _hands_over,
    _only_by,
    _ticks,
    _lasts,
)
