import subprocess
import sys

import pytest

import mandates_data


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_importing_the_library_imports_nothing_but_itself() -> None:
    code = "import sys; before = set(sys.modules)\nimport mandates_data; print(*sorted(set(sys.modules) - before))"
    assert run(code).split() == ["mandates_data"]


def test_the_version_is_read_without_pandas() -> None:
    code = "import sys, mandates_data as m; m.__version__, m.data_version; print('pandas' in sys.modules)"
    assert run(code).split() == ["False"]


def test_loading_a_table_needs_neither_pandera_nor_frictionless_nor_click() -> None:
    code = (
        "import sys, mandates_data; mandates_data.load('summits'); "
        "print(*({'pandera', 'frictionless', 'click', 'openpyxl'} & set(sys.modules)))"
    )
    assert run(code).split() == []


def test_every_public_name_is_there_and_listed() -> None:
    assert mandates_data.__all__ == [
        "MandatesDataError",
        "RetiredIdWarning",
        "__version__",
        "agreement",
        "cite",
        "corpus",
        "data_version",
        "describe",
        "frame_schema",
        "history_of",
        "lineages",
        "load",
        "load_all",
        "open_package",
        "plot",
        "resolve",
        "save",
        "search",
        "similar",
        "stats",
        "tables",
    ]
    assert set(mandates_data.__all__) <= set(dir(mandates_data))
    for name in mandates_data.__all__:
        assert getattr(mandates_data, name) is not None


def test_every_public_function_says_what_is_raised() -> None:
    functions = [found for name in mandates_data.__all__ if callable(found := getattr(mandates_data, name))]
    silent = [found.__name__ for found in functions if "Raises\n" not in (found.__doc__ or "")]
    assert silent == ["MandatesDataError", "RetiredIdWarning"]


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'mandates_data' has no attribute 'lod'"):
        getattr(mandates_data, "lod")  # noqa: B009 # a type checker would tell the plain form


def test_the_version_of_the_data_is_that_of_the_library() -> None:
    assert mandates_data.data_version == mandates_data.__version__
    assert mandates_data.__version__.count(".") == 2
