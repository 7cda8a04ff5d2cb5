from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import RecordTrouble
from engine.events import (
    Draft,
    JournalOpened,
    NoteAdded,
    ReadingTaken,
    RunOpened,
    StepDone,
    Unknown,
    canonical,
    type_of,
)
from engine.journal import (
    BEGINNING,
    Anchor,
    Claim,
    Head,
    Key,
    Moment,
    Row,
    Trust,
    entry_of,
    header_of,
    journal_of,
    make_note,
    note_holds,
    read_notes,
    row_of,
    seal,
    signature_holds,
    vouch,
)
from engine.journal.proof import Outcome, Report, Weight, verify
from tests.engine import golden
from tests.engine.records import BOOT, NOW, RUN, draft, forged, rehashed, with_header

KEY = Key(b"k" * 32)
OTHER = Key(b"l" * 32)
DEEP = b"[" * 100_000 + b"]" * 100_000
SALT = b"s" * 16
MOMENT = Moment(NOW, (BOOT, 5_000_000), "ntp")


def chain(count: int = 3, key: Key = KEY, moment: Moment = MOMENT) -> list[Row]:
    """A journal of `count` entries after the one with its key."""
    opened = JournalOpened(key.public.hex(), "LAPTOP-1", "muster")
    drafts = [draft(opened, run=None), *(draft(StepDone(f"step-{n}"), lam=n + 1) for n in range(count))]
    rows: list[Row] = []
    head = BEGINNING
    for number, one in enumerate(drafts, 1):
        rows.append(row_of(number, seal(one, f"c{number}", head, key=key, moment=moment, salt=SALT)))
        head = Head(number, rows[-1].hash.hex())
    return rows


def ids(report: Report) -> list[str]:
    return [one.id for one in report.findings]


# --- sealing


def test_what_is_sealed_is_three_digests_over_the_stored_bytes() -> None:
    sealed = seal(draft(NoteAdded("水")), "c1", BEGINNING, key=KEY, moment=MOMENT, salt=SALT)

    said = json.loads(sealed.header)
    assert said["payload"] == sha256(b"muster/payload/v1\n" + SALT + sealed.payload).hexdigest()
    assert sealed.hash == sha256(b"muster/event/v1\n" + sealed.header).digest()
    assert signature_holds(KEY.public, b"muster/sig/v1\n" + sealed.hash, sealed.sig)


def test_a_header_holds_no_word_that_anybody_typed() -> None:
    typed = NoteAdded("secret text", by="secret person")

    header = seal(draft(typed), "c1", BEGINNING, key=KEY, moment=MOMENT, salt=SALT).header

    assert b"secret" not in header
    assert header == canonical(json.loads(header))


def test_the_same_words_have_another_digest_under_another_salt() -> None:
    yes = draft(NoteAdded("yes"))

    one, two = (seal(yes, None, BEGINNING, key=KEY, moment=MOMENT, salt=salt) for salt in (SALT, b"t" * 16))

    assert one.said.payload != two.said.payload


