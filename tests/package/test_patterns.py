"""Patterns of XML Schema (its part 2, appendix F): which texts fit, what is a mistake, what could hold a program up."""

from __future__ import annotations

import itertools
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.package import charsets, patterns
from mandates_data.package.pattern_machine import Matcher, machine
from mandates_data.package.pattern_readings import FEW, MANY, readings
from mandates_data.package.pattern_syntax import Anchor, Chars, Choice, Node, Repeat, Sequence, read

SCHEMAS = Path(__file__).parents[2] / "schemas"

FITTING = [
    # Whole values, and the six ways to repeat
    ("a", ["a"], ["", "b", "aa", "ba", "a\n"]),
    ("", [""], ["a"]),
    ("a|bc|", ["a", "bc", ""], ["abc", "c"]),
    ("cat|dog", ["cat", "dog"], ["catXX", "XXdog", "cat|dog"]),
    ("ab?", ["a", "ab"], ["abb"]),
    ("ab*", ["a", "abbb"], ["b"]),
    ("ab+", ["ab", "abbb"], ["a"]),
    ("a{2}", ["aa"], ["a", "aaa"]),
    ("a{2,}", ["aa", "aaaaa"], ["a"]),
    ("a{1,2}", ["a", "aa"], ["", "aaa"]),
    ("a{0}b", ["b"], ["ab"]),
    ("(ab)+|c", ["abab", "c"], ["aba", "abc"]),
    # The dot: every character but the two line ends
    (".", ["a", "\t", "\x0b", "\x85", "\u2028", "\U0001f600"], ["\n", "\r", ""]),
    ("a.b", ["a-b"], ["a\nb", "a\rb"]),
    (".*", ["", "a b"], ["a\r", "\r\n"]),
    # Signs made ordinary
    (r"\\\|\.\?\*\+\(\)\{\}\-\[\]\^", ["\\|.?*+(){}-[]^"], [""]),
    (r"\n\r\t", ["\n\r\t"], ["nrt"]),
    ("a-b,c:d/e'f\"g", ["a-b,c:d/e'f\"g"], []),
    # Classes of characters
    ("[abc]", ["a", "c"], ["d", "abc"]),
    ("[a-c]", ["b"], ["-", "d"]),
    ("[^a-c]", ["d", "-", "\n", "\r", "ñ"], ["a", ""]),
    ("[-a]", ["-", "a"], ["b"]),
    ("[a-]", ["-", "a"], ["b"]),
    ("[^-a]", ["b"], ["-", "a"]),
    ("[a^]", ["^", "a"], ["b"]),
    ("[.*+?(){}|$]", list(".*+?(){}|$"), ["a"]),
    (r"[\]\[\\\-]", list("][\\-"), ["a"]),
    (r"[+\--/]", list("+-./"), [","]),
    (r"[\n\t]", ["\n", "\t"], ["n", "t"]),
    ("[a-z-[aeiou]]+", ["xyz"], ["abc", "-"]),
    ("[a-z-[m-p-[o]]]", ["a", "o", "z"], ["m", "n", "p"]),
    ("[^a-c-[x]]", ["d", "-"], ["a", "x"]),
    (r"[\d-[5-9]]", ["4", "٣"], ["5", "a"]),
    # Space is four characters, and no other
    (r"\s+", [" \t\n\r"], ["\u00a0", "\x0b", "\x0c", "\u2003", "\x85"]),
    (r"\S", ["a", "\u00a0", "\u2003"], [" ", "\t", "\n", "\r"]),
    # Digits of every script
    (r"\d", ["0", "9", "٣", "९", "\U0001d7d8"], ["a", "²", "½", "Ⅷ"]),
    (r"\D", ["a", "²"], ["0", "٣"]),
    # \w leaves out punctuation, separators and controls: `_` is punctuation, `$` and `+` are signs
    (r"\w+", ["abcñ", "x1", "$+<=>^`|~", "e\u0301", "漢"], ["_", "-", ".", " ", "a b", "\u00a0", "\u200b", "\x00"]),
    (r"\W", ["_", "-", " ", "«", "\u00ad"], ["a", "$", "1"]),
    # Names of XML
    (r"\i\c*", ["name", "_x1", "a-b.c", ":a", "ñ"], ["1a", "-a", ".a", "a b", ""]),
    (r"\I", ["1", "-", " "], ["a", "_", ":"]),
    (r"\C", [" ", "!", "é"[:0] or "/"], ["a", "1", "-", "."]),
    # Kinds of characters
    (r"\p{L}+", ["abcÑñ漢"], ["a1", "_", "e\u0301"]),
    (r"\p{Lu}\p{Ll}+", ["Ana", "Éva"], ["ana", "ANA"]),
    (r"\P{L}", ["1", " "], ["a"]),
    (r"[\p{L}\p{M}' -]+", ["Peña Nieto", "e\u0301", "O'Neill"], ["1"]),
    (r"[^\p{L}]", ["1"], ["a"]),
    (r"[\p{L}-[a-z]]", ["A", "ñ"], ["a"]),
    (r"\p{Nd}\p{No}\p{Nl}", ["1½Ⅷ"], ["111"]),
    (r"\p{Sc}[0-9]+", ["€95", "$95"], ["95"]),
    (r"\p{Cn}", ["\u0378"], ["a"]),
    (r"\p{IsBasicLatin}+", ["Ana!"], ["Añ"]),
    (r"\p{IsGreek}", ["\u03b1"], ["a"]),
    (r"\p{IsLatin-1Supplement}", ["é"], ["e", "ő"]),
    (r"\P{IsBasicLatin}", ["ñ"], ["n"]),
    # Anchors: the ends of a pattern where they stand there, and ordinary signs elsewhere
    ("^a.*$", ["a", "apple"], ["orange", "^a$"]),
    ("^a|b$", ["a", "b"], ["ab", "^a"]),
    ("(^a|^b)c", ["ac", "bc"], ["^ac"]),
    ("a(b$|c$)", ["ab", "ac"], ["ab$"]),
    ("US$[0-9]+", ["US$5"], ["US5", "US"]),
    ("a^b", ["a^b"], ["ab"]),
    ("^^a$$", ["a"], ["^a$"]),
    ("^$", [""], ["a"]),
    ("(^a)*", ["^a^a", ""], ["aa"]),
    # What Perl's patterns have, and what it means
    ("(?:a|b)+?", ["ab"], ["c"]),
    ("(?P<name>a)(?<other>b)", ["ab"], ["a"]),
    (r"\u0041\x42\/\-\'", ["AB/-'"], ["A"]),
    ("a{,2}", ["", "aa"], ["aaa"]),
    ("a{b}]", ["a{b}]"], ["ab"]),
    ("[[a]", ["[", "a"], ["]"]),
    ("[]a]", ["]", "a"], ["[]a]"]),
    ("[a-c-e]", ["b", "-", "e"], ["d"]),
]


