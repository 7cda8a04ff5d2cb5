"""People and their PINs, open findings, and this machine."""

# No `annotations` from the future: Typer would compile each of them again, at every start.
from typing import Annotated

import typer

from tui.cli.groups import SETTLE, app, findings, people
from tui.cli.options import AsJson, BookPath, Lang, StorePath, Who, end
from tui.cli.said import both, told


@people.callback()
def before_the_verb(context: typer.Context, lang: Lang = None) -> None:
    _behind_the_verb("--lang" if lang else "", f"people {context.invoked_subcommand}")


def _behind_the_verb(option: str, verb: str) -> None:
    """Before the verb of a group an option would be lost without a word."""
    if option:
        from engine.errors import Refused

        raise Refused("option-first", option=option, verb=verb)


@people.command("pin", help=told("设置某人的 PIN", "set somebody's PIN", "muster people pin li --as li"))
def pin(
    person: Annotated[str, typer.Argument(help=both("人员编号", "id of the person"))],
    who: Who = None,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.pins import set_pin as go

    end(go(person, who, store, book, lang))


@findings.callback(invoke_without_command=True)
def list_findings(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=both("包括已了结的", "settled ones too"))] = False,
    run: Annotated[
        str | None, typer.Option("--run", help=both("只看一次巡检或处置", "of one patrol or run only"))
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text | json")] = "text",
    as_json: AsJson = False,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    if context.invoked_subcommand is not None:
        _behind_the_verb(
            "--lang" if lang else "--store" if store else "", f"findings {context.invoked_subcommand}"
        )
    else:
        from tui.verbs.findings import findings as go

        end(go(everything, run, "json" if as_json else form, store, lang))


@findings.command(
    "close",
    help=told(
        "了结一个待处理问题，记入原来那次的记录",
        "settle a finding, in the record of its run",
        SETTLE,
    ),
)
def close_finding(
    finding: Annotated[str, typer.Argument(help=both("编号，如 3fa9c1d2", "its id, as it is listed"))],
    reason: Annotated[
        str | None,
        typer.Option("--reason", help=both("怎样了结的", "how it was settled"), show_default=False),
    ] = None,
    who: Who = None,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.findings import close as go

    end(go(finding, reason, who, store, lang))


@app.command(help=told("检查这台机器", "check this machine; each line names a remedy", "muster doctor"))
def doctor(
    store: StorePath = None, book: BookPath = None, as_json: AsJson = False, lang: Lang = None
) -> None:
    from tui.verbs.doctor import doctor as go

    end(go(store, book, as_json, lang))
