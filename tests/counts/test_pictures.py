"""The pictures: what stands in them, that they are the same each time, and that nothing in a name is obeyed."""

import io
import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from counted_packages import ROOT, TABLES, counted, run, with_rows
from hypothesis import given
from hypothesis import strategies as st

import mandates_data
from mandates_data.errors import CapacityError, MandatesDataError, WriteError
from mandates_data.explore.plots.drawing import PICTURES
from mandates_data.explore.plots.lettering import broken, clean, cut, width_of
from mandates_data.explore.plots.picture import Picture
from mandates_data.explore.plots.shades import contrast, ink_on, luminance, shade, shades

SVG = "{http://www.w3.org/2000/svg}"
OPTIONS: dict[str, dict[str, Any]] = {"lineage": {"lineage": "drugs"}}


def drawn(name: str, folder: Path, path: Path | None = None, **options: Any) -> Picture:
    return mandates_data.plot(name, path, folder, **{**OPTIONS.get(name, {}), **options})


def words(picture: Picture) -> list[str]:
    """The texts that an SVG draws as outlines: each stands as a comment before its outlines."""
    return [text.strip() for text in re.findall(r"<!--(.*?)-->", picture.content.decode(), re.DOTALL)]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return counted(tmp_path / "small")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_its_title_its_unit_its_version_and_what_to_beware_of(name: str, small: Path) -> None:
    found = drawn(name, small)
    texts = words(found)
    assert found.title in texts
    assert "Data: small 1.2.3; n = " in found.caption
    assert "Known weaknesses" in found.caption
    assert found.caption in " ".join(texts)


def test_codes_are_drawn_with_the_numbers_of_each_summit(small: Path) -> None:
    texts = words(drawn("codes", small))
    assert [texts.index(code) for code in ("DRUGS", "ARMS", "HEALTH")] == sorted(
        texts.index(code) for code in ("DRUGS", "ARMS", "HEALTH")
    )
    start = texts.index("DRUGS")
    assert texts[start : start + 5] == ["DRUGS", "Illicit drugs", "2", "1", "1"]
    assert texts[texts.index("n") : texts.index("n") + 5] == ["n", "mandates of the summit", "4", "2", "2"]


def test_a_summit_without_a_mandate_is_said_to_have_none(small: Path) -> None:
    texts = words(drawn("summits", small))
    assert texts[texts.index("Beta  1996") + 1] == "none on the pages read"
    assert texts[texts.index("Alpha  1994") + 1] == "2 + 1"


def test_an_entity_that_nothing_names_is_not_drawn_and_the_most_named_comes_first(small: Path) -> None:
    texts = words(drawn("entities", small))
    assert texts.index("CICAD") < texts.index("OAS")
    assert "Treaty of Nothing" not in texts


def test_rows_that_are_left_out_are_counted_below(small: Path) -> None:
    found = drawn("entities", small, top=1)
    assert "OAS" not in words(found)
    assert "Drawn: 1 of 2 named entities, those with the most mandates." in found.caption


def test_a_lineage_has_its_mandates_in_their_order_with_their_words(small: Path) -> None:
    found = drawn("lineage", small)
    texts = words(found)
    assert texts.index("m1") < texts.index("Combat drugs and arms.") < texts.index("m4")
    assert "n = 2 mandates of 2 summits" in found.caption


