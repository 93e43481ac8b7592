"""Words of a motif lab."""

import numpy as np

from hcnn_widgets.classroom.motif import STAGES
from hcnn_widgets.widgets.classroom.plane.cells import number_text
from hcnn_widgets.widgets.scene.word_room import text_width

from .motif_keys import At
from .motif_shown import CONTRASTS, LECTURE, MOST_CONTRAST, MotifShown

ARROW = " \u2192 "
HINT = (
    "Drag tiles, or arrow keys walk and with Shift move a tile. Enter or a click changes what a tile does, d doubles "
    "it, x takes it away; + and - change the contrast, m adds a second grating, l takes the lecture's order, u undoes, "
    "r resets."
)
IMAGE_WORDS = {"grating": "a grating", "object": "a rendered object", "own": "the image that was given"}


def percent(value: float) -> str:
    """Write a part as percent: 0.134 as "13 %"; below 10 with one digit more.

    Examples
    --------
    >>> percent(0.134), percent(0.5), percent(0.0123), percent(0.02)
    ('13 %', '50 %', '1.2 %', '2 %')
    """
    value = 100 * value
    return f"{value:.0f} %" if value >= 9.95 else f"{value:.2g} %"


def sentence(shown: MotifShown) -> str:
    """Say what is seen: the order, how far its result is from the lecture's, and what the unit does."""
    order = ARROW.join(shown.motif.stages) or "No tile"
    return f"{order}. {_order_words(shown)} {curve_words(shown)}"


def _order_words(shown: MotifShown) -> str:
    if shown.motif.stages == LECTURE:
        return "This is the lecture's order."
    difference = shown.difference
    if difference is None:
        same = shown.maps[-1].any()
        return "The result has another size than that of the lecture's order." if same else "Nothing comes out."
    if difference < 1e-9:
        return "The result is the same as in the lecture's order."
    return f"The result differs by {percent(difference)} from that of the lecture's order."


def curve_words(shown: MotifShown) -> str:
    """Say what rising contrast and a second grating do to the unit."""
    curves = shown.curves
    if not curves.alone.any():
        return "The unit gives no answer at any contrast."
    doubled = curves.alone[-1] / curves.alone[-2] if curves.alone[-2] else np.inf
    rise = CONTRASTS[-1] / CONTRASTS[-2]
    if np.allclose(curves.alone / curves.alone[-1], np.array(CONTRASTS) / MOST_CONTRAST, atol=1e-6):
        words = "The response grows in proportion to contrast: nothing saturates."
    elif 0 < doubled < rise:
        words = (
            f"From {percent(CONTRASTS[-2])} to {percent(CONTRASTS[-1])} contrast the response grows by "
            f"{percent(doubled - 1)} only: it saturates."
        )
    else:
        words = "The response does not saturate at these contrasts."
    return f"{words}{_mask_words(shown)}"


def _mask_words(shown: MotifShown) -> str:
    """Say what the second grating takes away at the contrast of the curve that is nearest to the one shown."""
    if not shown.mask:
        return ""
    nearest = int(np.abs(np.array(CONTRASTS) - shown.contrast).argmin())
    alone, masked = shown.curves.alone[nearest], shown.curves.masked[nearest]
    if alone == 0:
        return ""
    change = 1 - masked / alone
    if abs(change) < 0.005:
        return " The second grating changes nothing."
    did = "takes away" if change > 0 else "adds"
    return f" At {percent(CONTRASTS[nearest])} the second grating {did} {percent(abs(change))} of it."


def formula_words(shown: MotifShown) -> str:
    """Write the formula of the unit, with its numbers."""
    curves = shown.curves
    if curves.formula is None:
        return "No formula r = R c\u207f / (\u03c3\u207f + c\u207f + w m\u207f) is near these points."
    fitted, power = curves.formula, _power(shown.motif.exponent)
    below = f"{_three(fitted.sigma)}{power} + c{power} + {_three(fitted.weight)} m{power}"
    return f"Lines: r = {_three(fitted.largest)} c{power} / ({below}), off by {percent(curves.off)} at most."


def tile_words(shown: MotifShown, tile: int) -> str:
    """Say what a tile does, and what comes out of it; tile -1 is the image."""
    map_ = shown.maps[tile + 1]
    if tile < 0:
        second = f", a second grating of {percent(shown.mask)} across it" if shown.mask else ""
        return f"The image: {IMAGE_WORDS[shown.image]} of contrast {percent(shown.contrast)}{second}."
    stage = shown.motif.stages[tile]
    entry = STAGES[stage]
    changes = " Enter changes it." if entry.setting else ""
    return (
        f"Tile {tile + 1}, {stage}: {entry.words}, {entry.formula(shown.motif)}.{changes} Out come "
        f"{size_words(map_.shape)}, from {range_words(map_)}."
    )


def point_words(shown: MotifShown, number: int) -> str:
    """Say what the unit answers at a contrast."""
    curves = shown.curves
    masked = (
        f", {number_text(_rounded(curves.masked[number]))} with the second grating of {percent(shown.mask)}"
        if shown.mask
        else ""
    )
    alone = number_text(_rounded(curves.alone[number]))
    return f"Contrast {percent(CONTRASTS[number])}: the response is {alone}{masked}. Enter shows this contrast."


def place_words(shown: MotifShown, at: At) -> str:
    """Say what is at a place, and what Enter does there."""
    stages = shown.motif.stages
    if at.kind == "tile":
        return tile_words(shown, at.number - 1)
    if at.kind == "point":
        return point_words(shown, at.number)
    if at.kind == "add":
        return f"Add: {list(STAGES)[at.number]}." if at.number < len(STAGES) else "The lecture's order."
    words = {"earlier": "Move {} to the left.", "later": "Move {} to the right.", "double": "Double {}."}
    return words.get(at.kind, "Take {} away.").format(stages[at.number] if stages else "nothing")


def size_words(shape: tuple[int, ...]) -> str:
    """Write the size of a map: "16 x 16, 4 channels"."""
    return f"{shape[0]} \u00d7 {shape[1]}, {shape[2]} channel{'s' if shape[2] != 1 else ''}"


def size_within(shape: tuple[int, ...], width: float, size: float) -> str:
    """Write the size of a map as it has room: "16 x 16, 4 channels", or "16 x 16 x 4"."""
    words = size_words(shape)
    return words if text_width(words, size) <= width else " \u00d7 ".join(map(str, shape))


def range_words(map_: np.ndarray) -> str:
    """Write the smallest and the largest value of a map."""
    return f"{number_text(_rounded(map_.min()))} to {number_text(_rounded(map_.max()))}"


def _rounded(value: float) -> float:
    return float(f"{value:.2g}")


def _three(value: float) -> str:
    return number_text(float(f"{value:.3g}"))


def _power(exponent: float) -> str:
    """Write an exponent above the line where it is one digit."""
    return "\u00b9\u00b2\u00b3\u2074"[int(exponent) - 1] if exponent in (1, 2, 3, 4) else f"^{exponent:g}"
