"""Options that many verbs take, and what every verb ends with."""

# No `annotations` from the future: Typer would compile each of them again, at every start.
from typing import TYPE_CHECKING, Annotated

import typer

from tui.cli.said import both

if TYPE_CHECKING:
    from tui.boot import Face

Lang = Annotated[str | None, typer.Option("--lang", help=both("语言：zh 或 en", "language: zh or en"))]
StorePath = Annotated[str | None, typer.Option("--store", help=both("记录文件", "the file of the record"))]
BookPath = Annotated[str | None, typer.Option("--book", help=both("预案库文件夹", "the plan book"))]
Who = Annotated[str | None, typer.Option("--as", help=both("您是谁（人员编号）", "who you are (your id)"))]
AsJson = Annotated[bool, typer.Option("--json", help=both("以 JSON 输出", "print JSON"))]
Plain = Annotated[
    bool, typer.Option("--plain", help=both("行模式，任何终端都行", "line mode, for any terminal"))
]
Ascii = Annotated[
    bool, typer.Option("--ascii", help=both("屏幕只用 7 位字符", "7-bit signs alone on the screen"))
]


def face_of(lang: str | None, *, plain: bool, ascii_only: bool) -> "Face":
    """How this person is met: on the screen, or in lines."""
    from tui.boot import ready
    from tui.terminal import Left, Terminal

    language = lang or ("en" if ascii_only else None)
    try:
        return ready(Terminal(), lang=language, plain=plain, ascii_only=ascii_only)
    except Left:
        raise typer.Exit(130) from None


def end(code: int) -> None:
    """The verb is over, with this exit code."""
    raise typer.Exit(code)
