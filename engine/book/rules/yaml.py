"""Rules of YAML: what the parser stumbles over, and what of YAML a plan does not use."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

YAML = (
    rule(
        "yaml-quote",
        Text("文字要加引号", "The text must stand in quotes"),
        Text(
            "冒号加空格，或者以 > * - # & ! % @ ` { [ | 开头，在 YAML 里有别的意思。"
            "含有它们的文字整句加引号；"
            "花括号里也可能是少了一个逗号。",
            "A colon with a space, or > * - # & ! % @ ` { [ | at the beginning, mean something else to YAML. "
            "Put the whole text in quotes; inside braces a comma may be missing instead.",
        ),
        "why: note: live parts",
        'why: "note: live parts"',
    ),
    rule(
        "yaml-unclosed",
        Text("引号或括号没有关上", "A quote or bracket is not closed"),
        Text(
            "从这里开始的引号或括号一直没有关上，后面的内容都被当成了它的一部分。",
            "The quote or bracket that begins here is never closed, so all that follows was taken for a "
            "part of it.",
        ),
        "title: {zh: 漏水, en: Leak",
        "title: {zh: 漏水, en: Leak}",
    ),
    rule(
        "yaml-tab",
        Text("用了制表符缩进", "A tab at the start of a line"),
        Text(
            "YAML 只用空格缩进：不同的编辑器把制表符画成不同的宽度。",
            "YAML is indented by spaces only: editors draw a tab in different widths.",
        ),
        "roles:\n\tENG: …",
        "roles:\n  ENG: …",
    ),
    rule(
        "yaml-layout",
        Text("这一行放不进上面的结构", "A line that does not fit under the one above"),
        Text(
            "缩进与上下文不一致，或者键后面少了半角冒号和空格。",
            "Its indentation differs from the lines it belongs to, or a key lacks the colon and space "
            "behind it.",
        ),
        "title leak\nhazard: leak",
        "title: leak\nhazard: leak",
    ),
    rule(
        "yaml-escape",
        Text("双引号里的反斜线", "A backslash in double quotes"),
        Text(
            "双引号里 \\ 有特殊意思。请用单引号，或写两个 \\\\。",
            "Inside double quotes a backslash is special. Use single quotes, or write \\\\.",
        ),
        'tag: "A\\12"',
        "tag: 'A\\12'",
    ),
    rule(
        "yaml-syntax",
        Text("不是 YAML", "This is not YAML"),
        Text(
            "YAML 解析器读不下去了。它的原话附在后面，通常先看这一行的标点。",
            "The YAML parser could not go on. Its own words are given; look at the punctuation of this "
            "line first.",
        ),
        "%YAML 9.9",
        "runbook: leak",
    ),
    rule(
        "yaml-space",
        Text("不是普通空格", "A space that is no ordinary one"),
        Text(
            "全角空格和不换行空格看着像空格，YAML 却当成文字：缩进和冒号后面的空格要用半角的。",
            "A full-width or no-break space looks like the other one, but YAML takes it for text; indentation, and "
            "what stands behind the colon of a key, are plain spaces.",
        ),
        "\u3000\u3000role: ENG      # two full-width spaces",
        "    role: ENG",
    ),
    rule(
        "yaml-tag",
        Text("用了 YAML 标签", "A YAML tag"),
        Text(
            "以 ! 开头是 YAML 标签，会让文字变成程序对象，预案语言不用它。要写感叹号就给文字加引号。",
            "What begins with ! is a YAML tag, which turns a text into a thing of a program; the "
            "language has none. "
            "Put the text in quotes when an exclamation mark is meant.",
        ),
        "warn: !danger live parts",
        'warn: "!danger live parts"',
    ),
    rule(
        "yaml-anchor",
        Text("用了锚点、别名或合并", "An anchor, alias or merge key"),
        Text(
            "& * 和 << 让一处文字出现在别处，改一处会悄悄改了几处，还能把小文件撑得极大。请把内容写两遍；"
            "如果 & 或 * 是文字的一部分，就加引号。",
            "With & * and << a text stands in several places and one edit quietly changes them all; they "
            "can also blow "
            "a small file up without limit. Write it twice, or use quotes when the sign belongs to the text.",
        ),
        "do: *same",
        'do: "*same"',
    ),
    rule(
        "duplicate-key",
        Text("同一个键写了两次", "A key written twice"),
        Text(
            "表里每个键只能写一次，否则其中一个会被悄悄丢掉。",
            "A key stands once in a table; one of the two would quietly be lost.",
        ),
        "role: ENG\nrole: PWR",
        "role: [ENG, PWR]",
    ),
)
