"""Every type of the Table Schema standard: what it reads, and what it refuses."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.errors import CellError
from mandates_data.package.model import FIELD_TYPES, Field
from mandates_data.package.parse import parse_field
from mandates_data.package.temporal import Duration
from mandates_data.package.types import compile_field, constraint_value

UTC = dt.UTC
WEST = dt.timezone(dt.timedelta(hours=-5))

READ = [
    (Field("x", "string"), " as it is ", " as it is "),
    (Field("x", "string"), "NA", "NA"),
    (Field("x", "any"), "007", "007"),
    (Field("x", "string", "email"), "name.other@example.org", "name.other@example.org"),
    (Field("x", "string", "uri"), "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    (Field("x", "string", "uri"), "urn:isbn:0451450523", "urn:isbn:0451450523"),
    (Field("x", "string", "uri"), "mailto:name@example.org", "mailto:name@example.org"),
    (Field("x", "string", "uri"), "http://[2001:db8::7]:80/", "http://[2001:db8::7]:80/"),
    (Field("x", "string", "binary"), "aGVsbG8=", "aGVsbG8="),
    (
        Field("x", "string", "uuid"),
        "123e4567-e89b-42d3-a456-426614174000",
        "123e4567-e89b-42d3-a456-426614174000",
    ),
    (Field("x", "integer"), "0", 0),
    (Field("x", "integer"), "-12", -12),
    (Field("x", "integer"), "+007", 7),
    (Field("x", "integer", group_char=","), "1,234,567", 1234567),
    (Field("x", "integer", bare_number=False), "EUR 95", 95),
    (Field("x", "integer", bare_number=False), "95%", 95),
    (Field("x", "integer", bare_number=False), "-€95", -95),
    (Field("x", "integer", bare_number=False), "co-op 95", 95),
    (Field("x", "number"), "-1.23", Decimal("-1.23")),
    (Field("x", "number"), "+100000.00", Decimal("100000.00")),
    (Field("x", "number"), "210.", Decimal("210")),
    (Field("x", "number"), ".5", Decimal("0.5")),
    (Field("x", "number"), "1E-3", Decimal("0.001")),
    (Field("x", "number"), "inf", Decimal("Infinity")),
    (Field("x", "number"), "-INF", Decimal("-Infinity")),
    (Field("x", "number", decimal_char=",", group_char="."), "1.234,5", Decimal("1234.5")),
    (Field("x", "number", bare_number=False), "$ 3.50 each", Decimal("3.50")),
    (Field("x", "boolean"), "TRUE", True),
    (Field("x", "boolean"), "0", False),
    (Field("x", "boolean", true_values=("yes",), false_values=("no",)), "no", False),
    (Field("x", "date"), "2000-02-29", dt.date(2000, 2, 29)),
    (Field("x", "date", "%d/%m/%Y"), "19/04/2009", dt.date(2009, 4, 19)),
    (Field("x", "date", "fmt:%d.%m.%Y"), "19.04.2009", dt.date(2009, 4, 19)),
    (Field("x", "date", "any"), "19 April 2009", dt.date(2009, 4, 19)),
    (Field("x", "time"), "15:00:59", dt.time(15, 0, 59)),
    (Field("x", "time", "%H.%M"), "15.30", dt.time(15, 30)),
    (Field("x", "time", "any"), "3:30 PM", dt.time(15, 30)),
    (Field("x", "datetime"), "2024-01-26T15:00:00", dt.datetime(2024, 1, 26, 15)),
    (
        Field("x", "datetime"),
        "2024-01-26T15:00:00.300-05:00",
        dt.datetime(2024, 1, 26, 15, 0, 0, 300000, WEST),
    ),
    (Field("x", "datetime"), "2024-01-26T15:00:00Z", dt.datetime(2024, 1, 26, 15, tzinfo=UTC)),
    (Field("x", "datetime"), "2024-12-31T24:00:00", dt.datetime(2025, 1, 1)),
    (Field("x", "datetime", "%d/%m/%Y %H:%M:%S"), "12/11/2018 09:15:32", dt.datetime(2018, 11, 12, 9, 15, 32)),
    (Field("x", "datetime", "any"), "2018-11-12 09:15", dt.datetime(2018, 11, 12, 9, 15)),
    (Field("x", "year"), "2009", 2009),
    (Field("x", "year"), "-0044", -44),
    (Field("x", "year"), "12009", 12009),
    (Field("x", "year"), "10000", 10000),
    (Field("x", "yearmonth"), "2009-04", (2009, 4)),
    (Field("x", "duration"), "P1Y2M3DT4H5M6.5S", Duration(14, Decimal("273906.5"))),
    (Field("x", "duration"), "-P1D", Duration(0, Decimal(-86400))),
    (Field("x", "list"), "a,b,,c", ("a", "b", "", "c")),
    (Field("x", "list", delimiter="; ", item_type="integer"), "1; 2", (1, 2)),
    (Field("x", "list", item_type="date"), "2009-04-19", (dt.date(2009, 4, 19),)),
    (Field("x", "array"), '[1, "b", null]', [1, "b", None]),
    (Field("x", "object"), '{"a": {"b": 1}}', {"a": {"b": 1}}),
    (Field("x", "geopoint"), "90.50, 45.50", (Decimal("90.50"), Decimal("45.50"))),
    (Field("x", "geopoint"), "-180,90", (Decimal(-180), Decimal(90))),
    (Field("x", "geopoint", "array"), "[90.50, 45.50]", (Decimal("90.50"), Decimal("45.50"))),
    (Field("x", "geopoint", "object"), '{"lat": 45.5, "lon": 90.5}', (Decimal("90.5"), Decimal("45.5"))),
    (Field("x", "geojson"), '{"type":"Point","coordinates":[1,2]}', {"type": "Point", "coordinates": [1, 2]}),
    (
        Field("x", "geojson", "topojson"),
        '{"type":"Topology","objects":{},"arcs":[]}',
        {"type": "Topology", "objects": {}, "arcs": []},
    ),
]

REFUSED = [
    (
        Field("x", "string", "email"),
        [
            "name",
            "name@",
            "a@b",
            "a b@example.org",
            "a\u00a0b@example.org",
            "a@b\u00a0c.org",
            "a..b@example.org",
            "a@-b.org",
        ],
    ),
    (
        Field("x", "string", "uri"),
        ["example.org", "http://", "http:", "https://a b.org", "http://x/%zz", "http://x/ñ", "x:", "http://a/#b#c"],
    ),
    (Field("x", "string", "binary"), ["aGVsbG8", "aGVs bG8=", "====", "ñ"]),
    (Field("x", "string", "uuid"), ["123e4567e89b42d3a456426614174000", "{123e4567-e89b-42d3-a456-426614174000}"]),
    (Field("x", "integer"), [" 7", "7 ", "1_000", "١٢", "1.0", "1e3", "+", "--1", "7\n", "1,000", "0x1", "²"]),
    (Field("x", "integer"), ["9" * 4301]),
    (Field("x", "integer", group_char=","), ["1,,000", ",1", "1,"]),
    (Field("x", "integer", bare_number=False), ["EUR", "1 of 2", "", "1٣", "٣"]),
    (
        Field("x", "number"),
        [" 1.5", "1_0.0", "1,5", "\u0661.\u0665", "Infinity", "+INF", "1e", ".", "E5", "nano", "1E" + "9" * 30],
    ),
    (Field("x", "number", decimal_char=","), ["1.5"]),
    (Field("x", "boolean"), ["yes", "tRUE", " true", "2"]),
    (
        Field("x", "date"),
        ["2001-4-2", "20010402", "2001-W16-7", "2001-02-29", "0000-01-01", "2001-04-02 ", "٢٠٠١-٠٤-٠٢", "04/06/2009"],
    ),
    (Field("x", "date", "%d/%m/%Y"), ["2009-04-19", "31/02/2009", "١٩/٠٤/٢٠٠٩"]),
    (Field("x", "date", "any"), ["04/06/2009", "soon"]),
    (Field("x", "time"), ["15:00", "24:00:00", "15:00:60", "15:00:00Z", "15:00:00.5", "5:00:00"]),
    (
        Field("x", "datetime"),
        ["2024-01-26", "2024-01-26 15:00:00", "2024-01-26T15:00", "2024-02-30T00:00:00", "2024-01-26T24:00:01"],
    ),
    (Field("x", "datetime"), ["9999-12-31T24:00:00", "2024-01-26T15:00:00+15:00", "2024-01-26T15:00:00."]),
    (Field("x", "year"), ["99", "01999", "+2009", "2009 ", "MMIX", "1" * 50, "0000", "-0000", "0000Z"]),
    (Field("x", "yearmonth"), ["2009-13", "2009-4", "2009-00", "2009", "0000-01"]),
    (Field("x", "duration"), ["P", "PT", "P1", "1Y", "P1Y2M3DT", "PT1.5H", "P1S", "P-1Y", "p1y"]),
    (Field("x", "list", item_type="integer"), ["1,", "1, 2", "a"]),
    (Field("x", "array"), ["{}", "[", "[NaN]", "[" * 100000, "1"]),
    (Field("x", "object"), ["[]", "{", "{'a': 1}", "null"]),
    (Field("x", "geopoint"), ["90.5", "181,0", "0,91", "90.5 45.5", "1,  2", "1E999999999999999999999,0"]),
    (Field("x", "geopoint", "array"), ['["1", "2"]', "[1]", "[1, 2, 3]", "[true, 1]", "{}"]),
    (Field("x", "geopoint", "object"), ['{"lon": 1}', '{"lon": 1, "lat": 2, "x": 3}', '{"lon": "1", "lat": 2}']),
    (
        Field("x", "geojson"),
        [
            "{}",
            '{"type": "Point"}',
            '{"type": "Point", "coordinates": ["1", "2"]}',
            '{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}',
            '{"type": "Feature", "geometry": 5, "properties": null}',
            '{"type": ["Point"], "coordinates": [0, 0]}',
        ],
    ),
    (Field("x", "geojson", "topojson"), ['{"type": "Topology"}', '{"type": "Point", "coordinates": [0, 0]}']),
]


@pytest.mark.parametrize(("field", "text", "value"), READ)
def test_a_cell_is_read_as_its_typed_value(field, text, value):
    assert compile_field(field)(text) == value
    assert type(compile_field(field)(text)) is type(value)


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in REFUSED for text in texts])
def test_a_cell_that_is_no_value_of_its_type_is_refused(field, text):
    with pytest.raises(CellError):
        compile_field(field)(text)


def test_not_a_number_is_a_number():
    assert compile_field(Field("x", "number"))("NaN").is_nan()


def test_a_refusal_says_what_is_expected_in_plain_words():
    with pytest.raises(CellError) as refused:
        compile_field(Field("x", "date"))("04/06/2009")
    assert refused.value.expected == "a date written YYYY-MM-DD, such as 2009-04-19"
    with pytest.raises(CellError) as refused:
        compile_field(Field("x", "date", "%d/%m/%Y"))("2009-04-19")
    assert refused.value.expected == "a date written DD/MM/YYYY"


@pytest.mark.parametrize("kind", [Field("x", "money"), Field("x", "string", "iban"), Field("x", "geopoint", "wkt")])
def test_a_type_or_format_that_the_standard_does_not_have_is_refused(kind):
    with pytest.raises(CellError):
        compile_field(kind)


@pytest.mark.parametrize(
    ("field", "value", "typed"),
    [
        (Field("x", "integer"), 5, 5),
        (Field("x", "integer"), "5", 5),
        (Field("x", "integer"), 5.0, 5),
        (Field("x", "number"), 0.1, Decimal("0.1")),
        (Field("x", "year"), 1994, 1994),
        (Field("x", "date"), "1994-12-09", dt.date(1994, 12, 9)),
        (Field("x", "boolean"), True, True),
        (Field("x", "string"), "a", "a"),
        (Field("x", "array"), [1], [1]),
        (Field("x", "duration"), "P1D", Duration(0, Decimal(86400))),
    ],
)
def test_a_bound_of_the_schema_is_typed_like_the_cells(field, value, typed):
    assert constraint_value(field, value) == typed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field("x", "integer"), 5.5),
        (Field("x", "integer"), True),
        (Field("x", "integer"), float("inf")),
        (Field("x", "string"), 5),
        (Field("x", "date"), 20010402),
        (Field("x", "number"), None),
        (Field("x", "boolean"), 1),
    ],
)
def test_a_bound_of_another_type_is_refused(field, value):
    with pytest.raises(CellError):
        constraint_value(field, value)


def test_durations_compare_as_xml_schema_orders_them():
    read = compile_field(Field("x", "duration"))
    assert read("P1M") < read("P32D")
    assert read("P27D") < read("P1M")
    assert read("P1Y") == read("P12M")
    assert not read("P1M") < read("P30D")
    assert not read("P1M") > read("P30D")


@pytest.mark.parametrize("kind", FIELD_TYPES)
@settings(deadline=None, max_examples=60)
@given(text=st.text())
def test_no_text_makes_a_type_fail_otherwise_than_by_refusing_it(kind, text):
    try:
        value = compile_field(Field("x", kind))(text)
    except CellError:
        value = "refused"
    assert value is not None


def test_the_prefix_of_formats_in_the_first_drafts_is_taken_away():
    field = parse_field({"name": "x", "type": "string", "format": "fmt:email"})
    assert field.format == "email"
    with pytest.raises(CellError):
        compile_field(field)("name")
