"""The command line. Imports only typer and itself; each verb brings what it needs when it is called."""

# No `annotations` from the future: Typer would compile each of them again, at every start.
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tui import __version__
from tui.as_typed import Verbs

if TYPE_CHECKING:
    from tui.boot import Face


def _help(said: str, *examples: str) -> str:
    """What a verb does, in both languages, and examples: each on a line of its own, to be copied as it is."""
    # \b: click wraps paragraphs, but not one that begins with this sign.
    return "\n\n".join([said, "\n".join(["\b", *(f"  {one}" for one in examples)])])


HELP = _help(
    """应急预案：逐步带人处置，留下无人能悄悄改动的记录。

Muster walks people through emergency runbooks and keeps a record that nobody can quietly change.""",
    "muster open leak --room A1 --as li   # 开始一次处置 / start a real incident",
    "muster walk                          # 回到处置 / go back to it",
    "muster rehearse leak --live          # 排练 / try it, nothing is kept",
    "muster lint                          # 检查预案库 / check the plan book",
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
    cls=Verbs, help="人员与 PIN / people and their PINs", rich_markup_mode=None, no_args_is_help=True
)
app.add_typer(people, name="people")

findings = typer.Typer(
    help=_help(
        "待处理问题：列出、了结 / open findings of patrols: list them, settle one",
        "muster findings",
        "muster findings close 3fa9c1d2 --reason 已换垫圈 --as li",
    ),
    rich_markup_mode=None,
)
app.add_typer(findings, name="findings")

Lang = Annotated[str | None, typer.Option("--lang", help="zh 或 en / zh or en", show_default=False)]
StorePath = Annotated[
    str | None, typer.Option("--store", help="记录文件 / the file of the record", show_default=False)
]
BookPath = Annotated[
    str | None, typer.Option("--book", help="预案库文件夹 / the plan book", show_default=False)
]
Who = Annotated[str | None, typer.Option("--as", help="您是谁（人员编号）/ who you are", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出 / print JSON")]
Plain = Annotated[bool, typer.Option("--plain", help="行模式 / line mode, for any terminal")]
Ascii = Annotated[bool, typer.Option("--ascii", help="屏幕只用 7 位字符 / 7-bit signs alone on the screen")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"muster {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 / the version")
    ] = False,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
    who: Who = None,
    ascii_only: Ascii = False,
    plain: Plain = False,
) -> None:
    if context.invoked_subcommand is None:
        face = _face(lang, plain=plain, ascii_only=ascii_only)
        if face.screen:
            from tui.verbs.on_screen import Asked, on_screen

            _end(on_screen(Asked(store, book, who), face))
        from tui.verbs.home import home as go_home

        _end(go_home(store, book, lang, who))
    given = {"--store": store, "--book": book, "--lang": lang, "--as": who}
    before = next((name for name, value in given.items() if value is not None), None)
    if before is not None:
        # Taken for home alone it would be lost, and the verb would go to another record without a word.
        from engine.errors import Refused

        raise Refused("option-first", option=before, verb=context.invoked_subcommand)


@app.command(
    "open",
    help=_help("开始一次真实处置 / start a real incident", "muster open leak --room A1 --as li --plain"),
)
def open_run(
    runbook: Annotated[str, typer.Argument(help="预案编号，如 leak / id of the runbook")],
    site: Annotated[
        str | None, typer.Option("--site", help="站点编号，须与预案库一致 / id of the site")
    ] = None,
    room: Annotated[str | None, typer.Option("--room", help="机房编号 / the room")] = None,
    who: Who = None,
    reported_at: Annotated[
        str | None, typer.Option("--reported-at", help="接到报告的时间，如 02:10 / when the call came")
    ] = None,
    another: Annotated[
        bool, typer.Option("--another", help="已有一次在进行也另开 / also where one goes on in that room")
    ] = False,
    plain: Plain = False,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
    ascii_only: Ascii = False,
) -> None:
    face = _face(lang, plain=plain, ascii_only=ascii_only)
    if face.screen:
        from tui.verbs.on_screen import Asked, on_screen

        _end(
            on_screen(Asked(store, book, who, None, runbook, site, room, reported_at, another=another), face)
        )
    from tui.verbs.opening import open_run as go

    spoken = lang and face.language
    _end(go(runbook, site, room, who, reported_at, plain, store, book, spoken, another=another))


