"""Print the version of the package, for a shell."""

from __future__ import annotations

import json
from pathlib import Path

print(json.loads((Path(__file__).resolve().parent.parent / "datapackage.json").read_text(encoding="utf-8"))["version"])
