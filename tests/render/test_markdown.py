"""The Markdown: within its limit, and nothing in it that a cell has made."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from rendered_reports import HOSTILE, RULES, Counted, Endless, a_report, cells, commands_in, date, reports, written

from mandates_data.render.findings_markdown import write_markdown
from mandates_data.render.markdown import escaped, escaped_html
from mandates_data.validate.findings import Finding, Report, visible

markdown_it = pytest.importorskip("markdown_it")

LINKS = re.compile(r"@\w|#\d|GH-\d|:\w+:|https?:/|www\.|\w+@\w", re.IGNORECASE)
OURS = {"h3", "h4", "p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "details", "summary"}


class Page(HTMLParser):
    """The elements of a page, its pieces of text as GitHub's filters look at them, and the text of all cells."""

    def __init__(self, markdown):
        super().__init__(convert_charrefs=True)
        self.elements, self.pieces, self.cells, self._in_cell = set(), [""], [], False
        self.feed(markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.pieces.append("")
        if tag == "td":
            self.cells.append("")
            self._in_cell = True

    def handle_endtag(self, tag):
        self.pieces.append("")
        self._in_cell = self._in_cell and tag != "td"

    def handle_comment(self, data):
        self.elements.add("!--")

    def handle_data(self, data):
        self.pieces[-1] += data
        if self._in_cell:
            self.cells[-1] += data


def test_a_page_is_read_as_it_is_meant():
    page = Page(written(write_markdown, a_report(), rules=RULES))
    assert page.elements == OURS
    assert 'doc-3, symbol: "7" has lost its leading zeros. And 5 more like it.' in page.cells


def test_a_sound_package_has_one_line():
    assert written(write_markdown, Report((), (), "p", "1")) == (
        "### p 1 is sound: 0 tables, 0 rows, no errors, no warnings.\n\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_becomes_markup_or_a_link(text):
    found = Finding("MD204", "error", text, path=text, line=1, field=text, row_key=text, mend=text)
    output = written(write_markdown, Report((found,) * 9, (), text), rules=RULES)
    page = Page(output)
    assert page.elements <= OURS | {"wbr", "span"}
    assert not [piece for piece in page.pieces if LINKS.search(piece)]
    assert visible(text).strip() in page.cells
    assert commands_in(output) == []


@settings(deadline=None)
@given(cells)
def test_law_an_escaped_text_is_read_as_itself(text):
    for escape in (escaped, escaped_html):
        page = Page(f"a{escape(text)}b" if escape is escaped else f"<details>a{escape(text)}b\n")
        assert page.elements <= {"p", "details", "wbr", "span"}
        assert "".join(page.pieces).strip("\n") == f"a{visible(text)}b"


@settings(deadline=None)
@given(reports)
def test_law_a_page_has_no_element_that_a_cell_has_made(report):
    page = Page(written(write_markdown, report))
    assert page.elements <= OURS | {"wbr", "span"}
    assert not [piece for piece in page.pieces if re.search(r"@\w|#\d|https?:/|www\.", piece)]


def test_a_hundred_cells_of_a_cause_are_listed_and_the_others_counted():
    def dates():
        return map(date, range(2, 1_002))

    page = written(write_markdown, Counted(Endless(dates), 1_000), rules=RULES)
    assert page.count('"04/06/2009" is no date.') == 100
    assert "<details><summary>MD204 in data/documents.csv, adopted_on: 999 more places</summary>\n\n" in page
    assert "\nAnd 900 more, which are not listed here.\n\n</details>\n" in page
    assert "**Left out here:** 900 of 1,000 findings. All of them: `mandates-data validate --format json`\n\n" in page


def test_the_first_table_has_fifty_causes():
    def dates():
        return (date(2, field=f"f{number}") for number in range(60))

    page = written(write_markdown, Counted(Endless(dates), 60), rules=RULES)
    assert "| data/documents.csv, f49 | 1 |\n|  |  | and 10 causes more |  |  |\n\n" in page


@pytest.mark.parametrize("text", ["x" * 990, "é" * 990, "|" * 990])
def test_no_page_is_over_its_limit_and_what_it_leaves_out_is_counted(text):
    def dates():
        for number in range(60_000):
            yield date(number + 2, text, field=f"f{number % 3_000}")

    page = written(write_markdown, Counted(Endless(dates), 60_000), rules=RULES)
    assert 900_000 < len(page.encode("utf-8")) < 1_000_000
    (left_out,) = re.findall(r"\*\*Left out here:\*\* ([\d,]+) of 60,000 findings\.", page)
    listed = re.findall(r"^\| \d+ \| F \|", page, re.MULTILINE)
    assert int(left_out.replace(",", "")) == 60_000 - len(listed)
    assert page.count("<details>") == page.count("</details>")


@settings(deadline=None)
@given(reports)
def test_law_a_small_limit_is_kept_too(report):
    page = written(write_markdown, report, limit=2_000)
    assert len(page.encode("utf-8")) <= 2_000
    assert page.count("<details>") == page.count("</details>")
