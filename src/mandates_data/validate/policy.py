"""What of a run counts: which rules, which exceptions, and whether warnings fail."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from ..errors import UnknownNameError
from .exceptions import NO_EXCEPTIONS, Exceptions
from .findings import Finding, Report, Rule
from .log import Counts
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


class KeptFindings(Sequence[Finding]):
    """Those of many findings that count, picked anew at each iteration, so that memory holds none of them.

    `counts` says how many defects there are, by code and severity, at no cost. All else costs an iteration.
    """

    def __init__(
        self, findings: Sequence[Finding], policy: Policy, counts: Counts, more: Sequence[Finding] = ()
    ) -> None:
        self._findings, self._policy, self._own, self._more = findings, policy, counts, tuple(more)
        self.counts: Counts = Counter(counts) + _counted(self._more)

    def __iter__(self) -> Iterator[Finding]:
        """Every finding, in order."""
        yield from self._policy.apply(self._findings, Counter())
        yield from self._more

    def __len__(self) -> int:
        """How many findings there are."""
        return sum(1 for _ in self)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """The finding, or those, at that place."""
        return tuple(self)[index]

    def with_more(self, more: Iterable[Finding]) -> KeptFindings:
        """The same with further findings at the end."""
        return KeptFindings(self._findings, self._policy, self._own, (*self._more, *more))


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        counts[finding.code, finding.severity] += finding.count
    return counts


UNCHECKED = ("MD599", "MD7")
"""Beginnings of the codes that a run finds only when it is asked to: a second opinion, and what a contribution does."""


def judged(
    report: Report, policy: Policy, codes: Collection[str] = (), unchecked: tuple[str, ...] = UNCHECKED
) -> Report:
    """The report with what counts, and with the complaints on the exceptions at its end.

    The run itself is handed no policy: rules that rest on sound tables must not run because a defect is accepted.

    Parameters
    ----------
    report
        On a whole run, nothing left out.
    policy, codes
        What counts; all codes there are, empty where they are not known.
    unchecked
        Beginnings of the codes by which the run did not judge all that there is.
    """
    if policy.keeps_all:
        return report
    used: Counter[int] = Counter()
    findings: Sequence[Finding]
    if isinstance(report.findings, tuple):  # few
        findings = tuple(policy.apply(report.findings, used))
    else:
        findings = KeptFindings(report.findings, policy, _counted(policy.apply(report.findings, used)))
    kept = dataclasses.replace(report, findings=findings, excepted=used.total())
    # An entry is idle for certain only where all that it could fit was looked at.
    if not kept.sound:
        unchecked = ("MD",)
    elif any(finding.severity == "error" and finding.code < "MD6" for finding in report.findings):
        unchecked = (*unchecked, "MD6")
    return kept.with_findings(policy.complaints(used, codes=codes, unchecked=unchecked))


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