@app.command(help=_help("回到一次处置 / go back to a run", "muster walk R-20261122-K7QM --as li"))
def walk(
    run: Annotated[str | None, typer.Argument(help="处置编号；只有一个时可不写 / id of the run")] = None,
    who: Who = None,
    plain: Plain = False,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
    ascii_only: Ascii = False,
) -> None:
    face = _face(lang, plain=plain, ascii_only=ascii_only)
    if face.screen:
        from tui.verbs.on_screen import Asked, walk_run

        _end(walk_run(Asked(store, book, who, run), face))
    from tui.verbs.home import walk as go

    _end(go(run, who, plain, store, book, lang and face.language))


@app.command(help=_help("列出处置 / list the runs", "muster runs --all"))
def runs(
    everything: Annotated[bool, typer.Option("--all", help="包括已结束的 / ended ones too")] = False,
    store: StorePath = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    from tui.verbs.records import runs as go

    _end(go(everything, store, as_json, lang))


@app.command(help=_help("读一次处置的记录 / read the record of a run", "muster log R-20261122-K7QM --follow"))
def log(
    run: Annotated[str | None, typer.Argument(help="处置编号 / id of the run")] = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="继续显示新的记录 / go on with what comes")
    ] = False,
    store: StorePath = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    from tui.verbs.records import log as go

    _end(go(run, follow, store, as_json, lang))


@app.command(
    help=_help(
        "核对记录 / verify the record; prints a checkpoint to keep elsewhere",
        "muster verify > note.txt",
        "muster verify --since note.txt",
    )
)
def verify(
    run: Annotated[
        str | None, typer.Argument(help="处置编号或记录文件 / a run, or the file of a record")
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help="核对每个签名 / check every signature")] = False,
    since: Annotated[
        str | None, typer.Option("--since", help="存在别处的检查点 / a checkpoint that was kept elsewhere")
    ] = None,
    store: StorePath = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    from tui.verbs.records import verify as go

    _end(go(run, deep, since, store, as_json, lang))


@app.command(
    help=_help(
        "检查预案库；点名的演练情景还会演一遍 / check the plan book; a drill that is named is also played",
        "muster lint runbooks",
        "muster lint runbooks/drills",
        "muster lint --explain cycle",
    )
)
def lint(
    paths: Annotated[list[str] | None, typer.Argument(help="文件或文件夹 / files or folders")] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", help="解释一条规则；all：列出全部 / explain a rule; all: list them"),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text | json | sarif")] = "text",
    day: Annotated[
        str | None, typer.Option("--day", help="按这一天判断复审日期 / the day review dates are judged by")
    ] = None,
    trials: Annotated[
        bool, typer.Option("--trials/--no-trials", help="试演每个演练 / play every drill")
    ] = True,
    each: Annotated[
        bool, typer.Option("--all", help="同类建议也逐条列出 / list each piece of advice, also of a kind")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
    book: BookPath = None,
) -> None:
    from tui.verbs.linting import lint as go

    _end(go(paths or [], explain, "json" if as_json else form, day, lang, book, trials, each))


