"""How a mandate, an item and the data set are cited, in each form."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import small

from mandates_data.explore.citation_bibtex import escaped
from mandates_data.explore.citing import cite
from mandates_data.history.references import released
from mandates_data.package.opening import open_package

ROOT = Path(__file__).resolve().parents[2]

CSL_TEXTS = (
    "title", "genre", "number", "event", "event-place", "section", "container-title", "version", "archive",
    "archive_location", "source", "language", "URL", "note",
)  # fmt: skip
CSL_DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": ["document", "dataset"]},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"literal": {"type": "string"}},
                },
            },
            **{name: {"type": "string"} for name in CSL_TEXTS},
            **dict.fromkeys(("issued", "event-date", "accessed"), CSL_DATE),
        },
    },
}
"""The part of csl-data.json (Citation Style Language 1.0.2, input schema) that these citations use."""


def test_a_mandate_is_cited_with_all_that_is_known(tmp_path: Path) -> None:
    assert cite("1990-oslo-dec-001", small(tmp_path)).text == (
        "Declaration of Oslo, paragraph 3. First Summit, Oslo, 1 to 3 May 1990; adopted 3 May 1990. "
        "Printed with the citation “(Declaration Oslo, 1990).” and “(Declaration Oslo, 1990)”. "
        "Mandate 1990-oslo-dec-001 in: The makers. A small corpus, version 0.3.0. "
        "Archived page “Mandates” (The Office), data/source/page.txt, line 2, http://example.org/p, "
        "archived 31 January 2020, SHA-256 abc. "
        "Archived page “Mandates” (The Office), data/source/page.txt, line 10, http://example.org/p, "
        "archived 31 January 2020, SHA-256 abc."
    )


def test_a_footnote_leaves_out_the_page_and_what_it_prints(tmp_path: Path) -> None:
    assert cite("1990-oslo-dec-001", small(tmp_path)).footnote == (
        "Declaration of Oslo, paragraph 3. First Summit, Oslo, 1 to 3 May 1990; adopted 3 May 1990. "
        "Mandate 1990-oslo-dec-001 in: The makers. A small corpus, version 0.3.0."
    )


def test_a_citation_is_one_line_whatever_the_names_hold(tmp_path: Path) -> None:
    folder = small(tmp_path).store.folder  # type: ignore[union-attr]
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["version"] = "0.3\n.0\u2028x"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    for row_id in (None, "1990-oslo-dec-001"):
        cited = cite(row_id, folder)
        assert "0.3 .0 x" in cited.text
        assert len(cited.text.splitlines()) == len(cited.footnote.splitlines()) == 1


def copied(folder: Path) -> Path:
    for name in ("datapackage.json", "data", "schemas", "history"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


def test_tables_that_were_changed_since_their_release_are_cited_as_changed(tmp_path: Path) -> None:
    version = open_package(ROOT).version
    topics = copied(tmp_path) / "data" / "topics.csv"
    topics.write_bytes(topics.read_bytes().replace(b"Security", b"Safety"))
    cited = cite("2018-lima-commitment-001", tmp_path)
    assert f"version {version}, " in cited.text
    assert cited.footnote.endswith(", with later changes.")
    assert cited.csl["version"] == f"{version}, with later changes"
    assert "with later changes" in cited.bibtex


def test_a_version_that_no_release_has_is_cited_as_not_released(tmp_path: Path) -> None:
    descriptor = copied(tmp_path) / "datapackage.json"
    version = open_package(ROOT).version
    text = descriptor.read_text(encoding="utf-8").replace(f'"version": "{version}"', '"version": "9.0.0"', 1)
    descriptor.write_text(text, encoding="utf-8")
    assert cite(None, tmp_path).text.endswith("Version 9.0.0, not released.")


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    sources = [("page", "Mandates", "", "en", "data/source/page.txt", "", "", "")]
    assert cite("1995-quebec-poa-002", small(tmp_path, sources=sources)).text == (
        "Plan of Action. Second Summit, Québec, 30 May to 2 June 1995. Symbol DOC/1 & 2. "
        "Printed without a citation: the document is inferred. "
        "Mandate 1995-quebec-poa-002 in: The makers. A small corpus, version 0.3.0. "
        "Archived page “Mandates”, data/source/page.txt, line 5."
    )


def test_an_item_is_cited_by_its_own_line_and_the_citation_of_its_mandate(tmp_path: Path) -> None:
    citation = cite("2000-lima-dec-001.a", small(tmp_path))
    assert citation.text.startswith("Declaration Lima, item a. Third Summit, Lima. Printed with the citation “(Decl")
    assert "Item 2000-lima-dec-001.a in: " in citation.text
    assert "line 7" in citation.text
    assert "issued" not in citation.csl
    assert "year" not in citation.bibtex


def test_the_entry_of_bibtex_is_whole_and_escaped(tmp_path: Path) -> None:
    own = {"cited_as": "Corpus {A}: 5 % of R&D_1"}
    assert cite("1995-quebec-poa-001", small(tmp_path, own=own)).bibtex == (
        "@misc{mandate-1995-quebec-poa-001,\n"
        "  key = {Plan of Action},\n"
        "  title = {{Plan of Action, section Arms}},\n"
        "  year = {1995},\n"
        "  howpublished = {Second Summit, Qu{\\'e}bec, 30 May to 2 June 1995},\n"
        "  url = {http://example.org/plan_e.asp?a=1%20&b=%7Bc%7D},\n"
        "  note = {Symbol DOC/1 \\& 2. Printed with the citation ``(Plan of Action Qu{\\'e}bec, 1995)''. "
        "Mandate 1995-quebec-poa-001 in: The makers. Corpus \\textbraceleft{}A\\textbraceright{}: 5 \\% of R\\&D\\_1, "
        "version 0.3.0. Archived page ``Mandates'' (The Office), data/source/page.txt, line 4, http://example.org/p, "
        "archived 31 January 2020, SHA-256 abc.},\n"
        "}\n"
    )


def test_a_day_of_adoption_gives_the_month_and_nothing_else_does(tmp_path: Path) -> None:
    package = small(tmp_path)
    assert "  month = may,\n" in cite("1990-oslo-dec-001", package).bibtex
    assert "month" not in cite("1995-quebec-poa-001", package).bibtex


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\\", r"\textbackslash{}"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}"),
        ("100% #1 $2 a_b ~ ^", r"100\% \#1 \$2 a\_b \textasciitilde{} \textasciicircum{}"),
        ("León, Québec, Belém, São, ñ, ç", r"Le{\'o}n, Qu{\'e}bec, Bel{\'e}m, S{\~a}o, {\~n}, {\c c}"),
        ("í ï", r"{\'\i} {" + '\\"\\i}'),
        ("\u201cso\u201d \u2018so\u2019 \u2013 \u2014 \u2026", "``so'' `so' -- --- \\ldots{}"),
        ("a\nb\tc", "a b c"),
        ("日", "日"),
    ],
)
def test_every_sign_that_tex_obeys_is_written_out(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text())
def test_no_text_opens_or_ends_a_field_of_bibtex(text: str) -> None:
    shown = escaped(text)
    depth = 0
    for sign in shown:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[%#$&_]", shown)


def test_an_item_of_csl_json_has_what_a_reference_manager_asks_for(tmp_path: Path) -> None:
    csl = dict(cite("1995-quebec-poa-001", small(tmp_path)).csl)
    note = csl.pop("note")
    assert note.startswith("Symbol DOC/1 & 2. Printed with")
    assert csl == {
        "id": "1995-quebec-poa-001",
        "type": "document",
        "title": "Plan of Action",
        "section": "Arms",
        "genre": "plan of action",
        "number": "DOC/1 & 2",
        "issued": {"date-parts": [[1995]]},
        "event": "Second Summit",
        "event-place": "Québec, CAN",
        "event-date": {"date-parts": [[1995, 5, 30], [1995, 6, 2]]},
        "container-title": "A small corpus",
        "version": "0.3.0",
        "archive": "The Office",
        "archive_location": "data/source/page.txt:4",
        "source": "Mandates",
        "language": "en",
        "URL": "http://example.org/plan_e.asp?a=1%20&b={c}",
    }


def test_the_page_s_own_address_comes_with_the_day_it_was_archived(tmp_path: Path) -> None:
    csl = cite("1990-oslo-dec-001", small(tmp_path)).csl
    assert (csl["URL"], csl["accessed"]) == ("http://example.org/p", {"date-parts": [[2020, 1, 31]]})


def published() -> list[str | None]:
    package = open_package(ROOT)
    from mandates_data.explore.passages import passages_of

    return [None, *(passage.row_id for passage in passages_of(package))]


def test_every_published_mandate_and_item_holds_to_the_schema_of_csl() -> None:
    package = open_package(ROOT)
    some = published()
    assert len(some) == 147
    items: list[Any] = [cite(row_id, package).csl for row_id in some[::9]]
    jsonschema.Draft202012Validator(CSL).validate(json.loads(json.dumps(items)))
    assert all(item["version"].partition(", ")[0] == package.version for item in items)


def test_the_data_set_is_cited_as_citation_cff_has_it() -> None:
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    citation = cite(None, ROOT)
    title = re.search(r'^title: "(.*)"$', cff, re.MULTILINE)
    version = re.search(r"^version: (.*)$", cff, re.MULTILINE)
    author = re.search(r"^authors:\n  - name: (.*)$", cff, re.MULTILINE)
    assert title
    assert version
    assert author
    assert (citation.data_set.title, citation.data_set.version) == (title[1], version[1])
    assert citation.data_set.authors == (author[1],)
    assert (citation.csl["type"], citation.csl["title"]) == ("dataset", title[1])
    assert "type: dataset" in cff
    assert citation.text.startswith(f"{author[1]}. {title[1]}. Version {version[1]}")


def test_an_earlier_release_is_cited_with_its_own_version_and_day() -> None:
    old = released("0.1.0", open_package(ROOT))
    citation = cite("1998-santiago-poa-007", old)
    assert "version 0.1.0, 24 November 2026" in citation.text
    assert citation.csl["version"] == "0.1.0"


def test_contributors_of_an_older_form_and_odd_ones_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    small(tmp_path)
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["contributors"] = [{"title": "One", "role": "author"}, {"title": "Two"}, {"name": "x"}, 7]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert cite(None, folder).data_set.authors == ("One",)
    descriptor["contributors"] = "nobody"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert cite(None, folder).text == "A small corpus. Version 0.3.0."
