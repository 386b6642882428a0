"""The documentation says what is so: its generated blocks are fresh, and no command or table is left out."""

import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mandates_data.cli.app import COMMANDS
from mandates_data.package.opening import open_package

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "docs/codebook.md", "docs/codings.md", "docs/commands.md", "docs/findings.md")


def made_by_the_pinned_libraries() -> bool:
    """Help pages and frames are printed by libraries whose layout differs from version to version."""
    pinned = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    return all(f"\n{name}=={importlib.metadata.version(name)} " in pinned for name in ("click", "pandas"))


@pytest.mark.skipif(sys.platform != "linux", reason="the README's commands are run by a Linux shell")
@pytest.mark.parametrize("page", PAGES)
def test_the_generated_blocks_of_a_page_are_fresh(page: str) -> None:
    if not made_by_the_pinned_libraries():
        pytest.skip("the pages are made with the pinned libraries")
    command = [sys.executable, str(ROOT / "tools" / "make_docs.py"), "--check", page]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_command_is_documented_and_shown_in_the_readme() -> None:
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"## `mandates-data {name}`" not in commands] == []
    assert [name for name in COMMANDS if f"$ mandates-data {name}" not in readme] == []


def test_every_table_and_every_column_stands_in_the_codebook() -> None:
    codebook = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    for resource in open_package(ROOT).resources:
        chapter = codebook.partition(f"### `{resource.name}`\n")[2].partition("\n### ")[0]
        assert [name for name in resource.schema.field_names if f"\n| `{name}` |" not in chapter] == []


WRITTEN = ("CHANGELOG.md", "SECURITY.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))


@pytest.mark.parametrize("page", sorted({*PAGES, *WRITTEN}))
def test_no_link_between_pages_is_dead(page: str) -> None:
    text = re.sub(r"`[^`\n]*`", "", (ROOT / page).read_text(encoding="utf-8"))
    links = [
        link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link and not link.startswith("mailto:")
    ]
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []
