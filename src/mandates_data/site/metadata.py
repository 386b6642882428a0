"""What machines read of the site: schema.org Dataset on the first page, and Croissant beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..package.model import Field, Package, Resource
from .downloads import Download
from .model import Site

_TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
"""Croissant's names for types that every row can be read as; all others are texts."""


def dataset(site: Site, package: Package, downloads: Sequence[Download]) -> str:
    """The schema.org Dataset as JSON-LD for a page: it holds no sign that could end the element around it."""
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_described(site, package),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.name,
                "description": one.title,
                "contentUrl": f"{site.cover.address}{one.address}",
                "contentSize": f"{one.size} B",
                "encodingFormat": _media_type(one.name),
                "sha256": one.sha256,
            }
            for one in downloads
        ],
    }
    return _json(found, indent=None)


def croissant(site: Site, package: Package, downloads: Sequence[Download]) -> bytes:
    """The package in Croissant 1.0 (http://mlcommons.org/croissant/1.0): a file and a record set a table."""
    held = {one.table: one for one in downloads if one.table}
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **_described(site, package),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{table}.csv",
                "name": f"{table}.csv",
                "description": one.title,
                "contentUrl": f"{site.cover.address}{one.address}",
                "contentSize": f"{one.size} B",
                "encodingFormat": "text/csv",
                "sha256": one.sha256,
            }
            for table, one in held.items()
        ],
        "recordSet": [_record_set(resource) for resource in package.resources if resource.name in held],
    }
    return (_json(found, indent=2) + "\n").encode("utf-8")


def _described(site: Site, package: Package) -> dict[str, Any]:
    """What both say of the whole. Where no address is known, the homepage stands for it."""
    cover = site.cover
    found = {
        "name": cover.title,
        "alternateName": cover.name,
        "description": cover.description or cover.title,
        "version": cover.version,
        "url": cover.address or package.raw.get("homepage"),
        "datePublished": cover.released_on,
        "keywords": package.raw.get("keywords"),
        "license": [
            one["path"] for one in _listed(package, "licenses") if isinstance(one.get("path"), str)
        ],
        "creator": [{"@type": "Organization", "name": name} for name in _names(package)],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "citeAs": f"{cover.title}, version {cover.edition}",
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _names(package: Package) -> list[str]:
    return [one["title"] for one in _listed(package, "contributors") if isinstance(one.get("title"), str)]


def _listed(package: Package, name: str) -> list[Mapping[str, Any]]:
    listed = package.raw.get(name)
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []


def _record_set(resource: Resource) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": resource.name,
        "name": resource.name,
        "description": resource.description or resource.title or resource.name,
        "field": [_field(resource, field) for field in resource.schema.fields],
    }


def _field(resource: Resource, field: Field) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{resource.name}/{field.name}",
        "name": field.name,
        "description": field.description or field.title or field.name,
        "dataType": _TYPES.get(field.type, "sc:Text") if field.constraints.required else "sc:Text",
        "source": {"fileObject": {"@id": f"{resource.name}.csv"}, "extract": {"column": field.name}},
    }


def _media_type(name: str) -> str:
    endings = {".csv": "text/csv", ".zip": "application/zip", ".json": "application/json"}
    return next((kind for ending, kind in endings.items() if name.endswith(ending)), "application/vnd.sqlite3")


def _json(value: Any, indent: int | None) -> str:
    return json.dumps(value, ensure_ascii=True, indent=indent).replace("<", "\\u003c")


_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification asks for, word by word: a reader compares it."""
