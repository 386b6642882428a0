"""The checks of the large table in pandera, on a frame that pandas reads: what `bench_validate` is measured beside.

Vectorized checks of pandera wherever it has one. It reads the whole table into memory, and says nothing of the file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from tables import FIELDS

TYPES = {"integer": "Int64", "number": "Float64", "date": "datetime64[ns]", "string": "str"}


def column(field: dict[str, Any], documents: pd.Series[Any]) -> pa.Column:
    """A column with the constraints of a field."""
    asked = field["constraints"]
    checks = []
    if "pattern" in asked:
        checks.append(pa.Check.str_matches(f"^(?:{asked['pattern']})$"))
    if "enum" in asked:
        checks.append(pa.Check.isin(asked["enum"]))
    if "minLength" in asked or "maxLength" in asked:
        checks.append(pa.Check.str_length(asked.get("minLength"), asked.get("maxLength")))
    low, high = asked.get("minimum"), asked.get("maximum")
    if low is not None:
        dates = field["type"] == "date"
        checks.append(pa.Check.in_range(pd.Timestamp(low) if dates else low, pd.Timestamp(high) if dates else high))
    if field["name"] == "document_id":
        checks.append(pa.Check.isin(list(documents)))
    required = asked.get("required", False)
    unique = field["name"] == "mandate_id"
    return pa.Column(TYPES[field["type"]], checks, nullable=not required, unique=unique)


def main(folder: Path) -> None:
    """Read, check, and say whether all is well."""
    documents = pd.read_csv(folder / "data" / "documents.csv")["document_id"]
    texts = {field["name"]: "str" for field in FIELDS if field["type"] == "string"}
    others = {field["name"]: TYPES[field["type"]] for field in FIELDS if field["type"] in ("integer", "number")}
    dates = [field["name"] for field in FIELDS if field["type"] == "date"]
    frame = pd.read_csv(
        folder / "data" / "mandates.csv", dtype=texts | others, parse_dates=dates, keep_default_na=False, na_values=[""]
    )
    schema = pa.DataFrameSchema({field["name"]: column(field, documents) for field in FIELDS}, strict=True)
    frame[dates] = frame[dates].astype("datetime64[ns]")
    schema.validate(frame, lazy=True)
    print(f"{len(frame):,} rows are sound")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
