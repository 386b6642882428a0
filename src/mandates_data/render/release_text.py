"""The check of a version in words, for a terminal and for the summary of a job."""

from __future__ import annotations

from collections.abc import Iterator

from ..diff.bump import Reason
from ..release.check import Check
from ..release.sentences import reason_sentence
from .markdown import escaped

_SHOWN = 20


def check_lines(check: Check) -> Iterator[str]:
    """Lines for a terminal."""
    yield verdict(check)
    for reason in check.bump.reasons[:_SHOWN]:
        yield f"  {reason.level:<5}  {reason_sentence(reason)}"
    yield from _more(check.bump.reasons)


def check_markdown(check: Check) -> Iterator[str]:
    """The same in Markdown."""
    yield f"**{escaped(verdict(check))}**"
    if check.bump.reasons:
        yield ""
    for reason in check.bump.reasons[:_SHOWN]:
        yield f"- {reason.level}: {escaped(reason_sentence(reason))}"
    yield from _more(check.bump.reasons)


def _more(reasons: tuple[Reason, ...]) -> Iterator[str]:
    if len(reasons) > _SHOWN:
        yield f"  and {len(reasons) - _SHOWN:,} more (--format json has all)"


def verdict(check: Check) -> str:
    """Whether the version will do, in a sentence."""
    if not check.base:
        return f"{check.version} is the first release: there is none to compare it with."
    if check.bump.level == "none":
        called = f"The data are those of {check.base}"
    else:
        called = f"The changes since {check.base} call for a {check.bump.level} release, {check.least} or later"
    return f"{called}: {check.version} {'will do' if check.passes else 'is too small'}."
