"""The registry of this floor: every rule of files, cells, rows, references and descriptors."""

from __future__ import annotations

from . import codes_cell, codes_file, codes_ledger, codes_row
from .changes import codes_contribution
from .findings import Rule

EXCEPTION_UNUSED = Rule(
    "MD596",
    "exception-unused",
    "An exception is not needed",
    "The exceptions file lists the findings that are known and accepted. No finding fits this line of it: the defect "
    "is gone, another line fits it first, or the line names it wrongly. Were it to stay, it would hide the next defect "
    "at that place. A run that finds other errors does not tell it.",
    "Delete the line, or correct what it names.",
)
EXCEPTION_WITHOUT_REASON = Rule(
    "MD597",
    "exception-without-reason",
    "An exception has no reason",
    "Whoever reads the exceptions file later has to know why a finding was accepted, to see when it no longer is.",
    "Write in the column `reason` why the finding is accepted.",
)
RULES_UNKNOWN = Rule(
    "MD598",
    "rules-unknown",
    "The package asks for rules that are not known here",
    "The descriptor names sets of rules of its own (`mandates_data.rules`). One of them is unknown to this version of "
    "the tool, so that it could not be checked.",
    "Update mandates-data, or correct the name in the descriptor.",
    "warning",
)

POLICY_RULES = (EXCEPTION_UNUSED, EXCEPTION_WITHOUT_REASON, RULES_UNKNOWN)
"""The rules on how a package is judged: `MD596` to `MD598`."""


def all_rules() -> tuple[Rule, ...]:
    """Every rule that `validate` knows without the extra rules of a package, by code."""
    from .descriptors.codes_descriptor import RULES as DESCRIPTOR_RULES

    rules = (*table_rules(), *DESCRIPTOR_RULES, *codes_contribution.RULES, *POLICY_RULES)
    return tuple(sorted(rules, key=lambda rule: rule.code))


def table_rules() -> tuple[Rule, ...]:
    """The rules on tables: `MD1xx` to `MD4xx`, and what the ledger of corrections lacks."""
    return (*codes_file.RULES, *codes_cell.RULES, *codes_row.RULES, *codes_ledger.RULES)
