"""Reports and rules as JSON; `schemas/report.schema.json` and `schemas/rules.schema.json` describe it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import IO, Any

from ..validate.findings import Report, Rule

FORMAT_VERSION = 1


def write_json(report: Report, out: IO[str]) -> None:
    """Write the report, complete. The same package gives the same bytes."""
    _write({"format": "mandates-data/report", "format_version": FORMAT_VERSION, **report.to_dict()}, out)


def write_rules(rules: Iterable[Rule], out: IO[str]) -> None:
    """Write the rules with their pages."""
    listed = [dataclasses.asdict(rule) for rule in rules]
    _write({"format": "mandates-data/rules", "format_version": FORMAT_VERSION, "rules": listed}, out)


def _write(value: dict[str, Any], out: IO[str]) -> None:
    json.dump(value, out, ensure_ascii=False, indent=1)
    out.write("\n")
