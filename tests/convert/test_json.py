"""JSON and JSON Lines have a descriptor beside them, by which they are read back strictly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exported_packages import field, out, refused, schema, shell, tree, write_package

from mandates_data.convert.formats import FORMATS
from mandates_data.convert.run import convert_back
from mandates_data.errors import MandatesDataError
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

PEOPLE = schema(
    field("id", constraints={"required": True}),
    field("rank", "integer"),
    field("size", "number"),
    field("active", "boolean"),
    field("since", "date"),
    field("tags", "list"),
    primaryKey="id",
    foreignKeys=[
        {"fields": ["id"], "reference": {"resource": "pets", "fields": ["owner"]}},
        {"fields": ["id"], "reference": {"resource": "", "fields": ["id"]}},
    ],
)
CONTENT = 'id,rank,size,active,since,tags\n"a ""é""",1,2,true,2001-04-20,"x,y"\nb,,-0.5,,,\n'
ROWS = [
    '{"id":"a \\"é\\"","rank":1,"size":2,"active":true,"since":"2001-04-20","tags":"x,y"}',
    '{"id":"b","rank":null,"size":-0.5,"active":null,"since":null,"tags":null}',
]
TABLES = {"people": (PEOPLE, CONTENT), "pets": (schema("owner", primaryKey="owner"), "owner\nb\n")}


def converted(folder: Path, name: str) -> Path:
    """The file of the table people, with its descriptor beside it."""
    package = write_package(
        folder / "p", TABLES, title="Staff", mandates_data={"rules": ["mandates"], "canonical": True}
    )
    return out(package, FORMATS[name], folder / "out") / f"people.{name}"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return converted(tmp_path, "json")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return converted(tmp_path, "jsonl")


def brought_back(path: Path) -> str:
    convert_back(path, path.parent / "back")
    return (path.parent / "back" / "people.csv").read_text(encoding="utf-8")


def one_line(path: Path) -> str:
    """The message on a damaged file, after which nothing is there that was not."""
    before = tree(path.parent)
    with pytest.raises(MandatesDataError) as error:
        convert_back(path, path.parent / "back")
    assert tree(path.parent) == before
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_table_is_an_array_with_a_row_a_line(people: Path) -> None:
    assert people.read_text(encoding="utf-8") == "[\n" + ",\n".join(ROWS) + "\n]\n"


def test_a_table_is_an_object_a_line(lines: Path) -> None:
    assert lines.read_text(encoding="utf-8") == "\n".join(ROWS) + "\n"


@pytest.mark.parametrize(("name", "mediatype"), [("json", "application/json"), ("jsonl", "application/jsonl")])
def test_the_descriptor_beside_is_that_of_the_package_with_the_new_files(
    tmp_path: Path, name: str, mediatype: str
) -> None:
    descriptor = json.loads((converted(tmp_path, name).parent / "datapackage.json").read_text(encoding="utf-8"))
    assert (descriptor["name"], descriptor["version"], descriptor["title"]) == ("small", "1.0.0", "Staff")
    assert descriptor["mandates_data"] == {"converted_to": name}
    table = descriptor["resources"][0]
    assert {key: table[key] for key in ("name", "path", "format", "mediatype", "encoding")} == {
        "name": "people",
        "path": f"people.{name}",
        "format": name,
        "mediatype": mediatype,
        "encoding": "utf-8",
    }
    assert table["schema"] == PEOPLE


def test_a_foreign_key_to_a_table_that_is_left_out_is_left_out_as_well(tmp_path: Path) -> None:
    package = write_package(tmp_path / "p", TABLES)
    shell("convert", package, "--to", "csv", "--table", "people", "-o", tmp_path / "out")
    (table,) = open_package(tmp_path / "out").resources
    assert [key.resource for key in table.schema.foreign_keys] == [None]


def test_only_plain_csv_is_said_to_be_canonical(tmp_path: Path) -> None:
    package = write_package(tmp_path / "p", TABLES, mandates_data={"rules": ["mandates"], "canonical": True})
    own = {}
    for name, more in (("csv", []), ("excel", ["--excel"])):
        shell("convert", package, "--to", "csv", *more, "-o", tmp_path / name)
        own[name] = json.loads((tmp_path / name / "datapackage.json").read_text(encoding="utf-8"))["mandates_data"]
    assert own == {"csv": {"canonical": True, "converted_to": "csv"}, "excel": {"converted_to": "csv"}}


