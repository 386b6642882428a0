"""Files are replaced whole or not at all, also when the process is killed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from ..errors import WriteError


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when the block ends well, and vanishes when it does not.

    Raises
    ------
    WriteError
        The folder is missing or may not be written to, or the disk is full.
    """
    with replacing_path(path) as temporary, open(temporary, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def replacing_path(path: Path) -> Iterator[Path]:
    """The same for libraries that want a path of their own to write to (SQLite, Parquet, Excel).

    A symbolic link stays: the file that it leads to is replaced.
    """
    path = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():  # /dev/null would be replaced by a file where that is allowed
            raise WriteError(f"{path} is not a file.", "Name a file to write.")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _refused(path, error) from error
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(_mode_for(path))
        temporary.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_files(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write several files: every one is on disk beside its place before the first takes it.

    Files that hold these bytes already are left untouched. Returns the paths that changed.
    """
    changed = [path for path, content in contents.items() if not _holds(path, content)]
    with contextlib.ExitStack() as stack:
        for path in changed:
            stack.enter_context(replacing(path)).write(contents[path])
    return changed


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _mode_for(path: Path) -> int:
    """The mode of the file that is replaced, else what a new file gets under the user's mask."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _refused(path: Path, error: OSError) -> WriteError:
    reason = error.strerror or str(error)
    return WriteError(f"Cannot write {path}: {reason}.", "Choose another place, or make room there.")
