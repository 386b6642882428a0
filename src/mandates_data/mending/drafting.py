"""The rows that the ledger of corrections lacks, drafted from what a person changed in the tables.

A draft has the cell, and the whole cell before and after. Its kind, reason and evidence stay empty, since no program
can know them: `validate` asks for them until they are there. As long as nobody has said any of the three, a draft
follows its cell: it is brought up to date where the cell was changed again, and goes where the cell is as before.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator, Mapping, Sequence

from ..errors import MandatesDataError
from ..package.corrections import FIELDS, VERSION, WORDS, Ledger, promise_of
from ..package.model import Package, Resource
from ..package.reader import TableReader
from ..package.store import read_bytes
from ..package.writer import canonical, key_of
from ..validate.cells import UNTYPED, Column
from ..validate.changes.ledgers import Ledgers
from ..validate.codes_ledger import UNFINISHED
from ..validate.unfinished import how_to_finish, said
from .values import Edit, Left, Place, Repair, TableMending

Row = dict[str, str]


def with_drafts(package: Package, mended: Sequence[TableMending], ledgers: Ledgers | None) -> tuple[TableMending, ...]:
    """The tables with the ledger as it will be: with a draft for each change that it does not explain.

    Drafts that wait for their words are among what is left, those that stood there before too. Without a base (and so
    without `ledgers`) nothing is known to be missing.
    """
    promise = promise_of(package)
    place = next((n for n, table in enumerate(mended) if promise and table.resource == promise.table), None)
    if place is None or mended[place].state not in ("canonical", "mended"):
        return tuple(mended)
    resource = package.resource(mended[place].resource)
    if not set(FIELDS) <= set(resource.schema.field_names):
        return tuple(mended)
    rows = _rows(package, resource, mended[place])
    if rows is None:
        return tuple(mended)
    before = len(rows)
    kept = rows if ledgers is None else [row for row in rows if not _is_stale(row, mended, ledgers)]
    renewed = [] if ledgers is None else list(_renewed(kept, mended, ledgers))
    drafts = [] if ledgers is None else list(_drafts(package, mended, ledgers, Ledger(kept)))
    done = (
        _repair("corrections-drafted", len(drafts), "correction{s} drafted"),
        _repair("drafts-renewed", len(renewed), "draft{s} of a correction brought up to date"),
        _repair("drafts-taken-back", before - len(kept), "draft{s} of a correction taken back: the cell is as before"),
    )
    repairs = tuple(repair for repair in done if repair is not None)
    return (*mended[:place], _with_rows(resource, mended[place], [*kept, *drafts], repairs), *mended[place + 1 :])


def _repair(kind: str, count: int, words: str) -> Repair | None:
    return Repair(kind, f"{count} {words.format(s='' if count == 1 else 's')}") if count else None


def _edit_of(row: Row, mended: Sequence[TableMending]) -> Edit | None:
    place = (row["row_id"], row["field"])
    edits = (edit for table in mended if table.resource == row["table"] for edit in table.edits)
    return next((edit for edit in edits if (edit.place.row_key, edit.place.field) == place), None)


def _follows(row: Row, mended: Sequence[TableMending], ledgers: Ledgers) -> bool:
    """Whether a row is a draft of which nobody has said anything, made since the base, on a table that was read."""
    bare = not any(row.get(name, "").strip() for name in (*WORDS, VERSION))
    read = any(one.resource == row["table"] and one.state in ("canonical", "mended") for one in mended)
    return bare and read and ledgers.came((row["table"], row["row_id"], row["field"]), row["old"], row["new"])


def _is_stale(row: Row, mended: Sequence[TableMending], ledgers: Ledgers) -> bool:
    if not _follows(row, mended, ledgers):
        return False
    edit = _edit_of(row, mended)
    return edit is None or edit.new == row["old"]


def _renewed(rows: Sequence[Row], mended: Sequence[TableMending], ledgers: Ledgers) -> Iterator[Row]:
    """The drafts that end with another text than their cells, changed so that they end with it."""
    newest = {id(steps[-1]) for steps in Ledger(rows).of_cell.values()}
    for row in rows:
        edit = _edit_of(row, mended) if id(row) in newest and _follows(row, mended, ledgers) else None
        if edit is not None and edit.new != row["new"]:
            row["new"] = edit.new
            yield row


def _rows(package: Package, resource: Resource, ledger: TableMending) -> list[Row] | None:
    assert package.store is not None
    flaws: list[object] = []
    names = resource.schema.field_names
    try:
        content = read_bytes(package.store, resource.path) if ledger.content is None else ledger.content
        reader = TableReader(io.BytesIO(content), resource.dialect, resource.encoding, flaws.append)
        records = [record.cells for batch in reader.batches() for record in batch]
    except MandatesDataError:
        return None
    if flaws or any(len(cells) != len(names) for cells in records) or tuple(reader.header) != names:
        return None
    return [dict(zip(names, cells, strict=True)) for cells in records]


def _drafts(package: Package, mended: Sequence[TableMending], ledgers: Ledgers, ledger: Ledger) -> Iterator[Row]:
    for table in mended:
        for edit in table.edits:
            field, row_id = edit.place.field, edit.place.row_key
            if field is None or row_id is None or not _is_missing(package, table.resource, edit, ledgers):
                continue
            old = ledger.newest(table.resource, row_id, field, edit.old)
            if old != edit.new:
                name = ledgers.next_correction((table.resource, row_id, field))
                cells = (name, table.resource, row_id, field, old, edit.new)
                yield dict(zip(FIELDS, cells, strict=True))


def _is_missing(package: Package, table: str, edit: Edit, ledgers: Ledgers) -> bool:
    """Whether `validate` would miss a row of the ledger: the change counts, is no key, and is not explained."""
    schema, name = package.resource(table).schema, str(edit.place.field)
    if name in schema.primary_key or not ledgers.wants_correction(table, name):
        return False
    if ledgers.explains((table, str(edit.place.row_key), name), edit.old, edit.new):
        return False
    column = Column(schema.field(name), schema, None)
    old, new = column.typed(edit.old), column.typed(edit.new)
    if new is UNTYPED or (column.field.constraints.required and edit.new in column.missing):
        return False  # it cannot stay: `validate` names the published value
    return old is UNTYPED or bool(old != new)


def _with_rows(
    resource: Resource, ledger: TableMending, rows: Sequence[Row], repairs: tuple[Repair, ...]
) -> TableMending:
    names = resource.schema.field_names
    cells = [[row.get(name, "") for name in names] for row in rows]
    key = key_of(resource.schema)
    listed = [dict(zip(names, row, strict=True)) for row in sorted(cells, key=lambda row: tuple(key(row)))]
    left = (*ledger.left, *_unfinished(resource, listed))
    if not repairs:
        return dataclasses.replace(ledger, left=left)
    return dataclasses.replace(
        ledger,
        state="mended",
        rows=len(cells),
        repairs=(*ledger.repairs, *repairs),
        left=left,
        content=canonical(resource.schema, cells),
    )


def _unfinished(resource: Resource, rows: Sequence[Mapping[str, str]]) -> Iterator[Left]:
    words = [name for name in WORDS if name in resource.schema.field_names]
    for number, row in enumerate(rows, start=2):
        lacks = [name for name in words if not row[name].strip()]
        if lacks and not row.get(VERSION):
            name = row["correction_id"]
            message = f"The correction lacks its {said(lacks)}."
            place = Place(line=number, row_key=name, new_line=number)
            yield Left("draft", message, how_to_finish(name, lacks), UNFINISHED.code, place)