def test_the_folder_of_csv_files_is_a_sound_package(tmp_path: Path) -> None:
    described = schema("id", field("n", "integer"), primaryKey="id")
    described["$schema"] = "https://datapackage.org/profiles/2.0/tableschema.json"
    package = write_package(tmp_path / "p", {"t": (described, '\ufeffid,n\r\n"b",2\r\na,1\r\n')})
    done = shell("convert", package, "--to", "csv", "-o", tmp_path / "out")
    assert done.returncode == 0
    report = validate(tmp_path / "out")
    assert report.sound
    assert (tmp_path / "out" / "t.csv").read_bytes() == b"id,n\na,1\nb,2\n"


def test_one_file_of_a_folder_comes_back_alone(people: Path) -> None:
    assert brought_back(people) == CONTENT
    assert set(tree(people.parent / "back")) == {"people.csv"}


@pytest.mark.parametrize(
    "text",
    [
        "[" + ",".join(ROWS) + "]",
        "\r\n [ \t" + " ,\r\n".join(reversed(ROWS)) + "\n\n]\n\n",
        json.dumps([json.loads(row) for row in ROWS], indent=4),
    ],
    ids=["tight", "loose", "indented"],
)
def test_an_array_may_be_laid_out_in_any_way(people: Path, text: str) -> None:
    people.write_text(text, encoding="utf-8", newline="")
    assert brought_back(people) == CONTENT


def test_values_as_other_programs_write_them_are_read(people: Path) -> None:
    people.write_text('[{"id": "a", "rank": 1.0, "size": 2.50, "tags": "x"}, {"id": "b"}]', encoding="utf-8")
    assert brought_back(people) == "id,rank,size,active,since,tags\na,1,2.5,,,x\nb,,,,,\n"


def test_an_array_longer_than_a_piece_is_read(people: Path) -> None:
    text = "é" * 700_000
    people.write_text(json.dumps([{"id": text}, {"id": "b"}], ensure_ascii=False), encoding="utf-8")
    assert brought_back(people) == f"id,rank,size,active,since,tags\nb,,,,,\n{text},,,,,\n"


DAMAGED: dict[str, tuple[str, str]] = {
    "nothing": ("", "after object 0: it does not begin with ["),
    "an object": ('{"id":"a"}', "is not a row"),
    "a text": ('"a"', "after object 0: it does not begin with ["),
    "no end": ('[{"id":"a"}', "after object 1: a comma or the final ] is missing."),
    "half a row": ('[{"id":"a"},{"id":"b"', "after object 1: Expecting ',' delimiter."),
    "a comma too many": ('[{"id":"a"},]', "after object 1: an object is expected, beginning with {."),
    "no comma": ('[{"id":"a"}{"id":"b"}]', "after object 1: a comma or the final ] is missing."),
    "more behind": ('[{"id":"a"}][]', "after object 1: something follows the array."),
    "a list in the list": ('[[{"id":"a"}]]', "after object 0: an object is expected, beginning with {."),
    "a name twice": ('[{"id":"a","id":"b"}]', "after object 0: an object has a name twice."),
    "NaN": ('[{"id":"a","size":NaN}]', "after object 0: NaN is no number of JSON."),
    "too deep": ('[{"id":' + "[" * 100_000, "after object 0: "),
    "another name": ('[{"id":"a","x":1}]', "object 1 is not a row of its table. Keep the names that the schema has."),
    "a number as text": ('[{"id":7}]', "object 1, id: expected a text, and found 7."),
    "a text as number": ('[{"id":"a","rank":"1"}]', "object 1, rank: expected a whole number, and found '1'."),
    "a yes": ('[{"id":"a","active":"yes"}]', "object 1, active: expected true or false, and found 'yes'."),
    "a yes as number": ('[{"id":"a","rank":true}]', "object 1, rank: expected a whole number, and found True."),
    "a half": ('[{"id":"a","rank":1.5}]', "expected a whole number in row 1, field rank."),
    "another date": ('[{"id":"a","since":"20/4/2001"}]', "expected a day such as 2009-04-19, and found '20/4/2001'."),
    "an object inside": ('[{"id":{}}]', "object 1, id: expected a text, and found {}."),
    "a null character": ('[{"id":"a\\u0000"}]', "expected a text without a null character in row 1, field id."),
    "half a character": ('[{"id":"a\\ud800"}]', "expected a text without half a character in row 1, field id."),
    "a long number": ('[{"id":"a","size":' + "9" * 400 + "}]", "expected a number that 64 bits hold exactly in row 1"),
    "an endless number": ('[{"id":"a","rank":' + "9" * 5000 + "}]", ""),
    "an infinite number": ('[{"id":"a","size":1e999}]', "expected a finite number in row 1, field size."),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_array_is_one_line(people: Path, case: str) -> None:
    text, message = DAMAGED[case]
    people.write_text(text, encoding="utf-8")
    if case == "an object":  # that is a descriptor, for all we know
        convert = ["convert", people, "--to", "csv", "-o", people.parent / "back"]
        assert shell(*convert).stderr.startswith("mandates-data: error: ")
    else:
        told = one_line(people)
        assert message in told
        assert str(people) in told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id":"a"}\n{"id":\n', "after object 1: Expecting value."),
        ('{"id":"a"}\n[]\n', "object 2 is not a row of its table."),
        ('{"id":"a"} {"id":"b"}\n', "after object 0: Extra data."),
        ("null\n", "object 1 is not a row of its table."),
        ('{"id":"a"}\n{"id":7}\n', "object 2, id: expected a text, and found 7."),
    ],
)
def test_damaged_lines_are_one_line(lines: Path, text: str, message: str) -> None:
    lines.write_text(text, encoding="utf-8")
    assert message in one_line(lines)


