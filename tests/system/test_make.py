"""`make` on a bare machine: no environment yet, no HOME, a folder with a space in its name.

The first installation asks the package index, as a newcomer's does; nothing after it may.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import tui

ROOT = Path(__file__).parents[2]
BASICS = ("sh", "sed", "cat", "rm", "touch", "make")


def make(
    checkout: Path, *words: str, path: str = "/usr/bin:/bin", **env: str
) -> subprocess.CompletedProcess[str]:
    """Run make with an environment of nothing but PATH and `env`."""
    return subprocess.run(
        [shutil.which("make") or "make", *words],
        cwd=checkout,
        env={"PATH": path, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_the_checkout(folder: Path) -> Path:
    checkout = folder / "a checkout"
    grown = shutil.ignore_patterns(".venv*", ".git", ".*_cache", "__pycache__", "*.db*")
    shutil.copytree(ROOT, checkout, ignore=grown)
    return checkout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy in which `make run` was said once, with the package index."""
    copy = copy_of_the_checkout(tmp_path_factory.mktemp("fresh"))
    told = make(copy, "run", "ARGS=--version")
    assert told.returncode == 0, told.stderr
    return copy


@pytest.fixture
def bare(tmp_path):
    """A PATH with the basic tools and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in BASICS:
        (folder / tool).symlink_to(shutil.which(tool) or tool)
    return folder


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


# --- the environment


def test_make_run_installs_once_and_works_without_an_index_the_second_time(checkout):
    told = make(checkout, "run", "ARGS=--version", PIP_NO_INDEX="1")
    assert (told.returncode, told.stderr) == (0, "")
    assert tui.__version__ in told.stdout
    assert "Making" not in told.stdout + told.stderr


def test_an_edit_of_the_project_file_is_taken_over_without_an_index(checkout):
    (checkout / "pyproject.toml").touch()
    told = make(checkout, "run", "ARGS=--version", PIP_NO_INDEX="1")
    assert told.returncode == 0, told.stderr
    assert "Installing" in told.stdout


def test_an_installation_that_was_cut_off_is_made_anew(checkout):
    """A killed pip may leave packages that look installed and are not."""
    for half in (checkout / ".venv").glob("lib/python*/site-packages/typer/main.py"):
        half.unlink()
    (checkout / ".venv/.half").touch()

    told = make(checkout, "run", "ARGS=--version")

    assert told.returncode == 0, told.stderr
    assert tui.__version__ in told.stdout


def test_two_makes_at_once_make_one_environment(checkout):
    """The second waits for the first, and neither takes the environment from under the other."""
    shutil.rmtree(checkout / ".venv")
    words, env = ["make", "run", "ARGS=--version"], {"PATH": "/usr/bin:/bin"}

    both = [
        subprocess.Popen(
            words, cwd=checkout, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [one.communicate() for one in both]

    assert [one.returncode for one in both] == [0, 0], told
    assert [tui.__version__ in out for out, _ in told] == [True, True]
    assert sum("Making" in out for out, _ in told) == 1


def test_args_are_words_and_never_commands(checkout):
    words = 'show "$(touch hit)" `touch hit` ; touch hit & $(shell touch hit) > hit'
    told = make(checkout, "run", f"ARGS={words}")
    assert told.returncode != 0
    assert not (checkout / "hit").exists()


def test_args_with_an_open_quote_are_refused_in_one_sentence(checkout):
    told = make(checkout, "run", 'ARGS=show "leak')
    assert told.stderr.splitlines()[0] == "ARGS cannot be split into words (No closing quotation)."


# --- what a machine may lack


def test_without_python_one_sentence_names_the_packages(bare, tmp_path):
    told = make(copy_of_the_checkout(tmp_path), "run", path=str(bare))
    assert told.stderr.splitlines()[0] == (
        "Muster needs Python 3.11 or newer with venv;"
        " install it with: sudo apt-get install python3 python3-venv"
    )


def test_a_python_that_is_too_old_is_named_with_the_packages(bare, tmp_path):
    program(bare, "python3", 'case "$*" in *print*) echo 3.9;; *) exit 1;; esac')
    told = make(copy_of_the_checkout(tmp_path), "test", path=str(bare))
    assert told.stderr.splitlines()[0] == (
        "Muster needs Python 3.11 or newer with venv, and python3 here is 3.9;"
        " install it with: sudo apt-get install python3.11 python3.11-venv"
    )


def test_a_python_without_venv_is_named_with_its_package(bare, tmp_path):
    program(bare, "python3", 'case "$*" in *ensurepip*) exit 1;; *print*) echo 3.12;; esac')
    told = make(copy_of_the_checkout(tmp_path), "check", path=str(bare))
    assert told.stderr.splitlines()[0] == (
        "Muster: python3 is here without venv; install it with: sudo apt-get install python3.12-venv"
    )


def test_the_second_ring_names_every_missing_program_at_once(bare, tmp_path):
    copy = copy_of_the_checkout(tmp_path)
    told = make(copy, "check-system", path=str(bare))
    packages = " ".join(make(copy, "print-packages").stdout.split())
    assert told.stderr.splitlines()[0] == (
        "make check-system needs programs that are not here;"
        f" install them with: sudo apt-get install {packages}"
    )


def test_make_alone_lists_what_it_can_do(tmp_path):
    told = make(copy_of_the_checkout(tmp_path))
    listed = [line.split()[1] for line in told.stdout.splitlines()]
    assert {"run", "test", "check", "check-system", "bench", "lint-book", "format", "clean", "help"} <= set(
        listed
    )
