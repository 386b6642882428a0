"""Which package a file of a repository belongs to, and what it is there. Git names a file by its path alone."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...errors import MandatesDataError
from ...package.model import Package, Resource, Schema
from ...package.parse import read_package
from ...package.store import DESCRIPTOR, FolderStore, read_bytes


@dataclass(frozen=True, slots=True)
class Place:
    """A file in the package around it, as the package stands in the working tree.

    `folder` is the package's, relative to the top of the working tree; `path` is the file's, relative to `folder`.
    """

    folder: PurePosixPath
    path: str
    package: Package

    @property
    def is_descriptor(self) -> bool:
        """Whether the file is the package's descriptor."""
        return self.path == DESCRIPTOR

    def resource(self, content: bytes | None = None) -> Resource | None:
        """The table whose file it is: by its path, else by its content, where the other side renamed the file."""
        for resource in self.package.resources:
            if resource.path == self.path:
                return resource
        if content:
            for resource in self.package.resources:
                if PurePosixPath(resource.path).suffix == PurePosixPath(self.path).suffix and self._holds(
                    resource, content
                ):
                    return dataclasses.replace(resource, path=self.path)
        return None

    def _holds(self, resource: Resource, content: bytes) -> bool:
        assert self.package.store is not None
        try:
            return read_bytes(self.package.store, resource.path) == content
        except MandatesDataError:
            return False

    def schema_of(self) -> Resource | None:
        """The table whose schema stands in the file."""
        for resource in self.package.resources:
            if resource.raw.get("schema") == self.path:
                return resource
        return None


def place_of(path: str, top: Path) -> Place | None:
    """The file at `path`, below the `top` of the working tree; None where no sound package is around it."""
    for folder in PurePosixPath(path).parents:
        if (top / folder / DESCRIPTOR).is_file():
            try:
                package = read_package(FolderStore(top / folder))
            except MandatesDataError:
                return None
            return Place(folder, PurePosixPath(path).relative_to(folder).as_posix(), package)
    return None


def by_header(resource: Resource) -> Resource:
    """The table as its file's own header says it: another revision may have other columns than its schema today."""
    if not resource.dialect.header:
        return resource
    schema = Schema((), fields_match="subset", primary_key=resource.schema.primary_key)
    return dataclasses.replace(resource, schema=schema)
