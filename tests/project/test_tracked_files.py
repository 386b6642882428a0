"""What every file of the repository keeps to, and what the requirements promise."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
MACHINE_PATH = re.compile(r"(?<![\w.<])/(?:home|root|Users|work|tmp)/[\w.]|[A-Z]:\\Users\\")
INDEX_ADDRESS = re.compile(r"pypi\.org|pythonhosted|--(?:extra-)?index-url|--find-links\s+\w+:|--trusted-host")
ALLOWED = {
    "tests/project/test_tracked_files.py": "states the patterns",
    "Makefile": "PYTHON=/path/to/python is an example for a reader",
}


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    found = {}
    for name in tracked():
        if name not in ALLOWED:
            found[name] = (ROOT / name).read_bytes().decode("utf-8", "replace")
    return found


def test_no_file_names_a_path_of_a_machine() -> None:
    assert [name for name, text in texts().items() if MACHINE_PATH.search(text)] == []


def test_no_file_names_an_address_of_a_package_index() -> None:
    assert [name for name, text in texts().items() if INDEX_ADDRESS.search(text)] == []


def test_no_text_file_has_a_carriage_return_and_every_one_ends_in_a_line_end() -> None:
    kept = {name: text for name, text in texts().items() if not name.startswith(("tests/", "data/source/"))}
    assert [name for name, text in kept.items() if "\r" in text or (text and not text.endswith("\n"))] == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed_and_none_has_an_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    assert len(entries) > 0
    wrong = [
        entry for entry in entries if not re.match(r"[\w.-]+==[\w.]+.*(?: \\\n    --hash=sha256:[0-9a-f]{64})+", entry)
    ]
    assert wrong == []


def test_every_dependency_has_its_reason_on_its_line() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    without = [one for one in wanted if not any(re.search(rf'"{re.escape(one)}".*#\s*\w', line) for line in lines)]
    assert without == []
    listed = (ROOT / "requirements" / "dev.in").read_text(encoding="utf-8").splitlines()
    assert [line for line in listed if not line.startswith("#") and not re.match(r"[\w-]+ +# \w", line)] == []


def test_the_version_is_the_same_everywhere() -> None:
    descriptor = (ROOT / "datapackage.json").read_text(encoding="utf-8")
    [version] = re.findall(r'^  "version": "([^"]+)"', descriptor, re.MULTILINE)
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_make_task_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [tasks] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert [task for task in tasks.split() if not re.search(rf"^{task}:.* ## \w", makefile, re.MULTILINE)] == []
