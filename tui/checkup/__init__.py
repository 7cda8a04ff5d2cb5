"""What `muster doctor` looks at: this machine, its plan book, its record. Looking changes nothing.

    line        what one check found, and what to do about it
    here        programs, clock, terminal
    plans       the plan book, the zone of its site, who can sign
    place       where the record stands: rights, space, kind of disk; the state folder
    record      what stands in it: tables, pages, guards, key, anchor, end of the journal, writer lock

A check is a generator of lines. It may fail in any way: `safely` makes a line of that too.
"""
