"""`similar`: the mandates and items most like one, and the lineages in which it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..diff.words import Piece, word_diff
from ..errors import MandatesDataError, UnknownNameError
from ..mandates.lineages import Lineage, Link, lineages_of
from ..package.model import Package
from .likeness import Weighing
from .opened import opened
from .passages import Passage, passage_of, passages_of
from .searching import TextForm

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Like:
    """A mandate or item, and how like it is: from 0 to 1."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Compared:
    """The earlier and the later of two texts, word by word."""

    earlier_id: str
    later_id: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A mandate in a lineage. Score and words compare it with the one that it takes up; None for the first.

    The words are None too where they were not asked for.
    """

    link: Link
    passage: Passage
    score: float | None
    words: Compared | None


@dataclass(frozen=True, slots=True)
class Chain:
    """A lineage with its texts."""

    lineage_id: str
    links: tuple[ChainLink, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """What is like a mandate or item, the most like first; `closest` compares it with the first of them."""

    passage: Passage
    likes: tuple[Like, ...]
    closest: Compared | None
    lineages: tuple[Chain, ...]
    text: TextForm
    package: str
    version: str


def similar(
    row_id: str,
    package: str | Path | Package | None = None,
    *,
    limit: int = 5,
    same_summit: bool = False,
    text: TextForm = "corrected",
    follow: bool = False,
) -> Similar:
    """The mandates and items of other summits that are most like one, with the words that differ from the closest.

    Parameters
    ----------
    row_id
        The identifier of a mandate or an item.
    package
        What `open_package` takes; None for the one that came with this library, whatever the current folder is.
    limit
        How many, at most.
    same_summit
        Whether those of its own summit come too. Its own items, or its own mandate, never do.
    text
        `"printed"` compares the texts as the pages print them.
    follow
        Whether the lineages come with the words of each link; an error then where the package has no lineages.

    Returns
    -------
    Similar
        Scores are from 0 (nothing in common) to 1 (the same words), as `explore.likeness` measures them. The lineages
        are those of the table `lineages`; none where the package has no such table.

    Raises
    ------
    UnknownNameError
        No mandate and no item has the identifier; the message says what replaced it, where something did.
    TableError, PackageError
        The package, or one of its tables, cannot be read.

    Examples
    --------
    >>> import mandates_data
    >>> mandates_data.similar("2005-mar-del-plata-dec-001").likes[0].passage.row_id
    '2004-nuevo-leon-dec-001'
    """
    if not 0 < limit <= MOST:
        raise MandatesDataError(f"The limit is {limit}.", f"Give a number from 1 to {MOST:,}.")
    source = opened(package)
    if follow:
        source.resource("lineages")
    passages, weighing = _weighed(source, text)
    own = passage_of(source, passages, row_id)
    others = [
        passage
        for passage in passages
        if passage.mandate_id != own.mandate_id and (same_summit or passage.summit_id != own.summit_id)
    ]
    scored = [Like(passage, round(weighing.likeness(own.row_id, passage.row_id), 4)) for passage in others]
    likes = sorted((like for like in scored if like.score > 0), key=lambda like: -like.score)[:limit]
    closest = _compared(passages, own, likes[0].passage) if likes else None
    chains = _chains(lineages_of(source, own.mandate_id), passages, weighing, words=follow)
    return Similar(own, tuple(likes), closest, chains, text, source.name, source.version)


def lineages(
    row_id: str, package: str | Path | Package | None = None, *, text: TextForm = "corrected"
) -> tuple[Chain, ...]:
    """The lineages in which a mandate stands (an item by its mandate), each link with its score and its words.

    Parameters
    ----------
    row_id, package, text
        As for `similar`.

    Returns
    -------
    tuple of Chain
        By name; each compares a mandate with the one that it takes up.

    Raises
    ------
    UnknownNameError
        As `similar` does, and where the package has no table `lineages`.
    TableError, PackageError
        The package, or one of its tables, cannot be read.

    Examples
    --------
    >>> import mandates_data
    >>> [chain.lineage_id for chain in mandates_data.lineages("2015-panama-mandates-006")]
    ['firearms']
    """
    return similar(row_id, package, text=text, follow=True).lineages


def _weighed(package: Package, text: TextForm) -> tuple[list[Passage], Weighing]:
    if text not in ("corrected", "printed"):
        raise UnknownNameError.of("form of the text", text, ("corrected", "printed"))
    passages = passages_of(package, printed=text == "printed")
    return passages, Weighing({passage.row_id: passage.text for passage in passages})


def _chains(
    found: Sequence[Lineage], passages: Sequence[Passage], weighing: Weighing, *, words: bool
) -> tuple[Chain, ...]:
    by_id = {passage.row_id: passage for passage in passages}
    chains = []
    for lineage in found:
        links = []
        for link in lineage.links:
            if link.mandate_id not in by_id:
                continue  # a reference that leads nowhere, which validate tells (MD401)
            own, previous = by_id[link.mandate_id], by_id.get(link.previous_id)
            if previous is None:
                links.append(ChainLink(link, own, None, None))
                continue
            score = round(weighing.likeness(own.row_id, previous.row_id), 4)
            links.append(ChainLink(link, own, score, _compared(passages, own, previous) if words else None))
        chains.append(Chain(lineage.lineage_id, tuple(links)))
    return tuple(chains)


def _compared(passages: Sequence[Passage], one: Passage, other: Passage) -> Compared:
    """The two in the order of their summits, and within one in that of the table."""
    place = {passage.row_id: number for number, passage in enumerate(passages)}
    earlier, later = sorted((one, other), key=lambda passage: (passage.year, place[passage.row_id]))
    return Compared(earlier.row_id, later.row_id, _readable(word_diff(earlier.text, later.text)))


_LONG_WORD, _FEW_WORDS = 5, 3


def _readable(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces without those short words ("to", "of the") that two texts share by chance between two changes.

    Such a piece becomes part of what differs, so that a stretch that was rewritten is shown as one.
    """
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        by_chance = piece.same and 0 < number < len(pieces) - 1 and _is_slight(piece.old)
        if found and not found[-1].same and (by_chance or not piece.same):
            found[-1] = Piece(found[-1].old + piece.old, found[-1].new + piece.new)
        else:
            found.append(piece)
    return tuple(found)


def _is_slight(text: str) -> bool:
    words = text.split()
    return len(words) < _FEW_WORDS and all(len(word) < _LONG_WORD for word in words)
