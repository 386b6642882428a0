"""Whether others' libraries take what the pages of `mandates-data site` say to machines and to who cites them.

Usage: check_metadata.py SITE. Run by `make metadata`, in an environment of its own. Each judge is then shown damaged
copies and has to refuse every one: a judge that lets all pass proves nothing.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from metadata import citations, croissant, schema_org
from metadata.told import Damages, Judge, told_by


def asked(site: Path) -> Iterator[tuple[str, Judge, Any, Damages, str]]:
    """What is judged: its name, its judge, what it says, how it is damaged, and how much there is."""
    (block,) = told_by(site / "index.html").blocks
    dataset = json.loads(block)
    files = f"{len(dataset['distribution'])} files"
    yield "schema.org Dataset", partial(schema_org.judge, site), dataset, schema_org.DAMAGES, files
    found = json.loads((site / "croissant.json").read_bytes())
    judge = partial(croissant.judge, site)
    yield "Croissant", judge, found, croissant.DAMAGES, croissant.rows(site, found)
    cited = citations.cited(site)
    yield "citations", citations.judge, cited, citations.DAMAGES, f"{len(cited) - 1} mandates and the data set"


def main() -> int:
    """Print what is wrong, or what was judged."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    failed = False
    for name, judge, found, damages, much in asked(Path(sys.argv[1])):
        wrong = judge(copy.deepcopy(found)) or [
            f"a damaged copy is let pass: {damage}" for damage in let_pass(judge, found, damages)
        ]
        for one in wrong:
            print(f"{name}: {one}")
        if not wrong:
            print(f"{name}: sound ({much}); {len(damages)} damaged copies are refused")
        failed |= bool(wrong)
    return int(failed)


def let_pass(judge: Judge, found: Any, damages: Damages) -> Iterator[str]:
    """The damages that the judge does not see."""
    for name, damage in damages.items():
        damaged = copy.deepcopy(found)
        damage(damaged)
        if not judge(damaged):
            yield name


if __name__ == "__main__":
    sys.exit(main())
