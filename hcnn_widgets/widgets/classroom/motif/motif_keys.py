"""Places of a motif lab, and what it shows after a key at one of them."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.classroom.motif import STAGES

from .motif_shown import CONTRASTS, LECTURE, MOST_CONTRAST, MOST_TILES, REFERENCE, MotifShown

COLUMNS = MOST_TILES + 1
"""Places in a row: image and tiles, what can be added, the points of the curve, and the buttons of the tiles."""
ROWS = ("tile", "add", "point", "earlier", "later", "double", "remove")
BUTTONS = ROWS[3:]
KEYS = (
    "Draw",
    "Drag",
    "Enter",
    "ArrowLeft",
    "ArrowRight",
    "Delete",
    "Backspace",
    "x",
    "d",
    "+",
    "-",
    "m",
    "l",
    "u",
    "r",
)
STEP = 0.05
"""Of a contrast, by "+" and "-"."""


class At(NamedTuple):
    """A place: what it is, and which of its kind."""

    kind: str
    number: int


def place_of(kind: str, number: int) -> int:
    """Return the place of the number-th of a kind."""
    return ROWS.index(kind) * COLUMNS + number


def at_place(shown: MotifShown, place: int) -> At:
    """Return what is at a place; beyond the last of a row its last one goes on."""
    row, number = divmod(place, COLUMNS)
    n_tiles = len(shown.motif.stages)
    last = {"tile": n_tiles, "add": len(STAGES), "point": len(CONTRASTS) - 1}.get(ROWS[row], max(n_tiles - 1, 0))
    return At(ROWS[row], min(number, last))


def after_key(shown: MotifShown, place: int, key: str) -> tuple[MotifShown | None, int]:
    """Return what is shown after a key at a place, None where it changes nothing; and the place that is marked then."""
    if key in ("+", "-", "m", "l"):
        return _after_key_anywhere(shown, key), place
    kind, number = at_place(shown, place)
    if kind == "tile":
        return _after_tile_key(shown, place, number - 1, key)
    if key != "Enter":
        return None, place
    if kind == "add":
        return _added(shown, number), place
    if kind == "point":
        return replace(shown, contrast=CONTRASTS[number]), place
    keys = {"earlier": "ArrowLeft", "later": "ArrowRight", "double": "d", "remove": "x"}
    changed, _ = _after_tile_key(shown, place, number, keys[kind])
    return changed, place


def _after_key_anywhere(shown: MotifShown, key: str) -> MotifShown | None:
    if key == "m":
        return replace(shown, mask=0.0 if shown.mask else REFERENCE)
    if key == "l":
        return shown.with_stages(LECTURE)
    step = STEP if key == "+" else -STEP
    return replace(shown, contrast=float(np.clip(round(shown.contrast + step, 4), 0, MOST_CONTRAST)))


def _added(shown: MotifShown, number: int) -> MotifShown | None:
    """Return it with a tile more at the end; the last chip is the lecture's order."""
    if number == len(STAGES):
        return shown.with_stages(LECTURE)
    stages = shown.motif.stages
    return shown.with_stages((*stages, list(STAGES)[number])) if len(stages) < MOST_TILES else None


def _after_tile_key(shown: MotifShown, place: int, tile: int, key: str) -> tuple[MotifShown | None, int]:
    """Move, double, take away or change a tile; the image, tile -1, is none."""
    stages = list(shown.motif.stages)
    if not 0 <= tile < len(stages):
        return None, place
    if key in ("ArrowLeft", "ArrowRight"):
        other = tile + (1 if key == "ArrowRight" else -1)
        if not 0 <= other < len(stages):
            return None, place
        stages[tile], stages[other] = stages[other], stages[tile]
        return shown.with_stages(tuple(stages)), place_of("tile", other + 1)
    if key == "d":
        doubled = (*stages[: tile + 1], stages[tile], *stages[tile + 1 :])
        return (shown.with_stages(doubled) if len(stages) < MOST_TILES else None), place
    if key in ("x", "Delete", "Backspace"):
        return shown.with_stages((*stages[:tile], *stages[tile + 1 :])), place
    return replace(shown, motif=replace(shown.motif, **_next_setting(shown, stages[tile]))), place


def _next_setting(shown: MotifShown, stage: str) -> dict[str, Any]:
    """Return what a tile is set to next."""
    entry = STAGES[stage]
    if not entry.setting:
        return {}
    now, values = getattr(shown.motif, entry.setting), entry.choices
    return {entry.setting: values[(values.index(now) + 1) % len(values) if now in values else 0]}
