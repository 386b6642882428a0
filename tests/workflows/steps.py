"""The steps of a workflow or an action, run as a runner of GitHub runs them: bash, and files for what they give."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
WORKFLOWS = ROOT / ".github" / "workflows"
COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)

# It makes an environment without a network: pip only writes down what it was asked for.
PYTHON3 = """#!/bin/bash
if [ "$2 $3" = "-m venv" ]; then
  mkdir -p "$4/bin" "$4/site"
  {
    echo '#!/bin/bash'
    echo 'case "$*" in *"-m pip"*) echo "$*" >> "@LOG@"; exit 0;; *purelib*) echo "'"$4"'/site"; exit 0;; esac'
    echo 'exec "@PYTHON@" "$@"'
  } > "$4/bin/python"
  chmod +x "$4/bin/python"
  exit 0
fi
case "$*" in *"-m pip"*) echo "$*" >> "@LOG@"; exit 0;; esac
exec "@PYTHON@" "$@"
"""


def read(path: Path) -> Any:
    """A workflow, an action or hooks; the word `on` is no truth value here."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@dataclass(frozen=True)
class Step:
    """A step that was run."""

    name: str
    code: int
    stdout: str
    stderr: str
    summary: str
    outputs: Mapping[str, str]

    @property
    def commands(self) -> list[str]:
        """The lines that the runner takes for commands."""
        lines = re.split(r"\r\n|\r|\n", self.stdout + "\n" + self.stderr)
        return [line for line in lines if COMMAND.search(line)]


@dataclass
class Runner:
    """A machine with a checkout, a home and a folder for what is temporary, all below `folder`."""

    folder: Path
    checkout: Path
    contexts: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    uploaded: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("home", "temp", "bin"):
            (self.folder / name).mkdir(exist_ok=True)
        fake = PYTHON3.replace("@LOG@", str(self.folder / "pip.log")).replace("@PYTHON@", str(BIN / "python"))
        self.program("python3", fake)
        self.program("python", fake)
        self.path = [str(self.folder / "bin"), str(BIN), "/usr/bin", "/bin"]
        self.contexts.setdefault("runner", {"temp": str(self.folder / "temp")})
        self.contexts.setdefault("steps", {})

    def program(self, name: str, text: str) -> None:
        """Put a program in front of the path."""
        (self.folder / "bin" / name).write_text(text, encoding="utf-8")
        (self.folder / "bin" / name).chmod(0o755)

    def job(self, workflow: str, job: str, env: Mapping[str, str] | None = None) -> list[Step]:
        """Run a job of a workflow, whatever its own conditions, and give its steps."""
        described = read(WORKFLOWS / workflow)
        self.contexts["env"] = {**described.get("env", {}), **described["jobs"][job].get("env", {}), **(env or {})}
        self._run(described["jobs"][job]["steps"])
        return self.steps

    def action(self, inputs: Mapping[str, str]) -> dict[str, str]:
        """Run the action of this repository; its outputs."""
        described = read(ROOT / "action.yml")
        outside = self.contexts
        given = {name: one.get("default", "") for name, one in described["inputs"].items()} | dict(inputs)
        self.contexts = {"inputs": given, "steps": {}, "runner": outside["runner"], "env": outside.get("env", {})}
        self._run(described["runs"]["steps"], shell=True)
        outputs = {name: self.value(one["value"]) for name, one in described["outputs"].items()}
        self.contexts = outside
        return outputs

    def value(self, text: str) -> str:
        """A text with its expressions filled in."""
        return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(self._term(found[1].strip())), text)

    def _term(self, term: str) -> Any:
        if " && " in term:
            return all(map(self._term, term.split(" && ")))
        if compared := re.fullmatch(r"(\S+) (==|!=) (\S+)", term):
            return (self._term(compared[1]) == self._term(compared[3])) is (compared[2] == "==")
        if term == "!cancelled()":
            return True
        if term.startswith("'"):
            return term.strip("'")
        assert re.fullmatch(r"[\w-]+(\.[\w-]+)+", term), f"an expression that this runner does not know: {term}"
        value: Any = self.contexts
        for name in term.split("."):
            value = value.get(name, "") if isinstance(value, Mapping) else ""
        return value

    def _run(self, steps: list[dict[str, Any]], *, shell: bool = False) -> None:
        failed = False
        for step in steps:
            condition = step.get("if", "")
            if not (self._term(condition[3:-2].strip()) if condition else not failed):
                continue
            name = step.get("id", "")
            if "run" in step:
                done = self._script(step, shell=shell)
                failed |= done.code != 0
                self.contexts["steps"][name] = {"outputs": done.outputs}
            elif step["uses"].split(" ")[0] == "./":
                before = len(self.steps)
                outputs = self.action({key: self.value(text) for key, text in step["with"].items()})
                self.contexts["steps"][name] = {"outputs": outputs}
                failed |= any(one.code for one in self.steps[before:])
            elif step["uses"].startswith("actions/upload-artifact@"):
                path = Path(self.value(step["with"]["path"]))
                assert path.exists(), f"there is no {path} to upload"
                self.uploaded[step["with"]["name"]] = path

    def _script(self, step: Mapping[str, Any], *, shell: bool) -> Step:
        given = {name: self.folder / "temp" / f"_{name}" for name in ("output", "step_summary", "env", "path")}
        for path in given.values():
            path.write_bytes(b"")
        script = self.folder / "temp" / "_script.sh"
        script.write_text(step["run"], encoding="utf-8")
        options = ["--noprofile", "--norc", "-e", "-o", "pipefail"] if shell or "shell" in step else ["-e"]
        done = subprocess.run(
            ["bash", *options, str(script)],
            cwd=self.checkout,
            env=self._environment(step, given),
            capture_output=True,
            timeout=120,
            check=False,
        )
        self.path[:0] = given["path"].read_text(encoding="utf-8").split("\n")[:-1]
        assert given["env"].read_bytes() == b"", "no step sets variables for the others"
        written = given["output"].read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in written)
        result = Step(
            step.get("name", ""),
            done.returncode,
            done.stdout.decode("utf-8"),
            done.stderr.decode("utf-8"),
            given["step_summary"].read_bytes().decode("utf-8"),
            outputs,
        )
        self.steps.append(result)
        return result

    def _environment(self, step: Mapping[str, Any], given: Mapping[str, Path]) -> dict[str, str]:
        own = {name: self.value(text) for name, text in step.get("env", {}).items()}
        files = {f"GITHUB_{name.upper()}": str(path) for name, path in given.items()}
        return {
            "PATH": os.pathsep.join(self.path),
            "HOME": str(self.folder / "home"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_WORKSPACE": str(self.checkout),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
            **self.contexts.get("env", {}),
            **self.variables,
            **files,
            **own,
        }
