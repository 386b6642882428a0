"""What `import mandates_data` and `--help` may cost: modules here, milliseconds in `make bench`."""

import subprocess
import sys

HEAVY = {
    "pandas",
    "numpy",
    "pandera",
    "pyarrow",
    "frictionless",
    "openpyxl",
    "jinja2",
    "click",
    "sqlite3",
    "zipfile",
    "subprocess",
}


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh Python has after running the code."""
    shown = f"{code}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_library_loads_no_heavy_module() -> None:
    assert loaded_by("import mandates_data") & HEAVY == set()


def test_help_loads_nothing_heavy_but_click() -> None:
    code = "from mandates_data.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    assert loaded_by(code) & (HEAVY - {"click", "zipfile", "subprocess"}) == set()


def test_the_public_names_are_those_that_the_library_promises() -> None:
    import mandates_data

    promised = {"corpus", "data_version", "describe", "frame_schema", "load", "load_all", "tables", "__version__"}
    assert promised <= set(mandates_data.__all__)
    assert promised <= set(dir(mandates_data))
