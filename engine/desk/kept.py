"""A compiled plan as a record keeps it."""

from __future__ import annotations

from engine import graph as graphs
from engine.desk.around import Record
from engine.errors import RecordTrouble
from engine.graph import StepGraph


def kept_graph(record: Record, digest: str) -> StepGraph | None:
    """The plan of a digest; None where it is not here, was changed in the record, or was kept by a newer Muster.

    For whoever looks at another run: what cannot be read there keeps nobody from this one (`verify` tells of it).
    """
    try:
        kept = record.text(digest)
        return None if kept is None else graphs.from_bytes(kept)
    except RecordTrouble as trouble:
        if trouble.id != "text-changed":
            raise  # the record itself is out of reach just now: it is asked again
        return None
    except (KeyError, TypeError, ValueError):
        return None
