"""A misprint, from the form that a reader fills in to a released row, and back: every artifact on the way is checked.

It is one test, since each step begins where the one before it ended. The workflows' own steps are run, and the
commands as a maintainer types them, in a repository in which the tables are out as 3.4.5.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys

import pytest
from comments import posted
from issue_forms import NOTHING, answered, commands, form, with_origin
from pull_requests import comment, git, named, run_checks
from release_files import stated_and_true_digests, table_of, texts_by_file
from released_repositories import committed, differing, files_of, first_release, rows_at, run, said

from mandates_data import load

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="GitHub runs these steps on Linux")

ROW = "1994-miami-poa-009"
OLD = (
    "Strengthen efforts to control firearms, ammunition, and explosives to avoid their diversion to drug traffickers "
    "and criminal organizations"
)
NEW = OLD.replace("organizations", "organisations")
WORDS = "…o drug traffickers and criminal [-organizations-]{+organisations+}"
REASON = 'The copy of the *Québec* office has it, "so".'
REASON_KEPT = f"{REASON} (issue 7)"
EVIDENCE = "https://example.org/copy?page=1&line=2"
FIRST, SECOND = f"{ROW}.text.1", f"{ROW}.text.2"
LEDGER_ROW = {
    "correction_id": FIRST,
    "table": "mandates",
    "row_id": ROW,
    "field": "text",
    "old": OLD,
    "new": NEW,
    "kind": "typo",
    "reason": REASON_KEPT,
    "evidence": EVIDENCE,
    "version": "",
}
BACK = f"{FIRST} was wrong: the page has it as all other paragraphs have."


def test_a_misprint_goes_from_a_form_to_a_released_row_and_back(tmp_path):
    checkout = with_origin(tmp_path, first_release(tmp_path / "checkout"))
    a_form_that_does_not_say_what_is_printed_is_answered(tmp_path, checkout)
    the_form_becomes_a_branch_and_a_pull_request(tmp_path, checkout)
    the_form_becomes_a_changeset_that_does_the_same(tmp_path, checkout)
    the_checks_pass_and_say_so_under_it(tmp_path, checkout)
    the_merge_calls_for_a_patch_release(checkout)
    the_release_is_prepared(checkout)
    the_repository_tells_of_it(checkout)
    out = the_files_are_built_twice_the_same(tmp_path, checkout)
    the_wheel_has_both_releases_offline(tmp_path, checkout, out)
    a_clone_without_tags_has_both(tmp_path, checkout)
    a_correction_that_leads_back_has_to_say_so(checkout)
    all_three_releases_are_there(checkout)


# -- From the form to a merge -----------------------------------------------------------------------------------------


def a_form_that_does_not_say_what_is_printed_is_answered(tmp_path, checkout):
    (tmp_path / "first").mkdir()
    body = form(NOTHING, NEW, row=ROW, reason=REASON, evidence=EVIDENCE)
    draft, publish, asked, answer = answered(tmp_path / "first", checkout, body)
    assert [step.code for step in (*draft.steps, *publish.steps)] == [0] * 4
    assert asked.startswith("issue comment 7 --repo them/data --body-file ")
    assert answer == (
        "The form cannot be made into a correction yet:\n\n"
        '    Refused: The cell is not empty but "Strengthen efforts to control firearms, ammunition, and explosives to '
        'avoid thei…": copy it as it stands now.\n'
        "    Nothing was changed.\n"
        "\n\nPlease edit the form above. A maintainer then takes the label away and gives it again.\n"
    )
    assert git(checkout, "status", "--porcelain", "--branch") == "## main\n"


def the_form_becomes_a_branch_and_a_pull_request(tmp_path, checkout):
    (tmp_path / "second").mkdir()
    body = form(OLD, NEW, row=ROW, reason=REASON, evidence=EVIDENCE).replace("\n", "\r\n")
    (tmp_path / "form.md").write_text(body, encoding="utf-8", newline="")
    draft, publish, asked, text = answered(tmp_path / "second", checkout, body)
    assert [step.code for step in (*draft.steps, *publish.steps)] == [0] * 4
    assert commands(draft, publish) == []
    opened = "pr create --repo them/data --base main --head correction/issue-7 --title Correct what issue 7 tells of"
    assert opened in asked

    # One cell, one row of the ledger, and in the descriptor the digest of the one and size and digest of the other.
    assert git(checkout, "diff", "--numstat", "main", "correction/issue-7").splitlines() == [
        "1\t0\tdata/corrections.csv",
        "1\t1\tdata/mandates.csv",
        "3\t3\tdatapackage.json",
    ]
    the_cell_and_its_ledger_row_changed(checkout, "v3.4.5", "correction/issue-7", version="")
    descriptor_states_what_is_true(checkout, "correction/issue-7")
    assert git(checkout, "log", "-1", "--format=%an: %s", "correction/issue-7") == (
        "github-actions[bot]: Correct what issue 7 tells of\n"
    )
    pushed = git(tmp_path / "origin.git", "rev-parse", "correction/issue-7")
    assert pushed == git(checkout, "rev-parse", "correction/issue-7")

    assert text.startswith("From the form in #7. Closes #7.\n\n### Changes: `summits-of-the-americas-mandates 3.4.5`\n")
    assert "| `corrections` | 1 added |  |  |\n| `mandates` | 1 changed | 1 changed |  |\n" in text
    assert "<del>`organizations`</del><ins>`organisations`</ins>" in text
    assert "\nWhat the check says:\n\n    summits-of-the-americas-mandates 3.4.5 is sound: " in text
    assert text.endswith("a workflow has opened: close it and open it again.\n")


def the_cell_and_its_ledger_row_changed(checkout, old, new, *, version):
    """And no other row of a table that holds data."""
    before, after = (rows_at(checkout, revision, "mandates") for revision in (old, new))
    assert differing(before, after) == [ROW]
    assert differing(before[ROW], after[ROW]) == ["text"]
    assert (before[ROW]["text"], after[ROW]["text"]) == (OLD, NEW)
    before, after = (rows_at(checkout, revision, "corrections") for revision in (old, new))
    assert differing(before, after) == [FIRST]
    assert after[FIRST] == LEDGER_ROW | {"version": version}


def descriptor_states_what_is_true(checkout, revision):
    resources = json.loads(git(checkout, "show", f"{revision}:datapackage.json"))["resources"]
    for resource in resources:
        content = git(checkout, "show", f"{revision}:{resource['path']}").encode("utf-8")
        stated = (resource["bytes"], resource["hash"])
        assert stated == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"), resource["name"]


def the_form_becomes_a_changeset_that_does_the_same(tmp_path, checkout):
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--branch=main", str(checkout), str(clone))
    asked = ("correct", "--from-issue", str(tmp_path / "form.md"), "--issue-number", "7")
    assert said(clone, *asked, "-o", "changes.json").splitlines() == [
        f"mandates {ROW}, text: corrected",
        f"    {WORDS}",
        f"corrections {FIRST}: kind: typo; reason: {REASON_KEPT}; evidence: {EVIDENCE}",
        "changes.json written: mandates-data patch applies it. The package is as it was.",
    ]
    changeset = json.loads((clone / "changes.json").read_text(encoding="utf-8"))
    assert {one["name"]: one["rows"] for one in changeset["resources"]} == {
        "corrections": [{"kind": "added", "key": [FIRST], "row": LEDGER_ROW}],
        "mandates": [
            {
                "kind": "changed",
                "key": [ROW],
                "cells": [{"field": "text", "kind": "changed", "old": OLD, "new": NEW}],
            }
        ],
    }
    said(clone, "patch", ".", "changes.json")
    git(clone, "fetch", "--quiet", "origin")
    assert git(clone, "diff", "--stat", "origin/correction/issue-7") == ""
    assert said(clone, "patch", ".", "changes.json", "--reverse").splitlines()[-1] == "datapackage.json written"
    assert git(clone, "diff", "--stat", "main") == ""


def the_checks_pass_and_say_so_under_it(tmp_path, checkout):
    (tmp_path / "checks").mkdir()
    runner = run_checks(tmp_path / "checks", checkout)
    assert {step.name: step.code for step in runner.steps if step.code} == {}
    assert commands(runner) == []
    sound = "### summits-of-the-americas-mandates 3.4.5 is sound: "
    assert named(runner, "Validate the package").summary.startswith(sound)
    assert "1 changed" in named(runner, "Show what changes").summary
    assert set(runner.uploaded) == {"comment", "report"}
    report = json.loads(runner.uploaded["report"].read_text(encoding="utf-8"))
    assert (report["errors"], report["warnings"], report["findings"]) == (0, 0, [])
    assert named(runner, "Ask which version number").outputs == {"bump": "patch"}
    text = comment(runner)
    assert text.startswith(sound)
    assert "#### What you change\n" in text
    assert "<del>`organizations`</del><ins>`organisations`</ins>" in text

    members = {path.name: path.read_bytes() for path in runner.uploaded["comment"].iterdir()}
    head = git(checkout, "rev-parse", "HEAD").strip()
    step, asked, shown = posted(tmp_path / "comment", members, head=head)
    assert step.code == 0
    assert "--method POST repos/them/data/issues/12/comments" in asked[-1]
    assert shown.endswith(f"\n\n{text}")


def the_merge_calls_for_a_patch_release(checkout):
    git(checkout, "switch", "--quiet", "main")
    git(checkout, "merge", "--quiet", "--no-ff", "--message=Merge issue 7", "correction/issue-7")
    assert said(checkout, "release", "check", code=1) == (
        "The changes since 3.4.5 call for a patch release, 3.4.6 or later: 3.4.5 is too small.\n"
        f"  patch  text was changed in mandates: {ROW}.\n"
    )


# -- The release ------------------------------------------------------------------------------------------------------


def the_release_is_prepared(checkout):
    changelog = checkout / "CHANGELOG.md"
    unreleased = "## [Unreleased]\n"
    changelog.write_text(changelog.read_text(encoding="utf-8").replace(unreleased, f"{unreleased}\nOne word.\n", 1))
    words = ("--date", "2031-06-07", "--summary", "One spelling corrected.")
    assert said(checkout, "release", "prepare", *words).splitlines() == [
        "3.4.6 after 3.4.5: 1 change of rows and cells.",
        f"  patch: text was changed in mandates: {ROW}.",
        "CHANGELOG.md written",
        "CITATION.cff written",
        "data/changes.csv written",
        "data/corrections.csv written",
        "data/releases.csv written",
        "datapackage.json written",
        "history/3.4.6.json written",
    ]
    written = files_of(checkout)
    assert said(checkout, "release", "prepare", *words) == "3.4.6 is prepared already; no file changes.\n"
    assert said(checkout, "release", "prepare", "--check") == "3.4.6 is prepared already; no file changes.\n"
    assert files_of(checkout) == written
    assert said(checkout, "release", "check").splitlines()[0] == (
        "The changes since 3.4.5 call for a patch release, 3.4.6 or later: 3.4.6 will do."
    )
    committed(checkout, "Release 3.4.6", "v3.4.6")


def the_repository_tells_of_it(checkout):
    """Each artifact that `release prepare` has written, then what the commands say of the row."""
    assert git(checkout, "diff", "--name-only", "v3.4.5", "v3.4.6").split() == [
        "CHANGELOG.md",
        "CITATION.cff",
        "data/changes.csv",
        "data/corrections.csv",
        "data/mandates.csv",
        "data/releases.csv",
        "datapackage.json",
        "history/3.4.6.json",
    ]
    the_cell_and_its_ledger_row_changed(checkout, "v3.4.5", "v3.4.6", version="3.4.6")
    descriptor_states_what_is_true(checkout, "v3.4.6")
    the_tables_of_releases_and_changes_tell_of_it(checkout)
    the_patch_leads_from_the_one_to_the_other(checkout)
    the_changelog_the_citation_and_the_descriptor_name_it(checkout)
    assert said(checkout, "validate").endswith(" rows, no errors, no warnings.\n")
    the_commands_tell_of_the_row(checkout)
    the_library_gives_both_texts(checkout)


def the_tables_of_releases_and_changes_tell_of_it(checkout):
    releases = rows_at(checkout, "v3.4.6", "releases")
    assert list(releases) == ["3.4.5", "3.4.6"]
    assert releases["3.4.5"] == rows_at(checkout, "v3.4.5", "releases")["3.4.5"]
    digest = releases["3.4.6"].pop("sha256")
    assert len(digest) == 64
    assert digest != releases["3.4.5"]["sha256"]
    assert releases["3.4.6"] == {
        "version": "3.4.6",
        "released_on": "2031-06-07",
        "summary": "One spelling corrected.",
    }
    assert rows_at(checkout, "v3.4.5", "changes") == {}
    assert rows_at(checkout, "v3.4.6", "changes") == {
        "3.4.6-00001": {
            "change_id": "3.4.6-00001",
            "version": "3.4.6",
            "table": "mandates",
            "row_id": ROW,
            "field": "text",
            "change": "changed",
            "old": OLD,
            "new": NEW,
            "correction_id": FIRST,
        }
    }


def the_patch_leads_from_the_one_to_the_other(checkout):
    patch = json.loads((checkout / "history" / "3.4.6.json").read_text(encoding="utf-8"))
    assert (patch["old"]["version"], patch["new"]["version"]) == ("3.4.5", "3.4.6")
    changed = {one["name"]: one["rows"] for one in patch["resources"] if one.get("rows")}
    assert changed == {
        "corrections": [{"kind": "added", "key": [FIRST], "row": LEDGER_ROW | {"version": "3.4.6"}}],
        "mandates": [
            {
                "kind": "changed",
                "key": [ROW],
                "cells": [{"field": "text", "kind": "changed", "old": OLD, "new": NEW}],
            }
        ],
    }


def the_changelog_the_citation_and_the_descriptor_name_it(checkout):
    changelog = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    head, entry = changelog.split("## [3.4.5]", 1)[0].split("## [Unreleased]\n\n")
    assert head.startswith("# Changelog\n")
    assert entry == (
        "## [3.4.6] - 2031-06-07\n\nOne word.\n\n"
        "<!-- written by `mandates-data release prepare` -->\n### Changes of the data\n\n"
        f'- In {ROW}, text: "... drug traffickers and criminal organisations" now, not '
        '"... drug traffickers and criminal organizations" '
        '(typo; The copy of the \\*Québec\\* office has it, "so". (issue 7)).\n'
        "<!-- end of what it wrote -->\n\n"
    )
    citation = (checkout / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert [line for line in citation if line.startswith("version: ")] == ["version: 3.4.6"]
    before, after = (json.loads(git(checkout, "show", f"{tag}:datapackage.json")) for tag in ("v3.4.5", "v3.4.6"))
    assert differing(before, after) == ["created", "resources", "version"]
    assert (after["version"], after["created"]) == ("3.4.6", "2031-06-07T00:00:00Z")


def the_commands_tell_of_the_row(checkout):
    assert said(checkout, "diff", "3.4.5", "3.4.6", "--table", "mandates", code=1).splitlines() == [
        "mandates: 1 row changed (1 cell changed)",
        f"~ mandates {ROW}",
        f"    text: {WORDS}",
    ]
    assert said(checkout, "diff", "3.4.5", "3.4.6", "--stat", code=1).splitlines() == [
        "package: 2 properties changed",
        "changes: 1 row added",
        "corrections: 1 row added",
        "mandates: 1 row changed (1 cell changed)",
        "releases: 1 row added",
    ]
    assert said(checkout, "history", ROW).splitlines() == [
        f"mandates {ROW}",
        f"  {ROW} is current: a row of mandates.",
        "  Known since 3.4.5 (2031-05-06).",
        "",
        "3.4.6 (2031-06-07)",
        f"  text: {WORDS}",
        f"    why: {REASON_KEPT} (typo; evidence: {EVIDENCE})",
        f"    correction {FIRST}",
    ]
    assert said(checkout, "resolve", ROW) == f"{ROW} is current: a row of mandates.\n"
    shown = said(checkout, "show", ROW)
    assert (
        f"  text: {NEW}\n"
        f"      printed and corrected: {WORDS}\n"
        f"      {FIRST} (released with 3.4.6): kind: typo; reason: {REASON_KEPT}; evidence: {EVIDENCE}\n"
    ) in shown


def the_library_gives_both_texts(checkout):
    assert text_in(checkout) == NEW
    assert text_in(checkout, version="3.4.6") == NEW
    assert text_in(checkout, version="3.4.5") == OLD
    assert text_in(checkout, text="printed") == OLD


def text_in(package, **how):
    (text,) = load("mandates", package, ids=[ROW], **how)["text"]
    return text


# -- The files --------------------------------------------------------------------------------------------------------


def the_files_are_built_twice_the_same(tmp_path, checkout):
    outs = [tmp_path / "out", tmp_path / "again"]
    for out in outs:
        listed = said(checkout, "release", "build", ".", "-o", str(out)).splitlines()
        assert len(listed) == 8
    assert [{path.name: path.read_bytes() for path in out.iterdir()} for out in outs[1:]] == [
        {path.name: path.read_bytes() for path in outs[0].iterdir()}
    ]
    out = outs[0]
    stated, true = stated_and_true_digests(out)
    assert stated == true
    assert dict(texts_by_file(out, ROW)) == {
        "mandates_data-3.4.6-py3-none-any.whl": NEW,
        "mandates_data-3.4.6.tar.gz": NEW,
        "summits-of-the-americas-mandates-3.4.6-parquet.zip": NEW,
        "summits-of-the-americas-mandates-3.4.6.nested.json": NEW,
        "summits-of-the-americas-mandates-3.4.6.sqlite": NEW,
        "summits-of-the-americas-mandates-3.4.6.xlsx": NEW,
        "summits-of-the-americas-mandates-3.4.6.zip": NEW,
    }
    for name in ("summits-of-the-americas-mandates-3.4.6.zip", "mandates_data-3.4.6.tar.gz"):
        assert table_of(out / name, "corrections")[FIRST] == LEDGER_ROW | {"version": "3.4.6"}
    assert "is sound" in said(checkout, "validate", str(out / "summits-of-the-americas-mandates-3.4.6.zip"))
    assert git(checkout, "status", "--porcelain") == ""
    return out


def the_wheel_has_both_releases_offline(tmp_path, checkout, out):
    target, elsewhere, offline = (tmp_path / name for name in ("target", "elsewhere", "offline"))
    elsewhere.mkdir()
    offline.mkdir()
    (offline / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "--quiet", "install"]
    wheel = out / "mandates_data-3.4.6-py3-none-any.whl"
    subprocess.run([*pip, "--no-index", "--no-deps", "--target", str(target), str(wheel)], check=True)
    alone = {"PYTHONPATH": f"{offline}:{target}"}
    done = subprocess.run(
        [sys.executable, "-c", BOTH_TEXTS, ROW], cwd=elsewhere, env=alone, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "from": str(target / "mandates_data"),
        "version": "3.4.6",
        "now": NEW,
        "3.4.5": OLD,
        "printed": OLD,
        "network": "offline",
    }
    made = run(elsewhere, "convert", "--version", "3.4.5", "--to", "csv", "-o", "old", variables=alone)
    assert (made.returncode, made.stderr) == (0, "")
    tables = {path.name: path.read_bytes().decode("utf-8") for path in (elsewhere / "old").rglob("*.csv")}
    assert len(tables) > 10
    assert {name: git(checkout, "show", f"v3.4.5:data/{name}") for name in tables} == tables


NO_NETWORK = '''"""Read by every Python that starts with this folder on its path."""
import sys

def _refuse(event, _arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError("offline")

sys.addaudithook(_refuse)
'''
BOTH_TEXTS = """
import json, pathlib, socket, sys
import mandates_data

