"""One row a mandate: on a small package of the same tables, then on the published one."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from mandates_data import corpus, load
from mandates_data.errors import UnknownNameError
from mandates_data.mandates.corpus import without_lead_in
from mandates_data.package.opening import installed_folder

TABLES = {
    "summits": """\
summit_id,ordinal,kind,name,city,country,start_date,end_date,theme,evidence
1998-santiago,2,regular,Second Summit,Santiago,CHL,1998-04-18,1998-04-19,,seen
2001-quebec,3,regular,Third Summit,Québec,CAN,2001-04-20,2001-04-22,,seen
""",
    "documents": """\
document_id,summit_id,kind,title,cited_as,adopted_on,symbol,url,evidence
1998-santiago-poa,1998-santiago,plan_of_action,Plan of 1998,Plan,1998-04-19,,,seen
2001-quebec-dec,2001-quebec,declaration,Declaration of 2001,Declaration,,,,seen
""",
    "topics": """\
topic_id,parent_topic_id,title
drugs,security,Drug Problem
security,,Security
""",
    "mandates": """\
mandate_id,document_id,document_basis,section,paragraph,role,preamble_id,completeness,text
1998-santiago-poa-001,1998-santiago-poa,printed,,6.10,preamble,,whole,Recognizing the need:
1998-santiago-poa-002,1998-santiago-poa,printed,Drugs,,mandate,1998-santiago-poa-001,whole,[Entrust us to:] Act [soon]:
2001-quebec-dec-001,2001-quebec-dec,inferred,,,mandate,,whole,NA
""",
    "items": """\
item_id,mandate_id,position,label,text
1998-santiago-poa-002.a,1998-santiago-poa-002,2,a,write;
1998-santiago-poa-002.b01,1998-santiago-poa-002,1,,read;
""",
    "printings": """\
source_id,source_line,mandate_id,item_id,citation,marker
drugs,7,1998-santiago-poa-002,,(Plan 1998),1.
security,10,1998-santiago-poa-002,1998-santiago-poa-002.a,(Plan Santiago).,• a.
security,5,1998-santiago-poa-001,,(Plan Santiago).,1.
security,9,1998-santiago-poa-002,1998-santiago-poa-002.b01,(Plan 1998),•
security,11,2001-quebec-dec-001,,,1.
""",
    "mandate_topics": """\
mandate_id,topic_id,position
1998-santiago-poa-001,security,1
1998-santiago-poa-002,drugs,1
1998-santiago-poa-002,security,2
""",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The published schemas and descriptor with a few rows of our own."""
    folder = tmp_path / "package"
    for part in ("schemas", "data"):
        shutil.copytree(installed_folder() / part, folder / part)
    shutil.copy(installed_folder() / "datapackage.json", folder)
    for name, text in TABLES.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
    return folder


def test_there_is_one_row_a_mandate_with_its_document_and_summit(small: Path) -> None:
    frame = corpus(small)
    assert frame.index.equals(pd.RangeIndex(3))
    assert frame["mandate_id"].tolist() == ["1998-santiago-poa-001", "1998-santiago-poa-002", "2001-quebec-dec-001"]
    assert frame["document"].tolist() == ["Plan of 1998", "Plan of 1998", "Declaration of 2001"]
    assert frame["document_kind"].tolist() == ["plan_of_action", "plan_of_action", "declaration"]
    assert frame["adopted_on"].tolist() == [pd.Timestamp(1998, 4, 19), pd.Timestamp(1998, 4, 19), pd.NaT]
    assert frame["summit"].tolist() == ["Second Summit", "Second Summit", "Third Summit"]
    assert frame["summit_kind"].tolist() == ["regular", "regular", "regular"]
    assert frame["year"].tolist() == [1998, 1998, 2001]
    assert frame["city"].tolist() == ["Santiago", "Santiago", "Québec"]
    assert frame["country"].tolist() == ["CHL", "CHL", "CAN"]


def test_topics_and_citations_are_joined_and_missing_where_there_is_none(small: Path) -> None:
    frame = corpus(small)
    assert frame["topics"].tolist()[:2] == ["Security", "Drug Problem; Security"]
    assert frame["citation"].tolist()[:2] == ["(Plan Santiago).", "(Plan 1998) | (Plan Santiago)."]
    assert frame["topics"].isna().tolist() == [False, False, True]
    assert frame["citation"].isna().tolist() == [False, False, True]


