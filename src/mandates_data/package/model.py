"""What a Data Package says of itself, as frozen values: `Package > Resource > Schema > Field`.

Names follow the Data Package and Table Schema standards, version 2 (https://datapackage.org/standard/), in
`snake_case`. Building a value checks only what the value needs to exist; whether a descriptor keeps every rule of
the standard is told by `mandates_data.validate`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ..errors import UnknownNameError

if TYPE_CHECKING:
    from .store import Store

FIELD_TYPES = (
    "string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time", "year",
    "yearmonth", "duration", "geopoint", "geojson", "any",
)  # fmt: skip
FieldsMatch = Literal["exact", "equal", "subset", "superset", "partial"]
FIELDS_MATCH: tuple[FieldsMatch, ...] = ("exact", "equal", "subset", "superset", "partial")


@dataclass(frozen=True, slots=True)
class Constraints:
    """Table Schema field constraints; None where the schema says nothing.

    Bounds and `enum` keep the JSON value of the schema; the field's type gives them their meaning.
    """

    required: bool = False
    unique: bool = False
    min_length: int | None = None
    max_length: int | None = None
    minimum: Any = None
    maximum: Any = None
    exclusive_minimum: Any = None
    exclusive_maximum: Any = None
    json_schema: Mapping[str, Any] | None = None
    pattern: str | None = None
    enum: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `missing_values` is None where the schema's own list holds; `raw` is the descriptor as written."""

    name: str
    type: str = "any"
    format: str = "default"
    title: str = ""
    description: str = ""
    example: Any = None
    constraints: Constraints = Constraints()
    missing_values: tuple[str, ...] | None = None
    categories: tuple[Any, ...] | None = None
    categories_ordered: bool = False
    decimal_char: str = "."
    group_char: str | None = None
    bare_number: bool = True
    true_values: tuple[str, ...] = ("true", "True", "TRUE", "1")
    false_values: tuple[str, ...] = ("false", "False", "FALSE", "0")
    delimiter: str = ","
    item_type: str = "string"
    raw: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`fields` here name a row of `resource` by its `reference_fields`; `resource` is None for the same table."""

    fields: tuple[str, ...]
    resource: str | None
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class Schema:
    """A Table Schema. Keys are tuples of field names, empty where there is none."""

    fields: tuple[Field, ...]
    fields_match: FieldsMatch = "exact"
    missing_values: tuple[str, ...] = ("",)
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    title: str = ""
    description: str = ""
    raw: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """The names of the columns, in the schema's order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises
        ------
        UnknownNameError
            There is none; the message names those there are.
        """
        found = self._by_name.get(name)
        if found is None:
            raise UnknownNameError.of("field", name, self.field_names)
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def extends(self) -> str | None:
        """The table to whose rows these say more, one each: the whole primary key names a row of it. None for most."""
        return next((key.resource for key in self.foreign_keys if key.fields == self.primary_key), None)

    def missing_values_of(self, field: Field) -> frozenset[str]:
        """The texts that stand for "no value" in cells of this field (Table Schema, `missingValues`)."""
        return frozenset(self.missing_values if field.missing_values is None else field.missing_values)


@dataclass(frozen=True, slots=True)
class Dialect:
    """A Table Dialect for delimited text, with the standard's defaults."""

    delimiter: str = ","
    quote_char: str | None = '"'
    double_quote: bool = True
    escape_char: str | None = None
    skip_initial_space: bool = False
    header: bool = True
    comment_char: str | None = None
    raw: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Resource:
    """A table: where its file is, how the file is written, and its schema.

    `path` is relative to the descriptor. `bytes` (a count) and `hash` (`sha256:...` or a bare md5) are the stored
    ones; None where the descriptor does not say.
    """

    name: str
    path: str
    schema: Schema
    dialect: Dialect = Dialect()
    encoding: str = "utf-8"
    format: str = "csv"
    title: str = ""
    description: str = ""
    bytes: int | None = None
    hash: str | None = None
    raw: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Package:
    """A Data Package: its tables, its metadata (`raw`, the descriptor as written) and the store that it is read from.

    `mandates_data` is the descriptor's own property of that name: what this toolkit needs to know of a package beyond
    the standard (`rules`: the names of the extra rules that `validate` runs; `bookkeeping`: tables whose rows are no
    data). Any package may set it.
    """

    resources: tuple[Resource, ...]
    name: str = ""
    version: str = ""
    title: str = ""
    raw: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    store: Store | None = dataclasses.field(default=None, compare=False, repr=False)

    @cached_property
    def resource_names(self) -> tuple[str, ...]:
        """The names of the tables, in the descriptor's order."""
        return tuple(resource.name for resource in self.resources)

    def resource(self, name: str) -> Resource:
        """The table of that name.

        Raises
        ------
        UnknownNameError
            There is none; the message names those there are.
        """
        found = self._by_name.get(name)
        if found is None:
            raise UnknownNameError.of("table", name, self.resource_names)
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, Resource]:
        return {resource.name: resource for resource in self.resources}

    @property
    def rules(self) -> tuple[str, ...]:
        """The extra rules that the package asks for (`mandates_data.rules` in the descriptor)."""
        return self._own("rules")

    @property
    def bookkeeping(self) -> tuple[str, ...]:
        """The tables that record work on the data rather than data (`mandates_data.bookkeeping`)."""
        return self._own("bookkeeping")

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the descriptor says in its `mandates_data`; empty where it says nothing."""
        own = self.raw.get("mandates_data")
        return own if isinstance(own, Mapping) else {}

    def setting(self, name: str) -> Any:
        """A member of the descriptor's `mandates_data`, whatever it is; None where there is none."""
        return self.settings.get(name)

    def _own(self, name: str) -> tuple[str, ...]:
        listed = self.setting(name)
        return tuple(str(item) for item in listed) if isinstance(listed, list) else ()
