"""What the base settles: damaged cells and keys are put back, a proven encoding is read, an edit is kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from mended_packages import commit, fmt, left, package, repairs, table

from mandates_data.mending.run import mend
from mandates_data.mending.values import Mending
from mandates_data.package.opening import open_package

BASE = (
    "id,name,day\n"
    "001,Québec,2001-04-20\n"
    "002,Bogotá “la Nueva”,2018-04-13\n"
    "003,São Paulo,\n"
    "004,Lima,1994-12-09\n"
)  # fmt: skip


def against(tmp_path: Path, base: str, now: bytes | str, *more: Any, **schema: Any) -> tuple[Mending, str]:
    """What became of a table that was `base` and is `now`, and its text."""
    before = package(tmp_path / "base", base, *more, **schema)
    folder = package(tmp_path / "now", now, *more, **schema)
    return fmt(folder, before), (folder / "t.csv").read_bytes().decode("utf-8")


def kept(mending: Mending) -> list[tuple[str, str, str]]:
    return [(str(edit.place.row_key), edit.old, edit.new) for edit in table(mending).edits]


def put_back(mending: Mending) -> list[tuple[str, str]]:
    return [(one.seen, one.text) for one in table(mending).restored]


def test_a_date_as_a_spreadsheet_rewrites_it_is_put_back(tmp_path: Path) -> None:
    mending, text = against(tmp_path, BASE, BASE.replace("2001-04-20", "20/04/2001"))
    assert text == BASE
    (one,) = table(mending).restored
    assert (one.seen, one.text, one.kind) == ("20/04/2001", "2001-04-20", "date-rewritten")
    assert (one.place.line, one.place.column, one.place.new_line, one.place.new_column) == (2, 3, 2, 3)
    assert (one.place.field, one.place.row_key) == ("day", "001")
    assert (mending.left, kept(mending)) == (0, [])


def test_the_point_after_the_number_of_a_list_is_put_back(tmp_path: Path) -> None:
    base = BASE.replace("Lima", "10.")
    mending, text = against(tmp_path, base, BASE.replace("Lima", "10"))
    assert text == base
    assert [one.kind for one in table(mending).restored] == ["final-point-lost"]


def test_places_are_those_of_the_file_as_it_was_and_as_it_is(tmp_path: Path) -> None:
    now = "day,id,name\n12/9/1994,004,Lima\n,003,São Paulo\n2018-04-13,002,Bogotá “la Nueva”\n2001-04-20,001,Québec\n"
    mending, text = against(tmp_path, BASE, now)
    assert text == BASE
    (one,) = table(mending).restored
    assert (one.place.line, one.place.column, one.place.new_line, one.place.new_column) == (2, 1, 5, 3)


def test_damaged_keys_are_put_back_where_one_row_alone_can_be_meant(tmp_path: Path) -> None:
    now = "id,name,day\n1,Québec,2001-04-20\n2,Bogotá “la Nueva”,2018-04-13\n3,São Paulo,\n4,Lima,1994-12-09\n"
    mending, text = against(tmp_path, BASE, now)
    assert text == BASE
    assert put_back(mending) == [("1", "001"), ("2", "002"), ("3", "003"), ("4", "004")]
    assert (table(mending).added, table(mending).removed) == (0, 0)


def test_an_edit_of_a_row_whose_key_is_damaged_is_kept(tmp_path: Path) -> None:
    mending, text = against(tmp_path, BASE, BASE.replace("001,Québec", "1,Québec City"))
    assert text == BASE.replace("Québec", "Québec City")
    assert kept(mending) == [("001", "Québec", "Québec City")]


def test_a_key_that_could_have_been_two_is_told_apart_by_its_row(tmp_path: Path) -> None:
    base = "id,name,day\n007,Lima,\n07,Quito,\n7,Miami,\n"
    mending, text = against(tmp_path, base, "id,name,day\n7,Lima,\n7,Quito,\n7,Miami,\n")
    assert text == base
    assert mending.left == 0


def test_a_key_that_could_have_been_two_rows_alike_is_left(tmp_path: Path) -> None:
    base = "id,name,day\n007,Lima,\n07,Lima,\n8,Quito,\n"
    mending, text = against(tmp_path, base, "id,name,day\n7,Lima,\n7,Lima,\n8,Quito,\n")
    assert text == "id,name,day\n7,Lima,\n7,Lima,\n8,Quito,\n"
    assert left(table(mending)) == ["duplicate-key 3"]


def test_a_new_row_whose_key_looks_damaged_but_whose_cells_do_not_is_new(tmp_path: Path) -> None:
    mending, text = against(tmp_path, BASE, BASE.replace("004,Lima,1994-12-09", "4,Quito,2004-01-12"))
    assert "4,Quito,2004-01-12\n" in text
    assert (table(mending).added, table(mending).removed) == (1, 1)


def test_a_row_of_which_only_the_damaged_key_is_left_is_known_by_the_others(tmp_path: Path) -> None:
    mending, text = against(tmp_path, BASE, BASE.replace("001,", "1,").replace("004,Lima,1994-12-09", "4,Quito,"))
    assert text == BASE.replace("004,Lima,1994-12-09", "004,Quito,")
    assert kept(mending) == [("004", "Lima", "Quito"), ("004", "1994-12-09", "")]


def test_keys_of_several_parts_are_matched_part_by_part(tmp_path: Path) -> None:
    fields = [{"name": "page"}, {"name": "line"}, {"name": "mark"}]
    base = "page,line,mark\nsecurity,010,a\nsecurity,011,b\n"
    now = "page,line,mark\nsecurity,10,a\nsecurity,11,c\nsecurity,12,d\n"
    mending, text = against(tmp_path, base, now, fields, primaryKey=["page", "line"])
    assert text == "page,line,mark\nsecurity,010,a\nsecurity,011,c\nsecurity,12,d\n"
    assert (table(mending).added, table(mending).removed) == (1, 0)


def test_true_corrections_new_rows_and_removals_are_kept(tmp_path: Path) -> None:
    now = "id,name,day\n001,Québec City,2001-04-20\n003,São Paulo,2004-05-05\n004,,1994-12-09\n005,Miami,\n"
    mending, text = against(tmp_path, BASE, now)
    assert text == now
    assert kept(mending) == [("001", "Québec", "Québec City"), ("003", "", "2004-05-05"), ("004", "Lima", "")]
    assert (table(mending).added, table(mending).removed, put_back(mending), mending.left) == (1, 1, [], 0)


def test_a_change_that_a_person_may_have_meant_is_kept_and_shown(tmp_path: Path) -> None:
    mending, text = against(tmp_path, BASE, BASE.replace("Québec", "Quebec"))
    assert "001,Quebec,2001-04-20\n" in text
    (doubt,) = table(mending).left
    assert (doubt.kind, doubt.counts, mending.left) == ("perhaps-damage", False, 0)
    assert doubt.message == '"Quebec" has lost its accent, or you meant it. Before: "Québec".'


def test_a_published_value_is_not_named_again(tmp_path: Path) -> None:
    base = BASE.replace("1994-12-09", "09/12/94")
    mending, _text = against(tmp_path, base, base.replace("Lima", "Quito"))
    assert left(table(mending)) == []


# -- Encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "base"),
    [
        ("cp1252", BASE),
        ("cp850", BASE.replace("“la Nueva”", "ñ")),
        ("mac_roman", BASE),
        ("cp1250", BASE.replace("“la Nueva”", "Łódź").replace("ã", "ş")),
    ],
)
def test_an_encoding_that_the_base_proves_is_read(encoding: str, base: str, tmp_path: Path) -> None:
    mending, text = against(tmp_path, base, base.encode(encoding))
    assert text == base
    assert (repairs(table(mending)), table(mending).encoding) == (["encoding"], encoding)


def test_an_encoding_is_proven_in_spite_of_edits_semicolons_and_disorder(tmp_path: Path) -> None:
    now = (
        "id;name;day\r\n4;Lima, São Isidro;1994-12-09\r\n3;São Paulo;\r\n2;Bogotá;13/04/2018\r\n1;Québec;20.04.2001\r\n"
    )
    mending, text = against(tmp_path, BASE, now.encode("cp1252"))
    assert text == (
        'id,name,day\n001,Québec,2001-04-20\n002,Bogotá,2018-04-13\n003,São Paulo,\n004,"Lima, São Isidro",1994-12-09\n'
    )
    assert repairs(table(mending)) == ["encoding", "separator", "line-ends", "row-order"]
    assert kept(mending) == [("004", "Lima", "Lima, São Isidro"), ("002", "Bogotá “la Nueva”", "Bogotá")]


def test_a_letter_that_nothing_proves_is_left(tmp_path: Path) -> None:
    base = "id,name,day\n1,Québec,\n2,Lima,\n"
    mending, _text = against_untouched(tmp_path, base, "id,name,day\n1,Québec,\n2,El Niño,\n".encode("cp1252"))
    (named,) = table(mending).left
    assert (named.kind, named.place.line) == ("encoding", 2)
    assert 'On line 3 it could say "El Niño" or' in named.message


def test_a_base_without_any_such_letter_proves_nothing(tmp_path: Path) -> None:
    base = "id,name,day\n1,Quebec,\n2,Lima,\n"
    mending, _text = against_untouched(tmp_path, base, "id,name,day\n1,Québec,\n2,Lima,\n".encode("cp1252"))
    assert left(table(mending)) == ["encoding 2"]


def test_an_encoding_that_turns_other_letters_wrong_is_not_believed(tmp_path: Path) -> None:
    base = "id,name,day\n1,Québec,\n2,Κρήτη,\n"
    now = "id,name,day\n1,Québec,\n2,".encode("cp1252") + "Κρήτη".encode("cp1253") + b",\n"
    mending, _text = against_untouched(tmp_path, base, now)
    assert left(table(mending)) == ["encoding 2"]


def against_untouched(tmp_path: Path, base: str, now: bytes) -> tuple[Mending, bytes]:
    before, folder = package(tmp_path / "base", base), package(tmp_path / "now", now)
    mending = fmt(folder, before)
    assert (folder / "t.csv").read_bytes() == now
    return mending, now


# -- Letters that were read in the wrong encoding, and saved so -------------------------------------------------------


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
def test_garbled_letters_are_put_back_and_an_edit_among_them_is_kept(codec: str, tmp_path: Path) -> None:
    base = "id,name,day\n1,Québec… 94,\n2,São Paulo,\n3,Bogotá,\n"
    now = base.encode().decode(codec).replace("Paulo", "Luís")
    mending, text = against(tmp_path, base, now)
    assert text == "id,name,day\n1,Québec… 94,\n2,São Luís,\n3,Bogotá,\n"
    assert kept(mending) == [("2", "São Paulo", "São Luís")]
    assert [one.text for one in table(mending).restored] == ["Québec… 94", "São Luís", "Bogotá"]


def test_letters_garbled_twice_are_put_back(tmp_path: Path) -> None:
    base = "id,name,day\n1,Québec y Perú,\n2,El Niño,\n"
    twice = base.encode().decode("cp1252").encode().decode("cp1252")
    mending, text = against(tmp_path, base, twice.replace("El ", "La "))
    assert text == "id,name,day\n1,Québec y Perú,\n2,La Niño,\n"
    assert kept(mending) == [("2", "El Niño", "La Niño")]


def test_letters_that_only_look_garbled_stay_where_others_are_whole(tmp_path: Path) -> None:
    now = BASE.replace("São Paulo", "SÃ£o Paulo e mais")
    mending, text = against(tmp_path, BASE, now)
    assert text == now
    assert kept(mending) == [("003", "São Paulo", "SÃ£o Paulo e mais")]


# -- The base itself --------------------------------------------------------------------------------------------------


def test_the_base_may_be_a_git_revision_of_the_folder_wherever_one_stands(tmp_path: Path) -> None:
    folder = package(tmp_path / "now", BASE)
    commit(folder)
    (folder / "t.csv").write_text(BASE.replace("001,", "1,"), encoding="utf-8")
    for reference in ("git:HEAD", "HEAD"):
        mending = fmt(folder, reference)
        assert (folder / "t.csv").read_text(encoding="utf-8") == BASE
        assert mending.against == "git:HEAD"


def test_a_base_that_cannot_be_read_settles_nothing_and_is_named(tmp_path: Path) -> None:
    mending, text = against(tmp_path, 'id,name,day\n1,"x,\n', "id,name,day\nb,x,\na,y,\n")
    assert text == "id,name,day\na,y,\nb,x,\n"
    assert (left(table(mending)), mending.left) == (["no-base -"], 1)


def test_a_base_without_the_table_settles_nothing_without_blame(tmp_path: Path) -> None:
    before = package(tmp_path / "base", BASE, name="other")
    mending = fmt(package(tmp_path / "now", BASE + "000,x,\n"), before)
    assert (left(table(mending)), mending.left, table(mending).state) == (["no-base -"], 0, "mended")


def test_a_key_that_stands_twice_in_the_base_proves_nothing(tmp_path: Path) -> None:
    base = "id,name,day\n1,x,2001-01-01\n1,y,2001-01-01\n"
    mending, _text = against(tmp_path, base, "id,name,day\n1,y,1/1/2001\n")
    assert put_back(mending) == []


def test_columns_that_the_base_lacks_are_new(tmp_path: Path) -> None:
    before = package(tmp_path / "base", "id\n01\n", [{"name": "id", "type": "string"}])
    mending = fmt(package(tmp_path / "now", "id,name,day\n1,x,\n"), before)
    assert (tmp_path / "now" / "t.csv").read_text() == "id,name,day\n01,x,\n"
    assert kept(mending) == []


def test_a_column_whose_type_was_changed_is_not_compared(tmp_path: Path) -> None:
    fields = [{"name": "id"}, {"name": "rank", "type": "string"}]
    before = package(tmp_path / "base", "id,rank\na,007\n", fields)
    now = package(tmp_path / "now", "id,rank\na,7\n", [fields[0], {"name": "rank", "type": "integer"}])
    assert fmt(now, before).changed == ()


def test_what_the_ledger_explains_is_no_damage(tmp_path: Path) -> None:
    """The ledger itself comes as a spreadsheet saved it."""
    own = {"corrections": {"table": "corrections"}, "bookkeeping": ["corrections"]}
    columns = ["correction_id", "table", "row_id", "field", "old", "new"]
    fields = [{"name": name, "type": "string", "constraints": {"required": True}} for name in columns]
    ledger = {"name": "corrections", "path": "c.csv", "schema": {"fields": fields, "primaryKey": "correction_id"}}
    folders = []
    for name, text, rows in (
        ("base", "id,name,day\n1,“A”,\n2,“B”,\n", "correction_id,table,row_id,field,old,new\n"),
        ("now", 'id,name,day\n1,"""A""",\n2,"""B""",\n',
         'correction_id;table;row_id;field;old;new\n1.name.1;t;1;name;“A”;"""A"""\n'),
    ):  # fmt: skip
        folders.append(package(tmp_path / name, text, own=own))
        descriptor = json.loads((folders[-1] / "datapackage.json").read_text(encoding="utf-8"))
        descriptor["resources"].append(ledger)
        (folders[-1] / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        (folders[-1] / "c.csv").write_text(rows, encoding="utf-8")
    mending = fmt(folders[1], folders[0])
    assert (folders[1] / "t.csv").read_text(encoding="utf-8") == 'id,name,day\n1,"""A""",\n2,“B”,\n'
    assert (folders[1] / "c.csv").read_text(encoding="utf-8") == (
        'correction_id,table,row_id,field,old,new\n1.name.1,t,1,name,“A”,"""A"""\n'
    )
    assert [(edit.place.row_key, edit.new) for edit in mending.tables[0].edits] == [("1", '"A"')]
    assert mending.left == 0


def test_looking_writes_nothing(tmp_path: Path) -> None:
    before, folder = package(tmp_path / "base", BASE), package(tmp_path / "now", BASE.replace("001,", "1,"))
    mending = mend(open_package(folder), str(before))
    assert mending.changed == ("t.csv",)
    assert (folder / "t.csv").read_text(encoding="utf-8") == BASE.replace("001,", "1,")


def test_a_thousand_damaged_keys_are_put_back(tmp_path: Path) -> None:
    base = "id,name,day\n" + "".join(f"{number:05},City {number},\n" for number in range(1000))
    now = "id,name,day\n" + "".join(f"{number},City {number},\n" for number in range(1000))
    mending, text = against(tmp_path, base, now)
    assert text == base
    assert (table(mending).added, table(mending).removed) == (0, 0)
