"""The Markdown of an issue form, written by anyone: either one correction comes of it, or a sentence for its writer."""

import tempfile
from pathlib import Path

import pytest
import yaml
from corrected_packages import LEDGER, MENDED, ROOT, TEXT, contents, form, small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mandates_data.diff.changeset_file import changeset_bytes, read_changeset
from mandates_data.diff.correcting.correct import correct
from mandates_data.diff.correcting.issue_form import LABELS, read_form
from mandates_data.diff.correcting.values import RefusedError
from mandates_data.package.opening import open_package

TEMPLATE = ROOT / ".github" / "ISSUE_TEMPLATE" / "a-correction.yml"
PUBLISHED = open_package(ROOT)


def sentence(text, folder):
    """Why the issue is refused; empty where it is not."""
    try:
        correct(open_package(folder), read_form(text if isinstance(text, bytes) else text.encode()))
    except RefusedError as error:
        return " ".join(f"{one.kind}: {one.sentence}" for one in error.refusals)
    return ""


def test_the_parts_of_the_form_are_those_of_the_template():
    template = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    labels = [part["attributes"]["label"] for part in template["body"] if part["type"] != "markdown"]
    assert labels == list(LABELS.values())


def test_the_kinds_of_the_template_are_those_of_the_ledger():
    template = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    (kinds,) = [part["attributes"]["options"] for part in template["body"] if part["type"] == "dropdown"]
    ledger = PUBLISHED.resource("corrections").schema.field("kind").constraints.enum
    assert tuple(kind.partition(":")[0] for kind in kinds) == ledger


def test_a_form_becomes_a_correction(tmp_path):
    found = correct(open_package(small(tmp_path)), read_form(form().encode(), 12))
    assert [found.correction[name] for name in LEDGER] == [
        "a-1.text.1", "acts", "a-1", "text", TEXT, MENDED, "typo", "A letter is wrong. (issue 12)", "text", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        form().replace("\n", "\r\n"),
        form(Printed_value=TEXT, Corrected_value=MENDED),
        form(Printed_value=f"  {TEXT}\t\n\n"),
        form(Reason="A letter\nis wrong."),
        form(Evidence="Text"),
        "\ufeff" + form(),
        form().rstrip("\n"),
    ],
    ids=[
        "Windows",
        "no fence",
        "blanks around",
        "a reason in two lines",
        "a capital from a telephone",
        "byte order mark",
        "no last line end",
    ],
)
def test_what_github_changes_in_a_form_is_undone(tmp_path, text):
    found = correct(open_package(small(tmp_path)), read_form(text.encode()))
    assert (found.correction["old"], found.correction["new"], found.correction["reason"]) == (
        TEXT, MENDED, "A letter is wrong.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (form(Printed_value="Fight"), "not-as-printed: The cell is not "),
        (form(Printed_value="_No response_"), 'not-as-printed: The cell is not empty but '),
        (
            form(Printed_value=f'```text\n"{TEXT}"\n```'),
            f'not-as-printed: The cell is not ""{TEXT}"" but "{TEXT}": copy it as it stands now, without the quotation',
        ),
        (form(Corrected_value=f'"{MENDED}"'), "not-whole: The corrected value stands in quotation marks, which the"),
        (form(Corrected_value="traffic"), "not-whole: The corrected value takes the place of the whole cell, and most"),
        (form(Corrected_value="_No response_"), 'empty-part: "Corrected value" is empty: fill in that part'),
        (form(Evidence="_No response_"), "no-evidence: The evidence is missing: fill in that part of the form."),
        (form(Evidence="I know"), 'evidence: The evidence "I know" is no address'),
        (form(Row="a-1\na-2"), 'several-lines: "Row" has more than one line, and one row, one column, one correction'),
        (form(Row="a-1, a-2"), 'unknown-row: There is no row with this identifier, "a-1, a-2": name one row'),
        (form(Row="../../etc/passwd"), 'unknown-row: There is no row with this identifier, "../../etc/passwd"'),
        (form(Row="$" + "{{ github.token }}"), "unknown-row: There is no row with this identifier"),
        (form(Row="a" * 5000), "no-name: "),
        (form(Row="a-1\u202e"), 'hidden: "Row" has a sign that nobody sees, RIGHT-TO-LEFT OVERRIDE (U+202E)'),
        (form(Corrected_value="safe \u202etxt"), 'hidden: "Corrected value" has a sign that nobody sees, RIGHT-TO'),
        (form(Reason="A let\u200bter"), 'hidden: "Reason" has a sign that nobody sees, ZERO WIDTH SPACE (U+200B)'),
        (form(Reason="Fine <!-- and more -->"), "hidden: The form has a comment that nobody sees"),
        (form() + "\n### Row\n\na-2\n", 'part-twice: "Row" stands twice: one form, one correction.'),
        (form(Reason="```\nopen to the end"), 'no-form: The form has no part "Evidence"'),
        (form(Printed_value="```text\na\n```\nb"), 'several-lines: "Printed value" has more than one line'),
        (form(Corrected_value="x" * 70_000), "value: The corrected value has 70,000 characters"),
        (form(Reason="A\0letter"), "not-text: The text holds a null character"),
        (b"\xff\xfe" + form().encode(), "not-text: The text is not UTF-8"),
        (b"### Row\n\n" + b"a" * 400_000, "too-large: The text is longer than an issue can be"),
        ("Hello, there is a typo.", "no-form: The text does not begin as the form does"),
        ("", 'no-form: The form has no part "Row": open a new issue with the form.'),
    ],
)  # fmt: skip
def test_what_is_not_the_form_is_refused_in_a_sentence(tmp_path, text, expected):
    folder = small(tmp_path)
    before = contents(folder)
    said = sentence(text, folder)
    assert said.startswith(expected)
    assert "\n" not in said
    assert contents(folder) == before