@pytest.mark.parametrize(("pattern", "fitting", "others"), FITTING, ids=[one[0] for one in FITTING])
def test_a_pattern_fits_the_texts_that_xml_schema_says(pattern: str, fitting: list[str], others: list[str]) -> None:
    fits = patterns.full_match(pattern)
    assert [text for text in fitting if not fits(text)] == []
    assert [text for text in others if fits(text)] == []


@pytest.mark.parametrize(("pattern", "fitting", "others"), FITTING, ids=[one[0] for one in FITTING])
def test_the_matcher_that_is_never_held_up_fits_the_same_texts(
    pattern: str, fitting: list[str], others: list[str]
) -> None:
    root = read(pattern).root
    assert root is not None
    fits = Matcher(machine(root, 10_000))
    assert [text for text in fitting if not fits(text)] == []
    assert [text for text in others if fits(text)] == []


@pytest.mark.parametrize(
    ("pattern", "mistake"),
    [
        ("(a", "there is a ( without its ), at character 1"),
        ("a)b", "there is a ) without its (, at character 2"),
        ("a|*", "nothing stands before * that could be repeated, at character 3"),
        ("{2}", "nothing stands before { that could be repeated, at character 1"),
        ("a**", "* is followed by another repetition, at character 3"),
        ("a{2}{3}", "{2} is followed by another repetition, at character 5"),
        ("a{3,2}", "2 is less than 3, at character 2"),
        ("a{1000001}", "it repeats more than 1,000,000 times, at character 2"),
        ("a{99999999999}", "it repeats more than 1,000,000 times, at character 2"),
        ("[ab", "there is a [ without its ], at character 1"),
        ("[", "there is a [ without its ], at character 1"),
        ("[]", "there is a [ without its ], at character 1"),
        ("[z-a]", "z-a goes backwards, at character 2"),
        (r"[a-\d]", "a - stands beside a group of characters, at character 2"),
        (r"[\w-.]", "a - stands beside a group of characters, at character 2"),
        ("[a-z-[aeiou]x]", "after a class that is taken away the ] is missing, at character 13"),
        ("a\\", "nothing follows the last backslash, at character 2"),
        (r"\y", r"\y stands for nothing, at character 1"),
        (r"\u12", r"\u needs 4 digits, at character 1"),
        (r"\p{Letter}", "no kind of characters is called Letter, at character 1"),
        (r"\p{IsKlingon}", "no kind of characters is called IsKlingon, at character 1"),
        (r"\p{Cs}", "no kind of characters is called Cs, at character 1"),
        (r"\pL", r"\p needs a name between { and }, at character 1"),
        ("(?", "(? begins nothing that is known, at character 1"),
        ("(?P<x", "(? begins nothing that is known, at character 1"),
        ("(" * 61 + ")" * 61, "it is nested too deeply, at character 61"),
    ],
)
def test_a_mistake_is_named_with_its_place(pattern: str, mistake: str) -> None:
    assert patterns.compile_error(pattern) == mistake
    assert patterns.full_match(pattern)("anything")


