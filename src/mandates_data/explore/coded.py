"""What two coders gave to each unit, read from a table with one row a unit, coder and code.

The columns are those of `mandate_subtopics`: the unit is the first column, `coder` names the coder, `code` (or another
column) holds what was given, and `rank`, where there is one, says which code is primary.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import TableError, UnknownNameError, brief, one_line
from ..package.model import Dialect
from ..package.reader import HARMLESS, Flaw, TableReader

if TYPE_CHECKING:
    import pandas as pd

CODER, CODE, RANK = "coder", "code", "rank"
PASSES = ("first", "second")
"""The coders that are compared where a table has more than two and none is named."""


@dataclass(frozen=True)
class Coded:
    """What a coder gave to one unit: the codes, and of them the primary one (empty where no rank is 1)."""

    codes: frozenset[str]
    primary: str = ""


@dataclass(frozen=True)
class TwoCodings:
    """Both coders' units. Keys are the units, in the order of the table."""

    first: str
    second: str
    of_first: Mapping[str, Coded]
    of_second: Mapping[str, Coded]
    known: tuple[str, ...]
    """Every code of the table, those of other coders included."""
    ranked: bool

    @property
    def both(self) -> list[str]:
        """The units that both have coded."""
        return [unit for unit in self.of_first if unit in self.of_second]


@dataclass
class _Sheet:
    """A table's header and its rows with the lines they stand on."""

    label: str
    header: list[str]
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def read_codings(
    source: str | Path | pd.DataFrame, *, first: str | None, second: str | None, column: str, many: bool
) -> TwoCodings:
    """The codings of two coders.

    Parameters
    ----------
    source
        A CSV file, or a frame whose columns are read as text.
    first, second
        The coders. Left out: the only two, or `PASSES` where there are more.
    column
        The column that holds what was given.
    many
        Whether a unit may have several values of one coder.

    Raises
    ------
    TableError
        The file is no table of this kind, a cell is empty, or a row stands there twice.
    UnknownNameError
        There is no such column or coder.
    """
    sheet = _from_file(Path(source)) if isinstance(source, str | Path) else _from_frame(source)
    for name in (CODER, column):
        if name not in sheet.header:
            raise UnknownNameError.of("column", name, sheet.header)
    unit = sheet.header[0]
    if unit in (CODER, column):
        raise TableError(f"{sheet.label}: the first column is {unit}.", "Put what is coded into the first column.")
    names = _coders(sheet, first, second)
    ranked = many and RANK in sheet.header
    first_units, second_units = (_units_of(sheet, name, unit, column, many=many) for name in names)
    known = tuple(sorted({row[column] for _, row in sheet.rows if row[column]}))
    return TwoCodings(*names, first_units, second_units, known, ranked)


def _from_file(path: Path) -> _Sheet:
    label = one_line(str(path))
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TableError(f"Cannot read {label}: {reason}.", "Name a CSV file with the codings.") from error

    def refuse(flaw: Flaw) -> None:
        if flaw.kind not in HARMLESS:
            what = flaw.kind.replace("-", " ")
            raise TableError(
                f"{label}:{flaw.line or 1} cannot be read as a table: {what}.", "Save it as comma-separated text."
            )

    reader = TableReader(io.BytesIO(content), Dialect(), "utf-8", refuse)
    sheet = _Sheet(label, list(reader.header))
    twice = [name for number, name in enumerate(sheet.header) if name in sheet.header[:number]]
    if twice:
        raise TableError(f"{label}: two columns are called {brief(twice[0])}.", "Give each column its own name.")
    for batch in reader.batches():
        sheet.rows += [(record.line, dict(zip(sheet.header, record.cells, strict=True))) for record in batch]
    return sheet


def _from_frame(frame: pd.DataFrame) -> _Sheet:
    names = [str(name) for name in frame.columns]
    rows: Iterable[Sequence[Any]] = frame.astype("string").fillna("").itertuples(index=False, name=None)
    sheet = _Sheet("the frame", names)
    sheet.rows += [(number, dict(zip(names, row, strict=True))) for number, row in enumerate(rows, start=1)]
    return sheet


def _coders(sheet: _Sheet, first: str | None, second: str | None) -> tuple[str, str]:
    """The two coders that are meant."""
    known = sorted({row[CODER] for _, row in sheet.rows if row[CODER]})
    if len(known) < 2:
        who = f"only the coder {brief(known[0])}" if known else "no coder"
        raise TableError(f"{sheet.label} has {who}; agreement is between two.", "Add the rows of another coder.")
    for name in (first, second):
        if name is not None and name not in known:
            raise UnknownNameError.of("coder", name, known)
    if first is None and second is None:
        if len(known) > 2 and not set(PASSES) <= set(known):
            raise TableError(
                f"{sheet.label} has {len(known)} coders: {brief(', '.join(known))}.", "Name two: --first and --second."
            )
        return PASSES if set(PASSES) <= set(known) else (known[0], known[1])
    others = [name for name in known if name not in (first, second)]
    if first is None or second is None:
        if len(others) > 1:
            raise TableError(f"One coder is named, and {len(others)} others are there.", "Name both coders.")
        first, second = first or others[0], second or others[0]
    if first == second:
        raise TableError(f"Both coders are {brief(first)}.", "Name two different coders.")
    return first, second


def _units_of(sheet: _Sheet, coder: str, unit: str, column: str, *, many: bool) -> dict[str, Coded]:
    """By unit, what a coder gave."""
    codes: dict[str, dict[str, str]] = {}
    for line, row in sheet.rows:
        if row[CODER] != coder:
            continue
        given = codes.setdefault(row[unit], {})
        if not row[unit]:
            raise TableError(f"{sheet.label}:{line}: the {unit} is empty.", "Say what was coded.")
        if many and not row[column]:
            raise TableError(f"{sheet.label}:{line}: the {column} is empty.", "Name the code, or delete the row.")
        if row[column] in given or (given and not many):
            what = f"{coder} has {brief(row[unit])} twice" + (f", with {brief(row[column])}" if many else "")
            raise TableError(f"{sheet.label}:{line}: {what}.", "Delete the row that is too many.")
        given[row[column]] = row.get(RANK, "")
    return dict(_coded(sheet, coder, codes, ranked=many and RANK in sheet.header))


def _coded(
    sheet: _Sheet, coder: str, codes: Mapping[str, Mapping[str, str]], *, ranked: bool
) -> Iterator[tuple[str, Coded]]:
    for unit, given in codes.items():
        primary = [code for code, rank in given.items() if rank == "1"]
        if ranked and len(primary) != 1:
            count = "no code" if not primary else f"{len(primary)} codes"
            raise TableError(
                f"{sheet.label}: {coder} gives {brief(unit)} {count} of rank 1.", "Give exactly one code the rank 1."
            )
        yield unit, Coded(frozenset(given), primary[0] if ranked else "")
