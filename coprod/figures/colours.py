"""Colours that keep their order in grey, and for readers who do not tell red from green.

Each side of a scale has one hue, orange or blue, and gets darker away from the middle. Lightness is
CIELUV's, set directly, so that a photocopy keeps the order; the unfavourable side is hatched as well,
so that a photocopy keeps the sides. The lightest fill has a contrast of 3 to 1 with the paper.

Source
------
WCAG 2.2, success criteria 1.4.1 (use of colour), 1.4.3 (text, 4.5 to 1) and 1.4.11 (marks, 3 to 1).
"""

import matplotlib.colors
import numpy as np
import seaborn as sns

HUES = {"unfavourable": 26 / 360, "favourable": 248 / 360}
SATURATION = 0.85
LIGHTEST, DARKEST = 0.605, 0.30  # 0 is black, 1 is white
NEUTRAL = "#929292"
PAPER, INK = "#ffffff", "#000000"  # of letters on a fill; one of the two always has 4.5 to 1
HATCH = "////"  # of the unfavourable side

# From seaborn's "colorblind" palette, those with a contrast of 3 to 1 with the paper.
GROUPS = (*(sns.color_palette("colorblind").as_hex()[place] for place in (0, 3, 2, 4)), "#4d4d4d")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p", "h", "*")


def shades(side: str, count: int) -> list[str]:
    """Return the fills of one side of a scale, from the middle outwards."""
    if side not in HUES:
        return [NEUTRAL] * count
    lightness = np.linspace(LIGHTEST, DARKEST, count) if count > 1 else [(LIGHTEST + DARKEST) / 2]
    return [_shade(side, light) for light in lightness]


def band_shade(side: str, step: int, steps: int) -> str:
    """Return a tile's fill: the more people, the darker."""
    light = float(np.linspace(0.95, DARKEST + 0.04, steps)[step])
    return _shade(side, light) if side in HUES else matplotlib.colors.to_hex([_grey(light)] * 3)


def _shade(side: str, lightness: float) -> str:
    rgb = sns.husl_palette(1, h=HUES[side], s=SATURATION, l=lightness)[0]
    return matplotlib.colors.to_hex(rgb)


def _grey(lightness: float) -> float:
    return float(sns.husl_palette(1, h=0, s=0, l=lightness)[0][0])


def tint(fill: str) -> str:
    """Return a fill mixed with white: hatching that is seen, and does not shout."""
    return matplotlib.colors.to_hex(1 - (1 - np.array(matplotlib.colors.to_rgb(fill))) * 0.5)


def ink_on(fill: str) -> str:
    """Choose dark or white letters, whichever stands out more."""
    return max((INK, PAPER), key=lambda letters: contrast(letters, fill))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = np.array(matplotlib.colors.to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
