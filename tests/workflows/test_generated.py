"""Two hundred pull requests on one base: damage is found and mended, what was meant is let through and never lost."""

import importlib
import importlib.util
import shutil

import pytest
from generated_requests import BASE, FIELDS, canonical, proposal, published
from pull_requests import git

from mandates_data.mending.run import mend, write
from mandates_data.package.opening import open_package
from mandates_data.package.store import read_bytes
from mandates_data.validate.run import validate

SEEDS = range(200)
MERGES = importlib.util.find_spec("mandates_data.diff.merging") is not None


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return published(tmp_path_factory.mktemp("generated") / "checkout")


@pytest.fixture
def base(checkout, tmp_path):
    """The base as a folder of its own: reading it takes no git."""
    shutil.copytree(checkout, tmp_path / "base", ignore=shutil.ignore_patterns(".git"))
    return tmp_path / "base"


def sent(folder, base, seed):
    shutil.copytree(base, folder)
    found = proposal(seed)
    found.write(folder)
    return found


def test_the_generator_makes_every_kind():
    kinds = [kind for seed in SEEDS for kind in proposal(seed).kinds]
    assert sorted(set(kinds)) == [
        "add",
        "all quoted",
        "byte order mark",
        "correct",
        "days first",
        "dotted days",
        "garbled",
        "leading zeros",
        "months first",
        "no last line end",
        "semicolons",
        "shuffled",
        "tabs in UTF-16",
        "trailing zeros",
        "windows line ends",
    ]
    assert sum(bool(proposal(seed).spoiled) for seed in SEEDS) > 60


def test_the_base_is_sound_as_a_revision_of_git(checkout):
    assert validate(checkout, against="main").findings == ()
    assert git(checkout, "status", "--porcelain") == ""


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_damage_is_found_and_mended_and_what_was_meant_is_let_through(base, tmp_path, start):
    for seed in range(start, start + 20):
        folder = tmp_path / f"proposal-{seed}"
        found = sent(folder, base, seed)
        told = validate(folder, against=base)
        about = f"seed {seed}: {', '.join(found.kinds)}"
        assert bool(told.findings) == bool(found.sent), about
        whole_file = {one.path for one in told.findings if one.line is None or one.row_key is None}
        for table, key, name in sorted(found.spoiled):
            cells = [(one.resource, one.row_key, one.field) for one in told.findings]
            assert (table, key, name) in cells or f"{table}.csv" in whole_file, f"{about}: {key} {name}"
        package = open_package(folder)
        write(package, mend(package, str(base)))
        for table in FIELDS:
            mended = (folder / f"{table}.csv").read_bytes()
            assert mended == canonical(table, found.meant[table]), f"{about}: {table}"
        assert validate(folder, against=base).findings == (), about


@pytest.mark.skipif(not MERGES, reason="needs the merge")
@pytest.mark.parametrize("start", range(0, 200, 20))
def test_of_two_proposals_nothing_is_lost_in_merging(base, tmp_path, start):
    merge_packages = importlib.import_module("mandates_data.diff.merging.files").merge_packages
    for seed in range(start, start + 20, 2):
        sides = []
        for each in (seed, seed + 1):
            found = proposal(each)
            found.sent.clear()  # as they are once they are mended
            folder = tmp_path / f"side-{each}"
            shutil.copytree(base, folder)
            found.write(folder)
            sides.append((found, folder))
        (ours, our_folder), (theirs, their_folder) = sides
        merged = merge_packages(open_package(base), open_package(our_folder), open_package(their_folder))
        told = {(one.table, "/".join(one.key)) for one in merged.conflicts}
        for table in FIELDS:
            expected, clashes = merged_by_hand(BASE[table], ours.meant[table], theirs.meant[table])
            assert {key for name, key in told if name == table} == clashes, f"seed {seed}: {table}"
            if not clashes:
                assert read_bytes(merged.store, f"{table}.csv") == canonical(table, expected), f"seed {seed}: {table}"


def merged_by_hand(base, ours, theirs):
    """The rows of both, cell by cell, and the keys of rows in which both changed one cell differently."""
    merged, clashes = {}, set()
    for key in {*ours, *theirs}:
        left, right, old = ours.get(key), theirs.get(key), base.get(key)
        if left is None or right is None or old is None:
            merged[key] = left or right
            if left and right and left != right:
                clashes.add(key)
            continue
        merged[key] = [
            ours if theirs == before else theirs for before, ours, theirs in zip(old, left, right, strict=True)
        ]
        changed = zip(old, left, right, strict=True)
        if any(before not in (one, other) and one != other for before, one, other in changed):
            clashes.add(key)
    return merged, clashes


def test_some_of_the_pairs_clash():
    clashing = 0
    for seed in range(0, 200, 2):
        ours, theirs = proposal(seed).meant, proposal(seed + 1).meant
        clashing += any(merged_by_hand(BASE[name], ours[name], theirs[name])[1] for name in FIELDS)
    assert clashing >= 5
