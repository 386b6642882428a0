"""A case: what is done, with which files. It is kept as one JSON file, which is small and can be read."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PIPE = "|"
"""As a link's target: a named pipe that nobody writes to."""
FOLDER = "/"
"""As a link's target: an empty folder in the place of a file."""


@dataclass(frozen=True)
class Case:
    """What is run, and the folder that it runs in.

    Attributes
    ----------
    target
        A name of `targets.TARGETS`.
    arguments
        What the target is told: texts, numbers, lists of texts.
    files
        The bytes of each file, by its path in the folder.
    links
        Symbolic links, by their path; `PIPE` and `FOLDER` are what they say.
    """

    target: str
    arguments: Mapping[str, Any]
    files: Mapping[str, bytes]
    links: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The case as the bytes of a JSON file."""
        files = {path: _as_text(content) for path, content in self.files.items()}
        value = {"target": self.target, "arguments": self.arguments, "links": self.links, "files": files}
        return (json.dumps(value, indent=1) + "\n").encode("ascii")

    @classmethod
    def decode(cls, content: bytes) -> Case:
        """The case that `encode` wrote.

        Raises
        ------
        ValueError
            The bytes are no case.
        """
        try:
            value = json.loads(content)
            files = {str(path): _as_bytes(kept) for path, kept in value["files"].items()}
            links = {str(path): str(target) for path, target in value["links"].items()}
            return cls(str(value["target"]), dict(value["arguments"]), files, links)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("no case") from error

    def with_file(self, path: str, content: bytes) -> Case:
        """The case with other bytes in one file."""
        return dataclasses.replace(self, files={**self.files, path: content})

    def without(self, path: str) -> Case:
        """The case without a file or link."""
        files = {name: content for name, content in self.files.items() if name != path}
        links = {name: target for name, target in self.links.items() if name != path}
        return dataclasses.replace(self, files=files, links=links)

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(map(len, self.files.values()))

    def write(self, folder: Path) -> None:
        """Make the files and links below `folder`. What no folder can hold (a name of a megabyte, say) is left out."""
        for path, content in self.files.items():
            with contextlib.suppress(OSError, ValueError):
                place = _place(folder, path)
                place.write_bytes(content)
        for path, target in self.links.items():
            with contextlib.suppress(OSError, ValueError):
                place = _place(folder, path)
                if target == FOLDER:
                    place.mkdir()
                elif target == PIPE:
                    if sys.platform != "win32":
                        os.mkfifo(place)
                else:
                    place.symlink_to(target)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone in the end: in memory, where the system has such a place."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    base = Path(tempfile.mkdtemp(prefix="mandates-data-fuzz.", dir=place))
    try:
        yield base
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _place(folder: Path, path: str) -> Path:
    parts = path.split("/")
    if not path or path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in parts):
        raise ValueError(path)
    place = folder.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _as_text(content: bytes) -> Any:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}


def _as_bytes(kept: Any) -> bytes:
    return kept.encode("utf-8") if isinstance(kept, str) else base64.b64decode(kept["base64"])
