"""Two canonical files walked together: the lines that differ, and proof that the others need no look."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.package import proven_walk as walk
from mandates_data.package.canonical_lines import Form, NotCanonicalError
from mandates_data.package.proven_walk import Step
from mandates_data.package.writer import format_row

FORM = Form(("id", "a"), ("id",))


def steps(old, new, form=FORM):
    sides = [None if side is None else io.BytesIO(form.header + side.encode()) for side in (old, new)]
    return [step for batch in walk.walk(*sides, form) for step in batch]


def test_lines_that_differ_come_in_the_order_of_their_keys_with_their_place_in_the_new_file():
    assert steps("1,x\n2,y\n3,z\n5,w\n", "1,x\n3,Z\n4,n\n5,w\n") == [
        Step(b"2", b"2,y", None, 0),
        Step(b"3", b"3,z", b"3,Z", 3),
        Step(b"4", None, b"4,n", 4),
    ]


def test_a_file_that_is_not_there_is_an_empty_table():
    assert steps(None, "1,x\n") == [Step(b"1", None, b"1,x", 2)]
    assert steps("1,x\n", None) == [Step(b"1", b"1,x", None, 0)]
    assert steps("", "") == []


SOUND = "1,x\n2,y\n"
UNSOUND = {
    "no final line end": "1,x\n2,y",
    "CRLF": "1,x\r\n2,y\r\n",
    "no UTF-8": "1,x\n2,\udcff\n",
    "a cell too many": "1,x\n2,y,z\n",
    "a cell too few": "1,x\n2\n",
    "a cell too many and one too few": "1,x,z\n2\n",
    "a blank line": "1,x\n\n2,y\n",
    "a line break in quotes": '1,"x\n"\n2,y\n',
    "an unclosed quote": '1,"x\n2,y\n',
    "two halves of quotes": '1,"x\n2,y"\n',
    "a quote in an unquoted cell": '1,x"y"\n2,y\n',
    "text after a quote": '1,"x"y\n2,y\n',
    "a key twice": "1,x\n1,y\n",
    "keys that fall": "2,x\n1,y\n",
    "keys as numbers": "2,x\n10,y\n",
    "a quoted key twice": '"1",x\n1,y\n',
}


@pytest.mark.parametrize("block", [1, 1 << 16])
@pytest.mark.parametrize("content", UNSOUND.values(), ids=UNSOUND)
def test_a_file_in_another_form_is_refused_on_either_side_and_on_both(monkeypatch, content, block):
    monkeypatch.setattr(walk, "BLOCK", block)
    unsound = io.BytesIO(FORM.header + content.encode("utf-8", "surrogateescape"))
    for pair in (
        (unsound, io.BytesIO(FORM.header + SOUND.encode())),
        (io.BytesIO(FORM.header), unsound),
        (unsound, None),
    ):
        for side in pair:
            if side is not None:
                side.seek(0)
        with pytest.raises(NotCanonicalError):
            list(walk.walk(*pair, FORM))
    unsound.seek(0)
    with pytest.raises(NotCanonicalError):
        list(walk.walk(unsound, io.BytesIO(unsound.getvalue()), FORM))


def test_another_header_is_refused():
    with pytest.raises(NotCanonicalError):
        list(walk.walk(io.BytesIO(b"a,id\n"), io.BytesIO(FORM.header), FORM))


def test_keys_of_several_parts_and_in_any_column():
    form = Form(("v", "p", "q"), ("p", "q"))
    assert steps("x,a,1\ny,a b,1\n", "x,a,1\nz,a b,1\nz,b,0\n", form) == [
        Step((b"a b", b"1"), b"y,a b,1", b"z,a b,1", 3),
        Step((b"b", b"0"), None, b"z,b,0", 4),
    ]
    leading = Form(("p", "q", "v"), ("p", "q"))
    assert steps('a,"1,1",x\n', 'a,"1,1",x\na,"1,2",x\n', leading) == [Step((b"a", b"1,2"), None, b'a,"1,2",x', 3)]


cells = st.text(st.sampled_from('ab ,"é0'), max_size=3)
tables = st.dictionaries(cells, cells, max_size=12)


@given(tables, tables, st.sampled_from([1, 7, 30, 1 << 16]), st.booleans())
@settings(deadline=None, max_examples=400)
def test_the_steps_are_those_of_two_dictionaries(old, new, block, alike):
    if alike:
        new = {**old, **dict(list(new.items())[:2])}
    sides = [{key: format_row((key, side[key])).encode()[:-1] for key in sorted(side)} for side in (old, new)]
    places = {key: line for line, key in enumerate(sides[1], 2)}
    expected = [
        Step(key.encode(), sides[0].get(key), sides[1].get(key), places.get(key, 0))
        for key in sorted(old.keys() | new.keys())
        if sides[0].get(key) != sides[1].get(key)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "BLOCK", block)
        assert steps(*("".join(f"{line.decode()}\n" for line in side.values()) for side in sides)) == expected


@given(tables, tables, st.integers(1, 5), st.sampled_from([1, 30]))
@settings(deadline=None, max_examples=300)
def test_the_parts_of_two_files_have_the_steps_of_the_whole(old, new, count, block):
    sides = [
        FORM.header + "".join(format_row((key, side[key])) for key in sorted(side)).encode() for side in (old, new)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "BLOCK", block)
        whole = [step for batch in walk.walk(*map(io.BytesIO, sides), FORM) for step in batch]
        found = []
        cuts = walk.parts(*map(io.BytesIO, sides), FORM, count)
        for part in cuts:
            found += [step for batch in walk.walk(*map(io.BytesIO, sides), FORM, part) for step in batch]
    assert [step[:3] for step in found] == [step[:3] for step in whole]
    assert 1 <= len(cuts) <= count
    assert cuts[-1] == (cuts[-1].old, cuts[-1].new, None)


@pytest.mark.parametrize("content", ["1,x\n4,x\n3,x\n2,x\n5,x\n", "1,x\n3,x\n3,y\n5,x\n", '1,x\n2,"x\n3,"\n4,x\n'])
def test_a_file_that_cannot_be_walked_is_refused_in_parts_too(monkeypatch, content):
    monkeypatch.setattr(walk, "BLOCK", 1)
    sound = FORM.header + b"".join(b"%d,x\n" % n for n in range(6))
    for sides in ((sound, FORM.header + content.encode()), (FORM.header + content.encode(), sound)):
        for count in (2, 3, 4):
            with pytest.raises(NotCanonicalError):  # noqa: PT012 - at the cuts or in a part
                for part in walk.parts(*map(io.BytesIO, sides), FORM, count):
                    list(walk.walk(*map(io.BytesIO, sides), FORM, part))
