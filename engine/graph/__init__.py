"""Runbook → `StepGraph`: a frozen networkx DiGraph, and the proof that it is sound.

    compile_graph(runbook, site, promises)   the graph, or everything that is unsound in the runbook
    road_faults(graph)                       what goes wrong on some of its roads, though it can be run
    from_bytes(kept)                         the graph as the store kept it
    bound(graph, room)                       the same graph, saying the values of site and room

`stepgraph` is the graph itself, `edges` how it is built, `proof` what must hold of it to be run. `sweeps`
and `pairs` answer what some road can do, `around` what opens before its guards,
`times` how long it takes, `gates` what a raised watch shuts;
`roads`, `readings`, `promised` and `withdrawn` are the errors of single roads, `account` what the whole
comes to.
"""

from engine.graph.binding import bound, say_fact, unsaid
from engine.graph.edges import Edge, closing_step, mark_carriers
from engine.graph.proof import compile_graph, follows, shortest_miss, starts_of
from engine.graph.roads import road_faults
from engine.graph.stepgraph import StepGraph, from_bytes

__all__ = [
    "Edge",
    "StepGraph",
    "bound",
    "closing_step",
    "compile_graph",
    "follows",
    "from_bytes",
    "mark_carriers",
    "road_faults",
    "say_fact",
    "shortest_miss",
    "starts_of",
    "unsaid",
]
