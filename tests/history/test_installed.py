"""The installed library gives every release that it knows, wherever it is called from, without git."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from released_packages import three_releases, written

import mandates_data

SCRIPT = """
import mandates_data
for version in ("0.1.0", "0.1.1", "0.2.0"):
    frame = mandates_data.load("words", version=version)
    print(frame.attrs["version"], *frame["text"])
print(mandates_data.history_of("a").events[0].version, mandates_data.resolve("c").status)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of libraries with this one in it, as a wheel leaves it, around a package of three releases."""
    folder = tmp_path_factory.mktemp("libraries")
    library = Path(mandates_data.__file__).parent
    shutil.copytree(library, folder / "mandates_data", ignore=shutil.ignore_patterns("__pycache__"))
    written(folder / "mandates_data" / "_package", three_releases().released["0.2.0"])
    return folder


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": str(installed), "PATH": str(folder)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, env=variables, check=False)


def test_every_release_is_loaded_from_the_installed_library(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-c", SCRIPT)
    assert (done.stderr, done.stdout.splitlines()) == (
        "",
        [
            "0.1.0 an old wrod two",
            "0.1.1 an old word two",
            "0.2.0 an old word two three",
            "0.1.1 current",
        ],
    )


def test_the_commands_take_versions_of_the_installed_package(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-m", "mandates_data", "diff", "0.1.0", "0.1.1", "--table", "words")
    assert (done.returncode, done.stderr) == (1, "")
    assert "an old [-wrod-]{+word+}" in done.stdout
    converted = run(
        installed, tmp_path, "-m", "mandates_data", "convert", "--version", "0.1.0", "--to", "csv", "-o", "out"
    )
    assert (converted.returncode, converted.stderr) == (0, "")
    assert (tmp_path / "out/words.csv").read_bytes() == b"id,text\na,an old wrod\nb,two\n"


def test_a_package_of_that_name_that_lacks_a_release_gets_it_from_the_installed_one(
    installed: Path, tmp_path: Path
) -> None:
    files = three_releases().released["0.1.1"]
    written(tmp_path, {path: content for path, content in files.items() if not path.startswith("history/")})
    done = run(installed, tmp_path, "-m", "mandates_data", "resolve", "c", "0.2.0")
    assert (done.returncode, done.stdout) == (0, "c is current: a row of words.\n")
