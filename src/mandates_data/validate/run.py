"""The run: descriptor first, then each table once, then the references between them, then a package's own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..errors import PackageError, UnsafeReferenceError
from ..package.model import Package, Resource
from ..package.opening import open_store
from ..package.parse import read_package
from ..package.store import Store
from . import codes, codes_file
from .findings import Finding, Report, TableCount
from .keys import KeyIndex, Reference, has_fields, key_rules
from .log import FindingLog
from .table import Progress, TableCheck

Quick = Callable[[Resource, Sequence[KeyIndex], Sequence[Reference]], int | None]
"""Settles a table by its changed rows alone, and gives their number; None where that is not enough."""

ExtraRules = Callable[[Package], Iterable[Finding]]
"""Rules beyond the standard, on a package whose tables can be read."""

_DRIFT = frozenset({codes_file.BYTES_DRIFT.code, codes_file.HASH_DRIFT.code})


def validate(
    package: str | Path | Store | None = None,
    *,
    extra_rules: Mapping[str, ExtraRules] | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    against: str | Path | Package | None = None,
) -> Report:
    """Everything that is wrong with a package.

    Parameters
    ----------
    package
        A reference as `package.opening.open_package` takes it, or a store.
    extra_rules
        Rules by the name under which a descriptor asks for them (`mandates_data.rules`). They run only when the
        tables themselves are sound, since they rest on them; a size or hash that has drifted does not stop them.
    processes
        How many processes may be kept busy by a large table; as many as there are processors where it is left out.
    progress
        Told how many bytes were checked, and how many there are.
    against
        The revision that a contribution starts from, as `against.open_base` takes it: what was found is then settled
        by it, and changes are judged too.

    Raises
    ------
    PackageError
        There is no package, or no descriptor that is JSON; or no base revision.
    UnsafeReferenceError
        A path leaves the package or is remote; nothing was read.
    """
    store = open_store(package) if package is None or isinstance(package, (str, Path)) else package
    base = None if against is None else _base(against, store)
    log = FindingLog()
    log.add(_descriptor(store))
    try:
        opened = read_package(store)
    except UnsafeReferenceError:
        raise
    except PackageError:
        if not log.errors:
            raise
        return Report(log.findings(()), package=store.label)
    processes = processes or available_processors()
    if base is None:
        counts = _tables(opened, log, processes, progress)
    else:
        from .changes.against import Against

        against_base = Against(opened, base, log)
        in_tables = FindingLog()
        counts = _tables(opened, in_tables, processes, progress, against_base.by_changed_rows)
        against_base.settle(in_tables)
    log.add(_unknown_rules(opened, extra_rules or {}))
    drift = sum(count for (code, _severity), count in log.counts.items() if code in _DRIFT)
    if log.errors == drift:
        for name in opened.rules:
            if extra_rules and name in extra_rules:
                _add_by_table(extra_rules[name](opened), log)
    return Report(log.findings(opened.resource_names), counts, opened.name or store.label, opened.version)


def available_processors() -> int:
    """How many processes this one may keep busy."""
    import os
    import sys

    if not sys.executable:  # inside another program, where no other Python can be started
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _add_by_table(findings: Iterable[Finding], log: FindingLog) -> None:
    """Findings on any tables."""
    by_table: dict[str, list[Finding]] = {}
    for finding in findings:
        by_table.setdefault(finding.resource or "", []).append(finding)
    for table, found in by_table.items():
        log.add(found, table)


def _descriptor(store: Store) -> Iterable[Finding]:
    from .descriptors.descriptor import check_descriptor

    return check_descriptor(store)


def _base(reference: str | Path | Package, store: Store) -> Package:
    from .changes.against import open_base

    return open_base(reference, store)


def _unknown_rules(package: Package, known: Mapping[str, ExtraRules]) -> Iterator[Finding]:
    path = package.store.descriptor if package.store else None
    for name in package.rules:
        if name not in known:
            rule = codes.RULES_UNKNOWN
            said = f"The rules {name!r} are not known, and were not checked."
            yield rule.finding(said, path=path, seen=name, mend=rule.mend)


def _tables(
    package: Package, log: FindingLog, processes: int, progress: Progress | None, quick: Quick | None = None
) -> tuple[TableCount, ...]:
    links = _Links(package)
    checks: dict[str, TableCheck] = {}
    counts: dict[str, TableCount] = {}
    for resource in links.order():
        if quick is not None:
            changed = quick(resource, links.indexes_of(resource), links.references[resource.name])
            if changed is not None:
                counts[resource.name] = TableCount(resource.name, changed)
                continue
        check = TableCheck(
            package,
            resource,
            links.indexes_of(resource),
            links.references[resource.name],
            log,
            processes=processes,
            progress=progress,
        )
        check.run()
        checks[resource.name] = check
    for name, check in checks.items():
        check.check_references()
        counts[name] = check.count()
    return tuple(counts[name] for name in package.resource_names)


class _Links:
    """The keys of all tables, and the references between them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._indexes: dict[tuple[str, tuple[str, ...]], KeyIndex] = {}
        for resource in package.resources:
            for fields, rule in key_rules(resource.schema):
                self._indexes.setdefault((resource.name, fields), KeyIndex(fields, rule))
        self.references = {resource.name: list(self._references(resource)) for resource in package.resources}

    def indexes_of(self, resource: Resource) -> list[KeyIndex]:
        """The keys of a table that are unique or that another refers to."""
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
            if not (has_fields(resource.schema, key.fields) and has_fields(target.schema, key.reference_fields)):
                continue
            if len(key.fields) == len(key.reference_fields):
                index = self._indexes.setdefault((name, key.reference_fields), KeyIndex(key.reference_fields, None))
                index.wanted = True
                yield Reference(key, index, name)
