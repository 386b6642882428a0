"""Pull requests on a copy of the published package, in a repository of their own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from steps import ROOT, Runner, Step

from mandates_data.mending.run import mend, write
from mandates_data.package.opening import open_package

Change = Callable[[Path], object]


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(folder), *who, *arguments], capture_output=True, check=True)
    return done.stdout.decode()


def repository(folder: Path, within: str = ".") -> Path:
    """A repository whose branch `main` has the package, in the folder `within`, and the tools."""
    package = folder / within
    package.mkdir(parents=True)
    shutil.copy(ROOT / "datapackage.json", package)
    shutil.copytree(ROOT / "data", package / "data")
    shutil.copytree(ROOT / "schemas", package / "schemas")
    (folder / "tools").mkdir()
    for name in ("pull_request_comment.py", "checked_comment.py"):
        shutil.copy(ROOT / "tools" / name, folder / "tools")
    shutil.copy(ROOT / ".gitattributes", folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Base")
    return folder


def checked(folder: Path, *changes: Change, within: str = ".", base: str = "main") -> Runner:
    """The checks of a pull request that makes these changes, run to their end."""
    outside = folder / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("kept\n", encoding="utf-8")
    checkout = repository(folder / "checkout", within)
    git(checkout, "switch", "--quiet", "--create", "proposal")
    for change in changes:
        change(checkout / within)
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--allow-empty", "--message=Proposal")
    return run_checks(folder, checkout, base=base, within=within)


def run_checks(folder: Path, checkout: Path, *, base: str = "main", within: str = ".") -> Runner:
    head = git(checkout, "rev-parse", "HEAD").strip()
    proposal = {"number": 12, "head": {"sha": head}, "base": {"sha": git(checkout, "rev-parse", base).strip()}}
    runner = Runner(folder, checkout, {"github": {"event": {"pull_request": proposal}, "run_id": "77"}})
    runner.job("validate.yml", "validate", {"PACKAGE": within})
    return runner


def edit(path: str, old: str, new: str) -> Change:
    """Another text in place of the first of these."""

    def change(package: Path) -> None:
        text = (package / path).read_bytes().decode("utf-8")
        assert old in text
        (package / path).write_bytes(text.replace(old, new, 1).encode("utf-8"))

    return change


def append(path: str, line: str) -> Change:
    """A line more."""
    return lambda package: (package / path).write_bytes((package / path).read_bytes() + line.encode("utf-8"))


def formatted(package: Path) -> None:
    """As `mandates-data fmt` leaves it."""
    opened = open_package(package)
    write(opened, mend(opened))


def spreadsheet(package: Path) -> None:
    """What Excel leaves of a table that was opened by a double click and saved again."""
    path = package / "data" / "mandates.csv"
    text = path.read_text(encoding="utf-8").replace(",6.10,", ",6.1,").replace(",7.10,", ",7.1,")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"))


def named(runner: Runner, start: str) -> Step:
    """The step whose name begins so."""
    (found,) = [step for step in runner.steps if step.name.startswith(start)]
    return found


def comment(runner: Runner) -> str:
    return (runner.uploaded["comment"] / "comment.md").read_text(encoding="utf-8")
