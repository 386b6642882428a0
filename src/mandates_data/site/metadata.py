"""What machines read of the site: schema.org Dataset on the first page, and Croissant beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..explore.citing import Citation
from ..package.model import Field, Package, Resource
from .addresses import outside
from .downloads import Download
from .model import Site

_TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
"""Croissant's names for types that every row can be read as; all others are texts."""


def dataset(site: Site, package: Package, cited: Citation, downloads: Sequence[Download]) -> str:
    """The schema.org Dataset as JSON-LD for a page: it holds no sign that could end the element around it.

    It has what Google's rules for datasets ask for (https://developers.google.com/search/docs/appearance/structured-data/dataset)
    as far as the package states it. No citation: that is for works to be cited beside the data.
    """
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_described(site, package, cited),
        "identifier": package.raw.get("id"),
        "temporalCoverage": _years(site),
        "creditText": cited.text,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.name,
                "description": one.title,
                **_file(site, one),
            }
            for one in downloads
            if not one.refused
        ],
    }
    return _json(_stated(found), indent=None)


def croissant(site: Site, package: Package, cited: Citation, downloads: Sequence[Download]) -> bytes:
    """The package in Croissant 1.0 (http://mlcommons.org/croissant/1.0): a file and a record set a table."""
    held = {one.table: one for one in downloads if one.table}
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **_described(site, package, cited),
        "citeAs": cited.bibtex,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{table}.csv",
                "name": f"{table}.csv",
                "description": one.title,
                **_file(site, one),
            }
            for table, one in held.items()
        ],
        "recordSet": [_record_set(resource) for resource in package.resources if resource.name in held],
    }
    return (_json(_stated(found), indent=2) + "\n").encode("utf-8")


def _file(site: Site, file: Download) -> dict[str, str]:
    """Where no address is known, that of the file is relative: readers of JSON-LD start from where they found it."""
    return {
        "contentUrl": f"{site.cover.address}{file.address}",
        "contentSize": f"{file.size} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _described(site: Site, package: Package, cited: Citation) -> dict[str, Any]:
    """What both say of the whole. Where no address is known, the homepage stands for it."""
    cover = site.cover
    description = cover.description or cover.title
    licenses = package.raw.get("licenses")
    paths = [one.get("path") for one in licenses if isinstance(one, Mapping)] if isinstance(licenses, list) else []
    return {
        "name": cover.title,
        "alternateName": cover.name,
        "description": description if len(description) <= _LONGEST else f"{description[: _LONGEST - 1]}…",
        "version": cover.version,
        "url": cover.address or _web(package.raw.get("homepage")),
        "datePublished": cover.released_on,
        "keywords": package.raw.get("keywords"),
        "license": [path for path in paths if _web(path)],
        "creator": [{"@type": "Organization", "name": name} for name in cited.data_set.authors],
        "isAccessibleForFree": True,
        "inLanguage": "en",
    }


_LONGEST = 5000
"""Characters of a description that Google reads."""


def _web(address: object) -> str:
    """An address on the web as it is; nothing for anything else, a path within the package among it."""
    return outside(address) if isinstance(address, str) else ""


def _years(site: Site) -> str:
    """The years of the summits whose mandates these are, as ISO 8601 says a span: `1994/2022`."""
    days = [day for mandate in site.mandates.values() for day in (mandate.year, mandate.summit["end_date"])]
    years = sorted({day[:4] for day in days if re.match("[0-9]{4}", day)})
    return "/".join(dict.fromkeys([years[0], years[-1]])) if years else ""


def _stated(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value}


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
