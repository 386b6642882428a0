"""Issue forms with a mistake in each, as newcomers fill them in."""

from __future__ import annotations

from mandates_data.diff.correcting.issue_form import LABELS

TEXT = "Support the convening of a global counter-narcotics conference."
NOTHING = "_No response_"
FILLED = {
    "row": "1994-miami-poa-013",
    "field": "text",
    "printed": TEXT,
    "to": TEXT.replace("counter-narcotics", "counternarcotics"),
    "kind": "typo: a letter is wrong, missing or doubled",
    "reason": "The copy in the library spells it so.",
    "evidence": "https://example.org/the-copy",
}


def _form(**other: str) -> str:
    """The text that GitHub makes of a form that is filled in well, but for some parts."""
    return "\n\n".join(f"### {LABELS[name]}\n\n{value}" for name, value in {**FILLED, **other}.items()) + "\n"


FORMS = (
    ("an identifier with a slip", _form(row="1994-miami-poa-0013")),
    ("the identifier of the document", _form(row="1994-miami-poa")),
    ("the letter of the column in a spreadsheet", _form(field="I")),
    ("a column that is made from the page", _form(field="paragraph", printed="6.13", to="6.14")),
    ("the printed value from an old copy", _form(printed=TEXT.replace("global", "hemispheric"))),
    ("the printed value left empty", _form(printed=NOTHING)),
    ("a value with the quotation marks of the file", _form(printed=f'"{TEXT}"', to=f'"{FILLED["to"]}"')),
    ("only the word that is wrong", _form(to="counternarcotics")),
    ("nothing changed", _form(to=TEXT)),
    ("no evidence", _form(evidence=NOTHING)),
    ("evidence that nobody can open", _form(evidence="the OAS site")),
)
"""What the mistake is, and the form."""
