"""A package, a change of it, and what `validate` says of the change, in a git repository of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from small_packages import field, resource, write_package

from mandates_data.validate.findings import Finding, Report
from mandates_data.validate.run import validate

Table = tuple[dict[str, Any], bytes | str]

CORRECTIONS = resource(
    "corrections",
    [field(name) for name in ("correction_id", "table", "row_id", "field", "old", "new", "reason", "version")],
    primaryKey=["correction_id"],
)
NO_CORRECTIONS = "correction_id,table,row_id,field,old,new,reason,version\n"
RETIRED = resource(
    "retired_ids",
    [field(name) for name in ("retirement_id", "retired_id", "table", "version", "replaced_by")],
    primaryKey=["retirement_id"],
)
NONE_RETIRED = "retirement_id,retired_id,table,version,replaced_by\n"
PROMISES = {
    "bookkeeping": ["corrections", "retired_ids"],
    "corrections": {"table": "corrections"},
    "retired_ids": "retired_ids",
}


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(folder), *who, *arguments], capture_output=True, check=True, text=True)
    return done.stdout


def committed(folder: Path, *tables: Table, own: dict[str, Any] | None = None) -> Path:
    """A package in a new repository, committed on the branch `main`."""
    write_package(folder, *tables, own=own)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Base")
    return folder


def change(
    folder: Path, base: list[Table], now: list[Table], own: dict[str, Any] | None = None, after: Any = ...
) -> Report:
    """The report on `now` against the committed `base`; `after` is the descriptor's own property if it changed too."""
    committed(folder, *base, own=own)
    write_package(folder, *now, own=own if after is ... else after)
    return validate(folder, against="main")


def change_of(folder: Path, described: dict[str, Any], base: bytes | str, now: bytes | str) -> tuple[Finding, ...]:
    """What is found when one table changes, in a package without promises."""
    return change(folder, [(described, base)], [(described, now)]).findings


def promised(
    folder: Path,
    described: dict[str, Any],
    base: str,
    now: str,
    *,
    corrections: tuple[str, str] = ("", ""),
    retired: tuple[str, str] = ("", ""),
    own: dict[str, Any] | None = None,
) -> tuple[Finding, ...]:
    """What is found when one table changes, in a package with both ledgers; rows of these before and after."""

    def tables(content: str, side: int) -> list[Table]:
        ledgers: list[Table] = [
            (CORRECTIONS, NO_CORRECTIONS + corrections[side]),
            (RETIRED, NONE_RETIRED + retired[side]),
        ]
        return [(described, content), *ledgers]

    return change(folder, tables(base, 0), tables(now, 1), PROMISES if own is None else own).findings


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """Findings as `code row_key field`, what does not apply left out."""
    return [" ".join(part for part in (one.code, one.row_key, one.field) if part) for one in findings]
