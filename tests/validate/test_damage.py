"""What a program did to a cell, told exactly, and told apart from what a person wrote."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mandates_data.package.model import Field
from mandates_data.validate.codes import all_rules
from mandates_data.validate.programs import damage_kinds, damage_text
from mandates_data.validate.programs.damage import damage_of

TEXT = Field("x", "string")
FIELDS = {kind: Field("x", kind) for kind in ("string", "date", "datetime", "time", "year", "yearmonth", "integer",
                                              "number", "boolean")}  # fmt: skip
QUICK = settings(deadline=None, max_examples=150)
ROOT = Path(__file__).parents[2]


def kind_of(old, new, field=TEXT):
    found = damage_of(old, new, field)
    return None if found is None else found.kind if found.sure else f"perhaps {found.kind}"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("007", "7", "leading-zeros-lost"),
        ("-007", "-7", "leading-zeros-lost"),
        ("6.10", "6.1", "trailing-zeros-lost"),
        ("6.00", "6", "trailing-zeros-lost"),
        ("6.10", "6,1", "trailing-zeros-lost+decimal-comma"),
        ("007.10", "7.1", "leading-zeros-lost+trailing-zeros-lost"),
        ("7", "7.0", "decimals-added"),
        ("6.1", "6.10", "perhaps zeros-added"),
        (".5", "0.5", "zero-before-point"),
        ("+5491155551234", "5491155551234", "plus-sign-lost"),
        ("1234567890123456", "1.23457E+15", "exponent-form"),
        ("1234567890123456", "1,23457E+15", "exponent-form"),
        ("1234567890123456", "1.23E+15", "exponent-form"),
        ("1234567890123456", "1234567890123450", "digits-lost"),
        ("12345678901234567", "12345678901234568", "digits-lost"),
        ("3.14159265358979", "3.141592654", "decimals-cut"),
        ("0.1", "0.10000000000000001", "float-noise"),
        ("0.1", "0.10000000149011612", "float-noise"),
        ("12E3", "12000", "read-as-exponent"),
        ("12E3", "1.20E+04", "read-as-exponent"),
        ("1234.5", "1234,5", "decimal-comma"),
        ("1234", "1,234", "thousands-marks-added"),
        ("1234", "1.234", "thousands-marks-added"),
        ("1234", "1 234", "thousands-marks-added"),
        ("1234", "1\u202f234", "thousands-marks-added"),
        ("1234.5", "1.234,5", "thousands-marks-added"),
        ("1,234", "1234", "perhaps thousands-marks-lost"),
        ("1.234", "1234", "perhaps point-read-as-thousands"),
        ("6,1", "6.1", "perhaps decimal-comma-read"),
        ("50%", "0.5", "percent-rewritten"),
        ("0.5", "50%", "percent-rewritten"),
        ("1234", "$1,234.00", "currency-added"),
        ("(5)", "-5", "brackets-read-as-minus"),
        ("1 1/2", "1.5", "fraction-evaluated"),
        ("true", "TRUE", "boolean-rewritten"),
        ("false", "FALSO", "boolean-rewritten"),
        ("=1+1", "2", "formula-evaluated"),
        ("-1-2", "-3", "formula-evaluated"),
        ("=10/4", "2,5", "formula-evaluated"),
        ("-cruz", "=-cruz", "formula-prefixed"),
        ("@oas", "#NAME?", "error-value"),
        ("=A1", "#¡REF!", "error-value"),
        ("007", '="007"', "formula-wrapped"),
        ("007", "'007", "apostrophe-added"),
        ("'tis", "tis", "perhaps apostrophe-lost"),
        ("2009-04-19", "########", "column-too-narrow"),
        ("", "nan", "empty-filled"),
        ("", "None", "perhaps empty-filled"),
        ("NA", "", "perhaps word-read-as-missing"),
    ],
)  # fmt: skip
def test_what_a_program_makes_of_a_number_or_a_formula_is_named(old, new, kind):
    assert kind_of(old, new) == kind


@pytest.mark.parametrize(
    ("kind_of_field", "old", "new", "kind"),
    [
        ("date", "1998-04-19", "19/04/1998", "date-rewritten"),
        ("date", "1998-04-19", "4/19/98", "date-rewritten"),
        ("date", "1998-04-19", "19.04.1998", "date-rewritten"),
        ("date", "1998-04-19", "19-Apr-98", "date-rewritten"),
        ("date", "1998-04-19", "19-abr-98", "date-rewritten"),
        ("date", "1998-04-19", "19980419", "date-rewritten"),
        ("date", "1998-04-19", "April 19, 1998", "date-rewritten"),
        ("date", "1998-04-19", "domingo, 19 de abril de 1998", "date-rewritten"),
        ("date", "1998-04-19", "1998-04-19 00:00:00", "date-rewritten"),
        ("date", "2009-06-04", "04/06/2009", "date-rewritten"),
        ("date", "1998-04-19", "35904", "date-serial"),
        ("date", "1998-04-19", "34442", "date-serial"),
        ("date", "1998-04-19", "892944000000", "date-serial"),
        ("date", "1998-04-19", "Apr-98", "day-lost"),
        ("date", "1998-04-19", "2002-04-20", "date-shifted"),
        ("date", "2009-06-04", "2009-04-06", "perhaps day-month-swapped"),
        ("date", "1929-05-01", "2029-05-01", "perhaps century-changed"),
        ("datetime", "2024-01-26T15:00:00Z", "26/01/2024 15:00", "date-rewritten"),
        ("datetime", "2024-01-26T15:00:00Z", "2024-01-26 15:00:00+00:00", "date-rewritten"),
        ("datetime", "2024-01-26T15:00:00", "1/26/2024 3:00 PM", "date-rewritten"),
        ("datetime", "2024-01-26T15:00:00Z", "45317.625", "date-serial"),
        ("datetime", "2024-01-26T15:00:00Z", "26/01/2024", "time-lost"),
        ("yearmonth", "1994-12", "Dec-94", "date-rewritten"),
        ("yearmonth", "1994-12", "1994-12-01", "date-rewritten"),
        ("yearmonth", "1994-12", "34669", "date-serial"),
        ("year", "1994", "1994-01-01", "date-rewritten"),
        ("year", "1994", "1905-06-16", "number-shown-as-date"),
        ("integer", "1994", "16/06/1905", "number-shown-as-date"),
        ("time", "15:00:00", "3:00:00 PM", "time-rewritten"),
        ("time", "15:00:00", "15:00", "time-rewritten"),
        ("time", "15:00:00", "0.625", "time-rewritten"),
        ("string", "1-2", "2-Jan", "text-read-as-date"),
        ("string", "1-2", "01-feb", "text-read-as-date"),
        ("string", "1-2", "2026-02-01", "text-read-as-date"),
        ("string", "1-2", "46024", "text-read-as-date"),
        ("string", "6.10", "06. Okt", "text-read-as-date"),
        ("string", "MARCH1", "1-Mar", "text-read-as-date"),
        ("string", "SEPT2", "2-Sep", "text-read-as-date"),
        ("string", "2001-2", "Feb-01", "text-read-as-date"),
        ("string", "1-2-3", "01/02/2003", "text-read-as-date"),
        ("string", "1998-04-19", "19/04/1998", "date-rewritten"),
        ("string", "1:30", "01:30:00", "text-read-as-time"),
        ("string", "1:30", "0.0625", "text-read-as-time"),
    ],
)  # fmt: skip
def test_what_a_program_makes_of_a_date_or_of_what_it_takes_for_one_is_named(kind_of_field, old, new, kind):
    assert kind_of(old, new, FIELDS[kind_of_field]) == kind


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Québec", "QuÃ©bec", "garbled"),
        ("Québec", "Qu√©bec", "garbled"),
        ("Québec", "Qu├®bec", "garbled"),
        ("Québec", "QuÃƒÂ©bec", "garbled-twice"),
        ("“Plan”", "â€œPlanâ€\x9d", "garbled"),
        ("“Plan”", "â€œPlanâ€", "garbled"),
        ("Québec", "Qu\ufffdbec", "letters-replaced"),
        ("Québec", "Qu?bec", "letters-to-question-marks"),
        ("Québec", "Qu??bec", "letters-to-question-marks"),
        ("Québec", "Quebec", "perhaps accents-lost"),
        ("Québec, Nuevo León", "Quebec, Nuevo Leon", "accents-lost"),
        ("Québec", "Qubec", "letters-dropped"),
        ("Québec", "Que\u0301bec", "accents-apart"),
        ("Québec", "QuÈbec", "wrong-code-page"),
        ("“Plan” of Citizens’", "\"Plan\" of Citizens'", "quotes-straightened"),
        ("“Plan” of Citizens’", '"Plan" of Citizens’', "quotes-straightened"),
        ("\"Plan\" of Citizens'", "“Plan” of Citizens’", "quotes-curled"),
        ("2001–2005", "2001-2005", "dashes-replaced"),
        ("peace — and security", "peace -- and security", "dashes-replaced"),
        ("peace - and security", "peace – and security", "hyphens-to-dashes"),
        ("peace--and security", "peace—and security", "hyphens-to-dashes"),
        ("and so on…", "and so on...", "ellipsis-rewritten"),
        ("and so on...", "and so on…", "ellipsis-rewritten"),
        ("(c)", "©", "autocorrected"),
        ("1/2", "½", "autocorrected"),
        ("peace and security", "peace\xa0and security", "special-spaces-added"),
        ("peace and security", "peace and\u200b security", "unseen-characters-added"),
        ("peace", "\ufeffpeace", "unseen-characters-added"),
        ("peace ", "peace", "perhaps spaces-trimmed"),
        ("peace", "peace ", "perhaps spaces-added"),
        ("peace  and security", "peace and security", "perhaps spaces-collapsed"),
        ("peace\tand", "peace and", "perhaps tabs-replaced"),
        ("peace\nand", "peace and", "perhaps line-breaks-lost"),
        ("peace\nand", "peaceand", "line-breaks-lost"),
        ("peace\nand", "peace\r\nand", "line-breaks-rewritten"),
        ("peace\nand", "peace_x000D_\nand", "line-breaks-rewritten"),
        ("peace and security", "Peace and security", "perhaps first-letter-capital"),
        ("Trinidad & Tobago", "Trinidad &amp; Tobago", "html-escaped"),
        ("Québec", "Qu&eacute;bec", "html-escaped"),
        ("Québec", "Qu\\u00e9bec", "escaped"),
        ('the "Plan"', 'the ""Plan""', "quotes-doubled"),
        ("½ and ﬁn", "1⁄2 and fin", "signs-simplified"),
        ("a" * 40_000, "a" * 32_767, "cut-off"),
        ("a" * 300, "a" * 255, "cut-off"),
        ("Québec “Plan”", 'QuÃ©bec "Plan"', "quotes-straightened+garbled"),
        ("Québec “Plan”", "Québec &quot;Plan&quot;", "quotes-straightened+html-escaped"),
        ("à la carte", "Ã  la carte", "garbled+special-spaces-lost"),
    ],
)  # fmt: skip
def test_what_a_program_makes_of_a_text_is_named(old, new, kind):
    assert kind_of(old, new) == kind


def test_damage_holds_what_stood_there_and_says_what_happened():
    found = damage_of("6.10", "6,1", TEXT)
    assert found.original == "6.10"
    assert found.words == (
        "has lost the zeros at its end, as a spreadsheet drops them, "
        "and has a decimal comma, as a spreadsheet in some languages writes it"
    )


@pytest.mark.parametrize(
    ("kind_of_field", "old", "new"),
    [
        ("string", "Quebec", "Québec"),
        ("string", "QuÃ©bec", "Québec"),
        ("string", "Qu?bec", "Québec"),
        ("string", "Que\u0301bec", "Québec"),
        ("string", "peace\xa0and", "peace and"),
        ("string", "peace\u200band", "peaceand"),
        ("string", "2001-2005", "2001–2005"),
        ("string", "inter–American", "inter-American"),
        ("string", "T rinidad", "Trinidad"),
        ("string", "peace , and", "peace, and"),
        ("string", "6.1", "6.2"),
        ("string", "6.1", "6.11"),
        ("string", "10", "1"),
        ("string", "Declaration of Miami", "Declaration of Miami, 1994"),
        ("string", "", "Miami"),
        ("string", "4 June 2009", "4 July 2009"),
        ("string", "June 4, 2009", "4 June 2009"),
        ("string", "04/06/2009", "2009-06-04"),
        ("string", "&amp;", "&"),
        ("string", "“Plan”", "Plan"),
        ("string", "the “Plan”", "the Plan"),
        ("string", "QuÈbec", "Québec"),
        ("string", "Bogot‡", "Bogotá"),
        ("date", "1998-04-19", "1998-04-20"),
        ("date", "1998-04-19", "20/04/1998"),
        ("date", "1998-04-19", "2958465"),
        ("date", "19/04/1998", "1998-04-19"),
        ("date", "35904", "1998-04-19"),
        ("datetime", "2024-01-26T15:00:00Z", "2024-01-26T16:00:00Z"),
        ("integer", "1,234", "1234"),
        ("number", "6,1", "6.1"),
        ("boolean", "yes", "true"),
    ],
)
def test_what_a_person_mends_or_corrects_is_no_damage(kind_of_field, old, new):
    assert kind_of(old, new, FIELDS[kind_of_field]) is None


# -- Laws -------------------------------------------------------------------------------------------------------------

LETTERS = "abcdeéñóü “”‘’–—…\"'-.()&?\xa0\n\t Ññç€•"
CELLS = st.one_of(
    st.text(alphabet=LETTERS, min_size=1, max_size=30),
    st.text(min_size=1, max_size=12).filter(lambda text: text.isprintable()),
)
MADE = {
    "garbled": lambda text: text.encode("utf-8").decode("latin-1"),
    "garbled-twice": lambda text: text.encode("utf-8").decode("latin-1").encode("utf-8").decode("latin-1"),
    "letters-to-question-marks": lambda text: text.encode("ascii", "replace").decode(),
    "accents-apart": lambda text: unicodedata.normalize("NFD", text),
    "quotes-straightened": lambda text: re.sub("[‘’]", "'", re.sub("[“”]", '"', text)),
    "dashes-replaced": lambda text: re.sub("[–—]", "-", text),
    "ellipsis-rewritten": lambda text: text.replace("…", "..."),
    "autocorrected": lambda text: text.replace("(c)", "©"),
    "html-escaped": lambda text: text.replace("&", "&amp;"),
    "escaped": lambda text: text.replace("\n", "\\n"),
    "special-spaces-added": lambda text: text.replace(" ", "\xa0"),
    "unseen-characters-added": lambda text: text.replace("a", "a\u200b"),
    "apostrophe-added": lambda text: "'" + text,
    "cut-off": lambda text: (text * 2000)[:255] if len(text * 2000) > 255 else text,
}


@QUICK
@given(old=CELLS, kind=st.sampled_from(sorted(set(MADE) - {"cut-off"})))
def test_what_is_made_of_a_text_is_damage_whose_original_is_known(old, kind):
    new = MADE[kind](old)
    found = damage_of(old, new, TEXT)
    if new == old:
        assert found is None
    elif found is None:  # the one exception: a dash inside a word, which people make a hyphen
        assert kind == "dashes-replaced"
        assert re.search(r"\w–\w", old)
    else:
        assert found.original == old


FIRST = sorted(
    set(MADE) - {"cut-off", "apostrophe-added", "garbled-twice", "special-spaces-added", "unseen-characters-added"}
)


@settings(QUICK, suppress_health_check=[HealthCheck.filter_too_much])
@given(old=CELLS, first=st.sampled_from(FIRST), second=st.sampled_from(sorted(MADE)))
def test_two_things_done_one_after_the_other_are_damage(old, first, second):
    between = MADE[first](old)
    new = MADE[second](between)
    assume(first != second and len({old, between, new}) == 3)
    for before, after in ((old, between), (between, new)):
        done = damage_of(before, after, TEXT)
        assume(done and "+" not in done.kind)
    assert damage_of(old, new, TEXT) or _mends(old, new)


def _mends(old, new):
    """Whether a change does no more than what is a mending: plain spaces, nothing unseen, joined accents."""
    return unicodedata.normalize("NFC", damage_text.spaced(old)) == unicodedata.normalize("NFC", new)


@QUICK
@given(number=st.integers(1, 10**18), decimals=st.text("0123456789", max_size=6), zeros=st.integers(0, 3))
def test_a_number_that_a_spreadsheet_shows_in_its_own_way_is_damage(number, decimals, zeros):
    old = "0" * zeros + str(number) + ("." + decimals if decimals else "")
    shown = {f"{number:,}", f"{number}.0", f"{number:.5E}", str(number)} if not decimals.strip("0") else set()
    for new in shown - {old}:
        assert damage_of(old, new, TEXT), new


@QUICK
@given(old=st.decimals(0, 10**9, places=2), new=st.decimals(0, 10**9, places=2))
def test_another_number_is_no_damage(old, new):
    assume(old != new)
    found = damage_of(str(old), str(new), FIELDS["number"])
    assert found is None


DAYS = st.dates(min_value=__import__("datetime").date(1901, 1, 1), max_value=__import__("datetime").date(2099, 12, 31))


@QUICK
@given(
    day=DAYS,
    form=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%d-%b-%y", "%d %B %Y", "%Y/%m/%d", "%Y-%m-%d 00:00:00"]),
)
def test_a_day_in_any_other_spelling_is_damage(day, form):
    found = damage_of(day.isoformat(), day.strftime(form), FIELDS["date"])
    assert found.kind == "date-rewritten"
    assert found.original == day.isoformat()


@QUICK
@given(old=DAYS, new=DAYS, form=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y"]))
def test_another_day_is_no_damage_but_where_a_known_mistake_makes_it(old, new, form):
    assume(old != new)
    found = damage_of(old.isoformat(), new.strftime(form), FIELDS["date"])
    swapped = (old.year, old.month, old.day) == (new.year, new.day, new.month)
    shifted = abs((old - new).days) == 1462
    century = (old.month, old.day) == (new.month, new.day) and abs(old.year - new.year) == 100
    assert found is None or swapped or (form == "%Y-%m-%d" and (shifted or century))


WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


@QUICK
@given(words=st.lists(WORDS, min_size=2, max_size=8), at=st.integers(0, 7), word=WORDS)
def test_another_word_in_a_text_is_no_damage(words, at, word):
    at %= len(words)
    changed = [*words[:at], word, *words[at + 1 :]]
    assume(changed != words)
    assert damage_of(" ".join(words), " ".join(changed), TEXT) is None


@QUICK
@given(words=st.lists(WORDS, min_size=2, max_size=8), at=st.integers(0, 60), letter=st.sampled_from("éñóàçü,;–’"))
def test_an_accent_or_a_sign_put_into_a_text_is_no_damage(words, at, letter):
    old = " ".join(words)
    at = min(at, len(old) - 1)
    assert damage_of(old, old[:at] + letter + old[at + 1 :], TEXT) is None
    assert damage_of(old, old[:at] + letter + old[at:], TEXT) is None


def real_texts():
    for path in sorted((ROOT / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from {cell for row in csv.reader(file) for cell in row if cell}


def test_every_real_text_that_was_garbled_is_named_and_given_back():
    texts = [text for text in real_texts() if not text.isascii()]
    assert len(texts) > 30
    for text in texts:
        found = damage_of(text, text.encode("utf-8").decode("cp1252", "replace"), TEXT)
        assert (found.kind, found.original, found.sure) == ("garbled", text, True)


@settings(deadline=None, max_examples=500)
@given(old=st.text(max_size=12), new=st.text(max_size=12), kind=st.sampled_from(sorted(FIELDS)))
def test_any_two_texts_have_an_answer(old, new, kind):
    found = damage_of(old, new, FIELDS[kind])
    assert found is None or (old != new and found.original == old)


NUMBERLIKE = st.text("0123456789.,-+eE%/: ()=TZ", max_size=14)


@settings(deadline=None, max_examples=1000)
@given(old=NUMBERLIKE, new=NUMBERLIKE, kind=st.sampled_from(sorted(FIELDS)))
def test_any_two_texts_that_look_like_numbers_have_an_answer(old, new, kind):
    found = damage_of(old, new, FIELDS[kind])
    assert found is None or (old != new and found.original == old)


def test_every_kind_of_damage_has_one_name_and_words_for_a_person():
    all_kinds = [kind for kind in vars(damage_kinds).values() if isinstance(kind, damage_kinds.Kind)]
    assert len(all_kinds) > 60
    for kind in all_kinds:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", kind.slug)
        assert re.match("(is|has|was|begins|holds) ", kind.words)
        assert not kind.words.endswith(".")


@settings(deadline=None, max_examples=400)
@given(
    before=st.text(alphabet="ab -.'\"&\\éñ’–\n(c)1", max_size=30),
    after=st.text(alphabet="ab -.'\"&\\éñ’–\n(c)1", max_size=30),
)
def test_what_is_said_to_be_reworded_at_once_is_no_damage_when_it_is_looked_at_closely(before, after):
    from mandates_data.validate.programs import damage, damage_text

    old, new = (
        f"A text that is long enough, {middle} and goes on behind it for a while." for middle in (before, after)
    )
    if old != new and damage_text.is_reworded(old, new):
        chains = list(damage._explained(old, new, Field("text", "string")))
        assert not any(kind.alone for chain in chains for kind in chain)


def test_the_page_on_spreadsheets_names_every_kind_of_damage_and_no_other():
    page = (ROOT / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
    kinds = [kind for kind in vars(damage_kinds).values() if isinstance(kind, damage_kinds.Kind)]
    named = {kind.slug for kind in kinds if kind.alone}
    assert {slug for slug in named if f"`{slug}`" not in page} == set()
    in_table = set(re.findall(r"\| `([a-z-]+)`(?: \?)? \|$", page, re.MULTILINE))
    assert in_table <= named
    unsure = set(re.findall(r"\| `([a-z-]+)` \? \|$", page, re.MULTILINE))
    assert unsure == {kind.slug for kind in kinds if kind.alone and not kind.sure} - {"empty-filled"}


def test_the_page_on_spreadsheets_names_codes_that_there_are():
    page = (ROOT / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
    assert set(re.findall("MD[0-9]{3}", page)) <= {rule.code for rule in all_rules()}
