"""From what the pages show to their bytes: the one place that knows the template engine.

Every text goes through the engine's escaping. A template never says `safe`; what is mark-up already comes from here
alone, and a test looks for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError
from ..package.model import Package
from ..package.rows import Row
from ..render.shown_texts import plural, visible
from .addresses import file_name, outside, page, upward
from .model import Site, spoken
from .pages import Page, menu_of, weaknesses_of

if TYPE_CHECKING:
    import jinja2

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"
"""What a browser may load: our own files. It stands on every page, beside the escaping and not in its place."""

_EXCERPT = 240
_BLANK_LINES = re.compile(r"\n\s*\n+")


class Renderer:
    """Makes the pages of one site.

    Raises
    ------
    MissingExtraError
        The template engine is not installed.
    """

    def __init__(self, site: Site, package: Package) -> None:
        self._environment = _environment()
        self._common: Mapping[str, Any] = {
            "site": site,
            "cover": site.cover,
            "menu": menu_of(site),
            "limits": "limits.html" if weaknesses_of(package) else "",
            "policy": POLICY,
        }

    def bytes_of(self, made: Page) -> bytes:
        """A page as it is written."""
        template = self._environment.get_template(made.template)
        place = {"here": made.address, "up": upward(made.address)}
        text = template.render({**self._common, **place, **made.context})
        return (_BLANK_LINES.sub("\n", text) + "\n").encode("utf-8", "replace")


def _environment() -> jinja2.Environment:
    try:
        import jinja2
    except ImportError as error:
        raise MissingExtraError(
            "The pages are made with the library jinja2, which is not installed.",
            'Run: pip install "mandates-data[site]"',
        ) from error
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("mandates_data.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=False,
        trim_blocks=False,
        auto_reload=False,
    )
    environment.globals |= {
        "data_block": _data_block(),
        "page": page, "file_name": file_name, "outside": outside, "excerpt": excerpt, "cut": cut,
        "count": plural, "held": held, "seen": seen, "spoken": spoken, "drawable": drawable,
    }  # fmt: skip
    return environment


def _data_block() -> Callable[[str], str]:
    """JSON inside a `script` element, where escaping would not be undone: so nothing in it may look like mark-up."""
    import markupsafe

    def data_block(text: str) -> str:
        assert "<" not in text
        return markupsafe.Markup(text)  # noqa: S704 # see above

    return data_block


def excerpt(text: str) -> str:
    """The beginning of a text, cut between two words where it is long.

    >>> excerpt("a " * 200)[-5:]
    'a a …'
    """
    if len(text) <= _EXCERPT:
        return text
    return f"{text[:_EXCERPT].rsplit(' ', 1)[0].rstrip()} …"


def cut(text: str, length: int) -> str:
    """A label of at most so many characters.

    >>> cut("Declaration", 6)
    'Decla…'
    """
    return text if len(text) <= length else f"{text[: length - 1]}…"


def seen(text: str) -> str:
    """The words of a change, with what the eye cannot see written out: blanks alone, and marks of no width."""
    return visible(text, blanks=not text.strip())


def drawable(text: str) -> str:
    r"""A text as a picture can hold it: its format knows fewer signs than a page.

    >>> drawable("a\x0bb")
    'a\ufffdb'
    """
    return _NOT_DRAWABLE.sub("\ufffd", text)


_NOT_DRAWABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped (section 2.2 of its specification)."""


def held(summit: Row) -> str:
    """Where and when a summit was held.

    >>> held(Row(city="Miami", country="USA", start_date="1994-12-09", end_date="1994-12-11"))
    'Miami, USA, 1994-12-09 to 1994-12-11'
    """
    days = " to ".join(dict.fromkeys(day for day in (summit["start_date"], summit["end_date"]) if day))
    return ", ".join(part for part in (summit["city"], summit["country"], days) if part)
