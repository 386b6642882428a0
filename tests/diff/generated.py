"""Generated packages for the laws: tables, fields, keys and rows that come, go and change."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from mandates_data.diff.changeset import Description
from mandates_data.diff.content import PackageContent, TableContent, canonical_files, in_canonical_order
from mandates_data.diff.content import package_in_memory as package_in_memory  # noqa: PLC0414 - for the tests

FIELDS = ("id", "lang", "a", "b", "c")
NASTY = ("", "x", "7", "007", "NULL", "-", "→", "a,b", 'say "yes"', "é", "e\u0301", "😀", " ", "\u2028", "\ufeff", "\n")
cells = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
short = st.sampled_from(["1", "2", "3", "4", "a b", "ñ"])
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)


@st.composite
def shuffled_dict(draw: Any, items: dict[str, Any]) -> dict[str, Any]:
    """The same members in any order."""
    return {name: items[name] for name in draw(st.permutations(list(items)))}


@st.composite
def field(draw: Any, name: str) -> dict[str, Any]:
    members: dict[str, Any] = {"name": name, "type": draw(st.sampled_from(["string", "string", "integer", "any"]))}
    if draw(st.booleans()):
        members["title"] = draw(st.sampled_from(["A", "B"]))
    if draw(st.booleans()):
        members["constraints"] = draw(shuffled_dict({"required": False, "maxLength": draw(st.integers(5, 6))}))
    return draw(shuffled_dict(members))


@st.composite
def tables(draw: Any, name: str, key: tuple[str, ...] | None = None) -> TableContent:
    """A table whose primary key is this one, or any, or none."""
    wanted = draw(st.sampled_from([("id",), ("id",), ("id", "lang"), ("lang", "id"), ()])) if key is None else key
    optional = [each for each in FIELDS if each not in wanted]
    chosen = [*wanted, *draw(st.lists(st.sampled_from(optional), unique=True, max_size=3))]
    columns = tuple(draw(st.permutations(chosen or ["a"])))
    schema: dict[str, Any] = {"fields": [draw(field(each)) for each in columns]}
    if wanted:
        schema["primaryKey"] = list(wanted)
    if draw(st.booleans()):
        schema["missingValues"] = draw(st.sampled_from([[""], ["", "-"], ["-"]]))
    schema = draw(shuffled_dict(schema))
    rows = draw(st.lists(st.tuples(*(short if each in wanted else cells for each in columns)), max_size=6))
    places = [columns.index(each) for each in wanted]
    if wanted:
        rows = list({tuple(row[place] for place in places): row for row in rows}.values())
    return TableContent(name, draw(descriptions(name, schema, columns)), in_canonical_order(rows, columns, wanted))


@st.composite
def descriptions(draw: Any, name: str, schema: dict[str, Any], columns: tuple[str, ...]) -> Description:
    """Schema and dialect stand in the descriptor or in files; sizes and digests are there or not."""
    path = draw(st.sampled_from([f"data/{name}.csv", f"{name}.csv"]))
    members: dict[str, Any] = {
        "name": name,
        "path": path,
        "schema": draw(st.sampled_from([None, f"schemas/{name}.json"])),
    }
    if draw(st.booleans()):
        members |= {"bytes": None, "hash": draw(st.sampled_from(["sha256:", "", "sha1:"]))}
    dialect: dict[str, Any] = {}
    if draw(st.booleans()):
        members["dialect"] = draw(st.sampled_from([None, f"{name}.dialect.json"]))
        dialect = draw(shuffled_dict({"delimiter": ",", "quoteChar": '"'}))
    if draw(st.booleans()):
        members["title"] = draw(st.sampled_from(["T", "U"]))
    return Description(draw(shuffled_dict(members)), schema, dialect, columns)


@st.composite
def packages(draw: Any, key: tuple[str, ...] | None = None) -> PackageContent:
    """A package of one to three tables, with a descriptor in any order."""
    names = draw(st.lists(st.sampled_from(["t", "u", "v"]), unique=True, min_size=1, max_size=3))
    members: dict[str, Any] = {
        "resources": names,
        **draw(st.dictionaries(st.sampled_from(["title", "x", "a/b", "~"]), values, max_size=3)),
    }
    members["name"] = draw(st.sampled_from(["p", "q"]))
    return PackageContent(draw(shuffled_dict(members)), tuple(draw(tables(name, key)) for name in names))


@st.composite
def edited(draw: Any, content: PackageContent, *, keys: bool = True) -> PackageContent:
    """The package after some edits; `keys` says whether primary keys may change too."""
    listed = [draw(edited_tables(table, keys=keys)) for table in content.tables if draw(st.integers(0, 5))]
    fresh = draw(st.sampled_from(["t", "u", "v"]))
    if not listed or (fresh not in {table.name for table in listed} and not draw(st.integers(0, 3))):
        listed.append(draw(tables(fresh, None if keys else (_key(content.tables[0]) or ()))))
    names = draw(st.permutations([table.name for table in listed])) if draw(st.booleans()) else None
    ordered = {table.name: table for table in listed}
    chosen = list(ordered) if names is None else names
    descriptor = {**content.descriptor, "resources": chosen}
    if draw(st.booleans()):
        descriptor["title"] = draw(values)
    return PackageContent(descriptor, tuple(ordered[name] for name in chosen))


def _key(table: TableContent) -> tuple[str, ...]:
    return tuple(table.description.schema.get("primaryKey", ()))


@st.composite
def edited_tables(draw: Any, table: TableContent, *, keys: bool) -> TableContent:
    """The table after some edits of rows, cells, fields and what is said of it."""
    key, schema = _key(table), dict(table.description.schema)
    if draw(st.integers(0, 2)) == 0:
        schema["fields"] = draw(edited_fields(schema["fields"], key))
    columns = tuple(each["name"] for each in schema["fields"])
    rows = draw(edited_rows(table, columns, key))
    if keys and draw(st.integers(0, 4)) == 0:
        key = draw(st.sampled_from([(), columns[:1], columns[:2], columns[1::-1]]))
        schema.pop("primaryKey", None)
        schema |= {"primaryKey": list(key)} if key else {}
    if key:
        rows = list({tuple(row[name] for name in key): row for row in rows}.values())
    listed = in_canonical_order([tuple(row[name] for name in columns) for row in rows], columns, key)
    description = table.description
    if draw(st.booleans()):
        description = draw(descriptions(table.name, schema, columns))
    return TableContent(table.name, dataclasses.replace(description, schema=schema, columns=columns), listed)


@st.composite
def edited_fields(draw: Any, listed: list[dict[str, Any]], key: tuple[str, ...]) -> list[dict[str, Any]]:
    """Fields that came, went or moved; those of the key stay."""
    fields = {each["name"]: each for each in listed}
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=2)):
        if name not in fields:
            fields[name] = draw(field(name))
        elif name not in key and len(fields) > 1:
            del fields[name]
    return [fields[name] for name in draw(st.permutations(list(fields)))]


@st.composite
def edited_rows(draw: Any, table: TableContent, columns: tuple[str, ...], key: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows that came, went or changed."""
    kept = [
        dict(zip(table.description.columns, row, strict=True)) for row in table.rows or () if draw(st.integers(0, 5))
    ]
    rows = [{name: row.get(name, "") for name in columns} for row in kept]
    for row in rows:
        for name in draw(st.sets(st.sampled_from(columns), max_size=2)):
            row[name] = draw(short if name in key else cells)
    come = range(draw(st.integers(0, 2)))
    return [*rows, *({name: draw(short if name in key else cells) for name in columns} for _ in come)]


@st.composite
def chains(draw: Any, length: int, *, key: tuple[str, ...] | None = None) -> list[PackageContent]:
    """Packages, each an edit of the one before, or of the first one. With a `key` their tables all have that one."""
    found = [draw(packages(key))]
    while len(found) < length:
        found.append(draw(edited(draw(st.sampled_from([found[-1], found[-1], found[0]])), keys=key is None)))
    return found


def files(content: PackageContent) -> dict[str, bytes]:
    """The files of a package."""
    return canonical_files(content, "datapackage.json")
