"""What a start costs: importing the library, `--help`, a question to the tables, and validating the package."""

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
    *(
        Comparison(
            f"mandates-data {command}",
            (OURS, command, asked),
            (sys.executable, "-c", "pass"),
            (f"mandates-data {command} {asked}", 'python -c "pass"'),
            Target(more=0.135),  # 150 ms as a whole process, of which a bare Python takes about 15
            rounds=40,
        )
        for command, asked in (("search", "firearms"), ("similar", "2009-port-of-spain-dec-008"))
    ),
    Comparison(
        "validating the published package",
        (OURS, "validate"),
        (FRICTIONLESS, "validate", "datapackage.json"),
        ("mandates-data validate", "frictionless validate datapackage.json"),
        Target(times=0.25),
    ),
)
