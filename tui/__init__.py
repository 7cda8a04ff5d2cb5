"""The terminal: the command line, the line mode and the screens. It draws what `engine` and `drill` say.

    cli         the verbs; imports only typer and itself until a verb is chosen

The version of Muster stands here and nowhere else: the wheel, `muster --version` and the record read it.
"""

__version__ = "0.1.0"
