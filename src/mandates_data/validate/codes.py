"""The registry of this floor: every rule of files, cells, rows, references and descriptors."""

from __future__ import annotations

from . import codes_cell, codes_contribution, codes_file, codes_row
from .findings import Rule

RULES_UNKNOWN = Rule(
    "MD598",
    "rules-unknown",
    "The package asks for rules that are not known here",
    "The descriptor names sets of rules of its own (`mandates_data.rules`). One of them is unknown to this version of "
    "the tool, so that it could not be checked.",
    "Update mandates-data, or correct the name in the descriptor.",
    "warning",
)


def all_rules() -> tuple[Rule, ...]:
    """Every rule that `validate` knows without the extra rules of a package, by code."""
    from .codes_descriptor import RULES as DESCRIPTOR_RULES

    rules = (*table_rules(), *DESCRIPTOR_RULES, *codes_contribution.RULES, RULES_UNKNOWN)
    return tuple(sorted(rules, key=lambda rule: rule.code))


def table_rules() -> tuple[Rule, ...]:
    """The rules on tables, `MD1xx` to `MD4xx`."""
    return (*codes_file.RULES, *codes_cell.RULES, *codes_row.RULES)
