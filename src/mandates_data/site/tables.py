"""The rows of a package's tables as texts by field; a table or field that is not there has none."""

from __future__ import annotations

from collections.abc import Iterator

from ..package.model import Package
from ..package.reader import read_rows


class Row(dict[str, str]):
    """A row; a field that the table has not, and a missing value, is the empty text."""

    def __missing__(self, name: str) -> str:
        return ""


class Tables:
    """The tables of a package, each read once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._read: dict[str, tuple[Row, ...]] = {}

    def __contains__(self, name: object) -> bool:
        return name in self.package.resource_names

    def __getitem__(self, name: str) -> tuple[Row, ...]:
        """All rows of a table, in its order; none where the package has no such table.

        Raises
        ------
        TableError
            It cannot be read; `validate` tells why.
        """
        if name not in self._read:
            self._read[name] = tuple(self._rows(name)) if name in self else ()
        return self._read[name]

    def by_key(self, name: str, key: str) -> dict[str, Row]:
        """The rows of a table by their value of a field."""
        return {row[key]: row for row in self[name]}

    def grouped(self, name: str, key: str) -> dict[str, list[Row]]:
        """The rows of a table by a field that several may share."""
        found: dict[str, list[Row]] = {}
        for row in self[name]:
            found.setdefault(row[key], []).append(row)
        return found

    def _rows(self, name: str) -> Iterator[Row]:
        resource = self.package.resource(name)
        fields = [(field.name, resource.schema.missing_values_of(field)) for field in resource.schema.fields]
        for batch in read_rows(self.package, resource):
            for record in batch:
                pairs = zip(fields, record.cells, strict=True)
                yield Row((field, "" if cell in missing else cell) for (field, missing), cell in pairs)
