"""Spellings of one word, as the explore page takes them for one: those of the toolkit's own search."""

from __future__ import annotations

from ..explore.folding import variants

Spellings = dict[str, dict[str, str]]


def spellings() -> Spellings:
    """By the way of writing that is replaced, the one that stands for both: for whole words, and for endings."""
    words, endings = variants()
    return {"words": words, "endings": dict(endings)}
