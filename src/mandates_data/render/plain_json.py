"""JSON that any stream holds, and in which the runner of a GitHub workflow sees no command."""

from __future__ import annotations

import json
from typing import Any


def safe(text: str) -> str:
    r"""JSON that UTF-8 can hold and that is no command.

    Half a surrogate pair, which a descriptor can hold, stays an escape; `##[` can only stand inside a text, where
    `\u005b` means the same.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "backslashreplace").decode()
    return text.replace("##[", "##\\u005b")


def document(form: str, version: int, members: dict[str, Any]) -> str:
    """A whole document with its form and version, and a line end."""
    whole = {"format": f"mandates-data/{form}", "format_version": version, **members}
    return safe(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"
