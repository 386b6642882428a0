"""Damage to bytes, whatever they are."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

LARGEST = 400_000
"""Bytes that a file grows to at most: the bound on memory is one for inputs under a megabyte."""

TOKENS = (
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"\r", b"\r\n", b"\n", b"\n\n", b'"', b'""', b"'", b",", b";",
    b"\t", b"|", b"\\", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xff", b"\x80", b"\xc3\xa9", b"\xe9",
    b"\xc2\xa0", b"\xe2\x80\x8b", b"\xe2\x80\xa8", b"\xc2\x85", b"\x1a", b"\x1b[31m", b"\xf0\x9f\x98\x80", b"e\xcc\x81",
    b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"<html>", b"<?xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///'>]>",
    b"<<<<<<< HEAD\n", b"=======\n", b"#", b"=1+1", b"-0", b"1e999", b"NaN", b"null", b"true", b"{", b"}", b"[", b"]",
    b"[" * 2000, b'{"a":' * 1200, b"9" * 5000, b"../", b"//", b"\xd9\xa3", b"\xef\xbc\x91", b"\xe2\x80\xae",
)  # fmt: skip
"""Pieces that have hurt readers of tables, of JSON and of archives before."""


def damaged(content: bytes, rng: Random) -> bytes:
    """The bytes after one act of damage."""
    return rng.choice(_ACTS)(content, rng)[:LARGEST]


def _span(content: bytes, rng: Random, longest: int = 64) -> tuple[int, int]:
    start = rng.randint(0, len(content))
    return start, min(len(content), start + rng.randint(0, longest))


def _flip(content: bytes, rng: Random) -> bytes:
    if not content:
        return b"\1"
    place = rng.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << rng.randrange(8))]) + content[place + 1 :]


def _extreme(content: bytes, rng: Random) -> bytes:
    """A number of 1 to 8 bytes replaced by one at the edge of what it can hold."""
    width = rng.choice((1, 2, 4, 8))
    start = rng.randint(0, max(0, len(content) - width))
    number = rng.choice((0, 1, 2 ** (8 * width - 1) - 1, 2 ** (8 * width - 1), 2 ** (8 * width) - 1))
    return content[:start] + number.to_bytes(width, rng.choice(("little", "big"))) + content[start + width :]


def _insert(content: bytes, rng: Random) -> bytes:
    place = rng.choice((0, len(content), rng.randint(0, len(content))))
    return content[:place] + rng.choice(TOKENS) + content[place:]


def _overwrite(content: bytes, rng: Random) -> bytes:
    start, end = _span(content, rng)
    return content[:start] + rng.choice(TOKENS) + content[end:]


def _cut(content: bytes, rng: Random) -> bytes:
    start, end = _span(content, rng, rng.choice((4, 64, len(content))))
    return content[:start] + content[end:]


def _truncate(content: bytes, rng: Random) -> bytes:
    return content[: rng.randint(0, len(content))]


def _repeat(content: bytes, rng: Random) -> bytes:
    start, end = _span(content, rng, 200)
    return content[:end] + content[start:end] * rng.choice((1, 2, 30, 1000)) + content[end:]


def _move(content: bytes, rng: Random) -> bytes:
    start, end = _span(content, rng, 200)
    rest = content[:start] + content[end:]
    place = rng.randint(0, len(rest))
    return rest[:place] + content[start:end] + rest[place:]


def _recode(content: bytes, rng: Random) -> bytes:
    """As a program saves it that knows another encoding."""
    text = content.decode(rng.choice(("utf-8", "cp1252", "latin-1")), "replace")
    return text.encode(rng.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "utf-32", "utf-7")), "replace")


def _line_ends(content: bytes, rng: Random) -> bytes:
    return content.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b"\0\n", b"")), rng.choice((-1, 1, 2)))


def _noise(_content: bytes, rng: Random) -> bytes:
    return rng.randbytes(rng.choice((0, 1, 3, 40, 3000)))


_ACTS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _flip, _extreme, _insert, _insert, _overwrite, _cut, _cut, _truncate, _repeat, _move, _recode, _line_ends,
    _noise,
)  # fmt: skip
