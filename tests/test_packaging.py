"""What leaves the checkout: the wheel alone, and the editable install that people work in.

Nothing here asks a package index: the dependencies are those that already run these tests, lent to
an otherwise empty environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import tui

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "drill", "tui", "runbooks")


class Environment:
    """A virtual environment that holds nothing of its own and sees our dependencies, not our checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder, with_pip=False, symlinks=True)
        scheme = {"base": str(folder), "platbase": str(folder)}
        own = Path(sysconfig.get_path("purelib", "venv", scheme))
        # A folder named in a .pth file lends its packages; .pth files inside it, such as the one that
        # leads an editable Muster to its checkout, are not read.
        lent = dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
        (own / "lent.pth").write_text("\n".join(lent))

    def install(self, *what: str | Path) -> None:
        """Install without asking an index, and without looking at the Muster that runs this test."""
        pip = [str(self.folder / "bin/python"), "-m", "pip", "install", "--quiet", "--ignore-installed"]
        how = ["--no-deps", "--no-build-isolation", *map(str, what)]
        subprocess.run([*pip, *how], env=os.environ | {"PIP_NO_INDEX": "1"}, check=True)

    def run(self, *words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
        """Run a program of this environment from `home`, which is also its HOME, and little else."""
        program, *rest = words
        return subprocess.run(
            [self.folder / "bin" / program, *rest],
            cwd=home,
            env={"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    environment = Environment(tmp_path_factory.mktemp("installed") / "venv")
    environment.install(wheel)
    return environment


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "an empty home"
    folder.mkdir()
    return folder


def plan_files(root: Path) -> set[str]:
    return {file.relative_to(root).as_posix() for file in (root / "runbooks").rglob("*.y*ml")}


def a_rehearsal_of_the_leak() -> Path:
    written = [*ROOT.glob("runbooks/rehearsals/*.yaml"), *ROOT.glob("tests/rehearsals/*.yaml")]
    return next(file for file in sorted(written) if "\nrunbook: leak\n" in file.read_text("utf-8"))


def test_the_wheel_carries_the_whole_plan_book_and_only_our_packages(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert {name.split("/")[0] for name in names} == {*PACKAGES, f"muster-{tui.__version__}.dist-info"}
    assert {name for name in names if name.endswith((".yaml", ".yml"))} == plan_files(ROOT) != set()


def test_the_wheel_may_not_be_uploaded(wheel):
    with zipfile.ZipFile(wheel) as archive:
        facts = archive.read(f"muster-{tui.__version__}.dist-info/METADATA").decode()

    assert "\nClassifier: Private :: Do Not Upload\n" in facts


def test_an_installed_muster_reads_its_own_book_and_not_the_checkout(installed, home):
    told = installed.run("python", "-c", "import engine, tui, runbooks; print(runbooks.__file__)", home=home)
    assert Path(told.stdout.strip()).is_relative_to(installed.folder)


def test_an_installed_muster_knows_its_version(installed, home):
    told = installed.run("muster", "--version", home=home)
    assert (told.returncode, told.stderr) == (0, "")
    assert tui.__version__ in told.stdout


def test_an_installed_muster_lints_the_shipped_book_and_finds_no_error(installed, home):
    told = installed.run("muster", "lint", "--no-trials", home=home)
    assert (told.returncode, told.stderr) == (0, ""), told.stdout


def test_an_installed_muster_rehearses_the_shipped_leak_and_leaves_nothing_behind(installed, home):
    told = installed.run("muster", "rehearse", a_rehearsal_of_the_leak(), home=home)
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
    assert list(home.iterdir()) == []


def test_an_editable_install_notices_an_edit_of_the_book(tmp_path, home):
    checkout = tmp_path / "the checkout"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, checkout / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, checkout)
    environment = Environment(tmp_path / "venv")
    environment.install("--editable", checkout)
    before = environment.run("muster", "lint", "--no-trials", home=home)

    leak = checkout / "runbooks/leak.yaml"
    text = leak.read_text("utf-8").rstrip("\n") + "\nno-such-key: 1\n"
    leak.write_text(text, "utf-8")
    after = environment.run("muster", "lint", "--no-trials", home=home)

    assert (before.returncode, after.returncode) == (0, 1), before.stdout + after.stdout + after.stderr
    assert f"leak.yaml:{text.count(chr(10))}:1:" in after.stdout + after.stderr
