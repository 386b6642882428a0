"""The size and fingerprint that a descriptor stores of a file, against the file as it is read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from ..package.model import Resource
from . import codes_file as codes
from .findings import Finding

if TYPE_CHECKING:
    from hashlib import _Hash

_LENGTHS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}


class Watched:
    """A file that counts and hashes the bytes that pass through it, so that nothing is read twice.

    A hash of a kind that is not known is left alone: the check of the descriptor tells it.
    """

    def __init__(self, file: BinaryIO, resource: Resource) -> None:
        self._file = file
        self._resource = resource
        self.size = 0
        self._algorithm, self._stated = _split(resource.hash)
        self._hash: _Hash | None = None
        if self._algorithm in _LENGTHS:
            import hashlib

            self._hash = hashlib.new(self._algorithm, usedforsecurity=False)

    def read(self, size: int = -1) -> bytes:
        """See `io.RawIOBase.read`."""
        chunk = self._file.read(size)
        self.size += len(chunk)
        if self._hash is not None:
            self._hash.update(chunk)
        return chunk

    def as_file(self) -> BinaryIO:
        """Itself, for a reader that only calls `read`."""
        return cast(BinaryIO, self)

    @contextlib.contextmanager
    def beside(self) -> Iterator[None]:
        """Read the rest of the file in a thread of its own while the block runs: hashing lets other threads run."""
        if self._hash is None and self._resource.bytes is None:
            yield
            return
        import threading

        thread = threading.Thread(target=self._read_to_end, daemon=True)
        thread.start()
        yield
        thread.join()

    def _read_to_end(self) -> None:
        while self.read(1 << 20):
            pass

    def findings(self) -> Iterator[Finding]:
        """What has drifted. Reads the rest of the file first, where anything is stated of it."""
        if self._hash is not None or self._resource.bytes is not None:
            self._read_to_end()
        place = {"resource": self._resource.name, "path": self._resource.path}
        stated = self._resource.bytes
        if stated is not None and stated != self.size:
            said = f"The file has {self.size:,} bytes; the descriptor states {stated:,}."
            rule = codes.BYTES_DRIFT
            yield rule.finding(said, seen=str(self.size), expected=str(stated), mend=rule.mend, **place)
        if self._hash is not None:
            found = self._hash.hexdigest()
            if found != self._stated.lower():
                rule = codes.HASH_DRIFT
                said = f"The file's {self._algorithm} is {found[:12]}…; the descriptor states {self._stated[:12]}…."
                yield rule.finding(said, seen=found, expected=self._stated, mend=rule.mend, **place)


def _split(stored: str | None) -> tuple[str, str]:
    """The algorithm and digits of a stored hash; bare digits are an MD5 (Data Resource standard, `hash`).

    >>> _split("sha1:abc"), _split("d41d8cd9")
    (('sha1', 'abc'), ('md5', 'd41d8cd9'))
    """
    if stored is None:
        return "", ""
    algorithm, colon, digits = stored.partition(":")
    return (algorithm.lower().replace("-", ""), digits) if colon else ("md5", stored)
