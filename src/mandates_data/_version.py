"""The version of the library and of its tables: one number, `version` in datapackage.json."""

from __future__ import annotations


def installed_version() -> str:
    """The version of the package that came with this library."""
    import json

    from .package.opening import installed_folder

    text = (installed_folder() / "datapackage.json").read_text(encoding="utf-8")
    return str(json.loads(text)["version"])