def test_the_texts_come_as_published_with_items_and_without_lead_in(small: Path) -> None:
    frame = corpus(small)
    assert frame["items"].tolist() == [0, 2, 0]
    assert frame["text"].tolist() == ["Recognizing the need:", "[Entrust us to:] Act [soon]:", "NA"]
    assert frame["text_with_items"].tolist() == [
        "Recognizing the need:",
        "[Entrust us to:] Act [soon]:\n• read;\na. write;",
        "NA",
    ]
    assert frame["text_plain"].tolist() == ["Recognizing the need:", "Act [soon]:\n• read;\na. write;", "NA"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[To:] Act", "Act"),
        ("[To:]\tAct [now]", "Act [now]"),
        ("Act [now]", "Act [now]"),
        ("[To:]Act", "[To:]Act"),
        ("[To: Act", "[To: Act"),
        (" [To:] Act", " [To:] Act"),
        ("[a [b] c] Act", "[a [b] c] Act"),
        ("[To:]", "[To:]"),
    ],
)
def test_only_a_whole_bracket_at_the_start_with_a_blank_after_it_is_a_lead_in(text: str, plain: str) -> None:
    assert without_lead_in(text) == plain


def test_each_column_is_typed_and_described(small: Path) -> None:
    frame = corpus(small)
    dtypes = frame.dtypes.astype(str)
    assert dtypes[dtypes != "str"].to_dict() == {
        "summit_kind": "category",
        "year": "Int64",
        "document_kind": "category",
        "adopted_on": "datetime64[s]",
        "document_basis": "category",
        "role": "category",
        "completeness": "category",
        "items": "Int64",
    }
    assert list(frame.attrs["fields"]) == list(frame.columns)
    assert frame.attrs["fields"]["city"]["description"] == "City where the heads of state met."
    assert frame.attrs["fields"]["year"] == {
        "title": "Year",
        "description": "Year of the summit's first day.",
        "type": "integer",
    }
    assert [name for name, said in frame.attrs["fields"].items() if not said["description"]] == []


def test_every_column_stands_in_the_docstring() -> None:
    assert corpus.__doc__ is not None
    assert [name for name in corpus().columns if f"`{name}`" not in corpus.__doc__] == []


def test_a_corpus_of_no_mandates_has_the_same_columns_and_types(small: Path) -> None:
    expected = corpus(small).dtypes
    for name in ("mandates", "items", "printings", "mandate_topics"):
        (small / "data" / f"{name}.csv").write_text(TABLES[name].splitlines()[0] + "\n", encoding="utf-8", newline="\n")
    empty = corpus(small)
    assert len(empty) == 0
    pd.testing.assert_series_equal(empty.dtypes, expected)


def test_a_package_without_these_tables_is_told(library: Path) -> None:
    with pytest.raises(UnknownNameError, match="There is no table 'mandates'"):
        corpus(library)


def test_the_published_corpus_holds_every_mandate_with_its_summit() -> None:
    frame = corpus()
    assert len(frame) == 139
    assert frame["mandate_id"].tolist() == load("mandates")["mandate_id"].tolist()
    assert frame["items"].sum() == 7
    assert frame.isna().sum()[["summit", "year", "country", "document", "text_plain"]].tolist() == [0, 0, 0, 0, 0]
    assert int(frame["citation"].isna().sum()) == 2


def test_the_lead_ins_of_the_published_corpus_are_those_of_santiago() -> None:
    frame = corpus()
    changed = frame[frame["text_plain"] != frame["text_with_items"]]
    assert changed["mandate_id"].tolist() == [f"1998-santiago-poa-{number:03}" for number in (27, 28, 29, 31)]
    assert changed["text_plain"].tolist()[0] == (
        "Follow up on and expand topics relating to confidence and security building measures"
    )


def test_nothing_that_is_joined_holds_the_mark_that_joins() -> None:
    assert load("topics")["title"].str.contains("; ").sum() == 0
    assert load("printings")["citation"].str.contains(" | ", regex=False).sum() == 0
