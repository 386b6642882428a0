"""The commands as a shell sees them: exit codes, input, files, and nothing that a runner takes for a command."""

import json
import subprocess
import sys

import pytest
from corrected_packages import MENDED, TEXT, contents, form, published, small

WORDS = ["--kind", "typo", "--reason", "A letter is wrong.", "--evidence", "text"]


def run(folder, *arguments, text=""):
    command = [sys.executable, "-m", "mandates_data", *map(str, arguments)]
    done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=folder, check=False, timeout=120)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_correction_is_made_and_shown_word_by_word(tmp_path):
    code, out, err = run(small(tmp_path), "correct", "a-1", "text", "--to", MENDED, *WORDS)
    assert (code, err) == (0, "")
    assert out == (
        "acts a-1, text: corrected\n"
        "    Fight the [-trafick-]{+traffic+} of arms , and of drugs\n"
        "corrections a-1.text.1: kind: typo; reason: A letter is wrong.; evidence: text\n"
        "acts.csv written\n"
        "corrections.csv written\n"
    )


def test_a_dry_run_writes_nothing(tmp_path):
    before = contents(small(tmp_path))
    code, out, _ = run(tmp_path, "correct", "a-1", "text", "--to", MENDED, *WORDS, "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "acts a-1, text: would be corrected")
    assert contents(tmp_path) == before


def test_a_refusal_ends_in_one_and_is_said_on_standard_output(tmp_path):
    before = contents(small(tmp_path))
    code, out, err = run(tmp_path, "correct", "a-1", "text", "--to", MENDED, "--kind", "typo", "--reason", "x")
    assert (code, out, err) == (
        1, "Refused: The evidence is missing: give it with --evidence.\nNothing was changed.\n", "",
    )  # fmt: skip
    assert contents(tmp_path) == before


def test_the_value_comes_from_standard_input_or_a_file_too(tmp_path):
    code, _, _ = run(small(tmp_path), "correct", "a-1", "text", "--to", "-", *WORDS, text=MENDED + "\n")
    assert (code, MENDED in (tmp_path / "acts.csv").read_text(encoding="utf-8")) == (0, True)
    (tmp_path / "new.txt").write_bytes(f"{MENDED}!\r\n".encode())
    code, _, _ = run(tmp_path, "correct", "a-1", "text", "--to-file", "new.txt", *WORDS)
    assert (code, f'{MENDED}!"' in (tmp_path / "acts.csv").read_text(encoding="utf-8")) == (0, True)


def test_a_form_becomes_a_changeset_that_patch_applies_to_the_same_bytes(tmp_path):
    package, other = small(tmp_path / "a"), small(tmp_path / "b")
    (tmp_path / "issue.md").write_text(form(), encoding="utf-8")
    before = contents(package)
    code, out, _ = run(package, "correct", "--from-issue", "../issue.md", "--issue-number", 7, "-o", "../c.json")
    assert (code, "../c.json written: mandates-data patch applies it." in out) == (0, True)
    assert contents(package) == before
    assert run(package, "patch", ".", "../c.json")[0] == 0
    assert run(other, "correct", "--from-issue", "-", "--issue-number", 7, text=form())[0] == 0
    changed = {name: content for name, content in contents(package).items() if before[name] != content}
    assert sorted(changed) == ["acts.csv", "corrections.csv"]
    assert {name: contents(other)[name] for name in changed} == changed


def test_a_changeset_is_not_written_over_a_table(tmp_path):
    before = contents(small(tmp_path))
    code, _, err = run(tmp_path, "correct", "a-1", "text", "--to", MENDED, *WORDS, "-o", "acts.csv")
    assert (code, "acts.csv is a file of the package" in err) == (2, True)
    assert contents(tmp_path) == before


def test_undo_leads_back_byte_for_byte(tmp_path):
    folder = published(tmp_path / "p")
    before = contents(folder)
    words = [*WORDS, "--to", "Peace and security"]
    assert run(folder, "correct", "security", "title", *words)[0] == 0
    assert contents(folder) != before
    code, out, _ = run(folder, "correct", "security", "title", "--undo")
    assert (code, out.splitlines()[0]) == (0, "topics security, title: taken back")
    assert contents(folder) == before


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a-1"],
        ["a-1", "text", "--from-issue", "x"],
        ["a-1", "text", "--undo", "--to", "x"],
        ["a-1", "text", "--to", "x", "--to-file", "y"],
        ["--from-issue", "not-there.md"],
        ["a-1", "text", "--to-file", "."],
    ],
)
def test_what_cannot_run_ends_in_two(tmp_path, arguments):
    before = contents(small(tmp_path))
    code, out, err = run(tmp_path, "correct", *arguments)
    assert (code, out) == (2, "")
    assert err
    assert contents(tmp_path) == before


HOSTILE = "::error::gone ##[error]x %0A ${{ github.token }} \x1b[2J"


@pytest.mark.parametrize("format_", ["text", "json"])
def test_nothing_is_printed_that_a_runner_would_take_for_a_command(tmp_path, format_):
    folder = small(tmp_path)
    outs = [
        run(folder, "correct", HOSTILE, "text", "--to", "x", *WORDS, "--format", format_),
        run(folder, "correct", "a-1", HOSTILE, "--to", "x", *WORDS, "--format", format_),
        run(folder, "correct", "a-1", "text", "--to", "::error::x ##[error]y", *WORDS, "--format", format_),
        run(folder, "correct", "a-1", "text", "--reason", "::error::x ##[debug]", "--format", format_),
        run(folder, "show", "a-1", "--format", format_),
        run(folder, "correct", "--from-issue", "-", "--format", format_, text=form(Row=HOSTILE)),
        run(folder, "show", HOSTILE, "--format", format_),
    ]
    for code, out, err in outs:
        assert code in (0, 1, 2)
        for line in (out + err).splitlines():
            assert not line.lstrip().startswith("::")
            assert "##[" not in line
            assert "\x1b" not in line


def test_a_refused_form_is_json_for_a_workflow(tmp_path):
    code, out, _ = run(small(tmp_path), "correct", "--from-issue", "-", "--format", "json", text=form(Row="a-11"))
    found = json.loads(out)
    assert (code, found["accepted"], found["cell"]) == (1, False, None)
    assert found["refusals"] == [
        {"kind": "unknown-row", "sentence": 'There is no row with this identifier, "a-11": did you mean a-1?'}
    ]


def test_show_prints_what_was_printed(tmp_path):
    folder = small(tmp_path)
    run(folder, "correct", "a-1", "text", "--to", MENDED, *WORDS)
    code, out, _ = run(folder, "show", "a-1")
    assert code == 0
    assert out == (
        "acts a-1\n"
        "  id: a-1\n"
        "  text: Fight the traffic of arms , and of drugs\n"
        "      printed and corrected: Fight the [-trafick-]{+traffic+} of arms , and of drugs\n"
        "      a-1.text.1 (not released yet): kind: typo; reason: A letter is wrong.; evidence: text\n"
        "  owner: b-1\n"
        "  day: 2001-04-20\n"
    )
    assert TEXT not in out
