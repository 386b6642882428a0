"""The registry of this floor: every rule of files, cells, rows, references and descriptors."""

from __future__ import annotations

from . import codes_cell, codes_file, codes_row
from .findings import Rule


def all_rules() -> tuple[Rule, ...]:
    """Every rule that `validate` knows without the extra rules of a package, by code."""
    from .codes_descriptor import RULES as DESCRIPTOR_RULES

    return tuple(sorted((*table_rules(), *DESCRIPTOR_RULES), key=lambda rule: rule.code))


def table_rules() -> tuple[Rule, ...]:
    """The rules on tables, `MD1xx` to `MD4xx`."""
    return (*codes_file.RULES, *codes_cell.RULES, *codes_row.RULES)
