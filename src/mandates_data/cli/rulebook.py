"""The rules of all floors together: what `explain` prints, and the extra rules that `validate` is handed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from ..package.model import Package
from ..validate.findings import Finding, Rule, by_code
from ..validate.run import ExtraRules


def all_rules() -> tuple[Rule, ...]:
    """Every registered rule, by code."""
    from ..conformance import RULE as SECOND_OPINION
    from ..mandates.codes import RULES as MANDATE_RULES
    from ..validate.codes import all_rules as general_rules

    return tuple(sorted((*general_rules(), SECOND_OPINION, *MANDATE_RULES), key=lambda rule: rule.code))


@cache
def rules_by_code() -> Mapping[str, Rule]:
    """The same by their codes. To load them takes a while that a run without a finding can do without."""
    return by_code(all_rules())


def extra_rules() -> Mapping[str, ExtraRules]:
    """The sets of rules that a descriptor can ask for by name; each loads when it is asked for."""
    return {"corrections": _corrections, "mandates": _mandates}


def _corrections(package: Package) -> Iterable[Finding]:
    from ..diff.correcting.ledger_rules import check_ledger

    return check_ledger(package)


def _mandates(package: Package) -> Iterable[Finding]:
    from ..mandates.rules import check_mandates

    return check_mandates(package)
