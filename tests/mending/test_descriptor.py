"""Sizes and hashes that a descriptor states are those of the files after `fmt`; what it does not state is not added."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from mended_packages import fmt, package

from mandates_data.validate.run import validate

NOW = b"id,name,day\r\nb,x,\r\na,y,\r\n"
AFTER = b"id,name,day\na,y,\nb,x,\n"


def stated(folder: Path) -> dict[str, Any]:
    resource = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    return {name: resource[name] for name in ("bytes", "hash") if name in resource}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"bytes": 1}, {"bytes": 22}),
        ({"hash": "0" * 32}, {"hash": hashlib.md5(AFTER).hexdigest()}),
        ({"hash": "sha256:00"}, {"hash": "sha256:" + hashlib.sha256(AFTER).hexdigest()}),
        ({"hash": "SHA-1:00"}, {"hash": "SHA-1:" + hashlib.sha1(AFTER).hexdigest()}),
        ({"bytes": 1, "hash": "crc32:00"}, {"bytes": 22, "hash": "crc32:00"}),
        ({}, {}),
    ],
)
def test_what_is_stated_is_stated_anew_in_its_own_kind(
    before: dict[str, Any], after: dict[str, Any], tmp_path: Path
) -> None:
    folder = package(tmp_path, NOW, **before)
    mending = fmt(folder)
    assert (folder / "t.csv").read_bytes() == AFTER
    assert stated(folder) == after
    assert mending.refreshed == (("t",) if before else ())
    assert [finding.code for finding in validate(folder).findings if finding.code in ("MD131", "MD132")] == []


def test_a_stale_size_of_a_canonical_table_is_stated_anew(tmp_path: Path) -> None:
    folder = package(tmp_path, AFTER, bytes=7, hash="sha256:00")
    assert fmt(folder).changed == ("datapackage.json",)
    assert stated(folder)["bytes"] == 22
    assert fmt(folder).changed == ()


def test_a_right_hash_in_capitals_is_left_as_it_is(tmp_path: Path) -> None:
    folder = package(tmp_path, AFTER, hash="sha256:" + hashlib.sha256(AFTER).hexdigest().upper())
    assert fmt(folder).changed == ()


def test_nothing_is_stated_anew_for_a_table_that_is_left(tmp_path: Path) -> None:
    folder = package(tmp_path, b"id,name,day\na,x\n", bytes=7)
    assert fmt(folder).changed == ()
    assert stated(folder) == {"bytes": 7}


@pytest.mark.parametrize(
    "style", [{"indent": 2}, {"indent": 4}, {"indent": "\t"}, {}, {"indent": 2, "ensure_ascii": True}]
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_the_descriptor_keeps_its_style(style: dict[str, Any], end: str, tmp_path: Path) -> None:
    folder = package(tmp_path, NOW, bytes=1, title="Cumbre de São Paulo")
    raw = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    style = {"ensure_ascii": False} | style
    (folder / "datapackage.json").write_text(json.dumps(raw, **style) + end, encoding="utf-8")
    fmt(folder)
    raw["resources"][0]["bytes"] = 22
    assert (folder / "datapackage.json").read_bytes() == (json.dumps(raw, **style) + end).encode()


def test_a_descriptor_of_no_known_style_is_written_as_make_data_does(tmp_path: Path) -> None:
    folder = package(tmp_path, NOW, bytes=1)
    raw = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (folder / "datapackage.json").write_text("\n\n" + json.dumps(raw), encoding="utf-8")
    fmt(folder)
    raw["resources"][0]["bytes"] = 22
    assert (folder / "datapackage.json").read_text(encoding="utf-8") == json.dumps(raw, indent=2) + "\n"
