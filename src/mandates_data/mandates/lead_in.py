"""The lead-in in square brackets that opens some texts, which the site repeats from an earlier paragraph."""

from __future__ import annotations

import re

_LEAD_IN = re.compile(r"\[[^\[\]]*\]\s+")


def without_lead_in(text: str) -> str:
    """The text without the lead-in in square brackets that opens it.

    >>> without_lead_in("[Entrust the OAS to:] Analyze the scope [of security].")
    'Analyze the scope [of security].'
    """
    found = _LEAD_IN.match(text)
    return text[found.end() :] if found else text
