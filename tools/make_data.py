"""Make what is generated in the data: tables from the archived pages, the release's digest, sizes and hashes.

`make data` writes them; with `--check` nothing is written, and the exit code is 1 where a file would change.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from mandates_data.mandates.extract import extract, pending_files
from mandates_data.package.files import write_files
from mandates_data.package.model import Package
from mandates_data.package.opening import open_package
from mandates_data.package.reader import read_rows
from mandates_data.package.refresh import PendingStore, content_digest, refreshed_descriptor
from mandates_data.package.writer import canonical

ROOT = Path(__file__).resolve().parent.parent
NOT_IN_DIGEST = ("releases", "changes")
"""Tables that tell of releases and so cannot be part of what a release's digest is taken over."""


def main() -> int:
    """Write or check, and say what has drifted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a file would change")
    check = parser.parse_args().check
    drifted = False
    for contents in _steps():
        changed = [path for path, content in contents.items() if _held(path) != content]
        for path in changed:
            drifted = True
            print(f"{path.relative_to(ROOT)} {'is not what `make data` makes' if check else 'written'}")
        if not check:
            write_files(contents)
    return int(check and drifted)


def _steps() -> Iterator[Mapping[Path, bytes]]:
    """Files to write, step by step: each step reads what the one before has written."""
    for page in sorted((ROOT / "data/source").glob("*.txt")):
        package = open_package(ROOT)
        extraction = extract(package, page)
        for problem in extraction.problems:
            print(f"{page.relative_to(ROOT)}:{problem.line}: {problem.message}", file=sys.stderr)
        if extraction.problems:
            sys.exit(1)
        yield pending_files(package, extraction)
    yield _with_digest(open_package(ROOT))


def _with_digest(package: Package) -> dict[Path, bytes]:
    """`releases` with the digest of the version at hand, and the descriptor with sizes and hashes."""
    releases = package.resource("releases")
    version, digest = (releases.schema.field_names.index(name) for name in ("version", "sha256"))
    rows = [list(record.cells) for batch in read_rows(package, releases) for record in batch]
    for row in rows:
        if row[version] == package.version:
            row[digest] = content_digest(PendingStore(ROOT, {}), NOT_IN_DIGEST)
    contents = {ROOT / releases.path: canonical(releases.schema, rows)}
    contents[ROOT / "datapackage.json"] = refreshed_descriptor(ROOT, contents)
    return contents


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