@pytest.mark.parametrize(
    ("pattern", "foreign", "understood"),
    [
        ("a{1,2}[a-z]|(b)", "", True),
        ("(?:a)", "(?: ... )", True),
        ("(?P<x>a)", "(?P<x>", True),
        ("a+?", "+ followed by ?", True),
        (r"\/", r"\/", True),
        (r"\u0041", r"\u0041"[:2], True),
        ("a}", "} without a backslash", True),
        ("a]", "] without a backslash", True),
        ("a{x", "{ without a backslash", True),
        ("a{,3}", "{ without a number after it", True),
        ("[a[]", "[ between [ and ], without a backslash", True),
        ("[a-c-e]", "- in the middle of [ and ], without a backslash", True),
        ("a++", "+ followed by +", False),
        (r"\bword", r"\b", False),
        (r"(a)\1", r"\1", False),
        ("(?=a)b", "a look ahead, (?= ... )", False),
        ("(?<!a)b", "a look behind, (?<! ... )", False),
        ("(?>a)", "(?> ... )", False),
        ("(?i)a", "(?i)", False),
        ("(?i:a)", "(?i:", False),
        ("(?#a)", "a comment", False),
    ],
)
def test_what_xml_schema_lacks_is_named(pattern: str, foreign: str, understood: bool) -> None:
    assert patterns.compile_error(pattern) == ""
    assert patterns.foreign_construct(pattern) == foreign
    assert patterns.is_understood(pattern) is understood
    if not understood:
        assert patterns.full_match(pattern)("any text at all")


def test_kinds_of_characters_are_those_of_unicode() -> None:
    every = range(sys.maxunicode + 1)
    numbers = {point for low, high in charsets.digits() for point in range(low, high + 1)}
    assert numbers == {point for point in every if unicodedata.category(chr(point)) == "Nd"}
    letters = charsets.of_property("L")
    assert letters is not None
    assert sum(high - low + 1 for low, high in letters) == sum(unicodedata.category(chr(p))[0] == "L" for p in every)
    word = {point for low, high in charsets.of_letter("w") for point in range(low, high + 1)}
    assert all((unicodedata.category(chr(point))[0] not in "PZC") == (point in word) for point in every)


def test_blocks_lie_apart_from_each_other() -> None:
    blocks = sorted(span for chars in charsets._blocks().values() for span in chars)
    assert (0x370, 0x3FF) in blocks
    assert (0xAC00, 0xD7AF) in blocks
    assert all(one[1] < two[0] for one, two in itertools.pairwise(blocks))
    assert all(low % 16 == 0 and high % 16 == 15 for low, high in blocks)


EXPLOSIVE = [
    "(a+)+b", "(a|a)*b", "(.*a){20}", "(a*)*", "(a*)*b", "(a+)*b", "(x+x+)+y", "([a-zA-Z]+)*", "(a|aa)+", "(a|a?)+b",
    "(.+, )*.+", "([a-z0-9]+[_-]?)*", "(([a-z])+.)+[A-Z]([a-z])+$", "(abcdefghij|abcdefghij)*k", "(a?b?)*c",
    "(a{1,100}){1,100}", "(.{0,100}x){0,100}", "(a?){30}a{30}", r"(\s*\S+\s*)*;", "((a|b)+)+c", "(.*)*", "(a|b|ab)*c",
    r"([-.\w]*[0-9a-zA-Z])*@.+", "(.*,){11}P", "^(([a-z])+.)+[A-Z]([a-z])+$", "((((a*)*)*)*)*",
]  # fmt: skip


