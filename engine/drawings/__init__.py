"""A compiled runbook drawn: to read aloud, as a map, and for other programs.

    as_text      the whole runbook in words, as it would be read out or printed
    as_map       one line a step in the order of the road; structure in 7-bit characters only
    as_proof     what is proven of it, its roads and their times
    as_mermaid   a Mermaid flowchart
    as_dot       a Graphviz digraph
    as_json      everything, for programs

Whatever a plan says passes `text.clean`; in Mermaid and DOT it can never become more than a label.
Going back is no edge of the graph, so every drawing shows it in its own way.
"""

from engine.drawings.aloud import as_text
from engine.drawings.data import as_json, critical
from engine.drawings.diagrams import as_dot, as_mermaid
from engine.drawings.proof import as_proof
from engine.drawings.rails import as_map

__all__ = ["as_dot", "as_json", "as_map", "as_mermaid", "as_proof", "as_text", "critical"]
