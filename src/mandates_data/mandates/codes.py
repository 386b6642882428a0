"""The rules on mandates, `MD6xx`, with the pages that `explain` prints on them."""

from __future__ import annotations

from ..diff.correcting import codes as ledger_codes
from ..validate.findings import Rule

NOT_CHECKED = Rule(
    "MD600", "mandates-not-checked", "The rules on mandates could not be applied",
    "The package asks for them, but one of the tables that they need is missing or cannot be read as rows. Nothing "
    "is known of the mandates until it can.",
    "Mend what else is found first, then validate again.",
)  # fmt: skip
PAGE_UNREADABLE = Rule(
    "MD601", "page-unreadable", "An archived page cannot be read",
    "Every text here is proved from the archived page that prints it. The page is a file of the package: UTF-8 text "
    "with line ends as on Unix.",
    "Restore the page from the repository; an archived page is never edited.",
)  # fmt: skip
PAGE_DIGEST = Rule(
    "MD602", "page-digest", "An archived page is not the one that was read",
    "The table sources states the SHA-256 digest of each page, a fingerprint of its bytes. The page in the package "
    "has another one, so it was changed since.",
    "Restore the page. Where it was archived anew on purpose, run mandates-data extract on it.",
)  # fmt: skip
NOT_AS_PRINTED = Rule(
    "MD603", "not-as-printed", "A text is not what the page prints",
    "With the corrections undone, a line of the page is its marker, the text and the citation, letter by letter, with "
    "nothing but blank space between them. Here it is not: the text, the citation or the page was changed.",
    "Put the printed text back. To correct a mistake of the page, record it in the table corrections as well.",
)  # fmt: skip
LINE_UNEXPLAINED = Rule(
    "MD604", "line-unexplained", "A line of the page is neither a mandate nor a known line of such pages",
    "The tables account for the whole page. A line that they do not account for may be a mandate that was lost.",
    "Run mandates-data extract on the page. If the line holds no mandate, decide boilerplate for it.",
)  # fmt: skip
NOT_PRINTED = Rule(
    "MD605", "not-printed", "A mandate or item stands on no page",
    "Every mandate and every item is there because an archived page prints it, and the table printings says where.",
    "Add the printing, or retire the row.",
)  # fmt: skip
ITEMS_AS_PRINTED = Rule(
    "MD606", "items-as-printed", "The items below a mandate are not those that the page prints there",
    "Below the line of a mandate the page prints its items, all of them, in the order of their positions.",
    "Correct the positions or the printings, or run mandates-data extract on the page.",
)  # fmt: skip
PAGE_REFUSED = Rule(
    "MD607", "page-refused", "A page and its decisions do not settle everything",
    "What a page does not say is decided by a person, with a reason, in the decisions file beside the page. Here a "
    "decision is missing, or one is given that the page does not call for.",
    "Add, change or delete the row in the decisions file; its columns are line, decision, value and reason.",
)  # fmt: skip
NOT_AS_READ = Rule(
    "MD608", "not-as-read", "A cell is not what the page and its decisions say",
    "Document, section, official number, role, preamble, completeness, labels and the facts about a page all follow "
    "from the page and its decisions. The cell says something else.",
    "Run mandates-data extract on the page. If the cell is right, change the decision.",
)  # fmt: skip
IDENTIFIER_FORM = Rule(
    "MD609", "identifier-form", "An identifier does not fit the row that it names",
    "A mandate's identifier is its document's and a number, an item's is its mandate's and its label (or b01, b02 "
    "where none is printed), a document's begins with its summit's, a nested topic's with its parent's.",
    "Correct the identifier or the reference; one that was ever published is retired, not changed.",
)  # fmt: skip
ITEM_POSITIONS = Rule(
    "MD610", "item-positions", "The positions of a mandate's items do not count 1, 2, 3",
    "The position is the order in which the page prints the items; the printed letter or number is the label.",
    "Number the items of the mandate from 1 without a gap.",
)  # fmt: skip
PREAMBLE = Rule(
    "MD611", "preamble", "A preamble is not one, or is of another document",
    "The paragraph that introduces a mandate has the role preamble, is of the same document, and has none itself.",
    "Correct the decisions role and preamble on the page, and run mandates-data extract.",
)  # fmt: skip
DOCUMENT_BASIS = Rule(
    "MD612", "document-basis", "What the document rests on is not what is printed",
    "It is printed where the mandate's own line has a citation, item where only the last of its items has one, and "
    "inferred where neither has.",
    "Correct the basis, or the citation in the table printings.",
)  # fmt: skip
RETIRED_IN_USE = Rule(
    "MD614", "retired-in-use", "A retired identifier is in use",
    "An identifier that was retired is never used for anything again, so that older citations of it stay true.",
    "Give the row a new identifier, or delete the row in retired_ids if it was never published.",
)  # fmt: skip
RETIREMENT = Rule(
    "MD615", "retirement", "A retirement does not fit the tables",
    "It names a table and is counted from 1 for each identifier; what replaces the identifier has to exist, or to be "
    "retired itself.",
    "Correct the row in retired_ids.",
)  # fmt: skip
TOPIC_ORDER = Rule(
    "MD616", "topic-order", "The mandates of a topic are not in the order of its pages",
    "The table mandate_topics has each mandate that the pages on a topic print, counted in their order.",
    "Run mandates-data extract on the page.",
)  # fmt: skip
RANKS = Rule(
    "MD630", "coding-ranks", "The codes of a mandate are not ranked 1, 2, 3",
    "Each coder ranks the codes of a mandate by their weight. Exactly one has rank 1, the primary code, and the others "
    "follow without a gap.",
    "Number the codes that this coder gives to the mandate from 1.",
)  # fmt: skip
CODING_BASIS = Rule(
    "MD631", "coding-basis", "The words that decided do not stand in the mandate",
    "A code or an act rests on words of the mandate's text or of one of its items, copied letter for letter. Words "
    "that stood there before a correction count too: correcting a text leaves older codings as they are.",
    "Copy the words from the text again: mandates-data show and the mandate's identifier print it.",
)  # fmt: skip
NOT_CODED = Rule(
    "MD632", "mandate-not-coded", "A mandate is not coded by every coder",
    "Codings are compared mandate by mandate, so each coder reads all of them, and each mandate gets a primary code. "
    "A mandate of a page that is new waits for that.",
    "Code the mandate by reading it with the codebook, and add the rows to mandate_subtopics.",
    "warning",
)  # fmt: skip
NO_ACT = Rule(
    "MD633", "act-missing", "A mandate has no act",
    "The table acts has one row for each mandate: its leading verb, and how far that verb binds.",
    "Read the mandate with the descriptions of the fields of acts, and add its row.",
    "warning",
)  # fmt: skip
CODE_EXAMPLE = Rule(
    "MD634", "code-example", "The example of a code is not about it",
    "The codebook shows each code by a mandate that has it as its primary code in the adjudicated coding.",
    "Name another mandate as the example: one whose row of that code in mandate_subtopics has the rank 1.",
)  # fmt: skip
LINEAGE_POSITIONS = Rule(
    "MD640", "lineage-positions", "The positions of a lineage do not count 1, 2, 3",
    "A lineage is the chain of a commitment through the summits. Its mandates are numbered in their order, from 1 and "
    "without a gap, so that each has a place in the chain.",
    "Number the mandates of the lineage from 1 without a gap, by summit, and within a summit the declaration first.",
)  # fmt: skip
LINEAGE_PREVIOUS = Rule(
    "MD641", "lineage-previous", "A mandate takes up one that does not stand before it in its lineage",
    "The mandate that another takes up stands in the same lineage with a smaller position. So every chain leads back "
    "to its first mandate and none goes round in a circle.",
    "Name an earlier mandate of the same lineage in previous_id, or add a row for the one that is named.",
)  # fmt: skip
LINEAGE_BEGINNING = Rule(
    "MD642", "lineage-beginning", "A lineage does not begin with its first mandate alone",
    "The first mandate of a lineage takes up nothing earlier, and each of the others takes up one: the lineage has one "
    "beginning, from which it may branch.",
    "Empty previous_id in the first row of the lineage, and say in every other what it takes up.",
)  # fmt: skip
LINEAGE_ORDER = Rule(
    "MD643", "lineage-order", "A mandate takes up one of a later summit",
    "A mandate can take up what was adopted before it, at an earlier summit or at the same one. The first days of the "
    "summits say otherwise here.",
    "Put the two in the order of their summits.",
)  # fmt: skip
MENTION_PLACE = Rule(
    "MD618", "mention-place", "A mention or a date does not stand where its row says",
    "Its start and end count the characters of the published text of the item, else of the mandate, from 0. The text "
    "there is not the surface of the row: the text, the place or the surface was changed without the others.",
    "Run mandates-data annotate. To correct a text, use mandates-data correct: it moves the places along.",
)  # fmt: skip
MENTION_ROW = Rule(
    "MD619", "mention-row", "A mention or a date does not fit its mandate and item",
    "Its item has to be one of its mandate, and its identifier is that of the item, else of the mandate, with a "
    "number.",
    "Run mandates-data annotate.",
)  # fmt: skip
NOT_AS_ANNOTATED = Rule(
    "MD620", "not-as-annotated", "The mentions or dates are not what the decisions make of the texts",
    "Both tables are made from the texts, from data/source/lexicon.csv and from data/source/dates.csv. One of these "
    "was changed since, or a row was changed by hand.",
    "Run mandates-data annotate. If a row was right, change the lexicon or the dates.",
)  # fmt: skip
ANNOTATION_REFUSED = Rule(
    "MD621", "annotation-refused", "The decisions on names and dates do not settle everything",
    "What a wording or a date means is decided by a person, in data/source/lexicon.csv and data/source/dates.csv. "
    "There a decision is missing, does not fit the texts, or two of them clash.",
    "Add, change or delete the row, then run mandates-data annotate.",
)  # fmt: skip

_OWN = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
RULES = tuple(sorted((*_OWN, *ledger_codes.RULES), key=lambda rule: rule.code))
