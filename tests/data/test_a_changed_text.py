"""What a contributor reads who changed a text in the published tables and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from mandates_data.cli.rulebook import extra_rules
from mandates_data.validate.run import validate

ROOT = Path(__file__).resolve().parents[2]


def test_a_stale_hash_does_not_hide_that_a_text_is_not_the_page_s(tmp_path: Path) -> None:
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    table = tmp_path / "data/mandates.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count("peacekeeping efforts") == 1
    table.write_text(text.replace("peacekeeping efforts", "peacekeeping afforts"), encoding="utf-8", newline="")
    report = validate(tmp_path, extra_rules=extra_rules())
    found = {finding.code: finding for finding in report.findings}
    assert set(found) == {"MD132", "MD603"}
    assert found["MD603"].row_key == "security/254"
