"""SQLite holds the tables with their keys, and gives them back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from exported_packages import (
    AWKWARD,
    REAL,
    export,
    field,
    made_up,
    schema,
    there_and_back,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.convert import sqlite
from mandates_data.convert.tables import export_of
from mandates_data.errors import CapacityError, MandatesDataError, PackageError, TableError
from mandates_data.package.opening import open_package
from mandates_data.package.reader import read_rows

PEOPLE = schema(
    field("id", title="Person", description="Who it is.", constraints={"required": True}),
    field("boss"),
    field("rank", "integer", constraints={"minimum": 1, "maximum": 9}),
    field("kind", constraints={"enum": ["it's", "b"]}),
    field("size", "number", constraints={"exclusiveMinimum": 0.5}),
    field("since", "date", constraints={"minimum": "2000-01-01"}),
    field("active", "boolean"),
    field("code", constraints={"unique": True, "minLength": 2, "maxLength": 3}),
    primaryKey=["id"],
    uniqueKeys=[["boss", "rank"]],
    foreignKeys=[{"fields": ["boss"], "reference": {"resource": "", "fields": ["id"]}}],
)
ROWS = [
    ["b", "", "1", "it's", "1.5", "2001-04-20", "true", "07"],
    ["a", "b", "2", "b", "2", "2004-01-13", "false", "Élan"[:3]],
    ["c", "b", "3", "", "", "", "", ""],
]


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchall()


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A database of one table."""
    target = tmp_path / "people.sqlite"
    sqlite.write(export(tmp_path / "p", {"people": (PEOPLE, ROWS)}, title="Staff"), target)
    return target


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published tables as a database."""
    target = tmp_path_factory.mktemp("real") / "mandates.sqlite"
    sqlite.write(export_of(open_package(REAL)), target)
    return target


def refusal(tmp_path: Path, described: dict[str, Any], *rows: list[str]) -> MandatesDataError:
    with pytest.raises(MandatesDataError) as error:
        sqlite.write(export(tmp_path / "p", {"t": (described, rows)}), tmp_path / "x.sqlite")
    assert "\n" not in str(error.value)
    return error.value


def test_values_have_the_types_of_sqlite(people: Path) -> None:
    assert query(people, "SELECT * FROM people") == [
        ("b", None, 1, "it's", 1.5, "2001-04-20", 1, "07"),
        ("a", "b", 2, "b", 2.0, "2004-01-13", 0, "Éla"),
        ("c", "b", 3, None, None, None, None, None),
    ]
    assert query(people, "SELECT DISTINCT typeof(size), typeof(active) FROM people") == [
        ("real", "integer"),
        ("null", "null"),
    ]


def test_columns_say_their_type_and_whether_a_value_is_needed(people: Path) -> None:
    columns = query(people, "SELECT name, type, \"notnull\", pk FROM pragma_table_info('people')")
    assert columns == [
        ("id", "TEXT", 1, 1),
        ("boss", "TEXT", 0, 0),
        ("rank", "INTEGER", 0, 0),
        ("kind", "TEXT", 0, 0),
        ("size", "REAL", 0, 0),
        ("since", "TEXT", 0, 0),
        ("active", "INTEGER", 0, 0),
        ("code", "TEXT", 0, 0),
    ]


def test_a_reference_of_a_table_to_itself_is_a_foreign_key(people: Path) -> None:
    keys = query(people, 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(\'people\')')
    assert keys == [("people", "boss", "id")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "'a'"),
        ("id", "NULL"),
        ("boss", "'nobody'"),
        ("rank", "0"),
        ("rank", "10"),
        ("kind", "'c'"),
        ("size", "0.5"),
        ("since", "'1999-12-31'"),
        ("code", "'07'"),
        ("code", "'x'"),
        ("code", "'long'"),
    ],
)
def test_the_database_holds_the_rules_of_the_schema(people: Path, column: str, value: str) -> None:
    with closing(sqlite3.connect(people)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(f"UPDATE people SET {column} = {value} WHERE id = 'c'")


def test_two_fields_that_are_unique_together_are_so_in_the_database(people: Path) -> None:
    with closing(sqlite3.connect(people)) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE people SET rank = 2 WHERE id = 'c'")


def test_the_metadata_say_what_package_tables_and_fields_are(people: Path) -> None:
    assert ("title", "Staff") in query(people, "SELECT * FROM _package")
    assert ("version", "1.0.0") in query(people, "SELECT name, value FROM _package")
    ((position, name, text),) = query(people, 'SELECT position, name, "schema" FROM _tables')
    assert (position, name) == (1, "people")
    assert text.startswith('{"fields":[{"name":"id","type":"string","title":"Person"')
    assert query(people, 'SELECT "table", position, name, type, title, description FROM _fields LIMIT 2') == [
        ("people", 1, "id", "string", "Person", "Who it is."),
        ("people", 2, "boss", "string", "", ""),
    ]


def test_a_composite_reference_is_a_foreign_key_with_an_index(tmp_path: Path) -> None:
    target = tmp_path / "x.sqlite"
    parent = schema("a", field("b", "integer"), primaryKey=["a", "b"])
    keys = [{"fields": ["y", "x"], "reference": {"resource": "parent", "fields": ["b", "a"]}}]
    child = schema("x", field("y", "integer"), foreignKeys=keys)
    tables = {"child": (child, [["p", "1"], ["", ""]]), "parent": (parent, [["p", "1"]])}
    sqlite.write(export(tmp_path / "p", tables), target)
    found = query(target, 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(\'child\')')
    assert found == [("parent", "y", "b"), ("parent", "x", "a")]
    assert query(target, "PRAGMA foreign_key_check") == []
    assert query(target, "SELECT name FROM pragma_index_list('child')") == [("child_by_y_x",)]
    assert query(target, "SELECT name FROM pragma_index_info('child_by_y_x')") == [("y",), ("x",)]


def test_a_reference_that_sqlite_cannot_hold_is_told_in_the_fields(tmp_path: Path) -> None:
    target = tmp_path / "x.sqlite"
    keys = [{"fields": ["x"], "reference": {"resource": "parent", "fields": ["a"]}}]
    tables = {"child": (schema("x", foreignKeys=keys), [["p"]]), "parent": (schema("a"), [["p"]])}
    sqlite.write(export(tmp_path / "p", tables), target)
    assert query(target, "PRAGMA foreign_key_list(child)") == []
    assert query(target, "SELECT note FROM _fields WHERE note <> ''") == [
        ("not held by the database as a reference to parent: there, a is no key",)
    ]


def test_a_reference_to_a_table_that_is_left_out_is_told_in_the_fields(tmp_path: Path) -> None:
    target = tmp_path / "x.sqlite"
    keys = [{"fields": ["x"], "reference": {"resource": "parent", "fields": ["a"]}}]
    parent = schema("a", primaryKey=["a"])
    tables = {"child": (schema("x", foreignKeys=keys), [["p"]]), "parent": (parent, [["p"]])}
    sqlite.write(export(tmp_path / "p", tables, "child"), target)
    assert query(target, "SELECT note FROM _fields") == [
        ("not held by the database as a reference to parent: that table is not in the database",)
    ]
    assert [table.name for table in sqlite.read(target)] == ["child"]


def test_the_search_folds_case_and_accents(tmp_path: Path) -> None:
    target = tmp_path / "x.sqlite"
    rows = [["1", "Québec, 2001"], ["2", "Mar del Plata"], ["3", "Nuevo León"]]
    own = {"full_text": {"t": ["text"], "absent": ["text"]}}
    sqlite.write(export(tmp_path / "p", {"t": (schema("id", "text"), rows)}, mandates_data=own), target)
    search = "SELECT t.id FROM t_search JOIN t ON t.rowid = t_search.rowid WHERE t_search MATCH '{}'"
    assert query(target, search.format("quebec")) == [("1",)]
    assert query(target, search.format("LEÓN OR plata")) == [("2",), ("3",)]
    assert query(target, search.format("quebecois")) == []


def test_no_search_is_made_where_none_is_asked_for(people: Path) -> None:
    assert query(people, "SELECT name FROM sqlite_schema WHERE name LIKE '%search%'") == []


def test_the_published_tables_come_back_cell_by_cell(real: Path) -> None:
    package = open_package(REAL)
    tables = list(sqlite.read(real))
    assert [table.name for table in tables] == list(package.resource_names)
    for table in tables:
        cells = [record.cells for batch in read_rows(package, package.resource(table.name)) for record in batch]
        assert list(table.texts()) == cells


def test_the_published_database_is_sound(real: Path) -> None:
    assert query(real, "PRAGMA foreign_key_check") == []
    assert query(real, "PRAGMA integrity_check") == [("ok",)]
    assert query(real, "SELECT count(*) FROM mandates") == [(139,)]
    assert query(real, "SELECT count(*) FROM _fields WHERE note <> ''") == [(0,)]
    assert query(real, "INSERT INTO items_search (items_search) VALUES ('integrity-check')") == []
    assert ("name", "summits-of-the-americas-mandates") in query(real, "SELECT * FROM _package")
    found = query(real, "SELECT count(*) FROM mandates_search WHERE mandates_search MATCH 'trafico OR trafficking'")
    assert found[0][0] > 10


def test_the_same_package_gives_the_same_bytes(real: Path, tmp_path: Path) -> None:
    sqlite.write(export_of(open_package(REAL)), tmp_path / "again.sqlite")
    assert (tmp_path / "again.sqlite").read_bytes() == real.read_bytes()


def test_awkward_cells_come_back(tmp_path: Path) -> None:
    rows = [[text] for text in AWKWARD]
    assert there_and_back(sqlite.write, sqlite.read, {"t": (schema("a"), rows)}) == {"t": rows}


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)


@settings(deadline=None, max_examples=60)
@given(st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold), NAMES)
def test_any_name_of_a_field_or_table_is_written_as_it_is(fields: list[str], table: str) -> None:
    keys = {"primaryKey": fields[:1], "foreignKeys": [{"fields": fields[-1:], "reference": {"fields": fields[:1]}}]}
    row = ["a"] * len(fields)
    assert there_and_back(sqlite.write, sqlite.read, {table: (schema(*fields, **keys), [row])}) == {table: [row]}


def test_rows_stay_in_their_order_whatever_their_key(tmp_path: Path) -> None:
    described = schema(field("rowid", "integer"), primaryKey=["rowid"])
    rows = [["1"], ["10"], ["2"]]
    assert there_and_back(sqlite.write, sqlite.read, {"t": (described, rows)}) == {"t": rows}


def test_a_missing_value_that_is_no_empty_cell_comes_back() -> None:
    described = schema("a", field("n", "integer"), missingValues=["NA", "-"])
    rows = [["", "1"], ["NA", "NA"], ["null", "2"]]
    assert there_and_back(sqlite.write, sqlite.read, {"t": (described, rows)}) == {"t": rows}


def test_a_table_without_rows_comes_back() -> None:
    assert there_and_back(sqlite.write, sqlite.read, {"t": (schema("a"), [])}) == {"t": []}


def test_a_null_character_comes_back(tmp_path: Path) -> None:
    sqlite.write(made_up(tmp_path / "p", schema("a"), ("b\0c",)), tmp_path / "x.sqlite")
    (table,) = sqlite.read(tmp_path / "x.sqlite")
    assert list(table.rows) == [[["b\0c"]]]


def test_half_of_a_character_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CapacityError, match=r"^Table t, line 3, field b: .*ud800"):
        sqlite.write(made_up(tmp_path / "p", schema("a", "b"), ("a", "b"), ("a", "\ud800")), tmp_path / "x.sqlite")


def test_a_zero_with_a_sign_is_refused_since_sqlite_drops_the_sign(tmp_path: Path) -> None:
    error = refusal(tmp_path, schema(field("n", "number")), ["0"], ["-0"])
    assert isinstance(error, CapacityError)
    assert str(error).startswith("Table t, line 3, field n: ")


@pytest.mark.parametrize(
    ("described", "rows", "message"),
    [
        (schema("a", primaryKey=["a"]), [["x"], ["x"]], "Table t, line 3: another row has the same a."),
        (schema("a", primaryKey=["a"]), [["x"], [""]], "Table t, line 3: a has no value."),
        (schema(field("a", constraints={"required": True})), [[""]], "Table t, line 2: a has no value."),
        (
            schema(field("a", constraints={"enum": ["x"]})),
            [["y"]],
            "Table t, line 2: a holds a value that its schema does not allow.",
        ),
        (
            schema("a", "b", uniqueKeys=[["a", "b"]]),
            [["x", "y"], ["x", "y"]],
            "Table t, line 3: another row has the same a, b.",
        ),
        (
            schema("a", "b", primaryKey=["a"], foreignKeys=[{"fields": ["b"], "reference": {"fields": ["a"]}}]),
            [["x", "x"], ["y", "z"]],
            "Table t, row 2: it refers to a row of t that is not there.",
        ),
    ],
)
def test_an_unsound_table_is_refused_in_words(
    tmp_path: Path, described: dict[str, Any], rows: list[list[str]], message: str
) -> None:
    error = refusal(tmp_path, described, *rows)
    assert str(error) == f"{message} Nothing was written. Run: mandates-data validate"


def test_a_table_with_a_null_character_is_refused_before_it_comes_here(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path, schema("a", "b"), ["a\0", "b"]), TableError)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["T", "t"], "SQLite cannot tell the table t from the table T."),
        (["_tables"], "SQLite cannot tell the table _tables from the table _tables of this format."),
        (["a", "a_search_data"], "SQLite cannot tell the full-text index of a from the table a_search_data."),
        (["sqlite_a"], "SQLite keeps names such as sqlite_a for itself."),
        (["a\0"], "SQLite cannot hold the name of 'the table a\\x00'."),
    ],
)
def test_a_table_whose_name_sqlite_cannot_have_is_refused(tmp_path: Path, names: list[str], message: str) -> None:
    tables = {name: (schema("x"), [["1"]]) for name in names}
    made = export(tmp_path / "p", tables, mandates_data={"full_text": {"a": ["x"]}})
    with pytest.raises(CapacityError) as error:
        sqlite.write(made, tmp_path / "x.sqlite")
    assert error.value.message == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (["a", "A"], "Table t: SQLite cannot tell the fields a and A apart."),
        (["rowid", "OID", "_rowid_"], "Table t: SQLite cannot hold a table with the fields rowid, _rowid_ and oid."),
        (["a\0"], "SQLite cannot hold the name of 'the field a\\x00 of t'."),
    ],
)
def test_fields_that_sqlite_cannot_have_are_refused(tmp_path: Path, fields: list[str], message: str) -> None:
    assert refusal(tmp_path, schema(*fields)).message == message


def test_more_columns_than_sqlite_holds_are_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, schema(*(f"c{n}" for n in range(2001))))
    assert isinstance(error, CapacityError)
    assert error.message == "Table t has 2,001 fields; SQLite holds 2,000."


def test_a_search_over_a_field_that_is_not_there_is_refused(tmp_path: Path) -> None:
    made = export(tmp_path / "p", {"t": (schema("a"), [])}, mandates_data={"full_text": {"t": ["b"]}})
    with pytest.raises(PackageError, match=r"full_text lists 'b', which is no field of t\."):
        sqlite.write(made, tmp_path / "x.sqlite")


def test_a_search_over_a_field_whose_name_the_index_needs_is_refused(tmp_path: Path) -> None:
    made = export(tmp_path / "p", {"t": (schema("rank"), [])}, mandates_data={"full_text": {"t": ["rank"]}})
    with pytest.raises(CapacityError, match=r"full-text index of t.*reserved"):
        sqlite.write(made, tmp_path / "x.sqlite")


def test_a_full_disk_is_told_in_the_words_of_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(*args: Any, **more: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = connect(*args, **more)
        database.execute("PRAGMA max_page_count = 4")
        return database

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(OSError, match="database or disk is full"):
        sqlite.write(export(tmp_path / "p", {"t": (schema("a"), [["x" * 9000]])}), tmp_path / "x.sqlite")


@pytest.mark.parametrize(
    "content", [b"", b"PK\3\4 no database", b"SQLite format 3\0", b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_file_that_is_no_database_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(content)
    with pytest.raises(PackageError) as error:
        list(sqlite.read(path))
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_database_of_other_makers_is_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:
        database.execute("CREATE TABLE a (b)")
        database.commit()
    with pytest.raises(PackageError, match="was not written by mandates-data: it has no table _tables"):
        list(sqlite.read(tmp_path / "x.sqlite"))


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE people",
        "ALTER TABLE people RENAME COLUMN code TO other",
        "DROP TABLE _tables; CREATE TABLE _tables (x)",
        "UPDATE _tables SET \"schema\" = 'x'",
        "UPDATE _tables SET \"schema\" = x'00'",
        "UPDATE people SET active = 7 WHERE id = 'a'",
        "UPDATE people SET since = '2001-4-2' WHERE id = 'a'",
        "UPDATE people SET rank = 1.5 WHERE id = 'a'",
        "UPDATE people SET size = 'x' WHERE id = 'a'",
        "UPDATE people SET boss = CAST(x'ff' AS TEXT) WHERE id = 'a'",
        "UPDATE people SET boss = x'00' WHERE id = 'a'",
        "DROP TABLE people; CREATE VIEW people AS SELECT 1 AS id",
    ],
)
def test_a_database_that_was_changed_for_the_worse_is_one_line(people: Path, damage: str) -> None:
    with closing(sqlite3.connect(people)) as database:
        database.executescript(f"PRAGMA ignore_check_constraints = ON; PRAGMA legacy_alter_table = ON; {damage}")
    with pytest.raises(MandatesDataError) as error:
        [list(table.texts()) for table in sqlite.read(people)]
    assert str(people) in str(error.value)
    assert "\n" not in str(error.value)


def test_every_page_that_is_overwritten_is_found_or_does_no_harm(people: Path) -> None:
    whole = people.read_bytes()
    for start in range(100, len(whole), 512):
        people.write_bytes(whole[:start] + b"\xff" * 64 + whole[start + 64 :])
        assert one_line_or_read(people) in ("one line", ["people"])


def one_line_or_read(path: Path) -> str | list[str]:
    try:
        return [table.name for table in sqlite.read(path) if list(table.texts())]
    except MandatesDataError as error:
        return str(error) if "\n" in str(error) else "one line"


def test_a_changed_row_comes_back_changed(people: Path) -> None:
    with closing(sqlite3.connect(people)) as database:
        database.execute("UPDATE people SET rank = 9, size = 3 WHERE id = 'c'")
        database.commit()
    (table,) = sqlite.read(people)
    assert list(table.texts())[2] == ["c", "b", "9", "", "3", "", "", ""]


def test_a_table_can_be_read_after_the_others_were_listed(people: Path) -> None:
    tables = list(sqlite.read(people))
    assert [list(table.texts()) for table in tables] == [ROWS]
