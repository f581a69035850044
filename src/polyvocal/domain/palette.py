"""The colours that codes get: they stay apart for colour-blind people, and on a light and a dark ground."""

from collections import Counter
from collections.abc import Iterable

PALETTE = (
    "#0090f0", "#cc7848", "#547818", "#b4489c", "#c03c6c", "#6c60c0",
    "#00786c", "#9c9018", "#7890cc", "#c08478", "#786c48", "#90909c",
)  # fmt: skip
"""Found by search for the set whose two nearest colours are farthest apart, to whomever sees them.

Seen with full colour vision, and without one of the three kinds of cones as simulated by Machado, Oliveira and
Fernandes ("A physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (6), 2009; their
matrices for a severity of 1.0), any two are at least 14 apart in CIELAB, where about 2.3 is just seen. The figure of
the palette of Okabe and Ito (2008), made dark enough for marks on white, is 3. Each has a contrast of at least 3 (WCAG
2.2, 1.4.11) to the grounds of both themes, so that none need be changed for one of them. A test computes all of that.
"""


def least_used(colours: Iterable[str]) -> str:
    """The colour of the palette that is among the given ones least often; the first of several."""
    used = Counter(colours)
    return min(PALETTE, key=lambda colour: used[colour])
