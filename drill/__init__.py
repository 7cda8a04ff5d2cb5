"""The drill: the same plan, the same engine and the same screens under another mark, DRILL / 演练.

Each room imports only from its left and from `engine`; `ARCHITECTURE.md` says what each is for.

    endings                           what ended a drill, by the reason that stands in its record
    scenario draws moments team script   what is true, what is injected and when, what is expected; pure
    scoring agreement findings        entries and scenario make findings, findings a score, computable for ever
    crew                              simulated people, who see the players' screen and the facts, and no more
    book evaluation attendance case   a scenario from YAML; the second run of a drill; who came; a drill from its record
    exercise auto trial               one under way; one that plays itself; whether a scenario can be played at all

A drill is a run of `engine` whose id begins with D; nothing in `engine` asks whether it is one.
"""
