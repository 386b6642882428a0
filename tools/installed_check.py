"""Run by the Python of an empty environment, offline: every table loads whole and the installed package is sound.

Usage: installed_check.py CHECKOUT. The checkout only tells what to expect: its tables are read with the csv module.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import sysconfig
from pathlib import Path


def main() -> int:
    """Print what was loaded and validated; 1 where anything is not as in the checkout."""
    checkout = Path(sys.argv[1])
    descriptor = json.loads((checkout / "datapackage.json").read_text(encoding="utf-8"))
    return check_tables(checkout, descriptor) or check_commands(descriptor["version"])


def check_tables(checkout: Path, descriptor: dict[str, object]) -> int:
    """Whether `load` gives every table with the columns and the number of rows of its file."""
    import mandates_data

    installed = Path(mandates_data.__file__).resolve()
    if checkout.resolve() in installed.parents and "site-packages" not in installed.parts:
        return _failed(f"the library was imported from the checkout: {installed}")
    if mandates_data.__version__ != descriptor["version"]:
        return _failed(f"__version__ is {mandates_data.__version__}, the descriptor says {descriptor['version']}")
    resources = descriptor["resources"]
    assert isinstance(resources, list)
    for resource in resources:
        with (checkout / resource["path"]).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        frame = mandates_data.load(resource["name"])
        if list(frame.columns) != header or len(frame) != len(rows):
            return _failed(f"load({resource['name']!r}) gives {frame.shape}, expected {(len(rows), len(header))}")
    with (checkout / "data" / "releases.csv").open(encoding="utf-8", newline="") as file:
        versions = [row["version"] for row in csv.DictReader(file)]
    for version in versions:
        if any(frame.attrs["version"] != version for frame in mandates_data.load_all(version=version).values()):
            return _failed(f"load_all(version={version!r}) gives another release")
    print(f"Loaded {len(resources)} tables from {installed.parent.name} in an empty environment", flush=True)
    return 0


def check_commands(version: str) -> int:
    """Whether the installed command proves the package, and names the extra that a format needs."""
    command = str(Path(sysconfig.get_path("scripts")) / "mandates-data")
    shown = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    if shown.stdout.strip() != f"mandates-data {version}":
        return _failed(f"--version printed {shown.stdout!r}")
    if subprocess.run([command, "validate"], check=False).returncode:
        return _failed("validate found the installed package unsound")
    refused = subprocess.run(
        [command, "convert", "--to", "parquet", "-o", "parquet"], capture_output=True, text=True, check=False
    )
    if refused.returncode != 2 or "mandates-data[parquet]" not in refused.stderr or "Traceback" in refused.stderr:
        return _failed(f"convert --to parquet without pyarrow ended in {refused.returncode}: {refused.stderr!r}")
    return 0


def _failed(message: str) -> int:
    print(f"installed_check: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
