"""The file of conflicts where git merges file by file: each adds its own, and a new merge begins anew."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..diff.merging.conflicts import Conflict
from ..diff.merging.files import is_sidecar
from ..diff.patching import Patched
from .merge_json import conflict_json, json_text, merge_json


def with_conflicts(before: bytes | None, sides: tuple[str, str, str], conflicts: Sequence[Conflict]) -> bytes | None:
    """The file with further conflicts; None where it has none.

    Parameters
    ----------
    before
        The file as it is, None where there is none. One that is no file of conflicts is left as it is.
    sides
        What tells this merge from others: the commits of base, ours and theirs as far as they are known.
    conflicts
        Those of one file.
    """
    if before is not None and not is_sidecar(before):
        return before
    document = json.loads(merge_json(sides, (), Patched({}, ()), written=True))
    old = json.loads(before) if before is not None else {}
    listed = old.get("conflicts")
    if isinstance(listed, list) and all(old.get(name) == document[name] for name in ("base", "ours", "theirs")):
        document["conflicts"] = listed
    for conflict in map(conflict_json, conflicts):
        if conflict not in document["conflicts"]:
            document["conflicts"].append(conflict)
    return json_text(document).encode() if document["conflicts"] else None