def test_a_machine_that_runs_for_a_year_still_records() -> None:
    year = int(timedelta(days=365).total_seconds() * 1e9) + 1_234_567

    sealed = seal(draft(), None, BEGINNING, key=KEY, moment=replace(MOMENT, mono=(BOOT, year)), salt=SALT)

    assert entry_of(row_of(1, sealed)).mono == (BOOT, year // 1000 * 1000)


def test_a_journal_is_named_by_its_key() -> None:
    assert KEY.journal == journal_of(KEY.public) == sha256(KEY.public).hexdigest()[:32]


def test_a_public_half_that_does_not_belong_to_the_secret_is_noticed() -> None:
    assert Key(b"k" * 32, KEY.public).agrees()
    assert not Key(b"k" * 32, Key(b"l" * 32).public).agrees()


@pytest.mark.parametrize("public", [b"", b"short", b"\xff" * 32])
def test_a_signature_under_something_that_is_no_key_does_not_hold(public: bytes) -> None:
    assert not signature_holds(public, b"message", b"x" * 64)


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(text=st.text(), value=st.text(), number=st.integers(1, 2**53 - 1), cmd=st.none() | st.text())
def test_whatever_is_typed_comes_back_the_same_and_is_proven(
    text: str, value: str, number: int, cmd: str | None
) -> None:
    rows = chain(0)
    for event in (
        NoteAdded(text, by=value),
        ReadingTaken("depth", value, text),
        StepDone(text, round=number),
    ):
        head = Head(len(rows), rows[-1].hash.hex())
        one = Draft(RUN, event, NOW, value, number, (text,))
        rows.append(row_of(len(rows) + 1, seal(one, cmd, head, key=KEY, moment=MOMENT, salt=SALT)))
        entry = entry_of(rows[-1])
        assert (entry.event, entry.actor, entry.lam, entry.after, entry.cmd) == (
            event,
            value,
            number,
            (text,),
            cmd,
        )

    assert verify(rows).findings == verify(rows, deep=True).findings == ()


# --- reading


@pytest.mark.parametrize("payload", [DEEP, b'{"text":' + DEEP, b"[]", b'"text"', b"7", b'["text"]'])
def test_content_that_is_no_plain_object_is_shown_raw_and_stops_nothing(payload: bytes) -> None:
    rows = chain()
    row = forged(rows[-1], KEY, "note_added", payload)

    assert entry_of(row).event == Unknown("note_added", 1, payload.decode())
    assert ids(verify([*rows, row])) == []
    assert ids(verify([*rows, row], deep=True)) in ([], ["entry-canonical"])


def test_content_that_was_erased_or_never_came_reads_as_unknown() -> None:
    row = chain()[1]

    entry = entry_of(row._replace(payload=None, salt=None))

    assert entry.event == Unknown("step_done", 1, None)


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        DEEP,
        b'{"v":' + DEEP,
        *(
            canonical(json.loads(chain()[1].header) | wrong)
            for wrong in (
                {"jseq": "2"},
                {"v": 2},
                {"after": ["a", 1]},
                {"mono": [1, 2]},
                {"x": 1},
                {"lam": True},
                {"at": "0001-01-01T00:00:00.000Z"},
                {"recorded_at": "9999-12-31T23:59:59.000Z"},
            )
        ),
    ],
)
def test_a_header_of_another_shape_is_refused_in_one_sentence(header: bytes) -> None:
    with pytest.raises(RecordTrouble) as trouble:
        entry_of(chain()[1]._replace(header=header))

    assert "place 2" in trouble.value.sentence("en")
    assert isinstance(trouble.value.__cause__, ValueError)


# --- golden bytes


def test_every_type_and_version_has_golden_bytes() -> None:
    wanted = {f"{type_of(event)}.{event.VERSION}" for event in golden.EVENTS.values()}

    assert wanted <= golden.load().keys(), "run: python -m tests.engine.golden"


@pytest.mark.parametrize("name", sorted(golden.load()))
def test_golden_bytes_hash_sign_and_decode_as_they_did_on_their_first_day(name: str) -> None:
    kept = golden.load()[name]
    header, payload = kept["header"].encode(), kept["payload"].encode()
    said = header_of(header)

    assert sha256(b"muster/event/v1\n" + header).hexdigest() == kept["hash"]
    assert sha256(b"muster/payload/v1\n" + golden.SALT + payload).hexdigest() == said.payload
    signed = b"muster/sig/v1\n" + bytes.fromhex(kept["hash"])
    assert signature_holds(golden.KEY.public, signed, bytes.fromhex(kept["sig"]))

    row = Row(
        *(9, said.journal, said.jseq, said.run, said.type, said.at, said.recorded_at, said.lam, said.cmd),
        *(header, payload, golden.SALT, bytes.fromhex(kept["hash"]), bytes.fromhex(kept["sig"])),
    )
    entry = entry_of(row)
    assert entry.mono == ("3f0c9a52-golden", 812_345_678_901_000)
    assert entry.at == datetime(2026, 11, 22, 10, 0, 29, 123000, UTC)
    assert not isinstance(entry.event, Unknown)
    assert canonical({field: getattr(entry.event, field) for field in json.loads(payload)}) == payload


@pytest.mark.parametrize("name", sorted(f"{name}.{event.VERSION}" for name, event in golden.EVENTS.items()))
def test_a_type_that_did_not_change_is_still_sealed_in_its_golden_bytes(name: str) -> None:
    kept = golden.load()[name]
    event = golden.sample(golden.EVENTS[name.rpartition(".")[0]])
    said = {field: getattr(event, field) for field in json.loads(kept["payload"])}

    made = golden.as_json(golden.sealed(type(event)(**said)))

    added = json.loads(made["payload"]).keys() - said.keys()
    assert made == kept or added  # A field added later has a default, and may be said.


# --- checkpoints


