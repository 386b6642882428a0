"""The rules on rows, keys and references: `MD3xx` and `MD4xx`."""

from __future__ import annotations

from .findings import Rule

ROW_TOO_SHORT = Rule(
    "MD301", "row-too-short", "A row has fewer cells than the header",
    "A cell or its comma was lost, and nobody can tell which: every cell after it may stand in the wrong column.",
    "Write the lost cell; an empty cell keeps its comma.",
)  # fmt: skip
ROW_TOO_LONG = Rule(
    "MD302", "row-too-long", "A row has more cells than the header",
    "A comma too many, or a cell with a comma in it that is not in quotation marks.",
    'Put a cell that has a comma into quotation marks: "Peace, security".',
)  # fmt: skip
NOT_UNIQUE = Rule(
    "MD303", "not-unique", "A value stands twice in a column where each is unique",
    "The schema says that no two rows share a value in this column.",
    "Correct the value that is wrong, or delete the row that is there twice.",
)  # fmt: skip
KEY_MISSING = Rule(
    "MD304", "key-missing", "A row has no key",
    "The primary key names a row for all others that refer to it, now and in later versions. None of its parts may "
    "be empty.",
    "Write the key of the row.",
)  # fmt: skip
KEY_TWICE = Rule(
    "MD305", "key-twice", "Two rows have the same key",
    "The primary key names one row. Of two rows with the same key, nobody can tell which one others mean.",
    "Delete the row that is there twice, or give the new one a key of its own.",
)  # fmt: skip
UNIQUE_KEY_TWICE = Rule(
    "MD306", "unique-key-twice", "Two rows share values that are unique together",
    "The schema says that no two rows have the same values in these columns. Rows with an empty cell there do not "
    "count.",
    "Correct the row that is wrong, or delete the one that is there twice.",
)  # fmt: skip
REFERENCE_UNKNOWN = Rule(
    "MD401", "reference-unknown", "A value refers to a row that is not there",
    "The cell names a row of another table (or of this one) by its key, letter by letter. There is no such row.",
    "Correct the name, or add the row that it names.",
)  # fmt: skip
REFERENCE_HALF = Rule(
    "MD402", "reference-half-empty", "A reference of several parts is half empty",
    "The row is named by several columns together. Some of them are empty and some are not, so that it names "
    "nothing and does not say so.",
    "Fill all parts, or leave all of them empty.",
)  # fmt: skip

RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
