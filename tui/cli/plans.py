"""The plan book: check it, show it, how it is written."""

# No `annotations` from the future: Typer would compile each of them again, at every start.
from typing import Annotated

import typer

from tui.cli.groups import app
from tui.cli.options import AsJson, BookPath, Lang, end
from tui.cli.said import both, told


@app.command(
    help=told(
        "检查预案库；点名的演练情景还会演一遍",
        "check the plan book; a drill that is named is also played",
        "muster lint runbooks",
        "muster lint runbooks/drills",
        "muster lint --explain cycle",
    )
)
def lint(
    paths: Annotated[list[str] | None, typer.Argument(help=both("文件或文件夹", "files or folders"))] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", help=both("解释一条规则；all：列出全部", "explain a rule; all: list them")),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text | json | sarif")] = "text",
    day: Annotated[
        str | None,
        typer.Option("--day", help=both("按这一天判断复审日期", "the day review dates are judged by")),
    ] = None,
    trials: Annotated[
        bool, typer.Option("--trials/--no-trials", help=both("试演每个演练", "play every drill"))
    ] = True,
    each: Annotated[
        bool,
        typer.Option("--all", help=both("同类建议也逐条列出", "list each piece of advice, also of a kind")),
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
    book: BookPath = None,
) -> None:
    from tui.verbs.linting import lint as go

    end(go(paths or [], explain, "json" if as_json else form, day, lang, book, trials, each))


@app.command(help=told("显示一份预案", "show a runbook", "muster show leak --as map"))
def show(
    runbook: Annotated[str, typer.Argument(help=both("预案编号", "id of the runbook"))],
    form: Annotated[
        str, typer.Option("--as", help="text | paper | map | proof | mermaid | dot | json")
    ] = "text",
    room: Annotated[
        str | None, typer.Option("--room", help=both("按此机房取值", "with the values of a room"))
    ] = None,
    book: BookPath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.plans import show as go

    end(go(runbook, form, room, book, lang))


@app.command(help=told("打印格式", "print a JSON Schema", "muster schema runbook"))
def schema(
    kind: Annotated[str, typer.Argument(help="runbook | site | promises | rehearsal | scenario")] = "runbook",
    lang: Lang = None,
) -> None:
    from tui.verbs.plans import schema as go

    end(go(kind, lang))
