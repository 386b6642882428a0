"""Laws: bulk passes nothing that the row checker would find, and no bytes make a traceback."""

import csv
import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_packages import field, resource, write_package

from mandates_data.package.model import FIELD_TYPES
from mandates_data.package.parse import parse_field, parse_schema
from mandates_data.validate.cells import Column
from mandates_data.validate.codes_cell import REQUIRED
from mandates_data.validate.run import validate

QUICK = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])

CONSTRAINTS = st.fixed_dictionaries(
    {},
    optional={
        "minLength": st.integers(0, 4),
        "maxLength": st.integers(0, 4),
        "pattern": st.sampled_from(["[a-z]*", "a|b", "[0-9-]+", r"(\S|\S.*\S)"]),
        "enum": st.lists(st.sampled_from(["a", "b", "1", "2001-01-01", "true"]), min_size=1, unique=True),
        "minimum": st.sampled_from(["1", "2001-01-01", "P1D", "2001"]),
        "exclusiveMaximum": st.sampled_from(["1", "2001-01-01", "P1D", "2001"]),
    },
)
CELLS = st.one_of(
    st.text(alphabet="ab10-:TPDZ., \n", max_size=8),
    st.sampled_from(["", "1", "true", "2001-01-01", "2001", "2001-01", "P1D", "[1]", "{}", "1, 2", "NaN", "-"]),
)


@QUICK
@given(
    kind=st.sampled_from(FIELD_TYPES),
    constraints=CONSTRAINTS,
    required=st.booleans(),
    missing=st.lists(st.sampled_from(["", "-", "NA", "1"]), unique=True),
    batches=st.lists(st.lists(CELLS, min_size=1, max_size=30), min_size=1, max_size=4),
)
def test_bulk_passes_nothing_that_the_row_checker_would_find(kind, constraints, required, missing, batches):
    raw = {"name": "x", "type": kind, "constraints": constraints}
    schema = parse_schema({"fields": [raw], "missingValues": missing})
    column = Column(parse_field(raw), schema, REQUIRED if required else None)
    judge = Column(parse_field(raw), schema, REQUIRED if required else None)
    for cells in batches:
        unproven = set(column.unproven(cells))
        bad = {cell for cell in cells if judge.problems(cell)}
        assert bad <= unproven
        assert unproven <= set(cells)


FIELDS = [field("id"), field("n", "integer"), field("day", "date"), field("other")]
KEYS = {
    "primaryKey": ["id"],
    "uniqueKeys": [["n", "day"]],
    "foreignKeys": [{"fields": ["other"], "reference": {"fields": ["id"]}}],
}
TORN = st.builds(
    b"".join,
    st.lists(
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from(
                [b"id,n,day,other\n", b"a,1,2001-01-01,\n", b'"', b"\r\n", b"\r", b"\0", b"\xef\xbb\xbf", b",,,\n"]
            ),
        ),
        max_size=12,
    ),
)


@QUICK
@given(content=TORN, encoding=st.sampled_from(["utf-8", "latin-1", "utf-16", "utf-8-sig", "ascii", "cp1252"]))
def test_any_bytes_are_a_sound_table_or_have_a_finding(tmp_path, content, encoding):
    folder = tmp_path / "torn"
    described = resource("t", FIELDS, **KEYS, encoding=encoding)
    report = validate(write_package(folder, (described, content), own={"canonical": True}))
    assert json.loads(json.dumps(report.to_dict()))["sound"] is report.sound
    if report.sound and encoding == "utf-8":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
        assert rows[0] == ["id", "n", "day", "other"]
        assert len(rows) - 1 == report.rows


@QUICK
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "1", "01", "2"]), st.sampled_from(["", "a", "q"])),
        max_size=12,
    )
)
def test_a_table_has_a_finding_exactly_when_a_plain_reading_of_its_rules_finds_one(tmp_path, rows):
    fields = [field("id"), field("n", "integer", constraints={"unique": True}), field("other")]
    key = {"fields": ["other"], "reference": {"fields": ["id"]}}
    content = "id,n,other\n" + "".join(",".join(row) + "\n" for row in rows)
    described = resource("t", fields, primaryKey=["id"], foreignKeys=[key])
    report = validate(write_package(tmp_path / "plain", (described, content)))
    ids = [row[0] for row in rows]
    numbers = [int(row[1]) for row in rows if row[1]]
    dangling = sum(1 for row in rows if row[2] and row[2] not in ids)
    repeated = len(ids) - len(set(ids)) + len(numbers) - len(set(numbers))
    assert report.errors == dangling + repeated
