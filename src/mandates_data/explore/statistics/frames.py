"""`stats`: a count as a pandas frame."""

from __future__ import annotations

import pandas as pd

from ...frames.columns import column
from ...frames.loading import PackageLike, opened
from ...package.model import Field, Schema
from .choices import statistic
from .model import Asked, Row, Statistic


def stats(
    name: str,
    package: PackageLike | None = None,
    *,
    version: str | None = None,
    codes: str = "primary",
    coder: str = "adjudicated",
    preambles: bool = False,
) -> pd.DataFrame:
    """A count of the mandates as a frame, a row for each pair where two things are counted against each other.

    Preambles, which only state grounds and introduce, are no mandates and left out where nothing else is said. A
    summit of which nothing has been read is no zero: only `summits` lists it.

    Parameters
    ----------
    name
        What is counted:

        - `summits`: `summit_id`, `city`, `year`, `documents`, `mandates`, `preambles`, `items`
        - `documents`: `document_id`, `kind`, `year`, `mandates`, `preambles`, `items`, `words`
        - `words`: `summit_id`, `year`, `mandates`, `words` (all of them), `shortest`, `median`, `mean`, `longest`
          (words a mandate, its items included)
        - `codes`: `code`, `title`, `summit_id`, `year`, `mandates`
        - `strength`: `strength`, `summit_id`, `year`, `mandates`
        - `verbs`: `verb`, `strength`, `mandates`, `summits`, `first`, `last` (years)
        - `entities`: `entity_id`, `kind`, `name`, `acronym`, `summit_id`, `year`, `mandates` (that name it),
          `mentions` (times that they do)
        - `lineages`: `lineage_id`, `mandates`, `summits`, `first`, `last`, `years`, `begins_with`
        - `corrections`: `kind`, `version`, `corrections`
    package, version
        As for `load`.
    codes
        For `codes`: `"primary"` counts a mandate under the code that comes first, `"every"` under each of its codes.
    coder
        For `codes`: whose codings are counted, as the table `mandate_subtopics` names them.
    preambles
        Whether preambles count as mandates; not for `summits` and `documents`, which tell both.

    Returns
    -------
    pandas.DataFrame
        Names, kinds and identifiers are `str` (missing: `NaN`), counts and years `Int64` (missing: `pd.NA`), `median`
        and `mean` `float64`. Missing are the year of a summit without a day, an acronym that there is none of, and the
        version of a correction that is not released yet; no count is. `frame.attrs` has `name`, `title`, `unit`, `n`
        and `n_of` (how many of what were looked at), `notes`, `caveat`, `package`, `version` and, under `fields`, the
        `description` and `type` of each column, all as plain JSON values.

    Raises
    ------
    UnknownNameError
        There is no such count or coder, or the count does not take what is asked.
    PackageError
        The package lacks a table that the count is made from.
    TableError
        A table cannot be read, or refers to a row that is not there.

    Examples
    --------
    >>> import mandates_data
    >>> mandates_data.stats("summits").columns.tolist()
    ['summit_id', 'city', 'year', 'documents', 'mandates', 'preambles', 'items']
    """
    return frame(statistic(name, opened(package, version), Asked(codes, coder, preambles)))


def frame(counted: Statistic) -> pd.DataFrame:
    """The frame of a count; see `stats`."""
    schema = Schema(tuple(Field(one.name, one.kind) for one in counted.columns))
    cells = list(zip(*map(_texts, counted.rows), strict=True)) or [()] * len(counted.columns)
    columns = {field.name: column(schema, field, texts) for field, texts in zip(schema.fields, cells, strict=True)}
    found = pd.DataFrame(columns)
    found.attrs = {
        **{name: getattr(counted, name) for name in ("name", "title", "unit", "n", "n_of", "caveat")},
        "notes": list(counted.notes),
        "package": counted.package,
        "version": counted.version,
        "fields": {one.name: {"description": one.description, "type": one.kind} for one in counted.columns},
    }
    return found


def _texts(row: Row) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in row)
