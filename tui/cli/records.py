"""The record: read it, verify it, take it out of here, look through it."""

# No `annotations` from the future: Typer would compile each of them again, at every start.
from typing import Annotated

import typer

from tui.cli.groups import app
from tui.cli.options import AsJson, Lang, StorePath, end
from tui.cli.said import both, told


@app.command(help=told("读一次处置的记录", "read the record of a run", "muster log R-20261122-K7QM --follow"))
def log(
    run: Annotated[str | None, typer.Argument(help=both("处置编号", "id of the run"))] = None,
    follow: Annotated[
        bool, typer.Option("--follow", help=both("继续显示新的记录", "go on with what comes"))
    ] = False,
    store: StorePath = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    from tui.verbs.records import log as go

    end(go(run, follow, store, as_json, lang))


@app.command(
    help=told(
        "核对记录",
        "verify the record; prints a checkpoint to keep elsewhere",
        "muster verify > note.txt",
        "muster verify --since note.txt",
    )
)
def verify(
    run: Annotated[
        str | None, typer.Argument(help=both("处置编号或记录文件", "a run, or the file of a record"))
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help=both("核对每个签名", "check every signature"))] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", help=both("存在别处的检查点", "a checkpoint that was kept elsewhere")),
    ] = None,
    store: StorePath = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    from tui.verbs.records import verify as go

    end(go(run, deep, since, store, as_json, lang))


@app.command(
    help=told(
        "一次处置或演练的报告，一个文件，中英文",
        "the report of a run: one file, both languages",
        "muster report D-20261122-K7QM --format html -o drill.html",
    )
)
def report(
    run: Annotated[str, typer.Argument(help=both("编号", "id of the run"))],
    form: Annotated[str, typer.Option("--format", help="html | md")] = "html",
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", help=both("文件或文件夹；不写就打印出来", "a file or a folder; else printed")
        ),
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help=both("核对每个签名", "check every signature"))] = False,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.reporting import report as go

    end(go(run, form, output, deep, store, lang))


@app.command(
    help=told(
        "审计先看：列出处置和演练，或打开一次；只读",
        "the auditor's first look: list runs, or open one; read-only",
        "muster audit --kind D --since 2026-11-01",
        "muster audit --drill tabletop --drill no-notice",
        "muster audit D-20261122-K7QM who:li event:told",
    )
)
def audit(
    run: Annotated[
        str | None, typer.Argument(help=both("编号；不写就列出", "id of the run; else a list"))
    ] = None,
    words: Annotated[
        list[str] | None, typer.Argument(help=both("条件，如 who:li step:doorway event:told", "filters"))
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help=both("R 实战、D 演练、H、P", "R real, D drill, H, P"))
    ] = None,
    runbook: Annotated[
        str | None, typer.Option("--runbook", help=both("预案编号", "id of the runbook"))
    ] = None,
    site: Annotated[str | None, typer.Option("--site", help=both("站点编号", "id of the site"))] = None,
    room: Annotated[str | None, typer.Option("--room", help=both("机房编号", "the room"))] = None,
    since: Annotated[
        str | None, typer.Option("--since", help=both("从哪天起，如 2026-11-01", "from this day on"))
    ] = None,
    flags: Annotated[
        list[str] | None,
        typer.Option(
            "--drill",
            help=both(
                "只列这样的演练：tabletop、functional、full、announced、no-notice、check、demo、research、"
                "single-item、comprehensive，可写多个",
                "only drills that are this: tabletop, functional, full, announced, no-notice, check, demo, "
                "research, single-item, comprehensive; more than one may be given",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.auditor import Wanted
    from tui.verbs.auditing import audit as go

    wanted = Wanted(kind, runbook, site, room, since, tuple(flags or ()))
    end(go(run, words or [], wanted, as_json, store, lang))
