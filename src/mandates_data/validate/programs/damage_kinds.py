"""The kinds of damage that programs do to cells: one line each, in words for a person.

A kind is `sure` where no person makes just that change on purpose, and not where one may well have: an accent taken
away, a first letter made large. What only mends a cell (a non-breaking space made an ordinary one, say) is no damage by
itself, only beside another one: `alone` is false.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of damage. `words` end a sentence that starts with the cell."""

    slug: str
    words: str
    sure: bool = True
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Damage:
    """A change that a program makes by itself.

    Attributes
    ----------
    kind
        A stable slug, such as `date-rewritten` or `leading-zeros-lost`; of two things done, both, with a + between.
    words
        What happened, as the end of a sentence that starts with the cell: "is the date as a spreadsheet rewrites it".
    original
        The text that stood there before; None where it cannot be known.
    sure
        False where a person may have meant the very same change, so that it should be asked about, not undone.
    """

    kind: str
    words: str
    original: str | None = None
    sure: bool = True


# Numbers, and texts that a program took for numbers.
LEADING_ZEROS = Kind("leading-zeros-lost", "has lost its leading zeros, as a spreadsheet drops them")
TRAILING_ZEROS = Kind("trailing-zeros-lost", "has lost the zeros at its end, as a spreadsheet drops them")
DECIMALS_ADDED = Kind("decimals-added", "has got decimals that a program put there")
ZEROS_ADDED = Kind("zeros-added", "has got zeros at its end, as a spreadsheet shows numbers", sure=False)
PLUS_LOST = Kind("plus-sign-lost", "has lost its plus sign, as a spreadsheet drops it")
ZERO_BEFORE_POINT = Kind("zero-before-point", "has got a zero before its decimal point, as a spreadsheet writes it")
FINAL_POINT = Kind("final-point-lost", "has lost the point at its end, as a spreadsheet drops it")
EXPONENT = Kind("exponent-form", "is the number as a spreadsheet shortens it, with an E and lost digits")
READ_AS_EXPONENT = Kind("read-as-exponent", "was taken for a number with an exponent, because of its E")
DIGITS_LOST = Kind("digits-lost", "has lost the digits after the fifteenth, which spreadsheets do not keep")
DECIMALS_CUT = Kind("decimals-cut", "has lost decimals that the spreadsheet's cell was too narrow for")
FLOAT_NOISE = Kind("float-noise", "has got digits that come from the way computers calculate")
DECIMAL_COMMA = Kind("decimal-comma", "has a decimal comma, as a spreadsheet in some languages writes it")
COMMA_TO_POINT = Kind("decimal-comma-read", "has lost its comma, which was taken for a decimal sign", sure=False)
THOUSANDS = Kind("thousands-marks-added", "has got marks between its thousands, as a spreadsheet shows them")
THOUSANDS_LOST = Kind("thousands-marks-lost", "has lost the marks between its thousands", sure=False)
POINT_AS_THOUSANDS = Kind("point-read-as-thousands", "has lost its point, which was taken for a mark between thousands",
                          sure=False)  # fmt: skip
PERCENT = Kind("percent-rewritten", "is the percentage as a spreadsheet rewrites it")
CURRENCY = Kind("currency-added", "has got a currency sign, as a spreadsheet shows amounts")
BRACKETS_AS_MINUS = Kind("brackets-read-as-minus", "was taken for a number below zero, because of its brackets")
FRACTION = Kind("fraction-evaluated", "was taken for a fraction, and calculated")

# Dates and times, and texts that a program took for them.
DATE_REWRITTEN = Kind("date-rewritten", "is the date as a spreadsheet rewrites it")
DATE_SERIAL = Kind("date-serial", "is the date as a spreadsheet counts it, in days")
TIME_LOST = Kind("time-lost", "is the date without its time of day, as a spreadsheet shows it")
DAY_LOST = Kind("day-lost", "is the date without its day, as a spreadsheet shows it")
TIME_REWRITTEN = Kind("time-rewritten", "is the time as a spreadsheet rewrites it")
SWAPPED = Kind("day-month-swapped", "is the date with its day and month exchanged, as happens between languages",
               sure=False)  # fmt: skip
SHIFTED = Kind("date-shifted", "is the date moved by four years and a day, as happens between two Excel files")
CENTURY = Kind("century-changed", "is the date in another century, as a program guesses it from two digits", sure=False)
TEXT_AS_DATE = Kind("text-read-as-date", "was taken for a date, as spreadsheets do with texts such as 1-2 or MAR1")
TEXT_AS_TIME = Kind("text-read-as-time", "was taken for a time of day, as spreadsheets do with texts such as 1:30")
NUMBER_AS_DATE = Kind("number-shown-as-date", "is the number as a spreadsheet shows it in a column of dates")

# Other values.
BOOLEAN = Kind("boolean-rewritten", "is the word for yes or no as a program rewrites it")
EMPTY_FILLED = Kind("empty-filled", "is what a program writes into an empty cell")
MAYBE_FILLED = Kind("empty-filled", "is a word that programs write into an empty cell", sure=False)
WORD_EMPTIED = Kind("word-read-as-missing", "was emptied: the word stands for a missing value in some programs",
                    sure=False)  # fmt: skip
