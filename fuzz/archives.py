"""Damage to zips, wheels and workbooks: to what is packed, and to the packing."""

from __future__ import annotations

import io
import re
import stat
import warnings
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from . import jsons, raw, tables

Members = list[tuple[zipfile.ZipInfo, bytes]]

_NAMES = (
    "datapackage.json", "a/datapackage.json", "b/c/datapackage.json", "../out.csv", "/etc/x", "C:\\x", "first.csv", "",
    "first.csv/", "x" * 60_000, "\u202e.csv", "a//b", ".", "xl/workbook.xml", "[Content_Types].xml", "con", "a\0b",
)  # fmt: skip
_XML = (
    "", "0", "-1", "9" * 30, "1e999", "NaN", "A1", "XFD1048576", "XFE1", "A0", "A99999999999", "a1", "ZZZZ1", "$A$1",
    "s", "b",
    "e", "str", "d", "inlineStr", "#N/A", "=1", "2001-04-20", "45000", "45000.5", "-700000", "2958466", "60", "true",
    "x" * 40_000,
    "&#0;", "&#xD800;", "&bomb;", "<", "]]>", "<a>", "_x0000_", "_xD800_", "_x000D_", "preserve", "1", "../x", "rId1",
)  # fmt: skip
_BOMB = (
    '<!DOCTYPE a [<!ENTITY b "' + "b" * 1000 + '">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("bcdefgh", "cdefghi", strict=True)
    ) + "]>"
)  # fmt: skip


def damaged(content: bytes, rng: Random, *, patterns: bool = True) -> bytes:
    """The archive after one change; of its bytes where it is none, and now and then."""
    if rng.random() < 0.15:
        return raw.damaged(content, rng)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(info, archive.read(info)) for info in archive.infolist() if info.file_size < raw.LARGEST]
    except Exception:  # noqa: BLE001 - what is no archive any more is damaged as bytes
        return raw.damaged(content, rng)
    if not members or rng.random() < 0.75:
        return packed(_inside(members, rng, patterns=patterns), rng)[: raw.LARGEST]
    return rng.choice(_ACTS)(members, rng)[: raw.LARGEST]


def packed(members: Members, rng: Random) -> bytes:
    """The members as a zip, whatever their names."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # a name twice is what we want
        for info, content in members:
            method = rng.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)) if rng.random() < 0.02 else zipfile.ZIP_DEFLATED
            fresh = zipfile.ZipInfo(info.filename)
            fresh.external_attr = info.external_attr
            archive.writestr(fresh, content, method)
    return out.getvalue()


def _inside(members: Members, rng: Random, *, patterns: bool) -> Members:
    if not members:
        return [(zipfile.ZipInfo("datapackage.json"), b"{}")]
    number = rng.randrange(len(members))
    info, content = members[number]
    if info.filename.endswith(".json"):
        content = jsons.damaged(content, rng, patterns=patterns)
    elif info.filename.endswith((".xml", ".rels")):
        content = _xml(content, rng)
    else:
        content = tables.damaged(content, rng)
    return [*members[:number], (info, content), *members[number + 1 :]]


def _xml(content: bytes, rng: Random) -> bytes:
    """XML with one value, element or part of its text changed."""
    if rng.random() < 0.1:
        return raw.damaged(content, rng)
    text = content.decode("utf-8", "replace")
    if rng.random() < 0.05:
        return text.replace("?>", f"?>{_BOMB}", 1).replace("</t>", "&i;</t>", 1).encode()
    found = list(re.finditer(r'(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)|<[^<>]+/>|</?[A-Za-z:]+', text))
    if not found:
        return raw.damaged(content, rng)
    place = rng.choice(found)
    other, this = rng.choice(found).group(), place.group()
    new = rng.choice((rng.choice(_XML), rng.choice(_XML), other, this * 2, this * 3000))
    return (text[: place.start()] + new + text[place.end() :]).encode("utf-8", "replace")


def _drop(members: Members, rng: Random) -> bytes:
    del members[rng.randrange(len(members))]
    return packed(members, rng)


def _rename(members: Members, rng: Random) -> bytes:
    number = rng.randrange(len(members))
    info = zipfile.ZipInfo(rng.choice((*_NAMES, rng.choice(members)[0].filename)) or "x")
    return packed([*members[:number], (info, members[number][1]), *members[number + 1 :]], rng)


def _twice(members: Members, rng: Random) -> bytes:
    return packed([*members, rng.choice(members)], rng)


def _link(members: Members, rng: Random) -> bytes:
    info = zipfile.ZipInfo(rng.choice(members)[0].filename)
    info.external_attr = (rng.choice((stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR)) | 0o777) << 16
    kept = [member for member in members if member[0].filename != info.filename]
    return packed([*kept, (info, rng.choice((b"../../etc/hosts", b"first.csv", b"")))], rng)


def _nested(members: Members, rng: Random) -> bytes:
    name = rng.choice(("package.zip", "datapackage.json", "first.csv"))
    return packed([(zipfile.ZipInfo(name), packed(members, rng)), *members], rng)


def _many(members: Members, rng: Random) -> bytes:
    more = [(zipfile.ZipInfo(f"{number}.csv"), b"") for number in range(rng.choice((10, 2000)))]
    return packed([*members, *more], rng)


def _bomb(members: Members, rng: Random) -> bytes:
    """One member that unpacks to a thousand times its size: one endless line, or many short ones."""
    info, content = rng.choice(members)
    filler = rng.choice((b"a", b" ", b"[", b"[],", b'"', b"\n", b"0,\n", b'"a",\n', content[-200:] or b"x"))
    size = (2 if b"\n" in filler else rng.choice((2, 20, 40, 150))) * 1024**2
    piece = filler * (1024**2 // len(filler))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, kept in members:
            if other.filename != info.filename:
                archive.writestr(zipfile.ZipInfo(other.filename), kept, zipfile.ZIP_DEFLATED)
        with archive.open(info.filename, "w") as member:
            member.write(content)
            for _ in range(size // len(piece)):
                member.write(piece)
    return out.getvalue()


def _lie(members: Members, rng: Random) -> bytes:
    """A field of a member's entry in the table of contents that says what is not so: flags, method, sizes, place."""
    content = bytearray(packed(members, rng))
    starts = [found.start() for found in re.finditer(b"PK\x01\x02", bytes(content))]
    if not starts:
        return bytes(content)
    start = rng.choice(starts)
    fields = ((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (38, 4), (42, 4))
    offset, width = rng.choice(fields)
    number = rng.choice((0, 1, 9, 99, 2 ** (8 * width) - 1, 2 ** (8 * width - 1) - 1, rng.randrange(2 ** (8 * width))))
    content[start + offset : start + offset + width] = number.to_bytes(width, "little")
    return bytes(content)


def _prefixed(members: Members, rng: Random) -> bytes:
    before, after = rng.choice((b"#!/bin/sh\n", b"a,b\n", zlib.compress(b"x"))), rng.choice((b"", b"\0" * 30))
    return before + packed(members, rng) + after


_ACTS: tuple[Callable[[Members, Random], bytes], ...] = (
    _drop, _rename, _rename, _twice, _link, _nested, _many, _bomb, _lie, _lie, _lie, _prefixed,
)  # fmt: skip
