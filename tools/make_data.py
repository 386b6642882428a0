"""Make what is generated in the data: tables from the archived pages, sizes and hashes.

The digest of a release is written by `mandates-data release prepare` alone, and stays when the tables are edited: it
tells the release from the edited tree.

`make data` writes them; with `--check` nothing is written, and the exit code is 1 where a file would change.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from mandates_data.mandates.annotate import annotate, annotation_files, read_sources
from mandates_data.mandates.extract import extract, pending_files
from mandates_data.package.files import write_files
from mandates_data.package.opening import open_package
from mandates_data.package.refresh import refreshed_descriptor

ROOT = Path(__file__).resolve().parent.parent


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
    package = open_package(ROOT)
    annotation = annotate(read_sources(package))
    for fault in annotation.faults:
        print(f"{fault.path}:{fault.line}: {fault.message}", file=sys.stderr)
    if annotation.faults:
        sys.exit(1)
    yield annotation_files(package, annotation)
    yield {ROOT / "datapackage.json": refreshed_descriptor(ROOT)}


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
