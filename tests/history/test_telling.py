"""What happened to a row, in which release, and why."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from released_packages import CORRECTIONS, RETIRED, Draft, fields, opened, written, zipped

from mandates_data.history.telling import Event, RowHistory, history_of
from mandates_data.render.history_text import write_history, write_resolution


def mandates() -> Draft:
    """Four releases of two mandates and their items: a correction, a renaming, a removal, a split, one to come."""
    d = Draft(
        own={
            "corrections": {"table": "corrections"},
            "retired_ids": "retired_ids",
            "bookkeeping": ["releases", "changes", "corrections", "retired_ids"],
        }
    )
    d.add("mandates", fields("mandate_id", "text"), [("m-1", "The wich is good"), ("m-2", "Two and three")])
    names = {"fields": ["mandate_id"], "reference": {"resource": "mandates", "fields": ["mandate_id"]}}
    d.add(
        "items",
        fields("item_id", "mandate_id", "text", foreignKeys=[names]),
        [("m-1.a", "m-1", "one"), ("m-1.b", "m-1", "two"), ("m-2.a", "m-2", "three")],
    )
    d.add("corrections", CORRECTIONS)
    d.add("retired_ids", RETIRED)
    d.release("0.1.0")
    d.rows["mandates"][0] = ("m-1", "The which is good")
    d.rows["corrections"] = [
        ("m-1.text.1", "mandates", "m-1", "text", "The wich is good", "The which is good", "typo",
         "A letter is missing.", "text", "0.1.1"),
    ]  # fmt: skip
    d.release("0.1.1", [
        ("mandates", "m-1", "text", "changed", "The wich is good", "The which is good", "m-1.text.1")])  # fmt: skip
    d.rows["items"] = [("m-1.a", "m-1", "one"), ("m-2.a", "m-2", "three")]
    d.rows["retired_ids"] = [("m-1.b.1", "m-1.b", "items", "0.2.0", "", "It was no item.")]
    d.release("0.2.0", [("items", "m-1.b", "", "removed")])
    d.rows["mandates"] = [("m-1", "The which is good"), ("m-3", "Two"), ("m-4", "three")]
    d.rows["items"] = [("m-1.a", "m-1", "one"), ("m-2.a", "m-3", "three")]
    d.rows["retired_ids"] += [
        ("m-2.1", "m-2", "mandates", "0.3.0", "m-3", "Two paragraphs."),
        ("m-2.2", "m-2", "mandates", "0.3.0", "m-4", "Two paragraphs."),
    ]
    d.rows["corrections"].append(
        ("m-1.text.2", "mandates", "m-1", "text", "The which is good", "What is good", "typo", "Read so.",
         "https://example.org/a", ""),
    )  # fmt: skip
    d.release("0.3.0", [
        ("mandates", "m-2", "", "removed"), ("mandates", "m-3", "", "added"), ("mandates", "m-4", "", "added"),
        ("items", "m-2.a", "mandate_id", "changed", "m-2", "m-3")])  # fmt: skip
    return d


FILES = mandates().released["0.3.0"]
PACKAGE = opened(FILES)


def brief(events: tuple[Event, ...]) -> list[tuple[str, str, str, str]]:
    return [(event.version, event.row_id, event.field, event.change) for event in events]


def shown(told: RowHistory, width: int | None = None) -> str:
    out = io.StringIO()
    write_history(told, out, width=width)
    return out.getvalue()


def test_a_change_is_told_with_its_release_day_and_correction() -> None:
    told = history_of("m-1", PACKAGE)
    assert (told.resolution.status, told.since, told.since_on) == ("current", "0.1.0", "2026-12-01")
    assert brief(told.events) == [("0.1.1", "m-1", "text", "changed"), ("", "m-1", "text", "corrected")]
    [first, coming] = told.events
    assert (first.released_on, first.old, first.new) == ("2026-12-01", "The wich is good", "The which is good")
    assert [(one.reason, one.evidence) for one in first.corrections] == [("A letter is missing.", "text")]
    assert (coming.released_on, coming.corrections[0].reason) == ("", "Read so.")


def test_what_happened_to_the_rows_that_belong_to_it_is_told_also_where_they_are_gone() -> None:
    [event] = history_of("m-1", PACKAGE).belonging
    assert (event.version, event.table, event.row_id, event.change) == ("0.2.0", "items", "m-1.b", "removed")
    assert event.reason == "It was no item."


def test_a_row_that_went_over_to_another_is_told_at_both() -> None:
    assert brief(history_of("m-2", PACKAGE).belonging) == [("0.3.0", "m-2.a", "mandate_id", "changed")]
    assert brief(history_of("m-3", PACKAGE).belonging) == [("0.3.0", "m-2.a", "mandate_id", "changed")]


def test_a_split_is_told_at_the_old_row_and_at_the_new_ones() -> None:
    [gone] = history_of("m-2", PACKAGE).events
    assert (gone.change, gone.replaced_by, gone.reason) == ("removed", ("m-3", "m-4"), "Two paragraphs.")
    told = history_of("m-4", PACKAGE)
    assert (told.since, brief(told.events)) == (
        "0.3.0",
        [("0.3.0", "m-4", "", "added"), ("0.3.0", "m-2", "", "retired")],
    )


def test_a_renamed_row_has_the_history_of_its_earlier_names() -> None:
    d = Draft()
    d.add("words", fields("id", "text"), [("c", "x")])
    d.release("0.1.0", [("words", "a", "text", "filled", "", "x")])
    d.release("0.2.0", [("words", "a", "", "renamed", "a", "b")])
    d.release("0.3.0", [("words", "b", "", "renamed", "b", "c")])
    told = history_of("c", opened(d.released["0.3.0"]))
    assert brief(told.events) == [("0.1.0", "a", "text", "filled"), ("0.2.0", "a", "", "renamed"),
                                  ("0.3.0", "b", "", "renamed")]  # fmt: skip
    assert [event.new_id for event in told.events] == ["", "b", "c"]


def test_releases_come_in_the_order_of_their_numbers() -> None:
    d = Draft()
    d.add("words", fields("id", "text"), [("a", "x")])
    for version in ("0.1.0", "0.9.0", "0.10.0"):
        d.release(version, [("words", "a", "text", "changed", "y", "x")])
    assert [event.version for event in history_of("a", opened(d.released["0.10.0"])).events] == [
        "0.1.0", "0.9.0", "0.10.0"]  # fmt: skip


def test_a_row_that_is_not_yet_released_is_not_said_to_be_known() -> None:
    d = mandates()
    d.rows["mandates"].append(("m-9", "new"))
    assert history_of("m-9", opened(d.files("0.3.0"))).since == ""


def test_what_was_never_given_has_no_events() -> None:
    told = history_of("m-7", PACKAGE)
    assert (told.resolution.status, told.events, told.belonging) == ("never_given", (), ())
    assert shown(told).startswith("m-7 was never given.\nNear it: ")


def test_a_package_without_a_history_tells_what_its_ledgers_say() -> None:
    d = Draft(history=None, own={"corrections": {"table": "corrections"}})
    d.remove("releases")
    d.remove("changes")
    d.add("words", fields("id", "text"), [("a", "x")])
    d.add("corrections", CORRECTIONS, [("a.text.1", "words", "a", "text", "y", "x", "typo", "Seen.", "text", "0.1.0")])
    told = history_of("a", opened(d.files("0.1.0")))
    assert (told.since, brief(told.events)) == ("", [("0.1.0", "a", "text", "corrected")])


def test_the_text_has_the_words_that_changed_and_why() -> None:
    assert shown(history_of("m-1", PACKAGE)) == (
        "mandates m-1\n"
        "  m-1 is current: a row of mandates.\n"
        "  Known since 0.1.0 (2026-12-01).\n"
        "\n"
        "0.1.1 (2026-12-01)\n"
        "  text: The [-wich-]{+which+} is good\n"
        "    why: A letter is missing. (typo; evidence: the text itself)\n"
        "    correction m-1.text.1\n"
        "\n"
        "0.2.0 (2026-12-01)\n"
        "  items m-1.b was removed\n"
        "    why: It was no item.\n"
        "\n"
        "not yet released\n"
        "  text: [-The which-]{+What+} is good\n"
        "    why: Read so. (typo; evidence: https://example.org/a)\n"
        "    correction m-1.text.2\n"
    )


def test_the_text_of_a_split_says_where_it_went() -> None:
    assert shown(history_of("m-2", PACKAGE)) == (
        "mandates m-2\n"
        "  m-2 was replaced by m-3 and m-4 (it was split).\n"
        "  - m-2: replaced by m-3 and m-4 (not in mandates from 0.3.0 on): Two paragraphs.\n"
        "  Known since 0.1.0 (2026-12-01).\n"
        "\n"
        "0.3.0 (2026-12-01)\n"
        "  the row was retired, replaced by m-3 and m-4\n"
        "    why: Two paragraphs.\n"
        '  items m-2.a mandate_id: "m-2" -> "m-3"\n'
    )


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_the_window(width: int) -> None:
    lines = shown(history_of("m-1", PACKAGE), width).splitlines()
    assert [line for line in lines if len(line) > width and " " in line.strip()] == []


def test_a_resolution_is_a_sentence_and_its_steps() -> None:
    out = io.StringIO()
    write_resolution(history_of("m-1.b", PACKAGE).resolution, out)
    assert out.getvalue() == (
        "m-1.b was withdrawn; nothing stands in its place.\n"
        "- m-1.b: withdrawn (not in items from 0.2.0 on): It was no item.\n"
    )


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mandates_data", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, check=False)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("resolve", "m-1"), 0, "m-1 is current"),
        (("resolve", "m-2"), 1, "m-2 was replaced by m-3 and m-4"),
        (("resolve", "m-1.b"), 1, "m-1.b was withdrawn"),
        (("resolve", "m-77"), 1, "m-77 was never given"),
        (("resolve", "m-2", "0.2.0"), 0, "m-2 is current"),
        (("history", "m-2"), 0, "0.3.0 (2026-12-01)"),
        (("history", "m-77"), 1, "m-77 was never given"),
        (("history", "m-1", "package.zip"), 0, "0.1.1 (2026-12-01)"),
    ],
)
def test_the_commands_end_with_their_codes(arguments: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    written(tmp_path, FILES)
    (tmp_path / "package.zip").write_bytes(zipped(FILES))
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stderr) == (code, "")
    assert said in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("resolve", "m-1", "nowhere"),
        ("history", "m-1", "9.9.9"),
        ("resolve", "m-1", "--table", "mandate"),
        ("resolve",),
    ],
)
def test_what_could_not_run_ends_with_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(written(tmp_path, FILES), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_the_json_of_a_history_holds_to_its_schema(tmp_path: Path) -> None:
    from importlib.resources import files

    import jsonschema

    written(tmp_path, FILES)
    for command, form in (("history", "history"), ("resolve", "resolution")):
        schema = json.loads((files("mandates_data.render") / f"schemas/{form}.schema.json").read_text("utf-8"))
        for identifier in ("m-1", "m-2", "m-3", "m-1.b", "m-77"):
            done = run(tmp_path, command, identifier, "--format", "json")
            jsonschema.Draft202012Validator(schema).validate(json.loads(done.stdout))
