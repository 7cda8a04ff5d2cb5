"""Reads the drills of a plan book: YAML → the frozen values of `drill.scenario`, with every problem at once.

shapes     the table of a scenario's fields: one table reads it, says what is wrong, and makes its schema
names      whether everything it speaks of is there, also in the runs that the drill opens
reading    a file as a scenario
"""