@app.command(help=_help("显示一份预案 / show a runbook", "muster show leak --as map"))
def show(
    runbook: Annotated[str, typer.Argument(help="预案编号 / id of the runbook")],
    form: Annotated[str, typer.Option("--as", help="text | map | proof | mermaid | dot | json")] = "text",
    room: Annotated[
        str | None, typer.Option("--room", help="按此机房取值 / with the values of a room")
    ] = None,
    book: BookPath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.plans import show as go

    _end(go(runbook, form, room, book, lang))


@app.command(help=_help("打印格式 / print a JSON Schema", "muster schema runbook"))
def schema(
    kind: Annotated[str, typer.Argument(help="runbook | site | promises | rehearsal | scenario")] = "runbook",
    lang: Lang = None,
) -> None:
    from tui.verbs.plans import schema as go

    _end(go(kind, lang))


@app.command(
    help=_help(
        "排练：按剧本走一遍 / play a scripted rehearsal; --live: on this terminal with a hand clock",
        "muster rehearse tests/rehearsals/leak-crac.yaml",
        "muster rehearse leak --live --as li --room A1",
    )
)
def rehearse(
    files: Annotated[
        list[str],
        typer.Argument(help="排练文件，或 --live 时的预案 / rehearsals; with --live a runbook will do"),
    ],
    live: Annotated[
        bool, typer.Option("--live", help="在终端上用手拨的钟走 / walk it with a hand clock")
    ] = False,
    who: Who = None,
    room: Annotated[str | None, typer.Option("--room", help="机房编号 / the room")] = None,
    as_json: AsJson = False,
    plain: Plain = False,
    book: BookPath = None,
    lang: Lang = None,
    ascii_only: Ascii = False,
) -> None:
    if live:
        face = _face(lang, plain=plain, ascii_only=ascii_only)
        if face.screen:
            from tui.verbs.on_screen import Asked
            from tui.verbs.on_screen import rehearse as on_screen

            _end(on_screen(files[0], Asked(None, book, who, room=room), face))
    from tui.verbs.rehearsing import rehearse as go

    _end(go(files, live, who, room, as_json, book, lang))


@app.command(
    help=_help(
        "演练：开导调台，或由机器演一场 / lead a drill at the trainer's console, or let the machine play one",
        "muster drill leak-night                    # 导调台 / the console",
        "muster drill D-20261122-K7QM               # 回到导调台 / back to it",
        "muster drill leak-night --auto --seed 7    # 机器演一场 / played by machine",
        "muster drill leak-night --play ENG         # 一个人练一个角色 / one role, the crew plays the rest",
        "muster drill leak-night --check            # 演练前检查 / a check before the day",
    )
)
def drill(
    scenario: Annotated[
        str,
        typer.Argument(help="情景编号或文件，或演练编号 / id or file of the scenario, or id of the drill"),
    ],
    auto: Annotated[
        bool, typer.Option("--auto", help="人员全部由机器扮演 / simulated people play every role")
    ] = False,
    play: Annotated[
        str | None, typer.Option("--play", help="您扮演的角色，如 ENG，其余由机器扮演 / the role you play")
    ] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="随机种子 / the seed of chance")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="演练前检查，不留记录 / check it before the day, without a record")
    ] = False,
    seeds: Annotated[
        int | None,
        typer.Option(
            "--seeds", min=1, help="检查时试演几个种子，默认 200 / how many seeds a check plays; 200"
        ),
    ] = None,
    mark: Annotated[
        str | None,
        typer.Option(
            "--from-mark", help="从这场演练的标记处另开一场 / begin another drill at a mark of this one"
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

        _end(look(scenario, seeds or SEEDS, as_json, book, lang, seed))
    if auto:
        from tui.verbs.drilling import drill as go

        _end(go(scenario, seed, as_json, store, book, lang))
    from tui.verbs.leading import Led, lead

    face = _face(lang, plain=plain, ascii_only=ascii_only)
    _end(lead(Led(scenario, seed, who, play, store, book, mark), face))


@app.command(
    help=_help(
        "从记录重算演练得分 / the score of a drill, from its record alone", "muster score D-20261122-K7QM"
    )
)
def score(
    run: Annotated[str, typer.Argument(help="演练编号 / id of the drill")],
    as_json: AsJson = False,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.drilling import score as go

    _end(go(run, as_json, store, lang))


@app.command(
    help=_help(
        "一次处置或演练的报告，一个文件，中英文 / the report of a run: one file, both languages",
        "muster report D-20261122-K7QM --format html -o drill.html",
    )
)
def report(
    run: Annotated[str, typer.Argument(help="编号 / id of the run")],
    form: Annotated[str, typer.Option("--format", help="html | md")] = "html",
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", help="文件或文件夹；不写就打印出来 / a file or a folder; else printed"
        ),
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help="核对每个签名 / check every signature")] = False,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.reporting import report as go

    _end(go(run, form, output, deep, store, lang))


@app.command(
    help=_help(
        "审计先看：列出处置和演练，或打开一次；只读 / the auditor's first look: list runs, or open one; read-only",
        "muster audit --kind D --since 2026-11-01",
        "muster audit --drill tabletop --drill no-notice",
        "muster audit D-20261122-K7QM who:li event:told",
    )
)
def audit(
    run: Annotated[str | None, typer.Argument(help="编号；不写就列出 / id of the run; else a list")] = None,
    words: Annotated[
        list[str] | None, typer.Argument(help="条件，如 who:li step:doorway event:told / filters")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="R 实战、D 演练、H、P / R real, D drill, H, P")
    ] = None,
    runbook: Annotated[str | None, typer.Option("--runbook", help="预案编号 / id of the runbook")] = None,
    site: Annotated[str | None, typer.Option("--site", help="站点编号 / id of the site")] = None,
    room: Annotated[str | None, typer.Option("--room", help="机房编号 / the room")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="从哪天起，如 2026-11-01 / from this day on")
    ] = None,
    flags: Annotated[
        list[str] | None,
        typer.Option(
            "--drill",
            help="只列这样的演练：tabletop、functional、full、announced、no-notice、check、demo、research、"
            "single-item、comprehensive，可写多个 / only drills that are all of these",
        ),
    ] = None,
    as_json: AsJson = False,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.auditor import Wanted
    from tui.verbs.auditing import audit as go

    wanted = Wanted(kind, runbook, site, room, since, tuple(flags or ()))
    _end(go(run, words or [], wanted, as_json, store, lang))


