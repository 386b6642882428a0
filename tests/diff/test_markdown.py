"""A comparison as Markdown for a pull request."""

from __future__ import annotations

import io
import re

import pytest
from diffed_packages import package, schema, write_package

from mandates_data.diff.changeset import CellChange, Changeset, MetadataChange, ResourceChange, RowChange, Side
from mandates_data.diff.changeset_file import as_comparison
from mandates_data.diff.compare import compare
from mandates_data.package.opening import open_package
from mandates_data.render.changeset_markdown import LIMIT, code, write_markdown
from mandates_data.render.changeset_view import Shown

HOSTILE = (
    "<script>alert(1)</script>",
    "</details></code><h1>x",
    "``` ` `` \\",
    "@someone #12 :tada: www.example.org a@example.org https://example.org",
    "[x](https://example.org) ![x](y) | a | b |\n\n# head\n- [ ] item\r\n<!-- --> &lt; $x$",
    "\u202eabc\u200b\x1b[31m \x00",
    " ",
    "*a* _b_ ~~c~~ **d**",
)


def markdown_of(comparison, **how):
    out = io.StringIO()
    differs = write_markdown(comparison, out, **how)
    assert differs == comparison.differs
    assert len(out.getvalue()) < LIMIT
    return out.getvalue()


def a_comparison(*rows, name="t", metadata=()):
    return as_comparison(Changeset(Side(), Side(), metadata, (ResourceChange(name, key=("id",), rows=rows),)))


def test_counts_come_first_and_each_table_is_folded(tmp_path):
    old_tables = {"m": (schema(["id", "text"]), "id,text\n1,fight all crime\n2,x\n"), "s": (schema(["id"]), "id\n1\n")}
    new_tables = {
        "m": (schema(["id", "text", "n"]), "id,text,n\n1,fight every crime,\n3,y,7\n"),
        "s": (schema(["id"]), "id\n1\n"),
    }
    old = open_package(write_package(tmp_path / "o", old_tables))
    new = open_package(write_package(tmp_path / "n", new_tables, version="1.1.0"))
    assert markdown_of(compare(old, new)) == (
        "### Changes: `small 1.0.0` → `small 1.1.0`\n\n"
        "1 property of the package changed.\n\n"
        "| table | rows | cells | schema and properties |\n"
        "|---|---|---|---|\n"
        "| `m` | 1 added, 1 removed, 1 changed | 1 changed | 1 change of the schema |\n\n"
        "<details><summary><code>package</code></summary>\n\n"
        '- changed `version`: `"1.0.0"` → `"1.1.0"`\n'
        "\n</details>\n\n"
        "<details><summary><code>m</code>: 1 row added, 1 row removed, 1 row changed (1 cell changed), "
        "1 change of the schema</summary>\n\n"
        "- field added: `n` (`string`)\n"
        "- changed `1`\n"
        "  - `text`: ` fight  `<del>`all`</del><ins>`every`</ins>`  crime `\n"
        "- removed `2`\n"
        "  - `id`: `2`\n"
        "  - `text`: `x`\n"
        "- added `3`\n"
        "  - `id`: `3`\n"
        "  - `text`: `y`\n"
        "  - `n`: `7`\n"
        "\n</details>\n\n"
    )


def test_no_changes_are_said_in_a_line(tmp_path):
    same = package(tmp_path, "id,a,b\n")
    assert markdown_of(compare(same, same)) == "### No changes: `small 1.0.0`\n\n"


def test_counts_alone(tmp_path):
    rows = (RowChange("changed", ("1",), (CellChange("a", "x", "y"),)),)
    assert "<details>" not in markdown_of(a_comparison(*rows), shown=Shown(stat=True))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a", "`a`"),
        ("", "`∅`"),
        ("  ", "`␣␣`"),
        ("`", "`` ` ``"),
        ("a``b`", "``` a``b` ```"),
        ("a\nb", "`a\\nb`"),
        (" a", "`  a `"),
        ("\u202e", "`\\u202e`"),
    ],
)
def test_a_text_from_the_data_is_a_code_span(text, span):
    assert code(text) == span


def test_nothing_in_the_data_has_a_meaning_in_the_page():
    """What a Markdown reader makes of the page is our own tags and code; hostile texts are all inside code."""
    markdown_it = pytest.importorskip("markdown_it")
    rows = [RowChange("changed", (text,), (CellChange(text, text, f"{text} x", "changed"),)) for text in HOSTILE]
    rows += [RowChange("added", (f"{text}+",), row={text: text}) for text in HOSTILE]
    metadata = tuple(MetadataChange("changed", f"/{text}", text, {text: text}) for text in HOSTILE)
    for text in HOSTILE:
        page = markdown_of(a_comparison(*rows, name=text, metadata=metadata))
        tokens = [
            token
            for block in markdown_it.MarkdownIt("gfm-like", {"linkify": False}).parse(page)
            for token in (block.children or [block])
        ]
        tags = {tag for token in tokens if "html" in token.type for tag in re.findall(r"</?[a-z0-9]+", token.content)}
        assert tags == {
            "<details",
            "<summary",
            "<code",
            "</code",
            "</summary",
            "</details",
            "<del",
            "</del",
            "<ins",
            "</ins",
        }
        assert {
            token.type for token in tokens if token.type.startswith(("link", "image", "em_", "strong", "s_"))
        } == set()
        assert next(token for token in tokens if token.type == "heading_open").tag == "h3"
        assert sum(token.type == "heading_open" for token in tokens) == 1
        words = " ".join(token.content for token in tokens if token.type == "text")
        assert not re.search(r"[@#:\[\]`|*_~$]\w|www|example|script", words.replace("`mandates-data", ""))


def long_rows(count):
    return tuple(RowChange("added", (f"{n:06}",), row={"id": f"{n:06}", "a": "word " * 30}) for n in range(count))


def test_it_stays_under_its_limit_and_says_what_it_left_out():
    page = markdown_of(a_comparison(*long_rows(2000)))
    shown = page.count("\n- added ")
    assert 300 < shown < 600
    assert f"- {2000 - shown:,} more changes not shown here\n" in page
    assert page.endswith(
        f"**Left out here:** {2000 - shown:,} changes of `t`. `mandates-data diff OLD NEW` shows all of it.\n"
    )
    assert page.index("| `t` | 2,000 added |") < page.index("<details>")


def test_every_table_has_its_share():
    tables = tuple(ResourceChange(f"t{n}", key=("id",), rows=long_rows(500)) for n in range(4))
    page = markdown_of(as_comparison(Changeset(Side(), Side(), (), tables)))
    shares = [part.count("\n- added ") for part in page.split("<details>")[1:]]
    assert len(shares) == 4
    assert min(shares) > 60


@pytest.mark.parametrize("count", [300, 5000])
def test_many_tables_stay_under_the_limit_too(count):
    tables = tuple(ResourceChange(f"t{n:05}" * 20, key=("id",), rows=long_rows(2)) for n in range(count))
    page = markdown_of(as_comparison(Changeset(Side("n" * 9000), Side("m" * 9000), (), tables)))
    assert "more tables |" in page
    assert "other tables. `mandates-data diff OLD NEW` shows all of it." in page
