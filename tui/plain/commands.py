"""What can be typed beside numbers: looking around, finding an act by its words, other runs, the hand clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from drill.exercise.stopping import stop_for_real
from engine.acts import Act
from engine.clocks import timers
from engine.condition import ConditionFault, parse_duration
from engine.text import clean
from tui import view
from tui.asking.fields import Listed
from tui.plain.taking import Taking
from tui.terminal import Left
from tui.typed import narrow, rows_with, yes_no
from tui.view import Offer
from tui.view.grouped import Line, grouped

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


class RealEvent(Exception):
    """A drill was stopped by a real event here; its text is the id of the drill."""


class Commands(Taking):
    """Somebody who types more than numbers."""

    def command_of(self, word: str) -> str | None:
        """The command that a word is, if it is one."""
        return next((name for name, words in COMMANDS.items() if word.casefold() in words), None)

    def is_command(self, typed: str) -> bool:
        """A command with what stands behind it; a bare number chooses, wherever it is typed."""
        word = narrow(typed).partition(" ")[0]
        return not word.isdecimal() and self.command_of(word) is not None

    def obey(self, command: str, rest: str) -> None:
        """Do what a command says."""
        getattr(self, f"_go_{command}")(rest)

    # --- acts by their words

    def by_words(self, typed: str) -> None:
        """A few words of an act; the person says whether that is what they meant."""
        lines = self._all_lines()
        wanted = rows_with(typed, [(str(one.number), one.offer.label) for one in lines])
        found = [one for one in lines if str(one.number) in wanted]
        if found:
            self._pick_line(self.look.say("acts-with", words=clean(typed)), found)
        else:
            self.show("not-understood", typed=clean(typed))

    def _all_lines(self) -> list[Line]:
        """Every act in its group: those in front with the number they have there, of the run with their own."""
        look, acts, current = self.look, self.desk.possible(), self.current()

        def offered(those: Sequence[Act]) -> list[Offer]:
            return [Offer(view.act_label(look, act, with_step=True), act) for act in those]

        own = offered(view.front_of(look, acts, current))
        return grouped(look, offered(acts), own, self.numbers.of)

    def _pick_line(self, title: str, lines: Sequence[Line], first: str = "") -> None:
        offers, numbers = [one.offer for one in lines], [str(one.number) for one in lines]
        self._pick_offer(title, offers, numbers, first)

    def _pick_offer(self, title: str, offers: list[Offer], numbers: list[str], first: str = "") -> None:
        """One of several acts, each by its number."""
        rows = [(number, one.label) for number, one in zip(numbers, offers, strict=True)]
        listed = Listed(numbers, in_rows=False, is_command=self.is_command, first=first, by_number=True)
        chosen, rest = self.pick(title, rows, listed), ""
        if chosen is None:
            chosen, _, rest = self.typed_ahead.partition(" ")
        if chosen in numbers:
            self.typed_ahead = ""
            self.choose(offers[numbers.index(chosen)], rest)

    def _pick_step(
        self, title: str, rows: list[tuple[str, str]], first: str, start: str | None = None
    ) -> str | None:
        """One of several steps, each by its own number."""
        numbers = [str(self.desk.state.graph.number[name]) for name, _ in rows]
        listed = Listed(numbers, in_rows=True, is_command=self.is_command, first=first)
        return self.pick(title, rows, listed, start=start)

    def _go_everything(self, rest: str) -> None:
        """Every act that is allowed now."""
        self._pick_line(self.look.say("all-acts"), self._all_lines(), rest)

    def _go_note(self, rest: str) -> None:
        """A note at once, anchored to the step in front."""
        act = next(one for one in self.desk.possible() if one.verb == "note")
        current = self.current()
        preset = {"target": current} if current is not None else {}
        self.do(act, {**preset, "text": rest} if rest else preset)

    def _go_watch(self, rest: str) -> None:
        """What may happen at any time: choosing one raises it, or retires it."""
        # Its place in the plan is its number in every list of watches: fingers learn it.
        place = {name: at for at, name in enumerate(self.desk.state.graph.watches, start=1)}
        acts = [act for act in self.desk.possible() if act.verb in ("raise", "retire")]
        acts.sort(key=lambda act: place[str(act.step)])
        offers = [Offer(self._watch_words(act), act) for act in acts]
        if offers:
            numbers = [str(place[str(act.step)]) for act in acts]
            self._pick_offer(self.look.say("watch-which"), offers, numbers, rest)
        else:
            self.show("no-watches")

    def _watch_words(self, act: Act) -> str:
        """What choosing it does comes first: a row is cut at its end."""
        row = view.watch_row(self.look, str(act.step)).removeprefix("!!").strip()
        return self.look.labelled(self.look.say(f"watch-{act.verb}"), row)

    # --- looking

    def _go_leave(self, _rest: str) -> None:
        """Leave; of a rehearsal nothing is kept, so that is asked once."""
        if self.around.pass_time is None or self.desk.state.ended is not None or self._gives_up():
            raise Left

    def _gives_up(self) -> bool:
        return yes_no(self.terminal.ask(self.look.say("rehearsal-leave"))) is True

    def _go_language(self, _rest: str) -> None:
        self.language = "en" if self.language == "zh" else "zh"

    def _go_help(self, _rest: str) -> None:
        lines = self.look.say("help").split("\n")
        if self.around.pass_time is not None:
            gone, left = self.look.say("help-leave"), self.look.say("help-leave-rehearsal")
            lines = [left if line == gone else line for line in lines]
        lines += [self.look.say("help-real")] if self.top.state.kind == "D" else []
        self.read(lines + ([self.look.say("help-time")] if self.around.pass_time is not None else []))

    def _go_why(self, _rest: str) -> None:
        self.read(view.why_lines(self.look, self.current()))

    def _go_map(self, rest: str) -> None:
        """Every step; the number of an open one puts it in front, of another one shows it."""
        look, state, width = self.look, self.desk.state, self.terminal.width - 2
        rows = [(name, view.row_line(look, name, self.current(), width)) for name in state.steps]
        chosen = self._pick_step(look.say("all-steps"), rows, rest, start=self.current())
        if chosen in state.open_steps() or chosen in state.come_back():
            self.focus = chosen
        elif chosen is not None:
            self.read(view.step_lines(look, chosen))

    def _go_open(self, rest: str) -> None:
        """Every step to be done now; choosing one puts it in front."""
        rows = [
            (name, view.step_row(self.look, name, self.current())) for name in view.others(self.look, None)
        ]
        chosen = self._pick_step(self.look.say("open-steps"), rows, rest) if rows else None
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
            hint = look.say("nothing-due")
            if due is not None:
                left, step = look.length(due.at - look.now), look.title(due.step)
                hint = look.say("next-due", left=left, step=step)
            try:
                typed = narrow(self.terminal.ask(look.say("prompt-time", hint=hint)))
            except KeyboardInterrupt:
                self.terminal.show()
                return None
        if not typed:
            return None if due is None else due.at - look.now
        try:
            return parse_duration(typed)
        except ConditionFault as fault:
            self.terminal.show(fault.sentence(self.language))
            return None
