"""How a mandate is cited: in a footnote, and for a reference manager."""

from __future__ import annotations

import re

from .model import Cover, Mandate

_MARKS = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_MARKS |= {sign: f"\\{sign}" for sign in "&%$#_"}


def footnote(mandate: Mandate, cover: Cover, address: str) -> str:
    """A mandate's citation as one sentence: document, summit, place in it, and the release that was used."""
    summit = mandate.summit
    title = mandate.document["title"] or mandate.document["cited_as"] or mandate.row["document_id"]
    held = ", ".join(part for part in (summit["name"], summit["city"], _when(mandate)) if part)
    paragraph = f"para. {mandate.row['paragraph']}" if mandate.row["paragraph"] else ""
    parts = [f"“{title}”", held, mandate.row["section"], paragraph, mandate.document["symbol"]]
    where = f", {cover.address}{address}" if cover.address else ""
    stand = f"{cover.title}, version {cover.edition}" if cover.version else cover.title
    return f"{', '.join(part for part in parts if part)}. In: {stand}, mandate {mandate.mandate_id}{where}."


def _when(mandate: Mandate) -> str:
    return mandate.document["adopted_on"] or mandate.year


def bibtex(mandate: Mandate, cover: Cover, address: str) -> str:
    r"""The same for a reference manager (BibTeX, with the entry type `misc`, which every style knows)."""
    summit = mandate.summit
    fields = {
        "title": f"{mandate.document['title'] or mandate.document['cited_as']}",
        "author": "{Summit of the Americas}",
        "year": _when(mandate)[:4],
        "howpublished": ", ".join(part for part in (summit["name"], summit["city"]) if part),
        "note": f"{cover.title}, version {cover.edition}, mandate {mandate.mandate_id}",
        "url": f"{cover.address}{address}" if cover.address else "",
    }
    lines = [
        f"  {name} = {{{value if name in ('author', 'url') else escaped(value)}}}"
        for name, value in fields.items() if value
    ]  # fmt: skip
    key = re.sub(r"[^A-Za-z0-9-]", "-", mandate.mandate_id)
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def escaped(text: str) -> str:
    r"""A text in which TeX sees letters alone.

    >>> escaped("Crime & {Peace}")
    'Crime \\& \\{Peace\\}'
    """
    return "".join(_MARKS.get(sign, sign) for sign in text)
