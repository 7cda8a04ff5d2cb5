"""The groups of verbs; each verb is put into one of them where it is written."""

import typer

from tui.cli.said import both, told
from tui.cli.verbs import Verbs

HELP = told(
    "应急预案：逐步带人处置，留下无人能悄悄改动的记录。",
    "Muster walks people through emergency runbooks and keeps a record that nobody can quietly change.",
    ("muster open leak --room A1 --as li", "开始一次处置", "start a real incident"),
    ("muster walk", "回到处置", "go back to it"),
    ("muster rehearse leak --live", "排练，不留记录", "try it, nothing is kept"),
    ("muster lint", "检查预案库", "check the plan book"),
)

app = typer.Typer(
    cls=Verbs,
    help=HELP,
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

people = typer.Typer(
    cls=Verbs,
    help=told("人员与 PIN", "people and their PINs", "muster people pin li --as li"),
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(people, name="people")

SETTLE = both(
    "muster findings close 3fa9c1d2 --reason '已换垫圈，工单 4711' --as li",
    "muster findings close 3fa9c1d2 --reason 'seal replaced, ticket 4711' --as li",
)

findings = typer.Typer(
    cls=Verbs,
    help=told(
        "待处理问题：列出、了结",
        "open findings of patrols: list them, settle one",
        "muster findings",
        SETTLE,
    ),
    rich_markup_mode=None,
)
app.add_typer(findings, name="findings")