def test_the_same_counts_give_the_same_bytes_in_another_process_and_with_other_settings(
    small: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 30\naxes.facecolor: red\nsvg.fonttype: none\ntext.usetex: True\n", encoding="utf-8")
    places = [(name, f"{name}.{ending}") for name in PICTURES for ending in ("svg", "png")]
    code = "import json, sys, mandates_data\nfor name, path, package, options in json.loads(sys.argv[1]):\n"
    code += "    mandates_data.plot(name, path, package, **options)\n"
    asked = [(name, str(tmp_path / path), str(small), OPTIONS.get(name, {})) for name, path in reversed(places)]
    variables = {"MATPLOTLIBRC": str(settings), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", code, json.dumps(asked)], env={**os.environ, **variables}, check=True)
    for name, path in places:
        assert (tmp_path / path).read_bytes() == drawn(name, small, tmp_path / f"here-{path}").content


@pytest.mark.parametrize("name", PICTURES)
def test_no_file_tells_the_day_the_program_or_the_machine(name: str, small: Path, tmp_path: Path) -> None:
    svg = drawn(name, small).content
    png = drawn(name, small, tmp_path / "a.png").content
    assert not re.search(rb"dc:date|Matplotlib v|dc:creator", svg)
    assert not re.search(rb"Software|tIME|Matplotlib version", png)
    assert str(tmp_path).encode() not in svg + png


HOSTILE = "</text><script>alert(1)</script> $\\frac{1}{0}$ --> <!-- & \u202eevil\u2066 \x07 \U0001f600 中文 العربية"


@pytest.mark.parametrize("ending", ["png", "svg"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_hostile_name_is_drawn_as_text(name: str, ending: str, tmp_path: Path) -> None:
    def evil(table: str, *places: str) -> str:
        content = TABLES[table]
        for place in places:
            content = content.replace(place, '"' + HOSTILE.replace('"', '""') + '"')
        return content

    folder = counted(
        tmp_path / "evil",
        summits=evil("summits", ",Gamma").replace('gamma"', 'gamma,"'),
        subtopics=evil("subtopics", "Illicit drugs", "DRUGS"),
        mandate_subtopics=evil("mandate_subtopics", "DRUGS"),
        acts=evil("acts", "combat", "hortatory"),
        entities=evil("entities", "Drug Abuse Control Commission", "CICAD"),
        lineages=evil("lineages", "drugs"),
        mandates=evil("mandates", "Strengthen CICAD."),
    )
    options = {"lineage": HOSTILE} if name == "lineage" else {}
    found = drawn(name, folder, tmp_path / f"a.{ending}", **options)
    if ending == "svg":
        root = ET.fromstring(found.content)
        assert {element.tag for element in root.iter() if element.tag.endswith("script")} == set()
        assert {element.tag for element in root.iter()} >= {f"{SVG}path", f"{SVG}use"}
        assert "\u202e" not in found.content.decode()


def test_a_formula_in_a_name_is_not_set_as_one(tmp_path: Path) -> None:
    folder = counted(tmp_path, entities=TABLES["entities"].replace("CICAD", "$A^2$"))
    root = ET.fromstring(drawn("entities", folder).content, ET.XMLParser(target=ET.TreeBuilder(insert_comments=True)))
    (group,) = [group for group in root.iter(f"{SVG}g") if any(_is_comment(child, "$A^2$") for child in group)]
    assert len(list(group.iter(f"{SVG}use"))) == 5


def _is_comment(element: ET.Element, text: str) -> bool:
    return not isinstance(element.tag, str) and str(element.text).strip() == text


@pytest.mark.parametrize("name", PICTURES)
def test_very_long_names_stay_on_the_sheet(name: str, tmp_path: Path) -> None:
    long = "Extraordinarily" * 40
    folder = counted(
        tmp_path,
        summits=TABLES["summits"].replace("Gamma", long),
        subtopics=TABLES["subtopics"].replace("Illicit drugs", f"{long} and {long}"),
        acts=TABLES["acts"].replace("combat", long).replace("hortatory", long),
        entities=TABLES["entities"].replace("CICAD", long),
        mandates=TABLES["mandates"].replace("Combat", long),
    )
    root = ET.fromstring(drawn(name, folder).content)
    for group in root.iter(f"{SVG}g"):
        found = re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\).*", group.get("transform", ""))
        if found:
            wide = max((_end(use) for use in group.iter(f"{SVG}use")), default=0.0)
            scale = re.search(r"scale\(([\d.]+)", group.get("transform", ""))
            turned = "rotate(-90)" in group.get("transform", "")
            end = 0.0 if turned else wide * (float(scale[1]) if scale else 1.0)
            assert float(found[1]) >= 0
            assert float(found[1]) + end <= 468


def _end(use: ET.Element) -> float:
    found = re.search(r"translate\(([\d.]+)", use.get("transform", ""))
    return float(found[1]) if found else 0.0


@pytest.mark.parametrize("name", PICTURES)
def test_tables_without_rows_give_a_picture_that_says_so(name: str, tmp_path: Path) -> None:
    heads = {table: text.lstrip("\n").split("\n")[0] + "\n" for table, text in TABLES.items()}
    folder = counted(tmp_path, **heads)
    if name == "lineage":
        with pytest.raises(MandatesDataError, match="There is no lineage 'drugs'"):
            drawn(name, folder)
        return
    assert "Nothing to draw." in words(drawn(name, folder))


def test_more_summits_than_can_be_read_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    days = [(f"s{n}", f"City {n}", f"{1900 + n}-01-01") for n in range(60)]
    folder = counted(tmp_path / "many", summits=with_rows("summits", *days))
    with pytest.raises(CapacityError, match="A picture of 63 summits cannot be read"):
        drawn("summits", folder, tmp_path / "a.svg")
    assert not (tmp_path / "a.svg").exists()


def test_what_stood_there_before_stands_there_when_it_cannot_be_written(small: Path, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("as before", encoding="utf-8")
    with pytest.raises(WriteError):
        drawn("summits", small, place / "a.svg")
    assert place.read_text(encoding="utf-8") == "as before"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("codes", "."), "Say where it is to be written, as in: mandates-data plot codes -o codes.png"),
        (("codes", ".", "-o", "codes.pdf"), "codes.pdf does not end in .png or .svg."),
        (("code", ".", "-o", "a.png"), "There is no picture 'code'. Did you mean 'codes'?"),
        (("lineage", ".", "-o", "a.png"), "Which lineage is to be drawn? Name one. Lineages: arms, drugs."),
        (("lineage", ".", "-o", "a.png", "--lineage", "drug"), "There is no lineage 'drug'. Did you mean 'drugs'?"),
        (("summits", ".", "-o", "a.png", "--top", "3"), "summits does not take top."),
        (("strength", ".", "-o", "a.png"), "has no table acts, which the picture strength is made from."),
    ],
)
def test_what_cannot_be_drawn_is_said_with_the_next_step(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    counted(tmp_path, without=["acts"])
    done = run("plot", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not list(tmp_path.glob("*.p[nd]*"))


def test_the_command_says_what_it_has_written(tmp_path: Path) -> None:
    counted(tmp_path)
    done = run("plot", "codes", ".", "-o", "out/codes.SVG", "--format", "json", cwd=tmp_path)
    value = json.loads(done.stdout)
    assert (value["path"], value["kind"]) == ("out/codes.SVG", "svg")
    assert value["bytes"] == (tmp_path / "out" / "codes.SVG").stat().st_size
    told = run("plot", "codes", ".", "-o", "codes.png", cwd=tmp_path).stdout
    assert re.fullmatch(r"codes\.png  [\d,]+ bytes\n", told)


def test_a_missing_library_is_named_with_the_command_that_installs_it(tmp_path: Path) -> None:
    counted(tmp_path)
    code = (
        "import sys; sys.modules['matplotlib'] = None; sys.argv[0] = 'mandates-data'\n"
        "from mandates_data.cli.app import main; main(['plot', 'summits', '.', '-o', 'a.svg'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert done.stderr == (
        "mandates-data: error: A picture needs matplotlib, which is not installed. "
        'Run: pip install "mandates-data[plot]"\n'
    )


def test_neither_pyplot_nor_pandas_is_loaded_by_the_command(tmp_path: Path) -> None:
    counted(tmp_path)
    done = run("plot", "codes", ".", "-o", "a.png", cwd=tmp_path, PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "matplotlib.figure" in loaded
    assert loaded.isdisjoint({"matplotlib.pyplot", "pandas", "tkinter"})


def test_settings_of_matplotlib_are_as_before_when_a_picture_was_drawn(small: Path) -> None:
    import matplotlib as mpl

    with mpl.rc_context({"svg.hashsalt": "mine", "font.size": 31.0}):
        before = dict(mpl.rcParams)
        drawn("codes", small)
        assert dict(mpl.rcParams) == before


def test_a_notebook_shows_a_picture_that_was_not_written(small: Path, tmp_path: Path) -> None:
    assert drawn("codes", small)._repr_mimebundle_()["image/svg+xml"].startswith("<?xml")
    assert drawn("codes", small, tmp_path / "a.png")._repr_mimebundle_()["image/png"][:4] == b"\x89PNG"


def test_the_published_package_is_drawn_as_it_was_in_its_first_release() -> None:
    found = mandates_data.plot("summits", package=ROOT, version="0.1.0")
    assert "Data: summits-of-the-americas-mandates 0.1.0; n = 136 mandates." in found.caption


# -- In grey -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(2, 9))
def test_shades_become_darker_in_grey_from_each_to_the_next(number: int) -> None:
    greys = [luminance(colour) for colour in shades(number)]
    steps = [light - dark for light, dark in itertools.pairwise(greys)]
    assert min(steps) > 0.03


def test_the_four_classes_of_strength_are_far_apart_in_grey() -> None:
    assert min(contrast(a, b) for a, b in itertools.pairwise(shades(4))) > 1.3


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_never_lighter(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert luminance(shade(low)) >= luminance(shade(high))


@given(st.floats(0, 1))
def test_a_number_can_be_read_on_every_shade(share: float) -> None:
    assert contrast(shade(share), ink_on(shade(share))) >= 4.5


def test_grey_is_what_a_printer_makes_of_a_colour() -> None:
    assert luminance((1.0, 0.0, 0.0)) == 0.2126
    assert luminance((0.5, 0.5, 0.5)) == 0.214041


def test_the_picture_of_strength_has_a_pattern_a_class_beside_the_shade(small: Path) -> None:
    content = drawn("strength", small).content.decode()
    assert len(set(re.findall(r"url\(#(h\w+)\)", content))) == 1
    assert {"hortatory", "committing"} <= set(words(drawn("strength", small)))


def test_a_png_has_three_hundred_dots_an_inch(small: Path, tmp_path: Path) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(drawn("codes", small, tmp_path / "a.png").content)) as image:
        assert image.width == 1950
        assert round(image.info["dpi"][0]) == 300


# -- Lettering ---------------------------------------------------------------------------------------------------------


@given(st.text(), st.floats(0.3, 6))
def test_every_line_has_room(text: str, room: float) -> None:
    for line in broken(text, 8.0, room, lines=4):
        assert width_of(line, 8.0) <= room
    assert len(broken(text, 8.0, room, lines=4)) <= 4
    assert width_of(cut(text, 8.0, room), 8.0) <= room


@given(st.text())
def test_a_clean_text_has_nothing_that_is_unseen(text: str) -> None:
    assert clean(text).isprintable()
    assert clean(clean(text)) == clean(text)


def test_a_text_is_broken_between_words_and_loses_none_where_there_is_room() -> None:
    text = "the Inter-American Drug Abuse Control Commission of the Organization"
    assert " ".join(broken(text, 8.0, 1.5)) == text
    assert len(broken(text, 8.0, 1.5)) > 2
