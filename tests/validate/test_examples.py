"""Each rule on tables against its own examples: `tests/examples/<code>-<name>/good` and `/bad`.

Those of a contribution have a `base` beside them, which both start from (or `base-good`, where the good one cannot).
"""

from pathlib import Path

import pytest

from mandates_data.package.opening import open_store
from mandates_data.validate.changes import codes_contribution
from mandates_data.validate.codes import POLICY_RULES, all_rules, table_rules
from mandates_data.validate.exceptions import exceptions_of
from mandates_data.validate.findings import Report
from mandates_data.validate.policy import Policy, judged
from mandates_data.validate.run import validate

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES = {path.name.partition("-")[0]: path for path in sorted(FOLDER.iterdir())}
RULES = {rule.code: rule for rule in (*table_rules(), *POLICY_RULES, *codes_contribution.RULES)}


def report_on(code: str, side: str) -> Report:
    """The report with the exceptions that the package names."""
    example = EXAMPLES[code]
    bases = [folder for name in (f"base-{side}", "base") if (folder := example / name).is_dir()]
    store = open_store(package_in(example / side))
    report = validate(store, extra_rules={}, against=bases[0] if bases else None)
    return judged(report, Policy(exceptions=exceptions_of(store)))


def package_in(folder: Path) -> Path:
    archive = folder / "package.zip"
    return archive if archive.is_file() else folder


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_breaks_this_rule_and_no_other(code):
    report = report_on(code, "bad")
    assert [finding.code for finding in report.findings] == [code]
    (finding,) = report.findings
    assert finding.severity == RULES[code].severity
    assert finding.path
    assert finding.message.endswith((".", "….", "?"))
    assert finding.mend


@pytest.mark.parametrize("code", RULES)
def test_the_good_example_breaks_no_rule(code):
    assert report_on(code, "good").findings == ()


@pytest.mark.parametrize("code", [rule.code for rule in codes_contribution.RULES])
def test_the_base_is_what_makes_a_bad_contribution_bad(code):
    assert validate(EXAMPLES[code] / "bad", extra_rules={}).findings == ()


def test_every_rule_on_tables_has_its_examples_and_every_example_its_rule():
    assert {path.name for path in EXAMPLES.values()} == {f"{rule.code}-{rule.name}" for rule in RULES.values()}


def test_every_code_and_every_name_is_given_once():
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len(rules)
    assert len({rule.name for rule in table_rules()}) == len(table_rules())


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_page_speaks_to_someone_who_has_never_programmed(rule):
    page = f"{rule.title} {rule.why} {rule.mend}".lower()
    assert rule.why.endswith(".")
    assert rule.mend.endswith((".", ")."))
    assert not [word for word in ("regex", "regular expression", "constraint", "parse", "string") if word in page]
