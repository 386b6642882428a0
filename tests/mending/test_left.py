"""What is never mended: it stays as it stands, and is named with its place."""

import json
from pathlib import Path

import pytest
from mended_packages import fmt, left, package, table

from mandates_data.mending.run import mend
from mandates_data.package.opening import open_package

HEADER = "id,name,day\n"


@pytest.mark.parametrize(
    ("named", "content"),
    [
        (["conflict-markers 3"], HEADER + "a,x,\n<<<<<<< HEAD\nb,x,\n=======\nb,y,\n>>>>>>> mine\n"),
        (["conflict-markers 1"], "<<<<<<< HEAD\n" + HEADER + "=======\nid,day,name\n>>>>>>> mine\n"),
        (["two-tables 4"], HEADER + "b,x,\na,y,\n" + HEADER + "c,z,\n"),
        (["blank-line 3"], HEADER + "b,x,\n\na,y,\n"),
        (["empty-rows 3"], HEADER + "b,x,\n,,\na,y,\n"),
        (["index-column 1"], ",id,name,day\n0,b,x,\n1,a,y,\n"),
        (["json-file -"], '[{"id": "a"}]\n'),
        (["row-too-short 3"], HEADER + "b,x,\na,y\n"),
        (["row-too-long 2"], HEADER + "b,Lima, Peru,\na,y,\n"),
        (["row-too-long 2"], HEADER + "b,x,,,\na,y,\n"),
        (["unclosed-quote 2"], HEADER + 'b,"x,\na,y,\n'),
        (["text-after-quote 2"], HEADER + 'b,"x"y,\na,y,\n'),
        (["null-character 2"], HEADER + "b,x\0,\na,y,\n"),
        (["unnamed-column 3"], "id,name,day,\nb,x,,\na,y,,note\n"),
        (["header 1"], "id,name\nb,x\na,y\n"),
        (["header 1"], "id,name,day,more\nb,x,,1\na,y,,2\n"),
        (["header 1", "header 1"], "id,name,name\nb,x,y\n"),
        (["header 1"], "b,x,2001-01-01\na,y,\n"),
        (["web-page -"], "<!DOCTYPE html>\n<html>\n"),
        (["empty-file -"], ""),
        (["not-text -"], b"PK\3\4\x14\0\6\0\xff\xff"),
        (["not-text -"], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 8),
        (["encoding 3"], HEADER.encode() + b"b,x,\na,Qu\xe9bec,\n"),
        (["encoding 2"], HEADER.encode("utf-16-le") + "é,x,\n".encode("utf-16-le")),
        (["carriage-return 2"], HEADER + 'b,"x\r\ny",\na,y,\n'),
        (["carriage-return 2"], HEADER + 'b,"x\ry",\na,y,\n'),
    ],
)  # fmt: skip
def test_a_file_in_doubt_is_left_untouched_and_its_cause_is_named(
    named: list[str], content: bytes | str, tmp_path: Path
) -> None:
    folder = package(tmp_path, content)
    before = (folder / "t.csv").read_bytes()
    mending = fmt(folder)
    found = table(mending)
    assert (found.state, left(found)) == ("left", named)
    assert (folder / "t.csv").read_bytes() == before
    assert mending.left >= 1
    assert found.left[0].message.endswith(".")
    assert found.left[0].mend


def test_the_header_of_another_table_is_no_row(tmp_path: Path) -> None:
    folder = package(tmp_path, HEADER + "b,x,\ncity,country,note\na,y,\n")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = ("city", "country", "note")
    other = {"name": "u", "path": "u.csv", "schema": {"fields": [{"name": name} for name in names]}}
    descriptor["resources"].append(other)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (folder / "u.csv").write_text("city,country,note\n", encoding="utf-8")
    assert [left(found) for found in fmt(folder).tables] == [["two-tables 3"], []]


def test_two_causes_are_two_entries_each_with_its_count(tmp_path: Path) -> None:
    found = table(fmt(package(tmp_path, HEADER + "b,x\n\na,y,,z\nc,x\n")))
    assert [(one.kind, one.place.line, one.count) for one in found.left] == [
        ("blank-line", 3, 1),
        ("row-too-short", 2, 2),
        ("row-too-long", 4, 1),
    ]


def test_semicolons_are_not_believed_where_a_row_does_not_fit(tmp_path: Path) -> None:
    found = table(fmt(package(tmp_path, "id;name;day\nb;x;\na;y;z;\n")))
    assert (found.state, left(found)) == ("left", ["row-too-long 3"])


def test_semicolons_are_not_believed_in_one_column(tmp_path: Path) -> None:
    found = table(fmt(package(tmp_path, "a\nx, y\nz\n", [{"name": "a"}], primaryKey=None)))
    assert (found.state, left(found)) == ("left", ["row-too-long 2"])


