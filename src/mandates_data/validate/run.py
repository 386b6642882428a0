"""The run: descriptor first, then each table once, then the references between them, then a package's own rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ..errors import PackageError, UnsafeReferenceError
from ..package.model import Package, Resource
from ..package.opening import open_store
from ..package.parse import read_package
from ..package.store import Store
from . import codes, codes_file, codes_row
from .findings import Finding, Report, Rule, TableCount
from .keys import KeyIndex, Reference
from .table import TableCheck

ExtraRules = Callable[[Package], Iterable[Finding]]
"""Rules beyond the standard, on a package whose tables can be read."""

LIMIT = 1000
"""Findings of one rule on one field that are told one by one; the others are counted."""

_DRIFT = frozenset({codes_file.BYTES_DRIFT.code, codes_file.HASH_DRIFT.code})


def validate(
    package: str | Path | Store | None = None,
    *,
    extra_rules: Mapping[str, ExtraRules] | None = None,
    limit: int | None = LIMIT,
) -> Report:
    """Everything that is wrong with a package.

    Parameters
    ----------
    package
        A reference as `package.opening.open_package` takes it, or a store.
    extra_rules
        Rules by the name under which a descriptor asks for them (`mandates_data.rules`). They run only when the
        tables themselves are sound, since they rest on them; a size or hash that has drifted does not stop them.
    limit
        How many findings of one rule on one field are told one by one; None for all of them.

    Raises
    ------
    PackageError
        There is no package, or no descriptor that is JSON.
    UnsafeReferenceError
        A path leaves the package or is remote; nothing was read.
    """
    store = open_store(package) if package is None or isinstance(package, (str, Path)) else package
    keep = _Keep(limit)
    keep.add(_descriptor(store))
    try:
        opened = read_package(store)
    except UnsafeReferenceError:
        raise
    except PackageError:
        if not keep.errors:
            raise
        return Report(keep.sorted(()), package=store.label)
    counts = _tables(opened, keep)
    keep.add(_unknown_rules(opened, extra_rules or {}))
    if not keep.errors_in_tables:
        for name in opened.rules:
            if extra_rules and name in extra_rules:
                keep.add(extra_rules[name](opened))
    return Report(keep.sorted(opened.resource_names), counts, opened.name or store.label, opened.version)


def _descriptor(store: Store) -> Iterable[Finding]:
    from .descriptor import check_descriptor

    return check_descriptor(store)


def _unknown_rules(package: Package, known: Mapping[str, ExtraRules]) -> Iterator[Finding]:
    path = package.store.descriptor if package.store else None
    for name in package.rules:
        if name not in known:
            rule = codes.RULES_UNKNOWN
            said = f"The rules {name!r} are not known, and were not checked."
            yield rule.finding(said, path=path, seen=name, mend=rule.mend)


def _tables(package: Package, keep: _Keep) -> tuple[TableCount, ...]:
    links = _Links(package)
    checks = {}
    for resource in links.order():
        check = TableCheck(package, resource, links.indexes_of(resource), links.references[resource.name])
        keep.add(check.run())
        checks[resource.name] = check
    for resource in package.resources:
        for reference in links.references[resource.name]:
            keep.add(reference.finish())
    return tuple(checks[name].count() for name in package.resource_names)


class _Links:
    """The keys of all tables, and the references between them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._indexes: dict[tuple[str, tuple[str, ...]], KeyIndex] = {}
        for resource in package.resources:
            for fields, rule in _unique(resource):
                self._indexes.setdefault((resource.name, fields), KeyIndex(fields, rule))
        self.references = {resource.name: list(self._references(resource)) for resource in package.resources}

    def indexes_of(self, resource: Resource) -> list[KeyIndex]:
        """The keys that have to be collected from a table."""
        return [index for (name, _fields), index in self._indexes.items() if name == resource.name]

    def order(self) -> list[Resource]:
        """The tables, each after those that it refers to where there is no circle."""
        done: dict[str, Resource] = {}
        for resource in self._package.resources:
            self._visit(resource, done, set())
        return list(done.values())

    def _visit(self, resource: Resource, done: dict[str, Resource], on_the_way: set[str]) -> None:
        if resource.name in done or resource.name in on_the_way:
            return
        on_the_way.add(resource.name)
        for key in resource.schema.foreign_keys:
            if key.resource in self._package.resource_names:
                self._visit(self._package.resource(str(key.resource)), done, on_the_way)
        done[resource.name] = resource

    def _references(self, resource: Resource) -> Iterator[Reference]:
        for key in resource.schema.foreign_keys:
            name = resource.name if key.resource is None else key.resource
            if name not in self._package.resource_names:
                continue  # told by the check of the descriptor
            target = self._package.resource(name)
            if not (_has(resource, key.fields) and _has(target, key.reference_fields)):
                continue
            if len(key.fields) == len(key.reference_fields):
                index = self._indexes.setdefault((name, key.reference_fields), KeyIndex(key.reference_fields, None))
                yield Reference(key, resource, index, name)


def _has(resource: Resource, fields: tuple[str, ...]) -> bool:
    return bool(fields) and set(fields) <= set(resource.schema.field_names)


def _unique(resource: Resource) -> Iterator[tuple[tuple[str, ...], Rule]]:
    schema = resource.schema
    if _has(resource, schema.primary_key):
        yield schema.primary_key, codes_row.KEY_TWICE
    for field in schema.fields:
        if field.constraints.unique:
            yield (field.name,), codes_row.NOT_UNIQUE
    for key in schema.unique_keys:
        if _has(resource, key):
            yield key, codes_row.UNIQUE_KEY_TWICE


class _Keep:
    """Collects findings, and only counts those of a rule on a field beyond the limit."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._kept: list[Finding] = []
        self._seen: Counter[tuple[str, str | None, str | None]] = Counter()
        self._rules: dict[tuple[str, str | None, str | None], Finding] = {}
        self.errors = 0
        self.errors_in_tables = 0

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            kind = (finding.code, finding.resource, finding.field)
            if finding.severity == "error":
                self.errors += 1
                self.errors_in_tables += finding.code not in _DRIFT
            self._seen[kind] += 1
            if self._limit is None or self._seen[kind] <= self._limit:
                self._kept.append(finding)
            else:
                self._rules.setdefault(kind, finding)

    def sorted(self, names: tuple[str, ...]) -> tuple[Finding, ...]:
        place = {name: number for number, name in enumerate(names)}
        kept = self._kept + [self._rest(kind, finding) for kind, finding in self._rules.items()]
        return tuple(
            sorted(
                kept,
                key=lambda f: (
                    place.get(f.resource or "", len(place)) if f.resource else -1,
                    f.count > 1 and f.line is None,
                    f.line or 0,
                    f.column or 0,
                    f.code,
                ),
            )
        )

    def _rest(self, kind: tuple[str, str | None, str | None], finding: Finding) -> Finding:
        more = self._seen[kind] - (self._limit or 0)
        return Finding(
            finding.code,
            finding.severity,
            f"And {more:,} more of the same kind, which are not listed.",
            resource=finding.resource,
            path=finding.path,
            field=finding.field,
            count=more,
        )
