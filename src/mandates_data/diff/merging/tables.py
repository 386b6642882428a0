"""One table merged: what is said of it, its columns and its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..changeset import Description, Key
from ..content import Row, TableContent, in_canonical_order, primary_key
from ..documents import ABSENT, same_json
from ..notation import description_json
from ..schema_changes import fields_by_name
from .conflicts import Conflict, ConflictKind, TellConflict, or_none
from .rows import Keyed, Rows, merged_without_key
from .values import Tell, merged_value, settled_order


def same_table(one: TableContent, other: TableContent) -> bool:
    """Whether two tables say and hold the same, however it is written."""
    return (
        one.rows == other.rows
        and one.description.columns == other.description.columns
        and same_json(description_json(one.description), description_json(other.description))
    )


def merge_table(base: TableContent, ours: TableContent, theirs: TableContent, tell: TellConflict) -> TableContent:
    """A table that all three sides have. Where its rows cannot be matched, all of it stays as in ours."""
    merge = _Merge(base, ours, theirs, tell)
    if len(set(merge.keys)) == 1:
        return merge.by_key(merge.keys[0]) if merge.keys[0] else merge.without_key()
    return merge.with_another_key()


class _Merge:
    def __init__(self, base: TableContent, ours: TableContent, theirs: TableContent, tell: TellConflict) -> None:
        self._ours = ours
        self._tell = tell
        self._described = base.description, ours.description, theirs.description
        self._rows = tuple(
            Rows(side.columns, each.rows or ())
            for side, each in zip(self._described, (base, ours, theirs), strict=True)
        )
        self._unsure: set[str] = set()
        self.keys = tuple(primary_key(side) for side in self._described)

    def by_key(self, key: Key) -> TableContent:
        """The table by a key that tells the rows of each side apart."""
        keyed = Keyed(self._ours.name, key, self._rows)
        description = self._description(keyed)
        return self._content(description, keyed.merged(description.columns, self._tell))

    def without_key(self) -> TableContent:
        """The table by its whole rows."""
        return self._of_one_side(merged_without_key(self._ours.name, self._rows, self._tell))

    def with_another_key(self) -> TableContent:
        """The table of which a side has changed the key: what both did goes together where one left the rows alone."""
        old, left, right = self.keys
        if left == right == ():
            return self.without_key()
        if left == right and all(set(left) <= set(side.columns) for side in self._rows):
            if Keyed(self._ours.name, left, self._rows).are_apart:
                return self.by_key(left)
        elif len(set(self.keys)) == len(self.keys):
            values = [list(key) or None for key in self.keys]
            self._tell(Conflict("property", self._ours.name, (), "", "/schema/primaryKey", *values))
            return self._ours
        was, ours, theirs = (side.content() for side in self._rows)
        if left != old and theirs in (was, ours):
            return self._of_one_side(self._rows[1])
        if right != old and ours in (was, theirs):
            return self._of_one_side(self._rows[2])
        values = [list(key) or None for key in self.keys]
        self._tell(Conflict("key_changed", self._ours.name, (), "", "/schema/primaryKey", *values))
        return self._ours

    def _of_one_side(self, chosen: Rows) -> TableContent:
        """The table with rows that come from one side; as in ours where those lack a column that is in conflict."""
        description = self._description(None)
        if set(description.columns) != set(chosen.columns):
            return self._ours
        return self._content(description, chosen.arranged(description.columns))

    def _content(self, description: Description, rows: Sequence[Row]) -> TableContent:
        listed = in_canonical_order(iter(rows), description.columns, primary_key(description))
        return TableContent(self._ours.name, description, listed)

    def _description(self, keyed: Keyed | None) -> Description:
        fields, columns = self._columns(keyed)
        descriptor, dialect = (
            merged_value(values, self._property(prefix))
            for values, prefix in (
                ([side.descriptor for side in self._described], ""),
                ([side.dialect for side in self._described], "/dialect"),
            )
        )
        names = self._order(fields)
        # Fields are merged one by one; here is only decided whether, and where in the schema, they are listed.
        schemas = [{name: name == "fields" or value for name, value in side.schema.items()} for side in self._described]
        schema = merged_value(schemas, self._property("/schema"))
        if fields or "fields" in schema:
            schema["fields"] = [fields[name] for name in names]
        return Description(descriptor, schema, dialect, (*names, *sorted(columns - fields.keys())))

    def _property(self, prefix: str) -> Tell:
        def tell(place: str, *values: Any) -> None:
            found = map(or_none, values)
            self._tell(Conflict("property", self._ours.name, (), "", prefix + place, *found))

        return tell

    def _order(self, fields: Mapping[str, Any]) -> tuple[str, ...]:
        sides = [list(fields_by_name(side.schema)) for side in self._described]

        def tell() -> None:
            self._tell(Conflict("order", self._ours.name, (), "", "/schema/fields", *sides))

        return settled_order(sides, fields, self._unsure, tell)

    def _columns(self, keyed: Keyed | None) -> tuple[dict[str, Any], set[str]]:
        """The descriptors of the fields by their names, and all columns."""
        sides = [fields_by_name(side.schema) for side in self._described]
        fields, columns = {}, set()
        for name in dict.fromkeys(name for side in self._described for name in side.columns):
            has = [name in side.columns for side in self._described]
            says = [side.get(name, ABSENT) for side in sides]
            stays, field = self._column(name, has, says, keyed)
            if stays:
                columns.add(name)
                if field is not ABSENT:
                    fields[name] = field
        return fields, columns

    def _column(self, name: str, has: list[bool], says: list[Any], keyed: Keyed | None) -> tuple[bool, Any]:
        """Whether a column stays, and what the schema says of it."""
        if has[1] != has[2] and has[0]:
            conflicts = keyed.lost_cells(name) if keyed is not None else []
            if not same_json(says[0], says[1 if has[1] else 2]):
                values = map(or_none, says)
                conflicts.append(Conflict("column_removed", self._ours.name, (), name, "", *values))
            for conflict in conflicts:
                self._tell(conflict)
                self._unsure.add(name)
            return bool(conflicts) and has[1], says[1]
        if has[1] != has[2]:
            return True, says[1 if has[1] else 2]

        def tell(place: str, base: Any, ours: Any, theirs: Any) -> None:
            if not place:
                self._unsure.add(name)
            kind: ConflictKind = "column_added" if base is ABSENT and not place else "property"
            self._tell(Conflict(kind, self._ours.name, (), name, place, *map(or_none, (base, ours, theirs))))

        return has[1], merged_value(says, tell)
