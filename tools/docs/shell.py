"""Blocks with the true output of a command (`run`) or of a Python session (`python`).

Everything runs in a scratch copy of the package, so that what a command writes goes nowhere else, and without colour,
at a fixed width.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .blocks import table
from .forms import FORMS

ROOT = Path(__file__).resolve().parent.parent.parent
WIDTH = "100"
WHO = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER")
       for what, text in (("NAME", "You"), ("EMAIL", "you@example.org"))}  # fmt: skip
"""Whoever runs git in a block: nothing depends on the settings of this machine."""
GIT = {**WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


class Scratch:
    """A clone `mandates-data` with the package in it, and an `edited` copy of the package beside."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "mandates-data"
        self.folder.mkdir()
        shutil.copy(ROOT / "datapackage.json", self.folder)
        for part in ("data", "schemas", "docs/examples"):
            shutil.copytree(ROOT / part, self.folder / part)
        for command in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "The package as published")):
            subprocess.run(["git", *command], cwd=self.folder, env={**os.environ, **GIT}, check=True)
        maker = Path(__file__).resolve().parent.parent / "edited_copy.py"
        subprocess.run([sys.executable, str(maker), str(home / "edited")], stdout=subprocess.DEVNULL, check=True)

    def run(self, argument: str, content: str) -> str:
        """A fenced block: the command behind a `$`, then all that it prints.

        Other `$` lines of the present content stay. They are run first, printing nothing, and all that such a block
        does to the folder is undone after it.
        """
        before = [line for line in content.splitlines() if line.startswith("$ ") and line != f"$ {argument}"]
        kept = self.home / "kept"
        if before:
            shutil.copytree(self.folder, kept)
        for line in before:
            if self._shell(line[2:]):
                raise ValueError(f"{line} printed something")
        printed = self._shell(argument)
        if before:
            shutil.rmtree(self.folder)
            kept.rename(self.folder)
        return "\n".join(["```console", *before, f"$ {argument}", *printed.rstrip("\n").splitlines(), "```"])

    def session(self, argument: str, content: str) -> str:
        """A fenced block: the `$` lines of the present content, each with all that it prints.

        All that the block does to the folder is undone after it.
        """
        del argument
        kept = self.home / "kept"
        shutil.copytree(self.folder, kept)
        lines = ["```console"]
        for line in content.splitlines():
            if line.startswith("$ "):
                lines += [line, *self._shell(line[2:]).rstrip("\n").splitlines()]
        shutil.rmtree(self.folder)
        kept.rename(self.folder)
        return "\n".join([*lines, "```"])

    def answers(self, argument: str, content: str) -> str:
        """A table of mistakes in an issue form, and the answer to each."""
        del argument, content
        rows: list[tuple[object, ...]] = []
        for mistake, form in FORMS:
            (self.home / "form.md").write_text(form, encoding="utf-8")
            printed = self._shell("mandates-data correct --from-issue ../form.md --issue-number 7 --dry-run")
            rows.append((mistake, printed.partition("\n")[0].removeprefix("Refused: ")))
        return table(("in the form", "the answer"), rows)

    def python(self, argument: str, content: str) -> str:
        """A fenced block: the `>>>` lines of the present content, each with all that it prints."""
        del argument
        source = content.replace("```pycon", "").replace("```", "")
        names: dict[str, object] = {}
        lines = ["```pycon"]
        for example in doctest.DocTestParser().get_examples(source):
            first, *more = example.source.rstrip("\n").split("\n")
            lines += [f">>> {first}", *[f"... {line}".rstrip() for line in more]]
            lines += self._evaluated(example.source, names).rstrip("\n").splitlines()
        return "\n".join([*lines, "```"])

    def _evaluated(self, source: str, names: dict[str, object]) -> str:
        printed = io.StringIO()
        code = compile(source, "<documentation>", "single")
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            exec(code, names)
        return printed.getvalue()

    def _shell(self, command: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COLUMNS"))}
        programs = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
        variables = {
            **kept,
            **GIT,
            "PATH": programs,
            "COLUMNS": WIDTH,
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
            "LC_ALL": "C.UTF-8",
        }
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if done.returncode not in (0, 1) or "Traceback" in done.stdout:
            raise ValueError(f"{command} ended in {done.returncode}:\n{done.stdout}")
        if str(self.home) in done.stdout:
            raise ValueError(f"{command} printed a path of this machine:\n{done.stdout}")
        return done.stdout