def test_a_note_is_three_lines_an_empty_one_and_a_signature() -> None:
    note = make_note(KEY, Head(30, "ab" * 32))

    lines = note.text.split("\n")
    assert lines[:4] == [f"muster/{KEY.journal}", "30", "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=", ""]
    dash, name, signature = lines[4].split(" ")
    assert (dash, name, lines[5:]) == ("—", f"muster/{KEY.journal}", [""])
    # C2SP signed-note: the key id is made of name, newline, 0x01 for Ed25519, and the key.
    key_id = sha256(name.encode() + b"\n\x01" + KEY.public).digest()[:4]
    assert b64decode(signature)[:4] == key_id
    assert signature_holds(KEY.public, "\n".join(lines[:3]).encode() + b"\n", b64decode(signature)[4:])


def test_a_note_survives_chats_mails_and_terminals() -> None:
    note = make_note(KEY, Head(30, "ab" * 32))
    wrapped = "\r\n".join(
        "> " + line[at : at + 60] for line in note.text.split("\n") for at in range(0, 140, 60)
    )

    assert read_notes(note.text) == (note,)
    assert read_notes(f"王强 10:02\n  {note.text.replace('—', '--')}\n好的") == (note,)
    assert read_notes(wrapped.replace("> ", "  ")) == (note,)
    assert read_notes(note.text + "\n" + make_note(KEY, Head(31, "cd" * 32)).text)[0] == note


def test_text_without_a_note_is_refused() -> None:
    for text in ("", "muster/abc\n3\n", make_note(KEY, Head(3, "ab" * 32)).text[:-10]):
        with pytest.raises(RecordTrouble) as trouble:
            read_notes(text)
        assert trouble.value.id == "note-none"


def test_a_note_with_another_number_head_or_key_does_not_hold() -> None:
    note = make_note(KEY, Head(30, "ab" * 32))

    assert note_holds(note, KEY.public)
    assert not note_holds(replace(note, size=31), KEY.public)
    assert not note_holds(replace(note, head="cd" * 32), KEY.public)
    assert not note_holds(note, Key(b"l" * 32).public)


# --- proof


def test_an_intact_journal_says_what_was_not_checked() -> None:
    report = verify(chain(5))

    assert (report.outcome, report.exit_code, report.findings) == (Outcome.NOT_ENROLLED, 0, ())
    assert (report.entries, report.signatures) == (6, 1)
    assert [one.id for one in report.unchecked] == [
        "unchecked-signatures",
        "unchecked-tail",
        "unchecked-enrolment",
    ]
    for language in ("zh", "en"):
        assert len(report.lines(language)) == 7
    assert report.lines("en")[0] == "Intact; the keys are not enrolled."


def test_what_was_checked_is_not_called_unchecked() -> None:
    rows = chain(5)
    note = make_note(KEY, Head(6, rows[-1].hash.hex()))
    given = Claim(note.journal, note.size, note.head, "given", note)

    report = verify(rows, claims=[given], enrolled=[KEY.journal], deep=True)

    assert (report.outcome, report.unchecked, report.signatures) == (Outcome.INTACT, (), 6)


def two_journals() -> list[Row]:
    return sorted([*chain(2), *chain(3, OTHER)], key=lambda row: (row.journal, row.jseq))


def test_several_journals_are_each_proven_by_their_own_key() -> None:
    known = {KEY.journal, OTHER.journal}

    report = verify(two_journals(), deep=True, enrolled=known)

    assert (report.findings, len(report.heads), report.entries) == ((), 2, 7)


# --- whose journals they are


def strange(report: Report) -> set[str]:
    return {dict(one.facts)["journal"] for one in report.findings if one.id == "journal-foreign"}


def test_of_two_journals_a_machine_that_knows_none_of_them_vouches_for_neither() -> None:
    report = verify(two_journals())

    assert (strange(report), report.exit_code) == ({KEY.journal, OTHER.journal}, 3)
    assert "Foreign: nobody known here vouches for journal" in " ".join(report.lines("en"))


def test_a_device_vouches_for_its_own_journal_only() -> None:
    trust = Trust(KEY.journal, frozenset({KEY.journal}))

    report = verify(two_journals(), trust=trust)

    (finding,) = report.findings
    assert dict(finding.facts) == {
        "journal": OTHER.journal,
        "host": "LAPTOP-1",
        "count": 4,
        "first": "2026-11-22T10:00:00.000Z",
        "last": "2026-11-22T10:00:00.000Z",
    }
    assert (finding.weight, report.exit_code) == (Weight.UNCLEAR, 3)
    assert strange(verify(chain(key=OTHER), trust=trust)) == {OTHER.journal}


