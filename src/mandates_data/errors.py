"""Every failure that a user can meet, with the exit code it ends in and the next step.

A `Finding` is a defect in data and is reported; an exception here says that the work itself could not be done.
"""

from __future__ import annotations

from collections.abc import Sequence


class MandatesDataError(Exception):
    """Something could not be done.

    Parameters
    ----------
    message
        What was expected and what was found, as one sentence.
    next_step
        What the reader can do about it; empty where nothing but the message helps.

    Both are brought into one line that a person can read: they quote names, headers and cells of other people's files.
    """

    exit_code = 2

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = one_line(message)
        self.next_step = one_line(next_step)

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class PackageError(MandatesDataError):
    """No package is there, or its descriptor cannot be understood."""


class UnsafeReferenceError(PackageError):
    """A path leaves the package, is remote, or an archive unpacks to too much: nothing was read."""


class TableError(MandatesDataError):
    """A table cannot be read as rows; `validate` says all that is wrong with it."""


class CellError(ValueError):
    """A cell's text is not a value of its field's type. `kind` is `type` or the constraint's name.

    `expected` finishes the sentence "expected ...", in words for someone who has never programmed.
    """

    def __init__(self, expected: str, kind: str = "type") -> None:
        super().__init__(f"expected {expected}")
        self.expected = expected
        self.kind = kind


class UnknownNameError(MandatesDataError, KeyError):
    """A table, field or format of that name is not there; the message names those that are."""

    def __str__(self) -> str:
        return MandatesDataError.__str__(self)

    @classmethod
    def of(cls, kind: str, name: str, known: Sequence[str]) -> UnknownNameError:
        """The error for a `name` that is not among the `known`, with the nearest of them.

        >>> print(UnknownNameError.of("table", "mandate", ["mandates", "items"]))
        There is no table 'mandate'. Did you mean 'mandates'? Tables: mandates, items.
        """
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=1)
        meant = f"Did you mean {near[0]!r}? " if near else ""
        return cls(f"There is no {kind} {name!r}.", f"{meant}{kind.capitalize()}s: {', '.join(known)}.")


class MissingExtraError(MandatesDataError, ImportError):
    """An optional library is needed and not installed; the message gives the command that installs it."""


class ChangesetError(MandatesDataError):
    """A changeset cannot be read, is not complete, or does not follow on another one."""


class CapacityError(MandatesDataError):
    """A format cannot hold a value (an Excel cell over 32,767 characters, say); nothing was written."""


class WriteError(MandatesDataError):
    """A file or folder could not be written; what stood there before stands there still."""


class RetiredIdWarning(UserWarning):
    """An identifier is asked for that is no longer in use; the message names what replaced it."""


def one_line(text: str, limit: int = 1000) -> str:
    r"""A text without line ends, and with every other character that a terminal obeys or nobody sees written out.

    It loses its middle where it is endless.

    >>> one_line("two\nlines"), one_line("red: \x1b[31m"), one_line("a" * 300, 11)
    ('two\\nlines', 'red: \\x1b[31m', 'aaaa...aaaa')
    """
    if len(text) > limit:
        half = (limit - 3) // 2
        text = f"{text[:half]}...{text[len(text) - half :]}"
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


def brief(value: object, limit: int = 200) -> str:
    """A value as a message quotes it: as Python writes it, without its middle where it is endless.

    >>> brief("abc"), brief("a" * 300, 11)
    ("'abc'", "'aaa...aaa'")
    """
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # nested too deeply; a number of too many digits
        return "a value that is too large to show"
    half = (limit - 3) // 2
    return text if len(text) <= limit else f"{text[:half]}...{text[-half:]}"
