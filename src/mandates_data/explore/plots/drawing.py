"""`plot`: a picture of a count, or of a lineage, as PNG or SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import MandatesDataError, UnknownNameError
from ...package.files import replacing
from ...package.model import Package
from ..statistics.choices import STATISTICS, possible_names, refuse_others
from ..statistics.facts import Facts
from ..statistics.model import CODES, Asked
from . import kinds
from .kinds import Drawn, Wanted
from .lettering import clean, require_matplotlib
from .picture import Picture, PictureKind
from .sheet import Sheet

if TYPE_CHECKING:
    from ...frames.loading import PackageLike


@dataclass(frozen=True, slots=True)
class Subject:
    """A picture that can be asked for: one line on it, its tables, how it is drawn, and what may be asked of it."""

    title: str
    tables: tuple[str, ...]
    draw: Callable[[Sheet, Facts, Wanted], Drawn]
    takes: tuple[str, ...]


PICTURES: Mapping[str, Subject] = {
    "summits": Subject("mandates by summit, as bars", STATISTICS["summits"].tables, kinds.summits, ()),
    "codes": Subject(
        "mandates by code of the codebook and summit, as a grid of shades",
        STATISTICS["codes"].tables,
        kinds.codes,
        ("codes", "coder", "preambles", "top"),
    ),
    "strength": Subject(
        "mandates by strength of the commitment and summit, as bars in parts",
        STATISTICS["strength"].tables,
        kinds.strength,
        ("preambles",),
    ),
    "verbs": Subject(
        "leading verbs by summit, as a grid of shades", STATISTICS["verbs"].tables, kinds.verbs, ("preambles", "top")
    ),
    "entities": Subject(
        "which mandates name whom, summit by summit",
        STATISTICS["entities"].tables,
        kinds.entities,
        ("preambles", "top"),
    ),
    "lineage": Subject(
        "one commitment through the summits, in its words", STATISTICS["lineages"].tables, kinds.lineage, ("lineage",)
    ),
}
"""Each picture by its name, in the order in which they are listed."""

CREDIT = "Texts: official texts of the OAS member states, as the Summits of the Americas Secretariat lists them."


def plot(  # noqa: PLR0913 - one parameter an option
    name: str,
    path: str | Path | None = None,
    package: PackageLike | None = None,
    *,
    version: str | None = None,
    codes: str = CODES[0],
    coder: str = "adjudicated",
    preambles: bool = False,
    top: int | None = None,
    lineage: str | None = None,
) -> Picture:
    """A picture, readable in grey, with the version of the data in its caption.

    The same package and the same version of matplotlib give the same bytes, whatever fonts, settings and clock the
    system has.

    Parameters
    ----------
    name
        What is drawn: `summits`, `codes`, `strength`, `verbs`, `entities` or `lineage`.
    path
        Where it is written, whole or not at all; its ending, `.png` or `.svg`, says which of both. None writes nothing
        and draws an SVG, which a notebook shows.
    package, version
        As for `load`.
    codes, coder, preambles
        As for `stats`.
    top
        For `codes`, `verbs` and `entities`: how many rows are drawn at most, those with the most mandates; None for
        20, and for all the codes.
    lineage
        For `lineage`: which one, as the table `lineages` names it.

    Returns
    -------
    Picture
        Its `content`, `kind`, `title` and `caption`.

    Raises
    ------
    MissingExtraError
        matplotlib is not installed.
    UnknownNameError
        There is no such picture, kind of file, coder or lineage, or the picture does not take what is asked.
    PackageError
        The package lacks a table that the picture is made from.
    TableError
        A table cannot be read, or refers to a row that is not there.
    CapacityError
        There are more summits or rows than can be read.
    WriteError
        The file cannot be written.
    """
    from ...frames.loading import opened

    kind = kind_of(path)
    drawn = picture(name, opened(package, version), kind, Wanted(Asked(codes, coder, preambles), top, lineage))
    if path is not None:
        write_picture(drawn, Path(path))
    return drawn


def kind_of(path: str | Path | None) -> PictureKind:
    """Which kind of file a path asks for.

    Raises
    ------
    UnknownNameError
        Its ending is neither `.png` nor `.svg`.
    """
    ending = ".svg" if path is None else Path(path).suffix.lower()
    if ending == ".png":
        return "png"
    if ending == ".svg":
        return "svg"
    raise UnknownNameError(f"{Path(str(path)).name} does not end in .png or .svg.", "Name the file so.")


def picture(name: str, package: Package, kind: PictureKind, wanted: Wanted) -> Picture:
    """The picture of that name of a package that is open; see `plot`."""
    if name not in PICTURES:
        raise UnknownNameError.of("picture", name, tuple(PICTURES))
    subject = PICTURES[name]
    refuse_others(name, wanted.asked, subject.takes)
    for option in ("top", "lineage"):
        if getattr(wanted, option) is not None and option not in subject.takes:
            raise UnknownNameError(f"{name} does not take {option}.", "Leave it out.")
    require_matplotlib()
    facts = Facts(package)
    there = possible_names({key: one.tables for key, one in PICTURES.items()}, package)
    facts.require(subject.tables, f"the picture {name}", there)
    sheet = Sheet()
    drawn = subject.draw(sheet, facts, wanted)
    title = clean(drawn.title)
    caption = clean(" ".join([f"Data: {drawn.data}; n = {drawn.n}.", *drawn.notes, drawn.caveat, CREDIT]))
    sheet.caption(caption)
    try:
        content = sheet.file(kind, title, caption)
    except MemoryError as error:
        raise MandatesDataError("The picture is too large to be drawn.", "Ask for fewer rows with top.") from error
    return Picture(name, title, caption, kind, package.name, package.version, content)


def write_picture(drawn: Picture, path: Path) -> None:
    """Write a picture to a file, whole or not at all."""
    with replacing(path) as file:
        file.write(drawn.content)
