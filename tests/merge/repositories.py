"""Git repositories of their own for the tests, with the drivers set up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from diffed_packages import schema, write_package

from mandates_data.package.refresh import refreshed_descriptor

FIELDS = schema(["id", "a", "b"])
LEDGER = schema(["correction_id", "new"], ["correction_id"])
ROWS = "id,a,b\n1,one,p\n2,two,q\n3,three,r\n"


class Repository:
    """A package in a repository with one commit on `main`."""

    def __init__(self, folder: Path, inner: str = ".", tables=None) -> None:
        self.top = folder
        self.package = folder / inner
        self.package.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        write_package(self.package, tables or {"t": (FIELDS, ROWS), "l": (LEDGER, "correction_id,new\n")})
        self.refresh()
        self.commit("Begin")
        self.command("git-config")

    def git(self, *arguments, code: int | None = 0) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.top, capture_output=True, env=environment(), check=False)
        shown = (done.stdout + done.stderr).decode()
        assert "Traceback" not in shown
        assert code in (None, done.returncode), shown
        return shown

    def command(self, *arguments, code: int = 0) -> str:
        command = [sys.executable, "-m", "mandates_data", *arguments]
        done = subprocess.run(command, cwd=self.package, capture_output=True, env=environment(), check=False)
        shown = (done.stdout + done.stderr).decode()
        assert "Traceback" not in shown
        assert done.returncode == code, shown
        return shown

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def refresh(self) -> None:
        (self.package / "datapackage.json").write_bytes(refreshed_descriptor(self.package))

    def write(self, path: str, text: str) -> None:
        (self.package / path).write_text(text, encoding="utf-8", newline="")

    def read(self, path: str) -> str:
        return (self.package / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str, *, refresh: bool = True) -> None:
        assert old in self.read(path)
        self.write(path, self.read(path).replace(old, new))
        if refresh:
            self.refresh()

    def branch(self, name: str, start: str = "main") -> None:
        self.git("checkout", "--quiet", "-b", name, start)


def environment() -> dict[str, str]:
    """No settings of the machine's user."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {f"GIT_{role}_{what}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true"}
