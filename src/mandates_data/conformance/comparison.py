"""Our report against frictionless's, judgement by judgement."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..package.model import Package, Resource
from ..package.opening import open_store
from ..package.parse import read_package
from ..package.store import Store
from ..validate.findings import Finding, Report, Rule, quoted
from .cases import has_blanks
from .doubts import Doubts
from .judgements import INTEGRITY, KINDS, OF_ROWS, Judgement, Kind, Rows, Said, ours, theirs
from .known import Side, known
from .opinion import second_opinion

RULE = Rule(
    "MD599", "second-opinion", "The reference implementation judges otherwise",
    "frictionless reads the same tables by the same schemas. Where it and this library judge differently, and no "
    "known difference explains it, one of them misreads the standard.",
    "Report it to the project, with the table and the schema. It is no fault of the data.",
)  # fmt: skip

ENDS_READING = frozenset(
    {
        "MD101",
        "MD102",
        "MD103",
        "MD105",
        "MD110",
        "MD111",
        "MD112",
        "MD133",
        "MD134",
        *(f"MD{n}" for n in range(124, 131)),
    }
)
"""Our findings after which rows are not read, or otherwise than they stand, so that there is nothing to compare."""


_TRACES = frozenset(f"MD{number}" for number in range(231, 250))
"""Our findings on what a program did to a text, which stand for the rule of the schema that it breaks so."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fault that one side alone finds, and that no known difference explains."""

    side: Side
    said: Said

    @property
    def judgement(self) -> Judgement:
        """Where and what."""
        return self.said.judgement

    def finding(self, resource: Resource) -> Finding:
        """The disagreement as a finding, with both sides named."""
        judgement = self.judgement
        told = f"({self.said.code}: {self.said.message})"
        if self.side == "ours":
            message = f"We find a fault, {judgement.kind}, where frictionless finds none {told}."
        else:
            message = f"Frictionless finds a fault, {judgement.kind}, where we find none {told}."
        if self.said.cell is not None:
            message += f" The cell is {quoted(self.said.cell)}."
        return RULE.finding(
            message,
            resource=judgement.resource,
            path=resource.path,
            line=judgement.line or None,
            field=judgement.field or None,
            seen=self.said.cell,
            mend=RULE.mend,
        )


def compare(package: str | Path | Package | Store | None, report: Report) -> list[Finding]:
    """One finding for each disagreement between `report` and frictionless on the same package; none is agreement.

    Where the descriptor itself has errors, or a table's form ends its reading, there is nothing to compare.

    Raises
    ------
    MissingExtraError
        Frictionless is not installed.
    PackageError
        Frictionless does not take a descriptor that we take.
    """
    if any(finding.code.startswith("MD5") and finding.severity == "error" for finding in report.findings):
        return []
    if package is None or isinstance(package, str | Path):
        package = open_store(package)
    opened = package if isinstance(package, Package) else read_package(package)
    return [one.finding(opened.resource(one.judgement.resource)) for one in disagreements(opened, report)]


def disagreements(package: Package, report: Report) -> list[Disagreement]:
    """The disagreements of `compare` as values, table by table."""
    ended = {finding.resource for finding in report.findings if finding.code in ENDS_READING}
    compared = tuple(resource for resource in package.resources if resource.name not in ended)
    if not compared:
        return []
    errors = second_opinion(package, compared)
    told = {finding.resource for finding in report.findings if finding.code in KINDS or finding.code in _TRACES}
    rows = {one.name: Rows(package, one) for one in compared if errors.get(one.name) or one.name in told}
    our_side = [said for finding in report.findings if (said := ours(finding, rows)) is not None]
    their_side = [theirs(error, name, rows) for name, listed in errors.items() for error in listed]
    traced = {
        (one.resource, rows[one.resource].start(one.line or 0), one.field)
        for one in report.findings
        if one.code in _TRACES and one.severity == "error" and one.resource in rows
    }
    comparison = _Comparison(package, rows, our_side, their_side, traced)
    truncated = {(finding.resource, finding.code) for finding in report.findings if _is_rest(finding)}
    return [
        one
        for one in comparison.disagreements()
        if one.judgement.resource not in ended and not (one.side == "theirs" and _in(one, truncated))
    ]


def _is_rest(finding: Finding) -> bool:
    return finding.count > 1 and finding.line is None


def _in(one: Disagreement, truncated: set[tuple[str | None, str]]) -> bool:
    return any(name == one.judgement.resource and KINDS.get(code) == one.judgement.kind for name, code in truncated)


