"""What is known to hold, one folder or file for each room, in rings.

tests/          the first ring: only what pip brings; `make test`; skips nothing
tests/system/   the second: needs programs (tmux, strace …); `make check-system`
tests/bench/    measurements beside a control in the same run; `make bench`
"""