def test_empty_lines_between_rows_are_no_rows(lines: Path) -> None:
    lines.write_text("\n\r\n".join(["", *ROWS, " "]), encoding="utf-8", newline="")
    assert brought_back(lines) == CONTENT


@pytest.mark.parametrize("content", [b'[{"id":"\xff"}]', "[]".encode("utf-16")], ids=["Latin-1", "UTF-16"])
def test_an_array_in_another_encoding_is_one_line(people: Path, content: bytes) -> None:
    people.write_bytes(content)
    assert "is not UTF-8. Save it as UTF-8, or convert the package again." in one_line(people)


def test_damage_anywhere_makes_no_traceback(people: Path) -> None:
    whole = people.read_bytes()
    for start in range(1, len(whole) - 1):
        people.write_bytes(whole[:start])
        assert told(people) != ""
        people.write_bytes(whole[:start] + b"\x00}" + whole[start + 2 :])
        assert "\n" not in told(people)


def told(path: Path) -> str:
    """The message on a file that may be damaged; empty where it was brought back."""
    try:
        convert_back(path, path.parent / "back")
    except MandatesDataError as error:
        return str(error)
    return ""


def test_a_file_without_its_descriptor_is_one_line(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (people.parent / "datapackage.json").unlink()
    assert refused(capsys, people, "--to", "csv") == (
        f"There is no datapackage.json beside {people}, so the schema of its table is not known. "
        "Put the datapackage.json there that convert wrote with it."
    )


def test_a_file_that_the_descriptor_does_not_list_is_one_line(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = people.rename(people.with_name("other.json"))
    assert "does not list other.json. Convert the package again." in refused(capsys, other, "--to", "csv")
    assert "people.json" in refused(capsys, people.parent, "--to", "csv")


def edited(people: Path, change: Any) -> None:
    place = people.parent / "datapackage.json"
    descriptor = json.loads(place.read_text(encoding="utf-8"))
    change(descriptor["resources"][0])
    place.write_text(json.dumps(descriptor), encoding="utf-8")


@pytest.mark.parametrize("path", ["../secret.json", "/etc/passwd", "http://example.org/people.json"])
def test_a_descriptor_that_leads_out_of_the_folder_is_refused(
    people: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    (people.parent.parent / "secret.json").write_text("[]", encoding="utf-8")
    edited(people, lambda table: table.update(path=path))
    assert "path" in refused(capsys, people.parent, "--to", "csv", "-o", people.parent / "back")
    assert not (people.parent / "back").exists()


def test_a_format_that_is_not_read_back_is_one_line(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(people, lambda table: table.update(format="xml"))
    assert "people.json in" in refused(capsys, people.parent, "--to", "csv", "-o", people.parent / "back")
