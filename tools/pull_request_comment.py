"""Put together what a pull request is told, from what the steps of its checks have written.

Usage: pull_request_comment.py FOLDER RUN. Read from FOLDER, each where it is there: `report.md` (the findings),
`changes.md` and `counts.md` (the changes, and how many), `repairs.patch`, `left.md`, `mended.md` and `mended-counts.md`
(findings and changes once the repairs are made), `trouble.txt` (why something could not be done). RUN is the number of
the run, which has the artifacts. Writes `comment.md`.
"""

from __future__ import annotations

import sys
from pathlib import Path

MOST = 64_000
"""Characters of a comment, with room for the line that the other workflow puts before it."""
MOST_FINDINGS = 24_000


def comment(found: dict[str, str], run: str) -> str:
    """The comment, from the texts by the names of their files."""
    if found.get("repairs.patch"):
        parts = [f"{_verdict(found.get('report.md', ''))}\n", _repairs(run), _left(found.get("left.md", ""))]
    else:
        parts = [_findings(found.get("report.md", ""))]
    if found.get("trouble.txt"):
        parts.append("".join(f"    {line}\n" for line in found["trouble.txt"].splitlines()))
    room = MOST - sum(len(part) + 1 for part in parts)
    parts.append(_changes(found, room))
    return "\n".join(part for part in parts if part)


def _verdict(page: str) -> str:
    return page.partition("\n")[0] or "### The package could not be checked"


def _findings(page: str) -> str:
    """The findings; of very many the causes alone."""
    if not page:
        return f"{_verdict('')}\n\nThe log of the run says why.\n"
    if len(page) <= MOST_FINDINGS:
        return page
    causes = page.partition("\n#### ")[0]
    if len(causes) > MOST_FINDINGS:
        causes = _verdict(page)
    return f"{causes}\n\nThe summary of the run tells them line by line.\n"


def _left(page: str) -> str:
    """What is found once the repairs are made, without the verdict on it."""
    title = "#### What is left for you to do"
    if not page:
        return f"{title}\n\nThat could not be told. The summary of the run has all that was found.\n"
    head, _, rest = _findings(page).partition("\n")
    return f"{title}\n\n{rest.strip() or 'Nothing.'}\n" if head else ""


def _repairs(run: str) -> str:
    return (
        "#### What can be mended for you\n\n"
        "Some of this needs no decision of yours: the form of a file, cells that a program has rewritten, sizes and "
        "hashes in the descriptor. It is mended in the artifact `repairs` of the run, and what you meant is kept:\n\n"
        f"- with git: `gh run download {run} --name repairs && git apply repairs.patch`, then commit\n"
        "- without git: open the run, download `repairs`, and upload the files in `files` in place of yours\n"
    )


def _changes(found: dict[str, str], room: int) -> str:
    """The changes, of the mended package where there is one: that is what the contributor meant."""
    for name, title in (("mended", "What you change, once that is mended"), ("changes", "What you change")):
        if name == "mended" and not found.get("repairs.patch"):
            continue
        counts = "counts.md" if name == "changes" else "mended-counts.md"
        for text in (found.get(f"{name}.md", ""), found.get(counts, "")):
            part = f"#### {title}\n\n{text.partition(chr(10))[2].lstrip()}" if text else ""
            if part and text.startswith("### No changes"):
                part = f"#### {title}\n\nNothing: the tables say what they said before.\n"
            if part and len(part) <= room:
                return part
    return ""


def main() -> int:
    """Read the folder and write the comment."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    folder, run = Path(sys.argv[1]), sys.argv[2]
    names = ("report.md", "left.md", "trouble.txt", "changes.md", "counts.md", "mended.md", "mended-counts.md")
    found = {name: (folder / name).read_text(encoding="utf-8") for name in names if (folder / name).is_file()}
    patch = folder / "repairs.patch"
    if patch.is_file() and patch.stat().st_size:
        found["repairs.patch"] = "there"
    (folder / "comment.md").write_text(comment(found, run), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