def test_whoever_kept_a_checkpoint_of_a_journal_knows_it() -> None:
    rows = two_journals()
    last = next(row for row in reversed(rows) if row.journal == KEY.journal)
    note = make_note(KEY, Head(last.jseq, last.hash.hex()))

    given = verify(rows, claims=[Claim(note.journal, note.size, note.head, "given", note)])
    kept = verify(rows, claims=[Claim(note.journal, note.size, note.head, "kept", note)])

    assert strange(given) == {OTHER.journal}
    assert strange(kept) == {KEY.journal, OTHER.journal}


def succession(vouched: str) -> list[Row]:
    """The journal of KEY, and one that says it is its successor."""
    opened = JournalOpened(OTHER.public.hex(), "LAPTOP-1", "muster", KEY.journal, vouched)
    first = row_of(9, seal(draft(opened, run=None), None, BEGINNING, key=OTHER, moment=MOMENT, salt=SALT))
    return sorted([*chain(2), first], key=lambda row: (row.journal, row.jseq))


def test_the_successor_of_a_journal_is_vouched_for_by_its_key() -> None:
    assert ids(verify(succession(vouch(KEY, OTHER.public)), deep=True)) == []


@pytest.mark.parametrize("vouched", ["", "zz", "ab" * 64, vouch(Key(b"l" * 32), Key(b"l" * 32).public)])
def test_nobody_becomes_a_successor_by_saying_so(vouched: str) -> None:
    assert strange(verify(succession(vouched))) == {KEY.journal, OTHER.journal}


def test_two_journals_that_vouch_for_each_other_in_a_ring_are_read_to_the_end() -> None:
    openings = {
        one.journal: JournalOpened(one.public.hex(), "x", "y", other.journal, vouch(other, one.public))
        for one, other in ((KEY, OTHER), (OTHER, KEY))
    }
    known = Trust("aa", frozenset({"aa"}))

    assert known.foreign(openings, openings) == openings.keys()


def test_what_a_device_remembers_of_its_journal_is_held_against_it() -> None:
    rows = chain(5)
    own = frozenset({KEY.journal})
    trust = Trust(KEY.journal, own, Anchor(KEY.journal, Head(6, rows[-1].hash.hex())))

    assert ids(verify(rows, trust=trust)) == []
    assert ids(verify(rows[:-2], trust=trust)) == ["journal-cut"]
    assert ids(verify(chain(5, moment=replace(MOMENT, clk="free")), trust=trust)) == ["journal-history"]
    assert ids(verify(chain(5, OTHER), trust=trust)) == ["journal-absent", "journal-foreign"]
    assert "unchecked-tail" not in [one.id for one in verify(rows, trust=trust).unchecked]


# --- erasure


def test_a_journal_that_does_not_begin_with_its_key_is_broken() -> None:
    rows = rehashed([with_header(chain(1)[1], jseq=1, prev="0" * 64)._replace(jseq=1)])
    assert ids(verify(rows)) == ["journal-key"]


def test_a_journal_whose_key_is_not_carried_cannot_be_told() -> None:
    rows = chain()
    rows[0] = rows[0]._replace(payload=None, salt=None)

    report = verify(rows)

    assert ids(report) == ["journal-key-gone", "entry-payload-missing"]


def test_an_erasure_that_a_signed_entry_declares_is_an_exception() -> None:
    rows = chain()
    rows[2] = rows[2]._replace(payload=None, salt=None)
    declared = canonical({"hashes": [rows[2].hash.hex()]})

    report = verify([*rows, forged(rows[-1], KEY, "erased", declared)], deep=True)

    assert (ids(report), report.outcome, report.exit_code) == (["entry-erased"], Outcome.EXCEPTIONS, 2)


def test_nobody_declares_the_erasure_of_what_another_wrote() -> None:
    """A key that was made for the purpose signs whatever one likes."""
    rows = chain()
    rows[2] = rows[2]._replace(payload=None, salt=None)
    stranger = chain(0, OTHER)
    declared = canonical({"hashes": [rows[2].hash.hex()]})

    report = verify([*rows, *stranger, forged(stranger[-1], OTHER, "erased", declared)], deep=True)

    assert ("entry-payload-missing" in ids(report), report.exit_code) == (True, 1)
    assert "entry-erased" not in ids(report)


def test_an_erasure_that_nobody_declares_is_a_break() -> None:
    rows = chain()
    rows[2] = rows[2]._replace(payload=None, salt=None)

    report = verify(rows)

    assert (ids(report), report.exit_code) == (["entry-payload-missing"], 1)


