"""A second opinion: frictionless, the reference implementation, on the same package, compared finding by finding.

This is the only part of the library that imports frictionless. What it may judge otherwise stands in `known.KNOWN`,
each entry with the sentence of the standard that settles it; everything else is a disagreement, which fails.
"""

from .comparison import RULE, Disagreement, compare, disagreements

__all__ = ["RULE", "Disagreement", "compare", "disagreements"]
