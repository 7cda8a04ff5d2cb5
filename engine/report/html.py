"""A report as one HTML file: no script, no address outside of it, and it prints on A4.

The whole report in the first language, then the whole of it in the second. What it is (a drill, or real)
stands at the head of every printed page: a table's head is what every browser repeats there.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from engine.report.drawing import svg
from engine.report.sections import Paragraph, Part, Report, Row, Section, Table, Timeline, Verbatim
from engine.text import LANGUAGES, Text, cells, clean

NAMES = {"zh": "中文", "en": "English"}

TAGS = {"zh": "zh-CN", "en": "en"}

SHORT = 10
"""Cells that a line of a table may take and never be broken: an id, a time, a word."""

STYLE = """
@page { size: A4; margin: 14mm 13mm 14mm 13mm }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 190mm; padding: 0 4mm; background: #fff; color: #111;
  font: 10.5pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
  system-ui, sans-serif }
table.page { width: 100%; border-collapse: collapse }
table.page > thead > tr > td, table.page > tfoot > tr > td { padding: 2mm 0; font-size: 9pt }
.mark { font-weight: 700; border: 1.5pt solid #111; padding: .5mm 2mm; margin-right: 2mm; white-space: nowrap }
.real { border-style: double; border-width: 3pt }
h1 { font-size: 17pt; line-height: 1.3; margin: 3mm 0 2mm }
h2 { font-size: 12.5pt; margin: 7mm 0 2mm; padding-bottom: 1mm; border-bottom: .75pt solid #777;
  break-after: avoid }
h2 small { font-size: 8.5pt; font-weight: 400; float: right; padding-top: 1.2mm }
p { margin: 1mm 0 2mm; overflow-wrap: anywhere }
.strong { font-weight: 700 }
p.strong { font-size: 13pt }
.alarm { color: #a00000; font-weight: 700 }
.quiet { color: #555 }
table.rows { width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.4; margin: 1mm 0 3mm }
table.rows th, table.rows td { border: .5pt solid #999; padding: .7mm 1.5mm; text-align: left;
  vertical-align: top; overflow-wrap: break-word }
table.rows .n { white-space: nowrap }
table.rows thead th { background: #eee }
table.rows tr { break-inside: avoid }
table.pairs th { width: 27%; font-weight: 600; background: #f5f5f5 }
pre { font: 8.5pt/1.4 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
  border: .5pt solid #999; padding: 2mm; margin: 1mm 0 3mm }
figure { margin: 2mm 0; break-inside: avoid }
svg { display: block; width: 100%; height: auto }
figcaption { font-size: 8.5pt; color: #333 }
nav { font-size: 9pt; margin: 3mm 0 }
article + article { break-before: page; margin-top: 14mm }
@media print { nav { display: none } body { max-width: none; padding: 0 } }
""".strip()


def page(report: Report) -> str:
    """The report as an HTML file, in every language one after another."""
    title = " / ".join(clean(report.title.of(one)) for one in LANGUAGES)
    mark = clean(report.mark.zh)
    links = " · ".join(f'<a href="#{one}">{NAMES[one]}</a>' for one in LANGUAGES)
    articles = "\n".join(line for one in LANGUAGES for line in _article(report, one))
    return document(f"{mark} {title}", "zh", STYLE, f"<nav>{links}</nav>\n{articles}")


def document(title: str, language: str, style: str, body: str) -> str:
    """A file that needs nothing else, runs nothing and asks nothing of any address; `title` is made safe here."""
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{TAGS[language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{safe(title)}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _article(report: Report, language: str) -> Iterator[str]:
    """The report in one language; the head and foot of its outer table stand on every printed page."""
    mark = _mark(report, language)
    about = safe(report.about.of(language))
    yield f'<article id="{language}" lang="{TAGS[language]}">'
    yield '<table class="page" role="presentation">'
    yield f"<thead><tr><td>{mark}{about}</td></tr></thead>"
    yield f"<tfoot><tr><td>{mark}{about}</td></tr></tfoot>"
    yield "<tbody><tr><td>"
    yield f"<h1>{safe(report.title.of(language))}</h1>"
    for one in report.sections:
        yield from _section(one, report, language)
    yield "</td></tr></tbody></table>"
    yield "</article>"


def _mark(report: Report, language: str) -> str:
    kind = "mark real" if report.is_real else "mark"
    return f'<span class="{kind}">{safe(report.mark.of(language))}</span>'


def _section(section: Section, report: Report, language: str) -> Iterator[str]:
    mark = safe(report.mark.of(language))
    yield "<section>"
    yield f"<h2>{safe(section.title.of(language))} <small>{mark}</small></h2>"
    for part in section.parts:
        yield from _part(part, language)
    yield "</section>"


def _part(part: Part, language: str) -> Iterator[str]:
    if isinstance(part, Paragraph):
        words = "<br>".join(_lines(part.words, language))
        yield f'<p class="{part.tone}">{words}</p>'
    elif isinstance(part, Table):
        yield from _table(part, language)
    elif isinstance(part, Verbatim):
        yield f"<pre>{safe(part.words)}</pre>"
    else:
        yield from _figure(part, language)


def _figure(timeline: Timeline, language: str) -> Iterator[str]:
    yield "<figure>"
    yield svg(timeline, language)
    yield f"<figcaption>{safe(timeline.key.of(language))}</figcaption>"
    yield "</figure>"


def _table(table: Table, language: str) -> Iterator[str]:
    yield '<table class="rows">' if table.head else '<table class="rows pairs">'
    if table.head:
        heads = "".join(_cell(one, language, 'th scope="col"') for one in table.head)
        yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield _row(row, language, named=not table.head)
    yield "</tbody></table>"


def _row(row: Row, language: str, *, named: bool) -> str:
    said = [
        _cell(one, language, 'th scope="row"' if named and not at else "td")
        for at, one in enumerate(row.cells)
    ]
    tone = "" if row.tone == "plain" else f' class="{row.tone}"'
    return f"<tr{tone}>{''.join(said)}</tr>"


def _cell(words: Text, language: str, tag: str) -> str:
    lines = _lines(words, language)
    short = ' class="n"' if all(cells(one) <= SHORT for one in lines) else ""
    return f"<{tag}{short}>{'<br>'.join(lines)}</{tag[:2]}>"


def _lines(words: Text, language: str) -> list[str]:
    return safe(words.of(language)).split("\n")


def safe(words: str) -> str:
    """What may stand in the file: cleaned first, then escaped, line breaks kept."""
    return html.escape(clean(words, lines=True))
