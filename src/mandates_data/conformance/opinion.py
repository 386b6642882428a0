"""Runs frictionless on a package, with nothing left for it to guess and nothing to fetch."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import MissingExtraError, PackageError
from ..package.model import Package, Resource
from ..package.store import FolderStore

Stops = Collection[tuple[str, str]]
"""Tables and fields whose values frictionless stops at in a key."""

LIMIT = 10**9
"""Errors that frictionless may report: by default it stops reading at 1,000."""


def second_opinion(package: Package, resources: tuple[Resource, ...]) -> Mapping[str, list[Any]]:
    """Frictionless's errors on some tables of a package, by name.

    A folder is read as it stands; the tables of a zip or git revision are put into a temporary folder.

    Raises
    ------
    MissingExtraError
        Frictionless is not installed.
    PackageError
        Frictionless does not take the descriptor.
    """
    try:
        import frictionless
    except ImportError as error:
        raise MissingExtraError(
            "frictionless, which gives the second opinion, is not installed.",
            'Run: pip install "mandates-data[conformance]"',
        ) from error
    refused = "frictionless does not take the descriptor"
    aliases = {resource.name: f"table-{number}" for number, resource in enumerate(resources)}
    # Named, not fetched: without it frictionless takes version 1, which has no exclusive bounds.
    version = "https://datapackage.org/profiles/2.0/datapackage.json"
    stops = {(one.name, field.name) for one in resources for field in one.schema.fields if field.type in UNHASHABLE}
    described = [_resource(one, aliases, stops) for one in resources]
    descriptor = {"$schema": version, "name": "package", "resources": described}
    with _folder(package, resources) as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with frictionless.system.use_context(trusted=False, onerror="ignore"):
                opened = frictionless.Package.from_descriptor(descriptor, basepath=str(folder))
                report = opened.validate(limit_errors=LIMIT)
        except frictionless.FrictionlessException as error:
            raise PackageError(f"{refused}: {error}", "Please report it.") from error
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise PackageError(f"frictionless stopped: {reason}", "Validate without --conformance.") from error
    if report.errors:
        raise PackageError(
            f"frictionless does not take the descriptor: {report.errors[0].message}", "Please report it."
        )
    names = {alias: name for name, alias in aliases.items()}
    return {names[task.name]: list(task.errors) for task in report.tasks}


@contextlib.contextmanager
def _folder(package: Package, resources: tuple[Resource, ...]) -> Iterator[Path]:
    store = package.store
    assert store is not None
    if type(store) is FolderStore:
        yield store.folder.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="mandates-data-") as name:
        for resource in resources:
            target = Path(name) / resource.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with store.open(resource.path) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
        yield Path(name)


def _resource(resource: Resource, aliases: Mapping[str, str], stops: Stops) -> dict[str, Any]:
    """A resource in frictionless's own words: names that it takes, every default said, nothing to look up."""
    dialect = resource.dialect
    csv: dict[str, Any] = {
        "delimiter": dialect.delimiter,
        "doubleQuote": dialect.double_quote,
        "skipInitialSpace": dialect.skip_initial_space,
    }
    if dialect.quote_char is not None:
        csv["quoteChar"] = dialect.quote_char
    if dialect.escape_char is not None:
        csv["escapeChar"] = dialect.escape_char
    described: dict[str, Any] = {"header": dialect.header, "csv": csv}
    if dialect.header:
        described["headerRows"] = [1]
    if dialect.comment_char is not None:
        described["commentChar"] = dialect.comment_char
    written: dict[str, Any] = {
        "name": aliases[resource.name],
        "type": "table",
        "path": resource.path,
        "format": "csv",
        "encoding": resource.encoding,
        "dialect": described,
        "schema": _schema(resource, aliases, stops),
    }
    stored = {"bytes": resource.bytes, "hash": resource.hash}
    return written | {name: value for name, value in stored.items() if value is not None}


def _schema(resource: Resource, aliases: Mapping[str, str], stops: Stops) -> dict[str, Any]:
    schema = resource.schema
    written: dict[str, Any] = {
        "fields": [_field(field.raw) for field in schema.fields],
        "fieldsMatch": schema.fields_match,
        "missingValues": list(schema.missing_values),
    }

    def is_shown(fields: Iterable[str], name: str = resource.name) -> bool:
        return name in aliases and not any((name, field) in stops for field in fields)

    if schema.primary_key and is_shown(schema.primary_key):
        written["primaryKey"] = list(schema.primary_key)
    keys = [
        key
        for key in schema.foreign_keys
        if is_shown(key.fields) and is_shown(key.reference_fields, key.resource or resource.name)
    ]
    if keys:
        written["foreignKeys"] = [
            {
                "fields": list(key.fields),
                "reference": {
                    "resource": "" if key.resource in (None, resource.name) else aliases[str(key.resource)],
                    "fields": list(key.reference_fields),
                },
            }
            for key in keys
        ]
    return written


def by_python(pattern: str) -> re.Pattern[str] | None:
    """A pattern as frictionless compiles it; None where Python's reader refuses it, at which frictionless stops."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(f"^{pattern}$")
        except (re.error, OverflowError, RecursionError):
            return None


_KEPT = (
    "name", "type", "format", "constraints", "missingValues", "decimalChar", "groupChar", "bareNumber", "trueValues",
    "falseValues", "delimiter", "itemType",
)  # fmt: skip
UNHASHABLE = frozenset({"list", "array", "object", "geojson"})
"""Types whose values frictionless stops at where they are to be unique or part of a key."""

_NOT_TAKEN: Mapping[str, tuple[str, ...]] = {
    "duration": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "list": ("enum", "unique"),
    "array": ("jsonSchema", "unique"),
    "object": ("jsonSchema", "unique"),
    "geojson": ("unique",),
}
"""Constraints of the standard that frictionless takes for an invalid descriptor, or at which it stops (see `known`)."""


def _field(raw: Mapping[str, Any]) -> dict[str, Any]:
    written = {name: raw[name] for name in _KEPT if name in raw}
    left_out = _NOT_TAKEN.get(str(raw.get("type")), ())
    if isinstance(raw.get("constraints"), dict):
        kept = {name: value for name, value in raw["constraints"].items() if name not in left_out}
        if isinstance(kept.get("pattern"), str) and by_python(kept["pattern"]) is None:
            del kept["pattern"]
        written["constraints"] = kept
    if "missingValues" in written:  # labels are a hard error to frictionless
        values = written["missingValues"]
        written["missingValues"] = [value["value"] if isinstance(value, dict) else value for value in values]
    return written
