"""A correction from the Markdown of a GitHub issue that was opened with the form of this repository.

Anyone can write such an issue, by hand too, so nothing of it is believed. What GitHub does to a form, and no more, is
undone: line ends of either kind, blank lines and blanks around a value, the fence around a value that the form shows
as plain text, and `_No response_` for what was left empty. A part of the form stands once; what a reader of the issue
would not see (a comment, a sign without a mark) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...validate.findings import quoted
from .judging import hidden_sign
from .values import Wanted, refuse

LABELS = {
    "row": "Row",
    "field": "Column",
    "printed": "Printed value",
    "to": "Corrected value",
    "kind": "Kind of mistake",
    "reason": "Reason",
    "evidence": "Evidence",
}
"""The labels of the form, each a heading of the third rank in the issue."""

MOST_BYTES = 300_000
"""Bytes of an issue; GitHub holds 65,536 characters."""

_NOTHING = "_No response_"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_HEADINGS = {f"### {label}": name for name, label in LABELS.items()}
_BLANKS = " \t\n"


def read_form(content: bytes, issue: int | None = None) -> Wanted:
    """What the form asks for. `issue` is the number of the issue, which the reason then names.

    Raises
    ------
    RefusedError
        It is not the form, or a part of it cannot be taken as it is.
    """
    parts = {name: _value(name, lines) for name, lines in _parts(_text(content)).items()}
    missing = [LABELS[name] for name in LABELS if name not in parts]
    if missing:
        raise refuse("no-form", f"The form has no part {quoted(missing[0])}: open a new issue with the form.")
    for name in ("row", "field", "to"):
        if not parts[name]:
            raise refuse("empty-part", f"{quoted(LABELS[name])} is empty: fill in that part of the form.")
    _refuse_hidden("to", str(parts["to"]), parts["printed"] or "")
    reason = " ".join((parts["reason"] or "").split())
    return Wanted(
        row_id=str(parts["row"]),
        field=str(parts["field"]),
        to=parts["to"],
        kind=(parts["kind"] or "").partition(":")[0].strip(),
        reason=f"{reason} (issue {issue})" if reason and issue else reason,
        evidence="text" if (parts["evidence"] or "").lower() == "text" else parts["evidence"] or "",
        printed=parts["printed"] or "",
        from_form=True,
    )


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise refuse("too-large", "The text is longer than an issue can be: open a new issue with the form.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse("not-text", "The text is not UTF-8: save the issue's text as it came from GitHub.") from None
    if "\0" in text:
        raise refuse("not-text", "The text holds a null character: save the issue's text as it came from GitHub.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parts(text: str) -> dict[str, list[str]]:
    """The lines below each heading of the form; a heading inside a fence is none."""
    found: dict[str, list[str]] = {}
    here: list[str] | None = None
    for line, fenced in _with_fences(text):
        name = None if fenced else _HEADINGS.get(line.rstrip())
        if name in found:
            raise refuse("part-twice", f"{quoted(LABELS[name])} stands twice: one form, one correction.")
        if name is not None:
            here = found[name] = []
        elif here is not None:
            here.append(line)
        elif line.strip():
            raise refuse("no-form", "The text does not begin as the form does: open a new issue with the form.")
        if not fenced and "<!--" in line:
            raise refuse("hidden", "The form has a comment that nobody sees (<!-- -->): take it out.")
    return found


def _with_fences(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to a block of code (CommonMark, "Fenced code blocks")."""
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.fullmatch(line)
        if fence:
            yield line, True
            if found and found[1].startswith(fence) and not found[2].strip():
                fence = ""
        elif found and not (found[1].startswith("`") and "`" in found[2]):
            fence = found[1]
            yield line, True
        else:
            yield line, False


def _value(name: str, lines: list[str]) -> str | None:
    """What stands in a part; None where nothing was answered."""
    text = _unfenced("\n".join(lines).strip(_BLANKS)).strip(_BLANKS)
    if text == _NOTHING:
        return None
    label = quoted(LABELS[name])
    if name != "reason" and "\n" in text:
        more = "one row, one column, one correction" if name in ("row", "field") else "a cell is one line"
        raise refuse("several-lines", f"{label} has more than one line, and {more}: write it on one line.")
    if name not in ("printed", "to"):
        _refuse_hidden(name, text.replace("\n", " ").replace("\t", " "))
    return text


def _refuse_hidden(name: str, text: str, before: str = "") -> None:
    sign = hidden_sign(text, before, every=True)
    if sign is not None:
        raise refuse("hidden", f"{quoted(LABELS[name])} has a sign that nobody sees, {sign}: type it anew.")


def _unfenced(text: str) -> str:
    """The inside of a fence that is all of a value."""
    lines = text.split("\n")
    fenced = [inside for _line, inside in _with_fences(text)]
    opening = _FENCE.fullmatch(lines[0])
    if opening is None or len(lines) < 2 or not all(fenced):
        return text
    closing = _FENCE.fullmatch(lines[-1])
    closes = closing is not None and closing[1].startswith(opening[1]) and not closing[2].strip()
    inner = lines[1:-1]
    if not closes or any(_closes(line, opening[1]) for line in inner):
        return text
    return "\n".join(inner)


def _closes(line: str, fence: str) -> bool:
    found = _FENCE.fullmatch(line)
    return found is not None and found[1].startswith(fence) and not found[2].strip()
