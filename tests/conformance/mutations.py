"""Made-up packages whose schemas, tables and cells are put out of shape at random, for two validators to judge.

Everything comes from one seed. `counts` says honestly how much was mutated: a case is one changed cell, row, header or
property of a schema.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Raw = dict[str, Any]

CELLS: dict[str, list[str]] = {
    "string": ["Ana", "José", "peace", "a-b", "007", "x y", "NULL", "Lima, Peru", 'a "b"', "ñandú", "abc", "z9"],
    "email": ["ana@example.org", "a.b+c@sub.example.org", "x_y@example.com"],
    "uri": ["https://example.org", "http://example.org/a?b=c#d", "urn:isbn:0451450523", "mailto:a@example.org"],
    "uuid": ["123e4567-e89b-42d3-a456-426614174000", "00000000-0000-4000-8000-000000000000"],
    "binary": ["aGVsbG8=", "YQ==", "YWJj", "aGVsbG8gd29ybGQ="],
    "integer": ["0", "1", "2", "-7", "007", "12", "1994", "123456789012345678901", "+5", "100"],
    "number": ["0", "1", "1.5", "-0.25", "3.", ".5", "1e3", "-2E-2", "NaN", "INF", "-INF", "100.10", "1994"],
    "boolean": ["true", "false", "1", "0", "True", "FALSE"],
    "date": ["1994-12-09", "2000-02-29", "2009-04-19", "2022-06-10", "1980-01-01"],
    "time": ["15:00:00", "00:00:00", "23:59:59", "09:05:00"],
    "datetime": ["2024-01-26T15:00:00", "2024-01-26T15:00:00.300-05:00", "1994-12-09T00:00:00Z"],
    "year": ["1994", "2001", "2022", "0999"],
    "yearmonth": ["1994-12", "2001-01", "2022-06"],
    "duration": ["P1Y", "P1Y2M3DT4H5M6S", "PT90M", "P30D", "-P1D", "PT0.5S"],
    "list": ["a,b", "a", "1,2,3", "x,,y"],
    "array": ["[]", "[1, 2]", '["a", null]', "[[1]]"],
    "object": ["{}", '{"a": 1}', '{"a": {"b": [1]}, "c": null}'],
    "geopoint": ["90.50, 45.50", "-77.04,-12.05", "0, 0", "180, 90"],
    "geojson": ['{"type": "Point", "coordinates": [1, 2]}', '{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}'],
    "any": ["1", "apple", "1994-12-09", "true"],
}
"""Cells that are sound, by type, or by format of a string."""

ODD = [
    "", " ", "x", "-", "NA", "NULL", "n/a", "1", "01", "1.0", "1,0", "1 000", "1,000", "1_000", "٣", "²", "0x10",
    "1e400", "NaN", "nan", "Infinity", "inf", "+INF", "--1", "+", ".", "1.2.3", "true", "TRUE", "tRue", "yes", "no",
    "2000-02-30", "2000-2-3", "04/06/2009", "20000203", "2000-W01-1", "24:00:00", "9:05:00", "15:00", "15:00:00Z",
    "15:00:60", "199", "12345", "-0044", "0000", "2000Z", "1994-13", "1994-1", "P", "PT", "P1", "P1W", "P-1Y", "1Y",
    "[", "[1,]", "{}", "[]", "null", '{"a": NaN}', "{'a': 1}", "181, 0", "0, 91", "90.5 45.5", "a@b", "@example.org",
    "example.org", "http://", "https://example.org/a b", "aGVsbG8", "a\nb", "a\r\nb", 'a"b', "a,b", "\t", "\u00a0",
    "é", "e\u0301", "€95", "95%", "2024-01-26 15:00:00", "2024-01-26T15:00", "2024-01-26T24:00:00", "0,5", "$ 3.50",
    "1994-12-09T00:00:00",
]  # fmt: skip
SIGNS = list(" _-+.,:;/0123456789aeTZPxé\u00a0٣\t\n%\"'")

THOUSANDS = ["1,000", "12,345,678"]
WORDY = ["€95", "95 %", "EUR 1"]
MOMENTS = ["2024-01-26 15:00:00", "1994-12-09 00:00:00"]
COMMAS = [cell.replace(".", ",") for cell in CELLS["number"]]

FIELDS: list[tuple[list[str], Raw]] = [
    (CELLS["string"], {"type": "string"}),
    (CELLS["string"], {"type": "string"}),
    (CELLS["string"], {"type": "string", "format": "default"}),
    (CELLS["email"], {"type": "string", "format": "email"}),
    (CELLS["uri"], {"type": "string", "format": "uri"}),
    (CELLS["uuid"], {"type": "string", "format": "uuid"}),
    (CELLS["binary"], {"type": "string", "format": "binary"}),
    (CELLS["integer"], {"type": "integer"}),
    (CELLS["integer"], {"type": "integer"}),
    ([*CELLS["integer"], *THOUSANDS], {"type": "integer", "groupChar": ","}),
    ([*CELLS["integer"], *WORDY], {"type": "integer", "bareNumber": False}),
    (CELLS["number"], {"type": "number"}),
    (CELLS["number"], {"type": "number"}),
    ([*CELLS["number"], *THOUSANDS], {"type": "number", "groupChar": ","}),
    ([*COMMAS, "1.000", "12.345.678"], {"type": "number", "decimalChar": ",", "groupChar": "."}),
    (COMMAS, {"type": "number", "decimalChar": ","}),
    ([*CELLS["number"], *WORDY], {"type": "number", "bareNumber": False}),
    (CELLS["boolean"], {"type": "boolean"}),
    (["yes", "no", "1", "0"], {"type": "boolean", "trueValues": ["yes", "1"], "falseValues": ["no", "0"]}),
    (CELLS["date"], {"type": "date"}),
    (CELLS["date"], {"type": "date"}),
    (["19/04/2009", "29/02/2000", "09/12/1994"], {"type": "date", "format": "%d/%m/%Y"}),
    (CELLS["date"], {"type": "date", "format": "fmt:%Y-%m-%d"}),
    (CELLS["date"], {"type": "date", "format": "any"}),
    (CELLS["time"], {"type": "time"}),
    (["15:00", "09:05", "00:00"], {"type": "time", "format": "%H:%M"}),
    (CELLS["datetime"], {"type": "datetime"}),
    (MOMENTS, {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S"}),
    (CELLS["year"], {"type": "year"}),
    (CELLS["yearmonth"], {"type": "yearmonth"}),
    (CELLS["duration"], {"type": "duration"}),
    (CELLS["list"], {"type": "list"}),
    (["1", "-7", "007,12,0"], {"type": "list", "itemType": "integer"}),
    (["1.5", "0;1;1e3", "NaN"], {"type": "list", "itemType": "number", "delimiter": ";"}),
    (["1994-12-09", "2000-02-29, 2009-04-19"], {"type": "list", "itemType": "date", "delimiter": ", "}),
    (["true", "false,1", "0,0"], {"type": "list", "itemType": "boolean"}),
    (CELLS["array"], {"type": "array"}),
    (CELLS["object"], {"type": "object"}),
    (CELLS["geopoint"], {"type": "geopoint"}),
    (["[90.5, 45.5]", "[0, 0]", "[-180, -90]"], {"type": "geopoint", "format": "array"}),
    (['{"lon": 1, "lat": 2}', '{"lat": -90, "lon": 180}'], {"type": "geopoint", "format": "object"}),
    (CELLS["geojson"], {"type": "geojson"}),
    (CELLS["any"], {"type": "any"}),
    (CELLS["any"], {}),
]
"""The cells that a field has at first, and what its schema says of it."""

PATTERNS = [
    "[a-zA-Z ]+", "[A-Z][a-z]*", "a.*|J.*", r"\S+", r"(\S|\S.*\S)", "[^,]*", ".{3}", "[a-z]{2,4}", r"\w+", r"\d+",
    "^[a-z]+$", "[0-9]{3}|[a-z]+", "x y", r"\p{L}+", "[a-z-[x-z]]+", "(a|b|-)*",
]  # fmt: skip

ORDERED = ("integer", "number", "date", "time", "datetime", "duration", "year", "yearmonth")


JSON_LIKE = ("list", "array", "object", "geojson")
"""Types at whose values frictionless stops in the key of another table."""


@dataclass
class Table:
    """A schema, its rows with the header first, and as bytes."""

    schema: Raw
    rows: list[list[str]]
    counts: Counter[str] = field(default_factory=Counter)

    def as_csv(self) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        for row in self.rows:
            if row == [""]:
                out.write('""\n')  # the csv module writes it so by itself; a blank line is a row of no cell
            else:
                writer.writerow(row)
        return out.getvalue().encode()


class Mutator:
    """Draws packages from a seed. Each table has its own count of what was changed in it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.counts: Counter[str] = Counter()

    def package(self, tables: int) -> dict[str, Table]:
        """Tables by name, of which later ones may refer to earlier ones, and each to itself."""
        made: dict[str, Table] = {}
        for number in range(tables):
            made[f"t{number}"] = self._table(made)
        return made

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def _table(self, others: dict[str, Table]) -> Table:
        self.counts = Counter()
        size = self.random.randint(1, 7)
        drawn = [self.random.choice(FIELDS) for _ in range(size)]
        fields: list[Raw] = [{"name": f"f{n}", **raw} for n, (_cells, raw) in enumerate(drawn)]
        pools = [list(cells) for cells, _raw in drawn]
        for one, pool in zip(fields, pools, strict=True):
            self._constrain(one, pool)
            self._missing(one, 0.1)
        schema: Raw = {"fields": fields}
        self._missing(schema, 0.3)
        self._keys(schema, others)
        rows = [[self.random.choice(pool) for pool in pools] for _ in range(self.random.randint(2, 14))]
        changed = self._cells(rows)
        self._rows(rows)
        header = self._header(schema, [one["name"] for one in fields], rows)
        # Cells of a row that was then made shorter or longer are not compared, and do not count.
        self.counts["cell"] = sum(number for row, number in changed if any(row is other for other in rows))
        return Table(schema, [header, *rows], self.counts)

    def _constrain(self, one: Raw, pool: list[str]) -> None:
        kind = one.get("type", "any")
        drawn: dict[str, Any] = {}
        if self.chance(0.15):
            drawn["required"] = True
        if self.chance(0.12):
            drawn["unique"] = True
        if kind in ("string", "array", "object") and self.chance(0.3):
            drawn[self.random.choice(["minLength", "maxLength"])] = self.random.randint(0, 5)
        if kind in ORDERED and self.chance(0.4):
            # At a bound that it cannot read, at NaN and at zones beside none frictionless stops, and judges nothing.
            special = ("NaN", "INF", "-INF") if one.get("bareNumber") is False else ("NaN",)
            pool[:] = [cell for cell in pool if cell not in special and not cell.endswith(("Z", "-05:00"))]
            if kind == "integer":
                pool[:] = [cell for cell in pool if "," not in cell]
            name = self.random.choice(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
            drawn[name] = self._as_json(one, self.random.choice(pool))
        if kind == "string" and self.chance(0.35):
            drawn["pattern"] = self.random.choice(PATTERNS)
        if self.chance(0.15):
            size = self.random.randint(1, len(pool))
            drawn["enum"] = [self._as_json(one, cell) for cell in self.random.sample(pool, size)]
        if kind in ("string", "integer") and one.get("format", "default") == "default" and self.chance(0.1):
            one["categories"] = list(dict.fromkeys(pool[:4]))
            drawn.pop("enum", None)
            self.counts["schema"] += 1
        if drawn:
            one["constraints"] = drawn
            self.counts["schema"] += len(drawn)

    def _as_json(self, one: Raw, cell: str) -> Any:
        """The cell as a schema may write it: as text, or for plain numbers as a JSON number."""
        plain = one.get("type") in ("integer", "number", "year") and cell.isascii() and cell.isdigit()
        return int(cell) if plain and len(cell) < 18 and self.chance(0.5) else cell

    def _missing(self, of: Raw, share: float) -> None:
        if self.chance(share):
            texts = self.random.choice([["", "-"], ["NA"], ["-99", "NULL", ""], [], ["1"], ["", " "]])
            labelled = self.chance(0.3)
            with_labels = [{"value": text, "label": f"no {n}"} for n, text in enumerate(texts)]
            of["missingValues"] = with_labels if labelled else texts
            self.counts["schema"] += 1

    def _keys(self, schema: Raw, others: dict[str, Table]) -> None:
        names = [one["name"] for one in schema["fields"]]
        if self.chance(0.35):
            key = self.random.sample(names, min(len(names), self.random.randint(1, 2)))
            schema["primaryKey"] = key[0] if len(key) == 1 and self.chance(0.3) else key
            self.counts["schema"] += 1
        if self.chance(0.2):
            schema["uniqueKeys"] = [self.random.sample(names, min(len(names), self.random.randint(1, 2)))]
            self.counts["schema"] += 1
        if self.chance(0.3):
            there = self.random.choice([None, *others])
            described = (schema if there is None else others[there].schema)["fields"]
            target = [one["name"] for one in described if one.get("type") not in JSON_LIKE]
            if there is not None:
                target = [name for name in target if name in others[there].rows[0]]
            size = min(len(names), len(target), self.random.randint(1, 2))
            if not size:
                return
            reference: Raw = {"fields": self.random.sample(target, size)}
            if there is not None:
                reference["resource"] = there
            schema["foreignKeys"] = [{"fields": self.random.sample(names, size), "reference": reference}]
            self.counts["schema"] += 1

    def _cells(self, rows: list[list[str]]) -> list[tuple[list[str], int]]:
        """Change cells, and tell in which rows how many."""
        changed = []
        for row in rows:
            before = list(row)
            row[:] = [self._mutated(cell) if self.chance(0.3) else cell for cell in row]
            changed.append((row, sum(one != two for one, two in zip(before, row, strict=True))))
        return changed

    def _mutated(self, cell: str) -> str:
        if self.chance(0.45):
            return self.random.choice(ODD)
        if self.chance(0.15):
            return self.random.choice(CELLS[self.random.choice(list(CELLS))])
        place = self.random.randint(0, len(cell))
        change: Callable[[], str] = self.random.choice(
            [
                lambda: cell[:place] + self.random.choice(SIGNS) + cell[place:],
                lambda: cell[:place] + cell[place + 1 :],
                lambda: cell[:place] + self.random.choice(SIGNS) + cell[place + 1 :],
                lambda: cell + cell[place:],
                cell.upper,
                cell.lower,
                lambda: cell + self.random.choice(SIGNS),
                lambda: " " + cell,
            ]
        )
        return change()

    def _rows(self, rows: list[list[str]]) -> None:
        for _ in range(self.random.choice([0, 0, 1, 2])):
            place = self.random.randrange(len(rows))
            change = self.random.choice(["twice", "twice", "twice", "short", "long", "blank", "empty"])
            self.counts["row"] += 1
            if change == "twice":
                rows.insert(self.random.randint(0, len(rows)), list(rows[place]))
            elif change == "short" and len(rows[place]) > 1:
                rows[place] = rows[place][:-1]
            elif change == "long":
                rows[place] = [*rows[place], self.random.choice(ODD)]
            elif change == "blank":
                rows.insert(place, [])
            elif change == "empty":
                rows.insert(place, [""] * len(rows[place]))

    def _header(self, schema: Raw, header: list[str], rows: list[list[str]]) -> list[str]:
        """The header, perhaps with columns moved, added, away or renamed, and a `fieldsMatch` that allows it or not."""
        if self.chance(0.4):
            match = self.random.choice(["exact", "equal", "subset", "superset", "partial"])
            schema["fieldsMatch"] = [match] if self.chance(0.2) else match
            self.counts["schema"] += 1
        if not self.chance(0.4):
            return header
        self.counts["header"] += 1
        # A reference to a column that is away: see the test of it in test_standard.py.
        may_lack = "foreignKeys" not in schema
        change = self.random.choice([_moved, _moved, _more, _fewer if may_lack else _more, _renamed, _twice])
        return change(self.random, list(header), rows)


def _moved(draw: random.Random, header: list[str], rows: list[list[str]]) -> list[str]:
    order = list(range(len(header)))
    draw.shuffle(order)
    for row in rows:
        if len(row) == len(header):
            row[:] = [row[n] for n in order]
    return [header[n] for n in order]


def _more(draw: random.Random, header: list[str], rows: list[list[str]]) -> list[str]:
    place = draw.randrange(len(header))
    for row in rows:
        if row:
            row.insert(place, "extra")
    return [*header[:place], "more", *header[place:]]


def _fewer(draw: random.Random, header: list[str], rows: list[list[str]]) -> list[str]:
    place = draw.randrange(len(header))
    if len(header) == 1:
        return header
    for row in rows:
        del row[place : place + 1]
    return header[:place] + header[place + 1 :]


def _renamed(draw: random.Random, header: list[str], _rows: list[list[str]]) -> list[str]:
    place = draw.randrange(len(header))
    header[place] = draw.choice(["other", header[place].upper(), f" {header[place]}", ""])
    return header


def _twice(draw: random.Random, header: list[str], _rows: list[list[str]]) -> list[str]:
    header[draw.randrange(len(header))] = draw.choice(header)
    return header
