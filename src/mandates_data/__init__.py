"""The mandates of the Summits of the Americas (1994-2022) as typed tables, and the toolkit around them.

`load("mandates")` gives a table as a pandas frame, `corpus()` the mandates ready for analysis, `tables()` what tables
there are, and `describe("mandates")` what the columns of one hold; each with `version="0.1.0"` as it was in an earlier
release. `search` finds mandates by their words, `similar` and `lineages` those that take up one another, `stats` counts
them, `plot` draws the counts, and `cite` says how to cite one. `history_of` tells what happened to a row, and `resolve`
what an identifier of any age means today; `agreement` how far two coders agree. Nothing here is imported before it is
used.
"""

TYPE_CHECKING = False  # type checkers take it for true; the typing module would cost more than all of this file
if TYPE_CHECKING:
    from .errors import MandatesDataError as MandatesDataError
    from .errors import RetiredIdWarning as RetiredIdWarning
    from .explore.agreement import agreement as agreement
    from .explore.citing import cite as cite
    from .explore.plots.drawing import plot as plot
    from .explore.searching import search as search
    from .explore.similarity import lineages as lineages
    from .explore.similarity import similar as similar
    from .explore.statistics.frames import stats as stats
    from .frames.describing import describe as describe
    from .frames.describing import tables as tables
    from .frames.loading import load as load
    from .frames.loading import load_all as load_all
    from .frames.pandera_schemas import frame_schema as frame_schema
    from .frames.saving import save as save
    from .history.references import open_package as open_package
    from .history.resolving import resolve as resolve
    from .history.telling import history_of as history_of
    from .mandates.corpus import corpus as corpus

    __version__: str
    data_version: str

_HOMES = {
    "MandatesDataError": "errors",
    "RetiredIdWarning": "errors",
    "agreement": "explore.agreement",
    "cite": "explore.citing",
    "corpus": "mandates.corpus",
    "describe": "frames.describing",
    "frame_schema": "frames.pandera_schemas",
    "history_of": "history.telling",
    "lineages": "explore.similarity",
    "load": "frames.loading",
    "load_all": "frames.loading",
    "open_package": "history.references",
    "plot": "explore.plots.drawing",
    "resolve": "history.resolving",
    "save": "frames.saving",
    "search": "explore.searching",
    "similar": "explore.similarity",
    "stats": "explore.statistics.frames",
    "tables": "frames.describing",
}
"""Each public name with the module that it is imported from when it is first asked for (PEP 562)."""

__all__ = [
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


if not TYPE_CHECKING:  # so that a type checker tells a name that is not there

    def __getattr__(name):
        """The public name, imported now, or the version, read now."""
        if name in ("__version__", "data_version"):
            from ._version import installed_version

            found = installed_version()
        elif name in _HOMES:
            from importlib import import_module

            found = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    """The public names, whether they have been used or not."""
    return sorted({*globals(), *__all__} - {"TYPE_CHECKING"})
