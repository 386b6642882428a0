"""Hostile pull requests: nothing outside the checkout changes, and the runner sees no command but ours."""

import json
import re
import shutil
import sys

import pytest
from markdown_it import MarkdownIt
from pull_requests import append, checked, comment, edit, git, named, repository

from mandates_data.package.opening import open_package

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="GitHub runs these steps on Linux")

TEXTS = [
    "::error::owned",
    "::error file=a.py,line=1::owned%0A::error::again",
    "::set-output name=findings::0",
    "::add-mask::summit",
    "::stop-commands::x",
    "##[add-mask]summit",
    "##vso[task.setvariable]a",
    "${{ github.token }} $(touch pwned) `touch pwned` ; touch pwned",
    "[a link](https://evil.example) ![a picture](https://evil.example/a.png) www.evil.example",
    "<img src=x onerror=alert(1)><script>alert(1)</script></details></summary>",
    "@octocat @org/team #1 GH-2 someone@example.org",
    "``` ~~~ | ` `` \\` -->",
    "\u202egnp.exe\u200b",
]
OURS = re.compile(r"::(error|warning) (file=[^,:]+,(line=\d+,)?)?title=[^:,]+::[^\r\n]*")


def refused_or_ours(runner):
    """The commands that are none of ours."""
    allowed = [line for line in named(runner, "Validate the package").commands if OURS.fullmatch(line)]
    assert len(allowed) <= 10
    return [line for step in runner.steps for line in step.commands if line not in allowed]


def left_alone(folder):
    """What stands beside the checkout, and is not the runner's own."""
    beside = {path.name for path in folder.iterdir()}
    assert beside <= {"outside", "checkout", "home", "temp", "bin", "pip.log"}
    assert list((folder / "home").iterdir()) == []
    assert [path.name for path in (folder / "outside").iterdir()] == ["secret.csv"]
    assert (folder / "outside" / "secret.csv").read_text() == "kept\n"
    changed = git(folder / "checkout", "status", "--porcelain", "--ignored").splitlines()
    return [line for line in changed if not line.startswith(" M ")]


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
TAGS = re.compile(r"</?(?:details|summary|code|del|ins|span|wbr)>")


def live(markdown):
    """What GitHub would make a mention, a link, a picture or an element of."""
    found = []
    for token in [inner for outer in MARKDOWN.parse(markdown) for inner in (outer, *(outer.children or ()))]:
        if token.type in ("link_open", "image"):
            found.append(token.type)
        elif token.type in ("html_inline", "html_block"):
            found += re.findall(r"<[^>]*>|@\w|://", TAGS.sub("", token.content))
        elif token.type == "text":
            found += re.findall(r"@\w|(?<!\w)#\d|://|www\.\w|GH-\d", token.content)
    return found


def test_texts_in_a_cell_reach_neither_the_runner_nor_the_markdown(tmp_path):
    lines = "".join(f'tourism{number},nowhere,"{text}"\n' for number, text in enumerate(TEXTS))
    narrow = "".join(f"{text}\n" for text in TEXTS)
    runner = checked(tmp_path, append("data/topics.csv", lines), append("data/documents.csv", narrow))
    assert refused_or_ours(runner) == []
    assert left_alone(tmp_path) == []
    for step in runner.steps:
        assert live(step.summary) == []
        assert len(step.summary.encode()) <= 1024**2
    assert live(comment(runner)) == []
    assert len(comment(runner)) <= 65_000


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_as_the_name_of_a_file_a_table_and_a_package_does_not_either(tmp_path, text):
    def rename(package):
        descriptor = json.loads((package / "datapackage.json").read_text())
        descriptor["name"] = descriptor["title"] = text
        descriptor["resources"][2]["name"] = text
        descriptor["resources"][2]["path"] = text
        (package / "datapackage.json").write_text(json.dumps(descriptor))

    runner = checked(tmp_path, rename)
    assert refused_or_ours(runner) == []
    assert left_alone(tmp_path) == []
    assert all(live(step.summary) == [] for step in runner.steps)
    assert live(comment(runner)) == []


def test_a_path_with_a_line_end_prints_no_second_line(tmp_path):
    name = "topics\n::error::owned.csv"

    def rename(package):
        (package / "data" / "topics.csv").rename(package / "data" / name)
        descriptor = json.loads((package / "datapackage.json").read_text())
        descriptor["resources"][2]["path"] = f"data/{name}"
        (package / "datapackage.json").write_text(json.dumps(descriptor))

    runner = checked(tmp_path, rename)
    assert refused_or_ours(runner) == []
    assert left_alone(tmp_path) == []


