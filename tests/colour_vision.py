"""How colours look to people who lack one kind of cones, and how far apart two colours are.

After Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE
TVCG 15 (6), 2009: the matrices for a severity of 1.0, over linear sRGB. Distances are those of CIELAB (1976), white D65.
"""

from itertools import combinations
from math import dist

VISIONS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> list[float]:
    """The parts of a colour #rrggbb in linear sRGB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _times(matrix: tuple[tuple[float, float, float], ...], parts: list[float]) -> list[float]:
    return [sum(weight * part for weight, part in zip(row, parts, strict=True)) for row in matrix]


def seen(colour: str, vision: str) -> list[float]:
    """A colour in CIELAB as it is seen."""
    light = [min(max(part, 0.0), 1.0) for part in _times(VISIONS[vision], linear(colour))]
    ratios = [part / white for part, white in zip(_times(_XYZ, light), _WHITE, strict=True)]
    x, y, z = (ratio ** (1 / 3) if ratio > 0.008856 else (903.3 * ratio + 16) / 116 for ratio in ratios)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def nearest(colours: list[str], vision: str) -> float:
    """How far apart the two nearest of some colours are."""
    labs = [seen(colour, vision) for colour in colours]
    return min(dist(*pair) for pair in combinations(labs, 2))


__all__ = ["VISIONS", "linear", "nearest", "seen"]