@pytest.mark.parametrize(
    "payload", [b"[]", DEEP, b'{"hashes":' + DEEP, b"not json", b'{"hashes":7}', b'{"hashes":[7]}']
)
def test_an_erasure_that_cannot_be_read_declares_nothing(payload: bytes) -> None:
    rows = chain()
    rows[2] = rows[2]._replace(payload=None, salt=None)

    assert "entry-payload-missing" in ids(verify([*rows, forged(rows[-1], KEY, "erased", payload)]))


def test_a_clock_that_was_set_back_is_told_but_breaks_nothing() -> None:
    rows = chain()
    head = Head(len(rows), rows[-1].hash.hex())
    earlier = replace(MOMENT, recorded_at=NOW - timedelta(hours=1))
    rows.append(row_of(9, seal(draft(), None, head, key=KEY, moment=earlier, salt=SALT)))

    report = verify(rows)

    assert (ids(report), report.outcome) == (["clock-back"], Outcome.NOT_ENROLLED)


def test_a_note_that_is_not_genuine_proves_nothing_either_way() -> None:
    rows = chain()
    note = replace(make_note(KEY, Head(4, rows[-1].hash.hex())), sig=b"x" * 64)

    report = verify(rows, claims=[Claim(note.journal, note.size, note.head, "given", note)])

    assert (ids(report), report.outcome, report.exit_code) == (["note-signature"], Outcome.UNCLEAR, 3)


def test_a_text_that_was_changed_is_found() -> None:
    digest = sha256(b"a").hexdigest()

    assert ids(verify([], texts=[(digest, b"a")])) == []
    assert ids(verify([], texts=[(digest, b"b")])) == ["text-changed"]


def test_a_text_that_a_run_was_opened_with_and_that_is_gone_is_found() -> None:
    digests = [sha256(text).hexdigest() for text in (b"graph", b"leak.yaml", b"other graph")]
    opened = RunOpened("leak", 1, digests[0], (("leak.yaml", digests[1]),), (("fire", digests[2]),))
    rows = chain(0)
    head = Head(1, rows[0].hash.hex())
    rows.append(row_of(2, seal(draft(opened), None, head, key=KEY, moment=MOMENT, salt=SALT)))
    texts = list(zip(digests, (b"graph", b"leak.yaml", b"other graph"), strict=True))

    assert ids(verify(rows, texts=texts)) == []
    for at in range(3):
        report = verify(rows, texts=texts[:at] + texts[at + 1 :])
        assert [(one.id, dict(one.facts)["digest"]) for one in report.findings] == [
            ("text-missing", digests[at])
        ]
        assert report.exit_code == 1


def test_a_report_can_be_read_by_another_program() -> None:
    rows = chain()
    note = make_note(KEY, Head(9, "ab" * 32))

    said = json.loads(
        json.dumps(verify(rows, claims=[Claim(note.journal, 9, note.head, "given", note)]).as_json())
    )

    assert (said["outcome"], said["exit_code"], said["entries"]) == ("broken", 1, 4)
    assert said["findings"] == [
        {"id": "journal-cut", "weight": "broken", "journal": KEY.journal, "size": 9, "here": 4}
    ]
    assert said["compared"] == [{"journal": KEY.journal, "size": 9, "source": "given", "agrees": False}]


def test_a_journal_that_another_one_saw_and_that_is_not_here_is_a_declared_exception() -> None:
    report = verify(chain(), claims=[Claim("ab" * 16, 3, "cd" * 32, "seen")])

    assert (ids(report), report.exit_code) == (["journal-went-back"], 2)


def test_findings_are_listed_up_to_a_limit_and_then_counted() -> None:
    rows = [row._replace(hash=b"x" * 32) for row in chain(1200)]

    report = verify(rows)

    assert (len(report.findings), report.findings_more) == (1000, 201)
    assert any("201" in line for line in report.lines("en"))


def test_a_thousand_trifles_hide_no_break() -> None:
    rows = chain(0)
    for number in range(2, 1100):
        head = Head(number - 1, rows[-1].hash.hex())
        back = replace(MOMENT, recorded_at=NOW - timedelta(seconds=number))
        rows.append(row_of(number, seal(draft(), None, head, key=KEY, moment=back, salt=SALT)))
    rows[-1] = rows[-1]._replace(payload=b"{}")

    report = verify(rows)

    assert {one.id for one in report.findings} == {"clock-back"}
    assert (report.outcome, report.exit_code) == (Outcome.BROKEN, 1)


def test_reading_and_default_proof_of_a_header_load_no_cryptography() -> None:
    heavy = {"cryptography", "networkx", "sqlalchemy"}
    program = f"import engine.journal, sys; print(sorted({heavy} & set(sys.modules)))"

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"
