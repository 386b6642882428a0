"""Build the sdist and the wheel twice, compare their bytes, then use the wheel in an empty environment offline.

Usage: check_distribution.py WORK WHEELHOUSE. WORK is made anew and keeps the two builds and the environment;
WHEELHOUSE is a folder with the pinned wheels of what the package depends on.

Offline is a network namespace of its own where the system allows one. Inside Python every lookup and connection is
refused as well, everywhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECK = Path(__file__).resolve().parent / "installed_check.py"
NO_NETWORK = '''"""Read by every Python that starts with this folder on its path: no network."""
import sys

def _refuse(event, _arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError(f"offline: {event} was called")

sys.addaudithook(_refuse)
'''


def main() -> int:
    """Do all steps; the first that fails ends it."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    work, wheelhouse = (Path(argument).resolve() for argument in sys.argv[1:])
    shutil.rmtree(work, ignore_errors=True)
    first, second = build(work / "first"), build(work / "second")
    different = [one.name for one, other in zip(first, second, strict=True) if one.read_bytes() != other.read_bytes()]
    if different:
        print(f"Two builds gave different bytes: {', '.join(different)} in {work}.", file=sys.stderr)
        return 1
    print(f"Built twice, the same bytes: {', '.join(path.name for path in first)}")
    return use_offline(next(path for path in first if path.suffix == ".whl"), wheelhouse, work)


def build(folder: Path) -> list[Path]:
    """The sdist of the checkout and the wheel made from that sdist, by the pinned backend."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stdout}{done.stderr}The build failed.")
    return sorted(folder.iterdir())


def use_offline(wheel: Path, wheelhouse: Path, work: Path) -> int:
    """Install the wheel in an empty environment, load every table, validate: with the network off from the start."""
    environment = work / "empty"
    run([sys.executable, "-m", "venv", str(environment)])
    offline, elsewhere = work / "offline", work / "elsewhere"
    offline.mkdir()
    elsewhere.mkdir()
    (offline / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    python = str(environment / ("Scripts" if os.name == "nt" else "bin") / "python")
    prefix = own_network()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    variables = {**kept, "PYTHONPATH": str(offline)}
    pip = [python, "-m", "pip", "--isolated", "--disable-pip-version-check", "--quiet", "install", "--no-index"]
    run([*prefix, *pip, "--find-links", str(wheelhouse), str(wheel)], variables, elsewhere)
    return run([*prefix, python, str(CHECK), str(ROOT)], variables, elsewhere)


def own_network() -> list[str]:
    """The command that runs another one without any network; empty where the system has or allows none."""
    unshare = shutil.which("unshare")
    command = [unshare or "unshare", "--map-root-user", "--net"]
    if unshare and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
        print("Offline: in a network namespace of its own")
        return command
    print("Offline: this system gives no network namespace, so Python alone refuses connections")
    return []


def run(command: Sequence[str], variables: dict[str, str] | None = None, folder: Path = ROOT) -> int:
    """Run a command to its end; a failure ends the whole check with its code."""
    code = subprocess.run(command, env=variables, cwd=folder, check=False).returncode
    if code:
        raise SystemExit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())
