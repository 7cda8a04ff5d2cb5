"""What the command line says of itself: every text in both languages, and which of them a person reads.

both(zh, en)            one text for Typer, which knows of one language only
told(zh, en, *examples) what a verb does, and examples: each on a line of its own, to be copied as it is
spoken(text, language)  one half of it
"""

# No `annotations` from the future: Typer would compile each of them again, at every start.

PARTED = "\x1f"
"""Stands between the two halves of a text; nobody types it, and no terminal ever sees it."""


def both(zh: str, en: str) -> str:
    """A text in both languages as one string, which is all that Typer carries."""
    return f"{zh}{PARTED}{en}"


def told(zh: str, en: str, *examples: str | tuple[str, str, str]) -> str:
    """What a verb does, and examples behind it; one with a remark is the command and the remark twice.

    An example in which somebody says something is a text in both languages.
    """
    return both(_with_examples(zh, examples, 1), _with_examples(en, examples, 2))


def _with_examples(said: str, examples: tuple[str | tuple[str, str, str], ...], at: int) -> str:
    language = "zh" if at == 1 else "en"
    shown = [(spoken(one, language), "") if isinstance(one, str) else (one[0], one[at]) for one in examples]
    wide = max((len(command) for command, remark in shown if remark), default=0)
    lines = [f"{command:<{wide}}   # {remark}" if remark else command for command, remark in shown]
    return "\n".join([said, "", *lines])


def spoken(text: str | None, language: str) -> str:
    """The half of a text that a person reads; the whole where it is the same in both languages."""
    zh, parted, en = (text or "").partition(PARTED)
    return en if parted and language == "en" else zh
