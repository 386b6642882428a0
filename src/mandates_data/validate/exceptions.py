"""The exceptions file: findings that are known and accepted, one a line, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from ..errors import PackageError, TableError
from ..package.model import Dialect
from ..package.parse import read_json
from ..package.reader import HARMLESS, Flaw, TableReader
from ..package.store import Store
from .codes import EXCEPTION_UNUSED, EXCEPTION_WITHOUT_REASON
from .findings import Finding, Rule
from .wording import nearest

COLUMNS = ("code", "resource", "row_key", "field", "reason")
"""The header of an exceptions file."""

Place = tuple[str | None, str | None, str | None]
"""Resource, row key and field; None where a finding has none, or where an entry does not ask for it."""


class Entry(NamedTuple):
    """One line of the file. An entry fits a finding of its code when each part of its place that is not None does."""

    line: int
    code: str
    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The entries of one file, in its order, and its `path` as findings name files. It can be pickled."""

    path: str = ""
    entries: tuple[Entry, ...] = ()
    _of_code: Mapping[str, list[tuple[tuple[bool, ...], dict[Place, int]]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        of_code: dict[str, dict[tuple[bool, ...], dict[Place, int]]] = {}
        for number, entry in enumerate(self.entries):
            asked = tuple(part is not None for part in entry.place)
            of_code.setdefault(entry.code, {}).setdefault(asked, {}).setdefault(entry.place, number)
        object.__setattr__(self, "_of_code", {code: list(places.items()) for code, places in of_code.items()})

    def entry_for(self, finding: Finding) -> int | None:
        """The number of the first entry that fits the finding, counting from 0; None where none does.

        The time it takes does not grow with the number of entries.
        """
        places = self._of_code.get(finding.code)
        if places is None:
            return None
        first = None
        for (by_resource, by_row, by_field), numbers in places:
            number = numbers.get(
                (
                    finding.resource if by_resource else None,
                    finding.row_key if by_row else None,
                    finding.field if by_field else None,
                )
            )
            if number is not None and (first is None or number < first):
                first = number
        return first

    def complaints(
        self, used: Collection[int], looked_at: Callable[[str], bool], codes: Collection[str] = ()
    ) -> Iterator[Finding]:
        """What is wrong with the entries themselves.

        Parameters
        ----------
        used
            The numbers of the entries that a finding was excepted by.
        looked_at
            Whether all was looked at that a code could find: else an entry for it may be needed all the same.
        codes
            All codes there are; empty where they are not known.
        """
        for number, entry in enumerate(self.entries):
            if not entry.reason:
                said = f"The exception for {_named(entry)} has no reason."
                yield self._complaint(EXCEPTION_WITHOUT_REASON, entry, said, "reason")
            if codes and entry.code not in codes:
                near = nearest(entry.code, codes)
                said = f"There is no code {entry.code}{f'; near it is {near}' if near else ''}."
                yield self._complaint(EXCEPTION_UNUSED, entry, said, "code")
            elif number not in used and looked_at(entry.code):
                said = f"No finding needs the exception for {_named(entry)}."
                yield self._complaint(EXCEPTION_UNUSED, entry, said, "code")

    def _complaint(self, rule: Rule, entry: Entry, said: str, column: str) -> Finding:
        place = {"path": self.path, "line": entry.line, "column": COLUMNS.index(column) + 1, "field": column}
        return rule.finding(said, **place, mend=rule.mend)


NO_EXCEPTIONS = Exceptions()


def read_exceptions(file: BinaryIO, path: str) -> Exceptions:
    """The exceptions in a CSV file with the header `COLUMNS`; an empty cell asks for nothing.

    Raises
    ------
    TableError
        It is no such file, or a line of it has no code.
    """

    def refuse(flaw: Flaw) -> None:
        if flaw.kind not in HARMLESS:
            where = f"{path}:{flaw.line}" if flaw.line else path
            raise TableError(f"{where} cannot be read: {flaw.kind.replace('-', ' ')}.", _NEEDED)

    reader = TableReader(file, Dialect(), "utf-8", refuse)
    if reader.header != list(COLUMNS):
        raise TableError(f"{path} is no exceptions file: its first line is not that of one.", _NEEDED)
    entries = []
    for batch in reader.batches():
        for record in batch:
            code, resource, row_key, field_, reason = record.cells
            if not code.strip():
                raise TableError(f"{path}:{record.line} names no code.", "Write one, such as MD204.")
            place = (resource or None, row_key or None, field_ or None)
            entries.append(Entry(record.line, code.strip().upper(), place, reason.strip()))
    return Exceptions(path, tuple(entries))


_NEEDED = f"Needed is a CSV file in UTF-8 that begins with the line {','.join(COLUMNS)}"


def exceptions_of(store: Store) -> Exceptions:
    """The exceptions that a package's descriptor names (`mandates_data.exceptions`), none where it names none.

    Raises
    ------
    PackageError
        It names what cannot be opened.
    TableError
        It names what is no exceptions file.
    """
    try:
        descriptor = read_json(store, store.descriptor)
    except PackageError:
        return NO_EXCEPTIONS  # the run has more to say on such a descriptor
    own = descriptor.get("mandates_data") if isinstance(descriptor, Mapping) else None
    path = own.get("exceptions") if isinstance(own, Mapping) else None
    if path is None:
        return NO_EXCEPTIONS
    if not isinstance(path, str):
        raise PackageError(f"{store.descriptor}: mandates_data.exceptions is no path.", "Write that of a CSV file.")
    with store.open(path) as file:
        return read_exceptions(file, path)


def _named(entry: Entry) -> str:
    return ", ".join([entry.code, *[part for part in entry.place if part is not None]])
