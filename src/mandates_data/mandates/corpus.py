"""The mandates as one flat table to analyse: each with its document, summit, topics, citation and items."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from ..frames.loading import PackageLike, TextForm, attributes, opened, read_frame
from .lead_in import without_lead_in

_RENAMED = {
    "documents": {"document_id": "document_id", "title": "document", "kind": "document_kind"}
    | {name: name for name in ("adopted_on", "summit_id")},
    "summits": {"summit_id": "summit_id", "name": "summit", "kind": "summit_kind"}
    | {name: name for name in ("start_date", "city", "country")},
}
"""What is taken from the tables that a mandate leads to, and the names that it has here."""

_OWN_FIELDS = {
    "year": ("Year", "Year of the summit's first day.", "integer"),
    "topics": ("Topics", "Titles of the topics that list the mandate, joined with `; `.", "string"),
    "citation": ("Citation", "The different citations printed with it or its items, joined with ` | `.", "string"),
    "items": ("Items", "Number of its items that are published.", "integer"),
    "text_with_items": ("Text with items", "The text and, a line each, its items with their labels.", "string"),
    "text_plain": ("Plain text", "The text with its items, without a lead-in in square brackets.", "string"),
}
_COLUMNS = (
    "mandate_id", "summit_id", "summit", "summit_kind", "year", "city", "country", "document_id", "document",
    "document_kind", "adopted_on", "document_basis", "topics", "section", "paragraph", "role", "preamble_id",
    "completeness", "citation", "items", "text", "text_with_items", "text_plain",
)  # fmt: skip


def corpus(
    package: PackageLike | None = None, *, version: str | None = None, text: TextForm = "corrected"
) -> pd.DataFrame:
    """The mandates ready for analysis, one row each, in the order of the table `mandates`.

    Parameters
    ----------
    package, version
        As for `load`: a package with the tables of this one; None for the one that came with this library, as it is.
    text
        As for `load`: `"printed"` undoes the corrections, in every table.

    Returns
    -------
    pandas.DataFrame
        `str` where nothing else is said; missing values as `load` gives them.

        - `mandate_id`, `document_id`, `section`, `paragraph`, `preamble_id`, `text`, and the categories
          `document_basis`, `role` (mandate or preamble: leave the preambles out to count commitments) and
          `completeness`: as in the table `mandates`
        - `document` (its official title), `document_kind` (category), `adopted_on` (`datetime64[s]`)
        - `summit_id`, `summit` (its name), `summit_kind` (category), `year` (`Int64`, of its first day), `city`,
          `country` (ISO 3166-1 alpha-3)
        - `topics`: the titles of its topics, joined with `; `; missing where no topic lists it
        - `citation`: the different citations printed with it or its items, in the order of the pages, joined with
          ` | `; missing where none is printed
        - `items`: how many items of it are published (`Int64`)
        - `text_with_items`: the text and below it, a line each, its items (`g. Recognize ...`; `• ` where no label
          is printed)
        - `text_plain`: the same without a lead-in in square brackets (`[Entrust the OAS ... to:] `), which the site
          repeats from an earlier paragraph: the text to count words in

        `frame.attrs` describes every column, as `load` does.

    Raises
    ------
    UnknownNameError
        The package lacks one of the tables.
    TableError, PackageError
        As `load` does.

    Examples
    --------
    >>> import mandates_data
    >>> mandates_data.corpus().columns[:3].tolist()
    ['mandate_id', 'summit_id', 'summit']
    """
    found = opened(package, version)

    def table(name: str) -> pd.DataFrame:
        return read_frame(found, found.resource(name), text)

    frame = table("mandates")
    for name, key in (("documents", "document_id"), ("summits", "summit_id")):
        taken = table(name)[list(_RENAMED[name])].rename(columns=_RENAMED[name])
        frame = frame.merge(taken, how="left", on=key, validate="many_to_one")
    frame["year"] = frame["start_date"].dt.year.astype("Int64")
    frame["topics"] = _by_mandate(frame, _topics(table("mandate_topics"), table("topics")), "; ")
    frame["citation"] = _by_mandate(frame, _citations(table("printings")), " | ")
    items = _items(table("items"))
    frame["items"] = pd.Series([len(items.get(key, ())) for key in frame["mandate_id"]], dtype="Int64")
    whole = ["\n".join([own, *items.get(key, ())]) for key, own in _pairs(frame, "mandate_id", "text")]
    frame["text_with_items"] = pd.Series(whole, dtype="str")
    frame["text_plain"] = pd.Series([without_lead_in(each) for each in whole], dtype="str")
    frame = frame[list(_COLUMNS)]
    frame.attrs = _attributes(lambda name: attributes(found, found.resource(name)))
    return frame


def _topics(links: pd.DataFrame, topics: pd.DataFrame) -> dict[str, list[str]]:
    titles = dict(_pairs(topics, "topic_id", "title"))
    return _grouped((mandate, titles.get(topic, topic)) for mandate, topic in _pairs(links, "mandate_id", "topic_id"))


def _citations(printings: pd.DataFrame) -> dict[str, list[str]]:
    in_order = printings.sort_values(["source_id", "source_line"]).dropna(subset=["citation"])
    return _grouped(_pairs(in_order, "mandate_id", "citation"))


def _items(items: pd.DataFrame) -> dict[str, list[str]]:
    in_order = items.sort_values(["mandate_id", "position"])
    marks = [f"{label}. " if isinstance(label, str) else "• " for label in in_order["label"]]
    lines = [mark + text for mark, text in zip(marks, in_order["text"], strict=True)]
    return _grouped(zip(in_order["mandate_id"], lines, strict=True))


def _pairs(frame: pd.DataFrame, left: str, right: str) -> Iterable[tuple[Any, Any]]:
    return zip(frame[left], frame[right], strict=True)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, text in pairs:
        groups.setdefault(key, []).append(text)
    return groups


def _by_mandate(frame: pd.DataFrame, texts: dict[str, list[str]], mark: str) -> pd.Series[Any]:
    """A column with each mandate's different texts in one; missing where it has none."""
    joined = {key: mark.join(dict.fromkeys(group)) for key, group in texts.items()}
    return pd.Series([joined.get(key) for key in frame["mandate_id"]], dtype="str")


def _attributes(told: Callable[[str], dict[Any, Any]]) -> dict[Any, Any]:
    """The `attrs` of the frame: what the tables say of the columns taken from them, and the columns made here."""
    mandates = told("mandates")
    fields = dict(mandates["fields"])
    for name, names in _RENAMED.items():
        fields |= {new: told(name)["fields"][old] for old, new in names.items()}
    fields |= {
        name: {"title": title, "description": description, "type": type_}
        for name, (title, description, type_) in _OWN_FIELDS.items()
    }
    return {
        "name": "corpus",
        "title": "Mandates ready for analysis",
        "description": "One row a mandate, with its document, summit, topics, citation and items.",
        "package": mandates["package"],
        "version": mandates["version"],
        "fields": {name: fields[name] for name in _COLUMNS},
    }
