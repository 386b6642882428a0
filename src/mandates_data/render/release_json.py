"""What the commands of `release` say, as JSON: three forms of one document, told apart by `step`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..diff.bump import Bump
from ..release.check import Check
from ..release.prepare import Prepared
from ..release.sentences import reason_sentence


def check_document(check: Check) -> dict[str, Any]:
    """The check of a version."""
    return _document(
        "check",
        passes=check.passes,
        version=check.version,
        base=check.base or None,
        least=check.least or None,
        **_bump(check.bump),
    )


def prepared_document(prepared: Prepared, *, written: bool) -> dict[str, Any]:
    """What a release has written."""
    return _document(
        "prepare",
        version=prepared.version,
        base=prepared.base or None,
        changes=prepared.changes,
        written=written,
        write=sorted(prepared.write),
        remove=list(prepared.remove),
        **_bump(prepared.bump),
    )


def built_document(version: str, files: Iterable[Path]) -> dict[str, Any]:
    """The files of a release."""
    listed = [{"path": file.as_posix(), "bytes": file.stat().st_size} for file in files]
    return _document("build", version=version, files=listed)


def _document(step: str, **members: object) -> dict[str, Any]:
    return {"format": "mandates-data/release", "format_version": 1, "step": step, **members}


def _bump(bump: Bump) -> dict[str, Any]:
    reasons = [{**dataclasses.asdict(reason), "sentence": reason_sentence(reason)} for reason in bump.reasons]
    for reason in reasons:
        for name in ("keys", "new_keys"):
            reason[name] = [list(key) for key in reason[name]]
    return {"level": bump.level, "reasons": reasons}
