"""The rules on a table's file: `MD1xx`."""

from __future__ import annotations

from .findings import Rule

_SAVE_AS = (
    "In Excel: File, Save As, and choose “CSV UTF-8 (Comma delimited)”. "
    "In LibreOffice: Save As, Text CSV, character set Unicode (UTF-8)."
)

FILE_MISSING = Rule(
    "MD101", "file-missing", "The file of a table is not there",
    "The descriptor names the file of each table. Without it there is no table, and every other table that refers to "
    "it cannot be checked.",
    "Put the file back under the name that the descriptor gives, or correct `path` in the descriptor.",
)  # fmt: skip
EMPTY_FILE = Rule(
    "MD102", "empty-file", "The file is empty",
    "A table without any row still has its header, the first line that names the columns. Without a header nobody can "
    "tell an empty table from one that was lost.",
    "Put the file back, or write its header as the first line.",
)  # fmt: skip
NOT_TEXT = Rule(
    "MD103", "not-text", "The file is not a text file",
    "A table is a plain text file. This one holds a spreadsheet, an archive or a picture, whatever its name says.",
    f"Open it in the program that made it and save it as CSV. {_SAVE_AS}",
)  # fmt: skip
BYTE_ORDER_MARK = Rule(
    "MD104", "byte-order-mark", "Three invisible bytes stand before the first column's name",
    "Some programs write a “byte order mark” at the start of a file. Others then read it as part of the first "
    "column's name, so that the column is not found.",
    "Save the file as UTF-8 without a byte order mark (“UTF-8”, not “UTF-8 with BOM”).",
)  # fmt: skip
WRONG_ENCODING = Rule(
    "MD105", "wrong-encoding", "The file is not in the stated encoding",
    "An encoding says which bytes stand for which letter. Read in another one, accents turn into other signs. One "
    "finding stands for the whole file, since every letter after this place is in doubt.",
    f"Save the file in the stated encoding. {_SAVE_AS}",
)  # fmt: skip
NULL_CHARACTER = Rule(
    "MD106", "null-character", "The file has a character that is no text",
    "A “null” character comes from a damaged disk, a broken transfer or a file in another encoding. Many programs "
    "stop reading there, and lose what follows.",
    "Put the file back from its last good version and make your change again.",
)  # fmt: skip
LINE_ENDS = Rule(
    "MD107", "line-ends", "The lines end in another way than the package states",
    "Windows, old Macs and all others mark the end of a line differently. Where a file changes from one to the other, "
    "every line counts as changed, and the history of the file no longer shows what a person did.",
    "Save the file with the stated line ends (LF is called “Unix” in most editors).",
)  # fmt: skip
MIXED_LINE_ENDS = Rule(
    "MD108", "mixed-line-ends", "Some lines end in another way than the others",
    "Programs disagree on what such a file means: some take two rows for one.",
    "Save the file with the same line end everywhere (LF is called “Unix” in most editors).",
)  # fmt: skip
NO_FINAL_LINE_END = Rule(
    "MD109", "no-final-line-end", "The last line does not end",
    "A file whose last line is cut off looks the same as one that was cut off in a transfer, and a row that is added "
    "later sticks to the last one.",
    "Add a line end after the last row.",
    "warning",
)  # fmt: skip
UNCLOSED_QUOTE = Rule(
    "MD110", "unclosed-quote", "A quotation mark is opened and never closed",
    "A cell that starts with a quotation mark reaches to the closing one. Without it all further rows are taken for "
    "one cell, and are lost without a word.",
    "Close the cell with a quotation mark. A quotation mark inside a cell is written twice.",
)  # fmt: skip
TEXT_AFTER_QUOTE = Rule(
    "MD111", "text-after-quote", "Text stands between a closing quotation mark and the next comma",
    "A quotation mark inside a cell was probably not written twice. Programs disagree on what the cell then holds.",
    'Write a quotation mark inside a cell twice, and the whole cell in quotation marks: "the ""Plan"" of 1994".',
)  # fmt: skip
UNREADABLE = Rule(
    "MD112", "unreadable", "The file cannot be read as a table",
    "The reader met something that has no meaning in a table, such as a cell too long for any computer.",
    "Look at the line that is named, and put it back from the last good version.",
)  # fmt: skip
BLANK_LINE = Rule(
    "MD113", "blank-line", "A line is blank",
    "Some programs skip a blank line, others take it for a row whose cells are all missing.",
    "Delete the line.",
)  # fmt: skip
WRONG_DELIMITER = Rule(
    "MD114", "wrong-delimiter", "The columns are separated by another sign than the package states",
    "Where a comma is the decimal sign, spreadsheets save “CSV” with semicolons. Read with commas, every row is one "
    "cell.",
    f"Save the file with the stated sign between its columns. {_SAVE_AS}",
)  # fmt: skip
HEADER_MISSING = Rule(
    "MD115", "header-missing", "The first line names none of the columns",
    "The first line of a table names its columns. Here it names none that the schema knows: it was probably deleted "
    "or sorted away among the rows.",
    "Put the header back as the first line.",
)  # fmt: skip
COLUMN_MISSING = Rule(
    "MD116", "column-missing", "A column is missing",
    "The schema describes this column, and other tables or programs count on it. An empty cell says “not known”; a "
    "column that is away says nothing.",
    "Put the column back. Its cells may be empty where the schema allows it.",
)  # fmt: skip
COLUMN_EXTRA = Rule(
    "MD117", "column-extra", "A column is not described",
    "Nobody can tell what the cells of a column mean that the schema does not describe.",
    "Delete the column, or describe it in the schema.",
)  # fmt: skip
COLUMN_RENAMED = Rule(
    "MD118", "column-renamed", "A column has another name than the schema gives it",
    "Programs and other tables find a column by its name, letter by letter.",
    "Write the name as the schema has it.",
)  # fmt: skip
COLUMNS_MOVED = Rule(
    "MD119", "columns-moved", "The columns stand in another order",
    "The schema states the order of the columns, so that readers which go by position read the right cell.",
    "Bring the columns into the stated order.",
)  # fmt: skip
COLUMN_TWICE = Rule(
    "MD120", "column-twice", "A column's name stands twice in the header",
    "Which of the two holds the value? Programs rename one of them, or drop it.",
    "Delete one of the columns, or name it differently.",
)  # fmt: skip
INDEX_COLUMN = Rule(
    "MD121", "index-column", "A column was added that only counts the rows",
    "Programs that save a table (pandas, R and some spreadsheets) put the number of each row before it. It is no part "
    "of the table, and all other columns have moved by one.",
    "Delete the column. In pandas: to_csv(…, index=False); in R: write.csv(…, row.names = FALSE).",
)  # fmt: skip
EMPTY_COLUMNS = Rule(
    "MD122", "empty-columns", "Empty columns stand after the last one",
    "A spreadsheet saves every column that was ever touched, so that lines end in a row of commas. Programs then count "
    "more columns than there are.",
    "Delete the empty columns: in a spreadsheet, mark them from their letters and choose Delete.",
)  # fmt: skip
EMPTY_ROWS = Rule(
    "MD123", "empty-rows", "Rows hold nothing but commas",
    "A spreadsheet saves every row that was ever touched. A row without any value, where the schema asks for one, is "
    "no record, and programs count it as one.",
    "Delete the empty rows: in a spreadsheet, mark them from their numbers and choose Delete.",
)  # fmt: skip
RENUMBERED = Rule(
    "MD124", "ids-renumbered", "The identifiers were replaced by 1, 2, 3 and so on",
    "Other tables and earlier versions name a row by its identifier. A column that was filled by dragging, or by a "
    "database that numbers rows by itself, no longer says which row is which.",
    "Put the identifiers back from the last good version; a new row gets the one that comes next in the same form.",
)  # fmt: skip
CONFLICT = Rule(
    "MD125", "conflict-markers", "Two people's changes were put together and not sorted out",
    "Where two changes touch the same rows, git keeps both of them between lines of <<<<<<<, ======= and >>>>>>>, and "
    "leaves it to a person to choose. Until then the file holds rows twice.",
    "Keep the rows that are right, and delete the others and the lines with the marks.",
)  # fmt: skip
SECOND_TABLE = Rule(
    "MD126", "second-table", "Another table, or the same one again, was pasted into the file",
    "A file holds one table, whose first line names its columns. Where such a line stands in the middle, two files "
    "were put together, and what follows is counted among the wrong rows.",
    "Delete the second header, and move the rows after it to the file where they belong.",
)  # fmt: skip
WEB_PAGE = Rule(
    "MD127", "web-page", "The file is a web page",
    "What was saved is the page on which the table is shown (or an error, or a request to sign in), not the table.",
    "Download the table itself: on the page, look for a link named “raw” or “download”.",
)  # fmt: skip
JSON_FILE = Rule(
    "MD128", "json-file", "The file holds JSON instead of a table",
    "JSON is another way of writing data. Its name ends in .csv here, but no program that expects rows and columns can "
    "read it.",
    "Put the CSV back, or turn the JSON into one (mandates-data convert does so with what it wrote).",
)  # fmt: skip
SEPARATOR_LINE = Rule(
    "MD129", "separator-line", "The first line is a note to Excel",
    "A first line such as sep=; tells Excel which sign separates the columns. For every other program it is the "
    "header, and the real one is a row.",
    "Delete the first line, and save the file with the stated sign between its columns.",
)  # fmt: skip
TOTALS_ROW = Rule(
    "MD130", "totals-row", "The last row adds up the others",
    "A row of totals is no record like the others: whoever adds up the column counts everything twice.",
    "Delete the row. What it says can be computed at any time.",
)  # fmt: skip
BYTES_DRIFT = Rule(
    "MD131", "bytes-drift", "The file has another size than the descriptor states",
    "The descriptor states the size of each file, so that a reader can tell a whole file from a part of one. The file "
    "was changed after the size was taken.",
    "If the file is right, run mandates-data fmt: it states the size of each table anew.",
)  # fmt: skip
HASH_DRIFT = Rule(
    "MD132", "hash-drift", "The file is not the one that the descriptor's fingerprint was taken of",
    "The descriptor holds a fingerprint (hash) of each file. It changes with every single letter.",
    "If the file is right, run mandates-data fmt: it states the fingerprint of each table anew.",
)  # fmt: skip
POINTER_FILE = Rule(
    "MD133", "pointer-file", "The file only says where the table is stored",
    "Git LFS keeps large files elsewhere, and puts a few lines in their place that say where. They were saved instead "
    "of the table.",
    "Run git lfs pull, or download the table itself.",
)  # fmt: skip
ROWS_IN_QUOTES = Rule(
    "MD134", "rows-in-quotes", "Each row stands in quotation marks as if it were one cell",
    "A file that was opened without being split into columns, and saved, has its rows as single cells.",
    "Open the file as comma-separated (in a spreadsheet: Data, From Text, and choose the comma), and save it again.",
)  # fmt: skip
ROWS_WITHOUT_VALUES = Rule(
    "MD135", "rows-without-values", "Rows have no value in any column",
    "The schema allows each cell of these rows to be empty, so that they are rows by the letter. They are nearly "
    "always left over from a spreadsheet, which saves every row that was ever touched.",
    "Delete the rows, unless they are meant.",
    "warning",
)  # fmt: skip
NOT_CANONICAL = Rule(
    "MD141", "not-canonical", "A row is written otherwise than in canonical form",
    "The package promises one way of writing each row (quotation marks only where a cell needs them), so that its "
    "history shows just what a person changed.",
    "Write the row with quotation marks only around cells with a comma or a quotation mark.",
    "warning",
)  # fmt: skip
NOT_SORTED = Rule(
    "MD142", "not-sorted", "The rows are not sorted by their key",
    "The package promises its rows in the order of their key, so that two versions are compared line by line and two "
    "people's changes do not collide.",
    "Move the row to its place in the order.",
    "warning",
)  # fmt: skip
LINE_BREAK_IN_CELL = Rule(
    "MD143", "line-break-in-cell", "A cell holds a line break",
    "The package promises one line a row. A cell that goes over two lines is legal, but cannot be found or compared "
    "line by line.",
    "Replace the line break by a space.",
    "warning",
)  # fmt: skip

RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
