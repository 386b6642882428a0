"""Thousands of mutated schemas, headers, rows and cells: both validators find the same faults in them.

The seed is fixed, so that a run can be repeated. `make agreement` draws a new one and makes many more cases; a failure
names the seed, and `make agreement SEED=...` runs it again.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from mutations import Mutator, Table

from mandates_data.conformance import disagreements
from mandates_data.conformance.comparison import ENDS_READING
from mandates_data.errors import PackageError
from mandates_data.package.opening import open_package
from mandates_data.validate.findings import Report
from mandates_data.validate.run import validate

Writer = Callable[..., Path]
SEED = int(os.environ.get("AGREEMENT_SEED", "1994"))
CASES = int(os.environ.get("AGREEMENT_CASES", "6000"))
PARTS = 4
HEADER = frozenset(f"MD{number}" for number in range(114, 123))


def compared(name: str, table: Table, report: Report) -> Counter[str]:
    """What was mutated in a table and looked at by both: after some faults of the file or header no row is compared."""
    codes = {one.code for one in report.findings if one.resource == name and one.severity == "error"}
    if codes & ENDS_READING:
        return Counter()
    return Counter({"header": table.counts["header"]}) if codes & HEADER else table.counts


@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_packages_are_judged_alike(part: int, write_package: Writer) -> None:
    seed = SEED + part
    print(f"AGREEMENT_SEED={seed}")  # noqa: T201 - for whoever runs a failure again
    mutator, cases, stopped, packages = Mutator(seed), Counter[str](), 0, 0
    differing: list[str] = []
    while cases.total() < CASES / PARTS and not differing:
        tables = mutator.package(4)
        packages += 1
        with tempfile.TemporaryDirectory() as name:
            folder = write_package(Path(name), {one: (table.schema, table.as_csv()) for one, table in tables.items()})
            report = validate(folder)
            assert not [one for one in report.findings if one.code.startswith("MD5") and one.severity == "error"]
            try:
                found = disagreements(open_package(folder), report)
            except PackageError as error:
                stopped += 1 if "frictionless stopped" in str(error) else 10**6
                continue
        for one, table in tables.items():
            cases += compared(one, table, report)
            differing += [f"{d} in {table}" for d in found if d.judgement.resource == one]
    made = f"{cases.total():,} cases ({dict(cases)}) in {packages} packages; frictionless stopped at {stopped}"
    print(made)  # noqa: T201 - how much was really compared
    assert differing == [], f"AGREEMENT_SEED={seed}"
    assert cases.total() >= CASES / PARTS
    assert stopped <= packages / 20 + 1
