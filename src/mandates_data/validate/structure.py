"""What is wrong with a table's file as such: the reader's flaws in words, and the header against the schema."""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..package.model import Resource
from ..package.reader import Flaw, FlawKind
from . import codes_file as codes
from . import wording
from .findings import Finding, Rule, quoted
from .header_causes import (
    FirstRows,
    blank_columns,
    counts_rows,
    empty_columns,
    index_column,
    no_header,
    renumbered,
    rows_are_numbered,
)

_FLAWS: Mapping[FlawKind, tuple[Rule, str]] = {
    "empty-file": (codes.EMPTY_FILE, "The file has no header, and so no table."),
    "not-text": (codes.NOT_TEXT, "The file holds {seen}, not text."),
    "web-page": (codes.WEB_PAGE, "The file is {seen}, not a table."),
    "json-file": (codes.JSON_FILE, "The file holds {seen}, not a table."),
    "pointer-file": (codes.POINTER_FILE, "The file is {seen} to the table, not the table."),
    "byte-order-mark": (codes.BYTE_ORDER_MARK, "The file starts with a byte order mark."),
    "wrong-encoding": (codes.WRONG_ENCODING, "Some bytes are no {encoding}: {seen}."),
    "null-character": (codes.NULL_CHARACTER, "The line has a null character."),
    "unclosed-quote": (codes.UNCLOSED_QUOTE, "The row that begins here opens a quotation mark and never closes it."),
    "text-after-quote": (codes.TEXT_AFTER_QUOTE, "Text follows a closing quotation mark in the same cell."),
    "unreadable": (codes.UNREADABLE, "The row that begins here cannot be read ({seen})."),
    "blank-line": (codes.BLANK_LINE, "The line is blank."),
    "no-final-line-end": (codes.NO_FINAL_LINE_END, "The last line does not end."),
}
"""Flaws that are findings by themselves. Line ends, widths and line breaks depend on more: see their functions."""

_ENDS = {"\n": "LF", "\r\n": "CRLF (Windows)", "\r": "CR (old Mac)"}
_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas", ":": "colons", " ": "spaces"}


def flaw_findings(
    flaws: Sequence[Flaw], line_ends: Mapping[str, int], resource: Resource, *, canonical: bool = False
) -> Iterator[Finding]:
    """What the reader met, in words. A flaw that repeats is one finding with its first place and a count.

    Lines end as the dialect states, with LF in a package that promises canonical form, else with LF or CRLF.
    """
    seen: Counter[FlawKind] = Counter(flaw.kind for flaw in flaws)
    told: set[FlawKind] = set()
    for flaw in flaws:
        if flaw.kind in told or flaw.kind not in _FLAWS or _allowed(flaw, resource):
            continue
        rule, words = _FLAWS[flaw.kind]
        told.add(flaw.kind)
        message = words.format(seen=flaw.seen, encoding=resource.encoding)
        mend = _as_windows(flaw) + rule.mend if rule is codes.WRONG_ENCODING else rule.mend
        yield _at(rule, resource, message, line=flaw.line or None, count=seen[flaw.kind], mend=mend)
    if not any(flaw.kind in ("wrong-encoding", "not-text") for flaw in flaws):
        stated = "\n" if canonical else resource.dialect.raw.get("lineTerminator")
        yield from _line_ends(flaws, line_ends, resource, stated)


def _as_windows(flaw: Flaw) -> str:
    """What the bytes would be in the encoding of Windows, which nearly every file is in that is not in UTF-8."""
    try:
        letters = bytes.fromhex(flaw.seen).decode("cp1252")
    except ValueError:
        return ""
    return f"In the encoding of Windows (Windows-1252) they are {quoted(letters)}. " if letters.isprintable() else ""


def _allowed(flaw: Flaw, resource: Resource) -> bool:
    encoding = resource.encoding.lower().replace("_", "-")
    return flaw.kind == "byte-order-mark" and encoding in ("utf-8-sig", "utf-16", "utf-32")


