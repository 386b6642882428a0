"""The tools behind the make words: documentation blocks, floors, the edited copy, the benchmark's verdicts."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def script(path: str) -> ModuleType:
    """A file of the repository as a module; the tools are no package."""
    name = f"_{Path(path).stem}_under_test"
    spec = importlib.util.spec_from_file_location(name, ROOT / path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # a dataclass looks its own module up
    spec.loader.exec_module(module)
    return module


blocks = script("tools/docs/blocks.py")
floors = script("tools/floors.py")
timing = script("benchmarks/timing.py")


def test_a_block_is_made_anew_and_the_text_around_it_stays() -> None:
    page = "before\n\n<!-- sum: 1 2 -->\nold\nold\n<!-- end -->\n\nafter\n"
    makers = {"sum": lambda argument, content: f"{argument.replace(' ', '+')} was {content.count('old')}"}
    assert blocks.rendered(page, makers) == "before\n\n<!-- sum: 1 2 -->\n1+2 was 2\n<!-- end -->\n\nafter\n"


def test_an_empty_block_is_filled() -> None:
    assert blocks.rendered("<!-- one -->\n<!-- end -->\n", {"one": lambda *_: "1"}) == "<!-- one -->\n1\n<!-- end -->\n"


def test_a_block_without_end_or_maker_is_refused() -> None:
    with pytest.raises(ValueError, match="no beginning or no end"):
        blocks.rendered("text\n<!-- end -->\n", {})
    with pytest.raises(ValueError, match=r"There is no maker 'two'\. Makers: one"):
        blocks.rendered("<!-- two -->\n<!-- end -->\n", {"one": lambda *_: ""})


def test_a_table_escapes_what_would_end_its_cells() -> None:
    assert blocks.table(("a", "rows "), [("x|y", 3)]) == "| a | rows |\n| --- | ---: |\n| x\\|y | 3 |"


PYPROJECT = """
[project]
name = "p"
dependencies = ["click>=8.1.7", "pandas>=3.0"]
[project.optional-dependencies]
excel = ["openpyxl>=3.1.5,<4"]
all = ["p[excel]"]
"""


def test_floors_are_the_least_versions_as_exact_pins(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    assert floors.floors(tmp_path / "pyproject.toml") == ["click==8.1.7", "openpyxl==3.1.5", "pandas==3.0"]


def test_a_dependency_without_a_floor_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT.replace("click>=8.1.7", "click"))
    with pytest.raises(SystemExit, match="'click' has no floor"):
        floors.floors(tmp_path / "pyproject.toml")


def test_the_locked_floors_are_those_of_the_project() -> None:
    command = [sys.executable, str(ROOT / "tools" / "floors.py"), "--check", str(ROOT / "requirements" / "floors.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_edited_copy_takes_the_place_of_no_other_folder(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("keep me")
    command = [sys.executable, str(ROOT / "tools" / "edited_copy.py"), str(tmp_path / "letters")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert (tmp_path / "letters" / "dear.txt").read_text() == "keep me"


@pytest.mark.parametrize(
    ("target", "more", "times", "met"),
    [
        ({"more": 0.03}, 0.03, 9.0, True),
        ({"more": 0.03}, 0.04, 1.1, False),
        ({"times": 0.5}, 1.0, 0.5, True),
        ({"times": 0.5}, 0.0, 0.6, False),
    ],
)
def test_a_target_is_kept_by_difference_or_by_ratio(
    target: dict[str, float], more: float, times: float, met: bool
) -> None:
    comparison = timing.Comparison("t", (), (), ("", ""), timing.Target(**target))
    assert timing.Outcome(comparison, 1.0, 1.0, more, times).met is met
