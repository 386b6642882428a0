"""A comparison as one HTML page."""

from __future__ import annotations

import html.parser
import io
import re

from diffed_packages import package, schema
from test_markdown import HOSTILE

from mandates_data.diff.changeset import CellChange, Changeset, MetadataChange, ResourceChange, RowChange, Side
from mandates_data.diff.changeset_file import as_comparison
from mandates_data.diff.compare import compare
from mandates_data.render.changeset_html import write_html
from mandates_data.render.changeset_view import Shown


class Page(html.parser.HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts, self.open = set(), set(), [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.texts))


def html_of(comparison, **how):
    out = io.StringIO()
    differs = write_html(comparison, out, **how)
    assert differs == comparison.differs
    return out.getvalue()


def a_comparison(*rows, name="t", metadata=()):
    return as_comparison(
        Changeset(Side("p", "1"), Side("p", "2"), metadata, (ResourceChange(name, key=("id",), rows=rows),))
    )


TAGS = {
    "html", "head", "meta", "title", "link", "style", "body", "main", "h1", "h2", "p", "ul", "li", "a", "section",
    "table", "thead", "tbody", "tr", "th", "td", "span", "del", "ins",
}  # fmt: skip
ATTRIBUTES = {
    ("html", "lang"), ("meta", "charset"), ("meta", "http-equiv"), ("meta", "content"), ("meta", "name"),
    ("link", "rel"), ("link", "href"), ("a", "href"), ("section", "id"), ("th", "scope"), ("th", "rowspan"),
    ("tbody", "class"), ("td", "class"), ("td", "dir"), ("span", "class"), ("p", "class"),
}  # fmt: skip


def test_the_page_says_what_differs_word_by_word(tmp_path):
    fields = schema(["id", "text"])
    old = package(tmp_path / "o", "id,text\n1,fight all crime\n2,x\n", fields)
    new = package(tmp_path / "n", "id,text\n1,fight every crime\n3,\n", fields)
    page = html_of(compare(old, new))
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>Changes: small 1.0.0</title>" in page
    assert "fight <del>all</del><ins>every</ins> crime</td>" in page
    assert (
        '<span class="kind">\u2212 removed</span> 2</th><td class="field">id</td><td dir="auto"><del>2</del></td>'
        in page
    )
    assert '<span class="kind">+ added</span> 3</th>' in page
    assert "1 row added, 1 row removed, 1 row changed (1 cell changed)" in Page(page).text


def test_nothing_in_the_data_becomes_mark_up():
    rows = [RowChange("changed", (text,), (CellChange(text, text, f"{text} x", "changed"),)) for text in HOSTILE]
    rows += [RowChange("removed", (f"{text}-",), row={text: text}) for text in HOSTILE]
    metadata = tuple(MetadataChange("changed", f"/{text}", text, {text: text}) for text in HOSTILE)
    for text in HOSTILE:
        page = html_of(a_comparison(*rows, name=text, metadata=metadata))
        read = Page(page)
        assert read.tags <= TAGS
        assert read.attributes <= ATTRIBUTES
        assert read.open == []
        assert "<script>alert(1)</script>" in read.text
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e\u200b]", page)


def test_the_page_needs_nothing_from_outside():
    page = html_of(a_comparison(RowChange("changed", ("1",), (CellChange("a", "x", "y"),))))
    assert re.findall(r'(?:href|src)="([^"]*)"', page) == ["data:,", "#t0"]
    assert "url(" not in page
    assert "@import" not in page
    assert "<script" not in page
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media print" in page


def test_what_cannot_be_seen_is_named():
    cell = CellChange("a", "of crime", "of\u00a0crime")
    page = html_of(a_comparison(RowChange("changed", ("1",), (cell,))))
    assert "of<del>␣</del><ins>\\xa0</ins>crime" in page
    assert "(spacing: space -&gt; NO-BREAK SPACE (U+00A0))" in page


def test_the_rows_are_limited_and_the_page_says_so():
    rows = [RowChange("added", (f"{n}",), row={"id": f"{n}"}) for n in range(9)]
    page = html_of(a_comparison(*rows), shown=Shown(limit=2))
    assert page.count('<tbody class="added">') == 2
    assert "7 more rows not shown (--limit 2)." in page
    assert '<tbody class="added">' not in html_of(a_comparison(*rows), shown=Shown(stat=True))


def test_no_changes(tmp_path):
    same = package(tmp_path, "id,a,b\n")
    assert "<h1>No changes</h1>\n<p>small 1.0.0</p>" in html_of(compare(same, same))