def _line_ends(
    flaws: Sequence[Flaw], line_ends: Mapping[str, int], resource: Resource, stated: object
) -> Iterator[Finding]:
    ends = {end: count for end, count in line_ends.items() if end in _ENDS}
    mixed = next((flaw for flaw in flaws if flaw.kind == "mixed-line-ends"), None)
    if mixed is not None:
        shown = " and ".join(f"{_ENDS[end]} on {count:,}" for end, count in sorted(ends.items(), key=lambda e: -e[1]))
        yield _at(codes.MIXED_LINE_ENDS, resource, f"Lines end in different ways: {shown}.", line=mixed.line or None)
        return
    fine = {stated} if stated in _ENDS else {"\n", "\r\n"}
    for end in ends:
        if end not in fine:
            expected = _ENDS.get(stated, "LF") if isinstance(stated, str) else "LF"
            said = f"The lines end with {_ENDS[end]}, where {expected} is expected."
            yield _at(codes.LINE_ENDS, resource, said, expected=expected)


@dataclass(frozen=True)
class Header:
    """How the columns of a file stand to the fields of its schema.

    `places` tells where each field's column is (0 for the first); a field without a column is left out. Where
    `usable` is false, no row can be judged. Where the rows are `numbered`, each has a cell more than the header, before
    all others, which only counts it.
    """

    findings: tuple[Finding, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    width: int = 0
    usable: bool = True
    numbered: bool = False


def judge_header(names: Sequence[str], resource: Resource, first_rows: FirstRows | None = None) -> Header:
    """The header of a file against the schema, as its `fieldsMatch` asks.

    What a program did to it is told as one cause; `first_rows` is asked where the header alone does not tell. A key
    that was numbered anew is left out of the places, so that nothing is said of its cells.
    """
    first_rows = None if first_rows is None else functools.cache(first_rows)
    header = _judged(names, resource, first_rows)
    if not header.usable or first_rows is None:
        return header
    if rows_are_numbered(first_rows(), header.width):
        return dataclasses.replace(header, numbered=True)
    found = renumbered(resource, header.places, first_rows())
    if found is None:
        return header
    places = {name: place for name, place in header.places.items() if name != found.field}
    return dataclasses.replace(header, findings=(*header.findings, found), places=places)


def _judged(names: Sequence[str], resource: Resource, first_rows: FirstRows | None) -> Header:
    schema = resource.schema
    wanted = schema.field_names
    if not resource.dialect.header:
        return Header((), {name: n for n, name in enumerate(wanted)}, len(wanted))
    if not wanted:
        return Header((), {}, len(names))
    if tuple(names) == wanted:
        return Header((), {name: n for n, name in enumerate(names)}, len(names))
    lost = no_header(names, resource) or _delimiter(names, resource) or _no_header(names, resource)
    if lost is not None:
        return Header((lost,), usable=False)
    return _without_additions(names, resource, first_rows)


def _without_additions(names: Sequence[str], resource: Resource, first_rows: FirstRows | None) -> Header:
    """The columns but for those that a program added before and after them."""
    added = counts_rows(names, resource, first_rows)
    blank = blank_columns(names, first_rows)
    header = _compared(names[added : len(names) - blank], resource)
    findings = [dataclasses.replace(one, column=(one.column or 0) + added) if one.column else one
                for one in header.findings]  # fmt: skip
    findings += [index_column(names, resource)] if added else []
    findings += [empty_columns(names, blank, resource)] if blank else []
    places = {name: place + added for name, place in header.places.items()}
    return Header(tuple(findings), places, len(names))


def _compared(names: Sequence[str], resource: Resource) -> Header:
    schema = resource.schema
    wanted = schema.field_names
    places = {name: n for n, name in reversed(list(enumerate(names))) if name in wanted}
    twice = [n for n, name in enumerate(names) if name in names[:n]]
    missing = [name for name in wanted if name not in places]
    extra = [n for n, name in enumerate(names) if name not in wanted]
    findings = [_twice(names, n, resource) for n in twice]
    for n in list(extra):
        name = wanted[n] if n < len(wanted) and len(names) == len(wanted) else None
        if name in missing and schema.fields_match in ("exact", "equal"):
            places[name] = n
            missing.remove(name)
            extra.remove(n)
            findings.append(_renamed(names, n, name, resource))
    findings += [_missing(name, resource) for name in missing if _must_be_there(name, resource)]
    if schema.fields_match not in ("subset", "partial"):
        findings += [_extra(names, n, resource) for n in extra]
    if schema.fields_match == "partial" and not places:
        findings.append(_no_header_at_all(names, resource))
    order = [places[name] for name in wanted if name in places]
    if schema.fields_match == "exact" and not (missing or extra or twice) and order != sorted(order):
        findings.append(_moved(names, resource))
    return Header(tuple(findings), places, len(names))


def _must_be_there(name: str, resource: Resource) -> bool:
    """A column may be away where `fieldsMatch` says so and no row needs a value in it."""
    schema = resource.schema
    if schema.fields_match not in ("superset", "partial"):
        return True
    return name in schema.primary_key or schema.field(name).constraints.required


def other_delimiter(first_line: str, resource: Resource) -> Finding | None:
    """The one cause of a first line that cannot be read: its names stand in quotation marks, between other signs."""
    return _delimiter([first_line], resource) if resource.dialect.header else None


def _delimiter(names: Sequence[str], resource: Resource) -> Finding | None:
    """The one cause of a header that is a single cell with the names in it."""
    wanted = resource.schema.field_names
    if len(names) != 1 or len(wanted) < 2 or names[0] in wanted:
        return None
    for sign, called in _DELIMITERS.items():
        parts = [part.strip().strip('"') for part in names[0].split(sign)]
        if sign != resource.dialect.delimiter and len(parts) > 1 and set(parts) & set(wanted):
            stated = _DELIMITERS.get(resource.dialect.delimiter, resource.dialect.delimiter)
            said = f"The columns are separated by {called}, where {stated} are expected."
            return _at(codes.WRONG_DELIMITER, resource, said, line=1, seen=sign, expected=resource.dialect.delimiter)
    return None


def _no_header(names: Sequence[str], resource: Resource) -> Finding | None:
    wanted = resource.schema.field_names
    folded = {name.strip().casefold() for name in wanted}
    if any(name.strip().casefold() in folded for name in names):
        return None
    if len(wanted) == 1 and len(names) == 1:
        return None
    return _no_header_at_all(names, resource)


def _no_header_at_all(names: Sequence[str], resource: Resource) -> Finding:
    wanted = resource.schema.field_names
    said = f"The first line ({wording.some(names, 4)}) names none of the columns {wording.some(wanted, 6)}."
    return _at(codes.HEADER_MISSING, resource, said, line=1, expected=",".join(wanted))


def _twice(names: Sequence[str], n: int, resource: Resource) -> Finding:
    said = f"The column {quoted(names[n])} is there twice."
    return _at(codes.COLUMN_TWICE, resource, said, line=1, column=n + 1, field=names[n], seen=names[n])


def _renamed(names: Sequence[str], n: int, name: str, resource: Resource) -> Finding:
    said = f"The column is called {quoted(names[n])}, the schema calls it {quoted(name)}."
    return _at(
        codes.COLUMN_RENAMED, resource, said, line=1, column=n + 1, field=name, seen=names[n], expected=name, fix=name,
        mend=f"Write {quoted(name)}.",
    )  # fmt: skip


def _missing(name: str, resource: Resource) -> Finding:
    said = f"The column {quoted(name)} is missing."
    return _at(codes.COLUMN_MISSING, resource, said, line=1, field=name, expected=name)


def _extra(names: Sequence[str], n: int, resource: Resource) -> Finding:
    shown = quoted(names[n]) if names[n] else "without a name"
    said = f"The column {shown} is not described in the schema."
    return _at(codes.COLUMN_EXTRA, resource, said, line=1, column=n + 1, field=names[n] or None, seen=names[n])


def _moved(names: Sequence[str], resource: Resource) -> Finding:
    wanted = resource.schema.field_names
    first = next(n for n, name in enumerate(wanted) if names[n] != name)
    said = f"The columns stand in another order, from {quoted(names[first])} on, where {quoted(wanted[first])} belongs."
    return _at(codes.COLUMNS_MOVED, resource, said, line=1, column=first + 1, expected=",".join(wanted))


def _at(rule: Rule, resource: Resource, message: str, **place: object) -> Finding:
    return rule.finding(message, **({"resource": resource.name, "path": resource.path, "mend": rule.mend} | place))
