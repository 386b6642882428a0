"""Where each page stands in the folder: one name for one identifier, which holds from release to release."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from ..errors import PackageError, brief

_OTHER = re.compile(r"[^A-Za-z0-9._-]")
_LONGEST = 120


def file_name(identifier: str) -> str:
    """The name of the page of an identifier, without `.html`.

    Letters, digits, `-`, `_` and `.` stay; every other sign is written as its number, so that no two identifiers share
    one.

    >>> file_name("1998-santiago-poa-007"), file_name("a b/c"), file_name("..")
    ('1998-santiago-poa-007', 'a~20~b~2f~c', '~2e~.')
    """
    name = _OTHER.sub(lambda sign: f"~{ord(sign[0]):x}~", identifier)
    if name.startswith("."):
        name = f"~2e~{name[1:]}"
    if len(name) > _LONGEST:
        name = f"{name[:80]}~{hashlib.sha256(identifier.encode()).hexdigest()[:32]}"
    return name or "~"


def page(kind: str, identifier: str) -> str:
    """The address of a page from the root of the site.

    >>> page("mandates", "1994-miami-dec-001")
    'mandates/1994-miami-dec-001.html'
    """
    return f"{kind}/{file_name(identifier)}.html"


def picture(kind: str, identifier: str = "") -> str:
    """The address of a picture from the root of the site.

    >>> picture("by-summit"), picture("codes", "DRUG")
    ('pictures/by-summit.svg', 'pictures/codes/DRUG.svg')
    """
    return f"pictures/{kind}/{file_name(identifier)}.svg" if identifier else f"pictures/{kind}.svg"


def upward(address: str) -> str:
    """What leads from a page to the root of the site.

    >>> upward("explore.html"), upward("mandates/1994-miami-dec-001.html")
    ('', '../')
    """
    return "../" * address.count("/")


def refuse_shared(addresses: Iterable[str]) -> None:
    """Raise where two pages would be one file, also on systems that take capitals and small letters for the same.

    Raises
    ------
    PackageError
        Two identifiers differ in nothing but capitals, or one stands twice.
    """
    seen: set[str] = set()
    for address in addresses:
        if address.casefold() in seen:
            raise PackageError(f"Two rows would have the page {brief(address)}.", "Run: mandates-data validate")
        seen.add(address.casefold())


def outside(text: str) -> str:
    """The address that a cell is, when it is one that a browser may be sent to; else the empty text.

    >>> outside("https://www.oas.org/a"), outside("javascript:alert(1)"), outside("see https://www.oas.org")
    ('https://www.oas.org/a', '', '')
    """
    return text if _ADDRESS.fullmatch(text) else ""


_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][^\s<>\"\\^`{|}\x00-\x20\x7f-\x9f]*)?")
