"""Any release of a package, rebuilt from the last one by its patches, byte for byte."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from generated import chains
from hypothesis import given, settings
from released_packages import CHANGES, Draft, Files, fields, files_of, opened, three_releases, without_patches

from mandates_data.diff.changeset_file import changeset_bytes
from mandates_data.diff.compare import diff
from mandates_data.diff.content import canonical_files
from mandates_data.history.layout import is_as_released, releases_of
from mandates_data.history.rebuilding import rebuilt
from mandates_data.package.versions import Version


def long_chain() -> Draft:
    """Twenty-four releases in which everything changes that can."""
    d = Draft(own={"bookkeeping": ["releases", "changes"]})
    d.add("words", fields("id", "text"), [("a", "one"), ("b", "007"), ("c", "NULL")])
    d.add("places", fields("place", "name"), [("x", 'say "yes"'), ("y", "a,b")])
    d.release("0.1.0")
    d.rows["words"] = [("a", "one word"), ("b", "007"), ("c", "NULL")]
    d.release("0.1.1", [("words", "a", "text", "changed", "one", "one word")])
    d.rows["words"].append(("d", "→ a new row"))
    d.release("0.2.0", [("words", "d", "", "added")])
    d.rows["words"] = [row for row in d.rows["words"] if row[0] != "b"]
    d.release("0.2.1", [("words", "b", "", "removed")])
    d.rows["words"] = [("a2" if key == "a" else key, text) for key, text in d.rows["words"]]
    d.release("0.3.0", [("words", "a2", "", "renamed", "a", "a2")])
    d.schemas["words"] = fields("id", "text", "note")
    d.rows["words"] = [(*row, "n" if row[0] == "c" else "") for row in d.rows["words"]]
    d.release("0.4.0")
    d.schemas["words"] = fields("id", "note", "text")
    d.rows["words"] = [(row[0], row[2], row[1]) for row in d.rows["words"]]
    d.release("0.5.0")
    d.schemas["words"] = fields("id", "note")
    d.rows["words"] = [row[:2] for row in d.rows["words"]]
    d.release("0.6.0")
    _tables_and_ledgers_change(d)
    return d


def _tables_and_ledgers_change(d: Draft) -> None:
    d.add("people", fields("person"), [("é",), ("e\u0301",), ("😀",)], title="People")
    d.release("0.7.0")
    d.remove("places")
    d.release("0.8.0")
    d.metadata["title"] = "A title"
    d.metadata["keywords"] = ["a", "b"]
    d.release("0.8.1")
    d.schemas["people"]["fields"][0]["constraints"] = {"required": True}
    d.schemas["people"]["missingValues"] = ["", "-"]
    d.release("0.8.2")
    d.schemas["releases"]["fields"].append({"name": "doi", "type": "string"})
    d.rows["releases"] = [[*row, f"doi-{row[0]}"] for row in d.rows["releases"]]
    d.release("0.9.0")
    d.schemas["releases"]["title"] = "Releases"
    d.schemas["changes"] = copy.deepcopy(CHANGES)
    d.schemas["changes"]["fields"][2]["title"] = "Table"
    d.release("0.9.1")
    d.schemas["releases"] = fields("version", "released_on", "summary", "sha256")
    d.rows["releases"] = [row[:4] for row in d.rows["releases"]]
    d.release("0.10.0")
    d.rows["releases"][0] = [d.rows["releases"][0][0], "2026-11-30", "The first one.", d.rows["releases"][0][3]]
    d.release("0.10.1")
    d.rows["changes"] = [row for row in d.rows["changes"] if row[0] != "0.2.1-00001"]
    d.release("0.10.2")
    d.resources["people"] = {**d.resources["people"], "path": "data/persons.csv", "schema": "schemas/persons.json"}
    d.release("0.10.3")
    d.resources["words"]["schema"] = None
    d.release("0.11.0")
    d.add("pairs", fields("left", "right", primaryKey=["left", "right"]), [("1", "2"), ("1", "3"), ("2", "1")])
    d.release("0.12.0")
    d.schemas["pairs"]["primaryKey"] = ["left"]
    d.rows["pairs"] = [("1", "2"), ("2", "1")]
    d.release("0.13.0")
    d.add("old_changes", CHANGES, d.rows["changes"], path="data/changes.csv")
    d.remove("changes")
    assert d.history is not None
    d.history = {"patches": "history", "releases": "releases", "changes": "old_changes"}
    d.release("0.14.0", [("pairs", "1/3", "", "removed")])
    d.own = {"canonical": True}
    d.name = "renamed"
    d.release("1.0.0")
    d.add("places", fields("place", "name"), [("z", "again")])
    d.resources = {name: d.resources[name] for name in reversed(d.resources)}
    d.release("1.1.0")


CHAIN = long_chain()
VERSIONS = list(CHAIN.released)


def test_the_chain_has_at_least_twenty_releases() -> None:
    assert len(VERSIONS) == 24
    assert [str(each.version) for each in releases_of(opened(CHAIN.released["1.1.0"]))] == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_each_release_comes_from_the_last_one_byte_for_byte(version: str) -> None:
    last = opened(CHAIN.released[VERSIONS[-1]])
    found = rebuilt(last, Version.read(version))
    assert found.version == version
    assert files_of(found) == without_patches(CHAIN.released[version])
    assert is_as_released(found)


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_a_rebuilt_release_leads_on_to_the_first_one(version: str) -> None:
    again = rebuilt(rebuilt(opened(CHAIN.released[VERSIONS[-1]]), Version.read(version)), Version(0, 1, 0))
    assert files_of(again) == without_patches(CHAIN.released["0.1.0"])


def test_the_first_and_the_last_differ_as_their_own_files_do_both_ways() -> None:
    first, last = opened(CHAIN.released["0.1.0"]), opened(CHAIN.released["1.1.0"])
    again = rebuilt(last, Version(0, 1, 0))
    assert changeset_bytes(diff(again, last)) == changeset_bytes(diff(first, last))
    assert changeset_bytes(diff(last, again)) == changeset_bytes(diff(last, first))


def test_a_history_may_begin_after_the_first_release() -> None:
    draft = Draft()
    draft.remove("releases")
    draft.remove("changes")
    draft.history = None
    draft.add("words", fields("id", "text"), [("a", "one")])
    draft.release("0.1.0")
    before = draft.released["0.1.0"]
    draft.history = {"patches": "history", "releases": "releases"}
    first = ["0.1.0", "2026-11-01", "Before there was a history.", draft_digest(before)]
    draft.add("releases", fields("version", "released_on", "summary", "sha256"), [first])
    draft.rows["words"].append(("b", "two"))
    draft.release("0.2.0")
    assert files_of(rebuilt(opened(draft.released["0.2.0"]), Version(0, 1, 0))) == before


def draft_digest(files: Files) -> str:
    from mandates_data.package.refresh import content_digest

    store = opened(files).store
    assert store is not None
    return content_digest(store, ("releases",))


@given(chains(4))
@settings(deadline=None, max_examples=40)
def test_generated_chains_come_back_byte_for_byte(contents: list[Any]) -> None:
    draft = Generated()
    for number, content in enumerate(contents):
        draft.take(content, f"0.{number}.0")
    last = opened(draft.released["0.3.0"])
    for version, files in draft.released.items():
        assert files_of(rebuilt(last, Version.read(version))) == without_patches(files)


class Generated(Draft):
    """Generated packages with a version and the table of releases added, each a release."""

    def take(self, content: Any, version: str) -> None:
        """Release the generated content."""
        self._content = {**canonical_files(content, "datapackage.json")}
        self.release(version)

    def files(self, version: str) -> Files:
        import json

        own = super().files(version)
        theirs = dict(self._content)
        ours, other = (json.loads(each["datapackage.json"]) for each in (own, theirs))
        descriptor = {**other, "version": version, "mandates_data": ours["mandates_data"]}
        descriptor["resources"] = [*ours["resources"], *other["resources"]]
        text = (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode()
        return {**own, **theirs, "datapackage.json": text}


def test_three_releases_are_told_in_order() -> None:
    package = opened(three_releases().released["0.2.0"])
    assert [(str(one.version), one.released_on, one.summary) for one in releases_of(package)] == [
        ("0.1.0", "2026-12-01", "Release 0.1.0."),
        ("0.1.1", "2026-12-01", "Release 0.1.1."),
        ("0.2.0", "2026-12-01", "Release 0.2.0."),
    ]
