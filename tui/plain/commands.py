"""What can be typed beside numbers: looking around, finding an act by its words, other runs, the hand clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from drill.exercise.stopping import stop_for_real
from engine.acts import Act
from engine.clocks import timers
from engine.condition import ConditionFault, parse_duration
from engine.text import clean
from tui import view
from tui.plain.doing import Doing
from tui.terminal import Left
from tui.typed import clock_time, narrow, pick_by_words
from tui.view import Offer

COMMANDS = {
    "leave": ("q", "quit", "exit", "离开", "退出"),
    "language": ("l", "lang", "语言", "中文", "en", "zh", "english"),
    "help": ("h", "help", "帮助"),
    "why": ("?", "why", "为什么"),
    "map": ("m", "map", "步骤", "全部步骤"),
    "watch": ("w", "watch", "监视"),
    "open": ("o", "open", "现在要做"),
    "note": ("n", "note", "备注"),
    "everything": ("0", "全部", "全部操作"),
    "back": ("b", "back", "返回"),
    "time": ("t", "time", "走时间"),
    "real": ("real", "真实", "真实事件"),
}
"""Each has a word of both languages, and none is vital."""

PAPER = ("paper", "纸", "纸上")
"""Said behind a number: it was done by the paper copy."""


class RealEvent(Exception):
    """A drill was stopped by a real event here; its text is the id of the drill."""


class Said(NamedTuple):
    """What was said behind a number: when it was done, how somebody knows, and who did it."""

    at: datetime | None
    basis: str
    by: dict[str, str]


class Commands(Doing):
    """Somebody who types more than numbers."""

    def command_of(self, word: str) -> str | None:
        """The command that a word is, if it is one."""
        return next((name for name, words in COMMANDS.items() if word.casefold() in words), None)

    def obey(self, command: str, rest: str) -> None:
        """Do what a command says."""
        getattr(self, f"_go_{command}")(rest)

    def choose(self, offer: Offer, rest: str = "") -> None:
        """Take an offer: another run, another step, or an act."""
        self.unconfirmed = False
        if offer.run is not None:
            self.enter(offer.run)
        elif offer.step is not None:
            self.focus = offer.step
        elif offer.act is not None:
            said = self._said_behind(rest)
            if said is not None:
                self.do(offer.act, {**offer.preset, **said.by}, said.at, said.basis)

    def _said_behind(self, rest: str) -> Said | None:
        """When, on what basis and by whom, as said behind a number; None when a word is not understood."""
        at, basis, by = None, "asserted", dict[str, str]()
        for word in rest.split():
            moment, person = clock_time(word, self.look), self._person(word)
            if word in PAPER:
                basis = "paper"
            elif moment is not None:
                at = moment
            elif person is not None:
                by = {"by": person}
            else:
                self.show("not-understood", typed=clean(word))
                return None
        return Said(at, basis, by)

    def _person(self, word: str) -> str | None:
        state = self.desk.state
        names = dict.fromkeys([*state.people, *state.graph.people])
        found = (
            [word] if word in names else pick_by_words(word, [(one, self.look.name(one)) for one in names])
        )
        return found[0] if len(found) == 1 else None

    # --- acts by their words

    def by_words(self, typed: str) -> None:
        """A few words of an act; the person says whether that is what they meant."""
        acts = self.desk.possible()
        rows = self._act_rows(acts)
        wanted = pick_by_words(typed, rows)
        if wanted:
            self._pick_act(self.look.say("acts-with", words=clean(typed)), acts, wanted)
        else:
            self.show("not-understood", typed=clean(typed))

    def _act_rows(self, acts: list[Act]) -> list[tuple[str, str]]:
        look = self.look
        return [(str(index), view.act_label(look, act, with_step=True)) for index, act in enumerate(acts)]

    def _pick_act(self, title: str, acts: list[Act], wanted: list[str] | None = None) -> None:
        rows = [row for row in self._act_rows(acts) if wanted is None or row[0] in wanted]
        chosen = self.pick(title, rows)
        if chosen is not None:
            self.choose(Offer("", acts[int(chosen)]))

    def _go_everything(self, _rest: str) -> None:
        """Every act that is allowed now."""
        self._pick_act(self.look.say("all-acts"), self.desk.possible())

    def _go_note(self, rest: str) -> None:
        """A note at once, anchored to the step in front."""
        act = next(one for one in self.desk.possible() if one.verb == "note")
        current = self.current()
        preset = {"target": current} if current is not None else {}
        self.do(act, {**preset, "text": rest} if rest else preset)

    def _go_watch(self, _rest: str) -> None:
        """What may happen at any time: choosing one raises it, or retires it."""
        acts = [act for act in self.desk.possible() if act.verb in ("raise", "retire")]
        rows = [(str(index), view.watch_row(self.look, str(act.step))) for index, act in enumerate(acts)]
        chosen = self.pick(self.look.say("watch-which"), rows) if rows else None
        if chosen is not None:
            self.do(acts[int(chosen)])
        elif not rows:
            self.show("no-watches")

    # --- looking

    def _go_leave(self, _rest: str) -> None:
        raise Left

    def _go_language(self, _rest: str) -> None:
        self.language = "en" if self.language == "zh" else "zh"

    def _go_help(self, _rest: str) -> None:
        lines = self.look.say("help").split("\n")
        lines += [self.look.say("help-real")] if self.top.state.kind == "D" else []
        self.read(lines + ([self.look.say("help-time")] if self.around.pass_time is not None else []))

    def _go_why(self, _rest: str) -> None:
        self.read(view.why_lines(self.look, self.current()))

    def _go_map(self, _rest: str) -> None:
        """Every step; the number of an open one puts it in front, of another one shows it."""
        look, state, width = self.look, self.desk.state, self.terminal.width - 2
        rows = [(name, view.row_line(look, name, self.current(), width)) for name in state.steps]
        chosen = self.pick(look.say("all-steps"), rows, start=self.current(), by_step=True)
        if chosen in state.open_steps() or chosen in state.come_back():
            self.focus = chosen
        elif chosen is not None:
            self.read(view.step_lines(look, chosen))

    def _go_open(self, _rest: str) -> None:
        """Every step to be done now; choosing one puts it in front."""
        rows = [
            (name, view.step_row(self.look, name, self.current())) for name in view.others(self.look, None)
        ]
        chosen = self.pick(self.look.say("open-steps"), rows, by_step=True) if rows else None
        self.focus = chosen or self.focus

    # --- other runs, and the hand clock of a rehearsal

    def _go_back(self, _rest: str) -> None:
        """To the run that opened this one; it goes on meanwhile."""
        if self.parent() is None:
            self.show("no-parent")
        else:
            self.go_back()

    def _go_time(self, rest: str) -> None:
        """Let the hand clock of a rehearsal run: to the next thing that falls due, or for some time."""
        pass_time = self.around.pass_time
        if pass_time is None:
            self.show("only-rehearsal")
            return
        length = self._length(rest)
        if length is not None:
            pass_time(self.desk, self.desk.now() + length)
            moment = f"{self.desk.now().astimezone(self.look.zone):%m-%d %H:%M:%S}"
            self.show("time-jump", length=self.look.span(length), time=moment)

    def _go_real(self, _rest: str) -> None:
        """A real event: the drill stops for everybody, and the list of emergencies comes."""
        if self.top.state.kind != "D":
            self.show("only-drill")
            return
        if self.top.state.ended is None:
            if narrow(self.terminal.ask(self.look.say("plain-real-sure") + " > ")).upper() != "REAL":
                self.show("cancelled")
                return
            stop_for_real(self.desk)
        raise RealEvent(self.top.run_id)

    def _length(self, typed: str) -> timedelta | None:
        look = self.look
        due = next((timer for timer in timers(look.state) if timer.at > look.now), None)
        if not typed:
            hint = ""
            if due is not None:
                left, step = look.length(due.at - look.now), look.title(due.step)
                hint = look.say("next-due", left=left, step=step)
            typed = narrow(self.terminal.ask(look.say("prompt-time", hint=hint)))
        if not typed:
            return None if due is None else due.at - look.now
        try:
            return parse_duration(typed)
        except ConditionFault as fault:
            self.terminal.show(fault.sentence(self.language))
            return None
