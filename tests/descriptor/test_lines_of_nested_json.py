"""Finding the line of a value takes no memory for the values that nobody asks for."""

import tracemalloc

from mandates_data.validate.descriptors.json_lines import lines_of_places


def test_the_lines_of_what_is_asked_for_are_found_at_any_depth() -> None:
    text = '{"a": [1,\n [2,\n {"b": 3}]],\n "c": 4}'
    wanted = {("a",), ("a", 1, 1, "b"), ("c",), ("nothing", 7)}
    assert lines_of_places(text, wanted, 4) == {(): 1, ("a",): 1, ("a", 1, 1, "b"): 3, ("c",): 4}


def test_what_is_nested_deeper_than_is_asked_for_is_left_out() -> None:
    assert lines_of_places('{"a": {"b": 1}}', {("a", "b")}, 1) == {(): 1}


def test_a_small_text_of_many_deep_values_takes_little_memory() -> None:
    text = "[" * 900 + "1," * 3000 + "1" + "]" * 900
    tracemalloc.start()
    try:
        assert lines_of_places(text, {()}, 0) == {(): 1}
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200_000  # each of the 3,000 places by itself would take 7,000 bytes