class _Comparison:
    """Both sides of one package."""

    def __init__(
        self,
        package: Package,
        rows: Mapping[str, Rows],
        our_side: list[Said],
        their_side: list[Said],
        traced: Collection[tuple[str | None, int, str | None]],
    ) -> None:
        self._traced = traced
        self._package = package
        self._rows = rows
        self._sides: dict[Side, dict[Judgement, Said]] = {
            "ours": {said.judgement: said for said in our_side},
            "theirs": {said.judgement: said for said in their_side},
        }
        self._renamed = {
            name for name, one in rows.items() if has_blanks(one.header, package.resource(name).schema.field_names)
        }
        """Tables in which frictionless knows a column by its name and we do not: no row is compared."""
        self._unread = self._unread_tables()
        self._too_wide = {said.judgement.resource for said in our_side if said.code == "MD122"}
        """Tables of which we say once that rows end in empty cells, where frictionless tells each row."""
        self._settled = self._settled_rows()
        self._without_key = {
            (said.judgement.resource, said.judgement.line)
            for said in our_side
            if said.code == "MD304" and self._key_of(said.judgement) in self._sides["theirs"]
        }
        """Rows of which both say that their primary key is missing, we at its parts, frictionless at the row."""
        self._doubts = Doubts(package, self._sides["ours"], self._sides["theirs"], self._settled)

    def disagreements(self) -> Iterator[Disagreement]:
        """What one side alone says, unless it follows from something else or is known."""
        yield from self._alone("ours", self._sides["theirs"])
        yield from self._alone("theirs", self._sides["ours"])

    def _alone(self, side: Side, other: Mapping[Judgement, Said]) -> Iterator[Disagreement]:
        for judgement, said in self._sides[side].items():
            if judgement.resource in self._unread:
                continue
            resource = self._package.resource(judgement.resource)
            if judgement not in other and not self._follows(judgement) and known(said, side, resource) is None:
                yield Disagreement(side, said)

    def _unread_tables(self) -> set[str]:
        """Tables that frictionless does not go into: a name stands twice in their header, or in one they refer to."""
        twice = {name for name, one in self._rows.items() if len(set(one.header)) < len(one.header)}
        for resource in self._package.resources:
            if any(key.resource in twice for key in resource.schema.foreign_keys):
                twice.add(resource.name)
        theirs = self._sides["theirs"].items()
        stopped = {j.resource for j, said in theirs if said.code == "error" and j.kind == "header"}
        return stopped & twice

    def _settled_rows(self) -> set[tuple[str, int]]:
        """Rows of another width, and rows that are blank: nothing more is compared in them.

        A row of another width has no sure cell under any field: we judge its width, frictionless goes on. A row without
        a value (`,,`) is blank to frictionless, which then says nothing else of it; to us it is a row.
        """
        widths = {
            (j.resource, j.line)
            for side in self._sides.values()
            for j in side
            if j.kind in ("short row", "long row") and j in self._sides["ours"] and j in self._sides["theirs"]
        }
        told = {j.resource for j in self._sides["ours"] if j.kind == "blank row"}  # one finding for all of them
        blank = {
            (j.resource, j.line)
            for j in self._sides["theirs"]
            if j.kind == "blank row" and (j.resource in told or self._rows[j.resource].is_empty(j.line))
        }
        return widths | blank

    def _follows(self, judgement: Judgement) -> bool:
        name, kind = judgement.resource, judgement.kind
        if kind in OF_ROWS and (name, judgement.line) in self._settled:
            return kind not in ("short row", "long row") or self._rows[name].is_empty(judgement.line)
        if kind == "long row" and name in self._too_wide and self._rows[name].ends_empty(judgement.line):
            return True
        if self._is_told_otherwise(judgement) or (kind in OF_ROWS and name in self._renamed):
            return True
        if kind == "header" or (kind in OF_ROWS and self._both_have_header_faults(name)):
            return self._both_have_header_faults(name)
        return kind in INTEGRITY and self._doubts.covers(judgement)

    def _is_told_otherwise(self, judgement: Judgement) -> bool:
        """Whether the other side says the same of the row or cell in a judgement of another kind."""
        if (judgement.resource, judgement.line) in self._without_key and self._is_of_key(judgement):
            return True
        if judgement.kind == "unique":
            return self._is_key_twice(judgement)
        if judgement.kind not in ("type", "demand"):
            return False
        return (judgement.resource, judgement.line, judgement.field) in self._traced or self._same_cell(judgement)

    @staticmethod
    def _key_of(judgement: Judgement) -> Judgement:
        return dataclasses.replace(judgement, kind="primary key", field="")

    def _is_of_key(self, judgement: Judgement) -> bool:
        key = self._package.resource(judgement.resource).schema.primary_key
        return judgement.kind == "primary key" or (judgement.kind == "demand" and judgement.field in key)

    def _is_key_twice(self, judgement: Judgement) -> bool:
        """Whether both say of the row that its primary key is there twice, and the key is this field."""
        key = self._key_of(judgement)
        alone = self._package.resource(judgement.resource).schema.primary_key == (judgement.field,)
        return alone and all(key in side for side in self._sides.values())

    def _same_cell(self, judgement: Judgement) -> bool:
        """Whether both refuse the cell, one for its type, one for what else the schema demands of it."""
        kinds: tuple[Kind, Kind] = ("type", "demand")
        cell = [dataclasses.replace(judgement, kind=kind) for kind in kinds]
        return all(any(one in side for one in cell) for side in self._sides.values())

    def _both_have_header_faults(self, name: str) -> bool:
        return all(any(j.resource == name and j.kind == "header" for j in side) for side in self._sides.values())
