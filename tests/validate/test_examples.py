"""Each rule on tables against its own examples: `tests/examples/<code>-<name>/good` and `/bad`."""

from pathlib import Path

import pytest

from mandates_data.validate.codes import RULES_UNKNOWN, all_rules, table_rules
from mandates_data.validate.run import validate

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES = {path.name.partition("-")[0]: path for path in sorted(FOLDER.iterdir())}
RULES = {rule.code: rule for rule in (*table_rules(), RULES_UNKNOWN)}


def package_in(folder: Path) -> Path:
    archive = folder / "package.zip"
    return archive if archive.is_file() else folder


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_breaks_this_rule_and_no_other(code):
    report = validate(package_in(EXAMPLES[code] / "bad"), extra_rules={})
    assert [finding.code for finding in report.findings] == [code]
    (finding,) = report.findings
    assert finding.severity == RULES[code].severity
    assert finding.path
    assert finding.message.endswith((".", "….", "?"))
    assert finding.mend


@pytest.mark.parametrize("code", RULES)
def test_the_good_example_breaks_no_rule(code):
    assert validate(package_in(EXAMPLES[code] / "good"), extra_rules={}).findings == ()


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
