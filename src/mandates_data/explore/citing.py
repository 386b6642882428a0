"""`cite`: how to cite a mandate, an item or the data set, each with the version of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..package.model import Package
from .citation_bibtex import as_bibtex
from .citation_csl import as_csl
from .citation_facts import Citable, Cited, DataSet, data_set_of
from .citation_text import as_footnote, as_text
from .opened import opened


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite something.

    Attributes
    ----------
    row_id
        The mandate or item; empty for the data set.
    text, footnote, bibtex
        In full, in short (without the archived page and what it prints), and as an entry of BibTeX.
    csl
        As CSL-JSON has an item, which reference managers read.
    data_set, cited
        The facts that it is made of; `cited` is None for the data set.
    """

    row_id: str
    text: str
    footnote: str
    bibtex: str
    csl: Mapping[str, Any]
    data_set: DataSet
    cited: Cited | None


def cite(row_id: str | None = None, package: str | Path | Package | None = None) -> Citation:
    """How to cite a mandate or an item; the data set itself where none is named.

    Parameters
    ----------
    row_id
        The identifier of a mandate or an item.
    package
        What `open_package` takes, a version such as `0.1.0` among it; None for the one that came with this library.

    Returns
    -------
    Citation
        It says what the tables know, and nothing else: a day of adoption, an address or a symbol that they do not have
        is left out.

    Raises
    ------
    UnknownNameError
        No mandate and no item has the identifier; the message says what replaced it, where something did.
    TableError, PackageError
        The package, or one of its tables, cannot be read.

    Examples
    --------
    >>> import mandates_data
    >>> mandates_data.cite("2018-lima-commitment-001", "0.1.0").csl["issued"]
    {'date-parts': [[2018, 4, 14]]}
    """
    return Citations(opened(package)).of(row_id)


class Citations:
    """How to cite the rows of one package, whose tables are read once. Raises as `cite`."""

    def __init__(self, package: Package) -> None:
        self.data_set = data_set_of(package)
        self._package = package

    def of(self, row_id: str | None = None, shown_at: str = "") -> Citation:
        """As `cite`; `shown_at` is the address of a page that shows what is cited, which the citation then names."""
        cited = None if row_id is None else self._rows.of(row_id)
        return Citation(
            row_id or "",
            as_text(self.data_set, cited, shown_at),
            as_footnote(self.data_set, cited, shown_at),
            as_bibtex(self.data_set, cited, shown_at),
            as_csl(self.data_set, cited, shown_at),
            self.data_set,
            cited,
        )

    @cached_property
    def _rows(self) -> Citable:
        return Citable(self._package)
