"""`mandates-data stats` as a shell calls it, and what it prints."""

import csv
import io
import json
from pathlib import Path

import pytest
from counted_packages import ROOT, counted, run, with_rows

from mandates_data.explore.statistics.choices import STATISTICS, statistic
from mandates_data.explore.statistics.model import CAVEAT
from mandates_data.package.opening import open_package
from mandates_data.render.statistics_text import as_text, shown_width

CODES = """\
Mandates by primary code and summit
small 1.2.3; n = 3 coded mandates; unit: number of mandates

code    title          1994  1998  all
--------------------------------------
ARMS    Illicit arms      1     ·    1
DRUGS   Illicit drugs     1     1    2
HEALTH  Health            ·     ·    ·

A · is 0.
Coder: adjudicated.
Without a code by this coder: 1 of 4 mandates.
Preambles, which only state grounds and introduce, are left out: 1.
"""


def test_a_count_is_a_table_with_its_unit_its_version_and_what_to_beware_of(tmp_path: Path) -> None:
    counted(tmp_path)
    done = run("stats", "codes", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{CODES}{CAVEAT}\n"


def test_without_a_name_the_counts_are_listed_with_what_the_package_lacks(tmp_path: Path) -> None:
    counted(tmp_path, without=["acts"])
    done = run("stats", cwd=tmp_path)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == list(STATISTICS)
    assert "verbs        leading verbs and their strength (needs acts: not in this package)" in lines
    assert lines[-1] == "Ask for one: mandates-data stats summits"


def test_csv_has_a_row_a_pair_and_tells_the_version_on_standard_error(tmp_path: Path) -> None:
    counted(tmp_path)
    done = run("stats", "entities", ".", "--format", "csv", cwd=tmp_path)
    assert done.stdout.splitlines()[:3] == [
        "entity_id,kind,name,acronym,summit_id,year,mandates,mentions",
        "cicad,body,Drug Abuse Control Commission,CICAD,1994-alpha,1994,0,0",
        "cicad,body,Drug Abuse Control Commission,CICAD,1998-gamma,1998,2,3",
    ]
    assert "small 1.2.3; n = 3 of 4 mandates that name any" in done.stderr
    assert CAVEAT in done.stderr


def test_json_has_the_same_rows_and_null_where_a_value_is_missing(tmp_path: Path) -> None:
    counted(tmp_path)
    value = json.loads(run("stats", "corrections", ".", "--format", "json", cwd=tmp_path).stdout)
    assert value["rows"][-1] == {"kind": "spacing", "version": None, "corrections": 1}
    assert (value["package"], value["version"], value["n"]) == ("small", "1.2.3", 4)


def test_markdown_is_a_table_with_numbers_to_the_right(tmp_path: Path) -> None:
    counted(tmp_path)
    lines = run("stats", "strength", ".", "--format", "markdown", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "**Mandates by strength of the commitment and summit**"
    assert lines[4:7] == [
        "| strength | 1994 | 1998 | all |",
        "| --- | ---: | ---: | ---: |",
        "| hortatory | 0 | 2 | 2 |",
    ]


def test_a_release_can_be_counted(tmp_path: Path) -> None:
    done = run("stats", "corrections", str(ROOT), "--version", "0.1.0", cwd=tmp_path)
    assert "summits-of-the-americas-mandates 0.1.0; n = 0 corrections" in done.stdout
    assert "Nothing to count." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("summit", "."), "There is no statistic 'summit'. Did you mean 'summits'?"),
        (("verbs", "."), "small 1.2.3 has no table acts, which the statistic verbs is made from. Name a package"),
        (("codes", ".", "--coder", "third"), "There is no coder 'third'. Coders: adjudicated, first."),
        (("summits", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_counted_is_one_line_with_the_next_step(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    counted(tmp_path, without=["acts"])
    done = run("stats", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


@pytest.mark.parametrize("name", STATISTICS)
@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_no_line_is_wider_than_the_window(name: str, width: int, tmp_path: Path) -> None:
    long = with_rows(
        "entities", ("long", "body", "The Committee of " + "very " * 40 + "long names", "COMMITTEEOFLONGNAMES")
    )
    shown = as_text(statistic(name, open_package(counted(tmp_path, entities=long))), width=width)
    assert max(map(shown_width, shown.splitlines())) <= width


def test_codes_of_ten_summits_are_a_table_in_a_window_of_eighty_columns(tmp_path: Path) -> None:
    days = [(f"s{n}", f"City {n}", f"{2000 + n}-01-01") for n in range(8)]
    documents = [(f"d{n}", f"s{n}", "agenda") for n in range(8)]
    mandates = [(f"n{n}", f"d{n}", "mandate", "Act.") for n in range(8)]
    folder = counted(
        tmp_path,
        summits=with_rows("summits", *days),
        documents=with_rows("documents", *documents),
        mandates=with_rows("mandates", *mandates),
        subtopics=with_rows("subtopics", ("TOC", "Organized crime and cooperation in criminal matters")),
    )
    shown = as_text(statistic("codes", open_package(folder)), width=80)
    (head,) = [line for line in shown.splitlines() if line.startswith("code ")]
    assert head.split() == ["code", "title", "1994", "1998", *map(str, range(2000, 2008)), "all"]


def test_a_window_that_is_too_narrow_for_a_table_gets_lists(tmp_path: Path) -> None:
    shown = as_text(statistic("summits", open_package(counted(tmp_path))), width=30)
    assert "summit_id: 1998-gamma\ncity: Gamma\nyear: 1998\ndocuments: 1\nmandates: 2\n" in shown


def test_a_long_name_is_broken_between_words_and_loses_none(tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(30)]
    long = with_rows("entities", ("long", "body", " ".join(words), ""))
    shown = as_text(statistic("entities", open_package(counted(tmp_path, entities=long))), width=80)
    assert [word for word in shown.split() if word.startswith("word")] == words


def test_what_a_terminal_would_obey_is_written_out(tmp_path: Path) -> None:
    evil = with_rows("entities", ("evil", "body", "\x1b[31mred\u202eevil<script>", "=1+1|x"))
    counted(tmp_path, entities=evil)
    text = run("stats", "entities", ".", cwd=tmp_path).stdout
    assert "\\x1b[31mred\\u202eevil<script>" in text
    assert "\x1b" not in text
    markdown = run("stats", "entities", ".", "--format", "markdown", cwd=tmp_path).stdout
    assert "&lt;script&gt;" in markdown
    assert "=1+1&#124;x" in markdown


def test_cells_of_the_csv_are_those_of_the_tables(tmp_path: Path) -> None:
    odd = with_rows("entities", ("odd", "body", 'a, "b"', "x"))
    counted(tmp_path, entities=odd)
    rows = list(csv.DictReader(io.StringIO(run("stats", "entities", ".", "--format", "csv", cwd=tmp_path).stdout)))
    assert {row["name"] for row in rows if row["entity_id"] == "odd"} == {'a, "b"'}


def test_counting_loads_neither_pandas_nor_matplotlib(tmp_path: Path) -> None:
    counted(tmp_path)
    done = run("stats", "codes", ".", cwd=tmp_path, PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert loaded.isdisjoint({"pandas", "numpy", "matplotlib"})
    assert "click" in loaded
