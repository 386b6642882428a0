"""What a program left in a cell, told by the cell alone, and quiet on real text."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_packages import field, findings_in, places

from mandates_data.package.model import Constraints, Field
from mandates_data.validate.programs import signs
from mandates_data.validate.programs.damage import suspected
from mandates_data.validate.programs.suspects import Screen, judged
from mandates_data.validate.programs.traces import traces_in

ROOT = Path(__file__).parents[2]
TEXT = Field("x", "string")
QUICK = settings(deadline=None, max_examples=300)


def real_texts():
    texts = set()
    for path in sorted((ROOT / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts.update(cell for row in csv.reader(file) for cell in row)
    return sorted(texts - {""})


PAGE = (ROOT / "data" / "source" / "security.txt").read_text(encoding="utf-8").split("\n")
REAL = real_texts()
RICH = [text for text in REAL if not text.isascii()]


def test_every_real_text_is_left_alone():
    assert len(REAL) > 600
    assert [text for text in REAL if suspected(text, TEXT)] == []
    assert list(Screen(TEXT).unproven(REAL)) == []
    assert {trace.kind for line in PAGE for trace in traces_in(line)} == {"special-spaces-added"}


@pytest.mark.parametrize(
    "text",
    [
        "“CAFÉ”, “NÃO”, «PERÚ», “IRMÔ, “ESPAÑ”",
        "São Paulo, Assunção, informação: ÁÉÍÓÚ ÃÕÂÊÔ Ç",
        "¿Qué? ¡Así! El Niño; pingüino",
        "L’État, c’est moi\xa0! «\xa0Québec\xa0»; cœur, Île-de-France, où, 1\u202f000\xa0€",
        "Zürich – „Größe“ ‚so‘ ÄÖÜ, Ärger…",
        "Åse Ångström, Ærø, Øresund",
        "Łódź, Dvořák, Ştefan, İstanbul",
        "Ἀθῆναι, Αθήνα, Москва, Київ, ירושלים, القاهرة, 北京\u3000東京, 서울, नई\u200cदिल्ली",
        "20 °C, 5 µm, ½, x², © OAS, ™, §3, №5, ∑√π ≈ 3¬2",
        "a < b and c > d; R&D; AT&T; 100 %; why? because; http://example.org/?a=b&c=d",
        "👩\u200d👧 family",
    ],
)
def test_real_words_of_many_languages_are_left_alone(text):
    assert list(traces_in(text)) == []


@pytest.mark.parametrize(
    "text", ["-", "--", "-5", "+5", "- 5,3 %", "+54 11 5555-1234", "(c)", "'tis", "'90s", "#1", "1E5"]
)
def test_numbers_signs_and_labels_are_no_formulas(text):
    assert suspected(text, TEXT) is None


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850", "cp437"])
def test_every_real_text_that_was_garbled_is_named_and_made_whole(encoding):
    known = bytes(range(256)).decode(encoding, "ignore")
    assert len(RICH) > 30
    for text in RICH:
        garbled = text.encode("utf-8").decode(encoding, "ignore")
        found = suspected(garbled, TEXT)
        lost = len(known) < 256 and any(byte in text.encode("utf-8") for byte in b"\x81\x8d\x8f\x90\x9d")
        assert (found.kind, found.original) == ("garbled", None if lost else text)


def test_every_real_text_that_was_garbled_twice_is_named_and_made_whole():
    for text in RICH:
        once = text.encode("utf-8").decode("latin-1")
        twice = once.encode("utf-8").decode("latin-1")
        assert (suspected(once, TEXT).kind, suspected(twice, TEXT).kind) == ("garbled", "garbled-twice")
        assert suspected(twice, TEXT).original == text


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("QuÃ©bec", "MD231", "Québec"),
        ("Peter Muller’s â€œPlan", "MD231", "Peter Muller’s “Plan"),
        ("the â€œPlanâ€", "MD231", None),
        ("voilÃ ", "MD231", None),
        ("it\x92s", "MD231", "it’s"),
        ("Bogot\ufffd", "MD232", None),
        ("#REF!", "MD233", None),
        ("#¿NOMBRE?", "MD233", None),
        ("########", "MD233", None),
        ("1.23457E+15", "MD234", None),
        ("4,5E-07", "MD234", None),
        ("Trinidad &amp; Tobago", "MD235", "Trinidad & Tobago"),
        ("R&#233;al", "MD235", "Réal"),
        ("peace<br>security", "MD235", None),
        ('<span class="x">peace</span>', "MD235", None),
        ("peace_x000D_\nsecurity", "MD235", "peace\nsecurity"),
        ("pe\xadace", "MD236", "peace"),
        ("\ufeffpeace", "MD236", "peace"),
        ("peace\x0bsecurity", "MD236", "peacesecurity"),
        ("peace\xa0and security", "MD237", "peace and security"),
        ("Nuevo Leo\u0301n", "MD238", "Nuevo León"),
        ("=1+1", "MD239", None),
        ("@SUM(A1)", "MD239", None),
        ("-cruz", "MD239", None),
        ("+peace", "MD239", None),
        ("\t=1", "MD239", "=1"),
        ('="007"', "MD239", "007"),
        ("Qu?bec", "MD240", None),
        ("'007", "MD241", "007"),
        ("'=1", "MD241", "=1"),
    ],
)  # fmt: skip
def test_what_a_program_left_in_a_text_is_told_with_what_it_was(tmp_path, text, code, fix):
    quoted = '"' + text.replace('"', '""') + '"'
    (found,) = findings_in(tmp_path, [field("id"), field("x")], f"id,x\nr1,{quoted}\n")
    assert (found.code, found.fix, found.line, found.column_letter) == (code, fix, 2, "B")
    assert found.cause == suspected(text, TEXT).kind


def test_a_rule_of_the_schema_that_a_text_breaks_because_it_is_garbled_is_told_so_once(tmp_path):
    described = field("x", constraints={"pattern": "[A-Za-z ’é]*"})
    (found,) = findings_in(tmp_path, [field("id"), described], "id,x\nr1,QuÃ©bec\n")
    assert (found.code, found.message, found.fix) == ("MD225", '"QuÃ©bec" has garbled letters.', "Québec")
    assert found.mend == 'Write "Québec", if that is what is meant.'
    described = field("x", constraints={"enum": ["Québec", "Miami"]})
    (found,) = findings_in(tmp_path, [field("id"), described], "id,x\nr1,QuÃ©bec\n")
    assert (found.code, found.fix, found.cause) == ("MD226", "Québec", "garbled")


def test_a_text_that_is_not_allowed_anyway_is_told_by_the_rule_of_the_schema(tmp_path):
    described = field("x", constraints={"pattern": "[a-z]+"})
    found = findings_in(tmp_path, [field("id"), described], "id,x\nr1,QuÃ©bec\nr2,=1+1\n")
    assert places(found) == ["MD225 2:B", "MD225 3:B"]


def test_what_the_schema_itself_lists_is_no_suspect(tmp_path):
    described = field("x", constraints={"enum": ["=A", "-cruz"]})
    assert findings_in(tmp_path, [field("id"), described], "id,x\nr1,=A\nr2,-cruz\n") == ()


def test_what_stands_for_a_missing_value_is_no_suspect(tmp_path):
    described = field("x", missingValues=["#N/A", ""])
    assert findings_in(tmp_path, [field("id"), described], "id,x\nr1,#N/A\nr2,\n") == ()


def test_numbers_and_dates_are_no_suspects(tmp_path):
    fields = [field("n", "number"), field("i", "integer"), field("day", "date")]
    assert findings_in(tmp_path, fields, "n,i,day\n-5,-7,2009-04-19\n+1.5E+10,+7,2009-04-20\n") == ()


@pytest.mark.parametrize(
    ("kind", "text", "cause", "original"),
    [
        ("date", "19/04/2009", "date-rewritten", "2009-04-19"),
        ("date", "04/06/2009", "date-rewritten", None),
        ("date", "19 abr 2009", "date-rewritten", "2009-04-19"),
        ("date", "2009-04-19 00:00:00", "date-rewritten", "2009-04-19"),
        ("date", "39922", "date-serial", "2009-04-19"),
        ("date", "#####", "column-too-narrow", None),
        ("datetime", "45317.625", "date-serial", "2024-01-26T15:00:00"),
        ("year", "1994-01-01", "date-rewritten", "1994"),
        ("yearmonth", "1994-12-01", "date-rewritten", "1994-12"),
        ("time", "0.625", "time-rewritten", "15:00:00"),
        ("integer", "1,234,567", "thousands-marks-added", "1234567"),
        ("integer", "16/06/1905", "number-shown-as-date", "1994"),
        ("integer", "'7", "apostrophe-left", "7"),
        ("number", "1.234,5", "thousands-marks-added", "1234.5"),
        ("number", "1’234.5", "thousands-marks-added", "1234.5"),
        ("number", "$1,234.50", "currency-added", "1234.50"),
        ("number", "12.5%", "percent-rewritten", "0.125"),
        ("number", "(5)", "brackets-read-as-minus", "-5"),
        ("boolean", "VRAI", "boolean-rewritten", "true"),
        ("boolean", "1.0", "boolean-rewritten", "true"),
    ],
)
def test_a_value_in_the_spelling_of_a_program_is_read(kind, text, cause, original):
    found = suspected(text, Field("x", kind))
    assert (found.kind, found.original) == (cause, original)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("date", "2009-02-30"), ("date", "00000"), ("date", "soon"), ("integer", "7"), ("integer", "seven"),
     ("number", "1.5"), ("date", "2009-04-19"), ("boolean", "maybe"), ("object", "{}"), ("list", "a,b"),
     ("money", "5")],
)  # fmt: skip
def test_a_value_that_is_sound_or_only_wrong_is_no_suspect(kind, text):
    assert suspected(text, Field("x", kind)) is None


def test_a_form_of_its_own_is_written_in_that_form():
    described = Field("x", "date", format="%d/%m/%Y")
    assert suspected("2009-04-19", described).original == "19/04/2009"
    assert suspected("6.1", Field("x", "number", decimal_char=",")).original == "6,1"


# -- Laws -------------------------------------------------------------------------------------------------------------

ODD = st.one_of(
    st.text(max_size=10),
    st.text(
        alphabet="abEÃ©âÂ€œ™ÔÇÖ√├Γ'=+-@#&;<>?_x0D1.\t\r\n\x0b " + signs.SPACES + signs.UNSEEN + signs.MARKS, max_size=12
    ),
    st.text(alphabet="aé’“€Ж中😀", max_size=6).map(lambda text: text.encode("utf-8").decode("latin-1")),
    st.text(alphabet="aé’“€Ж中😀", max_size=6).map(lambda text: text.encode("utf-8").decode("cp437")),
    st.text(alphabet="aé’“€Ж中😀", max_size=6).map(lambda text: text.encode("utf-8").decode("mac_roman")),
    st.sampled_from(["1.5E+10", "&amp;", "<br>", "#REF!", "'007", "a?b", "_x000D_", "â€", "=1", "peace"]),
)


@QUICK
@given(values=st.lists(ODD, max_size=12))
def test_the_screen_names_every_text_of_which_there_is_something_to_say(values):
    named = set(Screen(TEXT).unproven(values))
    assert named == {value for value in values if list(traces_in(value))}


@QUICK
@given(text=ODD)
def test_every_trace_has_its_words_and_a_text_made_whole_has_less_to_say(text):
    for rule, cause, said in judged(text):
        assert rule.code.startswith("MD2")
        assert said.message.endswith(".")
        assert cause
        if said.fix is not None:
            assert said.fix != text


@QUICK
@given(text=st.text(alphabet="0123456789.,:/- '$%()APMabrTZ€#", max_size=14), kind=st.sampled_from(
    ["date", "datetime", "time", "year", "yearmonth", "integer", "number", "boolean"]))  # fmt: skip
def test_what_a_value_was_is_a_value_of_its_column(text, kind):
    found = suspected(text, Field("x", kind))
    if found is not None and found.original is not None:
        assert suspected(found.original, Field("x", kind)) is None
        assert found.original != text


def test_a_listed_column_is_not_screened():
    assert not Screen(Field("x", "string", constraints=Constraints(enum=("a",)))).active
    assert not Screen(Field("x", "integer")).active
    assert Screen(Field("x", "any")).active
