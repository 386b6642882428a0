"""The oldest library versions that pyproject.toml allows, as exact pins.

`make lock` resolves them into requirements/floors.txt and `make floors` runs the tests on them, so that no floor is a
guess. With `--check FILE` it says which floor of pyproject.toml that file does not pin.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def floors(pyproject: Path) -> list[str]:
    """Every `name>=version` of the project and its extras as `name==version`."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    pins = []
    for requirement in wanted:
        found = re.fullmatch(r"([A-Za-z0-9_.-]+)>=([0-9][0-9.]*)(,<[0-9.]+)?", requirement)
        if found:
            pins.append(f"{found[1]}=={found[2]}")
        elif not requirement.startswith(project["name"] + "["):
            raise SystemExit(f"pyproject.toml: {requirement!r} has no floor. Write it as name>=version.")
    return sorted(set(pins))


def main() -> int:
    """Print the pins, or check a lock file against them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=Path, metavar="FILE")
    lock = parser.parse_args().check
    pins = floors(ROOT / "pyproject.toml")
    if lock is None:
        print(*pins, sep="\n")
        return 0
    pinned = re.findall(r"^([^\s;]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    released = {name: _release(version) for name, version in pinned}
    missing = [pin for pin in pins if released.get(pin.split("==")[0]) != _release(pin.split("==")[1])]
    for pin in missing:
        print(f"{lock}: does not pin {pin}. Run: make lock", file=sys.stderr)
    return 1 if missing else 0


def _release(version: str) -> str:
    """A version without its closing zeros: 3.0 and 3.0.0 are one release."""
    return re.sub(r"(\.0)+$", "", version)


if __name__ == "__main__":
    sys.exit(main())
