"""How like two texts are: by the words and pairs of words that they share, the rarer the weightier.

The measure is the cosine of tf-idf weights (G. Salton, C. Buckley, "Term-weighting approaches in automatic text
retrieval", 1988) of single words and of neighbouring pairs, each word folded and cut to its first letters, so that
`traffic` and `trafficking` are one. It was chosen by trial on the links of `lineages`, which were read from the texts
before: docs/exploring.md has the numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from .folding import words_of

_LETTERS = 7
"""Letters of a word that count."""

Weights = Mapping[str, float]


class Weighing:
    """The weights of every word and pair in each of some texts, scaled so that a text is like itself by 1."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        counts = {name: Counter(grams(text)) for name, text in texts.items()}
        having = Counter(gram for counted in counts.values() for gram in counted)
        rarity = {gram: math.log(len(counts) / number) for gram, number in having.items()}
        self._weights = {name: _scaled(counted, rarity) for name, counted in counts.items()}

    def likeness(self, one: str, other: str) -> float:
        """From 0 (no word in common but those that all have) to 1 (the same words)."""
        small, large = sorted((self._weights[one], self._weights[other]), key=len)
        return math.fsum(weight * large[gram] for gram, weight in small.items() if gram in large)


def _scaled(counted: Mapping[str, int], rarity: Weights) -> Weights:
    weights = {gram: (1 + math.log(number)) * rarity[gram] for gram, number in counted.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {gram: weight / length for gram, weight in weights.items() if weight} if length else {}


def grams(text: str) -> Iterable[str]:
    """The words of a text and its pairs of words.

    >>> list(grams("Trafficking in firearms"))
    ['traffic', 'in', 'firearm', 'traffic in', 'in firearm']
    """
    cut: Sequence[str] = [word.folded[:_LETTERS] for word in words_of(text)]
    return [*cut, *(f"{left} {right}" for left, right in pairwise(cut))]
