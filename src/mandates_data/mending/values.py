"""What `mend` yields: of each table what was put right, what was put back, what a person changed and what is left."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..validate.findings import Finding

State = Literal["canonical", "mended", "left", "other-form"]
"""Whether a table's bytes are canonical already, change, or stay because of what is left; `other-form` is a table that
its descriptor wants in another form than the canonical one."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Something about the file as such that is put right; no cell changes by it.

    `kind` is a stable slug; `words` finish the sentence "mended: ...".
    """

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is; None where that does not apply. Lines and columns count from 1.

    Attributes
    ----------
    line, column
        In the file as it was read: the line on which the row begins, and the column of the cell.
    new_line, new_column
        The same in the mended file; None where the file stays as it is.
    field, row_key
        Name of the column; the row's primary key as text, its parts joined with `/`.
    """

    line: int | None = None
    column: int | None = None
    field: str | None = None
    row_key: str | None = None
    new_line: int | None = None
    new_column: int | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """A cell that a program had damaged, as the base proves.

    `seen` stood in the file, `text` takes its place; `kind` and `words` are those of `validate.damage.Damage`.
    """

    place: Place
    seen: str
    text: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that differs from the base and is no damage: what a person changed. It is kept.

    Whoever drafts rows of a corrections ledger starts from these: `old` is the base's cell, `new` the whole cell now.
    """

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Left:
    """Something that cannot be mended for certain, and stays as it stands.

    Attributes
    ----------
    kind
        A stable slug.
    message, mend
        What is wrong, as a sentence; the next step, as another.
    code
        The code of the rule that `validate` finds it under, for `explain`; None where it has none.
    seen
        The cell as it stands.
    count
        How many places of the same kind this one stands for.
    counts
        Whether it makes the result one that is not well. What is only worth a note does not.
    """

    kind: str
    message: str
    mend: str = ""
    code: str | None = None
    place: Place = Place()
    seen: str | None = None
    count: int = 1
    counts: bool = True

    @classmethod
    def of(cls, kind: str, finding: Finding, message: str = "", mend: str = "") -> Left:
        """What a finding of `validate` says, as something that is left."""
        place = Place(finding.line, finding.column, finding.field, finding.row_key)
        said, next_step = message or finding.message, mend or finding.mend or ""
        return cls(kind, said, next_step, finding.code, place, finding.seen, finding.count)


@dataclass(frozen=True, slots=True)
class TableMending:
    """What is done to one table.

    Attributes
    ----------
    rows
        How many it has, without the header; None where it cannot be read as rows.
    encoding
        How the bytes were read.
    content
        The bytes that take the file's place; None where it stays.
    edits, added, removed
        What differs from the base and is kept: cells, and numbers of rows.
    """

    resource: str
    path: str
    state: State
    rows: int | None = None
    repairs: tuple[Repair, ...] = ()
    restored: tuple[Restored, ...] = ()
    left: tuple[Left, ...] = ()
    edits: tuple[Edit, ...] = ()
    added: int = 0
    removed: int = 0
    encoding: str = "utf-8"
    content: bytes | None = dataclasses.field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Mending:
    """What is done to a package.

    Attributes
    ----------
    package, against
        What the two are called; `against` is None without a base.
    refreshed
        Names of the tables whose size or hash is stated anew in the descriptor.
    contents
        The bytes to write by path inside the package, tables first, the descriptor last.
    """

    package: str
    against: str | None
    tables: tuple[TableMending, ...]
    refreshed: tuple[str, ...]
    contents: Mapping[str, bytes] = dataclasses.field(repr=False)

    @property
    def changed(self) -> tuple[str, ...]:
        """The paths of the files that are not what they should be."""
        return tuple(self.contents)

    @property
    def left(self) -> int:
        """How much is left that nobody but a person can mend."""
        return sum(one.count for table in self.tables for one in table.left if one.counts)
