"""A changeset may come from anyone: whatever it holds, it is applied or refused with a message."""

from __future__ import annotations

import json

from diffed_packages import schema
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.diff.changeset_file import changeset_bytes, read_changeset
from mandates_data.diff.compare import diff
from mandates_data.diff.composition import compose
from mandates_data.diff.content import MemoryStore
from mandates_data.diff.inversion import invert
from mandates_data.diff.patching import patch
from mandates_data.errors import MandatesDataError
from mandates_data.package.model import Package
from mandates_data.package.parse import read_package

FIELDS = schema(["id", "a", {"name": "n", "type": "integer"}], missingValues=["", "-"])
FIELDS_NOW = schema(["n", "id", "b"], ("id", "n"))


def stored(content: str, table_schema: dict) -> Package:
    descriptor = {
        "name": "p",
        "resources": [{"name": "t", "path": "t.csv", "schema": "t.json", "bytes": 1, "hash": "md5:0"}],
    }
    files = {"datapackage.json": descriptor, "t.json": table_schema}
    return read_package(
        MemoryStore({"t.csv": content.encode(), **{path: json.dumps(value).encode() for path, value in files.items()}})
    )


OLD = stored("id,a,n\n1,x,7\n2,,-\n3,z,\n", FIELDS)
NEW = stored("n,id,b\n007,1,\n,2,q\n1,4,r\n", FIELDS_NOW)
CHANGES = json.loads(changeset_bytes(diff(OLD, NEW)))
leaves = st.none() | st.booleans() | st.integers(-1, 2) | st.sampled_from(["", "t", "id", "added", "removed", "../x"])
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["name", "fields", "kind"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def places(value, path=()):
    """The path of everything in a JSON value."""
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from places(member, (*path, name))


PLACES = [path for path in places(CHANGES) if path]


def changed(value, path, new):
    """The value with another one at the path, or without it where `new` is `...`."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    if len(path) == 1 and new is ...:
        del copy[path[0]]
    else:
        copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


def refused(work):
    try:
        return work()
    except MandatesDataError:
        return None


@given(st.lists(st.tuples(st.sampled_from(PLACES), values | st.just(...)), min_size=1, max_size=2))
@settings(deadline=None, max_examples=400)
def test_every_changeset_is_applied_or_refused(edits):
    document = CHANGES
    for path, new in edits:
        if path in set(places(document)):
            document = changed(document, path, new)
    changeset = refused(lambda: read_changeset(json.dumps(document).encode()))
    if changeset is not None:
        for package_, way in ((OLD, changeset), (NEW, invert(changeset))):
            refused(lambda package_=package_, way=way: patch(package_, way))
        refused(lambda: compose(changeset, invert(changeset)))


@given(st.binary(max_size=40))
@settings(deadline=None)
def test_no_bytes_are_a_changeset_by_chance(content):
    assert refused(lambda: read_changeset(content)) is None


def test_the_sound_one_is_applied():
    patched = patch(OLD, read_changeset(json.dumps(CHANGES).encode()))
    assert patched.write["t.csv"] == b"n,id,b\n007,1,\n,2,q\n1,4,r\n"