@app.command(
    help=_help(
        "回放一次处置或演练，只读 / see a run again, read-only; Enter: stop or go, +5m, T+20m: jump",
        "muster replay D-20261122-K7QM --speed 16",
    )
)
def replay(
    run: Annotated[str, typer.Argument(help="编号 / id of the run")],
    speed: Annotated[
        int, typer.Option("--speed", help="1 到 16 倍；0 一次放完 / 1 to 16 times; 0: all at once")
    ] = 1,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.replaying import replay as go

    _end(go(run, speed, store, lang))


@findings.callback(invoke_without_command=True)
def list_findings(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="包括已了结的 / settled ones too")] = False,
    run: Annotated[
        str | None, typer.Option("--run", help="只看一次巡检或处置 / of one patrol or run only")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text | json")] = "text",
    as_json: AsJson = False,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    if context.invoked_subcommand is None:
        from tui.verbs.findings import findings as go

        _end(go(everything, run, "json" if as_json else form, store, lang))


@findings.command(
    "close",
    help=_help(
        "了结一个待处理问题，记入原来那次的记录 / settle a finding, in the record of its run",
        "muster findings close 3fa9c1d2 --reason 已换垫圈，工单 4711 --as li",
    ),
)
def close_finding(
    finding: Annotated[str, typer.Argument(help="编号，如 3fa9c1d2 / its id, as it is listed")],
    reason: Annotated[
        str | None, typer.Option("--reason", help="怎样了结的 / how it was settled", show_default=False)
    ] = None,
    who: Who = None,
    store: StorePath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.findings import close as go

    _end(go(finding, reason, who, store, lang))


@people.command("pin", help=_help("设置某人的 PIN / set somebody's PIN", "muster people pin li"))
def pin(
    person: Annotated[str, typer.Argument(help="人员编号 / id of the person")],
    who: Who = None,
    store: StorePath = None,
    book: BookPath = None,
    lang: Lang = None,
) -> None:
    from tui.verbs.pins import set_pin as go

    _end(go(person, who, store, book, lang))


@app.command(help=_help("检查这台机器 / check this machine; each line names a remedy", "muster doctor"))
def doctor(
    store: StorePath = None, book: BookPath = None, as_json: AsJson = False, lang: Lang = None
) -> None:
    from tui.verbs.doctor import doctor as go

    _end(go(store, book, as_json, lang))


def _face(lang: str | None, *, plain: bool, ascii_only: bool) -> "Face":
    """How this person is met: on the screen, or in lines."""
    from tui.boot import ready
    from tui.terminal import Left, Terminal

    try:
        return ready(
            Terminal(), lang=lang or ("en" if ascii_only else None), plain=plain, ascii_only=ascii_only
        )
    except Left:
        raise typer.Exit(130) from None


def _end(code: int) -> None:
    raise typer.Exit(code)


def main() -> None:
    """Run a verb. What a person must be told is one sentence on standard error, and exit code 1."""
    from tui.boot import prepare, run

    prepare()
    sys.exit(run(lambda: app(standalone_mode=False)))
