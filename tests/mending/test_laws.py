"""Laws of canonical form: `fmt` is idempotent, blind to order and to every safe damage, and changes no cell."""

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mended_packages import fmt, package, table

from mandates_data.mending.forms import look
from mandates_data.package.model import Field, Schema
from mandates_data.package.opening import open_package
from mandates_data.package.reader import FATAL, Flaw, TableReader, read_rows
from mandates_data.package.writer import canonical
from mandates_data.validate.header_causes import is_marker
from mandates_data.validate.run import validate

QUICK = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIELDS = [{"name": "id", "constraints": {"required": True}}, {"name": "b"}, {"name": "the name, in full"}]
NAMES = [str(field["name"]) for field in FIELDS]
SCHEMA = Schema(tuple(map(Field, NAMES)), primary_key=("id",))

CELLS = st.one_of(
    st.text(alphabet=st.characters(exclude_characters="\r\0\ufeff", exclude_categories=["Cs"]), max_size=12),
    st.text(alphabet="ab,;|\t\"\n '=é", max_size=8),
    st.sampled_from(["", "007", "NA", "null", "=1+1", "sep=;", "4,5", "04/06/2009", '"', "🙂", "e\u0301"]),
).filter(lambda cell: not is_marker(cell))
KEYS = CELLS.filter(lambda cell: cell not in ("", "id"))
ROWS = st.lists(st.tuples(KEYS, CELLS, CELLS), unique_by=lambda row: row[0], max_size=8)


def written(folder: Path, content: bytes) -> bytes:
    """The bytes of a table after `fmt`."""
    fmt(package(folder, content, FIELDS))
    return (folder / "t.csv").read_bytes()


