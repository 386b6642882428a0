"""Laws of `--against`: damage and corrections are told apart, no finding is lost, no cell is told twice."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_packages import field, resource, write_package

from mandates_data.package.writer import format_row
from mandates_data.validate.run import validate

QUICK = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])

TABLE = resource(
    "t", [field("id"), field("code"), field("day", "date"), field("place"), field("text")], primaryKey=["id"]
)
NAMES = ["id", "code", "day", "place", "text"]

WORDS = ["We", "condemn", "terrorism", "the", "“Plan”", "of", "Action", "Québec", "drugs", "and", "arms"]
ROWS = st.lists(
    st.tuples(
        st.integers(1, 99).map("{:03}".format),
        st.dates(dt.date(1950, 1, 1), dt.date(2029, 12, 31)).map(str),
        st.sampled_from(["São Paulo", "Panamá", "Québec", "Mar del Plata"]),
        st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(lambda words: f"{' '.join(words)} “Miami” 1994"),
    ),
    min_size=1,
    max_size=8,
)

DAMAGES = {
    "code": lambda cell: cell.lstrip("0"),
    "day": lambda cell: "/".join(reversed(cell.split("-"))),
    "place": lambda cell: cell.encode().decode("cp1252"),
    "text": lambda cell: cell.replace("“", '"').replace("”", '"'),
}
"""What a program does to a cell of each column; it may leave a cell as it is."""

EDITS = {
    "code": lambda cell: f"{int(cell) + 100}",
    "day": lambda cell: f"{int(cell[:4]) + 21}-11-30",
    "place": lambda cell: "Fort-de-France",
    "text": lambda cell: f"Indeed, {cell[0].lower()}{cell[1:]} and gangs",
}
"""What a person does."""


def content(rows):
    return "".join(map(format_row, [NAMES, *rows]))


def with_ids(rows):
    return [[f"r{number:02}", *row] for number, row in enumerate(rows)]


def report(folder, base, now):
    old = write_package(folder / "old", (TABLE, base))
    new = write_package(folder / "new", (TABLE, now))
    return validate(new, against=old).findings


@QUICK
@given(rows=ROWS, choices=st.lists(st.sampled_from(["keep", "damage", "edit"]), min_size=32, max_size=32))
def test_damage_is_told_with_its_original_and_a_correction_is_never_damage(tmp_path, rows, choices):
    base = with_ids(rows)
    changed, damaged = [], set()
    for number, row in enumerate(base):
        new = list(row)
        for place, name in enumerate(NAMES[1:], start=1):
            choice = choices[(number * 4 + place - 1) % len(choices)]
            if choice != "keep":
                new[place] = (DAMAGES if choice == "damage" else EDITS)[name](row[place])
            if choice == "damage" and new[place] != row[place]:
                damaged.add((row[0], name, row[place]))
        changed.append(new)
    found = report(tmp_path, content(base), content(changed))
    assert {(one.row_key, one.field, one.fix) for one in found} == damaged
    assert len(found) == len(damaged)


@QUICK
@given(rows=ROWS, shift=st.integers(0, 7), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_in_what_is_told_of_them(tmp_path, rows, shift, order):
    base = with_ids(rows)
    changed = [[DAMAGES["code"](cell) if place == 1 else cell for place, cell in enumerate(row)] for row in base][
        shift:
    ]
    shuffled = list(changed)
    order.shuffle(shuffled)
    told = [
        sorted((one.code, one.row_key, one.field, one.message, one.fix) for one in report(tmp_path, content(base), now))
        for now in (content(changed), content(shuffled))
    ]  # fmt: skip
    assert told[0] == told[1]


TORN = st.lists(
    st.sampled_from(
        [
            "r00,001,2001-04-20,Québec,We condemn\n",
            "r00,1,20/04/2001,QuÃ©bec,We condemn\n",
            "r01,002,,,\n",
            "r01,2\n",
            "002,,,\n",
            ",003,2001-04-20,Lima,\n",
            "r02,003,2001-04-20,Lima,\n",
            "r02,003,2001-04-20,Lima,,,\n",
            '"r03\n","two\nlines",soon,,\n',
            "\n",
            "r04;004;2001-04-20;;\n",
            "\ufeff",
            '"',
            "\r",
        ]
    ),
    max_size=8,
).map("".join)


@QUICK
@given(header=st.sampled_from([",".join(NAMES), ";".join(NAMES), "code,id,day,place,text", "id,code"]), torn=TORN)
def test_no_finding_is_lost_and_no_cell_is_told_twice(tmp_path, header, torn):
    base = content(
        [["r00", "001", "2001-04-20", "Québec", "We condemn"], ["r01", "002", "", "", ""], ["r02", "003", "", "", ""]]
    )
    folder = write_package(tmp_path / "new", (TABLE, f"{header}\n{torn}"))
    alone = validate(folder).findings
    against = report(tmp_path, base, f"{header}\n{torn}")

    def place(one):
        return one.path, one.line, one.column, one.row_key

    cells = {place(one) for one in against}
    assert {place(one) for one in alone} <= cells
    assert {one.code for one in against} - {one.code for one in alone} <= {"MD701", "MD702", "MD707"}
    told = [place(one) for one in against if one.column is not None and one.line != 1]
    added = [place(one) for one in against if one.code in ("MD701", "MD702")]
    assert all(told.count(one) == 1 for one in added)
