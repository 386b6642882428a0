"""The rules on mandates that `validate` runs for a package that asks for them. Each is a named function.

The order matters: what the proof or a rule on the tables finds on a cell is not told a second time by the comparison
with the pages, and a page whose proof does not hold is not read again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

from ..errors import MandatesDataError
from ..package.model import Package
from ..package.store import read_bytes
from ..validate.findings import Finding, quoted
from . import codes
from .agreement import compare
from .annotation_rules import check_annotations
from .codings import codings_fit
from .identifiers import item_ids
from .ledger_rules import corrections_fit, retired_not_in_use, retirements_fit
from .lineage_rules import lineages_fit
from .provenance import prove_page, texts_are_printed
from .tables import PlacedRow, Tables, read_tables, row_id, topic_order

TableRule = Callable[[Tables], Iterator[Finding]]


def check_mandates(package: Package) -> Iterator[Finding]:
    """Every finding under the rules of `codes.RULES`."""
    try:
        tables = read_tables(package)
    except MandatesDataError as error:
        message = f"Nothing is known of the mandates: {error.message}"
        yield codes.NOT_CHECKED.finding(message, mend=error.next_step or None)
        return
    told: set[tuple[str | None, str | None, str | None]] = set()
    for finding in _table_findings(tables):
        told.add((finding.resource, finding.row_key, finding.field))
        yield finding
    proved: list[PlacedRow] = []
    unproved: set[str | None] = set()
    for source in tables["sources"]:
        broken = list(prove_page(tables, source))
        yield from broken
        unproved |= {finding.row_key for finding in broken}
        if not broken:
            proved.append(source)
    for finding in compare(tables, proved):
        if (finding.resource, finding.row_key, finding.field) not in told or finding.row_key is None:
            yield finding
    yield from codings_fit(tables, {row["mandate_id"] for row in tables["printings"] if _key(row) in unproved})


def _key(printing: PlacedRow) -> str:
    return row_id("printings", printing)


def _table_findings(tables: Tables) -> Iterator[Finding]:
    for rule in RULES_ON_TABLES:
        yield from rule(tables)


def page_digests(tables: Tables) -> Iterator[Finding]:
    """`sources.sha256` is the digest of the page."""
    assert tables.package.store is not None
    for row in tables["sources"]:
        try:
            digest = hashlib.sha256(read_bytes(tables.package.store, row["path"])).hexdigest()
        except MandatesDataError:
            continue  # MD601 tells it
        if digest != row["sha256"]:
            message = f"{row['path']} has the digest {digest}."
            yield codes.PAGE_DIGEST.finding(message, **tables.place("sources", row, "sha256"), expected=digest)


def identifiers_fit(tables: Tables) -> Iterator[Finding]:
    """Each identifier is made of the one that its row belonged to when it was given: corrections are undone."""
    for table, key, owner, form in (
        ("documents", "document_id", "summit_id", r"{}-[a-z]+"),
        ("mandates", "mandate_id", "document_id", r"{}-(?!000)[0-9]{{3,}}"),
        ("items", "item_id", "mandate_id", r"{}\.(?:{})"),
        ("topics", "topic_id", "parent_topic_id", r"{}-[a-z0-9-]+"),
    ):
        for row in tables[table]:
            belongs_to = tables.printed(table, row, owner)
            if not belongs_to:
                continue
            last = "b[0-9]{2,}" if not row.get("label") else re.escape(row["label"])
            if not re.fullmatch(form.format(re.escape(belongs_to), last), row[key]):
                message = f"{quoted(row[key])} does not belong to {quoted(belongs_to)}."
                yield codes.IDENTIFIER_FORM.finding(message, **tables.place(table, row, key))


def item_positions(tables: Tables) -> Iterator[Finding]:
    """A mandate's items count from 1 without a gap, and those without a label are named in that order."""
    for mandate_id, rows in tables.items_of.items():
        names = item_ids(mandate_id, [row["label"] for row in rows])
        for expected, (row, name) in enumerate(zip(rows, names, strict=True), start=1):
            if row["position"] != str(expected) or (not row["label"] and row["item_id"] != name):
                message = f"The item is number {expected} of {mandate_id}, its position is {quoted(row['position'])}."
                yield codes.ITEM_POSITIONS.finding(message, **tables.place("items", row, "position"))
                break


def preambles(tables: Tables) -> Iterator[Finding]:
    """`preamble_id` names a preamble of the same document, and a preamble has none."""
    for row in tables["mandates"]:
        preamble = tables.mandates.get(row["preamble_id"])
        if row["preamble_id"] and row["role"] == "preamble":
            wrong = "A preamble is not introduced by another."
        elif preamble is None:
            continue  # none, or a reference that leads nowhere (MD401)
        elif preamble["role"] != "preamble":
            wrong = f"{row['preamble_id']} has not the role of a preamble."
        elif preamble["document_id"] != row["document_id"]:
            wrong = f"{row['preamble_id']} is of another document."
        else:
            continue
        yield codes.PREAMBLE.finding(wrong, **tables.place("mandates", row, "preamble_id"))


def document_basis(tables: Tables) -> Iterator[Finding]:
    """`document_basis` is what the citations in `printings` make it, on whichever page says most."""
    cited = {row["mandate_id"] for row in tables["printings"] if row["citation"] and not row["item_id"]}
    by_item = {row["mandate_id"] for row in tables["printings"] if row["citation"] and row["item_id"]}
    printed = {row["mandate_id"] for row in tables["printings"]}
    for row in tables["mandates"]:
        mandate_id = row["mandate_id"]
        expected = "printed" if mandate_id in cited else "item" if mandate_id in by_item else "inferred"
        if mandate_id in printed and tables.printed("mandates", row, "document_basis") != expected:
            message = f"It is {quoted(row['document_basis'])}; by the citations on the pages it is {quoted(expected)}."
            place = tables.place("mandates", row, "document_basis")
            yield codes.DOCUMENT_BASIS.finding(message, **place, expected=expected)


def topics_in_order(tables: Tables) -> Iterator[Finding]:
    """`mandate_topics` is what `printings` makes it."""
    expected = {(row["mandate_id"], row["topic_id"]): row["position"] for row in topic_order(tables.rows)}
    for row in tables["mandate_topics"]:
        position = expected.pop((row["mandate_id"], row["topic_id"]), None)
        if position is None:
            message = f"No page on {row['topic_id']} prints {row['mandate_id']}."
            yield codes.TOPIC_ORDER.finding(message, **tables.place("mandate_topics", row, "mandate_id"))
        elif position != row["position"]:
            message = f"It is number {position} on the topic's pages, not {quoted(row['position'])}."
            place = tables.place("mandate_topics", row, "position")
            yield codes.TOPIC_ORDER.finding(message, **place, expected=position)
    for mandate_id, topic_id in expected:
        message = f"{mandate_id} is printed on a page on {topic_id}; the table has no row that says so."
        path = tables.package.resource("mandate_topics").path
        yield codes.TOPIC_ORDER.finding(
            message, resource="mandate_topics", path=path, row_key=f"{mandate_id}/{topic_id}"
        )


RULES_ON_TABLES: tuple[TableRule, ...] = (
    page_digests,
    texts_are_printed,
    identifiers_fit,
    item_positions,
    preambles,
    document_basis,
    corrections_fit,
    retired_not_in_use,
    retirements_fit,
    topics_in_order,
    lineages_fit,
    check_annotations,
)
"""The rules that look at the tables alone (and at a page's bytes), in the order in which they run."""
