"""What a shell sees of search, similar and cite."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small_corpus import write

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mandates_data", *words, "--package", str(folder)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "small", reading=True)


def test_search_shows_the_words_where_they_stand(folder: Path) -> None:
    done = run(folder, "search", "firearms", "--year", "1990-1995")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "2 of 7 texts: firearms; year 1990-1995 (small 0.3.0)\n"
        "\n"
        "1. 1995-quebec-poa-001  Plan of Action, 1995\n"
        "   Organize the control of **firearms**, and destroy antipersonnel mines.\n"
        "\n"
        "2. 1990-oslo-dec-001  Declaration of Oslo, 1990\n"
        "   We will organise the control of **firearms** and anti-personnel mines in every sub-region.\n"
    )


def test_search_says_how_many_are_not_shown(folder: Path) -> None:
    done = run(folder, "search", "firearms", "--limit", "1")
    assert done.stdout.endswith("\n1 more text not shown: --limit 2 shows all.\n")


def test_search_that_finds_nothing_ends_in_1(folder: Path) -> None:
    done = run(folder, "search", "zebra", "--printed")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "Nothing as printed: zebra (small 0.3.0)\n"
        "A word is a whole word: firearm* finds firearms too. With --any, one of the words is enough.\n"
    )


def test_several_words_in_one_argument_are_a_phrase(folder: Path) -> None:
    assert run(folder, "search", "control of firearms").returncode == 0
    assert run(folder, "search", "firearms control").returncode == 1
    assert run(folder, "search", "firearms", "control").returncode == 0
    assert run(folder, "search", '"firearms control"').returncode == 1


def test_a_long_text_is_cut_to_what_stands_around_the_words(folder: Path) -> None:
    short = run(ROOT, "search", "brokering")
    whole = run(ROOT, "search", "brokering", "--whole")
    assert "…" in short.stdout
    assert "…" not in whole.stdout
    assert "We are convinced that illicit manufacturing" in whole.stdout
    assert "We are convinced that illicit manufacturing" not in short.stdout
    assert "**brokering**" in short.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (('"arms',), "A quotation mark is opened and not closed. Put one at both ends of the phrase."),
        (("?!",), "There is no word in the query, only signs. Name a word, or a phrase in quotes."),
        ((), "Nothing is looked for. Name a word, a phrase in quotes, or a filter."),
        (("",), "Nothing is looked for. Name a word, a phrase in quotes, or a filter."),
        (("x" * 3000,), "The query has 3,000 characters. Look for less: at most 2,000 characters."),
        (("--summit", "Paris"), "There is no summit 'Paris'. Known: 1990-oslo,"),
    ],
)
def test_a_search_that_cannot_run_ends_in_2_with_one_line(folder: Path, words: tuple[str, ...], message: str) -> None:
    done = run(folder, "search", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"mandates-data: error: {message}")
    assert done.stderr.count("\n") == 1


def test_a_text_with_commands_for_a_terminal_or_a_runner_stays_harmless(tmp_path: Path) -> None:
    text = "arms \x1b[2J ##[error]x"
    folder = write(
        tmp_path / "odd",
        mandates=[("a", "1990-oslo-dec", "printed", "", "", "mandate", text)],
        items=[],
        corrections=[],
        printings=[("page", "1", "a", "", "::error::x \x1b[31m")],
    )
    for words in (("search", "arms"), ("similar", "a"), ("cite", "a"), ("cite", "a", "--format", "bibtex")):
        shown = run(folder, *words).stdout
        assert shown
        assert "\x1b" not in shown
        assert "##[" not in shown
        assert not any(line.lstrip().startswith("::") for line in shown.splitlines())


def test_search_as_json_has_the_marks(folder: Path) -> None:
    value = json.loads(run(folder, "search", "drugs", "--format", "json", "--limit", "1").stdout)
    assert (value["found"], len(value["hits"]), value["text"], value["version"]) == (2, 1, "corrected", "0.3.0")
    marks = [one["text"] for one in value["hits"][0]["stretches"] if one["marked"]]
    assert marks == ["drugs", "drugs", "drugs"]


def test_similar_shows_the_closest_and_the_lineage(folder: Path) -> None:
    done = run(folder, "similar", "1995-quebec-poa-001")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The closest, word by word:\n   from 1990-oslo-dec-001 to 1995-quebec-poa-001:\n" in done.stdout
    assert "[-We will organise-]{+Organize+} the control of firearms" in done.stdout
    assert done.stdout.endswith("\nLineage arms, 2 of 2: takes up 1990-oslo-dec-001\n")


def test_a_lineage_is_shown_link_by_link(folder: Path) -> None:
    done = run(folder, "similar", "1995-quebec-poa-001", "--lineage")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == "Lineage arms: 2 mandates (small 0.3.0)"
    assert "1. 1990-oslo-dec-001  Declaration of Oslo, 1990" in lines
    assert "2. 1995-quebec-poa-001  Plan of Action, 1995  <" in lines
    assert "   why: “the control of firearms” again." in lines


def test_a_mandate_without_lineage_ends_in_1(folder: Path) -> None:
    done = run(folder, "similar", "1990-oslo-dec-002", "--lineage")
    assert (done.returncode, done.stdout) == (1, "1990-oslo-dec-002 stands in no lineage (small 0.3.0).\n")


def test_a_retired_identifier_says_what_replaced_it(folder: Path) -> None:
    for command in ("similar", "cite"):
        done = run(folder, command, "1990-oslo-dec-009")
        assert (done.returncode, done.stdout) == (2, "")
        assert "replaced by 1990-oslo-dec-001" in done.stderr


def test_cite_writes_each_form(folder: Path) -> None:
    plain = run(folder, "cite", "1990-oslo-dec-001").stdout
    assert plain.startswith("Declaration of Oslo, paragraph 3. First Summit, Oslo, 1 to 3 May 1990;")
    assert plain.count("\n") == 1
    bibtex = run(folder, "cite", "1990-oslo-dec-001", "--format", "bibtex").stdout
    assert bibtex.startswith("@misc{mandate-1990-oslo-dec-001,\n")
    assert bibtex.endswith("}\n")
    (item,) = json.loads(run(folder, "cite", "1990-oslo-dec-001", "--format", "csl-json").stdout)
    assert (item["id"], item["type"]) == ("1990-oslo-dec-001", "document")
    whole = json.loads(run(folder, "cite", "--format", "json").stdout)
    assert (whole["row_id"], whole["cited"], whole["csl_json"]["type"]) == (None, None, "dataset")
    assert whole["data_set"]["released_on"] is None


def test_cite_goes_back_to_an_earlier_release() -> None:
    done = run(ROOT, "cite", "1998-santiago-poa-007", "--version", "0.1.0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "version 0.1.0, 24 November 2026" in done.stdout
    unknown = run(ROOT, "cite", "--version", "0.0.7")
    assert unknown.returncode == 2
    assert "0.0.7" in unknown.stderr


def test_show_tells_the_lineage(folder: Path) -> None:
    shown = run(ROOT, "show", "1998-santiago-poa-021").stdout
    assert "lineage small-island-states: 1 of 2, begins it; taken up by 2001-quebec-poa-019. " in shown


def test_the_commands_load_nothing_heavy() -> None:
    heavy = {"pandas", "numpy", "difflib", "sqlite3", "importlib.resources"}
    for words in ("'search','arms'", "'similar','1998-santiago-poa-010'", "'cite'"):
        call = f"main([{words}, '--package', {str(ROOT)!r}])"
        code = f"from mandates_data.cli import main\ntry: {call}\nexcept SystemExit: pass"
        shown = f"{code}\nimport sys; print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", shown], capture_output=True, encoding="utf-8", check=True)
        assert set(done.stdout.splitlines()[-1].split()) & heavy == set()
