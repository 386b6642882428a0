"""Whether a text can stand in its cell: what the schema asks of it, judged before anything is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ...package.model import Field, ForeignKey, Package, Resource
from ...package.reader import read_rows
from ...validate import codes_cell
from ...validate.cells import Column
from ...validate.findings import quoted
from ..signs import name_of
from .lookup import Cell
from .values import MOST

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing, so that a text reads otherwise than it is."""


def hidden_sign(text: str, before: str = "", *, every: bool = False) -> str | None:
    """The name of the first control character or mark of direction that did not stand in the text before; else None.

    With `every`, the other signs that leave no mark count too (a soft hyphen, a joiner, a blank of no width), which
    some languages need.

    >>> hidden_sign("safe" + chr(0x202E)), hidden_sign("safe")
    ('RIGHT-TO-LEFT OVERRIDE (U+202E)', None)
    """
    for sign in text:
        odd = sign in _DIRECTIONS or unicodedata.category(sign) in (("Cc", "Cs", "Cf") if every else ("Cc", "Cs"))
        if odd and sign not in before:
            return name_of(sign)
    return None


def faults_of_text(what: str, text: str, before: str = "") -> Iterator[str]:
    """Why no cell of a table should hold this text, each as a sentence. `what` begins it: "The reason"."""
    if len(text) > MOST:
        yield f"{what} has {len(text):,} characters, and a cell has at most {MOST:,}: shorten it."
    elif "\n" in text or "\r" in text:
        yield f"{what} has a line break, which no cell holds: write it on one line."
    elif sign := hidden_sign(text, before):
        yield f"{what} has a sign that nobody sees, {sign}: take it out."


def faults_of_cell(what: str, resource: Resource, field: Field, text: str) -> Iterator[str]:
    """Why the schema does not let this text stand in the field, each as a sentence."""
    rule = codes_cell.REQUIRED if field.constraints.required else None
    for problem in Column(field, resource.schema, rule).problems(text):
        if problem.rule is codes_cell.REQUIRED:
            yield f"{what} is missing: every row of {resource.name} needs a value in {field.name}."
        else:
            said = problem.message.rstrip(".")
            yield f"{what} cannot stand in {field.name}: {said}; {_lower(problem.mend)}"


def faults_of_value(package: Package, cell: Cell, text: str) -> Iterator[str]:
    """Why the cell cannot hold this text: its type and rules, its references, and what has to stand once only."""
    what = "The corrected value"
    found = [*faults_of_text(what, text, cell.text)] or [*faults_of_cell(what, cell.resource, cell.field, text)]
    yield from found
    if found or text in cell.resource.schema.missing_values_of(cell.field):
        return
    names = cell.resource.schema.field_names
    row = dict(zip(names, cell.row, strict=True)) | {cell.field.name: text}
    for reference in cell.resource.schema.foreign_keys:
        if cell.field.name in reference.fields and not _leads_somewhere(package, cell.resource, reference, row):
            target = reference.resource or cell.resource.name
            yield f"{what} names no row of {target}, {quoted(text)}: write an identifier that stands there."
    alone = [(cell.field.name,)] if cell.field.constraints.unique else []
    for fields in (*alone, *cell.resource.schema.unique_keys):
        if cell.field.name in fields and _stands_elsewhere(package, cell, fields, row):
            yield f"{what} stands in another row of {cell.resource.name}, and {', '.join(fields)} may not: look there."


def _leads_somewhere(package: Package, resource: Resource, reference: ForeignKey, row: dict[str, str]) -> bool:
    name = reference.resource or resource.name
    if name not in package.resource_names:
        return True  # told by the check of the descriptor
    target = package.resource(name)
    wanted = [row[field] for field in reference.fields]
    if not all(wanted):
        return True
    places = [target.schema.field_names.index(field) for field in reference.reference_fields]
    batches = read_rows(package, target)
    return any([record.cells[place] for place in places] == wanted for batch in batches for record in batch)


def _stands_elsewhere(package: Package, cell: Cell, fields: tuple[str, ...], row: dict[str, str]) -> bool:
    names = cell.resource.schema.field_names
    places = [names.index(field) for field in fields]
    wanted = [row[field] for field in fields]
    batches = read_rows(package, cell.resource)
    return any(
        [record.cells[place] for place in places] == wanted and tuple(record.cells) != cell.row
        for batch in batches
        for record in batch
    )


def _lower(mend: str) -> str:
    step = mend or "Look at the codebook."
    return step[0].lower() + step[1:]
