"""Everything that can be said against a plan book, through one table of rules.

    lint(target, day)                    every error and all advice of a book or of one file
    lint_book(folder, book, faults, day) the same of a book that was read
    RULES                                every rule, with its reason and an example
    advice(runbook, day, languages)      what is only advised
    sarif(faults, rules, …)              the same for programs: SARIF 2.1.0

`rulebook` is the table; `roads`, `limit_rules` and `advice` are the rules that join it here; `advise`, `limits`,
`unheard`, `waiting`, `style` and `values` look; `safety` and `safety_site` prove the safety lines of a plan.
An error keeps `muster lint` from ending well; a plan with
errors of roads can still be opened.
"""

from engine.lint.advise import Drilled, advice
from engine.lint.book import book_faults, in_order, lint, lint_book
from engine.lint.rulebook import RULES
from engine.lint.sarif import sarif

__all__ = ["RULES", "Drilled", "advice", "book_faults", "in_order", "lint", "lint_book", "sarif"]
