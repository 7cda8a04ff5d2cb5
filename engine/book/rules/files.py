"""Rules of the file itself: whether it can be read at all."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

FILES = (
    rule(
        "file-unreadable",
        Text("文件读不出来", "The file cannot be read"),
        Text(
            "文件不存在、没有读取权限，或者不是普通文件。少了一个文件的预案库不可信，所以这是错误。",
            "It does not exist, nobody may read it, or it is no ordinary file. "
            "A plan book with a file missing is not to be trusted, so this is an error.",
        ),
        "$ muster lint runbooks/leek.yaml",
        "$ muster lint runbooks/leak.yaml",
    ),
    rule(
        "file-too-large",
        Text("文件太大", "The file is too large"),
        Text(
            "一个预案文件最多 2 MB，约四万行。更大的多半是放错的文件。",
            "A file of a plan book has at most 2 MB, some 40,000 lines. What is larger was mostly put "
            "here by mistake.",
        ),
        "# 10 MB",
        "# 60 kB",
    ),
    rule(
        "file-encoding",
        Text("文件不是 UTF-8", "The file is not UTF-8"),
        Text(
            "所有文件都用 UTF-8。GBK 或 UTF-16 的文件在别的电脑上会变成乱码。请在编辑器里“另存为 UTF-8”。",
            "Every file is UTF-8; GBK or UTF-16 turns into nonsense on another machine. "
            "Choose 'save as UTF-8' in the editor.",
        ),
        "# saved as GBK",
        "# saved as UTF-8",
    ),
    rule(
        "file-empty",
        Text("文件是空的", "The file is empty"),
        Text(
            "文件里除了注释什么也没有。预案库里的文件必须有内容，不要的文件请删掉。",
            "There is nothing in it but comments. A file of a plan book has content; remove it when it "
            "is not wanted.",
        ),
        "# to be written",
        "runbook: leak",
    ),
    rule(
        "control-character",
        Text("有看不见的控制字符", "An invisible control character"),
        Text(
            "控制字符、零宽字符、改变文字方向的字符和制表符会让屏幕显示错乱，"
            "或者让人读到与文件不同的文字。请删掉。",
            "Controls, zero-width characters, characters that turn the direction of writing, and tabs "
            "inside a text "
            "disturb a screen, or show something else than the file says. Remove them.",
        ),
        'do: "Close\\tthe valve"',
        "do: Close the valve",
        readable=True,
    ),
    rule(
        "too-deep",
        Text("嵌套太深", "Nested too deep"),
        Text(
            "表和列表最多套 20 层；预案语言用不到 8 层。",
            "Tables and lists may stand in each other 20 deep; the language needs less than 8.",
        ),
        "check: [[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]",
        "check: [x]",
    ),
    rule(
        "several-documents",
        Text("一个文件里有几份文档", "Several documents in one file"),
        Text(
            "一个文件只放一个预案。`---` 开始另一份文档，后面的内容会被忽略，所以不允许。",
            "One file holds one runbook. `---` begins another document, which would be overlooked.",
        ),
        "runbook: leak\n---\nrunbook: fire",
        "runbook: leak",
    ),
)
