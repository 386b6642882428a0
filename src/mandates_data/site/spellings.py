"""Spellings of one word, as the explore page takes them for one."""

from __future__ import annotations

Spellings = dict[str, dict[str, str]]


def spellings() -> Spellings:
    """By the way of writing that is replaced, the one that stands for both: for whole words, and for endings."""
    return {"words": {}, "endings": {}}
