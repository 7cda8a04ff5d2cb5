"""Simulated people: they see what the players' screen shows and the facts of the drill, and nothing else.

knowing    what somebody finds who goes and looks
giving     what they would give for an act
crew       who does what next, and how long it takes
"""

from drill.crew.crew import Crew, Task

__all__ = ["Crew", "Task"]
