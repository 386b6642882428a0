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

from .folding import folded_words

_LETTERS = 7
"""Letters of a word that count."""

Weights = Mapping[str, float]


class Weighing:
    """The weights of every word and pair in each of some texts, scaled so that equal texts are like each other by 1."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        counts = {name: Counter(grams(text)) for name, text in texts.items()}
        having = Counter(gram for counted in counts.values() for gram in counted)
        rarity = [0.0, *(math.log(len(counts) / number) for number in range(1, len(counts) + 1))]
        self._weights = {name: _scaled(counted, having, rarity) for name, counted in counts.items()}

    def likeness(self, one: str, other: str) -> float:
        """From 0 (no word in common but those that all have) to 1 (the same words), of two different texts."""
        small, large = sorted((self._weights[one], self._weights[other]), key=len)
        return math.fsum(weight * large[gram] for gram, weight in small.items() if gram in large)


def _scaled(counted: Mapping[str, int], having: Mapping[str, int], rarity: Sequence[float]) -> Weights:
    """The weights of what other texts have too; what one text alone has counts for its length and is not kept."""
    square, shared = 0.0, {}
    for gram, number in counted.items():
        texts = having[gram]
        weight = _TIMES[number] * rarity[texts] if number < len(_TIMES) else (1 + math.log(number)) * rarity[texts]
        square += weight * weight
        if texts > 1 and weight:
            shared[gram] = weight
    length = math.sqrt(square)
    return {gram: weight / length for gram, weight in shared.items()}


_TIMES = (0.0, *(1 + math.log(number) for number in range(1, 50)))
"""What a word counts for that stands so many times in a text."""


def grams(text: str) -> Iterable[str]:
    """The words of a text and its pairs of words.

    >>> list(grams("Trafficking in firearms"))
    ['traffic', 'in', 'firearm', 'traffic in', 'in firearm']
    """
    cut: Sequence[str] = [word[:_LETTERS] for word in folded_words(text)]
    return [*cut, *(f"{left} {right}" for left, right in pairwise(cut))]
