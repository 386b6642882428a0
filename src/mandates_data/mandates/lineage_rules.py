"""The rules on lineages: each counts from 1, has one beginning, and every link goes back to an earlier mandate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..errors import MandatesDataError
from ..validate.findings import Finding, quoted
from . import codes
from .lineages import FIELDS, TABLE
from .tables import PlacedRow, Tables, table_rows, whole


def lineages_fit(tables: Tables) -> Iterator[Finding]:
    """Each lineage counts from 1, has one beginning, and every other mandate takes up an earlier one of it."""
    if TABLE not in tables.package.resource_names:
        return
    lineages: dict[str, list[PlacedRow]] = {}
    try:
        for row in table_rows(tables.package, TABLE, FIELDS):
            lineages.setdefault(row["lineage_id"], []).append(row)
    except MandatesDataError as error:
        yield codes.LINEAGE_POSITIONS.finding(f"Nothing is known of the lineages: {error.message}")
        return
    days = _days(tables)
    for rows in lineages.values():
        rows.sort(key=lambda row: (whole(row["position"]), row["mandate_id"]))
        yield from _counted(tables, rows)
        for row in rows:
            yield from _previous(tables, rows, row, days)


def _days(tables: Tables) -> Mapping[str, str]:
    """The first day of the summit of each mandate; empty where nothing is known of it."""
    of_summit = {row["summit_id"]: row["start_date"] for row in tables["summits"]}
    of_document = {row["document_id"]: of_summit.get(row["summit_id"], "") for row in tables["documents"]}
    return {row["mandate_id"]: of_document.get(row["document_id"], "") for row in tables["mandates"]}


def _counted(tables: Tables, rows: list[PlacedRow]) -> Iterator[Finding]:
    """The first place where the positions do not count 1, 2, 3."""
    for expected, row in enumerate(rows, start=1):
        if row["position"] != str(expected):
            message = (
                f"The mandate is number {expected} of {row['lineage_id']}, its position is {quoted(row['position'])}."
            )
            place = tables.place(TABLE, row, "position")
            yield codes.LINEAGE_POSITIONS.finding(message, **place, expected=str(expected))
            return


def _previous(tables: Tables, rows: list[PlacedRow], row: PlacedRow, days: Mapping[str, str]) -> Iterator[Finding]:
    place = tables.place(TABLE, row, "previous_id")
    first = row is rows[0]
    previous = next((other for other in rows if other["mandate_id"] == row["previous_id"]), None)
    if first != (not row["previous_id"]):
        said = (
            "begins the lineage and takes up nothing earlier"
            if first
            else "stands after the first and takes up nothing"
        )
        yield codes.LINEAGE_BEGINNING.finding(f"{row['mandate_id']} {said}.", **place)
    elif previous is None:
        if not first:
            message = f"{row['previous_id']} has no row in the lineage {row['lineage_id']}."
            yield codes.LINEAGE_PREVIOUS.finding(message, **place)
    elif whole(previous["position"]) >= whole(row["position"]):
        message = f"{row['previous_id']} does not stand before {row['mandate_id']} in {row['lineage_id']}."
        yield codes.LINEAGE_PREVIOUS.finding(message, **place)
    elif days.get(row["previous_id"], "") > days.get(row["mandate_id"], "") > "":
        message = f"{row['previous_id']} is of a later summit than {row['mandate_id']}."
        yield codes.LINEAGE_ORDER.finding(message, **place)
