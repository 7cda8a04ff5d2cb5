# Muster, from a bare machine with Python 3.11 or newer (with venv) and make.
# The first `make run` needs the package index, and so does the first `make test` (its tools) and the first
# `make bench`; after each of them the same works offline. `make constraints` always needs it.
#
#   make run ARGS="open leak --plain"        ARGS is split like a shell does, but no shell ever reads it.
#   make test ARGS="tests/test_rooms.py -x"
#   make test PYTHON=python3.13 VENV=.venv-3.13

PYTHON =
VENV = .venv
ARGS =

# What `check-system` needs beyond pip, as program:package.
PROGRAMS = tmux:tmux strace:strace sqlite3:sqlite3
CODE = engine drill tui runbooks tests

SHELL = /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check check-system format lint-book bench bench-large prove conformance constraints clean
.PHONY: programs print-packages ready-run ready-dev ready-bench

# Somebody else's Python settings have no business in here.
unexport PYTHONPATH PYTHONHOME
# With no home there is no place for a cache, and "~/.cache" would land in the root folder.
ifeq ($(strip $(HOME)),)
export PIP_NO_CACHE_DIR := 1
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1

python = "$(VENV)/bin/python"
install = $(python) -m pip install -qq --constraint constraints.txt

# ---------------------------------------------------------------------------------------------------
# The environment. A stamp says what is installed; it is written last, so a step that failed is done
# again. `.made` holds where the environment stands and its Python: after a move of the checkout or a
# change of the machine's Python all is made anew, and so it is when `.half` says that an installation
# was cut off. Two makes at once: the second waits until the environment stands (.venv.lock, held by the
# kernel for as long as the first one works on it, so that a kill leaves no lock behind). All that changes the
# environment, and the look at `.half`, happens in a make below this one, behind that lock.

MADE = $(VENV)/.made
RUN = $(VENV)/.installed-run
DEV = $(VENV)/.installed-dev
BENCH = $(VENV)/.installed-bench

identity = { pwd -P; $(python) -V 2>&1 | sed 's/\.[^.]*$$//'; }

define LOCK
import fcntl, os, sys
lock = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR, 0o644)
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    print("Another make works on the environment; waiting for it.", file=sys.stderr, flush=True)
    fcntl.flock(lock, fcntl.LOCK_EX)
os.set_inheritable(lock, True)
os.environ.pop("LOCK")
os.execvp(sys.argv[2], sys.argv[2:])
endef
export LOCK

# Without any Python there is nothing to lock for: the make below says what is missing.
ready-run ready-dev ready-bench:
	@set -- $(MAKE) -s --no-print-directory BEHIND_LOCK=1 "$(VENV)/.installed-$(@:ready-%=%)"; \
	for one in "$(PYTHON)" python3 python3.13 python3.12 python3.11; do \
		[ "$$("$$one" -c 'import fcntl; print(fcntl.LOCK_EX)' 2>/dev/null)" = 2 ] && exec "$$one" -c "$$LOCK" "$(VENV).lock" "$$@"; \
	done; \
	exec "$$@"

ifdef BEHIND_LOCK
$(shell [ -x $(python) ] && [ ! -e "$(VENV)/.half" ] && \
	[ "$$($(identity))" = "$$(cat "$(MADE)" 2>/dev/null)" ] || rm -f "$(MADE)")
endif

$(MADE):
	@fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; \
	newer='import sys; sys.exit(sys.version_info[:2] < (3, 14))'; \
	version='import sys; print("%d.%d" % sys.version_info[:2])'; \
	found=; bare=; \
	for asked in "$$fits" "$$newer"; do \
		for one in "$(PYTHON)" python3 python3.13 python3.12 python3.11; do \
			"$$one" -c "$$asked" >/dev/null 2>&1 || continue; \
			if "$$one" -c 'import ensurepip, venv' >/dev/null 2>&1; then found=$$one; break 2; fi; \
			bare=$${bare:-$$one}; \
		done; \
	done; \
	if [ -z "$$found" ]; then \
		if [ -n "$$bare" ]; then \
			echo "Muster: $$bare is here without venv; install it with: sudo apt-get install python$$($$bare -c "$$version")-venv"; \
		elif old=$$(python3 -c "$$version" 2>/dev/null); then \
			echo "Muster needs Python 3.11 or newer with venv, and python3 here is $$old; install it with: sudo apt-get install python3.11 python3.11-venv"; \
		else \
			echo "Muster needs Python 3.11 or newer with venv; install it with: sudo apt-get install python3 python3-venv"; \
		fi >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" -V); this once it needs the package index."; \
	rm -f "$(VENV)"/.installed-*; \
	"$$found" -m venv --clear "$(VENV)"
	@$(install) hatchling editables
	@$(identity) > "$@"

