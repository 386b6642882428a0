"""`validate` and `explain` as a shell sees them."""

import json
import os
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from small_packages import field, resource, write_package

EXAMPLES = Path(__file__).parents[1] / "examples"
SCHEMAS = files("mandates_data.render") / "schemas"


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "mandates_data", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | environment,
        check=False,
    )


def check_json(text, kind):
    value = json.loads(text)
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def test_a_sound_package_ends_in_0_and_says_what_was_looked_at():
    done = run("validate", EXAMPLES / "MD401-reference-unknown" / "good")
    assert done.returncode == 0
    assert done.stdout == "example-md401 is sound: 2 tables, 5 rows, no errors, no warnings.\n"
    assert done.stderr == ""


def test_an_error_ends_in_1_and_says_where_what_and_what_next():
    done = run("validate", EXAMPLES / "MD204-not-a-date" / "bad")
    assert done.returncode == 1
    assert done.stdout == (
        'summits.csv:2:B  MD204  adopted_on: "04/06/2009" could mean 4 June or 6 April.\n'
        "        Write the date as YYYY-MM-DD.\n"
        "example-md204 is not sound: 1 table, 1 row, 1 error, 0 warnings. On a code: mandates-data explain MD204\n"
    )


def test_warnings_alone_end_in_0():
    done = run("validate", EXAMPLES / "MD109-no-final-line-end" / "bad")
    assert done.returncode == 0
    assert done.stdout.startswith("summits.csv:3  MD109 warning  The last line does not end.\n")


def test_the_json_report_holds_to_its_schema():
    done = run("validate", EXAMPLES / "MD305-key-twice" / "bad", "--format", "json")
    assert done.returncode == 1
    report = check_json(done.stdout, "report")
    assert (report["sound"], report["errors"], report["warnings"]) == (False, 1, 0)
    assert report["tables"] == [{"resource": "summits", "rows": 2}]
    assert report["findings"][0] == {
        "code": "MD305",
        "severity": "error",
        "message": '"Miami" stands in city on line 2 already.',
        "resource": "summits",
        "path": "summits.csv",
        "line": 3,
        "column": 1,
        "column_letter": "A",
        "field": "city",
        "row_key": "Miami",
        "seen": "Miami",
        "expected": "a value that no other row has",
        "mend": "Delete the row that is there twice, or give the new one a key of its own.",
        "fix": None,
        "cause": None,
        "count": 1,
    }


def test_the_report_of_every_example_holds_to_the_schema():
    from mandates_data.render.findings_json import write_json
    from mandates_data.validate.run import validate

    for folder in EXAMPLES.glob("MD[2-4]*"):
        import io

        out = io.StringIO()
        write_json(validate(folder / "bad"), out)
        assert check_json(out.getvalue(), "report")["findings"]


@pytest.mark.parametrize("path", ["../other.csv", "/etc/passwd", "http://example.org/t.csv", "C:/t.csv"])
def test_a_path_that_leaves_the_package_ends_in_2_with_one_line(tmp_path, path):
    described = resource("t", [field("a")])
    write_package(tmp_path, (described, "a\n1\n"))
    descriptor = (tmp_path / "datapackage.json").read_text(encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(descriptor.replace('"t.csv"', json.dumps(path)), encoding="utf-8")
    done = run("validate", tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("mandates-data: error: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a right of their own on Windows")
def test_a_link_that_leaves_the_package_ends_in_2(tmp_path):
    folder = write_package(tmp_path / "package", (resource("t", [field("a")]), "a\n1\n"))
    (tmp_path / "outside.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "t.csv").unlink()
    (folder / "t.csv").symlink_to(tmp_path / "outside.csv")
    done = run("validate", folder)
    assert done.returncode == 2
    assert "symbolic link" in done.stderr


def test_a_zip_is_read_like_a_folder(tmp_path):
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in (EXAMPLES / "MD204-not-a-date" / "bad").iterdir():
            packed.write(path, f"inside/{path.name}")
    assert run("validate", archive).returncode == 1


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100000, '{"resources": 5}', "\x00", '{"resources": [{}]}'])
def test_a_descriptor_that_is_none_never_makes_a_traceback(tmp_path, content):
    (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    done = run("validate", tmp_path)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr.startswith("mandates-data: error: ")


def test_no_package_ends_in_2(tmp_path):
    done = run("validate", tmp_path / "nowhere")
    assert done.returncode == 2
    assert done.stderr.startswith("mandates-data: error: There is no package at ")


def test_a_cell_cannot_command_the_terminal(tmp_path):
    fields = [field("a", "integer"), field("b\x1b[31m")]
    folder = write_package(tmp_path, (resource("t", fields), "a,b\x1b[31m\n\x1b]0;owned\x07\u202e,1\n"))
    done = run("validate", folder)
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "\\x1b]0;owned\\x07\\u202e" in done.stdout


def test_a_long_cell_is_shortened_in_text_and_whole_in_json(tmp_path):
    folder = write_package(tmp_path, (resource("t", [field("a", "integer")]), "a\n" + "x" * 5000 + "\n"))
    assert max(map(len, run("validate", folder).stdout.splitlines())) < 200
    assert json.loads(run("validate", folder, "--format", "json").stdout)["findings"][0]["seen"] == "x" * 5000


def test_output_survives_a_locale_that_knows_no_accents(tmp_path):
    folder = write_package(tmp_path, (resource("t", [field("a", "integer")]), "a\nQuébec\n"))
    done = run("validate", folder, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "Québec" in done.stdout


def test_rules_that_nobody_knows_are_a_warning():
    done = run("validate", EXAMPLES / "MD598-rules-unknown" / "bad")
    assert done.returncode == 0
    assert "MD598 warning  The rules 'resolutions' are not known, and were not checked." in done.stdout


def test_explain_prints_the_page_on_a_code_in_any_case():
    done = run("explain", "md304")
    assert done.returncode == 0
    assert done.stdout == (
        "MD304  A row has no key (error)\n"
        "\n"
        "The primary key names a row for all others that refer to it, now and in later\n"
        "versions. None of its parts may be empty.\n"
        "\n"
        "How to mend it: Write the key of the row.\n"
    )


def test_explain_names_codes_near_an_unknown_one():
    done = run("explain", "MD2044")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("mandates-data: error: There is no code 'MD2044'. Near it: MD204")


def test_explain_alone_lists_every_code():
    lines = run("explain").stdout.splitlines()
    rules = check_json(run("explain", "--format", "json").stdout, "rules")["rules"]
    assert [line.split()[0] for line in lines] == [rule["code"] for rule in rules]
    assert {"MD101", "MD204", "MD305", "MD401", "MD500", "MD603"} <= {rule["code"] for rule in rules}


def test_the_json_of_one_page_is_a_list_of_one():
    assert [
        rule["code"] for rule in check_json(run("explain", "MD204", "--format", "json").stdout, "rules")["rules"]
    ] == ["MD204"]


def test_conformance_asks_frictionless_and_says_that_it_agrees():
    pytest.importorskip("frictionless")
    done = run("validate", EXAMPLES / "MD401-reference-unknown" / "good", "--conformance")
    assert done.returncode == 0
    assert done.stderr == "Frictionless, the reference implementation, judges the same.\n"
