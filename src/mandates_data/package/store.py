"""Where a package's files are read from: a folder, a zip or wheel, or a git revision.

Every path is checked before anything is opened. A path that is absolute, remote, climbs out of the package or goes
through a symbolic link that leaves it is refused, and so is an archive that unpacks to more than `MAX_UNPACKED`
bytes, or to more than a hundred times its size (Data Package standard, "Path": a path must be a POSIX path, no `..`,
no absolute path; symbolic links are not named there, but one that leaves the folder has the effect of `..`).
"""

from __future__ import annotations

import errno
import io
import os
import posixpath
import re
import stat
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from ..errors import PackageError, UnsafeReferenceError, brief

if TYPE_CHECKING:
    import zipfile

MAX_UNPACKED = 4 * 1024**3
"""Bytes that a zip or wheel may unpack to, all its files together."""
MAX_RATIO = 100
"""How many times its own size an archive may unpack to, from `_SMALL` bytes on: tables come to 5 to 40 times."""
_SMALL = 32 * 1024**2
_HELD = 16 * 1024**2
"""Bytes of a packed file that are held in memory; what is larger is unpacked as it is read."""

DESCRIPTOR = "datapackage.json"
_LONGEST = 1000  # characters of a path; no system has files with longer ones in common use


class Store(Protocol):
    """Read access to the files of one package, by path relative to its descriptor."""

    label: str
    descriptor: str

    def open(self, path: str) -> BinaryIO:
        """The file's bytes as a stream. Raises `PackageError` where it is not there or may not be read."""

    def exists(self, path: str) -> bool:
        """Whether a file is there and may be read."""

    def check(self, path: str) -> None:
        """Raises `UnsafeReferenceError` where a link at that path leads out. Nothing is read; nothing need be there."""


def read_bytes(store: Store, path: str) -> bytes:
    """All bytes of a file of the package."""
    with store.open(path) as file:
        return file.read()


