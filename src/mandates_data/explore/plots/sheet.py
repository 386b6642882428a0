"""A sheet of paper to draw on, in inches from its upper left corner, and its file as PNG or SVG.

Everything is placed by hand: no setting of the user's matplotlib, no font of the system and no clock has a part in it,
so the same counts give the same bytes with the same version of matplotlib. pyplot, and the windows and state that come
with it, are never loaded.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from .lettering import broken, clean, font
from .picture import PictureKind
from .shades import INK, MUTED, PAPER, RULE, Colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 6.5
"""A page of A4 or Letter between its margins."""
MARGIN = 0.12
TITLE, BODY, SMALL = 10.5, 8.0, 7.0
"""Sizes of type, in points."""

_DPI = 300
_SETTINGS = {
    "svg.hashsalt": "mandates-data",  # else the names inside an SVG are drawn by lot
    "svg.fonttype": "path",  # letters are drawn, so that they look alike everywhere and nothing in them is obeyed
    "text.parse_math": False,  # `$x$` in a name is a name
    "text.usetex": False,
    "hatch.linewidth": 0.5,
    "path.simplify": False,
}


class Sheet:
    """What is to be drawn, put down piece by piece; `y` is how far down the sheet is filled."""

    def __init__(self) -> None:
        self.y = MARGIN
        self._pieces: list[Callable[[Axes], Any]] = []

    def text(  # noqa: PLR0913 - where it stands, and how it looks
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        colour: Colour = INK,
        align: Literal["left", "center", "right"] = "left",
        upright: bool = False,
    ) -> None:
        """A line of text whose letters stand on `y`; `upright` turns it to be read from below."""
        chosen = font(bold=bold).copy()
        chosen.set_size(size)
        turned: dict[str, Any] = {"rotation": 90, "rotation_mode": "anchor"} if upright else {}
        self._pieces.append(
            lambda axes: axes.text(
                x,
                y,
                clean(text),
                fontproperties=chosen,
                color=colour,
                ha=align,
                va="baseline",
                parse_math=False,
                **turned,
            )
        )

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        colour: Colour,
        pattern: str = "",
        *,
        edge: float = 0.6,
    ) -> None:
        """A filled box with its upper left corner at x and y; the pattern is drawn in what is read on the colour."""
        from matplotlib.patches import Rectangle

        from .shades import ink_on

        def draw(axes: Axes) -> None:
            axes.add_patch(Rectangle(corner, *size, facecolor=colour, edgecolor=PAPER, linewidth=edge))
            if pattern:
                ink = ink_on(colour)
                axes.add_patch(Rectangle(corner, *size, fill=False, edgecolor=ink, linewidth=0, hatch=pattern))

        self._pieces.append(draw)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle."""
        from matplotlib.patches import Circle

        self._pieces.append(
            lambda axes: axes.add_patch(
                Circle((x, y), radius, facecolor=colour, edgecolor=INK, linewidth=0.6, zorder=3)
            )
        )

    def line(self, points: Sequence[tuple[float, float]], colour: Colour = RULE, thick: float = 0.6) -> None:
        """A line through points."""
        across, down = zip(*points, strict=True)
        self._pieces.append(
            lambda axes: axes.plot(across, down, color=colour, linewidth=thick, zorder=2, solid_capstyle="butt")
        )

    def heading(self, title: str, below: str) -> None:
        """The title of the picture and, below it, what the numbers are."""
        room = WIDTH - 2 * MARGIN
        self.paragraph(MARGIN, title, room, size=TITLE, bold=True)
        self.paragraph(MARGIN, below, room, colour=MUTED)
        self.y += 0.12

    def caption(self, text: str) -> None:
        """The small print at the foot."""
        self.y += 0.1
        self.line([(MARGIN, self.y), (WIDTH - MARGIN, self.y)])
        self.y += 0.05
        self.paragraph(MARGIN, text, WIDTH - 2 * MARGIN, size=SMALL, colour=MUTED)

    def paragraph(  # noqa: PLR0913 - where it stands, and how it looks
        self,
        x: float,
        text: str,
        room: float,
        *,
        size: float = BODY,
        bold: bool = False,
        colour: Colour = INK,
        lines: int = 99,
    ) -> None:
        """A text broken to the room that it has, from where the sheet is filled on."""
        for line in broken(text, size, room, lines=lines, bold=bold):
            self.y += size / 72 * 1.15
            self.text(x, self.y, line, size=size, bold=bold, colour=colour)
            self.y += size / 72 * 0.25

    def file(self, kind: PictureKind, title: str, caption: str) -> bytes:
        """The sheet, cut off below what was drawn, as the bytes of a file."""
        import matplotlib.style

        with matplotlib.style.context(["default", _SETTINGS]):
            figure = self._figure()
            out = io.BytesIO()
            if kind == "svg":
                from matplotlib.backends.backend_svg import FigureCanvasSVG

                told = {"Title": title, "Description": caption, "Creator": None, "Date": None}
                canvas: Any = FigureCanvasSVG(figure)
                canvas.print_svg(out, metadata=told)
            else:
                from matplotlib.backends.backend_agg import FigureCanvasAgg

                told = {"Title": title, "Description": caption, "Software": None}
                canvas = FigureCanvasAgg(figure)
                canvas.print_png(out, metadata=told)
        return out.getvalue()

    def _figure(self) -> Figure:
        from matplotlib.figure import Figure

        height = self.y + MARGIN
        figure = Figure(figsize=(WIDTH, height), dpi=_DPI, facecolor=PAPER)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        for piece in self._pieces:
            piece(axes)
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        return figure
