from __future__ import annotations

import io

import pytest
from diffed_packages import package, schema, write_package

from mandates_data.diff.changeset import CellChange, Changeset, Comparison, ResourceChange, RowChange, Side
from mandates_data.diff.changeset_file import as_comparison
from mandates_data.diff.compare import compare
from mandates_data.package.opening import open_package
from mandates_data.render.changeset_text import write_text
from mandates_data.render.shown_texts import around_difference, quoted


def text_of(comparison: Comparison, **how: bool) -> str:
    out = io.StringIO()
    differs = write_text(comparison, out, **how)
    assert differs == (out.getvalue() != "no changes\n")
    return out.getvalue()


def test_the_same_packages_have_no_changes(tmp_path):
    same = package(tmp_path, "id,a,b\n1,x,\n")
    assert text_of(compare(same, same)) == "no changes\n"


LONG = "We reaffirm our commitment to cooperate against all forms of crime " * 2


def test_a_changeset_reads_as_counts_then_rows(tmp_path):
    old_schema = schema(
        ["id", "text", {"name": "n", "type": "integer"}, "v", {"name": "gone", "type": "integer"}],
        missingValues=["", "-"],
    )
    new_schema = schema(
        ["id", {"name": "text", "constraints": {"maxLength": 999}}, {"name": "n", "type": "integer"}, "v", "come"],
        missingValues=["", "-"],
    )
    old = f"id,text,n,v,gone\n1,{LONG}end.,7,,\n2,x,1,y,3\n3,a,,,\n4,same,1,,5\n"
    new = f"id,text,n,v,come\n1,{LONG}End.,007,w,\n2,z,1,-,q\n4,same,1,,p\n5,é,2,,\n6,,,,\n"
    tables = [
        {"mandates": (old_schema, old), "went": (schema(["id"]), "id\n9\n"), "same": (schema(["id"]), "id\n1\n")},
        {"mandates": (new_schema, new), "came": (schema(["id"]), "id\n"), "same": (schema(["id"]), "id\n1\n")},
    ]
    packages = [
        open_package(write_package(tmp_path / side, side_tables, **metadata))
        for side, side_tables, metadata in zip(
            "on", tables, ({"title": "Old"}, {"version": "1.1.0", "keywords": ["a"]}), strict=True
        )
    ]
    assert text_of(compare(*packages)) == (
        "package: 3 properties changed\n"
        '  + keywords: ["a"]\n'
        '  - title: "Old"\n'
        '  ~ version: "1.0.0" -> "1.1.0"\n'
        "came: table added, 0 rows\n"
        "mandates: 2 rows added, 1 row removed, 2 rows changed (2 cells changed, 1 cell filled, 1 cell cleared, "
        "1 cell spelled otherwise), 4 changes of the schema\n"
        "  + field come (string), 2 values\n"
        "  - field gone (integer), 2 values\n"
        '  + field text, constraints: {"maxLength": 999}\n'
        '  - field text, type: "string"\n'
        "~ mandates 1\n"
        '    n: "7" -> "007" (the same value, spelled otherwise)\n'
        "    text: …rate against all forms of crime [-end-]{+End+}.\n"
        '    v: "" -> "w" (filled)\n'
        "~ mandates 2\n"
        '    come: "" -> "q" (the field is new)\n'
        '    gone: "3" -> "" (the field is gone)\n'
        '    text: "x" -> "z"\n'
        '    v: "y" -> "-" (cleared)\n'
        "- mandates 3\n"
        '    id: "3"\n'
        '    text: "a"\n'
        "+ mandates 5\n"
        '    id: "5"\n'
        '    text: "é"\n'
        '    n: "2"\n'
        "+ mandates 6\n"
        '    id: "6"\n'
        "went: table removed, 1 row\n"
        "- went 9\n"
        '    id: "9"\n'
    )


def a_comparison(*rows: RowChange, name: str = "t") -> Comparison:
    return as_comparison(Changeset(Side(), Side(), (), (ResourceChange(name, key=("id",), rows=rows),)))


def test_nothing_in_a_cell_reaches_the_terminal_as_a_command_or_stays_unseen():
    nasty = '\x1b[31m\r\n\t\x00\u202e\u200b\u2028\xa0\ud800\\"é'
    text = text_of(a_comparison(RowChange("changed", ("\x07",), (CellChange("a\n", "", nasty, "filled"),))))
    assert text == (
        "t: 1 row changed (1 cell filled)\n"
        "~ t \\x07\n"
        '    a\\n: "" -> "\\x1b[31m\\r\\n\\t\\x00\\u202e\\u200b\\u2028\\xa0\\ud800\\\\\\"é" (filled)\n'
    )


def test_colour_is_on_the_lines_that_name_what_differs():
    rows = (
        RowChange("added", ("1",), row={"id": "1"}),
        RowChange("removed", ("2",), row={"id": ""}),
        RowChange("changed", ("3",), (CellChange("a", "x", "y"),)),
    )
    assert text_of(a_comparison(*rows), colour=True) == (
        "t: 1 row added, 1 row removed, 1 row changed (1 cell changed)\n"
        "\x1b[32m+ t 1\x1b[0m\n"
        '    id: "1"\n'
        "\x1b[31m- t 2\x1b[0m\n"
        "\x1b[33m~ t 3\x1b[0m\n"
        '    a: "x" -> "y"\n'
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a", "b", ("a", "b")),
        ("x" * 72, "y" * 72, ("x" * 72, "y" * 72)),
        ("x" * 73, "y", ("x" * 72 + "…", "y")),
        ("x" * 30 + "1" + "y" * 72, "x" * 30 + "2", ("…" + "x" * 24 + "1" + "y" * 47 + "…", "…" + "x" * 24 + "2")),
        ("z" * 100, "z" * 101, ("…" + "z" * 24, "…" + "z" * 25)),
    ],
)
def test_long_texts_are_cut_to_where_they_begin_to_differ(old, new, expected):
    assert around_difference(old, new) == expected


def test_a_column_outside_the_schema_is_told_with_its_values(tmp_path):
    loose = schema(["id"], fieldsMatch="subset")
    pair = [package(tmp_path / str(n), text, loose) for n, text in enumerate(("id\n1\n", "id,x\n1,q\n"))]
    assert text_of(compare(*pair)) == (
        "t: 1 change of the schema\n  ~ column x, which the schema does not name, came or went with 1 value\n"
    )


def test_quotes_inside_a_text_are_told_from_those_around_it():
    assert quoted('say "yes"\\') == '"say \\"yes\\"\\\\"'
