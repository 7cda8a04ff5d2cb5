"""Practice: rehearsals, drills, and what became of them."""

# No `annotations` from the future: Typer would compile each of them again, at every start.
from typing import Annotated

import typer

from tui.cli.groups import app
from tui.cli.options import Ascii, AsJson, BookPath, Lang, Plain, StorePath, Who, end, face_of
from tui.cli.said import both, told


@app.command(
    help=told(
        "排练：按剧本走一遍",
        "play a scripted rehearsal; --live: on this terminal with a hand clock",
        "muster rehearse tests/rehearsals/leak-crac.yaml",
        "muster rehearse leak --live --as li --room A1",
    )
)
def rehearse(
    files: Annotated[
        list[str],
        typer.Argument(
            help=both("排练文件，或 --live 时的预案", "rehearsals; with --live a runbook will do")
        ),
    ],
    live: Annotated[
        bool, typer.Option("--live", help=both("在终端上用手拨的钟走", "walk it with a hand clock"))
    ] = False,
    who: Who = None,
    room: Annotated[str | None, typer.Option("--room", help=both("机房编号", "the room"))] = None,
    as_json: AsJson = False,
    plain: Plain = False,
    book: BookPath = None,
    lang: Lang = None,
    ascii_only: Ascii = False,
) -> None:
    if live:
        face = face_of(lang, plain=plain, ascii_only=ascii_only)
        if face.screen:
            from tui.verbs.on_screen import Asked
            from tui.verbs.on_screen import rehearse as on_screen

            end(on_screen(files[0], Asked(None, book, who, room=room), face))
    from tui.verbs.rehearsing import rehearse as go

    end(go(files, live, who, room, as_json, book, lang))


@app.command(
    help=told(
        "演练：开导调台，或由机器演一场",
        "lead a drill at the trainer's console, or let the machine play one",
        ("muster drill leak-night", "导调台", "the console"),
        ("muster drill D-20261122-K7QM", "回到导调台", "back to it"),
        ("muster drill leak-night --auto --seed 7", "机器演一场", "played by machine"),
        ("muster drill leak-night --play ENG", "一个人练一个角色", "one role, the crew plays the rest"),
        ("muster drill leak-night --check", "演练前检查", "a check before the day"),
    )
)
def drill(
    scenario: Annotated[
        str,
        typer.Argument(
            help=both("情景编号或文件，或演练编号", "id or file of the scenario, or id of the drill")
        ),
    ],
    auto: Annotated[
        bool, typer.Option("--auto", help=both("人员全部由机器扮演", "simulated people play every role"))
    ] = False,
    play: Annotated[
        str | None,
        typer.Option("--play", help=both("您扮演的角色，如 ENG，其余由机器扮演", "the role you play")),
    ] = None,
    seed: Annotated[str | None, typer.Option("--seed", help=both("随机种子", "the seed of chance"))] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help=both("演练前检查，不留记录", "check it before the day, without a record")
        ),
    ] = False,
    seeds: Annotated[
        int | None,
        typer.Option(
            "--seeds", min=1, help=both("检查时试演几个种子，默认 200", "how many seeds a check plays; 200")
        ),
    ] = None,
    mark: Annotated[
        str | None,
        typer.Option(
            "--from-mark",
            help=both("从这场演练的标记处另开一场", "begin another drill at a mark of this one"),
        ),
    ] = None,
    who: Who = None,
    as_json: AsJson = False,
    plain: Plain = False,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
    ascii_only: Ascii = False,
) -> None:
    from tui.verbs.drill_options import RUN, Asked, must_fit

    must_fit(
        Asked(
            is_run=RUN.fullmatch(scenario) is not None,
            check=check,
            auto=auto,
            play=play is not None,
            seed=seed is not None,
            seeds=seeds is not None,
            mark=mark is not None,
            who=who is not None,
            json=as_json,
        )
    )
    if check:
        from tui.verbs.checking import SEEDS
        from tui.verbs.checking import check as look

        end(look(scenario, seeds or SEEDS, as_json, book, lang, seed))
    if auto:
        from tui.verbs.drilling import drill as go

        end(go(scenario, seed, as_json, store, book, lang))
    from tui.verbs.leading import Led, lead

    face = face_of(lang, plain=plain, ascii_only=ascii_only)
    end(lead(Led(scenario, seed, who, play, store, book, mark), face))


@app.command(
    help=told(
        "从记录重算演练得分", "the score of a drill, from its record alone", "muster score D-20261122-K7QM"
    )
)
def score(
    run: Annotated[str, typer.Argument(help=both("演练编号", "id of the drill"))],
    as_json: AsJson = False,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.drilling import score as go

    end(go(run, as_json, store, lang))


@app.command(
    help=told(
        "回放一次处置或演练，只读",
        "see a run again, read-only; Enter: stop or go, +5m, T+20m: jump",
        "muster replay D-20261122-K7QM --speed 16",
    )
)
def replay(
    run: Annotated[str, typer.Argument(help=both("编号", "id of the run"))],
    speed: Annotated[
        int, typer.Option("--speed", help=both("1 到 16 倍；0 一次放完", "1 to 16 times; 0: all at once"))
    ] = 1,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.replaying import replay as go

    end(go(run, speed, store, lang))
