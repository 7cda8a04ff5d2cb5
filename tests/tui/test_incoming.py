"""The sieve before the keys: what a terminal sends is a key the screen knows, a text, or nothing."""

from __future__ import annotations

import random

import pytest

from tui.incoming import LONGEST, PASTE_BEGINS, PASTE_ENDS, Sieve

HAN = "积水可能带电触电致死" * 4


def passed(*parts: str) -> str:
    """What goes on of text that comes in these pieces, with a pause at the end."""
    sieve = Sieve()
    return "".join(sieve.feed(part) for part in parts) + sieve.give_up()


@pytest.mark.parametrize(
    "sent",
    [
        "plain 漏水 \r\t\x7f",
        HAN,
        "\x1b[A\x1bOP\x1b[15~\x1b[1;5C",
        "\x1b[[A\x1b[[E",
        f"{PASTE_BEGINS}漏水{PASTE_ENDS}",
        "\x1b[?2026;2$y",
        "\x1b[48;24;80;480;640t",
        "\x1bx",
        "\x1b",
    ],
)
def test_what_the_screen_knows_goes_on_as_it_came(sent):
    assert passed(sent) == sent


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[?62;22c",
        "\x1b[>0;276;0c",
        "\x1b[0n",
        "\x1b]0;a title\x07",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b[27;5;13~",
        "\x1b[<35;40;12M",
        "\x1bOz",
    ],
)
def test_what_is_no_key_is_dropped_whole(sent):
    assert passed(f"a{sent}b") == "ab"


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("\x1b[32;;26377:24456:27700u", "有很水"),
        (f"\x1b[0;;{':'.join(str(ord(sign)) for sign in HAN)}u", HAN),
        ("\x1b[97u", "a"),
        ("\x1b[97:65;2;65u", "A"),
        ("\x1b[13u", "\r"),
        ("\x1b[27u", "\x1b"),
        ("\x1b[97;1:3u", ""),
        ("\x1b[99;5u", ""),
        ("\x1b[57441;2u", ""),
        ("\x1b[1;;27:155:55296:1114112u", ""),
    ],
)
def test_a_key_of_the_kitty_protocol_is_its_text(sent, text):
    assert passed(sent) == text


def test_escape_alone_is_a_key_only_when_nothing_follows():
    sieve = Sieve()

    assert sieve.feed("\x1b") == ""
    assert sieve.holds
    assert sieve.feed("[A") == "\x1b[A"
    assert sieve.feed("\x1b") + sieve.give_up() == "\x1b"
    assert not sieve.holds


def test_escape_twice_is_two_keys():
    assert passed("\x1b\x1b") == "\x1b\x1b"
    assert passed("\x1b\x1b[A") == "\x1b\x1b[A"


def test_a_sequence_that_never_ends_is_never_typed():
    assert passed("\x1b[12;34") == ""
    assert passed("a\x1b]0;" + "x" * LONGEST, "b").startswith("a")


def test_a_paste_holds_no_sequences():
    assert (
        passed(f"{PASTE_BEGINS}a\x1b[Ab\x1b]0;t\x07{PASTE_ENDS}c")
        == f"{PASTE_BEGINS}a[Ab]0;t\x07{PASTE_ENDS}c"
    )


def test_wherever_it_is_cut_the_same_goes_on():
    sent = f"a\x1b[A漏\x1b[?62;22cb{PASTE_BEGINS}水\x1bq{PASTE_ENDS}\x1b[97;;26377u\x1b]0;t\x1b\\c\x1b[[Bd"
    whole = passed(sent)
    draw = random.Random(7)

    for _ in range(300):
        cuts = sorted(draw.sample(range(len(sent)), draw.randrange(1, 9)))
        parts = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
        assert passed(*parts) == whole


def test_whatever_comes_nothing_of_a_sequence_is_left_over_as_text():
    draw = random.Random(11)
    for _ in range(500):
        sent = "".join(draw.choice("\x1b[]OP;?:0123456789ABu~mt\\\x07x漏") for _ in range(40))
        sieve = Sieve()
        sieve.feed(sent)
        sieve.give_up()

        assert sieve.feed("ok") in ("ok", "")
