"""Two files walked side by side give exactly the lines that differ, or say that they are in no order."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.package import walk as module
from mandates_data.package.walk import NotInOrderError, walk

ROWS = st.dictionaries(st.integers(0, 60).map(lambda n: f"k{n:02}"), st.sampled_from(["a", "bb", "c" * 9]), max_size=60)


def key(line):
    return line.partition(b",")[0]


def as_file(rows):
    return io.BytesIO(b"head\n" + "".join(f"{name},{rows[name]}\n" for name in sorted(rows)).encode())


def steps(old, new):
    return [(step.old, step.new, step.offset) for step in walk(old, new, (5, 5), key)]


@settings(deadline=None, max_examples=400)
@given(old=ROWS, new=ROWS, share=st.booleans(), block=st.sampled_from([1, 8, 64, 1 << 18]))
def test_the_lines_that_differ_and_no_others(old, new, share, block):
    new = {name: text for name, text in old.items() if name[-1] != "3"} | dict(list(new.items())[:5]) if share else new
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", block)
        patch.setattr(module, "LINE", min(block, 4))
        found = steps(as_file(old), as_file(new))
    expected = [
        tuple(f"{name},{side[name]}\n".encode() if name in side else None for side in (old, new))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]
    assert [pair[:2] for pair in found] == expected
    content = as_file(new).getvalue()
    assert all(content[offset:].startswith(after) for _before, after, offset in found if after)


@pytest.mark.parametrize(
    "new",
    [
        b"head\na,1\nc,3\nb,2\nd,4\n",
        b"head\na,1\na,2\nb,2\nc,3\nd,4\n",
        b"head\na,1\nb,2\nc,3\nd,4\na,9\n",
        b"head\na,1\nb,2\nz,2\nc,3\nd,4\n",
        b"head\na,1\nb,2\nc,3\nd,5",
    ],
)
def test_a_line_out_of_order_or_without_an_end_is_never_passed_over(new):
    with pytest.raises(NotInOrderError):
        steps(io.BytesIO(b"head\na,1\nb,2\nc,3\nd,4\n"), io.BytesIO(new))