def text(**how):
    return mandates_data.load("mandates", ids=[sys.argv[1]], **how)["text"].item()

try:
    socket.getaddrinfo("localhost", 80)
    network = "there"
except RuntimeError as error:
    network = str(error)
print(json.dumps({
    "from": str(pathlib.Path(mandates_data.__file__).parent),
    "version": mandates_data.__version__,
    "now": text(),
    "3.4.5": text(version="3.4.5"),
    "printed": text(text="printed"),
    "network": network,
}))
"""


def a_clone_without_tags_has_both(tmp_path, checkout):
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--no-tags", "--depth=1", "--branch=main", checkout.as_uri(), str(clone))
    assert git(clone, "tag") == ""
    assert "no errors, no warnings." in said(clone, "validate")
    assert said(clone, "diff", "3.4.5", "3.4.6", "--table", "mandates", code=1).splitlines()[1:3] == [
        f"~ mandates {ROW}",
        f"    text: {WORDS}",
    ]
    assert (text_in(clone, version="3.4.5"), text_in(clone)) == (OLD, NEW)
    assert said(clone, "release", "check").startswith("The changes since 3.4.5 call for a patch release")


# -- And back ---------------------------------------------------------------------------------------------------------


def a_correction_that_leads_back_has_to_say_so(checkout):
    asked = ("correct", ROW, "text", "--to", OLD, "--kind", "typo", "--evidence", "text", "--reason")
    assert said(checkout, *asked, "The page was right.", code=1) == (
        f"Refused: This puts back what the correction {FIRST} removed: if that one was wrong, name it in the reason.\n"
        "Nothing was changed.\n"
    )
    assert said(checkout, "correct", ROW, "text", "--undo", code=1) == (
        f"Refused: The correction {FIRST} was released with 3.4.6 and stays: make a new one with --to, which names "
        f"{FIRST} in its reason.\nNothing was changed.\n"
    )
    assert git(checkout, "status", "--porcelain") == ""

    # By hand: the cell, and a row of the ledger whose reason does not name the first one.
    mandates, ledger = checkout / "data" / "mandates.csv", checkout / "data" / "corrections.csv"
    mandates.write_bytes(mandates.read_bytes().replace(NEW.encode(), OLD.encode()))
    by_hand = LEDGER_ROW | {"correction_id": SECOND, "old": NEW, "new": OLD, "reason": "The page was right."}
    ledger.write_bytes(ledger.read_bytes() + line_of(by_hand | {"evidence": "text"}))
    said(checkout, "fmt")
    found = said(checkout, "validate", "--against", "v3.4.6", code=1)
    assert f"  MD617  {SECOND}, new: It puts back what {FIRST} removed, " in found
    assert found.count("MD") == 2  # the finding, and the line on how to have it explained
    said(checkout, "correct", ROW, "text", "--reason", BACK)
    assert "no errors, no warnings." in said(checkout, "validate", "--against", "v3.4.6")
    the_third_release_is_made(checkout)


def line_of(row):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(row.values())
    return out.getvalue().encode("utf-8")


def the_third_release_is_made(checkout):
    done = said(checkout, "release", "prepare", "--date", "2031-07-08")
    assert done.startswith("3.4.7 after 3.4.6: 1 change of rows and cells.\n")
    committed(checkout, "Release 3.4.7", "v3.4.7")
    ledger = rows_at(checkout, "v3.4.7", "corrections")
    assert ledger[FIRST] == LEDGER_ROW | {"version": "3.4.6"}
    assert ledger[SECOND] == {
        **LEDGER_ROW,
        "correction_id": SECOND,
        "old": NEW,
        "new": OLD,
        "reason": BACK,
        "evidence": "text",
        "version": "3.4.7",
    }
    assert rows_at(checkout, "v3.4.7", "mandates") == rows_at(checkout, "v3.4.5", "mandates")


def all_three_releases_are_there(checkout):
    git(checkout, "tag", "--delete", "v3.4.5", "v3.4.6", "v3.4.7")
    texts = [text_in(checkout, version=version) for version in ("3.4.5", "3.4.6", "3.4.7")]
    assert texts == [OLD, NEW, OLD]
    assert text_in(checkout, text="printed") == OLD
    assert said(checkout, "diff", "3.4.5", "3.4.7", "--table", "mandates") == "no changes\n"
    assert "      it reads as printed again\n" in said(checkout, "show", ROW)
    told = said(checkout, "history", ROW)
    assert told.index("3.4.6 (2031-06-07)") < told.index("3.4.7 (2031-07-08)") < told.index(f"correction {SECOND}")
