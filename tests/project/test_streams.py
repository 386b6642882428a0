"""What every command does when nobody can read what it writes: no traceback, and no exit code that says otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "examples" / "MD305-key-twice"

COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "validate": (("validate", str(EXAMPLES / "bad")), 1),
    "validate as JSON": (("validate", str(EXAMPLES / "good"), "--format", "json"), 0),
    "explain": (("explain",), 0),
    "diff": (("diff", str(EXAMPLES / "good"), str(ROOT)), 1),
    "diff as JSON": (("diff", str(EXAMPLES / "good"), str(ROOT), "--format", "json"), 1),
    "convert": (("convert", str(EXAMPLES / "good"), "--to", "json"), 0),
    "help": (("--help",), 0),
}
"""Commands with the exit code that they end in where all is well."""

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed in other ways there")


def run(name: str, folder: Path, **streams: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "mandates_data", *COMMANDS[name][0]]
    return subprocess.run(command, encoding="utf-8", cwd=folder, check=False, stderr=subprocess.PIPE, **streams)  # type: ignore[call-overload, no-any-return]


@on_unix
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "help"])
def test_a_reader_that_goes_away_ends_in_141_without_a_word(name: str, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run(name, tmp_path, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the device that is always full")  # noqa: PTH110
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_behind_the_output_ends_in_2_with_one_line(name: str, tmp_path: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = run(name, tmp_path, stdout=full)
    assert done.returncode == 2
    assert done.stderr == (
        "mandates-data: error: Cannot write the result: No space left on device. "
        "Make room, or check the path and its rights.\n"
    )


@on_unix
@pytest.mark.parametrize("name", COMMANDS)
def test_a_closed_output_changes_no_exit_code(name: str, tmp_path: Path) -> None:
    done = run(name, tmp_path, preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (COMMANDS[name][1], "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the device that is always full")  # noqa: PTH110
@pytest.mark.parametrize("words", [("validate", "nothing"), ("no-such-command",), ("explain", "--format", "text")])
@pytest.mark.parametrize("streams", [("stderr",), ("stdout", "stderr")])
def test_a_full_disk_behind_the_notes_leaves_the_exit_code(words: tuple[str, ...], streams: tuple[str, ...]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        given = {"stdout": subprocess.DEVNULL, **dict.fromkeys(streams, full)}
        done = subprocess.run([sys.executable, "-m", "mandates_data", *words], check=False, **given)  # type: ignore[call-overload]
    assert done.returncode == (0 if words[0] == "explain" and "stdout" not in streams else 2)
