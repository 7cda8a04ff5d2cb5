"""A program of its own for the tests that need one: to be killed, to race, to be another user.

    python store_child.py MODE < arguments as JSON         answers in JSON

It loads everything once and then forks, because 200 short lives must not cost 200 starts of Python.
No connection is ever open while it forks.
"""

from __future__ import annotations

import json
import os
import random
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401 - loaded before the user changes

from engine.errors import Conflict, MusterError, RecordTrouble
from engine.events import Draft, NoteAdded, StepDone
from engine.journal import Moment
from engine.store import Store, open_reader, open_store
from engine.store.device import DeviceFiles

BATCH = 3
NOBODY = 65534


def wall() -> Moment:
    return Moment(datetime.now(UTC), ("boot", time.monotonic_ns()), "unknown")


def opened(folder: str, **how: Any) -> Store:
    return open_store(
        Path(folder) / "muster.db", key_folder=Path(folder) / "state", wall=wall, entropy=os.urandom, **how
    )


def drafts(run: str, count: int) -> list[Draft]:
    return [Draft(run, NoteAdded(f"{run} {part}"), datetime.now(UTC), "u1") for part in range(count)]


def forked(work: Callable[[Callable[[Any], None]], None]) -> tuple[int, int]:
    """A child that does `work` and says things as lines of JSON: its pid, and where to read them."""
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    os.close(read)
    try:
        work(lambda said: void(os.write(write, json.dumps(said).encode() + b"\n")))
    finally:
        os._exit(0)


def void(_: object) -> None:
    return None


def heard(read: int) -> list[Any]:
    """Everything that a child said in whole lines; a kill may cut the last one."""
    with os.fdopen(read, "rb") as file:
        return [json.loads(line) for line in file.read().split(b"\n")[:-1]]


# --- kill: lives that end at an instant drawn by a seed


def kill(folder: str, seed: int, lives: int) -> dict[str, Any]:
    """Let `lives` children append until they are killed; say what they were told was recorded.

    One life in five ends at an instant after its birth, so while it makes or opens the store; the others
    at an instant after their first acknowledgement, so between or within appends.
    """
    rng = random.Random(seed)
    acknowledged: list[list[str]] = []
    for life in range(lives):
        pid, read = forked(partial(append_until_killed, folder, life))
        early = life % 5 == 0
        if not early:
            select.select([read], [], [])
        ends = time.perf_counter() + rng.uniform(0, 30 if early else 8) / 1000
        while time.perf_counter() < ends:
            pass
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        acknowledged += heard(read)
    return {"acknowledged": acknowledged}


def append_until_killed(folder: str, life: int, say: Callable[[Any], None]) -> None:
    with opened(folder) as store:
        if store.rollback is not None:
            say(["rollback"])
        for number in range(10_000):
            entries = store.append(drafts(f"H-KILL-{life}", BATCH), seen=None, cmd=f"{life}-{number}")
            say([entry.hash for entry in entries])


# --- race: several processes at one store


def race(folder: str, writers: int, appends: int) -> dict[str, Any]:
    """Each of `writers` appends to a run of its own and to one that all share, and says what happened."""
    children = [forked(partial(race_one, folder, name, appends)) for name in range(writers)]
    said = [heard(read) for _, read in children]
    for pid, _ in children:
        os.waitpid(pid, 0)
    return {"said": said}


def race_one(folder: str, name: int, appends: int, say: Callable[[Any], None]) -> None:
    try:
        with opened(folder, patience=60.0) as store:
            say(["journal", store.journal])
            seen = 0
            for number in range(appends):
                entries = store.append(drafts(f"H-OWN-{name}", 2), seen=seen, cmd=None)
                seen = entries[-1].pos
                say(["own", [entry.hash for entry in entries]])
                say(["shared", append_to_the_shared_run(store, f"{name}-{number}")])
    except MusterError as trouble:
        say(["trouble", trouble.id, str(trouble)])


def append_to_the_shared_run(store: Store, cmd: str) -> dict[str, Any]:
    """Act on what was seen, and after a conflict look again; a conflict must carry what was not seen."""
    seen, conflicts = 0, []
    while True:
        try:
            (entry,) = store.append(
                [Draft("H-SHARED", StepDone(cmd), datetime.now(UTC), "u1")], seen=seen, cmd=cmd
            )
        except Conflict as conflict:
            conflicts.append([one.pos > seen for one in conflict.entries])
            seen = conflict.entries[-1].pos
        else:
            return {"hash": entry.hash, "conflicts": conflicts}


def make_key(folder: str, rounds: int) -> list[list[str]]:
    """Two processes that make the same key at once, again and again."""
    made = []
    for number in range(rounds):
        starts = time.perf_counter() + 0.003
        children = [forked(partial(make_one_key, folder, str(number), starts)) for _ in range(2)]
        made.append([line for _, read in children for line in heard(read)])
        for pid, _ in children:
            os.waitpid(pid, 0)
    return made


def make_one_key(folder: str, name: str, starts: float, say: Callable[[Any], None]) -> None:
    device = DeviceFiles(Path(folder), name, os.urandom)
    while time.perf_counter() < starts:
        pass
    say(device.key().journal)


# --- acknowledgements that can be seen from outside


def say(folder: str, appends: int) -> int:
    """Append, and write a line to standard output as soon as each append is acknowledged."""
    with opened(folder) as store:
        for number in range(appends):
            store.append(drafts("H-SAY", 1), seen=None, cmd=None)
            os.write(1, f"recorded {number}\n".encode())
    return appends


# --- a disk that refuses


def file_size_limit(folder: str) -> dict[str, Any]:
    """Append until a file may not grow any more, then lift the limit and go on."""
    with opened(folder) as store:
        before = [store.append(drafts("H-DISK", 1), seen=None, cmd=f"b{n}")[0].hash for n in range(5)]
        log = Path(folder) / "muster.db-wal"
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 9000, resource.RLIM_INFINITY))
        refused = []
        for number in range(4):
            try:
                before.append(store.append(drafts("H-DISK", 1), seen=None, cmd=f"r{number}")[0].hash)
            except RecordTrouble as trouble:
                refused.append([trouble.id, trouble.sentence("en"), trouble.sentence("zh")])
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        after = [store.append(drafts("H-DISK", 1), seen=None, cmd=f"a{n}")[0].hash for n in range(3)]
    return {"acknowledged": before + after, "refused": refused}


# --- another user, to whom permissions apply


def as_nobody(paths: list[str]) -> list[Any]:
    """For each folder: can it be read, can it be written; said by somebody who is not root."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return [[reading(path), writing(path)] for path in paths]


def reading(folder: str) -> Any:
    try:
        with open_reader(Path(folder) / "muster.db") as reader:
            report = reader.verify(deep=True)
            return [report.entries, report.exit_code]
    except RecordTrouble as trouble:
        return [trouble.id, trouble.sentence("en"), trouble.sentence("zh")]


def writing(folder: str) -> Any:
    try:
        with opened(folder) as store:
            return [len(store.append(drafts("H-NOBODY", 1), seen=None, cmd=None))]
    except RecordTrouble as trouble:
        return [trouble.id, trouble.sentence("en"), trouble.sentence("zh")]


MODES: dict[str, Callable[..., Any]] = {
    "kill": kill,
    "race": race,
    "make-key": make_key,
    "say": say,
    "file-size-limit": file_size_limit,
    "as-nobody": as_nobody,
}

if __name__ == "__main__":
    print(json.dumps(MODES[sys.argv[1]](**json.load(sys.stdin))))