# $(1) what to install, $(2) the stamps that this makes true.
# No build isolation: a rebuild after an edit of pyproject.toml then asks no package index.
define installed
	@echo "Installing $(1) …"
	@touch "$(VENV)/.half"
	@$(install) --no-build-isolation --editable '$(1)' || { rm -f "$(VENV)/.half"; \
		echo "Nothing was installed; what was installed before still works: $(VENV)/bin/muster" >&2; exit 1; }
	@rm -f "$(VENV)/.half"
	@touch $(2)
endef

$(RUN): $(MADE) pyproject.toml constraints.txt
	$(call installed,.,$(RUN))

$(DEV): $(MADE) pyproject.toml constraints.txt
	$(call installed,.[dev],$(RUN) $(DEV))

$(BENCH): $(MADE) pyproject.toml constraints.txt
	$(call installed,.[bench],$(RUN) $(DEV) $(BENCH))

# ---------------------------------------------------------------------------------------------------
# ARGS reaches the program through the environment, as it was typed: `value` keeps make's hands off
# its dollars, and shlex splits it where a shell would, without running anything.

override ARGS := $(value ARGS)
export ARGS

define LAUNCH
import os, shlex, sys
os.environ.pop("LAUNCH")
os.environ.pop("LOCK", None)
try:
    words = shlex.split(os.environ.pop("ARGS"))
except ValueError as problem:
    sys.exit(f"ARGS cannot be split into words ({problem}).")
os.execv(sys.argv[1], [*sys.argv[1:], *words])
endef
export LAUNCH

launch = @exec $(python) -c "$$LAUNCH"
pytest = "$(VENV)/bin/python" -m pytest
# One worker a core; the tests of one file stay together, for they share what is dear to make.
at_once = --numprocesses=auto --dist=loadfile

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | \
		while IFS='|' read -r name does; do printf '  make %-14s %s\n' "$$name" "$$does"; done

run: ready-run ## open Muster on the shipped plan book; ARGS="open leak --plain" chooses a verb
	$(launch) "$(VENV)/bin/muster"

test: ready-dev ## the first ring of tests: only what pip brings, nothing skipped
	$(launch) $(pytest) $(at_once)

check: ready-dev ## lint, format, types, and the first ring
	@"$(VENV)/bin/ruff" check $(CODE)
	@"$(VENV)/bin/ruff" format --check $(CODE)
	@"$(VENV)/bin/mypy"
	$(launch) $(pytest) $(at_once)

check-system: programs ready-dev ## the second ring: tests that need programs such as tmux
	$(launch) $(pytest) tests/system

format: ready-dev ## put the code into its form
	@"$(VENV)/bin/ruff" check --fix-only $(CODE)
	@"$(VENV)/bin/ruff" format $(CODE)

lint-book: ready-run ## what muster lint says of the shipped plan book
	@"$(VENV)/bin/muster" lint runbooks

bench: ready-bench ## measurements, each beside a control in the same run; ARGS="start compile" chooses parts
	$(launch) "$(VENV)/bin/python" -m tests.bench

bench-large: ready-bench ## the same with a record of 1,000,000 entries; takes its time and 2 GB of disk
	$(launch) "$(VENV)/bin/python" -m tests.bench --verify 1000000

prove: ready-dev ## the proof of graphs against every walk of the engine, over ten thousand random plans
	MUSTER_PLANS=10000 $(launch) $(pytest) tests/engine/test_proof_by_walking.py

conformance: ready-dev ## every requirement with the tests that prove it, and those without one
	$(launch) "$(VENV)/bin/python" -m tests.conformance

constraints: ## resolve every dependency anew into constraints.txt; wants Python 3.11 and the package index
	@rm -rf .venv-resolve && python3.11 -m venv .venv-resolve
	@.venv-resolve/bin/python -m pip install -qq '.[bench]'
	@{ sed -n '/^#/p' constraints.txt; .venv-resolve/bin/python -m pip freeze --exclude muster; } > constraints.new
	@mv constraints.new constraints.txt && rm -rf .venv-resolve

clean: ## remove what was built here; a record (*.db) is never touched
	@rm -rf .venv .venv*.lock .venv-* build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

programs:
	@missing=; \
	for pair in $(PROGRAMS); do \
		command -v "$${pair%%:*}" >/dev/null 2>&1 || missing="$$missing $${pair#*:}"; \
	done; \
	if [ -n "$$missing" ]; then \
		echo "make check-system needs programs that are not here; install them with: sudo apt-get install$$missing" >&2; \
		exit 1; \
	fi

# For .ci/run, so that the list stands in one place.
print-packages:
	@for pair in $(PROGRAMS); do echo "$${pair#*:}"; done
