"""How far apart two colours are, also for people who see few colours, and how far from white."""

import math


def contrast_to_white(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    red, green, blue = linear(colour)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def linear(colour: str) -> tuple[float, ...]:
    """Red, green and blue of #rrggbb, each from 0 to 1, linear in light."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


SEEN = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
)
"""As most see, and with deuteranopia and protanopia: Machado, Oliveira and Fernandes (2009)."""


def apart(one: str, other: str) -> float:
    """The least distance of two colours in OKLab, over the ways of seeing."""
    return min(math.dist(oklab(linear(one), eyes), oklab(linear(other), eyes)) for eyes in SEEN)


def oklab(colour: tuple[float, ...], eyes: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """Ottosson's (2020)."""

    def times(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)

    seen = tuple(min(1, max(0, part)) for part in times(eyes, colour))
    cones = times(((0.4122, 0.5363, 0.0514), (0.2119, 0.6807, 0.1074), (0.0883, 0.2817, 0.63)), seen)
    roots = tuple(part ** (1 / 3) for part in cones)
    return times(((0.2105, 0.7936, -0.0041), (1.978, -2.4286, 0.4506), (0.0259, 0.7828, -0.8087)), roots)
