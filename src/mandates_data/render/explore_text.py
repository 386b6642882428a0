"""What a search found and what is like a mandate, for a person."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING

from ..explore.searching import Found, Hit, Stretch
from .shown_texts import escaped, plural

if TYPE_CHECKING:
    from ..diff.words import Piece
    from ..explore.passages import Passage
    from ..explore.similarity import Chain, ChainLink, Compared, Similar

_RED, _GREEN, _MARK, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[1;33m", "\x1b[1m", "\x1b[0m"
_AROUND = 60
"""Characters that are shown before and after a marked word where a text is cut."""
_SHORT = 300
"""Characters of a text that is shown whole."""
_ENDS = 60
"""Characters of a stretch that two texts share, at its beginning and end."""


def write_found(
    found: Found, out: IO[str], *, limit: int | None, whole: bool, width: int | None = None, colour: bool = False
) -> None:
    """Write the hits, at most `limit`, each with its words marked: in colour, else as `**word**`.

    Texts are cut to what stands around the words, unless `whole`.
    """
    writer = _Writer(out, width, colour=colour)
    form = " as printed" if found.text == "printed" else ""
    filters = [f"{field} {' or '.join(values)}" for field, values in found.where.items()]
    asked = "; ".join([*([found.query] if found.query else []), *filters])
    counted = f"{len(found.hits):,} of {found.searched:,} texts{form}" if found.hits else f"Nothing{form}"
    writer.line(f"{counted}: {asked} ({_edition(found.package, found.version)})")
    if not found.hits and found.query:
        writer.line("A word is a whole word: firearm* finds firearms too. With --any, one of the words is enough.")
    for number, hit in enumerate(found.hits[:limit], start=1):
        writer.heading(f"{number}. {_titled(hit.passage)}")
        stretches = hit.stretches if whole else tuple(_excerpt(hit))
        writer.marked(stretches, "   ")
    if limit is not None and len(found.hits) > limit:
        writer.line("")
        writer.line(f"{plural(len(found.hits) - limit, 'more text')} not shown: --limit {len(found.hits)} shows all.")


def _edition(package: str, version: str) -> str:
    return " ".join(part for part in (package, version) if part) or "a package without a name"


def _titled(passage: Passage) -> str:
    parts = [passage.document, f"item {passage.label}" if passage.label else "", passage.year]
    return f"{passage.row_id}  {', '.join(part for part in parts if part)}"


def _excerpt(hit: Hit) -> Iterator[Stretch]:
    """The text around its marked words."""
    if len(hit.passage.text) <= _SHORT:
        yield from hit.stretches
        return
    last = len(hit.stretches) - 1
    if last == 0 and not hit.stretches[0].marked:
        yield Stretch(f"{_start(hit.passage.text, _SHORT)}…", marked=False)
        return
    for number, one in enumerate(hit.stretches):
        if one.marked:
            yield one
            continue
        before = _AROUND if number > 0 else 0
        after = _AROUND if number < last else 0
        yield Stretch(_cut(one.text, before, after), marked=False)


def _cut(text: str, before: int, after: int) -> str:
    """The beginning and end of a text, of so many characters each, cut at a blank."""
    if len(text) <= before + after + 3:
        return text
    return f"{_start(text, before)}…{_end(text, after)}"


def _start(text: str, length: int) -> str:
    cut = text[:length]
    return cut[: cut.rfind(" ") + 1] if " " in cut else cut


def _end(text: str, length: int) -> str:
    cut = text[len(text) - length :] if length else ""
    return cut[cut.find(" ") :] if " " in cut else cut


def write_similar(similar: Similar, out: IO[str], *, width: int | None = None, colour: bool = False) -> None:
    """Write what is like a mandate, the words that differ from the closest, and its lineages."""
    writer = _Writer(out, width, colour=colour)
    writer.heading(_titled(similar.passage), before="")
    writer.line(f"({_edition(similar.package, similar.version)})", "   ")
    writer.line(similar.passage.text, "   ")
    if not similar.likes:
        writer.line("Nothing is like it.")
    for number, like in enumerate(similar.likes, start=1):
        writer.heading(f"{number}. {like.score:.2f}  {_titled(like.passage)}")
        writer.line(like.passage.text if len(like.passage.text) <= _SHORT else _cut(like.passage.text, 200, 0), "   ")
    if similar.closest is not None:
        writer.heading("The closest, word by word:")
        writer.compared(similar.closest, "   ")
    for chain in similar.lineages:
        _write_place(writer, chain, similar.passage.mandate_id)


def _write_place(writer: _Writer, chain: Chain, mandate_id: str) -> None:
    """Where the mandate stands in a lineage."""
    places = [one.link for one in chain.links if one.link.mandate_id == mandate_id]
    for link in places:
        after = [one.link.mandate_id for one in chain.links if one.link.previous_id == mandate_id]
        said = [f"takes up {link.previous_id}"] if link.previous_id else ["its beginning"]
        said += [f"taken up by {', '.join(after)}"] if after else []
        writer.heading(f"Lineage {chain.lineage_id}, {link.position} of {len(chain.links)}: {'; '.join(said)}")


def write_chains(similar: Similar, out: IO[str], *, width: int | None = None, colour: bool = False) -> None:
    """Write the lineages in which a mandate stands, each link with its words."""
    writer = _Writer(out, width, colour=colour)
    name = similar.passage.mandate_id
    edition = _edition(similar.package, similar.version)
    if not similar.lineages:
        writer.line(f"{name} stands in no lineage ({edition}).")
    for number, chain in enumerate(similar.lineages):
        title = f"Lineage {chain.lineage_id}: {plural(len(chain.links), 'mandate')} ({edition})"
        writer.heading(title, before="\n" if number else "")
        for one in chain.links:
            _write_link(writer, one, own=one.link.mandate_id == name)


def _write_link(writer: _Writer, one: ChainLink, *, own: bool) -> None:
    writer.heading(f"{one.link.position}. {_titled(one.passage)}{'  <' if own else ''}")
    if one.score is not None:
        writer.line(f"takes up {one.link.previous_id} (likeness {one.score:.2f})", "   ")
    writer.line(f"why: {one.link.basis}", "   ")
    if one.words is None:
        writer.line(one.passage.text, "   ")
    else:
        writer.compared(one.words, "   ")


def _harmless(text: str) -> str:
    """A line that is no command to the runner of a GitHub workflow; what knows them is loaded where one may be."""
    if "::" not in text and "##[" not in text:
        return text
    from .summary import without_commands

    return without_commands(text)


class _Writer:
    def __init__(self, out: IO[str], width: int | None, *, colour: bool) -> None:
        self._out = out
        self._width = None if width is None else max(width, 40)
        self._colour = colour

    def heading(self, text: str, *, before: str = "\n") -> None:
        """A line that stands out, after a blank one."""
        shown = _harmless(escaped(text))
        self._out.write(f"{before}{_BOLD}{shown}{_PLAIN}\n" if self._colour else f"{before}{shown}\n")

    def line(self, text: str, indent: str = "") -> None:
        """A paragraph, broken at the width."""
        self._write(escaped(text), indent)

    def marked(self, stretches: Sequence[Stretch], indent: str) -> None:
        """A text with its marked words."""
        self._write("".join(self._mark(one) for one in stretches), indent)

    def compared(self, compared: Compared, indent: str) -> None:
        """Two texts word by word; what both have is cut where it is long."""
        self.line(f"from {compared.earlier_id} to {compared.later_id}:", indent)
        self._write("".join(map(self._piece, compared.pieces)), indent)

    def _mark(self, one: Stretch) -> str:
        shown = escaped(one.text)
        if not one.marked:
            return shown
        return f"{_MARK}{shown}{_PLAIN}" if self._colour else f"**{shown}**"

    def _piece(self, piece: Piece) -> str:
        if piece.same:
            return escaped(_cut(piece.old, _ENDS, _ENDS))
        old = f"[-{escaped(piece.old)}-]" if piece.old else ""
        new = f"{{+{escaped(piece.new)}+}}" if piece.new else ""
        if self._colour:
            old, new = (f"{_RED}{old}{_PLAIN}" if old else "", f"{_GREEN}{new}{_PLAIN}" if new else "")
        return old + new

    def _write(self, text: str, indent: str) -> None:
        whole = _harmless(f"{indent}{text}")
        if self._width is None or len(whole) <= self._width:
            self._out.write(f"{whole}\n")
            return
        broken = textwrap.wrap(
            text,
            self._width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        self._out.write("\n".join(map(_harmless, broken)) + "\n")
