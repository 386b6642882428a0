"""What a person wants corrected, what becomes of it, and why it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ...errors import MandatesDataError, one_line
from ..changeset import CellChange, Changeset

Action = Literal["added", "completed", "undone"]

MOST = 65_536
"""Characters of a cell that is corrected; a GitHub issue holds no more."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A correction as a person asks for it; None is what was not said.

    Attributes
    ----------
    row_id, field
        The cell: the key of its row, parts joined with `/`, and the name of its column.
    to
        The whole cell as it is to be. None completes the newest correction of the cell.
    printed
        What the person saw in the cell: a precondition, but for blanks around it. None where it was not asked for.
    table
        The table, where the identifier alone does not say it.
    from_form
        Whether the person filled in a form, and knows nothing of options.
    """

    row_id: str
    field: str
    to: str | None = None
    kind: str | None = None
    reason: str | None = None
    evidence: str | None = None
    printed: str | None = None
    table: str | None = None
    from_form: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a correction is refused: a stable slug, and one plain sentence that ends with the next step."""

    kind: str
    sentence: str


class RefusedError(MandatesDataError):
    """The correction cannot be made as it is asked for; `refusals` say why. Nothing is changed."""

    exit_code = 1

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(Refusal(one.kind, one_line(one.sentence)) for one in refusals)
        super().__init__(" ".join(one.sentence for one in self.refusals), "Nothing was changed.")


def refuse(kind: str, sentence: str) -> RefusedError:
    """The error with one refusal."""
    return RefusedError([Refusal(kind, sentence)])


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that can be made.

    Attributes
    ----------
    action
        `added`: the cell changes and the ledger gets a row. `completed`: a row of the ledger gets its words.
        `undone`: the cell is as before, and the row of the ledger is gone.
    cell
        What changes in the cell; None where it stays.
    correction
        The row of the ledger, by field: as it will be, or as it was where it goes.
    ledger
        The name of the table of corrections.
    changeset
        All of it, as `mandates-data patch` applies it.
    """

    action: Action
    table: str
    row_id: str
    field: str
    cell: CellChange | None
    correction: Mapping[str, str]
    ledger: str
    changeset: Changeset