def test_rows_with_the_same_key_are_both_kept_and_named(tmp_path: Path) -> None:
    folder = package(tmp_path, HEADER + "b,x,\na,2,\nc,,\na,1,\n")
    mending = fmt(folder)
    assert (folder / "t.csv").read_bytes() == b"id,name,day\na,1,\na,2,\nb,x,\nc,,\n"
    (named,) = table(mending).left
    assert (named.kind, named.code, named.message) == ("duplicate-key", "MD305", 'Two rows have the key "a".')
    assert (named.place.line, named.place.new_line, named.place.row_key) == (3, 3, "a")
    assert mending.left == 1


def test_an_ambiguous_date_stays_and_is_named_whether_or_not_the_file_is_canonical(tmp_path: Path) -> None:
    for rows, line in (("a,x,\nb,y,04/06/2009\n", 3), ("b,y,04/06/2009\na,x,\n", 2)):
        mending = fmt(package(tmp_path / str(line), HEADER + rows))
        (named,) = table(mending).left
        assert (tmp_path / str(line) / "t.csv").read_text() == HEADER + "a,x,\nb,y,04/06/2009\n"
        assert (named.code, named.place.line, named.place.column, named.seen) == ("MD204", line, 3, "04/06/2009")
        assert "4 June or 6 April" in named.message
        assert mending.left == 1


def test_garbled_letters_are_named_where_no_base_can_tell(tmp_path: Path) -> None:
    mending = fmt(package(tmp_path, HEADER + "a,QuÃ©bec,\n"))
    (named,) = table(mending).left
    assert (named.kind, named.code, named.place.line, named.place.column) == ("left-by-a-program", "MD231", 2, 2)
    assert (mending.left, mending.changed) == (1, ())


def test_many_cells_of_one_kind_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"{number:03},x,soon\n" for number in range(100))
    mending = fmt(package(tmp_path, HEADER + rows))
    assert len(table(mending).left) == 21
    assert mending.left == 100


def test_a_table_that_its_descriptor_wants_otherwise_is_left_without_blame(tmp_path: Path) -> None:
    content = "id;name;day\nb;x;\na;y;\n"
    mending = fmt(package(tmp_path, content, dialect={"delimiter": ";"}))
    (named,) = table(mending).left
    assert (table(mending).state, named.message, mending.left) == (
        "other-form", "Its descriptor states semicolons between columns, where canonical form has commas.", 0,
    )  # fmt: skip
    assert (tmp_path / "t.csv").read_text() == content


@pytest.mark.parametrize(
    "more",
    [
        {"dialect": {"delimiter": ";"}},
        {"dialect": {"header": False}},
        {"dialect": {"quoteChar": "'"}},
        {"dialect": {"escapeChar": "\\"}},
        {"dialect": {"commentChar": "#"}},
        {"dialect": {"skipInitialSpace": True}},
        {"encoding": "cp1252"},
        {"format": "json"},
        {"fields": []},
        {"primaryKey": ["no"]},
    ],
)
def test_a_descriptor_that_promises_canonical_form_and_states_another_is_named(
    more: dict[str, object], tmp_path: Path
) -> None:
    folder = package(tmp_path, "id,name,day\r\nb,x,\r\n", own={"canonical": True}, **more)
    mending = fmt(folder)
    assert (table(mending).state, mending.left) == ("other-form", 1)
    assert (tmp_path / "t.csv").read_bytes() == b"id,name,day\r\nb,x,\r\n"


def test_stated_windows_line_ends_are_kept_unless_canonical_form_is_promised(tmp_path: Path) -> None:
    content = "id,name,day\r\na,x,\r\n"
    stated = {"lineTerminator": "\r\n"}
    assert table(fmt(package(tmp_path / "a", content, dialect=stated))).state == "other-form"
    assert table(fmt(package(tmp_path / "b", content, dialect=stated, own={"canonical": True}))).state == "mended"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = package(tmp_path, HEADER)
    (folder / "t.csv").unlink()
    assert left(table(mend(open_package(folder)))) == ["file-missing -"]


def test_two_tables_in_one_file_are_left(tmp_path: Path) -> None:
    folder = package(tmp_path, HEADER + "b,x,\na,y,\n")
    text = (folder / "datapackage.json").read_text()
    resource = text[text.index('{"name": "t"') : text.rindex("]")]
    (folder / "datapackage.json").write_text(
        text.replace(resource, resource + "," + resource.replace('"name": "t"', '"name": "u"'))
    )
    mending = fmt(folder)
    assert [found.state for found in mending.tables] == ["left", "left"]
    assert (folder / "t.csv").read_text() == HEADER + "b,x,\na,y,\n"
