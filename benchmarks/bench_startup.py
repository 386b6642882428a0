"""What a start costs: importing the library, `--help`, and validating the published package."""

from __future__ import annotations

import sys
from pathlib import Path

from timing import Comparison, Target

SCRIPTS = Path(sys.executable).parent
OURS = str(SCRIPTS / "mandates-data")
FRICTIONLESS = str(SCRIPTS / "frictionless")

COMPARISONS = (
    Comparison(
        "import mandates_data",
        (sys.executable, "-c", "import mandates_data"),
        (sys.executable, "-c", "pass"),
        ('python -c "import mandates_data"', 'python -c "pass"'),
        Target(more=0.030),
        rounds=40,
    ),
    Comparison(
        "the help page",
        (OURS, "--help"),
        (sys.executable, "-c", "pass"),
        ("mandates-data --help", 'python -c "pass"'),
        Target(more=0.080),
        rounds=40,
    ),
    Comparison(
        "validating the published package",
        (OURS, "validate"),
        (FRICTIONLESS, "validate", "datapackage.json"),
        ("mandates-data validate", "frictionless validate datapackage.json"),
        Target(times=0.25),
    ),
)
