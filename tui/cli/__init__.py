"""The command line. Loads only Typer and itself; each verb brings what it needs when it is called.

said      what is said of a verb and its options, in both languages
options   what many verbs take
verbs     how a group takes what was typed, refuses it, and shows its help
helping   the help of one verb, drawn in the language of whoever reads it
usage     what was typed wrong, in one sentence
groups    the groups; begin, drills, people, plans, records: the verbs
"""

# No `annotations` from the future: Typer would compile each of them again, at every start.
import sys
from typing import Annotated

import typer

from tui import __version__
from tui.cli import begin, drills, people, plans, records
from tui.cli.groups import app
from tui.cli.options import Ascii, BookPath, Lang, Plain, StorePath, Who, end, face_of
from tui.cli.said import both

__all__ = ["app", "begin", "drills", "main", "people", "plans", "records"]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"muster {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=both("版本", "the version"))
    ] = False,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
    who: Who = None,
    ascii_only: Ascii = False,
    plain: Plain = False,
) -> None:
    if context.invoked_subcommand is None:
        face = face_of(lang, plain=plain, ascii_only=ascii_only)
        if face.screen:
            from tui.verbs.on_screen import Asked, on_screen

            end(on_screen(Asked(store, book, who), face))
        from tui.verbs.home import home as go_home

        end(go_home(store, book, lang, who))
    given = {"--store": store, "--book": book, "--lang": lang, "--as": who}
    before = next((name for name, value in given.items() if value is not None), None)
    if before is not None:
        # Taken for home alone it would be lost, and the verb would go to another record without a word.
        from engine.errors import Refused

        raise Refused("option-first", option=before, verb=context.invoked_subcommand)


def main() -> None:
    """Run a verb. What a person must be told is one sentence on standard error, and exit code 1."""
    from tui.boot import prepare, run

    prepare()
    sys.exit(run(lambda: app(standalone_mode=False)))
