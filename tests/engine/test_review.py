"""What a review of the engine found, and what holds since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from drill.rehearsal import Played, play
from engine.acts import possible
from engine.book import read_rehearsal
from engine.clocks import alarms, promise_at, timers
from engine.clocks import promises as promises_of
from engine.desk import opening_of
from engine.errors import Fault, Refused
from engine.events import ChildOpened, Event, RunEnded, SignedOff, StepDone, StepOverridden, Told
from engine.messages import render
from engine.plan import Book, Promises, Watch
from engine.rules import check
from engine.rules.proposal import Proposal, waits_for
from engine.run import replay
from engine.state.words import Words
from engine.store import memory_store
from tests.engine.build import (
    RUN,
    SITE,
    T0,
    Device,
    ask,
    do,
    hold,
    opened,
    operations,
    plain,
    plan,
    promise,
    promises,
    run,
    tell,
    text,
)
from tests.engine.records import Wall, entropy


def second(step: str, person: str, purpose: str, role: str = "", strength: str = "pin") -> SignedOff:
    channel = "radio" if strength == "voice" else None
    return SignedOff(step, person, role, purpose, strength, channel=channel)


# --- one person is one person


@pytest.mark.parametrize("strength", ["own-device", "pin"])
def test_who_types_an_override_for_another_is_not_its_second_person(strength):
    device = opened(do("a", cls="safety"), do("b"), actor="chen")

    override = StepOverridden("a", "r", by="li")

    assert device.refusal(second("a", "chen", "override", strength=strength), override) == "signed-twice"


def test_who_types_for_another_is_not_the_one_they_do_it_together_with():
    device = opened(do("a", verify="together"), do("b"))

    assert device.refused("do", "a", by="zhao", second="li", second_strength="own-device") == "signed-twice"


def test_who_agreed_beforehand_does_not_type_that_the_other_did_it():
    device = opened(do("a", verify="together"), do("b"))
    device.propose(second("a", "zhao", "together"))

    assert device.refusal(StepDone("a", by="li"), by="zhao") == "together-first"
    assert device.refusal(StepDone("a", by="li"), by="chen") == ""


def test_who_typed_the_first_entry_does_not_verify_it():
    device = opened(do("a", verify="independent"), do("b"))
    device.do("do", "a", by="zhao")

    assert device.refused("verify", "a", person="li", strength="own-device") == "signed-twice"
    assert device.refused("verify", "a", person="zhao", strength="pin") == "signed-twice"
    assert device.refused("verify", "a", person="feng", strength="pin") == ""


@pytest.mark.parametrize("strength", ["pin", "voice"])
def test_a_scribe_types_for_two_others(strength):
    device = opened(do("a", verify="together"), do("b"), actor="chen")

    device.do("do", "a", by="li", second="zhao", second_strength=strength, second_channel="radio")

    assert device.place("b") == "OPEN"


# --- the second person has a role


def test_the_second_person_of_an_override_signs_the_hold_or_commands():
    device = opened(hold("h", "PWR ENG"), do("in"))
    override = StepOverridden("h", "r")

    assert device.refusal(second("h", "chen", "override"), override) == "second-role"
    assert device.refusal(second("h", "chen", "override", role="CS"), override) == "role-signs-not"
    assert device.refusal(second("h", "zhao", "override"), override) == ""
    assert device.refusal(second("h", "wang", "override"), override) == ""


@pytest.mark.parametrize("verify", ["together", "independent"])
def test_the_second_person_has_one_of_the_roles_of_the_step(verify):
    device = opened(do("a", verify=verify, roles="ENG PWR"), do("b"))
    beside: list[Event] = [StepDone("a")] if verify == "together" else []
    purpose = "together" if verify == "together" else "verify"
    if verify == "independent":
        device.do("do", "a")

    assert device.refusal(second("a", "chen", purpose), *beside) == "second-role"
    assert device.refusal(second("a", "zhao", purpose), *beside) == ""


def test_an_act_fills_in_the_role_of_the_second_person():
    device = opened(do("a", cls="safety", roles="ENG"), do("b", verify="independent", roles="PWR"), do("c"))

    device.do("override", "a", reason="r", second="wang", second_strength="pin")
    device.do("do", "b")
    device.do("verify", "b", person="zhao", strength="pin")

    signed = {one.step.id: one.signatures[-1].role for one in device.state.steps.values() if one.signatures}
    assert signed == {"a": "IC", "b": "PWR"}


def test_whoever_overrides_is_in_the_run():
    device = opened(do("a"), do("b"))

    assert device.refusal(StepOverridden("a", "r", by="stranger")) == "not-in-run"
    assert device.refusal(StepOverridden("a", "r"), by="stranger") == "not-in-run"


# --- voices


def passed_by_voices() -> Device:
    device = opened(hold("h", "PWR ENG"), do("z"))
    for person, role in (("zhao", "PWR"), ("li", "ENG")):
        device.do("sign", "h", person=person, role=role, strength="voice", channel="phone")
    return device


def voices_asked_after(device: Device) -> list[str]:
    return [one.detail for one in alarms(device.state, device.now) if one.kind == "voice"]


def test_a_voice_is_asked_after_until_it_is_confirmed_also_when_its_step_and_the_run_are_over():
    device = passed_by_voices()
    assert sorted(voices_asked_after(device)) == ["li", "zhao"]
    device.done("z")
    device.do("end", target="complete-except", reason="zhao has gone home")
    assert sorted(voices_asked_after(device)) == ["li", "zhao"]

    for sign in list(device.state.steps["h"].signatures):
        device.do("confirm-voice", "h", target=sign.hash, strength="pin")

    assert voices_asked_after(device) == []
    assert not any(act.verb == "confirm-voice" for act in possible(device.state, device.now))


def test_the_end_of_a_run_lists_every_voice_that_nobody_has_confirmed():
    device = passed_by_voices()
    device.do("confirm-voice", "h", target=device.state.steps["h"].signatures[0].hash, strength="pin")
    device.done("z")

    [entry] = device.do("end", target="complete-except", reason="li has gone home")

    assert isinstance(entry.event, RunEnded) and device.state.ended is not None
    assert (entry.event.unconfirmed, entry.event.open) == ((("h", "li"),), ())
    assert device.state.ended.unconfirmed == (("h", "li"),)


def how_it_may_end(device: Device) -> tuple[str, str, str | None]:
    """Whether `complete` is refused, what is said about it, and which ending is proposed."""
    end = next(act for act in possible(device.state, device.now) if act.verb == "end")
    ended = RunEnded("complete", unconfirmed=device.state.voices_unconfirmed())
    try:
        check(device.state, Proposal((ended,), "li", device.journal, device.now, device.now))
    except Refused as refused:
        return refused.id, refused.sentence("zh"), end.needs[0].default
    return "", "", end.needs[0].default


def test_a_run_is_not_complete_while_a_gate_stands_on_a_voice_and_the_sentence_says_who_must_confirm():
    device = passed_by_voices()
    device.done("z")
    assert device.word("h") == "provisional"

    refusal, sentence, proposed = how_it_may_end(device)
    assert (refusal, proposed) == ("voices-first", "complete-except")
    assert "“h”（赵刚）" in sentence and "“h”（李明）" in sentence

    for sign in list(device.state.steps["h"].signatures):
        device.do("confirm-voice", "h", target=sign.hash, strength="pin")

    assert (device.word("h"), *how_it_may_end(device)) == ("done", "", "", "complete")


def test_a_voice_where_no_life_hangs_on_it_keeps_no_run_from_being_complete():
    device = opened(do("a", verify="together"), do("z"))
    device.do("do", "a", second="zhao", second_strength="voice", second_channel="phone")
    device.done("z")

    assert (device.word("a"), *how_it_may_end(device)) == ("done", "", "", "complete")


def test_a_second_voice_beside_an_act_that_nobody_does_alone_wants_confirming_too():
    device = opened(do("a", never_alone=True), do("z"))
    device.do("do", "a", second="zhao", second_strength="voice", second_channel="phone")
    device.done("z")

    assert (device.word("a"), how_it_may_end(device)[0]) == ("provisional", "voices-first")


def test_an_ended_run_takes_no_new_signature():
    device = passed_by_voices()
    device.done("z")
    device.do("end", target="complete-except", reason="r")

    assert device.refusal(second("h", "wang", "override")) == "run-ended"


def test_a_voice_is_not_confirmed_without_saying_how():
    device = passed_by_voices()
    heard = device.state.steps["h"].signatures[0].hash

    assert device.refused("confirm-voice", "h", target=heard) == "confirm-yourself"


# --- a repeated step that ends by itself


def test_a_repeated_step_that_was_visited_often_enough_reaches_its_marks():
    device = opened(do("v", every="5m", times=2, marks="verified"), do("z"))
    device.do("visit", "v")
    device.pass_time("5m")
    assert "verified" not in device.state.marks
    device.do("visit", "v")

    assert device.state.marks["verified"] == (device.now, "v")
    assert device.state.out_of_reach == {}


def test_a_repeated_step_that_ends_with_another_reaches_its_marks():
    device = opened(
        do("v", every="5m", until="b", marks="responded", lane="l", after=""),
        do("b", after=""),
        do("z", after="v b"),
    )
    device.do("visit", "v")
    device.pass_time("7m")
    device.done("b")
    assert device.state.marks["responded"] == (device.now, "v")

    device.do("reopen", None, target="b", reason="r")

    assert device.state.marks == {}


def test_a_limit_counts_from_the_moment_at_which_a_repeated_step_ended():
    device = opened(do("v", every="5m", times=1), do("w", within="5m", within_from="v"), do("z"))
    device.pass_time("3m")
    device.do("visit", "v")

    assert [(one.step, one.at) for one in timers(device.state)] == [("w", device.now + timedelta(minutes=5))]


# --- promises


def test_a_promise_that_no_step_of_the_plan_can_keep_is_not_needed():
    kept = promises(promise("arrive", to="arrived", within="1h", if_on_road=True))
    device = opened(do("a"), do("z"), kept=kept)
    device.pass_time("2h")

    assert promise_at(device.state, kept.promises[0], device.now).status == "not-needed"


def informed(times: int, every: int = 5) -> Device:
    kept = promises(promise("inform", until="recovered", every="60m", kept_by="told"))
    device = opened(
        do("a", marks="recovered"), tell("n", lane="l", after=""), do("z", after="a n"), kept=kept
    )
    for _ in range(times):
        device.now += timedelta(minutes=every)
        device.record(Told("customers", "w", "phone", "voice", "y"))
    return device


def promises_at(device: Device) -> None:
    promises_of(device.state, device.now)


def test_looking_at_a_promise_costs_the_same_after_many_words():
    few, many = (operations(partial(promises_at, device)) for device in (informed(50), informed(1600)))

    assert many < few + 60


def test_a_word_missed_in_a_long_row_is_counted_and_named():
    device = informed(10, every=60)
    device.now += timedelta(hours=3)
    device.record(Told("customers", "w", "phone", "voice", "y"))

    reading = promise_at(device.state, device.graph.promises.promises[0], device.now)

    assert (reading.missed, reading.broken_at) == (2, T0 + timedelta(hours=12))
    assert reading.deadline == T0 + timedelta(hours=14)


def test_words_in_any_order_miss_the_same():
    hours = [1, 2, 3, 5, 6, 9, 2]
    in_order, shuffled = Words(T0, timedelta(hours=1)), Words(T0, timedelta(hours=1))
    for hour in sorted(hours):
        in_order.add(T0 + timedelta(hours=hour))
    for hour in hours:
        shuffled.add(T0 + timedelta(hours=hour))

    ends = [T0 + timedelta(hours=hour, minutes=30) for hour in range(12)]

    assert [shuffled.missed_before(end) for end in ends] == [0, 0, 0, 0, 1, 1, 1, 2, 3, 3, 4, 5]
    assert shuffled == in_order


# --- watches that open a run


def test_a_watch_that_is_raised_again_opens_its_runbook_again():
    device = opened(do("z"), watches=[Watch("smoke", words=text("s"), run="fire")])
    device.do("raise", "smoke")
    device.propose(ChildOpened("H-20261122-AAAA", "fire", "child", None, "smoke"))
    assert not device.may("open-child", "smoke")
    device.do("retire", "smoke", reason="false")

    device.do("raise", "smoke")

    assert device.may("open-child", "smoke")


def test_a_run_that_a_watch_joined_is_not_offered_again():
    device = opened(run("r", hand_over=True), do("z"), watches=[Watch("smoke", words=text("s"), run="fire")])
    device.propose(ChildOpened("H-20261122-AAAA", "fire", "child", "r"), StepDone("r"))
    device.do("raise", "smoke")
    assert device.may("open-child", "smoke")

    device.propose(ChildOpened("H-20261122-AAAA", "fire", "joined", None, "smoke"))

    assert not device.may("open-child", "smoke")


# --- what was put off


def test_a_step_that_was_put_off_keeps_its_limit_and_the_step_behind_it():
    device = opened(do("a", within="10m", missed="late"), do("b"), do("late"), do("z", after="b late"))
    device.do("defer", "a", reason="r")
    assert (device.place("late"), [one.kind for one in timers(device.state)]) == ("WAITING", ["limit"])

    device.pass_time("30m")

    assert device.place("late") == "OPEN"
    assert [one.name.split(":")[:2] for one in alarms(device.state, device.now)] == [["overdue", "a"]]


def test_a_step_that_was_put_off_and_done_in_time_does_not_open_the_step_behind_its_limit():
    device = opened(do("a", within="10m", missed="late"), do("b"), do("late"), do("z", after="b late"))
    device.do("defer", "a", reason="r")
    device.done("b")
    assert device.place("z") == "WAITING"

    device.do("do", "a")

    assert (device.place("late"), device.place("z")) == ("OFF", "OPEN")


def test_what_a_step_waits_for_is_named_in_the_order_of_the_plan():
    device = opened(do("d"), do("b", after=""), do("a", after=""), do("c", after="d b a"), do("z"))
    for name in ("a", "b", "d"):
        device.do("defer", name, reason="r", until="c")

    assert [one.zh for one in waits_for(device.state, "c")] == ["d", "b", "a"]


# --- messages


@pytest.mark.parametrize("template", ["{{ 1 // 0 }}", "{{ run.id + 1 }}", "{{ nothing }}", "{% if %}"])
def test_a_template_that_fails_in_any_way_is_refused(template):
    device = opened(do("a"), do("z"))

    with pytest.raises(Refused) as refused:
        render(device.state, text(template), device.now, "zh")

    assert refused.value.id == "template-broken"


# --- the record


def test_what_is_kept_for_the_clocks_is_folded_again_from_the_record():
    device = informed(30)
    device.done("a")

    assert plain(replay(device.graph, RUN, device.entries)) == plain(device.state)


# --- rehearsals

PLAN = plan(
    ask("q", "x y"),
    do("a", after="q.x", marks="arrived"),
    hold("h", "PWR ENG", after="q"),
    do("z", after="h a"),
)

HEAD = b"""rehearsal: small
runbook: plan
reported_at: 2026-11-22T02:00:00Z
people: {IC: wang, ENG: li, PWR: zhao}
"""


def played(script: bytes) -> Iterator[Fault]:
    rehearsal, faults = read_rehearsal(HEAD + script, "small.yaml", book=Book("", (PLAN,), SITE, Promises()))
    assert rehearsal is not None, faults
    opening = opening_of(Book("", (PLAN,), SITE, Promises()), "plan", kind="H")
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        found: Played = play(rehearsal, opening, store, entropy(2))
    yield from found.faults


def test_a_rehearsal_confirms_voices_hands_over_holds_and_settles_what_is_left_over():
    script = b"""script:
  - {at: 1m, by: li, answer: q.x}
  - {at: 2m, by: li, done: a}
  - {at: 3m, by: li, answer: q.y, reason: it was not there}
  - {at: 4m, by: li, ticket: a, text: ticket 7}
  - {at: 5m, by: zhao, sign: h, strength: voice, channel: phone}
  - {at: 6m, by: wang, hold: storm}
  - {at: 7m, by: wang, resume: true}
  - {at: 8m, by: zhao, confirm-voice: h}
  - {at: 9m, by: li, sign: h}
  - {at: 10m, by: li, role: PWR}
  - {at: 10m, by: wang, handover: IC, person: li}
  - {at: 11m, by: li, done: z}
  - {at: 12m, by: li, end: complete}
at_end: {steps: {h: done, z: done}, ended: complete}
"""

    assert list(played(script)) == []


def test_what_does_not_come_of_a_rehearsal_is_told_where_it_is_written():
    script = b"""script:
  - {at: 1m, by: li, answer: q.x}
must_reach: [z]
never:
  - h
at_end:
  steps: {a: done}
  level: I
"""

    told = {(one.rule, one.place.line, one.place.column): one.sentence("en") for one in played(script)}

    assert sorted(told) == [
        ("rehearsal-end", 11, 11),
        ("rehearsal-end", 12, 3),
        ("rehearsal-never", 9, 5),
        ("rehearsal-unreached", 7, 14),
    ]
    assert not any("  " in sentence for sentence in told.values())
