"""Which counts there are, what each is made from, and the counting of one by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from ...errors import UnknownNameError
from ...package.model import Package
from . import codings, named, texts
from .facts import Facts
from .model import Asked, Statistic


@dataclass(frozen=True, slots=True)
class Choice:
    """A count that can be asked for: one line on it, its tables, and what may be asked of it (members of `Asked`)."""

    title: str
    tables: tuple[str, ...]
    count: Callable[[Facts, Asked], Statistic]
    takes: tuple[str, ...] = ()


_MANDATES = ("summits", "documents", "mandates")

STATISTICS: Mapping[str, Choice] = {
    "summits": Choice("mandates, preambles and items by summit", (*_MANDATES, "items"), texts.by_summit),
    "documents": Choice("the same by document, with their words", (*_MANDATES, "items"), texts.by_document),
    "words": Choice("length of the mandates in words, by summit", (*_MANDATES, "items"), texts.lengths, ("preambles",)),
    "codes": Choice(
        "mandates by code of the codebook and summit",
        (*_MANDATES, "subtopics", "mandate_subtopics"),
        codings.by_code,
        ("codes", "coder", "preambles"),
    ),
    "strength": Choice(
        "mandates by strength of the commitment and summit", (*_MANDATES, "acts"), codings.by_strength, ("preambles",)
    ),
    "verbs": Choice("leading verbs and their strength", (*_MANDATES, "acts"), codings.by_verb, ("preambles",)),
    "entities": Choice(
        "mandates that name a body, treaty or mechanism, by summit",
        (*_MANDATES, "entities", "mentions"),
        named.by_entity,
        ("preambles",),
    ),
    "lineages": Choice("how long the chains of a commitment are", (*_MANDATES, "lineages"), named.by_lineage),
    "corrections": Choice("corrections by kind and version", ("corrections",), named.by_kind_and_version),
}
"""Each count by its name, in the order in which they are listed."""


def statistic(name: str, package: Package, asked: Asked | None = None) -> Statistic:
    """The count of that name, on a package with the tables of this one.

    Parameters
    ----------
    name
        One of `STATISTICS`.
    package
        The package that is counted.
    asked
        Which codes, which coder, whether preambles; None for what is usual.

    Raises
    ------
    UnknownNameError
        There is no such count or coder, or the count does not take what is asked.
    PackageError
        The package lacks a table or field that is needed.
    TableError
        A table cannot be read, or refers to a row that is not there.
    """
    if name not in STATISTICS:
        raise UnknownNameError.of("statistic", name, tuple(STATISTICS))
    choice = STATISTICS[name]
    asked = asked or Asked()
    refuse_others(name, asked, choice.takes)
    facts = Facts(package)
    tables = {key: one.tables for key, one in STATISTICS.items()}
    facts.require(choice.tables, f"the statistic {name}", possible_names(tables, package))
    return choice.count(facts, asked)


def possible_names(tables: Mapping[str, tuple[str, ...]], package: Package) -> list[str]:
    """The names of what can be made from the tables that the package has; `tables` has those that each name needs."""
    there = set(package.resource_names)
    return [name for name, needed in tables.items() if there.issuperset(needed)]


def refuse_others(name: str, asked: Asked, takes: tuple[str, ...]) -> None:
    """Nothing, where all that is asked for beyond the usual is among what the choice takes."""
    for field in fields(asked):
        if field.name not in takes and getattr(asked, field.name) != field.default:
            taken = f"It takes {', '.join(takes)}." if takes else "Leave it out."
            raise UnknownNameError(f"{name} does not take {field.name}.", taken)