def test_a_heading_of_the_form_inside_a_value_in_a_fence_is_part_of_the_value(tmp_path):
    said = sentence(form(Printed_value="```text\n### Row\n```"), small(tmp_path))
    assert said.startswith('not-as-printed: The cell is not "### Row" but ')


HOSTILE = st.sampled_from(
    [
        "```", "~~~", "````text", "### Row", "### Column", "### Evidence", "#### Row", "<!--", "-->", "\r", "\r\n",
        "\n", "_No response_", "\u202e", "\u200b", "\0", "::error::x",
        "$" + "{{ secrets.X }}", "##[error]", "%0A", "a-1",
        "text", "acts", "../..", "corrections", TEXT, MENDED, "typo", "https://example.org", '"', ",", "=1+1", "\ufeff",
        "\x1b[2J", "owner", "b-2", "day", "2001-04-21", "x" * 3000,
    ]
)  # fmt: skip
PIECES = st.lists(HOSTILE | st.text(max_size=20), max_size=6).map("".join)
FORMS = st.builds(
    lambda parts, tail: form(**parts) + tail,
    st.dictionaries(st.sampled_from([label.replace(" ", "_") for label in LABELS.values()]), PIECES, max_size=4),
    PIECES | st.just(""),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=FORMS | PIECES, number=st.none() | st.integers(1, 10**9))
def test_no_text_makes_more_of_it_than_one_cell_and_one_row_of_the_ledger(text, number):
    with tempfile.TemporaryDirectory() as temporary:
        folder = small(Path(temporary))
        before = contents(folder)
        refused, found = (), None
        try:
            found = correct(open_package(folder), read_form(text.encode("utf-8", "surrogatepass"), number))
        except RefusedError as error:
            refused = error.refusals
        assert bool(refused) == (found is None)
        assert all(one.sentence.endswith((".", "?")) and one.sentence.isprintable() for one in refused)
        if found is not None:
            changes = {
                change.name: change.rows for change in read_changeset(changeset_bytes(found.changeset)).resources
            }
            assert changes.keys() == {found.table, "corrections"}
            ((row,), (written,)) = changes[found.table], changes["corrections"]
            assert (row.kind, row.key, [cell.field for cell in row.cells]) == ("changed", ("a-1",), [found.field])
            assert (written.kind, written.row["new"]) == ("added", row.cells[0].new)
        assert contents(folder) == before
