"""The rules on a change of published data, seen from the revision that it starts from: `MD7xx`."""

from __future__ import annotations

from ..findings import Rule

CELL_DAMAGED = Rule(
    "MD701", "cell-damaged", "A program has changed a published cell",
    "The cell is not what was published, and the difference is one that programs make by themselves: zeros dropped, "
    "a date turned round, quotation marks or dashes exchanged, accents lost. Nobody seems to have wanted it.",
    "Put the published value back. If you did mean to change it, say so in the package's ledger of corrections, where "
    "it keeps one.",
)  # fmt: skip
CELL_PERHAPS_DAMAGED = Rule(
    "MD702", "cell-perhaps-damaged", "A program may have changed a published cell",
    "The difference is one that programs make by themselves, but a person may have meant the very same: one accent "
    "less, a capital letter, day and month exchanged.",
    "Look at the cell. If nobody meant the change, put the published value back.",
    "warning",
)  # fmt: skip
ID_REMOVED = Rule(
    "MD703", "id-removed", "A published row is gone, and its identifier is not retired",
    "Others cite a row by its identifier. This package promises that no identifier vanishes without a word: where a "
    "row has to go, the table of retired identifiers says so, and what replaces it.",
    "Put the row back, or add its identifier to the table of retired identifiers.",
)  # fmt: skip
ID_CHANGED = Rule(
    "MD704", "id-changed", "A published row has another identifier",
    "All other cells of this row are those of a published row that had another identifier. Whoever cites the old one "
    "no longer finds it. A column that was filled down, sorted by itself or numbered anew does this to many rows.",
    "Put the published identifier back. If it has to change, add the old one to the table of retired identifiers, with "
    "the new one as its replacement.",
)  # fmt: skip
ID_REUSED = Rule(
    "MD705", "id-reused", "An identifier names something else than it did",
    "Either the identifier was retired before, or the row that it names has none of its published content left. Those "
    "who cite it would be led to something else.",
    "Give the new row an identifier of its own, and put back or retire the published one.",
    "warning",
)  # fmt: skip
CORRECTION_MISSING = Rule(
    "MD706", "correction-missing", "A published cell was changed, and the ledger of corrections does not say why",
    "This package records every correction of a published cell: what stood there, what stands there now, why, and "
    "where that can be checked. A change without such a row cannot be told from a slip.",
    "Let mandates-data fmt --against REV draft the row of the ledger, with the whole cell before and after, and give "
    "it kind, reason and evidence with mandates-data correct; or put the published value back.",
)  # fmt: skip
ROWS_REMOVED = Rule(
    "MD707", "rows-removed", "Rows of the base revision are gone",
    "Rows that stood in the table are no longer there. They may have been deleted on purpose, or lost when the file "
    "was filtered, sorted or cut off.",
    "Put them back, if nobody meant to delete them.",
    "warning",
)  # fmt: skip
HISTORY_REWRITTEN = Rule(
    "MD708", "history-rewritten", "A released row of the package's records was changed or removed",
    "The records of corrections, retirements and releases tell what happened and when. A row that carries the version "
    "of a release is history: it is added to, and never written anew.",
    "Put the released row back. What is to be said anew is a new row.",
)  # fmt: skip
TABLE_REMOVED = Rule(
    "MD709", "table-removed", "A published table is gone",
    "The base revision has a table of this name, and the package has none. Programs that read it will stop, so this "
    "calls for a new major version.",
    "Put the table back into the descriptor, if nobody meant to take it out.",
    "warning",
)  # fmt: skip
COLUMN_REMOVED = Rule(
    "MD710", "column-removed", "A published column is gone",
    "The base revision describes a column of this name, and the schema no longer does. Programs that read it will "
    "stop, so this calls for a new major version.",
    "Put the column back into the schema and the file, if nobody meant to take it out.",
    "warning",
)  # fmt: skip
LEDGER_UNUSABLE = Rule(
    "MD711", "ledger-unusable", "A ledger that the descriptor names is not there",
    "The descriptor names the table of corrections or of retired identifiers (`mandates_data`), but there is no such "
    "table, or it lacks a column that such a table has. So the change could not be held against it.",
    "Correct the name in the descriptor, or add the table or column.",
    "warning",
)  # fmt: skip
NOT_COMPARED = Rule(
    "MD712", "not-compared", "A table could not be compared with the base revision",
    "The file of the table cannot be read in the base revision, so that nothing is known of what was changed in it.",
    "Compare with a revision in which the table is sound.",
    "warning",
)  # fmt: skip

RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
