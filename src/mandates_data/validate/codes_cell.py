"""The rules on single cells: `MD2xx`. What each type reads stands in `package.types`."""

from __future__ import annotations

from .findings import Rule

REQUIRED = Rule(
    "MD201", "value-missing", "A cell must not be empty and is",
    "The schema says that every row has a value in this column.",
    "Write the value. If it is not known, the row cannot be in this table yet.",
)  # fmt: skip
INTEGER = Rule(
    "MD202", "not-an-integer", "A cell is not a whole number",
    "The column holds whole numbers: digits, with a - before them if below zero. Spaces, separators between "
    "thousands, decimals and letters are no part of it.",
    "Write digits only, such as 12.",
)  # fmt: skip
NUMBER = Rule(
    "MD203", "not-a-number", "A cell is not a number",
    "The column holds numbers. The decimal sign is a point unless the schema names another.",
    "Write digits with a decimal point, such as 3.5.",
)  # fmt: skip
DATE = Rule(
    "MD204", "not-a-date", "A cell is not a date in the stated form",
    "A date is written YYYY-MM-DD (unless the schema states another form), since 04/06/2009 is 4 June for some and "
    "April 6 for others. Spreadsheets change dates without asking.",
    "Write year, month and day with hyphens, such as 2009-04-19. In a spreadsheet, format the column as text first.",
)  # fmt: skip
TIME = Rule(
    "MD205", "not-a-time", "A cell is not a time in the stated form",
    "A time of day is written hh:mm:ss (unless the schema states another form).",
    "Write hours, minutes and seconds with two digits each, such as 09:05:00.",
)  # fmt: skip
DATETIME = Rule(
    "MD206", "not-a-datetime", "A cell is not a date with a time in the stated form",
    "A moment is written YYYY-MM-DDThh:mm:ss, with a time zone such as Z or -05:00 after it where it is known.",
    "Write it as in 2024-01-26T15:00:00.",
)  # fmt: skip
BOOLEAN = Rule(
    "MD207", "not-a-boolean", "A cell is neither yes nor no in the stated words",
    "The schema lists the words that stand for yes and for no in this column; letter case counts.",
    "Write one of the listed words.",
)  # fmt: skip
YEAR = Rule(
    "MD208", "not-a-year", "A cell is not a year",
    "A year has four digits (more only after 9999), with a - before it if before our era.",
    "Write it with four digits, such as 1994.",
)  # fmt: skip
YEARMONTH = Rule(
    "MD209", "not-a-yearmonth", "A cell is not a month of a year",
    "A month is written YYYY-MM. Spreadsheets turn it into the first day of that month.",
    "Write year and month with a hyphen, such as 1994-12.",
)  # fmt: skip
DURATION = Rule(
    "MD210", "not-a-duration", "A cell is not a length of time in the stated form",
    "A length of time is written P, then years, months and days, then T with hours, minutes and seconds.",
    "Write it as in P1Y6M (a year and six months) or PT90M (ninety minutes).",
)  # fmt: skip
STRING_FORMAT = Rule(
    "MD211", "not-of-this-kind", "A text is not of the stated kind",
    "The schema says that the texts of this column are e-mail addresses, web addresses, UUIDs or Base64 data.",
    "Write a complete one, without spaces around it.",
)  # fmt: skip
LIST = Rule(
    "MD212", "not-a-list", "A cell is not a list of the stated kind",
    "The schema says what separates the items of the list and what each of them is.",
    "Write the items with the stated sign between them.",
)  # fmt: skip
JSON = Rule(
    "MD213", "not-json", "A cell is not JSON of the stated kind",
    "The column holds JSON: an object in { } or a list in [ ].",
    "Mend it; texts inside stand in straight double quotation marks.",
)  # fmt: skip
GEOPOINT = Rule(
    "MD214", "not-a-geopoint", "A cell is not a point on the globe",
    "A point is its longitude (-180 to 180) and then its latitude (-90 to 90).",
    "Write longitude first, with decimal points, such as -77.04, -12.05.",
)  # fmt: skip
GEOJSON = Rule(
    "MD215", "not-geojson", "A cell is not a shape in GeoJSON",
    "The column holds geographic shapes in the form that the GeoJSON standard (RFC 7946) describes.",
    "Export the shape from a mapping program as GeoJSON.",
)  # fmt: skip
MIN_LENGTH = Rule(
    "MD221", "too-short", "A value is too short",
    "The schema states how long a value of this column is at least; a shorter one was probably cut off.",
    "Write the whole value.",
)  # fmt: skip
MAX_LENGTH = Rule(
    "MD222", "too-long", "A value is too long",
    "The schema states how long a value of this column is at most; what is longer probably belongs elsewhere.",
    "Shorten the value.",
)  # fmt: skip
MINIMUM = Rule(
    "MD223", "too-small", "A value is below what is allowed",
    "The schema states the smallest value (or earliest date) of this column.",
    "Check the value for a slip; a smaller one needs a change of the schema.",
)  # fmt: skip
MAXIMUM = Rule(
    "MD224", "too-large", "A value is above what is allowed",
    "The schema states the largest value (or latest date) of this column.",
    "Check the value for a slip; a larger one needs a change of the schema.",
)  # fmt: skip
PATTERN = Rule(
    "MD225", "wrong-form", "A value does not have the form of this column",
    "Values of this column are all built alike (identifiers, codes, texts without spaces around them). One that is "
    "built otherwise is a slip, or will not be found by those who look for it.",
    "Write it like the example that the schema gives.",
)  # fmt: skip
ENUM = Rule(
    "MD226", "not-allowed", "A value is not among those allowed",
    "The schema lists the values that this column may have, letter by letter.",
    "Write one of the listed values.",
)  # fmt: skip
CATEGORIES = Rule(
    "MD227", "not-a-category", "A value is none of the categories",
    "The schema lists the categories of this column, letter by letter.",
    "Write one of the listed categories.",
)  # fmt: skip
JSON_SCHEMA = Rule(
    "MD228", "json-unchecked", "What is inside the JSON of this column is not checked",
    "The schema describes the inside of these cells by a JSON Schema (`jsonSchema`), which this tool does not check: "
    "a fault there would go unseen.",
    "Check it with a program for JSON Schema, such as check-jsonschema.",
    "warning",
)  # fmt: skip
GARBLED = Rule(
    "MD231", "garbled-letters", "Letters were garbled",
    "The file was saved in one encoding and read in another, so that accents and quotation marks turned into pairs of "
    "odd signs (QuÃ©bec for Québec). Nobody will find such a word.",
    "Put the text back from its last good version, and open the file as UTF-8 the next time.",
)  # fmt: skip
LETTERS_LOST = Rule(
    "MD232", "letters-lost", "A letter was lost, and only the sign for a lost one is left",
    "The sign � stands where a program could not read a letter. Which one it was, the file no longer says.",
    "Put the text back from its last good version, and open the file as UTF-8 the next time.",
)  # fmt: skip
SPREADSHEET_ERROR = Rule(
    "MD233", "spreadsheet-error", "A cell holds the error of a spreadsheet instead of its value",
    "Where a spreadsheet cannot calculate, or its column is too narrow, it shows #REF!, #NAME? or ####, and saves that "
    "into the file.",
    "Put the value back from its last good version. In a spreadsheet, format the column as text first.",
)  # fmt: skip
SHORTENED = Rule(
    "MD234", "shortened-number", "A long number was probably shortened",
    "Spreadsheets show a long row of digits as 1.23E+15, and save only what they show: the other digits are lost.",
    "Put the digits back from the last good version. In a spreadsheet, format the column as text first.",
    "warning",
)  # fmt: skip
MARKUP = Rule(
    "MD235", "code-left-over", "A text holds code of a web page or of Excel",
    "What was copied from a web page may keep pieces of its code, such as &amp; or <br>; Excel writes _x000D_ for a "
    "line break. Readers see the code, not the sign it stands for.",
    "Write the sign that is meant, such as & for &amp;, and delete what only formats.",
    "warning",
)  # fmt: skip
UNSEEN = Rule(
    "MD236", "unseen-character", "A text has characters that nobody can see",
    "Zero-width spaces, soft hyphens and the like come along when text is copied from web pages and word processors. "
    "Two texts then look the same and are not: a search finds one of them only.",
    "Delete the characters: write the text anew, or take the one that is proposed.",
    "warning",
)  # fmt: skip
SPECIAL_SPACE = Rule(
    "MD237", "special-space", "A text has a space that is no ordinary one",
    "Non-breaking and other special spaces come along when text is copied from web pages and word processors. They "
    "look like a space, and a search for the words does not find them.",
    "Write an ordinary space.",
    "warning",
)  # fmt: skip
ACCENTS_APART = Rule(
    "MD238", "accents-apart", "Accents are stored apart from their letters",
    "Some systems store é as e and an accent after it. It looks the same as the é that others store, and is not: a "
    "search for one does not find the other.",
    "Write the letters with their accents as one (Unicode calls that form NFC).",
    "warning",
)  # fmt: skip
RUNS = Rule(
    "MD239", "runs-as-formula", "A spreadsheet would take a text for a formula",
    "A cell that begins with =, +, - or @ (or with a tab before them) is run as a formula by a spreadsheet: it then "
    "shows an error or another value in place of the text, and a formula that someone slipped in could do harm.",
    "Begin the text with another sign. If it has to stand so, tell readers to open the column as text.",
    "warning",
)  # fmt: skip
QUESTION_MARKS = Rule(
    "MD240", "question-mark-in-word", "A question mark stands inside a word",
    "A program that lacks a letter writes a question mark in its place: Qu?bec for Québec.",
    "Write the letter that is missing, or a space after the question mark.",
    "warning",
)  # fmt: skip
APOSTROPHE = Rule(
    "MD241", "apostrophe-before", "An apostrophe stands before a value",
    "Spreadsheets mark a number that is to be a text by an apostrophe before it, and some programs save the apostrophe "
    "as part of the value.",
    "Write the value without the apostrophe.",
    "warning",
)  # fmt: skip

RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
BY_TYPE = {
    "integer": INTEGER, "number": NUMBER, "date": DATE, "time": TIME, "datetime": DATETIME, "boolean": BOOLEAN,
    "year": YEAR, "yearmonth": YEARMONTH, "duration": DURATION, "string": STRING_FORMAT, "list": LIST, "array": JSON,
    "object": JSON, "geopoint": GEOPOINT, "geojson": GEOJSON,
}  # fmt: skip
"""The rule that a cell breaks which is no value of its field's type."""
