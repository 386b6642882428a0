"""Cells that hold JSON, and points on the globe; `types.compile_field` is the way in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from ..errors import CellError
from .model import Field

if TYPE_CHECKING:
    from decimal import Decimal

Cast = Callable[[str], object]

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_POINT = rf"({_NUMBER}), ?({_NUMBER})"

_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How deep the positions lie in the coordinates of each geometry (RFC 7946, section 3.1)."""


def object_(_field: Field) -> Cast:
    """See `types.compile_field`."""
    return lambda text: _json(text, dict, 'a JSON object, such as {"name": "value"}')


def array(_field: Field) -> Cast:
    """See `types.compile_field`."""
    return lambda text: _json(text, list, "a JSON list, such as [1, 2]")


def _json(text: str, kind: type, expected: str, *, exact: bool = False) -> Any:
    """The JSON value of a text; `exact` makes its numbers `Decimal`."""
    import json

    how: dict[str, Any] = {"parse_constant": _refuse}
    if exact:
        from decimal import Decimal

        how |= {"parse_float": Decimal, "parse_int": Decimal}
    try:
        value = json.loads(text, **how)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise CellError(expected) from error
    if not isinstance(value, kind):
        raise CellError(expected)
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def geopoint(field: Field) -> Cast:
    """See `types.compile_field`. A longitude lies within 180 degrees, a latitude within 90."""
    forms = {"default": _point_from_text, "array": _point_from_array, "object": _point_from_object}
    if field.format not in forms:
        raise CellError(f"a format of the type geopoint, not {field.format!r}")
    read = forms[field.format]

    def cast(text: str) -> object:
        longitude, latitude = read(text)
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise CellError("a longitude between -180 and 180, then a latitude between -90 and 90")
        return longitude, latitude

    return cast


def _point_from_text(text: str) -> tuple[Decimal, Decimal]:
    from decimal import Decimal

    found = re.fullmatch(_POINT, text)
    if found is None:
        raise CellError('a longitude and a latitude, such as "90.50, 45.50"')
    try:
        return Decimal(found[1]), Decimal(found[2])
    except ArithmeticError as error:
        raise CellError("a longitude between -180 and 180, then a latitude between -90 and 90") from error


def _point_from_array(text: str) -> tuple[Decimal, Decimal]:
    expected = "a longitude and a latitude as a JSON list, such as [90.50, 45.50]"
    value = _json(text, list, expected, exact=True)
    if len(value) != 2 or not _are_numbers(value):
        raise CellError(expected)
    return value[0], value[1]


def _point_from_object(text: str) -> tuple[Decimal, Decimal]:
    expected = 'a longitude and a latitude as a JSON object, such as {"lon": 90.50, "lat": 45.50}'
    value = _json(text, dict, expected, exact=True)
    if set(value) != {"lon", "lat"} or not _are_numbers(value.values()):
        raise CellError(expected)
    return value["lon"], value["lat"]


def _are_numbers(values: Iterable[object]) -> bool:
    from decimal import Decimal

    return all(isinstance(value, Decimal) for value in values)


def geojson(field: Field) -> Cast:
    """See `types.compile_field`. GeoJSON is RFC 7946; of TopoJSON only the outer form is looked at."""
    if field.format not in ("default", "topojson"):
        raise CellError(f"a format of the type geojson, not {field.format!r}")
    topology = field.format == "topojson"
    expected = "a TopoJSON object" if topology else 'a GeoJSON object, such as {"type": "Point", "coordinates": [0, 0]}'

    def cast(text: str) -> object:
        value = _json(text, dict, expected)
        try:
            fits = _is_topology(value) if topology else _is_geojson(value)
        except RecursionError:
            fits = False
        if not fits:
            raise CellError(expected)
        return value

    return cast


def _is_topology(value: Any) -> bool:
    objects, arcs = value.get("objects"), value.get("arcs")
    return value.get("type") == "Topology" and isinstance(objects, dict) and isinstance(arcs, list)


def _is_geojson(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    if kind == "Feature":
        geometry = value.get("geometry", False)
        properties = value.get("properties", False)
        return (geometry is None or _is_geometry(geometry)) and (properties is None or isinstance(properties, dict))
    if kind == "FeatureCollection":
        features = value.get("features")
        return isinstance(features, list) and all(
            isinstance(item, dict) and item.get("type") == "Feature" and _is_geojson(item) for item in features
        )
    return _is_geometry(value)


def _is_geometry(value: Any) -> bool:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "GeometryCollection":
        members = value.get("geometries")
        return isinstance(members, list) and all(_is_geometry(member) for member in members)
    if not isinstance(kind, str) or kind not in _DEPTHS:
        return False
    coordinates = value.get("coordinates")
    return _positions(coordinates, _DEPTHS[kind]) and _long_enough(kind, coordinates)


def _long_enough(kind: str, coordinates: Any) -> bool:
    """Whether lines have two positions, and rings four of which the last is the first."""
    if kind == "LineString":
        return len(coordinates) > 1
    if kind == "MultiLineString":
        return all(len(line) > 1 for line in coordinates)
    if kind in ("Polygon", "MultiPolygon"):
        rings = coordinates if kind == "Polygon" else [ring for polygon in coordinates for ring in polygon]
        return all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings)
    return True


def _positions(value: Any, depth: int) -> bool:
    if not isinstance(value, list):
        return False
    if depth:
        return all(_positions(item, depth - 1) for item in value)
    return len(value) > 1 and all(isinstance(n, (int, float)) and not isinstance(n, bool) for n in value)