@pytest.mark.parametrize("pattern", EXPLOSIVE)
def test_a_pattern_that_could_keep_a_program_busy_for_years_is_found_and_never_run_so(pattern: str) -> None:
    assert patterns.explodes(pattern)
    made = patterns.compiled(pattern)
    assert (made.quick, made.python) == (None, None)
    assert made.fits("a" * 5_000 + "\n!") in (True, False)


def test_an_explosive_pattern_still_tells_which_texts_fit() -> None:
    fits = patterns.full_match("(a+)+b")
    assert fits("a" * 10_000 + "b")
    assert not fits("a" * 10_000 + "c")
    assert not fits("b")


def test_a_pattern_of_too_many_places_is_not_run_at_all() -> None:
    assert patterns.explodes("(a{0,1000}b{0,1000}){0,1000}")
    assert patterns.full_match("(a{0,1000}b{0,1000}){0,1000}")("anything")
    assert not patterns.compiled("(a{0,1000}b{0,1000}){0,1000}").judges
    assert patterns.compiled("(a{0,10}b{0,10}){0,10}").judges


@pytest.mark.parametrize(
    ("pattern", "fitting", "other"),
    [
        ("((){1000000}){1000000}a", "a", "b"),
        ("(|){1000000}", "", "a"),
        ("(a?){1000000}", "aaa", "b"),
        ("((a{0}){9}){1000000}b{0,1000000}", "bbb", "a"),
        ("(a*){1000000}", "", "b"),
    ],
)
def test_rounds_without_a_character_are_not_gone_through(pattern: str, fitting: str, other: str) -> None:
    made = patterns.compiled(pattern)
    assert not made.judges or (bool(made.fits(fitting)), bool(made.fits(other))) == (True, False)


def test_a_search_that_would_be_too_long_ends_with_the_worse_answer() -> None:
    """Each of 120 branches may have begun until its second sign is seen: more readings than FEW, that never double."""
    assert patterns.explodes(f"({'|'.join(f'.{chr(0x4E00 + n)}' for n in range(120))})*!")
    assert not patterns.explodes(f"({'|'.join(f'.{chr(0x4E00 + n)}' for n in range(90))})*!")


QUICK = [
    r"(\S|\S.*\S)", r"\S(.*\S)?", "[0-9]{4}(-[a-z]+)+-[0-9]{3,}\\.[a-z0-9]+", r"(text|https?://\S+)", ".*", ".+",
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", "[a-z]+(-[a-z]+)*", "[A-Z]{2}([A-Z]{2})?", ".{1,4000}",
    r"\d{4}-\d{2}-\d{2}", "(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[012])/[0-9]{4}", r"10\.[0-9]{4,9}/[-._;()/:A-Za-z0-9]+",
    "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", r"\S.{0,998}\S", "[01]*1[01]{12}", "(a|ab)(c|bcd)(d*)",
    "[^@ ]+@[^@ ]+",
    "[0-9]{4}-[0-9]{3}[0-9X]", "(?:[A-Z][a-z]+ ){1,5}[A-Z][a-z]+", "-?[0-9]+(,[0-9]{3})*", "([A-Z]{3}(;|$))+",
]  # fmt: skip


@pytest.mark.parametrize("pattern", QUICK)
def test_a_pattern_that_can_be_read_in_few_ways_goes_to_the_fast_matcher(pattern: str) -> None:
    assert patterns.compiled(pattern).quick is not None
    assert not patterns.explodes(pattern)


def test_every_pattern_of_the_published_schemas_goes_to_the_fast_matcher() -> None:
    found = {
        field["constraints"]["pattern"]
        for path in SCHEMAS.glob("*.json")
        for field in json.loads(path.read_text("utf-8"))["fields"]
        if "pattern" in field.get("constraints", {})
    }
    assert len(found) > 10
    for pattern in found:
        assert (patterns.compile_error(pattern), patterns.foreign_construct(pattern)) == ("", "")
        assert patterns.compiled(pattern).quick is not None


@pytest.mark.parametrize("pattern", [".*foo.*", ".*foo.*bar.*", r"[^@]+@[^@]+\.[^@]+", ".*.*", "[a-z]+ ?[a-z]*"])
def test_a_pattern_whose_time_grows_with_the_square_changes_the_matcher_for_long_texts(pattern: str) -> None:
    root = read(pattern).root
    assert root is not None
    found = readings(root)
    assert found.growth == "some"
    assert found.safe_length is not None
    assert found.safe_length >= 30
    assert not patterns.explodes(pattern)
    fits = patterns.full_match(pattern)
    assert not fits("foo" * 100_000 + "\n")


