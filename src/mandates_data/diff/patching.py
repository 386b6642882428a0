"""A changeset applied to a package on disk: the files to write and to remove, computed before any is touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import ChangesetError, UnsafeReferenceError, WriteError, brief
from ..package.files import write_files
from ..package.model import Package
from ..package.refresh import descriptor_text
from ..package.store import Store, check_path, read_bytes
from .apply import apply
from .changeset import Changeset
from .content import PackageContent, canonical_files, path_of, read_content


@dataclass(frozen=True, slots=True)
class Patched:
    """What a patch does to the files of a package, by path: the bytes to write, and the files to remove."""

    write: Mapping[str, bytes]
    remove: tuple[str, ...]


def patch(package: Package, changeset: Changeset) -> Patched:
    """The files that differ once the changeset is applied: tables, schemas and descriptor, in canonical form.

    A file whose content does not change stays as it is written.

    Raises
    ------
    ConflictError
        The package is not the one that the changeset starts from.
    ChangesetError
        The changeset is not complete, or would write over files that are not the package's.
    """
    named = {change.name for change in changeset.resources} & set(package.resource_names)
    before = read_content(package, named)
    return files_between(package, before, apply(before, changeset))


def files_between(package: Package, before: PackageContent, after: PackageContent) -> Patched:
    """The files of a package that differ once its content `before` is `after`. Raises as `patch`."""
    store = package.store
    assert store is not None
    olds, news = canonical_files(before, store.descriptor), canonical_files(after, store.descriptor)
    olds[store.descriptor] = descriptor_text(package.raw)
    for table in before.tables:
        if table.rows is not None:  # its size and digest will be those of its canonical form
            olds[path_of(table)] = read_bytes(store, path_of(table))
    changed = {path: content for path, content in news.items() if olds.get(path) != content}
    for path in changed.keys() - olds.keys():
        _refuse_stranger(store, path)
    kept = {path_of(table) for table in after.tables}
    return Patched(changed, tuple(sorted(olds.keys() - news.keys() - kept)))


def _refuse_stranger(store: Store, path: str) -> None:
    """Refuse a new file that would not be a table's or schema's own: a changeset may come from anyone."""
    store.check(path)
    if any(part.startswith(".") or not part for part in check_path(path).split("/")):
        raise UnsafeReferenceError(f"The path {brief(path)} is hidden or not written plainly.", "Nothing was changed.")
    if store.exists(path):
        raise ChangesetError(f"There is a file {path} already, which is not the table's.", "Move it out of the way.")


def write_patched(folder: Path, patched: Patched) -> None:
    """Write and remove the files. Every one is written beside its place before the first takes it.

    Raises
    ------
    WriteError
        A file cannot be written, and then none is; or one cannot be removed, and then all others are done.
    """
    write_files({folder / path: content for path, content in patched.write.items()})
    for path in patched.remove:
        try:
            (folder / path).unlink(missing_ok=True)
        except OSError as error:
            raise WriteError(f"Cannot remove {folder / path}: {error.strerror}.", "Remove it by hand.") from error
