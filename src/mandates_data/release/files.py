"""The files that a release writes, computed from the package, the release before it and the changes between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..diff.changeset_file import changeset_bytes
from ..history.layout import VERSION, Layout
from ..history.patches import release_patch
from ..package.model import Package
from ..package.parse import read_package
from ..package.refresh import PendingStore, content_digest, descriptor_text, refreshed_descriptor
from ..package.store import FilesInstead, Store
from ..package.versions import Version
from ..package.writer import canonical
from .bases import folder_of
from .rows import Change, table_rows


def with_files(store: Store, folder: Path, contents: Mapping[Path, bytes]) -> FilesInstead:
    """The package's files as they will be once `contents`, by path, are written."""
    return FilesInstead({path.relative_to(folder).as_posix(): content for path, content in contents.items()}, store)


class ReleaseFiles:
    """The tables, the descriptor and the patch of a release."""

    def __init__(self, package: Package, layout: Layout, base: Package | None, version: Version, date: str) -> None:
        self._package, self._layout, self._base = package, layout, base
        self.version, self.date = version, date
        self._stamped = {kind: self._rows_of(kind) for kind in ("corrections", "retired_ids")}

    @property
    def new_corrections(self) -> list[dict[str, str]]:
        """The corrections that this release brings."""
        return self._new("corrections")

    @property
    def newly_retired(self) -> list[dict[str, str]]:
        """The retired identifiers that this release brings."""
        return self._new("retired_ids")

    def _new(self, kind: str) -> list[dict[str, str]]:
        return [row for row in self._stamped[kind] if row[VERSION] == str(self.version)]

    def _rows_of(self, kind: str) -> list[dict[str, str]]:
        """The rows of a ledger, each with the release that brought it."""
        name = self._ledger(kind)
        if not name or VERSION not in self._package.resource(name).schema.field_names:
            return []
        key = self._package.resource(name).schema.primary_key
        earlier = [] if self._base is None else table_rows(self._base, name)
        out = {tuple(row.get(field, "") for field in key): row.get(VERSION, "") for row in earlier}
        rows = table_rows(self._package, name)
        for row in rows:
            row[VERSION] = out.get(tuple(row[field] for field in key), "") or str(self.version)
        return rows

    def _ledger(self, kind: str) -> str:
        said = self._package.setting(kind)
        return str(said.get("table", "") if isinstance(said, Mapping) else said or "")

    def contents(self, changes: Sequence[Change], summary: str) -> dict[Path, bytes]:
        """Every file of the package that the release writes."""
        folder, package = folder_of(self._package), self._package
        contents: dict[Path, bytes] = {}
        for kind, rows in self._stamped.items():
            if rows:
                contents |= self._table(self._ledger(kind), rows)
        if self._layout.changes:
            contents |= self._table(self._layout.changes, [*self._earlier(self._layout.changes), *self._rows(changes)])
        store = package.store
        assert store is not None
        descriptor = folder / store.descriptor
        stamps = {"version": str(self.version), "created": f"{self.date}T00:00:00Z"}
        contents[descriptor] = descriptor_text({**package.raw, **stamps})
        digest = content_digest(PendingStore(folder, contents), self._layout.ledgers)
        row = {"version": str(self.version), "released_on": self.date, "summary": summary, "sha256": digest}
        contents |= self._table(self._layout.releases, [*self._earlier(self._layout.releases), row])
        contents[descriptor] = refreshed_descriptor(folder, contents)
        if self._base is not None:
            new = read_package(with_files(store, folder, contents))
            patch = changeset_bytes(release_patch(self._base, new))
            contents[folder / self._layout.patch(self.version)] = patch
        return contents

    def _earlier(self, name: str) -> list[dict[str, str]]:
        return [] if self._base is None else table_rows(self._base, name)

    def _rows(self, changes: Sequence[Change]) -> list[dict[str, str]]:
        return [
            {
                "change_id": f"{self.version}-{number:05}",
                "version": str(self.version),
                "table": change.table,
                "row_id": change.row_id,
                "field": change.field,
                "change": change.change,
                "old": change.old,
                "new": change.new,
                "correction_id": change.correction_id,
            }
            for number, change in enumerate(changes, 1)
        ]

    def _table(self, name: str, rows: Iterable[Mapping[str, str]]) -> dict[Path, bytes]:
        resource = self._package.resource(name)
        names = resource.schema.field_names
        cells = [[row.get(field, "") for field in names] for row in rows]
        return {folder_of(self._package) / resource.path: canonical(resource.schema, cells)}
