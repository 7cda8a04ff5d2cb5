"""Every rule of a plan book, with its reason and an example: `muster lint --explain ID`.

The rules of cycles, ways back and roads (in `order`) are checked by `engine.graph`, all others by the rooms
of `engine.book`. The sentence a person sees is in `engine.errors` under the same id.

    files        whether a file can be read at all
    yaml         what the parser stumbles over, and what of YAML a plan does not use
    keys         which keys and kinds may stand where, and which must
    values       numbers, lengths of time, dates, and what a word may be
    names        each is defined once, and every use of one is answered
    site_values  what a plan takes from its site and room
    texts        texts and messages: both languages, short enough, and every blank can be filled
    holds        holds, safety and decisions: what may not be said of the same step
    order        what comes after what, the ways back, and that every road ends
    conditions   their form, their names, and what may be compared
    rehearsals   the script of a rehearsal
    scenarios    the objectives, injects and expectations of a drill
"""

from __future__ import annotations

from engine.book.rules.conditions import CONDITIONS
from engine.book.rules.files import FILES
from engine.book.rules.holds import HOLDS
from engine.book.rules.keys import KEYS
from engine.book.rules.names import NAMES
from engine.book.rules.order import ORDER
from engine.book.rules.rehearsals import REHEARSALS
from engine.book.rules.rule import Rule
from engine.book.rules.scenarios import SCENARIOS
from engine.book.rules.site_values import SITE_VALUES
from engine.book.rules.texts import TEXTS
from engine.book.rules.values import VALUES
from engine.book.rules.yaml import YAML

RULES: dict[str, Rule] = dict(
    (
        *FILES,
        *YAML,
        *KEYS,
        *VALUES,
        *NAMES,
        *SITE_VALUES,
        *TEXTS,
        *HOLDS,
        *ORDER,
        *CONDITIONS,
        *REHEARSALS,
        *SCENARIOS,
    )
)
"""Every rule by its id."""

__all__ = ["RULES", "Rule"]
