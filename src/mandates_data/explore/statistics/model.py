"""A count as a small table with its unit, what it was counted on, and what to beware of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...errors import PackageError, UnknownNameError

Value = str | int | float | None
"""A cell of a count; None is the missing value."""

Row = tuple[Value, ...]

Kind = Literal["string", "integer", "number"]

CODES = ("primary", "every")
"""Which codes of a mandate count: the one that comes first, or each."""

CAVEAT = (
    "The pages read so far are a selection with gaps: this counts what was filed on them, not what the summits agreed "
    "(docs/codebook.md, Known weaknesses)."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: which codes, by which coder, and whether preambles count as mandates do."""

    codes: str = "primary"
    coder: str = "adjudicated"
    preambles: bool = False

    def __post_init__(self) -> None:
        if self.codes not in CODES:
            raise UnknownNameError.of("choice of codes", self.codes, CODES)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a count: its name, its type as in a Table Schema, and what it says, with the unit."""

    name: str
    kind: Kind
    description: str


@dataclass(frozen=True, slots=True)
class Across:
    """How a count with a row for each pair is shown to a person: the second of the pair beside each other.

    `rows` are the columns that name a row, `over` the column whose values stand beside each other under what `heading`
    says of them (`missing` where that is missing), `value` what stands in the cells, and `totals` the measures that are
    added up at the end of the row.
    """

    rows: tuple[str, ...]
    over: str
    heading: str
    value: str
    totals: tuple[str, ...]
    missing: str = "none"


@dataclass(frozen=True)
class Statistic:
    """A count.

    `n` is how many things were looked at and `n_of` what they are, `rows` have a value a column, `total` is a row of
    its own where adding up makes sense, and `notes` are sentences. `package` and `version` say what was counted.
    """

    name: str
    title: str
    unit: str
    n: int
    n_of: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    package: str
    version: str
    total: Row | None = None
    notes: tuple[str, ...] = ()
    across: Across | None = None
    caveat: str = CAVEAT

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def data(self) -> str:
        """The package and version that were counted, as one says them."""
        return " ".join(filter(None, [self.package or "a package without a name", self.version]))

    def values(self, name: str) -> list[Value]:
        """The cells of a column."""
        place = self.names.index(name)
        return [row[place] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Wide:
    """A count with the second of each pair beside each other: heads, whether each column has numbers, and rows."""

    heads: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[Row, ...]


def wide(statistic: Statistic) -> Wide:
    """The count as a person reads it; as it is, where it has no pairs."""
    across = statistic.across
    if across is None:
        kinds = tuple(column.kind != "string" for column in statistic.columns)
        return Wide(statistic.names, kinds, statistic.rows)
    place = {name: n for n, name in enumerate(statistic.names)}
    heads = headings(statistic.rows, place[across.over], place[across.heading], across.missing)
    cells: dict[Row, dict[Value, Value]] = {}
    sums: dict[Row, list[float]] = {}
    for row in statistic.rows:
        named = tuple(row[place[name]] for name in across.rows)
        cells.setdefault(named, {})[row[place[across.over]]] = row[place[across.value]]
        measures = [row[place[name]] for name in across.totals]
        sums[named] = [a + _number(b) for a, b in zip(sums.get(named, [0] * len(measures)), measures, strict=True)]
    rows = tuple((*named, *(values.get(key) for key in heads), *sums[named]) for named, values in cells.items())
    width = len(heads) + len(across.totals)
    totals = [f"all {name}" if len(across.totals) > 1 else "all" for name in across.totals]
    numbers = (False,) * len(across.rows) + (True,) * width
    return Wide((*across.rows, *heads.values(), *totals), numbers, rows)


def headings(rows: Sequence[Row], key: int, heading: int, missing: str = "none") -> dict[Value, str]:
    """What stands above each value of the column `key`: what `heading` says, or itself where that is not unique."""
    found = {row[key]: row[heading] for row in rows}
    unique = len(set(found.values())) == len(found) and (key == heading or None not in found.values())
    chosen = {value: said if unique else value for value, said in found.items()}
    return {value: missing if said is None else str(said) for value, said in chosen.items()}


def _number(value: Value) -> float:
    if isinstance(value, int | float):
        return value
    raise PackageError(f"A count has {value!r} where a number belongs.")  # a count of ours never has
