"""Every reference of a descriptor is checked before the first of them is opened.

Data Package standard, glossary, "URL or Path": paths must be relative siblings or children of the descriptor. Its
"Security" page asks readers of other people's packages to filter network addresses: here they are all refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import UnsafeReferenceError
from .store import Store, check_path


def refuse_unsafe(store: Store, raw: Any) -> None:
    """Nothing, when all paths of tables, schemas and dialects in the descriptor `raw` stay inside the package.

    Raises
    ------
    UnsafeReferenceError
        One is remote, absolute, climbs with `..`, or is a symbolic link that leaves the package. No file was opened.
    """
    for where, path in references(raw):
        try:
            check_path(path)
            store.check(path)
        except UnsafeReferenceError as error:
            raise UnsafeReferenceError(f"{store.descriptor}: {where}: {error.message}", error.next_step) from error


def references(raw: Any) -> Iterator[tuple[str, str]]:
    """The place and text of each reference to a file in a descriptor, whatever else is wrong with it."""
    resources = raw.get("resources") if isinstance(raw, dict) else None
    for number, resource in enumerate(resources if isinstance(resources, list) else []):
        where = f"resources[{number}]"
        if isinstance(resource, str):  # the first version let a resource be the address of its own descriptor
            yield where, resource
        if not isinstance(resource, dict):
            continue
        for name in ("path", "url", "schema", "dialect"):
            value = resource.get(name)
            if isinstance(value, str):
                yield f"{where}.{name}", value
            elif isinstance(value, list) and name == "path":
                yield from ((f"{where}.path[{n}]", item) for n, item in enumerate(value) if isinstance(item, str))
