"""A note for whoever compares with a branch that has moved on since their own began."""

from __future__ import annotations

import click

from ..history.references import revisions_ahead
from ..package.store import Store
from ..render.summary import neutral


def note_if_behind(reference: str | None, store: Store) -> None:
    """Say on standard error how many revisions of the base the checkout lacks: they look as if they had been undone."""
    ahead = 0 if reference is None else revisions_ahead(reference, store)
    if reference is not None and ahead:
        name = reference.removeprefix("git:")
        many = "a revision" if ahead == 1 else f"{ahead:,} revisions"
        said = f"note: {name} has {many} that this checkout lacks, so what came with them looks undone here."
        click.echo(neutral(f"{said} First run: git rebase {name}"), err=True)
