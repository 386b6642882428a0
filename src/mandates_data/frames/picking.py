"""The rows of a frame by their keys, as `load(table, ids=[...])` gives them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

import pandas as pd

from ..errors import RetiredIdWarning, TableError, UnknownNameError
from ..package.model import Package, Resource


def picked(frame: pd.DataFrame, package: Package, resource: Resource, ids: Iterable[str]) -> pd.DataFrame:
    """The rows with these keys, in this order, numbered from 0; see `load`.

    Raises
    ------
    TableError
        The table has no primary key.
    UnknownNameError
        A key was never given.
    """
    from ..history.records import read_records, rows_of
    from ..history.resolving import resolved

    if not resource.schema.primary_key:
        raise TableError(f"The table {resource.name} has no primary key to ask for.", "Load it whole.")
    wanted = [ids] if isinstance(ids, str) else [str(identifier) for identifier in ids]
    places = {key: place for place, (key, _cells) in enumerate(rows_of(package, resource))}
    records = None
    for identifier in dict.fromkeys(wanted):
        if identifier not in places:
            records = records or read_records(package)
            found = resolved(records, identifier, resource.name)
            if found.status == "never_given":
                near = f"Near it: {', '.join(found.near)}." if found.near else "Check how it is written."
                raise UnknownNameError(f"{resource.name} never had the identifier {identifier!r}.", near)
            _warn(identifier, found.current, resource.name)
    return frame.iloc[[places[one] for one in wanted if one in places]].reset_index(drop=True)


def _warn(identifier: str, current: tuple[str, ...], table: str) -> None:
    asked = f"mandates_data.resolve({identifier!r}, table={table!r})"
    became = f"was replaced by {', '.join(current)}" if current else "was withdrawn, and nothing replaces it"
    warnings.warn(
        f"{identifier} {became}; no row is given for it. When and why: {asked}, "
        f"or: mandates-data resolve {identifier} --table {table}",
        RetiredIdWarning,
        stacklevel=4,
    )
