"""A picture as a value: its bytes, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

PictureKind = Literal["png", "svg"]


@dataclass(frozen=True)
class Picture:
    """A picture that was drawn: `content` is the whole file, of the `kind` png or svg.

    `title` and `caption` are the texts that stand in it above and below; `package` and `version` are what was counted.
    A notebook shows it.
    """

    name: str
    title: str
    caption: str
    kind: PictureKind
    package: str
    version: str
    content: bytes = field(repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """What a notebook asks of a value to show it (IPython's display protocol)."""
        if self.kind == "svg":
            return {"image/svg+xml": self.content.decode("utf-8"), "text/plain": repr(self)}
        return {"image/png": self.content, "text/plain": repr(self)}
