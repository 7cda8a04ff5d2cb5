"""Reports of runs, made from the record alone; no plan book is needed, today or in ten years.

kept        everything that is read of the record for a report
speaking    the words of a run in both languages
picture     the timeline: what came, what was reached, what people did
pace        how long every step took against its plan
checkoffs   check-offs that came within a few seconds, or were written down late
of_drill    the report of a drill; `judged` what came of it, `script` its injects, `branches` what was not exercised
of_run      the sections of a real run
record      what both have: what was done, is it intact, what the report does not cover
"""
