"""The Table Schema standard, version 2, sentence by sentence: one example that keeps each, and ones that break it.

The expectations come from the standard's text (https://datapackage.org/standard/table-schema/), not from any program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mandates_data.validate.run import validate

Writer = Callable[..., Path]
Raw = dict[str, Any]


@dataclass(frozen=True)
class Cells:
    """A field, cells that are right under it, and cells each of which breaks the rule of the code."""

    section: str
    sentence: str
    field: Raw
    right: list[str]
    wrong: list[str]
    code: str = ""


@dataclass(frozen=True)
class Tables:
    """A schema with a table that keeps it and tables that break it, each at `line` (0: the file) by the code."""

    section: str
    sentence: str
    schema: Raw
    right: list[str]
    wrong: list[tuple[str, str]]


@dataclass(frozen=True)
class Schemas:
    """Schemas that are right, and ones that break a rule on schemas by the code."""

    section: str
    sentence: str
    right: list[Raw]
    wrong: list[tuple[Raw, str]]


def typed(kind: str, **more: Any) -> Raw:
    return {"name": "v", "type": kind, **more}


def limited(kind: str, **constraints: Any) -> Raw:
    return typed(kind, constraints=constraints)


def of(*fields: Raw | str, **more: Any) -> Raw:
    return {"fields": [{"name": one, "type": "string"} if isinstance(one, str) else one for one in fields], **more}


ENOUGH = "9" * 40
CELLS = [
    # string
    Cells("string", "default: any valid string", typed("string"), [" a ", "NA", "1", "\u00a0"], []),
    Cells("string", "email: A valid email address", typed("string", format="email"),
          ["a@example.org", "a.b+c@sub.example.org"], ["a", "a@", "@b.org", "a b@example.org", "a@b..org"], "MD211"),
    Cells("string", "uri: A valid URI", typed("string", format="uri"),
          ["https://example.org/a?b#c", "urn:isbn:0451450523", "mailto:a@example.org"],
          ["\thttps://example.org", "example.org", "//example.org", "https://a b.org", "http:",
          "http://x/%g0"], "MD211"),
    Cells("string", "binary: A base64 encoded string", typed("string", format="binary"), ["aGVsbG8=", "YWJj"],
          ["aGVsbG8", "a", "****"], "MD211"),
    Cells("string", "uuid: A string that is a uuid", typed("string", format="uuid"),
          ["123e4567-e89b-42d3-a456-426614174000"], ["123e4567", "123e4567-e89b-42d3-a456-42661417400g"], "MD211"),
    # number
    Cells("number", "a non-empty finite-length sequence of decimal digits separated by a period",
          typed("number"), ["-1.23", "12678967.543233", "+100000.00", "210", "0", ".5", "5.", ENOUGH],
          [".", "-", "1,5", "1 5", "1.2.3", "one", "٣", "1_0", " 1", "0x1"], "MD203"),
    Cells("number", "special string values are permitted (case need not be respected)", typed("number"),
          ["NaN", "INF", "-INF", "nan", "inf", "-Inf"], ["+INF", "-NaN", "Infinity", "INFINITE"], "MD203"),
    Cells("number", "exponent: this MUST consist of an E followed by an optional + or - sign followed by digits",
          typed("number"), ["1E5", "1E+5", "1.5E-05"], ["1E", "E5", "1E+", "1E1.5", "1X5"], "MD203"),
    Cells("number", "decimalChar: represents a decimal point", typed("number", decimalChar=","),
          ["1,5", "15"], ["1.5", "1,5,5"], "MD203"),
    Cells("number", "groupChar: groups digits within the number", typed("number", groupChar=","),
          ["100,000", "1,000.5", "1000"], [",1", "1,", "1,,0", "1.5,0"], "MD203"),
    Cells("number", "bareNumber true: MUST follow the formatting constraints", typed("number", bareNumber=True),
          ["95"], ["95%", "€95", "EUR 95"], "MD203"),
    Cells("number", "bareNumber false: leading and trailing non-numeric characters are stripped",
          typed("number", bareNumber=False), ["95%", "€95", "EUR 95", "95", "-€1.5"], ["EUR", "%", "1 or 2"], "MD203"),
    # integer
    Cells("integer", "whole numbers", typed("integer"), ["0", "-1", "+1", "007", ENOUGH],
          ["1.0", "1e3", " 1", "1 ", "--1", "٣", "one", "1,000"], "MD202"),
    Cells("integer", "groupChar", typed("integer", groupChar=","), ["100,000", "1"], [",1", "1,"], "MD202"),
    Cells("integer", "bareNumber false", typed("integer", bareNumber=False), ["95%", "EUR 95"], ["EUR", "1٣"], "MD202"),
    # boolean
    Cells("boolean", "default trueValues and falseValues", typed("boolean"),
          ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0"], ["yes", "tRue", "2", " true", "t"], "MD207"),
    Cells("boolean", "trueValues and falseValues can be customised", typed("boolean", trueValues=["ja"],
          falseValues=["nein", "no"]), ["ja", "nein", "no"], ["true", "1", "Ja"], "MD207"),
    # object, array
    Cells("object", "a valid JSON object", typed("object"), ["{}", '{"a": [1, null]}'],
          ["[]", "1", "null", "{", "{'a': 1}", '{"a": NaN}', '"{}"'], "MD213"),
    Cells("array", "a valid JSON array", typed("array"), ["[]", '[1, "a", {}]'], ["{}", "1", "[1,]", "[NaN]"], "MD213"),
    # list
    Cells("list", "values separated by a delimiter which is , by default", typed("list"), ["a,b", "a", "a,,b"], []),
    Cells("list", "delimiter: the character sequence which separates the items",
          typed("list", delimiter="; ", itemType="integer"), ["1; 2", "1"], ["1;2", "1,2", "1; x"], "MD212"),
    Cells("list", "itemType: items are processed as individual values of that type, in their default form",
          typed("list", itemType="date"), ["2024-01-26,2024-02-29"], ["26/01/2024", "2024-01-26,", "2023-02-29"],
          "MD212"),
    Cells("list", "itemType boolean", typed("list", itemType="boolean"), ["true,0"], ["true,yes"], "MD212"),
    Cells("list", "itemType number", typed("list", itemType="number"), ["1.5,INF"], ["1.5,x"], "MD212"),
    Cells("list", "itemType time", typed("list", itemType="time"), ["15:00:00"], ["15:00"], "MD212"),
    Cells("list", "itemType datetime", typed("list", itemType="datetime"), ["2024-01-26T15:00:00"], ["2024-01-26"],
          "MD212"),
    # datetime, date, time
    Cells("datetime", "default: XML Schema's form, with optional milliseconds and timezone", typed("datetime"),
          ["2024-01-26T15:00:00", "2024-01-26T15:00:00.300-05:00", "2024-01-26T15:00:00Z", "2024-01-26T24:00:00",
           "2024-01-26T15:00:00+14:00"],
          ["2024-01-26", "2024-01-26 15:00:00", "2024-01-26T15:00", "2024-01-26T15:00:60", "2024-02-30T00:00:00",
           "2024-01-26T24:00:01", "2024-01-26T15:00:00-0500", "2024-01-26T15:00:00+14:01", "2024-01-26t15:00:00z",
           "2024-01-26T15:00:00.", "0000-01-01T00:00:00"], "MD206"),
    Cells("datetime", "<PATTERN>: values can be parsed according to it", typed("datetime", format="%d/%m/%Y %H:%M:%S"),
          ["12/11/2018 09:15:32"], ["2018-11-12T09:15:32", "31/02/2018 09:15:32"], "MD206"),
    Cells("datetime", "any: any parsable representation", typed("datetime", format="any"),
          ["2018-11-12 09:15:32", "2018-11-12T09:15:32"], ["soon"], "MD206"),
    Cells("date", "default: the lexical representation MUST be yyyy-mm-dd", typed("date"), ["2024-01-26", "2000-02-29"],
          ["2024-1-26", "24-01-26", "20240126", "2024-02-30", "26/01/2024", "2024-01-26Z", "2024-W04-5", "12024-01-01"],
          "MD204"),
    Cells("date", "<PATTERN>", typed("date", format="%d/%m/%Y"), ["26/01/2024"], ["2024-01-26", "32/01/2024"], "MD204"),
    Cells("date", "any", typed("date", format="any"), ["2024-01-26", "26 January 2024"], ["soon"], "MD204"),
    Cells("time", "default: the lexical representation MUST be hh:mm:ss", typed("time"), ["15:00:00", "00:00:00"],
          ["15:00", "3:00:00", "15:00:00Z", "15:00:00.5", "25:00:00", "15:60:00", "24:00:00"], "MD205"),
    Cells("time", "<PATTERN>", typed("time", format="%H.%M"), ["15.30"], ["15:30"], "MD205"),
    Cells("time", "any", typed("time", format="any"), ["15:30", "3:30 PM"], ["noon"], "MD205"),
    # year, yearmonth, duration
    Cells("year", "as per XMLSchema gYear", typed("year"), ["2009", "0044", "-0044", "12009", "2009Z", "2009-05:00"],
          ["99", "+2009", "02009", "0000", "2009-04", " 2009", "MMIX"], "MD208"),
    Cells("yearmonth", "as per XMLSchema gYearMonth", typed("yearmonth"), ["2009-04", "-0044-03", "2009-04Z"],
          ["2009", "2009-13", "2009-00", "2009-4", "200904", "0000-01"], "MD209"),
    Cells("duration", "XML Schema's duration, PnYnMnDTnHnMnS", typed("duration"),
          ["P1Y2M3DT4H5M6S", "P1Y", "PT0.5S", "-P1D", "P0D", "P1347M"],
          ["P", "PT", "P1", "1Y", "P-1Y", "P1YT", "P1M2Y", "P1.5Y", "PT1.S", "P1W", "p1y"], "MD210"),
    # geopoint, geojson, any
    Cells("geopoint", 'default: a string of the pattern "lon, lat", the space being optional', typed("geopoint"),
          ["90.50, 45.50", "90.50,45.50", "-180, -90"], ["90.50", "90.50 45.50", "181, 0", "0, 91", "a, b", " 1, 2"],
          "MD214"),
    Cells("geopoint", "array: a JSON array of exactly two numbers", typed("geopoint", format="array"),
          ["[90.50, 45.50]"], ["[90.50]", "[1, 2, 3]", '["1", "2"]', "90.50, 45.50", "[181, 0]"], "MD214"),
    Cells("geopoint", "object: exactly two keys, lat and lon", typed("geopoint", format="object"),
          ['{"lon": 90.50, "lat": 45.50}'], ['{"lon": 1}', '{"lon": 1, "lat": 2, "x": 3}', '{"lon": "1", "lat": 2}'],
          "MD214"),
    Cells("geojson", "default: a geojson object as per the GeoJSON spec", typed("geojson"),
          ['{"type": "Point", "coordinates": [1, 2]}', '{"type": "FeatureCollection", "features": []}'],
          ["{}", "[1, 2]", '{"type": "Point"}', '{"type": "Circle", "coordinates": [1, 2]}'], "MD215"),
    Cells("geojson", "topojson: a topojson object", typed("geojson", format="topojson"),
          ['{"type": "Topology", "objects": {}, "arcs": []}'], ['{"type": "Topology"}'], "MD215"),
    Cells("any", "MUST NOT perform any processing on this field's values", typed("any"), ["1", " x ", "{", "NA"], []),
    Cells("type and format", "the absence of a type property indicates the type any", {"name": "v"}, ["1", "{"], []),
    Cells("type and format", "If format starts with fmt:, an implementation MUST remove the prefix",
          typed("string", format="fmt:email"), ["a@example.org"], ["a"], "MD211"),
    Cells("type and format", "If format starts with fmt:, also before a pattern", typed("date", format="fmt:%d/%m/%Y"),
          ["26/01/2024"], ["2024-01-26"], "MD204"),
    # categories
    Cells("categories", "data MUST exactly match one of the values in categories",
          typed("string", categories=["apple", "orange"]), ["apple"], ["Apple", "pear", " apple"], "MD227"),
    Cells("categories", "an array of objects, each with a value", typed("integer", categories=[
          {"value": 0, "label": "apple"}, {"value": 1}]), ["0", "01"], ["2"], "MD227"),
    Cells("categoriesOrdered", "the order of appearance is their natural order", typed("string", categories=["b", "a"],
          categoriesOrdered=True), ["a", "b"], ["c"], "MD227"),
    # missing values
    Cells("missingValues (field)", "it completely replaces the schema-level property",
          typed("integer", missingValues=["-"]), ["-", "1"], ["NA", "--"], "MD202"),
    Cells("missingValues (field)", "may have labels", typed("integer", missingValues=[{"value": "-99x",
        "label": "no"}]),
          ["-99x", "1"], ["no"], "MD202"),
    # constraints
    Cells("required", "indicates whether this field cannot be null", limited("string", required=True), ["a", " "], [""],
          "MD201"),
    Cells("required", "missingValues tell which strings are null", typed("integer", missingValues=["-"],
          constraints={"required": True}), ["1"], ["-"], "MD201"),
    Cells("minLength", "the minimum length of a value (string)", limited("string", minLength=2), ["ab", "né",
        "\U0001d49c\U0001d49c"],
          ["a", "\U0001d49c"], "MD221"),
    Cells("minLength", "of an array", limited("array", minLength=1), ["[1]"], ["[]"], "MD221"),
    Cells("minLength", "of an object", limited("object", minLength=1), ['{"a": 1}'], ["{}"], "MD221"),
    Cells("maxLength", "the maximum length of a value (string)", limited("string", maxLength=2), ["ab", "a"], ["abc"],
          "MD222"),
    Cells("maxLength", "of an array", limited("array", maxLength=1), ["[123]", "[]"], ["[1, 2]"], "MD222"),
    Cells("maxLength", "of an object", limited("object", maxLength=1), ['{"a": 1}'], ['{"a": 1, "b": 2}'], "MD222"),
    Cells("minimum", "greater than or equal (integer)", limited("integer", minimum=7), ["7", "007", "8"], ["6", "-8"],
          "MD223"),
    Cells("minimum", "as string castable with the type (integer)", limited("integer", minimum="7"), ["7"], ["6"],
          "MD223"),
    Cells("minimum", "number", limited("number", minimum=0.1), ["0.1", "0.10", "INF"], ["0.09", "-INF"], "MD223"),
    Cells("minimum", "date", limited("date", minimum="2000-01-01"), ["2000-01-01"], ["1999-12-31"], "MD223"),
    Cells("minimum", "date with the format of the field", typed("date", format="%d/%m/%Y",
          constraints={"minimum": "01/02/2000"}), ["01/02/2000", "01/01/2001"], ["31/01/2000"], "MD223"),
    Cells("minimum", "time", limited("time", minimum="09:00:00"), ["09:00:00"], ["08:59:59"], "MD223"),
    Cells("minimum", "datetime", limited("datetime", minimum="2000-01-01T00:00:00Z"),
          ["2000-01-01T00:00:00Z", "2000-01-01T01:00:00+01:00"], ["2000-01-01T00:00:00+00:01"], "MD223"),
    Cells("minimum", "duration", limited("duration", minimum="P1M"), ["P1M", "P32D", "P1Y"], ["P27D", "PT1H"], "MD223"),
    Cells("minimum", "year", limited("year", minimum=2000), ["2000"], ["1999", "-0044"], "MD223"),
    Cells("minimum", "yearmonth", limited("yearmonth", minimum="2000-02"), ["2000-02", "2001-01"], ["2000-01"],
          "MD223"),
    Cells("maximum", "integer", limited("integer", maximum=7), ["7", "-8"], ["8"], "MD224"),
    Cells("maximum", "number", limited("number", maximum="1.5"), ["1.50", "-INF"], ["1.51", "INF"], "MD224"),
    Cells("maximum", "date", limited("date", maximum="2000-01-01"), ["2000-01-01"], ["2000-01-02"], "MD224"),
    Cells("maximum", "time", limited("time", maximum="09:00:00"), ["09:00:00"], ["09:00:01"], "MD224"),
    Cells("maximum", "datetime", limited("datetime", maximum="2000-01-01T00:00:00"), ["2000-01-01T00:00:00"],
          ["2000-01-01T00:00:00.1"], "MD224"),
    Cells("maximum", "duration", limited("duration", maximum="P1D"), ["PT24H"], ["PT24H1S"], "MD224"),
    Cells("maximum", "year", limited("year", maximum="2000"), ["2000"], ["2001"], "MD224"),
    Cells("maximum", "yearmonth", limited("yearmonth", maximum="2000-02"), ["2000-02"], ["2000-03"], "MD224"),
    Cells("exclusiveMinimum", "integer", limited("integer", exclusiveMinimum=0), ["1"], ["0", "-1"], "MD223"),
    Cells("exclusiveMinimum", "date", limited("date", exclusiveMinimum="2000-01-01"), ["2000-01-02"], ["2000-01-01"],
          "MD223"),
    Cells("exclusiveMinimum", "number", limited("number", exclusiveMinimum=0), ["0.001"], ["0.0", "-0"], "MD223"),
    Cells("exclusiveMinimum", "duration", limited("duration", exclusiveMinimum="P1D"), ["P2D"], ["PT24H"], "MD223"),
    Cells("exclusiveMaximum", "number", limited("number", exclusiveMaximum=150), ["149.9"], ["150", "150.0"], "MD224"),
    Cells("exclusiveMaximum", "time", limited("time", exclusiveMaximum="09:00:00"), ["08:59:59"], ["09:00:00"],
          "MD224"),
    Cells("exclusiveMaximum", "yearmonth", limited("yearmonth", exclusiveMaximum="2000-02"), ["2000-01"], ["2000-02"],
          "MD224"),
    Cells("pattern", "If the regular expression matches then the value is valid (the standard's example)",
          limited("string", pattern="^a.*$"), ["apple"], ["orange"], "MD225"),
    Cells("pattern", "MUST conform to XML Schema's syntax, which describes whole values",
          limited("string", pattern="cat|dog"), ["cat", "dog"], ["cats", "hotdog", "cat\n", "\tcat",
          "cat\u00a0"], "MD225"),
    Cells("pattern", "XML Schema's classes", limited("string", pattern=r"\p{Lu}[\p{Ll}-[q]]*"), ["Ñandú", "A"],
          ["ñandú", "Aq", "A1"], "MD225"),
    Cells("enum", "MUST exactly match one of the values (string)", limited("string", enum=["apple"]), ["apple"],
          ["Apple", "apple ", "pear"], "MD226"),
    Cells("enum", "on the logical representation (number)", limited("number", enum=[1, "2.50"]), ["1.0", "2.5"], ["2"],
          "MD226"),
    Cells("enum", "integer", limited("integer", enum=[1, "007"]), ["01", "7"], ["2"], "MD226"),
    Cells("enum", "boolean", limited("boolean", enum=[True]), ["1", "TRUE"], ["0", "false"], "MD226"),
    Cells("enum", "date", limited("date", enum=["2000-01-01"]), ["2000-01-01"], ["2000-01-02"], "MD226"),
    Cells("enum", "datetime", limited("datetime", enum=["2000-01-01T00:00:00Z"]), ["2000-01-01T01:00:00+01:00"],
          ["2000-01-01T00:00:01Z"], "MD226"),
    Cells("enum", "duration", limited("duration", enum=["P1Y"]), ["P12M"], ["P365D"], "MD226"),
    Cells("enum", "year", limited("year", enum=[2000, "2001"]), ["2000", "2001"], ["2002"], "MD226"),
    Cells("enum", "list", limited("list", enum=["a,b"]), ["a,b"], ["b,a", "a"], "MD226"),
    Cells("enum", "array", limited("array", enum=[[1, 2], "[3]"]), ["[1,2]", "[3]"], ["[2, 1]"], "MD226"),
    Cells("enum", "object", limited("object", enum=[{"a": 1, "b": 2}]), ['{"b": 2, "a": 1}'], ['{"a": 1}'], "MD226"),
    Cells("enum", "geopoint", limited("geopoint", enum=["90.5, 45"]), ["90.50,45.0"], ["90, 45"], "MD226"),
    Cells("enum", "any", limited("any", enum=["1"]), ["1"], ["01"], "MD226"),
]  # fmt: skip

IDS = typed("integer") | {"name": "id"}
PARENT = {"fields": ["parent"], "reference": {"fields": ["id"]}}
TABLES = [
    Tables("fields", "fields in the data source MUST completely match, both in number and order", of("a", "b"),
           ["a,b\n1,2\n"], [("b,a\n1,2\n", "MD119"), ("a\n1\n", "MD116"), ("a,b,c\n1,2,3\n", "MD117"),
                            ("a,c\n1,2\n", "MD118"), ("a,a\n1,2\n", "MD120")]),
    Tables("fieldsMatch", "exact: exactly the same fields", of("a", "b", fieldsMatch="exact"),
           ["a,b\n1,2\n"], [("b,a\n1,2\n", "MD119"), ("a\n1\n", "MD116")]),
    Tables("fieldsMatch", "equal: exactly the same fields, mapped by their names",
           of("a", IDS, fieldsMatch="equal"), ["a,id\nx,2\n", "id,a\n2,x\n"],
           [("a\nx\n", "MD116"), ("id,a,c\n1,2,3\n", "MD117"), ("id,a\nx,2\n", "MD202"), ("b,id\nx,2\n", "MD118")]),
    Tables("fieldsMatch", "subset: MUST have all the fields, but MAY have more",
           of("a", IDS, fieldsMatch="subset"), ["a,id\nx,2\n", "more,id,a\n1,2,x\n"],
           [("a,more\nx,2\n", "MD116"), ("more,id,a\n1,x,2\n", "MD202")]),
    Tables("fieldsMatch", "superset: MUST only have fields defined, but MAY have fewer",
           of("a", IDS, fieldsMatch="superset"), ["a,id\nx,2\n", "id\n2\n", "id,a\n2,x\n"],
           [("id,more\n1,2\n", "MD117"), ("id\nx\n", "MD202")]),
    Tables("fieldsMatch", "partial: MUST have at least one field defined",
           of("a", IDS, fieldsMatch="partial"), ["id,more\n2,x\n", "a\nx\n", "more,id,a\nx,1,y\n"],
           [("more,other\n1,2\n", "MD115"), ("id,more\nx,2\n", "MD202")]),
    Tables("fieldsMatch", "partial, where there is one field and one column", of("a", fieldsMatch="partial"),
           ["a\nx\n"], [("b\nx\n", "MD115")]),
    Tables("fieldsMatch", "as a list of one, as the profile of version 2.0 has it", of("a", "b", fieldsMatch=["equal"]),
           ["b,a\n1,2\n"], [("b\n1\n", "MD116")]),
    Tables("missingValues", "The default value [ \"\" ]: empty strings are null before any other processing",
           of(IDS, "a"), ["id,a\n,x\n"], [("id,a\n-,x\n", "MD202")]),
    Tables("missingValues", "which strings SHOULD be treated as missing values", of(IDS, missingValues=["-", "NaN"]),
           ["id\n-\nNaN\n1\n"], [('id\n""\n', "MD202"), ("id\nnan\n", "MD202")]),
    Tables("missingValues", "objects with a value and a label", of(IDS, missingValues=[
           {"value": "", "label": "OMITTED"}, {"value": "x", "label": "REFUSED"}]),
           ["id\nx\n1\n"], [("id\nREFUSED\n", "MD202")]),
    Tables("missingValues", "the empty list means that no conversion to null will be done", of(IDS, missingValues=[]),
           ["id\n1\n"], [('id\n""\n', "MD202")]),
    Tables("missingValues (field)", "takes precedence and completely replaces it",
           of(IDS, typed("integer", missingValues=["-"]), missingValues=["", "NA"]), ["id,v\nNA,-\n,-\n"],
           [("id,v\n-,-\n", "MD202"), ("id,v\nNA,NA\n", "MD202"), ("id,v\nNA,\n", "MD202")]),
    Tables("primaryKey", "uniquely identifies each row", of(IDS, "a", primaryKey=["id"]), ["id,a\n1,x\n2,x\n"],
           [("id,a\n1,x\n1,y\n", "MD305"), ("id,a\n1,x\n01,y\n", "MD305")]),
    Tables("primaryKey", "the fields cannot be null", of(IDS, "a", primaryKey=["id"]), ["id,a\n1,\n"],
           [("id,a\n,x\n", "MD304")]),
    Tables("primaryKey", "a set of fields", of("a", "b", primaryKey=["a", "b"]), ["a,b\n1,1\n1,2\n2,1\n"],
           [("a,b\n1,2\n1,2\n", "MD305"), ("a,b\n1,\n", "MD304")]),
    Tables("primaryKey", "MUST support a single string", of("a", primaryKey="a"), ["a\n1\n2\n"],
           [("a\n1\n1\n", "MD305")]),
    Tables("uniqueKeys", "unique logical values in each row", of(IDS, "a", uniqueKeys=[["id"]]),
           ["id,a\n1,x\n2,x\n"], [("id,a\n7,x\n007,y\n", "MD306")]),
    Tables("uniqueKeys", "a unique set of logical values", of("a", "b", "c", uniqueKeys=[["a", "b"], ["a", "c"]]),
           ["a,b,c\n1,1,1\n1,2,2\n"], [("a,b,c\n1,1,1\n1,2,1\n", "MD306"), ("a,b,c\n1,1,1\n1,1,2\n", "MD306")]),
    Tables("uniqueKeys", "null values MUST be excluded from the uniqueness check", of("a", "b", uniqueKeys=[["a",
        "b"]]),
           ["a,b\n1,\n1,\n,1\n,1\n"], [("a,b\n1,1\n1,1\n", "MD306")]),
    Tables("unique", "all values for that field MUST be unique", of(limited("integer", unique=True), "a"),
           ["v,a\n1,x\n2,x\n"], [("v,a\n1,x\n01,x\n", "MD303")]),
    Tables("unique", "null is no value", of(limited("integer", unique=True), "a"), ["v,a\n,x\n,y\n"],
           [("v,a\n1,x\n1,y\n", "MD303")]),
    Tables("foreignKeys", "values connect to values (the same table)",
           of(IDS, typed("integer") | {"name": "parent"}, foreignKeys=[PARENT]), ["id,parent\n1,\n2,1\n3,03\n",
               "id,parent\n"],
           [("id,parent\n1,2\n", "MD401")]),
    Tables("foreignKeys", "an empty resource MUST be interpreted as an omitted property", of("id", "parent",
        foreignKeys=[
           {"fields": "parent", "reference": {"resource": "", "fields": "id"}}]), ["id,parent\n1,1\n"],
           [("id,parent\n1,2\n", "MD401")]),
    Tables("foreignKeys", "fields, describing the field (or fields)", of("a", "b", "c", "d", foreignKeys=[
           {"fields": ["c", "d"], "reference": {"fields": ["a", "b"]}}]), ["a,b,c,d\n1,2,1,2\n3,4,,\n"],
           [("a,b,c,d\n1,2,2,1\n", "MD401"), ("a,b,c,d\n1,2,1,\n", "MD402")]),
    Tables("Implementation Note", "implementations MUST apply all the constraints",
           of(limited("string", minLength=3, pattern="[a-z]*")), ["v\nabc\n"], [("v\nA\n", "MD221"), ("v\nA\n",
               "MD225")]),
]  # fmt: skip

STRING = {"name": "a", "type": "string"}
SCHEMAS = [
    Schemas("fields", "MUST contain a property fields, an array of field descriptors", [of("a")],
            [({}, "MD503"), ({"fields": {}}, "MD501"), ({"fields": ["a"]}, "MD501")]),
    Schemas("$schema", "MUST be a profile",
        [of("a") | {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json"}],
            [(of("a") | {"$schema": "2.0"}, "MD505"), (of("a") | {"$schema": 2}, "MD501")]),
    Schemas("fieldsMatch", "MUST be a string with the following possible values", [of("a", fieldsMatch="partial")],
            [(of("a", fieldsMatch="some"), "MD502"), (of("a", fieldsMatch=1), "MD501"),
             (of("a", fieldsMatch=["exact", "equal"]), "MD502")]),
    Schemas("missingValues", "each entry is a unique string, or an object with a unique value and label",
            [of("a", missingValues=[]), of("a", missingValues=["", "-"]), of("a", missingValues=[{"value": ""}])],
            [(of("a", missingValues="-"), "MD501"), (of("a", missingValues=[-99]), "MD551"),
             (of("a", missingValues=["-", "-"]), "MD552"), (of("a", missingValues=[{"label": "x"}]), "MD551"),
             (of("a", missingValues=[{"value": -99}]), "MD551"),
             (of("a", missingValues=[{"value": "x", "label": 1}]), "MD551"),
             (of("a", missingValues=[{"value": "x"}, {"value": "x"}]), "MD552"),
             (of("a", missingValues=[{"value": "x", "label": "l"}, {"value": "y", "label": "l"}]), "MD552")]),
    Schemas("primaryKey", "an array of strings, each the name of a field",
            [of("a", "b", primaryKey=["a", "b"]), of("a", primaryKey="a")],
            [(of("a", primaryKey=["b"]), "MD553"), (of("a", primaryKey=[1]), "MD501"), (of("a", primaryKey=[]),
            "MD504")]),
    Schemas("uniqueKeys", "a non-empty array of arrays of names", [of("a", uniqueKeys=[["a"]])],
            [(of("a", uniqueKeys=[]), "MD504"), (of("a", uniqueKeys=[["b"]]), "MD554"), (of("a", uniqueKeys="a"),
            "MD501")]),
    Schemas("foreignKeys", "an array of objects that MUST have fields and reference, of the same length",
            [of("a", "b", foreignKeys=[{"fields": ["a"], "reference": {"fields": ["b"]}}])],
            [(of("a", foreignKeys={}), "MD501"), (of("a", foreignKeys=[{"fields": ["a"]}]), "MD503"),
             (of("a", foreignKeys=[{"reference": {"fields": ["a"]}}]), "MD503"),
             (of("a", foreignKeys=[{"fields": ["a"], "reference": {}}]), "MD503"),
             (of("a", foreignKeys=[{"fields": ["x"], "reference": {"fields": ["a"]}}]), "MD555"),
             (of("a", foreignKeys=[{"fields": ["a"], "reference": {"fields": ["x"]}}]), "MD557"),
             (of("a", "b", foreignKeys=[{"fields": ["a", "b"], "reference": {"fields": ["a"]}}]), "MD558")]),
    Schemas("foreignKeys", "resource is the name of a resource; for self-referencing it MUST be omitted",
            [of("a", foreignKeys=[{"fields": ["a"], "reference": {"fields": ["a"]}}])],
            [(of("a", foreignKeys=[{"fields": ["a"], "reference": {"resource": "x", "fields": ["a"]}}]), "MD556"),
             (of("a", foreignKeys=[{"fields": ["a"], "reference": {"resource": "t", "fields": ["a"]}}]), "MD559")]),
    Schemas("name", "MUST contain a name, unique amongst other field names", [of("a", "b")],
            [(of({"type": "string"}), "MD503"), (of({"name": 1}), "MD501"), (of("a", "a"), "MD550")]),
    Schemas("Field Types", "one of the types, and of its formats",
            [of({"name": "a"}), of({"name": "a", "type": "geopoint", "format": "array"})],
            [(of({"name": "a", "type": "text"}), "MD565"), (of({"name": "a", "type": "geopoint", "format": "x"}),
            "MD566"),
             (of({"name": "a", "type": "string", "format": "date"}), "MD566")]),
    Schemas("datetime", "<PATTERN> MUST follow the syntax of standard Python / C strptime",
            [of({"name": "a", "type": "date", "format": "%d.%m.%Y"})],
            [(of({"name": "a", "type": "date", "format": "dd/mm/yyyy"}), "MD567"),
             (of({"name": "a", "type": "date", "format": "%d/%q"}), "MD567")]),
    Schemas("list", "itemType MUST be one of seven types", [of({"name": "a", "type": "list", "itemType": "date"})],
            [(of({"name": "a", "type": "list", "itemType": "year"}), "MD502")]),
    Schemas("categories", "an array of unique values, or of objects with a unique value; labels unique strings",
            [of(STRING | {"categories": ["x", "y"]}), of(STRING | {"categories": [{"value": "x", "label": "X"}]})],
            [(of(STRING | {"categories": ["x", "x"]}), "MD576"), (of(STRING | {"categories": "x"}), "MD501"),
             (of(STRING | {"categories": [{"label": "X"}]}), "MD575"), (of(STRING | {"categories": [1]}), "MD575"),
             (of(STRING | {"categories": [{"value": "x", "label": 1}]}), "MD575"),
             (of(STRING | {"categories": [{"value": "x", "label": "l"}, {"value": "y", "label": "l"}]}), "MD576"),
             (of({"name": "a", "type": "date", "categories": ["2000-01-01"]}), "MD574")]),
    Schemas("categories", "the enum values MUST be a subset of the values in categories",
            [of(STRING | {"categories": ["x", "y"], "constraints": {"enum": ["x"]}})],
            [(of(STRING | {"categories": ["x"], "constraints": {"enum": ["z"]}}), "MD590")]),
    Schemas("categoriesOrdered", "MUST be boolean", [of(STRING | {"categories": ["x"], "categoriesOrdered": False})],
            [(of(STRING | {"categories": ["x"], "categoriesOrdered": "yes"}), "MD501")]),
    Schemas("rdfType", "MUST be the URI of a RDF Class", [of(STRING | {"rdfType": "http://schema.org/Country"})],
            [(of(STRING | {"rdfType": "Country"}), "MD573")]),
    Schemas("Field Constraints", "MUST be a JSON object", [of(STRING | {"constraints": {}})],
            [(of(STRING | {"constraints": []}), "MD501")]),
    Schemas("Field Constraints", "their kinds: boolean, integer, array, string, object",
            [of(STRING | {"constraints": {"required": True, "minLength": 1, "enum": ["x"], "pattern": "x"}})],
            [(of(STRING | {"constraints": {"required": "yes"}}), "MD501"),
            (of(STRING | {"constraints": {"unique": 1}}), "MD501"),
             (of(STRING | {"constraints": {"minLength": "1"}}), "MD501"),
             (of(STRING | {"constraints": {"enum": "x"}}), "MD501"),
             (of(STRING | {"constraints": {"pattern": 1}}), "MD501"),
             (of({"name": "a", "type": "object", "constraints": {"jsonSchema": "x"}}), "MD501")]),
    Schemas("Field Constraints", "constraint values are castable with the type and format of the field",
            [of({"name": "a", "type": "date", "format": "%d/%m/%Y", "constraints": {"minimum": "31/12/2000"}})],
            [(of({"name": "a", "type": "integer", "constraints": {"minimum": "x"}}), "MD583"),
             (of({"name": "a", "type": "date", "constraints": {"maximum": "31/12/2000"}}), "MD583"),
             (of({"name": "a", "type": "integer", "constraints": {"enum": ["x"]}}), "MD588")]),
    Schemas("minimum", "the field descriptor MUST contain a type key",
            [of({"name": "a", "type": "integer", "constraints": {"minimum": 1}})],
            [(of({"name": "a", "constraints": {"minimum": 1}}), "MD581")]),
    Schemas("Implementation Note", "SHOULD report an error on an unsupported constraint (Fields: ...)",
            [of({"name": "a", "type": "array", "constraints": {"minLength": 1}})],
            [(of({"name": "a", "type": "integer", "constraints": {"minLength": 1}}), "MD581"),
             (of({"name": "a", "type": "list", "constraints": {"maxLength": 1}}), "MD581"),
             (of({"name": "a", "type": "string", "constraints": {"minimum": "a"}}), "MD581"),
             (of({"name": "a", "type": "integer", "constraints": {"pattern": "1"}}), "MD581"),
             (of({"name": "a", "type": "string", "constraints": {"jsonSchema": {}}}), "MD581")]),
    Schemas("pattern", "MUST conform to the standard XML Schema regular expression syntax",
            [of(STRING | {"constraints": {"pattern": r"\i\c*|[a-z-[x]]|\p{Lu}"}})],
            [(of(STRING | {"constraints": {"pattern": "("}}), "MD585"),
            (of(STRING | {"constraints": {"pattern": "(?=a)a"}}), "MD586"),
             (of(STRING | {"constraints": {"pattern": r"a\b"}}), "MD586")]),
]  # fmt: skip


def errors(folder: Path) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in validate(folder).findings if one.severity == "error"]


def as_column(cells: list[str]) -> bytes:
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    return "\n".join(["n,v", *(f"{n},{cell}" for n, cell in enumerate(quoted)), ""]).encode()


@pytest.mark.parametrize("check", CELLS, ids=lambda check: f"{check.section}: {check.sentence}")
def test_cells_are_judged_as_the_sentence_says(check: Cells, tmp_path: Path, write_package: Writer) -> None:
    schema = {"fields": [{"name": "n", "type": "integer"}, check.field]}
    assert errors(write_package(tmp_path, {"t": (schema, as_column(check.right))})) == []
    for cell in check.wrong:
        found = errors(write_package(tmp_path, {"t": (schema, as_column([cell]))}))
        assert (cell, found) == (cell, [(check.code, 2)])


@pytest.mark.parametrize("check", TABLES, ids=lambda check: f"{check.section}: {check.sentence}")
def test_tables_are_judged_as_the_sentence_says(check: Tables, tmp_path: Path, write_package: Writer) -> None:
    for table in check.right:
        assert (table, errors(write_package(tmp_path, {"t": (check.schema, table.encode())}))) == (table, [])
    for table, code in check.wrong:
        found = errors(write_package(tmp_path, {"t": (check.schema, table.encode())}))
        assert code in {one for one, _line in found}, (table, found)


@pytest.mark.parametrize("check", SCHEMAS, ids=lambda check: f"{check.section}: {check.sentence}")
def test_schemas_are_judged_as_the_sentence_says(check: Schemas, tmp_path: Path, write_package: Writer) -> None:
    for schema in check.right:
        header = ",".join(field["name"] for field in schema["fields"])
        assert errors(write_package(tmp_path, {"t": (schema, f"{header}\n".encode())})) == []
    for schema, code in check.wrong:
        found = errors(write_package(tmp_path, {"t": (schema, b"a\n")}))
        assert code in {one for one, _line in found}, (schema, found)


def test_a_foreign_key_leads_to_another_table(tmp_path: Path, write_package: Writer) -> None:
    key = {"fields": ["code"], "reference": {"resource": "codes", "fields": ["code"]}}
    codes = (of("code", primaryKey=["code"]), b"code\nPE\n")
    for cells, expected in (("PE\n\n", []), ("PE\nXX\n", [("MD401", 3)])):
        content = f"code\n{cells}".replace("\n\n", '\n""\n').encode()
        folder = write_package(tmp_path, {"codes": codes, "people": (of("code", foreignKeys=[key]), content)})
        assert errors(folder) == expected


def test_a_foreign_key_to_a_column_that_is_away_leads_nowhere(tmp_path: Path, write_package: Writer) -> None:
    key = {"fields": ["code"], "reference": {"resource": "codes", "fields": ["code"]}}
    codes = (of("code", "name", fieldsMatch="superset"), b"name\nPeru\n")
    folder = write_package(tmp_path, {"codes": codes, "people": (of("code", foreignKeys=[key]), b"code\nPE\n")})
    assert errors(folder) == [("MD401", 2)]


def test_every_section_of_the_standard_has_its_check() -> None:
    sections = {check.section.partition(" (")[0] for check in (*CELLS, *TABLES, *SCHEMAS)}
    assert sections == {
        "fields", "$schema", "fieldsMatch", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys", "name",
        "type and format", "categories", "categoriesOrdered", "rdfType", "Field Types", "string", "number", "integer",
        "boolean", "object", "array", "list", "datetime", "date", "time", "year", "yearmonth", "duration", "geopoint",
        "geojson", "any", "Field Constraints", "required", "unique", "minLength", "maxLength", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "pattern", "enum", "Implementation Note",
    }  # fmt: skip
