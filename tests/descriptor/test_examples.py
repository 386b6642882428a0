"""Each rule on descriptors against its own examples: `examples/<code>-<name>.json`.

`change` puts a value at a place of `base.json`, `remove` takes one away, `text` replaces a whole file; a place may
begin with a file and `#`. `at` is where the finding must be; `also` names codes that come with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mandates_data.validate.descriptors.codes_descriptor import RULES
from mandates_data.validate.descriptors.descriptor import CHECKS, check_descriptor

FOLDER = Path(__file__).parent / "examples"
FILES = {path.stem.partition("-")[0]: path for path in sorted(FOLDER.glob("*.json"))}
EXAMPLES = [
    pytest.param(code, which, example, id=f"{code}-{which}-{number}")
    for code, path in FILES.items()
    for which, examples in json.loads(path.read_text("utf-8")).items()
    for number, example in enumerate(examples)
]


@pytest.mark.parametrize(("code", "which", "example"), EXAMPLES)
def test_example_is_judged_as_its_file_says(
    code: str, which: str, example: dict[str, Any], store_of: Callable[..., Any]
) -> None:
    found = check_descriptor(store_of(example))
    expected = {code, *example.get("also", [])} if which == "bad" else set(example.get("also", []))
    assert {finding.code for finding in found} == expected
    if which == "bad":
        file, _, place = example["at"].rpartition("#")
        places = [(one.path, one.message.partition(": ")[0] if place else "") for one in found if one.code == code]
        assert (file or example.get("descriptor", "datapackage.json"), place) in places


def test_base_package_has_no_finding(store_of: Callable[..., Any]) -> None:
    assert check_descriptor(store_of({})) == []


def test_every_rule_has_a_page_a_function_a_bad_and_a_good_example() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert set(codes) == set(CHECKS) == set(FILES)
    for rule in RULES:
        examples = json.loads(FILES[rule.code].read_text("utf-8"))
        assert FILES[rule.code].stem == f"{rule.code}-{rule.name}"
        assert examples["bad"], rule.code
        assert examples["good"], rule.code


def test_messages_speak_to_people_who_have_never_programmed() -> None:
    for rule in RULES:
        words = " ".join((rule.title, rule.why, rule.mend)).lower()
        assert "regex" not in words
        assert "regular expression" not in words
        assert rule.mend.endswith(".")
        assert rule.why.endswith(".")


def test_each_finding_says_where_what_and_what_next(store_of: Callable[..., Any]) -> None:
    (finding,) = check_descriptor(store_of({"change": {"resources[0].schema.fields[1].constraints.minLength": -1}}))
    assert finding.code == "MD582"
    assert finding.severity == "error"
    assert finding.path == "datapackage.json"
    assert finding.resource == "people"
    assert finding.field == "name"
    assert finding.message == "resources[0].schema.fields[1].constraints.minLength: `minLength` cannot be less than 0."
    assert finding.seen == "-1"
    assert finding.expected == "0 or more"
    assert finding.mend == "Write 0 or more."


def test_line_is_that_of_the_value_in_its_file(memory_store: Any) -> None:
    text = '{"$schema": "https://datapackage.org/profiles/2.0/datapackage.json",\n"name": "a", "id": "b",\n'
    text += '"licenses": [{"name": "MIT"}],\n"resources": [\n{"name": "t", "path": "t.csv",\n'
    text += '"schema": {"fields": [\n{"name": "x"},\n{"name": "y",\n\n"type": "text"}]}}]}'
    (finding,) = check_descriptor(memory_store({"datapackage.json": text.encode()}))
    assert (finding.code, finding.line) == ("MD565", 10)
