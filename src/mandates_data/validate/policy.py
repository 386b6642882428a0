"""What of a run counts: which rules, which exceptions, and whether warnings fail."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ..errors import UnknownNameError
from .exceptions import NO_EXCEPTIONS, Exceptions
from .findings import Finding, Report, Rule
from .wording import nearest


@dataclass(frozen=True, slots=True)
class Policy:
    """Which findings are kept. A value: worker processes are handed it, and give back only which exceptions they used.

    Attributes
    ----------
    select
        The codes that are looked at; None for all of them.
    ignore
        The codes that are not, whatever `select` says.
    strict
        Whether a warning fails the run as an error does.
    exceptions
        The findings that are accepted.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    strict: bool = False
    exceptions: Exceptions = NO_EXCEPTIONS

    @property
    def keeps_all(self) -> bool:
        """Whether no finding at all is left out."""
        return self.select is None and not self.ignore and not self.exceptions.entries

    def chooses(self, code: str) -> bool:
        """Whether findings of a code are looked at."""
        return (self.select is None or code in self.select) and code not in self.ignore

    def keep(self, finding: Finding) -> bool:
        """Whether the finding counts: its rule is looked at, and no exception fits it."""
        return self.chooses(finding.code) and self.exceptions.entry_for(finding) is None

    def apply(self, findings: Iterable[Finding], used: Counter[int]) -> Iterator[Finding]:
        """The findings that count, in their order.

        `used` gains, under the number of an exception, the defects that it excepted. Counters of several processes
        are added up.
        """
        if self.keeps_all:
            yield from findings
            return
        entry_for = self.exceptions.entry_for
        for finding in findings:
            if self.chooses(finding.code):
                number = entry_for(finding)
                if number is None:
                    yield finding
                else:
                    used[number] += finding.count

    def complaints(
        self, used: Collection[int], *, codes: Collection[str] = (), unchecked: tuple[str, ...] = ()
    ) -> Iterator[Finding]:
        """What is wrong with the exceptions: those without a reason, and those that no finding needs.

        Parameters
        ----------
        used
            The numbers that `apply` has counted.
        codes
            All codes there are; empty where they are not known.
        unchecked
            Beginnings of the codes by which not everything was judged: an exception for them may be needed yet.
        """

        def looked_at(code: str) -> bool:
            return self.chooses(code) and not code.startswith(unchecked)

        complaints = self.exceptions.complaints(used, looked_at, codes)
        return (finding for finding in complaints if self.chooses(finding.code))

    def passes(self, report: Report) -> bool:
        """Whether a run with this report ends well."""
        return not report.errors and not (self.strict and report.warnings)


EVERYTHING = Policy()
"""The policy that leaves nothing out."""


def judged(report: Report, policy: Policy, codes: Collection[str] = ()) -> Report:
    """The report with what counts, and with the complaints on the exceptions at its end.

    Parameters
    ----------
    report
        On a whole run, nothing left out.
    policy, codes
        What counts; all codes there are, empty where they are not known.
    """
    if policy.keeps_all:
        return report
    used: Counter[int] = Counter()
    kept = dataclasses.replace(report, findings=tuple(policy.apply(report.findings, used)), excepted=0)
    # An entry is idle for certain only where all that it could fit was looked at.
    unchecked: tuple[str, ...] = ()
    if not kept.sound:
        unchecked = ("MD",)
    elif any(finding.severity == "error" and finding.code < "MD6" for finding in report.findings):
        unchecked = ("MD6", "MD7")
    complaints = policy.complaints(used, codes=codes, unchecked=unchecked)
    return dataclasses.replace(kept.with_findings(complaints), excepted=used.total())


def chosen_codes(words: Iterable[str], rules: Collection[Rule]) -> frozenset[str]:
    """The codes that a user's words name: `MD204`, `MD2` or `MD2xx` for all that begin so, `not-a-date`.

    >>> rules = [Rule("MD204", "not-a-date", "", "", ""), Rule("MD305", "key-twice", "", "", "")]
    >>> sorted(chosen_codes(["md2xx,key-twice"], rules))
    ['MD204', 'MD305']

    Raises
    ------
    UnknownNameError
        A word names no rule; the message has the nearest.
    """
    found: set[str] = set()
    for word in (part.strip() for listed in words for part in listed.split(",")):
        named = _named(word, rules)
        if not named:
            names = [*(rule.code for rule in rules), *(rule.name for rule in rules)]
            near = (nearest(word.upper(), names) or nearest(word.lower(), names)) if len(word) > 4 else None
            raise UnknownNameError(
                f"There is no rule {word!r}.", f"Did you mean {near}?" if near else "All rules: mandates-data explain"
            )
        found |= named
    return frozenset(found)


def _named(word: str, rules: Collection[Rule]) -> set[str]:
    begins = re.fullmatch(r"(MD[0-9]{1,3})(X*)", word.upper())
    if begins is not None and len(word) <= len("MD204"):
        return {rule.code for rule in rules if rule.code.startswith(begins[1])}
    return {rule.code for rule in rules if rule.name == word.lower()}
