"""What else has to change where a cell is corrected.

A table that holds offsets into a text (where a name or a deadline stands in it) has to be moved along with it. No
table does so yet; one that will is served by a function here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...package.model import Package
from ..changeset import CellChange, ResourceChange
from .lookup import Cell

Follower = Callable[[Package, Cell, CellChange], Iterable[ResourceChange]]
"""From a package, a cell and its change to the changes that follow in other tables."""

FOLLOWERS: tuple[Follower, ...] = ()


def following(package: Package, cell: Cell, change: CellChange) -> list[ResourceChange]:
    """The changes of other tables that a correction brings with it."""
    return [each for follower in FOLLOWERS for each in follower(package, cell, change)]
