"""A descriptor with the schemas and dialects that it names, as JSON objects that know where they stand.

Rules on descriptors look at these, never at `package.model`: its values exist only where a descriptor has no flaw.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...errors import PackageError
from ...package.parse import read_json
from ...package.safety import refuse_unsafe
from ...package.store import Store

Place = tuple[str | int, ...]
"""The way from the root of a JSON file to a value in it: names of objects, numbers (from 0) in lists."""


@dataclass(frozen=True, slots=True)
class Defect:
    """What a rule has against a descriptor: where, what it is, and where the rule knows it, what would be right."""

    file: str
    place: Place
    message: str
    seen: str = ""
    expected: str = ""
    resource: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A JSON object of a descriptor and where it stands; `resource` and `field` name the table and column it is of."""

    file: str
    place: Place
    value: Mapping[str, Any]
    resource: str = ""
    field: str = ""

    def text(self, name: str) -> str | None:
        """The property of that name where it is a text, else None."""
        value = self.value.get(name)
        return value if isinstance(value, str) else None

    def listed(self, name: str) -> list[Any]:
        """The property of that name where it is a list, else an empty one."""
        value = self.value.get(name)
        return value if isinstance(value, list) else []

    def child(self, name: str) -> Node | None:
        """The property of that name where it is an object, else None."""
        value = self.value.get(name)
        if not isinstance(value, Mapping):
            return None
        return Node(self.file, (*self.place, name), value, self.resource, self.field)

    def objects(self, name: str) -> Iterator[Node]:
        """The objects in the list of that name; what is no object is left out."""
        for number, item in enumerate(self.listed(name)):
            if isinstance(item, Mapping):
                yield Node(self.file, (*self.place, name, number), item, self.resource, self.field)

    def defect(self, way: str | Place, message: str, expected: str = "") -> Defect:
        """Something wrong with the value that is at `way` below this object."""
        way = (way,) if isinstance(way, str) else way
        return Defect(
            self.file, (*self.place, *way), message, shown(_at(self.value, way)), expected, self.resource, self.field
        )


_NOTHING = object()


def _at(value: Any, way: Place) -> Any:
    for step in way:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return _NOTHING
    return value


def shown(value: Any, limit: int = 80) -> str:
    """A JSON value as it is shown to a person: in one line, and cut where it is long."""
    if value is _NOTHING:
        return ""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (RecursionError, ValueError):
        text = "a deeply nested value"
    return text if len(text) <= limit else text[: limit - 3] + "..."


@dataclass(frozen=True, eq=False)
class Documents:
    """All that a package's descriptor says.

    Attributes
    ----------
    package
        The descriptor itself.
    resources
        Its resources, in order; what is no object is left out.
    schemas, dialects
        Each once, whether it stands in the descriptor or in a file that several resources share.
    schema_of
        The schema of each resource, by the place of the resource in `resources`.
    unread
        Files that are named and cannot be read as a JSON object.
    """

    store: Store
    package: Node
    resources: tuple[Node, ...]
    schemas: tuple[Node, ...]
    dialects: tuple[Node, ...]
    schema_of: Mapping[int, Node]
    unread: tuple[Defect, ...]

    @functools.cached_property
    def fields(self) -> tuple[Node, ...]:
        """Every field of every schema."""
        return tuple(field for schema in self.schemas for field in fields_of(schema))

    @functools.cached_property
    def constrained(self) -> tuple[tuple[Node, Node], ...]:
        """Every field that has constraints, with them."""
        pairs = ((field, field.child("constraints")) for field in self.fields)
        return tuple((field, constraints) for field, constraints in pairs if constraints is not None)

    def described(self) -> Iterator[Node]:
        """The package and its resources: what may have licenses and sources."""
        yield self.package
        yield from self.resources

    def resource_named(self, name: str) -> int | None:
        """The place in `resources` of the first one of that name."""
        for number, resource in enumerate(self.resources):
            if resource.text("name") == name:
                return number
        return None


@functools.lru_cache(maxsize=1024)
def fields_of(schema: Node) -> tuple[Node, ...]:
    """The fields of a schema, each with its own name as `field`."""
    return tuple(
        Node(field.file, field.place, field.value, field.resource, field.text("name") or "")
        for field in schema.objects("fields")
    )


@functools.lru_cache(maxsize=1024)
def field_names(schema: Node) -> tuple[str, ...]:
    """The names of a schema's fields, as far as they are texts."""
    return tuple(field.field for field in fields_of(schema) if field.text("name") is not None)


def read_documents(store: Store) -> Documents:
    """The documents of the package in a store, once every reference in it has been found safe.

    Raises
    ------
    PackageError
        The descriptor itself is not there or is not JSON.
    UnsafeReferenceError
        A path leaves the package or is remote; no file but the descriptor was opened.
    """
    raw = read_json(store, store.descriptor)
    refuse_unsafe(store, raw)
    unread: list[Defect] = []
    if not isinstance(raw, Mapping):
        unread.append(Defect(store.descriptor, (), "The file holds no JSON object.", shown(raw), "{ ... }"))
        raw = {}
    package = Node(store.descriptor, (), raw)
    resources = tuple(
        Node(node.file, node.place, node.value, node.text("name") or "") for node in package.objects("resources")
    )
    loader = _Loader(store, unread)
    schema_of = {n: node for n, r in enumerate(resources) if (node := loader.node(r, "schema")) is not None}
    for resource in resources:
        loader.node(resource, "dialect")
    return Documents(
        store=store,
        package=package,
        resources=resources,
        schemas=tuple(loader.found["schema"].values()),
        dialects=tuple(loader.found["dialect"].values()),
        schema_of=schema_of,
        unread=tuple(unread),
    )


class _Loader:
    """Reads the schema and dialect files that resources name, each once."""

    def __init__(self, store: Store, unread: list[Defect]) -> None:
        self._store = store
        self._unread = unread
        self.found: dict[str, dict[tuple[str, Place], Node]] = {"schema": {}, "dialect": {}}

    def node(self, resource: Node, name: str) -> Node | None:
        """What the resource's property `name` gives: an object there, or the object in the file that it names."""
        path = resource.text(name)
        node = resource.child(name) if path is None else self._from_file(resource, name, path)
        return None if node is None else self.found[name].setdefault((node.file, node.place), node)

    def _from_file(self, resource: Node, name: str, path: str) -> Node | None:
        known = self.found[name].get((path, ()))
        if known is not None:
            return known
        try:
            raw = read_json(self._store, path)
        except PackageError as error:
            self._unread.append(resource.defect(name, error.message, error.next_step))
            return None
        if not isinstance(raw, Mapping):
            self._unread.append(Defect(path, (), "The file holds no JSON object.", shown(raw), "{ ... }"))
            return None
        return Node(path, (), raw, resource.resource)
