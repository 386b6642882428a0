"""One cell is corrected, and the ledger says so: both as one changeset, or refused with the reasons.

Nothing is written here; `diff.patching` applies the changeset, all files or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from ...package.corrections import VERSION, WORDS, Ledger, Promise, read_ledger
from ...package.model import Package, Resource
from ...validate.changes.published import shown
from ...validate.findings import quoted
from ..cells import RowComparer
from ..changeset import CellChange, Changeset, ResourceChange, RowChange
from ..describe import describe_package, describe_table
from ..tables import open_table
from .following import following
from .judging import faults_of_cell, faults_of_text, faults_of_value
from .lookup import Cell, find_cell, ledger_of
from .putting_back import put_back
from .values import Action, Corrected, Refusal, RefusedError, Wanted, refuse
from .whole_cells import faults_of_whole, unquoted

_ADDRESS_OR_TEXT = r"(text|https?://\S+)"
_NAMES = {"kind": "The kind of mistake", "reason": "The reason", "evidence": "The evidence"}


def correct(package: Package, wanted: Wanted) -> Corrected:
    """The correction as a person asks for it, ready to be applied.

    Raises
    ------
    RefusedError
        The cell is not there or not as the person saw it, the new value cannot stand in it, the ledger lacks
        something, or the correction would put back what an earlier one removed.
    TableError
        A table that is needed cannot be read.
    """
    case = _Case.of(package, wanted.row_id, wanted.field, wanted.table)
    if wanted.to is None or case.completes(wanted.to):
        return case.completed(wanted)
    return case.redrafted(wanted, wanted.to) if case.ends_in_a_draft() else case.added(wanted, wanted.to)


def undo(package: Package, row_id: str, field: str, table: str | None = None) -> Corrected:
    """The newest correction of a cell taken back, as if it had never been made. One that is released stays.

    Raises
    ------
    RefusedError
        There is none, it is released, or the cell is neither as before it nor as after it.
    """
    return _Case.of(package, row_id, field, table).undone()


@dataclass(frozen=True)
class _Case:
    """A cell, its corrections, and the ledger."""

    package: Package
    promise: Promise
    ledger: Resource
    cell: Cell
    row_id: str
    steps: Sequence[Mapping[str, str]]

    @classmethod
    def of(cls, package: Package, row_id: str, field: str, table: str | None) -> _Case:
        promise = ledger_of(package)
        cell = find_cell(package, promise, Wanted(row_id, field, table=table))
        rows = read_ledger(package) or Ledger(())
        steps = rows.of(cell.resource.name, row_id, field)
        return cls(package, promise, package.resource(promise.table), cell, row_id, steps)

    # -- a new correction ---------------------------------------------------------------------------------------------

    def added(self, wanted: Wanted, to: str) -> Corrected:
        """The cell with its new text, and a new row in the ledger."""
        row = self._new_row(wanted, to)
        refusals = [*self._wrong_start(wanted, to), *self._wrong_value(to), *self._wrong_words(row, wanted)]
        if not any(one.kind in ("same-value", "not-as-printed", "value") for one in refusals):
            whole = faults_of_whole(self.cell.text, to) if wanted.from_form else ()
            refusals += [Refusal("not-whole", said) for said in whole] or self._puts_back(to, row)
        if refusals:
            raise RefusedError(refusals)
        change = RowChange("added", self._ledger_key(row), row=row)
        return self._corrected("added", row, to, change)

    def ends_in_a_draft(self) -> bool:
        """Whether the cell reads as a draft of a correction left it, of which nobody has said anything yet."""
        newest = self.steps[-1] if self.steps else None
        if newest is None or newest["new"] != self.cell.text or not set(WORDS) <= newest.keys():
            return False
        return not any(newest.get(name, "").strip() for name in (*WORDS, VERSION))

    def redrafted(self, wanted: Wanted, to: str) -> Corrected:
        """The same in place of the draft, so that it does not stay behind without its words."""
        newest = self.steps[-1]
        if to == newest["old"]:
            name = newest["correction_id"]
            raise refuse("same-value", f"That is the text before the draft {name}: take it back with --undo.")
        row = {**newest, "new": to, **self._words(wanted)}
        refusals = [*self._wrong_start(wanted, to), *self._wrong_value(to), *self._wrong_words(row, wanted)]
        earlier = put_back(self.steps[:-1], row["old"], to)
        if not refusals and earlier is not None:
            refusals += self._unnamed(earlier, row)
        if refusals:
            raise RefusedError(refusals)
        cells = tuple(CellChange(name, newest[name], row[name]) for name in sorted(row) if newest[name] != row[name])
        return self._corrected("added", row, to, RowChange("changed", self._ledger_key(row), cells))

    def _new_row(self, wanted: Wanted, to: str) -> dict[str, str]:
        row = dict.fromkeys(self.ledger.schema.field_names, "")
        row |= {"correction_id": f"{self.row_id}.{wanted.field}.{len(self.steps) + 1}"}
        row |= {"table": self.cell.resource.name, "row_id": self.row_id, "field": wanted.field}
        row |= {"old": self.cell.text, "new": to}
        return row | self._words(wanted)

    def _words(self, wanted: Wanted) -> dict[str, str]:
        said = {"kind": wanted.kind, "reason": wanted.reason, "evidence": wanted.evidence}
        return {
            name: text for name, text in said.items() if text is not None and name in self.ledger.schema.field_names
        }

    def _wrong_start(self, wanted: Wanted, to: str) -> Iterator[Refusal]:
        now = self.cell.text
        if wanted.printed is not None and wanted.printed.strip(" \t") != now.strip(" \t"):
            earlier = [step["correction_id"] for step in self.steps if step["old"] == wanted.printed]
            since = f" since {earlier[-1]}" if earlier else ""
            seen, there = shown(wanted.printed, now), shown(now, wanted.printed)
            said = f"The cell is not {seen} but{since} {there}: copy it as it stands now."
            if unquoted(wanted.printed) == now:
                said = f"{said[:-1]}, without the quotation marks that the file has around it."
            yield Refusal("not-as-printed", said)
        elif to == now:
            said = f"The cell says {quoted(now)} already: there is nothing to correct."
            if not self.steps and not wanted.from_form:
                said = f"{said[:-1]}, and where you changed it by hand, mandates-data fmt --against drafts its row."
            yield Refusal("same-value", said)
        if self.steps and self.steps[-1]["new"] != now:
            there = shown(self.steps[-1]["new"], now)
            said = f"By the ledger the cell is {there}, and it is not: see mandates-data validate, and mend that first."
            yield Refusal("ledger-unfit", said)

    def _wrong_value(self, to: str) -> Iterator[Refusal]:
        if to != self.cell.text:
            yield from (Refusal("value", said) for said in faults_of_value(self.package, self.cell, to))

    def _wrong_words(self, row: Mapping[str, str], wanted: Wanted) -> Iterator[Refusal]:
        """What is missing or wrong of the words of a person; other columns of a ledger may ask for a value too."""
        for field in self.ledger.schema.fields:
            text, name = row[field.name], field.name
            if name in WORDS:
                what = _NAMES[name]
                if not text.strip():
                    step = "fill in that part of the form" if wanted.from_form else f"give it with --{name}"
                    yield Refusal(f"no-{name}", f"{what} is missing: {step}.")
                    continue
                wrong = [*faults_of_text(what, text)] or [*faults_of_cell(what, self.ledger, field, text)]
                if wrong and name == "evidence" and field.constraints.pattern == _ADDRESS_OR_TEXT:
                    wrong = [f"The evidence {quoted(text)} is no address: give one with https://, or the word text."]
                yield from (Refusal(name, said) for said in wrong)
            elif name not in ("old", "new"):
                what = f"The column {name} of the ledger"
                yield from (Refusal("ledger", said) for said in faults_of_cell(what, self.ledger, field, text))

    def _puts_back(self, to: str, row: Mapping[str, str]) -> Iterator[Refusal]:
        earlier = put_back(self.steps, self.cell.text, to)
        if earlier is not None:
            yield from self._unnamed(earlier, row)

    def _unnamed(self, earlier: Mapping[str, str], row: Mapping[str, str]) -> Iterator[Refusal]:
        """Why a row is refused whose reason does not name the correction that it takes back."""
        name = earlier["correction_id"]
        if name not in row.get("reason", ""):
            said = f"This puts back what the correction {name} removed: if that one was wrong, name it in the reason."
            yield Refusal("puts-back", said)

    # -- the newest correction ----------------------------------------------------------------------------------------

    def completes(self, to: str) -> bool:
        """Whether the cell reads so already, by a correction that lacks its words."""
        newest = self.steps[-1] if self.steps else None
        return newest is not None and newest["new"] == to == self.cell.text and not self._is_whole(newest)

    def _is_whole(self, row: Mapping[str, str]) -> bool:
        return all(row.get(name, "-").strip() for name in WORDS)

    def completed(self, wanted: Wanted) -> Corrected:
        """The newest correction of the cell that lacks its words, else the newest, with what was said of it now."""
        newest = self._newest("completed")
        lacking = [step for step in self.steps if not self._is_whole(step) and not step.get(VERSION)]
        newest = lacking[-1] if lacking else newest
        row = {**newest, **self._words(wanted)}
        if not self._words(wanted):
            raise refuse("no-value", "The corrected value is missing: give it with --to.")
        refusals = [*self._wrong_words(row, wanted)]
        if not refusals:
            refusals += self._puts_back_already(row)
        if refusals:
            raise RefusedError(refusals)
        cells = [CellChange(name, newest[name], row[name]) for name in sorted(row) if newest[name] != row[name]]
        if not cells:
            raise refuse("same-value", f"The correction {row['correction_id']} says that already.")
        return self._corrected("completed", row, None, RowChange("changed", self._ledger_key(row), tuple(cells)))

    def _puts_back_already(self, row: Mapping[str, str]) -> Iterator[Refusal]:
        place = next(number for number, step in enumerate(self.steps) if step["correction_id"] == row["correction_id"])
        earlier = put_back(self.steps[:place], row["old"], row["new"])
        if earlier is not None:
            yield from self._unnamed(earlier, row)

    def undone(self) -> Corrected:
        """The newest correction of the cell taken back."""
        newest = self._newest("taken back")
        if self.cell.text not in (newest["old"], newest["new"]):
            said = f"The cell reads neither as before nor as after {newest['correction_id']}: mend it by hand."
            raise refuse("ledger-unfit", said)
        to = newest["old"] if self.cell.text == newest["new"] else None
        change = RowChange("removed", self._ledger_key(newest), row=dict(newest))
        return self._corrected("undone", newest, to, change)

    def _newest(self, done: str) -> Mapping[str, str]:
        where = f"{self.cell.field.name} of {self.row_id}"
        if not self.steps:
            raise refuse(
                "no-correction", f"There is no correction of {where} that could be {done}: make one with --to."
            )
        newest = self.steps[-1]
        if newest.get(VERSION):
            name = newest["correction_id"]
            said = f"The correction {name} was released with {newest[VERSION]} and stays: make a new one with --to"
            raise refuse("released", f"{said}, which names {name} in its reason.")
        return newest

    # -- both as a changeset ------------------------------------------------------------------------------------------

    def _ledger_key(self, row: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(row[name] for name in self.ledger.schema.primary_key)

    def _corrected(self, action: Action, row: Mapping[str, str], to: str | None, ledger: RowChange) -> Corrected:
        side = describe_package(self.package)
        changes = [self._change(self.ledger, ledger)]
        cell = None
        if to is not None:
            schema = self.cell.resource.schema
            comparer = RowComparer(schema.fields, schema.fields, old_schema=schema, new_schema=schema)
            cell = comparer.cell(self.cell.field.name, self.cell.text, to)
            if cell is not None:
                changes.append(self._change(self.cell.resource, RowChange("changed", self.cell.key, (cell,))))
                changes += following(self.package, self.cell, cell)
        changeset = Changeset(side, side, resources=tuple(sorted(changes, key=lambda change: change.name)))
        table, field = self.cell.resource.name, self.cell.field.name
        return Corrected(action, table, self.row_id, field, cell, dict(row), self.promise.table, changeset)

    def _change(self, resource: Resource, row: RowChange) -> ResourceChange:
        described = describe_table(resource, open_table(self.package, resource).names)
        return ResourceChange(resource.name, key=resource.schema.primary_key, rows=(row,), old=described, new=described)


def command_of(row_id: str, field: str, rest: str) -> str:
    """The command line that a person can copy, for a cell.

    >>> command_of("a b", "text", "--undo")
    "mandates-data correct 'a b' text --undo"
    """
    return f"mandates-data correct {quote(row_id)} {quote(field)} {rest}"