def test_a_cell_of_fifty_megabytes_leaves_the_summary_and_the_comment_within_their_limits(tmp_path):
    runner = checked(tmp_path, append("data/topics.csv", f"tourism,,{'x' * 50_000_000}\n"))
    assert refused_or_ours(runner) == []
    assert all(len(step.summary.encode()) <= 1024**2 for step in runner.steps)
    assert all(len(step.stdout) + len(step.stderr) < 100_000 for step in runner.steps)
    assert len(comment(runner)) <= 65_000


@pytest.mark.parametrize("target", ["../../outside/secret.csv", "/etc/passwd", "topics.csv"])
def test_a_symbolic_link_in_place_of_a_table_is_not_followed_out(tmp_path, target):
    def link(package):
        (package / "data" / "topics.csv").unlink()
        (package / "data" / "topics.csv").symlink_to(target)

    runner = checked(tmp_path, link)
    assert named(runner, "Fail where").code != 0
    assert refused_or_ours(runner) == []
    assert left_alone(tmp_path) == []
    told = comment(runner) + "".join(step.summary + step.stdout + step.stderr for step in runner.steps)
    assert "kept" not in told
    assert "root:" not in told


def test_a_link_in_place_of_the_folder_of_tables_is_not_followed_out(tmp_path):
    def link(package):
        git(package, "rm", "--quiet", "-r", "data")
        (package / "data").symlink_to("../outside")

    runner = checked(tmp_path, link)
    assert named(runner, "Fail where").code != 0
    assert left_alone(tmp_path) == []


@pytest.mark.parametrize("path", ["https://evil.example/data.csv", "../outside/secret.csv", "/etc/passwd", "C:\\x.csv"])
def test_a_path_that_leads_away_is_refused(tmp_path, path):
    runner = checked(tmp_path, edit("datapackage.json", '"data/topics.csv"', json.dumps(path)))
    assert named(runner, "Fail where").code != 0
    assert refused_or_ours(runner) == []
    assert live(comment(runner)) == []
    assert left_alone(tmp_path) == []


@pytest.mark.parametrize("table", ["topics", "documents"])
def test_null_characters_are_an_error(tmp_path, table):
    runner = checked(tmp_path, append(f"data/{table}.csv", "a\0b,,c\n"))
    assert named(runner, "Fail where").code == 1
    assert refused_or_ours(runner) == []
    assert "\0" not in comment(runner)


@pytest.mark.parametrize("content", ["", "{", "[1]", "::error::owned", "\0", '{"resources": "::error::owned"}'])
def test_a_descriptor_of_any_kind_is_an_error_in_words(tmp_path, content):
    runner = checked(tmp_path, lambda package: (package / "datapackage.json").write_text(content))
    assert named(runner, "Fail where").code != 0
    assert refused_or_ours(runner) == []
    assert "Traceback" not in "".join(step.stderr for step in runner.steps)


def test_a_folder_named_like_the_base_does_not_pass_for_it(tmp_path):
    def pretend(package):
        base = git(package, "rev-parse", "main").strip()
        edit("data/topics.csv", "Security", "Insecurity")(package)
        (package / base).mkdir()
        for name in ("data", "schemas"):
            shutil.copytree(package / name, package / base / name)
        shutil.copy(package / "datapackage.json", package / base)

    runner = checked(tmp_path, pretend)
    assert "Insecurity" in named(runner, "Show what changes").summary


def test_code_in_the_folder_that_is_checked_is_not_run_by_the_toolkit(tmp_path):
    def plant(package):
        for name in ("json", "click", "mandates_data", "pip", "venv", "sysconfig", "csv", "zipfile"):
            (package / f"{name}.py").write_text("open('pwned', 'w')\nraise SystemExit(0)\n")

    runner = checked(tmp_path, plant, append("data/topics.csv", "tourism,nowhere,T\n"))
    assert named(runner, "Fail where").code == 1
    assert not (tmp_path / "checkout" / "pwned").exists()


def test_the_package_of_these_tests_is_the_published_one(tmp_path):
    assert open_package(repository(tmp_path / "copy")).resources[2].path == "data/topics.csv"
