"""The house's order: a module imports only from the floors below it, and heavy libraries stay where they belong."""

import ast
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[2] / "src" / "mandates_data"

FLOORS = (
    "errors", "package", "_version", "validate", "mending", "diff", "history", "convert", "frames", "conformance",
    "mandates", "release", "explore", "render", "site", "cli", "__init__", "__main__",
)  # fmt: skip
"""Ground floor first."""

STANDARD_LIBRARY_ONLY = ("errors", "package", "_version", "validate", "mending", "diff", "history")

HOMES = {
    "click": ("cli",),
    "frictionless": ("conformance",),
    "matplotlib": ("explore.plots",),
    "pandas": ("explore.agreement", "explore.coded", "explore.statistics.frames", "frames", "mandates.corpus"),
    "krippendorff": ("explore",),
    "pandera": ("frames",),
    "pyarrow": ("convert",),
    "numpy": ("explore.measures",),
    "openpyxl": ("convert",),
    "scipy": ("explore",),
    "statsmodels": ("explore",),
    "jinja2": ("site",),
    "markupsafe": ("site",),
}
"""The only floors, or modules of them, that may import each library."""


def imports(source: str, package: tuple[str, ...]) -> set[str]:
    """The dotted names that a module imports, `TYPE_CHECKING` blocks included; own modules in full."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
            start = base if node.level else str(node.module)
            found |= {f"{start}.{alias.name}" for alias in node.names}
    return found


def modules() -> dict[str, set[str]]:
    """Each module of the library, by its path's dotted name, with what it imports."""
    found = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        inside = path.relative_to(LIBRARY.parent)
        found[".".join(inside.with_suffix("").parts)] = imports(path.read_text(encoding="utf-8"), inside.parts[:-1])
    return found


MODULES = modules()


def floor(dotted: str) -> str:
    """The floor of one of our modules: `mandates_data.package.model.Field` is on `package`.

    A public name of the library itself (`mandates_data.load`) is on the top floor.
    """
    parts = dotted.split(".")
    if len(parts) == 1:
        return "__init__"
    known = parts[1] in FLOORS or (LIBRARY / parts[1]).is_dir() or (LIBRARY / f"{parts[1]}.py").is_file()
    return parts[1] if known else "__init__"


def test_the_reader_of_imports_sees_every_form() -> None:
    source = (
        "import os.path\nfrom csv import reader\nfrom . import here\nfrom ..diff import compare\nfrom .near import a"
    )
    assert imports(source, ("mandates_data", "convert")) == {
        "os.path",
        "csv.reader",
        "mandates_data.convert.here",
        "mandates_data.diff.compare",
        "mandates_data.convert.near.a",
    }


def test_every_module_stands_on_a_known_floor() -> None:
    assert {floor(module) for module in MODULES} <= set(FLOORS)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_its_own_floor_and_those_below(module: str) -> None:
    own = FLOORS.index(floor(module))
    above = {name for name in MODULES[module] if name.split(".")[0] == "mandates_data"}
    above = {name for name in above if FLOORS.index(floor(name)) > own}
    assert above == set()


def test_no_module_imports_itself_through_others() -> None:
    edges = {module: {target for name in names if (target := target_module(name))} for module, names in MODULES.items()}
    assert [module for module in edges if module in reachable(module, edges)] == []


def target_module(name: str) -> str | None:
    """The module that an imported name stands in, None for other libraries."""
    for candidate in (name, f"{name}.__init__", name.rpartition(".")[0], f"{name.rpartition('.')[0]}.__init__"):
        if candidate in MODULES:
            return candidate
    return None


def reachable(module: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges[module] - {module})
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += edges[here]
    return seen


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_the_libraries_that_its_floor_may(module: str) -> None:
    strangers = {name.split(".")[0] for name in MODULES[module]} - set(sys.stdlib_module_names) - {"mandates_data"}
    inside = module.partition(".")[2] + "."
    assert {
        name for name in strangers if not inside.startswith(tuple(f"{home}." for home in HOMES.get(name, ())))
    } == set()
    assert not (strangers and floor(module) in STANDARD_LIBRARY_ONLY)
