"""Line mode: walk a run in full sentences, one question a line. It does everything a screen does.

For screen readers, dumb terminals, and the day the screen fails. Enter does the main act of the step;
digits choose; nothing needs a letter that an input method could swallow.

    seat        the terminal, the run in front of the person, and how things are shown there
    doing       asks for what an act needs, does it, and lets it be mended when it is refused
    taking      takes what is offered, if it is still there, when it can have been, and if it is meant
    commands    what can be typed beside numbers
    walker      one turn after the other
"""

from tui.plain.commands import COMMANDS, RealEvent
from tui.plain.seat import Around
from tui.plain.walker import Walker

__all__ = ["COMMANDS", "Around", "RealEvent", "Walker"]
