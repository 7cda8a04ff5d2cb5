"""The engine of Muster: what a plan says, where a run stands, and what is kept of it.

The rooms stand in one line and import only to their left (a test holds the line):

    errors text | plan condition events | book graph | road run clocks acts | journal store | desk | people

See ``ARCHITECTURE.md``.
"""
