"""The chains of a commitment through the summits: the table `lineages`."""

from __future__ import annotations

from dataclasses import dataclass

from ..package.model import Package
from .tables import table_rows, whole

TABLE = "lineages"
FIELDS = ("lineage_id", "position", "mandate_id", "previous_id", "basis")


@dataclass(frozen=True, slots=True)
class Link:
    """A mandate in a lineage, and the earlier one that it takes up; `previous_id` is empty for the first."""

    lineage_id: str
    position: int
    mandate_id: str
    previous_id: str
    basis: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """A commitment through the summits: its mandates in order."""

    lineage_id: str
    links: tuple[Link, ...]

    def link(self, mandate_id: str) -> Link | None:
        """The link of a mandate; None where it does not stand here."""
        return next((link for link in self.links if link.mandate_id == mandate_id), None)

    def takes_up(self, mandate_id: str) -> tuple[str, ...]:
        """The mandates that take up this one, in order."""
        return tuple(link.mandate_id for link in self.links if link.previous_id == mandate_id)


def read_lineages(package: Package) -> tuple[Lineage, ...]:
    """Every lineage of a package, by name; none where it has no such table.

    Raises
    ------
    UnknownNameError
        The table lacks one of its fields.
    TableError
        It cannot be read as rows.
    """
    if TABLE not in package.resource_names:
        return ()
    found: dict[str, list[Link]] = {}
    for row in table_rows(package, TABLE, FIELDS):
        link = Link(row["lineage_id"], whole(row["position"]), row["mandate_id"], row["previous_id"], row["basis"])
        found.setdefault(link.lineage_id, []).append(link)
    in_order = {name: sorted(links, key=lambda link: (link.position, link.mandate_id)) for name, links in found.items()}
    return tuple(Lineage(name, tuple(links)) for name, links in sorted(in_order.items()))


def lineages_of(package: Package, mandate_id: str) -> tuple[Lineage, ...]:
    """The lineages in which a mandate stands; see `read_lineages`."""
    return tuple(lineage for lineage in read_lineages(package) if lineage.link(mandate_id))
