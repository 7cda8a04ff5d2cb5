"""Runs: begin one, go back to one, list them."""

# No `annotations` from the future: Typer would compile each of them again, at every start.
from typing import Annotated

import typer

from tui.cli.groups import app
from tui.cli.options import Ascii, AsJson, BookPath, Lang, Plain, StorePath, Who, end, face_of
from tui.cli.said import both, told


@app.command(
    "open",
    help=told("开始一次真实处置", "start a real incident", "muster open leak --room A1 --as li --plain"),
)
def open_run(
    runbook: Annotated[str, typer.Argument(help=both("预案编号，如 leak", "id of the runbook"))],
    site: Annotated[
        str | None, typer.Option("--site", help=both("站点编号，须与预案库一致", "id of the site"))
    ] = None,
    room: Annotated[str | None, typer.Option("--room", help=both("机房编号", "the room"))] = None,
    who: Who = None,
    reported_at: Annotated[
        str | None, typer.Option("--reported-at", help=both("接到报告的时间，如 02:10", "when the call came"))
    ] = None,
    another: Annotated[
        bool,
        typer.Option("--another", help=both("已有一次在进行也另开", "also where one goes on in that room")),
    ] = False,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason",
            help=both("另一起进行期间不开它时，为什么仍要开", "why, where another run keeps it back"),
        ),
    ] = None,
    plain: Plain = False,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
    ascii_only: Ascii = False,
) -> None:
    face = face_of(lang, plain=plain, ascii_only=ascii_only)
    if face.screen:
        from tui.verbs.on_screen import Asked, on_screen

        asked = Asked(
            store, book, who, None, runbook, site, room, reported_at, another=another, reason=reason
        )
        end(on_screen(asked, face))
    from tui.verbs.opening import open_run as go

    spoken = lang and face.language
    end(go(runbook, site, room, who, reported_at, plain, store, book, spoken, another=another, reason=reason))


@app.command(help=told("回到一次处置", "go back to a run", "muster walk R-20261122-K7QM --as li"))
def walk(
    run: Annotated[
        str | None, typer.Argument(help=both("处置编号；只有一个时可不写", "id of the run"))
    ] = None,
    who: Who = None,
    plain: Plain = False,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
    ascii_only: Ascii = False,
) -> None:
    face = face_of(lang, plain=plain, ascii_only=ascii_only)
    if face.screen:
        from tui.verbs.on_screen import Asked, walk_run

        end(walk_run(Asked(store, book, who, run), face))
    from tui.verbs.home import walk as go

    end(go(run, who, plain, store, book, lang and face.language))


@app.command(help=told("列出处置", "list the runs", "muster runs --all"))
def runs(
    everything: Annotated[bool, typer.Option("--all", help=both("包括已结束的", "ended ones too"))] = False,
    store: StorePath = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    from tui.verbs.records import runs as go

    end(go(everything, store, as_json, lang))