def check_path(path: str) -> str:
    """The path, when it stays inside the package.

    >>> check_path("data/mandates.csv")
    'data/mandates.csv'

    Raises
    ------
    UnsafeReferenceError
        It is remote, absolute, climbs with `..`, or holds characters that no file name here needs.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", path):
        raise UnsafeReferenceError(
            f"{brief(path)} is an address on the network, which is never fetched.", "Put the file into the package."
        )
    parts = path.split("/")
    if not path or path.startswith(("/", "~")) or ".." in parts or "\\" in path or re.match(r"[A-Za-z]:", path):
        raise UnsafeReferenceError(
            f"The path {brief(path)} leaves the package.",
            "Write it relative to datapackage.json, with / and without ..",
        )
    if any(ord(character) < 32 or ord(character) == 127 or "\ud800" <= character <= "\udfff" for character in path):
        raise UnsafeReferenceError(
            f"The path {brief(path)} has a character that is no letter or sign.", "Rename the file."
        )
    if len(path) > _LONGEST:
        raise UnsafeReferenceError(f"The path {brief(path)} is longer than {_LONGEST} characters.", "Shorten it.")
    return path


class FolderStore:
    """The files below a folder. Links may point anywhere inside it, never outside."""

    def __init__(self, folder: Path, descriptor: str = DESCRIPTOR) -> None:
        self.folder = folder
        self.label = str(folder)
        self.descriptor = descriptor

    def open(self, path: str) -> BinaryIO:
        """See `Store.open`."""
        target = self._inside(path)
        try:
            if not stat.S_ISREG(target.stat().st_mode):
                raise PackageError(f"{target} is not a file.", "Name a file in the descriptor.")
            return target.open("rb")
        except OSError as error:
            raise PackageError(f"Cannot read {target}: {error.strerror}.", "Restore the file or its rights.") from error

    def exists(self, path: str) -> bool:
        """See `Store.exists`."""
        try:
            return self._inside(path).is_file()
        except (PackageError, OSError):
            return False

    def check(self, path: str) -> None:
        """See `Store.check`."""
        self._inside(path)

    def _inside(self, path: str) -> Path:
        target = self.folder / check_path(path)
        try:
            resolved = target.resolve()
            if _goes_in_a_circle(target):  # since 3.13 `resolve` says nothing of it
                raise RuntimeError
        except RuntimeError as error:
            raise UnsafeReferenceError(f"{path!r} is a link that goes round in a circle.", "Replace it.") from error
        except OSError as error:
            raise PackageError(f"Cannot read {path!r}: {error.strerror}.", "Rename the file.") from error
        if not resolved.is_relative_to(self.folder.resolve()):
            raise UnsafeReferenceError(
                f"{path!r} is a symbolic link that leaves the package.", "Replace the link with the file itself."
            )
        return target


class FilesInstead:
    """Files in memory, by path, and beside them those of another store."""

    def __init__(self, files: Mapping[str, bytes], beside: Store, label: str = "") -> None:
        self._files = files
        self._beside = beside
        self.descriptor = beside.descriptor
        self.label = label or beside.label

    def open(self, path: str) -> BinaryIO:
        """See `Store.open`."""
        content = self._files.get(check_path(path))
        return self._beside.open(path) if content is None else io.BytesIO(content)

    def exists(self, path: str) -> bool:
        """See `Store.exists`."""
        return path in self._files or self._beside.exists(path)

    def check(self, path: str) -> None:
        """See `Store.check`."""
        if path not in self._files:
            self._beside.check(path)


def _goes_in_a_circle(path: Path) -> bool:
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


class ZipStore:
    """The files of a zip or wheel, below the folder that holds its descriptor."""

    def __init__(self, archive: Path) -> None:
        import zipfile

        self.label = str(archive)
        self.descriptor = DESCRIPTOR
        if archive.exists() and not archive.is_file():  # a named pipe would keep us waiting for ever
            raise PackageError(f"{archive} is not a file.", "Name a zip or wheel.")
        try:
            self._zip = zipfile.ZipFile(archive)
        except OSError as error:
            raise PackageError(f"Cannot read {archive}: {error.strerror}.", "Check the path.") from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise PackageError(f"{archive} is not a sound zip file: {error}.", "Download or pack it again.") from error
        members = [member for member in self._zip.infolist() if not member.is_dir()]
        _refuse_bomb(archive, members)
        self._root = _descriptor_folder(archive, members)
        self._members = {member.filename: member for member in members}
        if len(self._members) < len(members):
            ((twice, _times),) = Counter(member.filename for member in members).most_common(1)
            raise PackageError(f"{archive} holds {brief(twice)} twice.", "Pack it again, with each file once.")

    def open(self, path: str) -> BinaryIO:
        """See `Store.open`. The member is unpacked once to prove it sound, and never beyond its declared size."""
        import zipfile

        member = self._members.get(self._root + check_path(path))
        if member is None:
            raise PackageError(f"{path!r} is not in {self.label}.", "Pack the package again, with all its files.")
        self.check(path)
        if member.flag_bits & 1:
            raise PackageError(f"{path!r} in {self.label} is encrypted.", "Pack it again without a password.")
        try:
            if member.file_size > _HELD:
                with self._zip.open(member) as file:
                    while file.read(_HELD):
                        pass
                return cast(BinaryIO, self._zip.open(member))
            with self._zip.open(member) as file:
                content = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
            raise PackageError(f"{path!r} in {self.label} is damaged: {error}.", "Pack it again.") from error
        except Exception as error:  # zlib.error and lzma.LZMAError have no common base
            if type(error).__module__ not in ("zlib", "lzma", "_lzma", "bz2"):
                raise
            raise PackageError(f"{path!r} in {self.label} is damaged: {error}.", "Pack it again.") from error
        return io.BytesIO(content)

    def exists(self, path: str) -> bool:
        """See `Store.exists`."""
        return self._root + path in self._members

    def check(self, path: str) -> None:
        """See `Store.check`."""
        member = self._members.get(self._root + check_path(path))
        if member is not None and stat.S_ISLNK(member.external_attr >> 16):
            raise UnsafeReferenceError(f"{path!r} is a symbolic link inside an archive.", "Pack the file itself.")


def _refuse_bomb(archive: Path, members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        raise UnsafeReferenceError(
            f"{archive} unpacks to {total:,} bytes, more than the {MAX_UNPACKED:,} that are allowed; nothing was read.",
            "Unpack it yourself, if you trust it, and name the folder.",
        )
    packed = archive.stat().st_size
    if total > _SMALL and total > MAX_RATIO * packed:
        raise UnsafeReferenceError(
            f"{archive} has {packed:,} bytes and unpacks to {total:,}, more than {MAX_RATIO} times as many; nothing "
            "was read.",
            "Unpack it yourself, if you trust it, and name the folder.",
        )


def _descriptor_folder(archive: Path, members: list[zipfile.ZipInfo]) -> str:
    found = [m.filename for m in members if PurePosixPath(m.filename).name == DESCRIPTOR]
    if not found:
        raise PackageError(f"There is no {DESCRIPTOR} in {archive}.", "Name a zip or wheel of a Data Package.")
    found.sort(key=lambda name: (name.count("/"), name))
    if len(found) > 1 and found[0].count("/") == found[1].count("/"):
        raise PackageError(f"{archive} holds several packages: {', '.join(found)}.", "Pack one package a file.")
    return found[0][: -len(DESCRIPTOR)]


def _is_argument(text: str) -> bool:
    """Whether a text can be handed to another program."""
    try:
        encoded = os.fsencode(text)
    except UnicodeEncodeError:  # half a character
        return False
    return b"\0" not in encoded and len(encoded) <= _LONGEST


_GIT_FILES = ("100644", "100755")
"""Modes of plain files in a git tree; 120000 is a symbolic link, 160000 another repository."""


class GitStore:
    """The files of a git revision, read from the object database: nothing is checked out."""

    def __init__(self, revision: str, folder: Path) -> None:
        self.label = f"git:{revision}"
        self.descriptor = DESCRIPTOR
        self._folder = folder
        if not revision or revision.startswith("-") or not _is_argument(revision):
            raise PackageError(
                f"{brief(revision)} is not a git revision.", "Write git:main, git:v0.1.0 or git:<commit>."
            )
        found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found is None:
            raise PackageError(
                f"There is no git revision {brief(revision)} here.",
                "In a shallow clone, run: git fetch --unshallow (in a workflow, set fetch-depth: 0).",
            )
        self._commit = found.decode().strip()

    def open(self, path: str) -> BinaryIO:
        """See `Store.open`."""
        self.check(path)
        mode, name = self._entry(path)
        if mode is None:
            raise PackageError(f"{path!r} is not in {self.label}.", "Name a revision that has it.")
        content = self._git("cat-file", "blob", name)
        if content is None:
            raise PackageError(f"Git cannot read {path!r} in {self.label}.", "Run: git fsck")
        return io.BytesIO(content)

    def exists(self, path: str) -> bool:
        """See `Store.exists`."""
        return self._entry(path)[0] in _GIT_FILES

    def check(self, path: str) -> None:
        """See `Store.check`. A link's target is not looked at: git could not follow it."""
        mode, _name = self._entry(check_path(path))
        if mode is not None and mode not in _GIT_FILES:
            raise UnsafeReferenceError(f"{path!r} is not a plain file in {self.label}.", "Commit the file itself.")

    def _entry(self, path: str) -> tuple[str | None, str]:
        return self._tree.get(posixpath.normpath(path), (None, ""))

    @cached_property
    def _tree(self) -> Mapping[str, tuple[str, str]]:
        """Mode and object name of every file below the folder, by path: one call of git for all of them."""
        listed = self._git("ls-tree", "-r", "-z", self._commit) or b""
        found = {}
        for entry in listed.split(b"\0")[:-1]:
            head, _, path = entry.partition(b"\t")
            mode, _kind, name = head.decode().split()
            found[os.fsdecode(path)] = (mode, name)
        return found

    def _git(self, *arguments: str) -> bytes | None:
        import subprocess

        command = ["git", "-C", str(self._folder), *arguments]
        # Without GIT_NO_LAZY_FETCH, a partial clone would ask its server for what it lacks.
        ours = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
        environment: Mapping[str, str] = {**os.environ, **ours}
        try:
            done = subprocess.run(command, capture_output=True, env=environment, check=False)
        except OSError as error:
            raise PackageError("Git is not installed.", "Install git, or name a folder or zip.") from error
        return done.stdout if done.returncode == 0 else None
