"""Version numbers: `major.minor.patch`, as Semantic Versioning 2.0.0 orders them. Nothing may follow the three."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..errors import PackageError, brief

Level = Literal["none", "patch", "minor", "major"]
"""How much a change calls for, least first."""

_FORM = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version number. The greater one is the later release.

    >>> Version.read("0.10.0") > Version.read("0.9.1")
    True
    """

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @classmethod
    def read(cls, text: str) -> Version:
        """The version that a text states.

        Raises
        ------
        PackageError
            It is not three whole numbers with dots between them.
        """
        found = _FORM.fullmatch(text)
        if found is None:
            raise PackageError(f"{brief(text)} is not a version.", "Write three numbers, as in 0.1.0.")
        return cls(*map(int, found.groups()))

    def raised(self, level: Level) -> Version:
        """The least version for a change of that level. Below 1.0.0 a major change raises the minor number.

        >>> print(Version(0, 1, 3).raised("major"), Version(1, 4, 2).raised("major"), Version(1, 4, 2).raised("patch"))
        0.2.0 2.0.0 1.4.3
        """
        if level == "none":
            return self
        if level == "patch":
            return Version(self.major, self.minor, self.patch + 1)
        if level == "minor" or self.major == 0:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major + 1, 0, 0)


def is_version(text: str) -> bool:
    """Whether a text has the form of a version.

    >>> is_version("0.1.0"), is_version("0.1"), is_version("v0.1.0"), is_version("0.01.0")
    (True, False, False, False)
    """
    return _FORM.fullmatch(text) is not None
