"""The pages as files: what each shows, where it leads, and what a hostile table can do to it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from site_packages import FIELDS, HOSTILE_TEXTS, WHOLE, hostile, many, write_package
from walking import broken, outside, pages, see

from mandates_data.errors import MissingExtraError, PackageError, WriteError
from mandates_data.explore.citing import cite
from mandates_data.history.references import open_package, released
from mandates_data.package.rows import rows_of
from mandates_data.site.building import build
from mandates_data.site.joining import Mark, stretches

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src" / "mandates_data" / "site" / "templates"


def built(package: Path, folder: Path) -> Path:
    build(open_package(package), folder)
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, tmp_path_factory.mktemp("published") / "site")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    return built(write_package(folder / "package", WHOLE), folder / "site")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked")
    return built(hostile(folder / "package"), folder / "site")


def read(root: Path, address: str) -> str:
    return " ".join(see(root / address).text.split())


# -- What the pages show ----------------------------------------------------------------------------------------------


def test_every_mandate_of_the_package_has_its_page_with_its_text(published: Path) -> None:
    package = open_package(ROOT)
    rows = list(rows_of(package, "mandates"))
    assert len(rows) == 139
    for row in rows:
        assert row["text"] in see(published / "mandates" / f"{row['mandate_id']}.html").text


def test_a_mandate_is_shown_with_its_item_its_note_and_what_introduces_it(whole: Path) -> None:
    text = read(whole, "mandates/1994-miami-poa-002.html")
    assert "We support the OAS and its Convention on Firearms, and will meet in 1999." in text
    assert "a. Ask the OAS for programs against money laundering." in text
    assert "The archived page leaves out items of this paragraph" in text
    assert "Introduced by 1994-miami-poa-001: Crime threatens all programmes for the Americas." in text
    assert "Introduces 1994-miami-poa-002." in read(whole, "mandates/1994-miami-poa-001.html")


def test_entities_are_marked_where_they_stand_and_nowhere_else(whole: Path) -> None:
    page = (whole / "mandates" / "1994-miami-poa-002.html").read_text(encoding="utf-8")
    marked = re.findall(r'<a class="entity" href="([^"]+)">([^<]+)</a>', page)
    assert marked == [("../entities/oas.html", "OAS"), ("../entities/cifta.html", "Convention on Firearms")]


def test_a_time_is_marked_in_the_text_and_leads_to_what_it_means(whole: Path) -> None:
    page = (whole / "mandates" / "1994-miami-poa-002.html").read_text(encoding="utf-8")
    assert 'and will meet <a class="deadline" href="#time-1">in 1999</a>.' in page
    assert '<dd id="time-1">“in 1999” (1999-01-01 to 1999-12-31)</dd>' in page


def test_a_mark_that_crosses_another_one_or_does_not_stand_there_is_left_out() -> None:
    marks = [
        Mark(0, 8, "the OAS ", entity_id="a"),
        Mark(4, 11, "OAS and", entity_id="b"),
        Mark(12, 16, "CICA", entity_id="c"),
        Mark(12, 17, "CICAD", entity_id="d"),
        Mark(18, 21, "now", deadline=2),
        Mark(22, 25, "and", deadline=3),
        Mark(-1, 3, "the", deadline=4),
    ]
    found = [(one.text, one.entity_id, one.deadline) for one in stretches("the OAS and CICAD now or", marks)]
    assert found == [
        ("the OAS ", "a", 0), ("and ", "", 0), ("CICAD", "d", 0), (" ", "", 0), ("now", "", 2), (" or", "", 0)
    ]  # fmt: skip


def test_a_correction_is_shown_with_what_was_printed_and_why(whole: Path) -> None:
    page = (whole / "mandates" / "1994-miami-poa-002.html").read_text(encoding="utf-8")
    assert "the <del>OSA</del><ins>OAS</ins> and" in page
    text = read(whole, "mandates/1994-miami-poa-002.html")
    assert "text: typo, since 1.2.3" in text
    assert "Two letters changed places. Evidence: https://example.org/evidence." in text


def test_a_mandate_leads_to_its_neighbours_and_to_what_takes_it_up(whole: Path) -> None:
    seen = see(whole / "mandates" / "1994-miami-poa-002.html")
    assert "1994-miami-poa-001.html" in {link.rpartition("/")[2] for link in seen.links}
    assert "taken up by Plan of Action Santiago, 1998, mandate 001" in " ".join(seen.text.split())
    assert "takes up Plan of Action Miami, 1994, paragraph 6.2" in read(whole, "mandates/1998-santiago-poa-001.html")


def test_a_mandate_carries_the_citations_of_cite_with_the_version(whole: Path) -> None:
    text = read(whole, "mandates/1994-miami-poa-002.html")
    where = "Plan of Action, paragraph 6.2. First Summit, Miami, 9 to 11 December 1994."
    assert f"{where} Mandate 1994-miami-poa-002 in: Example mandates, version 1.2.3." in text
    assert "@misc{mandate-1994-miami-poa-002," in text
    assert '"version": "1.2.3"' in text


def test_the_pages_cite_as_the_command_does(published: Path) -> None:
    cited = cite("2009-port-of-spain-dec-008", open_package(ROOT))
    seen = see(published / "mandates" / "2009-port-of-spain-dec-008.html").text
    for form in (cited.text, cited.footnote, cited.bibtex, json.dumps([cited.csl], ensure_ascii=False, indent=2)):
        assert form in seen


def test_the_codes_shown_are_those_that_were_settled(whole: Path) -> None:
    assert "Firearms for “Firearms”" in read(whole, "mandates/1994-miami-poa-002.html")
    assert "Nothing" not in read(whole, "mandates/1994-miami-poa-002.html")
    assert "0 mandates" in read(whole, "codes/NONE.html")


def test_every_page_says_which_version_it_shows(whole: Path) -> None:
    for address, seen in pages(whole).items():
        assert "Example mandates, version 1.2.3" in " ".join(seen.text.split()), address


def test_a_package_that_was_changed_since_its_release_says_so_on_every_page(tmp_path: Path) -> None:
    for name in ("datapackage.json", "data", "schemas", "history"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    topics = tmp_path / "data" / "topics.csv"
    topics.write_bytes(topics.read_bytes().replace(b"Security", b"Safety"))
    site, version = built(tmp_path, tmp_path / "site"), open_package(ROOT).version
    for address in ("index.html", "mandates/2009-port-of-spain-dec-008.html", "about.html", "downloads.html"):
        assert f"version {version}, with later changes" in read(site, address), address
    assert f'"version":"{version}, with later changes"' in (site / "assets" / "data.js").read_text(encoding="ascii")


def test_a_release_says_its_version_and_nothing_else(tmp_path: Path) -> None:
    build(released("0.1.0", open_package(ROOT)), tmp_path / "exact")
    assert "version 0.1.0, released 2026-11-24." in read(tmp_path / "exact", "about.html")


def test_an_earlier_release_is_built_with_its_own_texts_and_releases(tmp_path: Path) -> None:
    build(released("0.1.0", open_package(ROOT)), tmp_path / "site")
    text = read(tmp_path / "site", "mandates/1998-santiago-poa-019.html")
    assert "in its subRegions. To that end" in text
    assert not (tmp_path / "site" / "releases" / "0.1.1.html").exists()
    assert (tmp_path / "site" / "releases" / "0.1.0.html").exists()


def test_a_release_shows_what_it_changed_word_by_word(published: Path) -> None:
    page = (published / "releases" / "0.1.1.html").read_text(encoding="utf-8")
    assert "<del>subRegions</del><ins>subregions</ins>" in page
    assert "0 rows added, 0 removed, 13 cells changed." in read(published, "releases/0.1.1.html")


def test_tables_that_a_package_does_not_have_leave_no_page_behind(published: Path) -> None:
    package = open_package(ROOT)
    folders = {"subtopics": "codes", "entities": "entities", "lineages": "lineages"}
    for table, folder in folders.items():
        assert (published / folder).exists() == (table in package.resource_names)


def test_a_package_of_mandates_alone_has_its_pages_too(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", {"mandates": WHOLE["mandates"], "corrections": []})
    site = built(package, tmp_path / "site")
    assert "Crime threatens all programmes for the Americas." in read(site, "mandates/1994-miami-poa-001.html")
    assert list(broken(site)) == []


def test_each_picture_has_its_numbers_in_a_table_beside_it(whole: Path) -> None:
    for address, seen in pages(whole).items():
        if address != "lineages/meetings.html":  # there the list below says the same
            assert seen.tags.count("svg") == seen.tags.count("figcaption") == seen.tags.count("caption"), address
    text = read(whole, "codes.html")
    assert "Subject Miami 1994 Santiago 1998 Firearms 1 0 Nothing 0 0" in text
    assert "Summit Mandates Miami 1994 2 Santiago 1998 1" in read(whole, "index.html")


@pytest.mark.parametrize("site", ["published", "whole", "attacked"])
def test_each_picture_can_be_taken_away_and_says_its_title_and_version(
    site: str, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(site)
    drawn = sum(seen.tags.count("svg") for seen in pages(root).values())
    pictures = sorted((root / "pictures").rglob("*.svg"))
    # The bars of the codes stand on two pages, and are one file.
    assert len(pictures) == drawn - 1
    for path in pictures:
        texts = [one.text for one in ET.parse(path).iter("{http://www.w3.org/2000/svg}text")]
        assert "version 0" in str(texts[-1]) or "version 1.2.3" in str(texts[-1]), path
        assert not {"a", "script", "image", "foreignObject"} & {
            one.tag.rpartition("}")[2] for one in ET.parse(path).iter()
        }


def test_a_sign_that_a_picture_cannot_hold_is_replaced(tmp_path: Path) -> None:
    summits = [{**WHOLE["summits"][0], "city": "Mi\x0bami\ufffe"}]
    package = write_package(tmp_path / "package", {**WHOLE, "summits": summits})
    site = built(package, tmp_path / "site")
    texts = [one.text for one in ET.parse(site / "pictures" / "by-summit.svg").iter()]
    assert "Mi\ufffdami\ufffd 1994" in texts


@pytest.mark.parametrize("version", ["1\n2", "1\0", "../1", "<b>", "9" * 5000])
def test_a_version_that_is_no_name_of_a_file_still_gives_files_that_can_be_taken_away(
    tmp_path: Path, version: str
) -> None:
    site = built(write_package(tmp_path / "package", WHOLE, version=version), tmp_path / "site")
    assert list(broken(site)) == []
    assert len(list((site / "downloads").glob("example-*.zip"))) == 1


def test_a_position_of_endless_digits_is_none(tmp_path: Path) -> None:
    items = [{**WHOLE["items"][0], "position": "9" * 4400}]
    site = built(write_package(tmp_path / "package", {**WHOLE, "items": items}), tmp_path / "site")
    assert "against money laundering" in read(site, "mandates/1994-miami-poa-002.html")


@pytest.mark.parametrize("sources", [None, 1, "x", [1]])
def test_sources_of_the_descriptor_that_are_none_hurt_no_page(tmp_path: Path, sources: object) -> None:
    folder = tmp_path / "package"
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    (folder / "datapackage.json").write_text(json.dumps({**descriptor, "sources": sources}), encoding="utf-8")
    assert (built(folder, tmp_path / "site") / "downloads").is_dir()


def test_an_earlier_release_points_to_the_later_one_on_every_page(tmp_path: Path) -> None:
    assert command(str(ROOT), "-o", str(tmp_path / "site"), "--version", "0.1.0").returncode == 0
    newest = open_package(ROOT).version
    for address, seen in pages(tmp_path / "site").items():
        said = f"You see an earlier release, version 0.1.0. Version {newest} is there."
        assert said in " ".join(seen.text.split()), address


def test_what_to_be_careful_about_has_a_page_that_every_page_leads_to(whole: Path, published: Path) -> None:
    assert "It is made up No summit adopted any of this." in read(whole, "limits.html")
    for address, seen in pages(published).items():
        assert any(link.endswith("limits.html") for link in seen.links), address
    told = open_package(ROOT).setting("weaknesses")
    for one in told:
        assert one["text"] in see(published / "limits.html").text


def test_a_doubt_stands_on_the_page_of_its_mandate(whole: Path) -> None:
    said = "In doubt: “its Convention” stands so on the archived page. There may be two. What would settle it: The plan"
    assert said in read(whole, "mandates/1994-miami-poa-002.html")
    assert "In doubt" not in read(whole, "mandates/1994-miami-poa-001.html")


def test_what_is_named_by_other_words_says_why(whole: Path) -> None:
    text = read(whole, "mandates/1994-miami-poa-002.html")
    named = text.partition("Named in it ")[2]
    assert named.startswith("Organization of American States (OAS)")
    assert "Convention on Firearms reference: its first mention" in named
    assert named.count("reference:") == 1


def test_the_line_of_the_archived_page_can_be_looked_up(whole: Path) -> None:
    assert "../sources/security.html#line-10" in see(whole / "mandates" / "1994-miami-poa-002.html").links
    page = (whole / "sources" / "security.html").read_text(encoding="utf-8")
    assert '<li id="line-10" value="10" dir="auto">We support the OSA and its Convention.' in page


def test_every_line_of_the_published_page_stands_on_its_page(published: Path) -> None:
    lines = (ROOT / "data" / "source" / "security.txt").read_text(encoding="utf-8").split("\n")
    shown = (published / "sources" / "security.html").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r'<li id="line-(\d+)"', shown)]
    assert numbers == [number for number, line in enumerate(lines, 1) if line.strip()]


# -- What machines read -----------------------------------------------------------------------------------------------


def test_the_first_page_describes_the_dataset_as_search_engines_ask(tmp_path: Path) -> None:
    build(open_package(ROOT), tmp_path / "site", "https://example.org/m")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    told = json.loads(block[1])
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "Dataset")
    assert told["name"] == "Mandates of the Summits of the Americas"
    assert 50 <= len(told["description"]) <= 5000
    assert told["license"] == ["https://creativecommons.org/licenses/by/4.0/", "https://opensource.org/license/mit"]
    assert told["url"] == "https://example.org/m/"
    for file in told["distribution"]:
        assert file["contentUrl"].startswith("https://example.org/m/downloads/")
        assert (tmp_path / "site" / "downloads" / file["name"]).is_file()


def test_croissant_names_every_table_and_column(whole: Path) -> None:
    told = json.loads((whole / "croissant.json").read_text(encoding="utf-8"))
    fields = {one["@id"]: [field["name"] for field in one["field"]] for one in told["recordSet"]}
    assert fields == {name: columns.split() for name, columns in FIELDS.items()}
    assert {one["contentUrl"] for one in told["distribution"]} == {f"downloads/{name}.csv" for name in FIELDS}


def test_a_mandate_tells_reference_managers_what_it_is(whole: Path) -> None:
    page = (whole / "mandates" / "1998-santiago-poa-001.html").read_text(encoding="utf-8")
    assert '<meta name="citation_title" content="Plan of Action Santiago, 1998, mandate 001">' in page
    assert '<meta name="citation_publication_date" content="1998/04/19">' in page


# -- Where they lead --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["published", "whole", "attacked"])
def test_no_link_is_broken(site: str, request: pytest.FixtureRequest) -> None:
    assert list(broken(request.getfixturevalue(site))) == []


def test_the_pages_lead_to_no_address_that_does_not_stand_in_the_package(published: Path) -> None:
    package = open_package(ROOT)
    cells = {cell for name in package.resource_names for row in rows_of(package, name) for cell in row.values()}
    stated = set(re.findall(r'"(https?://[^"]+)"', json.dumps(package.raw)))
    assert outside(published) != set()
    assert outside(published) <= cells | stated


def test_a_page_loads_nothing_that_does_not_stand_beside_it(whole: Path) -> None:
    for path in whole.rglob("*"):
        if path.suffix in (".css", ".js") and path.name != "data.js":
            assert "://" not in path.read_text(encoding="utf-8"), path


def test_without_a_script_every_mandate_can_be_reached_from_the_first_page(whole: Path) -> None:
    found = pages(whole)
    reached, waiting = set(), ["index.html"]
    while waiting:
        here = waiting.pop()
        if here in found and here not in reached:
            reached.add(here)
            near = (whole / here).parent
            inside = [link.partition("#")[0] for link in found[here].links if "://" not in link]
            waiting += [(near / link).resolve().relative_to(whole.resolve()).as_posix() for link in inside if link]
    assert set(found) - reached == set()


def test_each_download_is_listed_with_its_size_and_checksum(whole: Path) -> None:
    text = read(whole, "downloads.html")
    sums = dict(reversed(line.split("  ")) for line in (whole / "downloads/SHA256SUMS").read_text().splitlines())
    whole_ones = {"example-1.2.3.xlsx", "example-1.2.3.zip", "example-1.2.3.sqlite"}
    assert {"mandates.csv", "mandate_topics.csv"} | whole_ones <= set(sums)
    for name, digest in sums.items():
        assert digest in text
        assert f"{(whole / 'downloads' / name).stat().st_size:,}" in text


@pytest.mark.parametrize("version", ["0.1.0", "0.1.1"])
def test_the_package_to_take_away_is_sound_with_the_pages_that_prove_it(version: str, tmp_path: Path) -> None:
    build(released(version, open_package(ROOT)), tmp_path / "site")
    (package,) = (tmp_path / "site" / "downloads").glob("*.zip")
    done = subprocess.run(
        [sys.executable, "-m", "mandates_data", "validate", str(package)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


# -- Hostile tables ---------------------------------------------------------------------------------------------------


def test_no_text_of_a_table_is_markup(attacked: Path, whole: Path) -> None:
    ours = {tag for seen in pages(whole).values() for tag in seen.tags}
    names = {name for seen in pages(whole).values() for name in seen.attributes}
    for address, seen in pages(attacked).items():
        assert set(seen.tags) <= ours, address
        assert seen.attributes <= names, address
        assert not any(link.startswith("javascript:") for link in seen.links), address


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_text_is_shown_as_it_stands(attacked: Path, text: str) -> None:
    documents = [seen for address, seen in pages(attacked).items() if address.startswith("documents/")]
    assert any(text in seen.text for seen in documents)


def test_no_text_ends_the_script_of_data(attacked: Path) -> None:
    data = (attacked / "assets" / "data.js").read_text(encoding="ascii")
    assert "<" not in data
    held = json.loads(data.removeprefix("var MANDATES=").removesuffix(";\n"))
    assert sorted(one["text"] for one in held["mandates"]) == sorted(HOSTILE_TEXTS)


def test_no_template_turns_escaping_off() -> None:
    for path in TEMPLATES.iterdir():
        assert not re.search(r"\|\s*safe|autoescape|Markup", path.read_text(encoding="utf-8")), path.name


def test_the_data_of_the_first_page_can_be_read_whatever_the_title_is(attacked: Path) -> None:
    page = (attacked / "index.html").read_text(encoding="utf-8")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    assert json.loads(block[1])["name"] == "<script>window.hurt = 1</script>"


def test_two_identifiers_that_would_share_a_file_are_refused(tmp_path: Path) -> None:
    mandates = [{**WHOLE["mandates"][0], "mandate_id": name} for name in ("a", "A")]
    package = write_package(tmp_path / "package", {"mandates": mandates, "corrections": []})
    with pytest.raises(PackageError, match=r"Two rows would have the page 'mandates/A\.html'"):
        built(package, tmp_path / "site")
    assert not (tmp_path / "site").exists()


# -- The folder -------------------------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_package_gives_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    again = built(write_package(tmp_path / "elsewhere", WHOLE), tmp_path / "site")
    assert contents(again) == contents(whole)


def test_a_site_that_was_built_before_is_replaced_whole(tmp_path: Path) -> None:
    site = built(write_package(tmp_path / "whole", WHOLE), tmp_path / "site")
    package = write_package(tmp_path / "package", {"mandates": WHOLE["mandates"][:1], "corrections": []})
    built(package, site)
    assert [path.name for path in (site / "mandates").iterdir()] == ["1994-miami-poa-001.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package", "site", "whole"]


def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", WHOLE)
    before = contents(package)
    with pytest.raises(WriteError, match="holds files that are no site made here"):
        built(package, package)
    assert contents(package) == before


def test_where_a_table_cannot_be_read_nothing_is_written(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", WHOLE)
    (package / "data" / "lineages.csv").write_bytes(b'lineage_id\n"open')
    with pytest.raises(Exception, match="lineages"):
        built(package, tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_a_package_without_mandates_is_refused_in_a_sentence(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", {"summits": WHOLE["summits"]})
    with pytest.raises(PackageError, match="no table of mandates"):
        built(package, tmp_path / "site")


def test_without_the_template_engine_the_message_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r'pip install "mandates-data\[site\]"'):
        built(write_package(tmp_path / "package", WHOLE), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_of_five_thousand_mandates_every_page_is_built(tmp_path: Path) -> None:
    made = build(open_package(many(tmp_path / "package", 5000)), tmp_path / "site")
    of_tables = {"mandates": 5000, "summits": 10, "documents": 20, "codes": 18}
    folders = {name: len(list((tmp_path / "site" / name).glob("*.html"))) for name in of_tables}
    assert folders == of_tables
    assert [path.name for path in sorted((tmp_path / "site").glob("*.html"))] == [
        "about.html", "codebook.html", "codes.html", "downloads.html", "explore.html", "index.html", "limits.html",
        "releases.html", "summits.html",
    ]  # fmt: skip
    assert (made.mandates, made.pages) == (5000, 5057)


# -- The command ------------------------------------------------------------------------------------------------------


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mandates_data", "site", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_command_says_what_it_has_written_and_what_to_open(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", WHOLE)
    done = command(str(package), "-o", str(tmp_path / "site"))
    first, second = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert first == f"{tmp_path.as_posix()}/site  25 pages of 3 mandates, version 1.2.3"
    assert second.endswith(f"Open {tmp_path.as_posix()}/site/index.html")


def test_with_an_address_citations_and_pages_name_it(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", WHOLE)
    done = command(str(package), "-o", str(tmp_path / "site"), "--address", "https://example.org/m")
    assert done.returncode == 0
    text = read(tmp_path / "site", "mandates/1994-miami-poa-001.html")
    assert "Example mandates, version 1.2.3, https://example.org/m/mandates/1994-miami-poa-001.html." in text


@pytest.mark.parametrize("arguments", [["--version", "9.9.9"], ["--address", "javascript:alert(1)"]])
def test_what_cannot_be_built_is_said_in_a_line_and_writes_nothing(tmp_path: Path, arguments: list[str]) -> None:
    done = command(str(ROOT), "-o", str(tmp_path / "site"), *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()
