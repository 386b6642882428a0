"""croissant.json, judged by Croissant's own validator, which also has to read every row of every table by it."""

from __future__ import annotations

import json
import logging
import tempfile
from pathlib import Path
from typing import Any

import mlcroissant

from .told import Damages, table


class Refusing(logging.Handler):
    """Keeps every warning: a form that is only nearly right counts as wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.heard.append(record.getMessage())


def judge(site: Path, found: Any) -> list[str]:
    """What is wrong with the description, given as JSON."""
    ear = Refusing()
    logging.getLogger().addHandler(ear)
    try:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "croissant.json"
            place.write_text(json.dumps(found), encoding="utf-8")
            return [*_read(site, place), *ear.heard]
    except (mlcroissant.ValidationError, mlcroissant.GenerationError, ValueError, KeyError) as error:
        return [f"{type(error).__name__}: {error}"]
    finally:
        logging.getLogger().removeHandler(ear)


def _read(site: Path, place: Path) -> list[str]:
    # The files are taken from beside the pages, whatever address they will have: they may not be published yet.
    names = [one["@id"] for one in json.loads(place.read_bytes())["distribution"]]
    files = {name: site / "downloads" / name for name in names if (site / "downloads" / name).is_file()}
    dataset = mlcroissant.Dataset(jsonld=str(place), mapping=files)
    wrong = [*dataset.metadata.ctx.issues.errors, *dataset.metadata.ctx.issues.warnings]
    for record_set in dataset.metadata.record_sets:
        name = record_set.uuid
        fields = {one.uuid for one in record_set.fields}
        rows = table(site, name)
        records = list(dataset.records(record_set=name))
        if len(records) != len(rows):
            wrong.append(f"{name}: {len(records)} records of {len(rows)} rows were read")
        if rows and fields != {f"{name}/{column}" for column in rows[0]}:
            wrong.append(f"{name}: the fields are not the columns")
    return wrong


def rows(site: Path, found: Any) -> str:
    """How much is read by it, in words."""
    names = [one["name"] for one in found["recordSet"]]
    return f"{sum(len(table(site, name)) for name in names):,} rows of {len(names)} tables are read by it"


DAMAGES: Damages = {
    "no licence": lambda found: found.pop("license"),
    "a column that the table has not": lambda found: _source(found)["extract"].update(column="nothing"),
    "a file that is not described": lambda found: _source(found)["fileObject"].update({"@id": "nothing.csv"}),
    "a type that there is not": lambda found: found["recordSet"][0]["field"][0].update(dataType="sc:Nothing"),
    "a number where words stand": lambda found: _worded(found).update(dataType="sc:Integer"),
    "a column left out": lambda found: found["recordSet"][0]["field"].pop(),
}


def _source(found: Any) -> Any:
    return found["recordSet"][0]["field"][0]["source"]


def _worded(found: Any) -> Any:
    tables = {one["name"]: one for one in found["recordSet"]}
    return next(one for one in tables["mandates"]["field"] if one["name"] == "text")
