"""Write what is generated in the documentation; `--check` says what has drifted and writes nothing."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

from docs import commands, corrections, findings, package
from docs.blocks import Maker, rendered
from docs.shell import Scratch

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/codebook.md",
    "docs/codings.md",
    "docs/commands.md",
    "docs/findings.md",
    "docs/known-doubts.md",
)

SIZE = re.compile(r" +[\d,]+ bytes$", re.MULTILINE)


def main() -> int:
    """Make every page anew; 1 where `--check` finds one that would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page has drifted")
    parser.add_argument("pages", nargs="*", default=PAGES, help="left out: all of them")
    wanted = parser.parse_args()
    drifted = [page for page in wanted.pages if refreshed(ROOT / page, write=not wanted.check)]
    for page in drifted:
        print(f"{page}: {'has drifted. Run: make docs' if wanted.check else 'written'}")
    return 1 if wanted.check and drifted else 0


def refreshed(page: Path, *, write: bool) -> bool:
    """Whether the page's blocks are not what their makers give today; the page is then written, if it is to be."""
    before = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        scratch = Scratch(Path(home))
        makers: dict[str, Maker] = {
            "answers": scratch.answers,
            "commands": commands.commands,
            "corrections": corrections.corrections,
            "doubts": package.doubts,
            "fields": package.fields,
            "findings": findings.findings,
            "python": scratch.python,
            "run": scratch.run,
            "session": scratch.session,
            "subtopics": package.subtopics,
            "tables": package.tables,
            "weaknesses": package.weaknesses,
        }
        after = rendered(before, makers)
    # How many bytes a database or workbook takes is up to the system's libraries: only that is allowed to differ.
    drifted = SIZE.sub("", after) != SIZE.sub("", before)
    if write and drifted:
        page.write_text(after, encoding="utf-8", newline="")
    return drifted


if __name__ == "__main__":
    sys.exit(main())