def test_quick_matching_differs_by_a_carriage_return_alone() -> None:
    made = patterns.compiled("a.b")
    assert made.quick is not None
    assert made.python == "a.b"
    assert made.quick("a\rb")
    assert not made.fits("a\rb")
    assert patterns.compiled("[a-z]+").quick == patterns.compiled("[a-z]+").fits


# Laws, on made-up patterns over a small alphabet

LETTERS = st.sampled_from([((97, 97),), ((98, 98),), ((97, 98),), ((97, 97), (10, 10)), charsets.others(((97, 97),))])
NODES = st.recursive(
    st.builds(Chars, LETTERS),
    lambda inner: st.one_of(
        st.builds(Sequence, st.lists(inner, min_size=0, max_size=3).map(tuple)),
        st.builds(Choice, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(
            Repeat,
            inner,
            st.integers(0, 2),
            st.one_of(st.none(), st.integers(2, 3)),
        ),
    ),
    max_leaves=6,
)
TEXTS = st.text(alphabet="abc\n\r", max_size=7)


def ends(node: Node, text: str, at: int, read_: Counter[int]) -> Iterator[int]:
    """Every end at which a program arrives that tries one reading after the other; it counts the characters taken."""
    if isinstance(node, Chars):
        if at < len(text) and any(low <= ord(text[at]) <= high for low, high in node.chars):
            read_[at] += 1
            yield at + 1
    elif isinstance(node, Sequence):
        if not node.parts:
            yield at
        else:
            for middle in ends(node.parts[0], text, at, read_):
                yield from ends(Sequence(node.parts[1:]), text, middle, read_)
    elif isinstance(node, Choice):
        for branch in node.branches:
            yield from ends(branch, text, at, read_)
    else:
        assert not isinstance(node, Anchor)
        yield from repeated(node, text, at, read_, 0)


def repeated(node: Repeat, text: str, at: int, read_: Counter[int], done: int) -> Iterator[int]:
    if node.most is None or done < node.most:
        for middle in ends(node.part, text, at, read_):
            if middle == at and done >= node.least:
                continue  # a round without a character leads nowhere new
            if middle == at and done + 1 == node.least:
                yield middle
            else:
                yield from repeated(node, text, middle, read_, done + 1)
    if done >= node.least:
        yield at


def written(node: Node) -> str:
    """The pattern as a person would write it."""
    if isinstance(node, Chars):
        return charsets.as_python(node.chars)
    if isinstance(node, Sequence):
        return "".join(map(written, node.parts)) if len(node.parts) != 1 else f"({written(node.parts[0])})"
    if isinstance(node, Choice):
        return f"({'|'.join(map(written, node.branches))})"
    assert not isinstance(node, Anchor)
    return f"({written(node.part)}){{{node.least},{'' if node.most is None else node.most}}}"


@settings(deadline=None, max_examples=300)
@given(node=NODES, texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_both_matchers_fit_what_trying_every_reading_fits(node: Node, texts: list[str]) -> None:
    pattern = written(node)
    slow = Matcher(machine(node, 10_000))
    fits = patterns.full_match(pattern)
    for text in texts:
        expected = len(text) in ends(node, text, 0, Counter())
        assert bool(fits(text)) is expected
        assert slow(text) is expected


@settings(deadline=None, max_examples=300)
@given(node=NODES, word=st.text(alphabet="ab\n", min_size=1, max_size=4), last=st.sampled_from("abc"))
def test_no_text_is_read_in_more_ways_than_was_proven(node: Node, word: str, last: str) -> None:
    found = readings(node)
    few = found.growth == "none"
    length = 40 if few else min(found.safe_length or 0, 12)
    text = (word * 40)[: max(length - 1, 0)] + last
    read_: Counter[int] = Counter()
    reached = list(ends(node, text[:length], 0, read_))
    assert reached is not None
    assert max(read_.values(), default=0) <= (FEW if few else MANY)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab[]()-^$*+?{}0123,|.\\dwspPLu:=!<>", max_size=14))
def test_any_text_as_a_pattern_is_judged_and_never_fails(pattern: str) -> None:
    mistake = patterns.compile_error(pattern)
    assert "\n" not in mistake
    assert isinstance(patterns.explodes(pattern), bool)
    made = patterns.compiled(pattern)
    assert made.judges is not (mistake != "" or not patterns.is_understood(pattern))
    assert made.judges or made.fits("ab")
    assert bool(made.fits("ab")) is bool(made.fits("ab"))
