"""The rows of the tables with one page's rows replaced: other pages' rows, and corrected cells, stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from ..package.model import Package
from .boilerplate import TITLE
from .citations import Citations
from .facts import Printing, merge, other_printings, printings_of
from .identifiers import Assignment, Known
from .reading import Paragraph, Problem, Reading
from .tables import Row, Tables, topic_order
from .topics import heading_of, topics_of

ARCHIVE = "data/source"


class Assembly:
    """The tables with one page's rows replaced."""

    def __init__(
        self,
        package: Package,
        tables: Tables,
        citations: Citations,
        source_id: str,
        reading: Reading,
        assignment: Assignment,
    ) -> None:
        self._package, self._tables, self._citations = package, tables, citations
        self._source_id, self._reading = source_id, reading
        self._paragraphs = list(zip(reading.paragraphs, assignment.known, strict=True))
        self._topic_id = reading.topic_id or self._topic_known()
        self.problems: list[Problem] = []

    def _topic_known(self) -> str:
        sources = self._tables["sources"]
        return next((row["topic_id"] for row in sources if row["source_id"] == self._source_id), "")

    def topic_problems(self) -> list[Problem]:
        """What keeps the page's topic from being known."""
        heading, topic_id, topics = self._reading.heading, self._topic_id, self._tables["topics"]
        known = heading_of(topic_id, topics)
        if not topic_id:
            return [
                Problem("missing decision", 0, "the page has no heading: name its topic (decision topic, or --topic)")
            ]
        if not heading and not known:
            message = (
                f"topic {topic_id!r} is not in the table topics, and the page has no heading to take its title from"
            )
            return [Problem("missing decision", 0, message)]
        if heading and known and heading != known:
            message = f"the heading is {heading!r}, but the topic {topic_id!r} is known as {known!r}"
            return [Problem("unexplained line", 0, message)]
        return []

    def rows(self) -> dict[str, list[Row]]:
        """The rows of the tables `WRITTEN`, without the page's row in `sources`."""
        before = self._tables
        mandates = {mandate_id: dict(row) for mandate_id, row in before.mandates.items()}
        items = {item_id: dict(row) for item_id, row in before.items.items()}
        others = [row for row in before["printings"] if row["source_id"] != self._source_id]
        here = [row for paragraph, known in self._paragraphs for row in self._printings(paragraph, known)]
        self._drop_retired(mandates, items, {row["mandate_id"] for row in [*others, *here]})
        printings = self._all_printings()
        for paragraph, known in self._paragraphs:
            mandate_id = known.mandate_id
            row = {"mandate_id": mandate_id, "document_id": paragraph.document_id, "text": paragraph.text}
            row |= self._merged(paragraph, [p for name, p in printings if name == mandate_id])
            mandates[mandate_id] = mandates.get(mandate_id, {}) | self._corrected("mandates", mandate_id, row)
            for position, (item, item_id) in enumerate(zip(paragraph.items, known.item_ids, strict=True), start=1):
                point = {"item_id": item_id, "mandate_id": mandate_id, "position": str(position)}
                point |= {"label": item.label, "text": item.text}
                items[item_id] = items.get(item_id, {}) | self._corrected("items", item_id, point)
        return {
            "topics": self._topics(),
            "mandates": list(mandates.values()),
            "items": list(items.values()),
            "printings": [*others, *here],
        }

    def rows_of_source(self, rows: dict[str, list[Row]], digest: str) -> None:
        """Add the page itself, and from it the order of its topic's mandates."""
        facts = self._reading.facts
        source = {"source_id": self._source_id, "topic_id": self._topic_id, "title": TITLE, **facts}
        source |= {"path": f"{ARCHIVE}/{self._source_id}.txt", "sha256": digest}
        others = [row for row in self._tables["sources"] if row["source_id"] != self._source_id]
        rows["sources"] = [*others, source]
        rows["mandate_topics"] = topic_order(rows)

    def _all_printings(self) -> list[tuple[str, Printing]]:
        assert self._package.store is not None
        mandate_at = {paragraph.line: known.mandate_id for paragraph, known in self._paragraphs}
        here = printings_of(self._source_id, self._reading, mandate_at)
        return here + other_printings(self._package.store, self._tables, self._citations, self._source_id)

    def _merged(self, paragraph: Paragraph, printings: list[Printing]) -> Mapping[str, str]:
        merged = merge(printings)
        for name in merged.contradictions:
            pages = ", ".join(sorted({printing.source_id for printing in printings}))
            message = f"{name}: the pages that print this paragraph ({pages}) contradict each other"
            self.problems.append(Problem("refused decision", paragraph.line, message, paragraph.text[:90]))
        return merged.values

    def _corrected(self, table: str, row_id: str, printed: Row) -> Row:
        ledger = self._tables.ledger
        return {field: ledger.newest(table, row_id, field, text) for field, text in printed.items()}

    def _printings(self, paragraph: Paragraph, known: Known) -> list[Row]:
        lines = [(paragraph.line, "", paragraph.citation, paragraph.marker)]
        items = zip(paragraph.items, known.item_ids, strict=True)
        lines += [(item.line, item_id, item.citation, item.marker) for item, item_id in items]
        return [
            {
                "source_id": self._source_id,
                "source_line": str(line),
                "mandate_id": known.mandate_id,
                "item_id": item_id,
                "citation": citation,
                "marker": marker,
            }
            for line, item_id, citation, marker in lines
        ]

    def _drop_retired(self, mandates: dict[str, Row], items: dict[str, Row], printed: set[str]) -> None:
        """Rows of mandates that only this page printed, and prints no more: gone where retired, else a problem."""
        retired = {row["retired_id"] for row in self._tables["retired_ids"]}
        before = {row["mandate_id"] for row in self._tables["printings"] if row["source_id"] == self._source_id}
        for mandate_id in sorted(before - printed):
            if mandate_id not in retired:
                message = f"{mandate_id} is no longer on the page as it was: give it a row in retired_ids"
                self.problems.append(Problem("missing decision", 0, message))
            mandates.pop(mandate_id, None)
            for item_id in [key for key, row in items.items() if row["mandate_id"] == mandate_id]:
                del items[item_id]

    def _topics(self) -> list[Row]:
        rows: dict[str, Row] = {row["topic_id"]: row for row in self._tables["topics"]}
        if self._reading.heading:
            for row in topics_of(self._reading.heading):
                rows.setdefault(row["topic_id"], row)
        return list(rows.values())
