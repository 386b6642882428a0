"""Blocks on the package itself: its tables with their counts, and every field with its rules."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

from mandates_data.mandates.doubts import read_doubts
from mandates_data.package.model import Field, Package, Resource, Schema
from mandates_data.package.opening import open_package

from .blocks import table

ROOT = Path(__file__).resolve().parent.parent.parent
TRIMMED = r"(\S|\S.*\S)"
"""The pattern of the schemas for a text without a blank at either end."""


def tables(argument: str, content: str) -> str:
    """The list of tables: rows, and what a row is. The argument is the way from the page to the package's folder."""
    del content
    start = f"{argument}/" if argument else ""
    package = open_package(ROOT)
    return table(
        ("table", "rows ", "what a row is"),
        [
            (f"[`{one.name}`]({start}{one.path})", f"{rows(one):,}", one.description.split(". ")[0].rstrip("."))
            for one in package.resources
        ],
    )


def fields(argument: str, content: str) -> str:
    """A chapter a table: its keys and its columns."""
    del argument, content
    package = open_package(ROOT)
    return "\n\n".join(chapter(package, resource) for resource in package.resources)


def weaknesses(argument: str, content: str) -> str:
    """The weaknesses that the descriptor names, a point each; pages of `docs` that they name are linked."""
    del argument, content
    listed = open_package(ROOT).setting("weaknesses")
    return "\n".join(f"- **{one['title']}.** {_PAGE.sub(_linked, one['text'])}" for one in listed)


_PAGE = re.compile(r"docs/([a-z-]+\.md)")


def _linked(found: re.Match[str]) -> str:
    return f"[{found[1]}]({found[1]})"


def doubts(argument: str, content: str) -> str:
    """The doubts on the archived page as a table."""
    del argument, content
    return table(
        ("line", "row", "printed", "why it is doubtful", "what would settle it"),
        [
            (one.source_line, f"`{one.row_id}`", f"\u201c{one.printed}\u201d", one.why, one.settles)
            for one in read_doubts(open_package(ROOT))
        ],
    )


def subtopics(argument: str, content: str) -> str:
    """A chapter a code of the codebook, with how many mandates have it as adjudicated."""
    del argument, content
    given = [row for row in _table("mandate_subtopics") if row["coder"] == "adjudicated"]
    return "\n\n".join(
        _code_chapter(row, [one for one in given if one["code"] == row["code"]]) for row in _table("subtopics")
    )


def _code_chapter(row: dict[str, str], given: list[dict[str, str]]) -> str:
    primary = sum(one["rank"] == "1" for one in given)
    lines = (
        f"### `{row['code']}`: {row['title']}\n",
        f"{row['definition']} Given to {len(given)}, primary in {primary}.\n",
        f"- belongs here: {row['includes']}",
        f"- does not: {row['excludes']}",
        f"- example: `{row['example']}`",
    )
    return "\n".join(lines)


def _table(name: str) -> list[dict[str, str]]:
    with (ROOT / open_package(ROOT).resource(name).path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def chapter(package: Package, resource: Resource) -> str:
    """One table's chapter."""
    schema = resource.schema
    del package
    parts = [
        f"### `{resource.name}`",
        f"{resource.description} {_count(rows(resource))} in `{resource.path}`.",
        "\n".join(f"- {line}" for line in keys(schema)),
        table(
            ("column", "type", "what it says", "rules", "example"),
            [
                (
                    f"`{field.name}`",
                    field.type,
                    field.description or field.title,
                    "; ".join(rules(field)) or "may be empty",
                    _code(field.example),
                )
                for field in schema.fields
            ],
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def keys(schema: Schema) -> list[str]:
    """The keys of a table, a line each."""
    lines = [f"Key: {_names(schema.primary_key)}"] if schema.primary_key else []
    lines += [f"No two rows share {_names(names)}" for names in schema.unique_keys]
    lines += [
        f"{_names(key.fields)} names a row of `{key.resource}` by its {_names(key.reference_fields)}"
        if key.resource
        else f"{_names(key.fields)} names another row of this table by its {_names(key.reference_fields)}"
        for key in schema.foreign_keys
    ]
    return lines


def rules(field: Field) -> list[str]:
    """What a cell of the field must keep to, in words."""
    limits = field.constraints
    lines = ["never empty"] if limits.required else []
    if limits.unique:
        lines.append("no value twice")
    if limits.enum is not None:
        lines.append("one of " + ", ".join(_code(value) for value in limits.enum))
    elif field.categories is not None:
        lines.append("one of " + ", ".join(_code(_category(value)) for value in field.categories))
    if limits.pattern is not None:
        lines.append("no blank at either end" if limits.pattern == TRIMMED else f"spelled as {_code(limits.pattern)}")
    more, less = ("later", "earlier") if field.type in ("date", "datetime", "time") else ("more", "less")
    for words, value in (
        ("at least {} long", limits.min_length),
        ("at most {} long", limits.max_length),
        (f"{{}} or {more}", limits.minimum),
        (f"{{}} or {less}", limits.maximum),
        ("more than {}", limits.exclusive_minimum),
        ("less than {}", limits.exclusive_maximum),
    ):
        if value is not None:
            lines.append(words.format(value))
    return lines


def rows(resource: Resource) -> int:
    """How many rows the table's file has, by the csv module alone."""
    with (ROOT / resource.path).open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file, strict=True)) - 1


def _category(value: Any) -> object:
    return value["value"] if isinstance(value, dict) else value


def _count(number: int) -> str:
    return "No row yet" if number == 0 else "One row" if number == 1 else f"{number:,} rows"


def _names(names: tuple[str, ...]) -> str:
    return " + ".join(f"`{name}`" for name in names)


def _code(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"``{text}``" if "`" in text else f"`{text}`"
