"""The workflow that may write: what it believes of an artifact, and what it refuses."""

import importlib.util
import json
import sys
import zipfile

import pytest
from comments import HEAD, posted
from pull_requests import checked, comment, spreadsheet
from steps import ROOT

specification = importlib.util.spec_from_file_location("_checked_comment", ROOT / "tools" / "checked_comment.py")
tool = importlib.util.module_from_spec(specification)
sys.modules["_checked_comment"] = tool
specification.loader.exec_module(tool)

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="GitHub runs these steps on Linux")


@on_linux
def test_a_comment_is_posted_under_the_pull_request_of_the_run(tmp_path):
    step, asked, text = posted(tmp_path / "a", {"number": "12\n", "comment.md": "### All is well\n"})
    assert step.code == 0
    assert "repos/them/data/issues/12/comments" in asked[-1]
    assert "--method POST" in asked[-1]
    assert text.startswith("<!-- mandates-data: the checks -->\n<sub>Written by the checks")
    assert text.endswith("\n\n### All is well\n")


@on_linux
def test_an_earlier_comment_is_written_anew(tmp_path):
    _step, asked, _text = posted(tmp_path / "a", {"number": "12\n", "comment.md": "Fine\n"}, before="991")
    assert "--method PATCH repos/them/data/issues/comments/991" in asked[-1]


@on_linux
@pytest.mark.parametrize("state", ["closed " + HEAD, "open " + "f" * 40, ""])
def test_nothing_is_said_under_a_pull_request_that_is_not_at_this_revision(tmp_path, state):
    step, asked, text = posted(tmp_path / "a", {"number": "12\n", "comment.md": "Fine\n"}, state=state)
    assert (step.code, text) == (0, "")
    assert not any("--method" in line for line in asked)


@on_linux
@pytest.mark.parametrize("number", ["", "0", "12/../13", "12\n13", "-1", "$(touch x)", "12 --method DELETE", "1" * 30])
def test_a_number_that_is_none_ends_it(tmp_path, number):
    step, asked, text = posted(tmp_path / "a", {"number": number, "comment.md": "Fine\n"})
    assert (step.code, text) == (2, "")
    assert not any("/pulls/" in line for line in asked)


@on_linux
def test_without_an_artifact_nothing_is_said(tmp_path):
    step, asked, text = posted(tmp_path / "a", {}, artifact="")
    assert (step.code, text, len(asked)) == (0, "", 1)


@on_linux
def test_no_file_of_the_artifact_is_unpacked(tmp_path):
    members = {"number": "12\n", "comment.md": "Fine\n", "../../home/evil": "x", "tools/checked_comment.py": "x"}
    posted(tmp_path / "a", members)
    assert list((tmp_path / "a" / "home").iterdir()) == []
    assert sorted(path.name for path in (tmp_path / "a" / "temp" / "comment").iterdir()) == [
        "artifact.zip",
        "body.md",
        "number",
        "whole.md",
    ]


@on_linux
def test_the_comment_that_our_own_checks_write_is_shown_as_it_is(tmp_path):
    told = comment(checked(tmp_path, spreadsheet))
    assert tool.what_is_wrong(told.encode()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "plain words: `a < b` \\< and &lt;",
        "- `url`: `https://example.org/@team`",
        "a@<wbr>b #<wbr>12 http:<wbr>//x",
        "| a | `x \\| y` |",
        "<details><summary><code>topics</code>: 1 row added</summary>\n\n- <ins>`x`</ins>\n\n</details>\n",
    ],
)
def test_our_own_ways_of_writing_are_let_through(text):
    assert tool.what_is_wrong(text.encode()) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("@octocat look", "it holds a mention or a link"),
        ("\\@octocat", "it holds a mention or a link"),
        ("&#64;octocat", "it holds HTML"),
        ("&commat;octocat", "it holds HTML"),
        ("see https://evil.example", "it holds a mention or a link"),
        ("see WWW.evil.example", "it holds a mention or a link"),
        ("like #12", "it holds a mention or a link"),
        ("[a](b)", "it holds a link or a picture"),
        ("![a](b)", "it holds a link or a picture"),
        ("[a]: b", "it holds a link or a picture"),
        ("<img src=x>", "it holds HTML"),
        ("a <a href=x>b</a>", "it holds HTML"),
        ("a <!-- b", "it holds HTML"),
        ("<script>x</script>", "it holds HTML"),
        ("<details><summary>a</summary>\n`@octocat`", "it holds HTML"),
        ("<details><summary>`@octocat`</summary>\n\n", "it holds a mention or a link"),
        ("- <details>\n`@octocat`", "it holds HTML"),
        ("<ins>\n`@octocat`", "it holds HTML"),
        ("`\n` @octocat `", "it opens a block that does not close"),
        ("```\n@octocat\n```", "it opens a block that does not close"),
        ("~~~\ntext", "it opens a block that does not close"),
        ("| `a | @octocat` |\n|---|---|", "it holds a mention or a link"),
        ("a\x1b[31m", "it holds signs that nobody sees"),
        ("a\rb", "it holds signs that nobody sees"),
        ("a\0b", "it holds signs that nobody sees"),
        ("a\u202eb", "it holds signs that nobody sees"),
        (" \n", "it is empty"),
        ("x" * 65_001, "it is too long"),
        ("x" * 200_001, "it is too long"),
    ],
)
def test_what_could_reach_a_reader_otherwise_is_not_shown(text, reason):
    assert tool.what_is_wrong(text.encode()) == reason


def test_a_text_that_is_not_shown_is_replaced_by_a_sentence():
    assert tool.checked(b"\xff") == (
        "The text that the checks wrote is not shown: it is not UTF-8. It stands in the summary of the run.\n"
    )


def test_a_member_that_unpacks_to_much_is_read_no_further_than_the_limit(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("number", "12")
        archive.writestr("comment.md", "x" * 50_000_000)
    number, content = tool.read_artifact(tmp_path / "a.zip")
    assert (number, len(content)) == (12, 200_001)
    assert json.dumps(tool.what_is_wrong(content)) == '"it is too long"'