def delimited(rows: list[tuple[str, ...]], sign: str = ",", end: str = "\n", *, quote_all: bool = False) -> str:
    """Rows with their header as the csv module writes them."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=sign, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


@QUICK
@given(rows=ROWS, data=st.data())
def test_the_shuffled_rows_of_a_table_format_to_the_same_bytes(rows, data, tmp_path):
    shuffled = data.draw(st.permutations(rows))
    expected = canonical(SCHEMA, rows)
    assert written(tmp_path / "a", delimited([tuple(NAMES), *shuffled]).encode()) == expected


@QUICK
@given(rows=ROWS)
def test_what_is_written_is_read_as_the_same_table(rows, tmp_path):
    folder = package(tmp_path / "b", canonical(SCHEMA, rows), FIELDS)
    opened = open_package(folder)
    back = [tuple(record.cells) for batch in read_rows(opened, opened.resource("t")) for record in batch]
    assert sorted(back) == sorted(rows)
    assert fmt(folder).changed == ()


@st.composite
def damaged(draw: st.DrawFn, rows: list[tuple[str, ...]]) -> bytes:
    """A table as programs save it: no cell is changed, everything about the file may be."""
    order = draw(st.permutations(range(3)))
    shuffled = draw(st.permutations([tuple(NAMES), *rows][1:]))
    table = [tuple(row[n] for n in order) for row in (tuple(NAMES), *shuffled)]
    empty = draw(st.integers(0, 2))
    table = [(*row, *[""] * empty) for row in table]
    table += [("",) * (3 + empty)] * draw(st.integers(0, 2))
    sign = draw(st.sampled_from(",;\t|"))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]) if not any("\n" in c for r in rows for c in r) else st.just("\n"))
    text = delimited(table, sign, end, quote_all=draw(st.booleans()))
    text += end * draw(st.integers(0, 2))
    if draw(st.booleans()):
        text = text.rstrip("\r\n") if text.endswith(end) and not text.endswith('"' + end) else text
    if draw(st.booleans()):
        text = f"sep={sign}{end}" + text
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]))
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    return mark + text.encode(encoding)


@QUICK
@given(rows=ROWS, data=st.data())
def test_every_safe_damage_formats_back_to_the_same_bytes(rows, data, tmp_path):
    content = data.draw(damaged(rows))
    assert written(tmp_path / "c", content) == canonical(SCHEMA, rows)


@QUICK
@given(rows=ROWS, data=st.data())
def test_a_second_run_finds_nothing_to_do(rows, data, tmp_path):
    folder = package(tmp_path / "d", data.draw(damaged(rows)), FIELDS)
    fmt(folder)
    again = fmt(folder)
    assert (again.changed, table(again).state) == ((), "canonical")


ROWLIKE = st.sampled_from(
    [b"a,1,x\n", b"b,2,y\n", b"a,1,z\r\n", b"b;2;y\r\n", b"c;3;z\n", b"c,3,z,\n", b",,\n", b";;\n", b"\n", b"\r\n",
     b'd,4,"x\ny"\n', b'"e","5",x\n', b"\xe9,3,Qu\xe9bec\n", "é,3,Québec\n".encode(), "é,3,QuÃ©bec\n".encode()]
)  # fmt: skip
SHREDS = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b'"', b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"<<<<<<< HEAD\n", b"=======\n", b"id,b,c\n", b'"x,\n",2,\n']
    ),
)
HEADERS = st.sampled_from(
    [
        b"id,b,c\n",
        b"id,b,c\r\n",
        b"id;b;c\n",
        b"c,id,b\n",
        b"id,b,c,\n",
        b"sep=;\nid;b;c\n",
        b"\xef\xbb\xbfid,b,c\n",
        b"",
    ]
)
TORN = st.one_of(
    st.builds(lambda header, rows: header + b"".join(rows), HEADERS, st.lists(ROWLIKE, max_size=6)),
    st.builds(b"".join, st.lists(st.one_of(HEADERS, ROWLIKE, SHREDS), max_size=9)),
)
ANY = [{"name": "id", "constraints": {"required": True}}, {"name": "b", "type": "integer"}, {"name": "c"}]
BASE = "id,b,c\na,1,x\nb,2,y\né,3,Québec\n"


@settings(QUICK, max_examples=400)
@given(content=TORN, with_base=st.booleans(), key=st.booleans())
def test_any_bytes_are_mended_to_what_can_be_read_or_left_untouched_and_named(content, with_base, key, tmp_path):
    more = {} if key else {"primaryKey": None}
    folder = package(tmp_path / "e", content, ANY, **more)
    base = package(tmp_path / "base", BASE, ANY, **more) if with_base else None
    mending = fmt(folder, base)
    found = table(mending)
    after = (folder / "t.csv").read_bytes()
    if found.state == "left":
        assert after == content
        assert mending.left
        return
    opened = open_package(folder)
    looked = look(opened, opened.resource("t"))
    assert looked is not None
    assert looked.rows == found.rows == validate(folder).tables[0].rows
    assert fmt(folder, base).changed == ()
    if found.encoding == "utf-8" and not found.restored and b";" not in content:
        assert cells_of(after) == cells_of(content)


def cells_of(content: bytes) -> Counter[str]:
    """Every cell with a text."""
    text = content.decode("utf-8").replace("\ufeff", "")
    return Counter(cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row if cell)


@pytest.mark.parametrize("sign", [",", ";"])
@QUICK
@given(rows=ROWS)
def test_rows_of_the_same_key_are_all_kept(rows, sign, tmp_path):
    doubled = [row for row in rows for _ in range(2)]
    content = delimited([tuple(NAMES), *doubled], sign).encode()
    folder = package(tmp_path / "f", content, FIELDS)
    mending = fmt(folder)
    flaws: list[Flaw] = []
    with (folder / "t.csv").open("rb") as file:
        reader = TableReader(file, open_package(folder).resource("t").dialect, "utf-8", flaws.append)
        back = [tuple(record.cells) for batch in reader.batches() for record in batch]
    assert not any(flaw.kind in FATAL for flaw in flaws)
    assert Counter(back) == Counter(doubled)
    assert sum(one.count for one in table(mending).left if one.kind == "duplicate-key") == len(rows)