ERROR_VALUE = Kind("error-value", "is the error that a spreadsheet shows where it cannot calculate")
TOO_NARROW = Kind("column-too-narrow", "is what a spreadsheet shows when its column is too narrow")
EVALUATED = Kind("formula-evaluated", "was taken for a formula, and calculated")
FORMULA_PREFIXED = Kind("formula-prefixed", "was taken for a formula, and got an equals sign")
FORMULA_WRAPPED = Kind("formula-wrapped", 'was wrapped as a formula (="…")')
APOSTROPHE_ADDED = Kind("apostrophe-added", "has got an apostrophe before it, as a spreadsheet marks a text")
APOSTROPHE_LOST = Kind("apostrophe-lost", "has lost the apostrophe before it, which a spreadsheet takes for a mark",
                       sure=False)  # fmt: skip

RUNS = Kind("runs-as-formula", "begins with a sign that makes a spreadsheet take it for a formula")
BEGINS_UNSEEN = Kind("begins-with-tab", "begins with a tab or line break, after which a spreadsheet may run it")
APOSTROPHE_LEFT = Kind("apostrophe-left", "begins with the apostrophe by which spreadsheets mark a text")

# Letters.
GARBLED = Kind("garbled", "has garbled letters: the file was read in another encoding")
GARBLED_TWICE = Kind(
    "garbled-twice", "has letters that were garbled over and over: the file was read in another encoding more than once"
)
CODE_PAGE = Kind("wrong-code-page", "has wrong letters: the file was read in the encoding of another system")
REPLACED = Kind("letters-replaced", "has the sign � in place of letters: the file was read in another encoding")
QUESTION_MARKS = Kind("letters-to-question-marks",
                      "has question marks in place of letters: it was saved in an encoding without them")  # fmt: skip
DROPPED = Kind("letters-dropped", "has lost its letters with accents: it was saved in an encoding without them")
ACCENTS = Kind("accents-lost", "has lost its accents")
ACCENT = Kind("accents-lost", "has lost its accent", sure=False)
DECOMPOSED = Kind("accents-apart", "has accents that are stored apart from their letters, as some systems write them")
COMPOSED = Kind("accents-joined", "has its accents joined to their letters", sure=False, alone=False)
COMPATIBLE = Kind("signs-simplified", "has special signs turned into plain ones, as a program simplifies them")

LOST_LETTERS = frozenset({GARBLED, GARBLED_TWICE, CODE_PAGE, QUESTION_MARKS, DROPPED, ACCENTS, ACCENT})
"""Kinds of which two never come together: garbled letters that were then dropped would explain any loss of a sign."""

# Signs.
STRAIGHT_QUOTES = Kind("quotes-straightened", "has straight quotation marks where curved ones stood")
CURLED_QUOTES = Kind(
    "quotes-curled", "has curved quotation marks where straight ones stood, as word processors put them"
)
DASH_TO_HYPHEN = Kind("dashes-replaced", "has hyphens where dashes stood")
HYPHEN_TO_DASH = Kind("hyphens-to-dashes", "has dashes where hyphens stood, as word processors put them")
ELLIPSIS = Kind("ellipsis-rewritten", "has its three dots written in another way, as word processors do")
SYMBOLS = Kind("autocorrected", "has signs that a program put by itself, as © for (c)")
CAPITAL = Kind("first-letter-capital", "begins with a capital letter, as programs put by themselves", sure=False)
MARKUP = Kind("web-page-code", "holds a piece of the code of a web page")
EXCEL_CODE = Kind("excel-code", "holds a code that Excel puts in place of a sign")
HTML = Kind("html-escaped", "has signs written as in the code of a web page")
ESCAPED = Kind("escaped", "has signs written as in the code of a program, with backslashes")
QUOTES_DOUBLED = Kind("quotes-doubled", "has its quotation marks doubled: the file was quoted twice")
CUT = Kind("cut-off", "was cut off at the length that a program can hold")

# Spaces.
SPECIAL_SPACES = Kind("special-spaces-added", "has non-breaking or other special spaces where plain ones stood")
PLAIN_SPACES = Kind("special-spaces-lost", "has plain spaces where special ones stood", sure=False, alone=False)
UNSEEN = Kind("unseen-characters-added", "has got characters that nobody can see")
UNSEEN_LOST = Kind("unseen-characters-lost", "has lost characters that nobody can see", sure=False, alone=False)
TRIMMED = Kind("spaces-trimmed", "has lost the spaces around it", sure=False)
PADDED = Kind("spaces-added", "has got spaces around it", sure=False)
COLLAPSED = Kind("spaces-collapsed", "has one space where several stood", sure=False)
TABS = Kind("tabs-replaced", "has spaces where tabs stood", sure=False)
BREAKS_TO_SPACES = Kind("line-breaks-lost", "has lost its line breaks", sure=False)
BREAKS_LOST = Kind("line-breaks-lost", "has lost its line breaks, and words stick together")
BREAKS_REWRITTEN = Kind("line-breaks-rewritten", "has its line breaks written in another way")

DONE_LAST = frozenset({GARBLED_TWICE, CODE_PAGE, APOSTROPHE_ADDED})
"""Kinds that are looked for after another one, never before it, since the order makes no difference."""
