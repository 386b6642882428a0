"""What a package's table of retired identifiers declares. Which table that is, the caller says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ..errors import PackageError
from ..package.model import Package
from .tables import open_table

FIELDS = ("retired_id", "table", "replaced_by")


def retired_identifiers(package: Package, name: str) -> Mapping[str, frozenset[tuple[str, str]]]:
    """By table, pairs of a retired identifier and what replaced it (empty where nothing did).

    Raises
    ------
    PackageError
        The package has no table of that name, or it lacks one of `FIELDS`.
    """
    if name not in package.resource_names:
        raise PackageError(f"There is no table {name!r} of retired identifiers.", "Mend `mandates_data.retired_ids`.")
    table = open_table(package, package.resource(name))
    missing = [field for field in FIELDS if field not in table.names]
    if missing:
        raise PackageError(
            f"The table {name!r} of retired identifiers has no field {missing[0]!r}.",
            "Mend `mandates_data.retired_ids`.",
        )
    places = [table.names.index(field) for field in FIELDS]
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, cells in table.rows():
        retired, of_table, replaced_by = (cells[place] for place in places)
        found[of_table].add((retired, replaced_by))
    return {of_table: frozenset(pairs) for of_table, pairs in found.items()}
