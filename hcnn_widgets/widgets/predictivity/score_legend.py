"""Legend of drawings of scores: its entries, and what of them fits into one line."""

from collections.abc import Sequence
from typing import NamedTuple

from hcnn_widgets.widgets.scene.word_room import text_width

SWATCH = 18
NAMES = {"untrained": "untrained", "pixels": "pixels", "ceiling": "noise ceiling (\u2191 above)", "error": "error"}
"""Entries of the legend beside the model areas, by the field of the scores."""
LAST = "last"
"""Entry of the legend for scores that stand apart: after training, on all images."""
IN_BRIEF = {LAST: "at the end"}
"""Fewer words for entries whose whole ones have no room."""
LESS_NEEDED = ("ceiling", "error")
"""Entries that give way to the scores at the end: a ceiling has its number beside it, an error its usual mark."""
BESIDE = "beside"
"""Entry of the legend for the last scores of another run."""


class Entry(NamedTuple):
    """An entry of the legend: a model area by its index, or -1 and a name in `NAMES`; where its words stand."""

    model: int
    name: str
    label: str
    left: float
    foot: float


def model_label(area: str, model: int, short: bool, words: str = "model") -> str:
    """Return the name of a model area in a legend; a short one has the words before the first of them alone."""
    return area if short and model else f"{words} {area}"


def entry_width(label: str, font: float) -> float:
    """Return how wide an entry of a legend is, with what is free behind it."""
    return SWATCH + 6 + text_width(label, font) + 14


def legend_entries(named: Sequence[tuple[int, str, str]], width: float, font: float) -> tuple[Entry, ...]:
    """Place the entries of a legend one after the other, in as many lines as they take.

    Parameters
    ----------
    named : sequence of (int, str, str)
        Model area by its index or -1, name and label of each entry.
    width, font : float
    """
    entries, left, foot = [], 4.0, float(font)
    for model, name, label in named:
        needed = entry_width(label, font)
        if left > 4 and left + needed > width:
            left, foot = 4.0, foot + 1.6 * font
        entries.append(Entry(model, name, label, left, foot))
        left += needed
    return tuple(entries)


def brief_legend(legend: Sequence[Entry], width: float, font: float) -> tuple[Entry, ...]:
    """Return what fits into one line of a legend: the run beside, the model areas, and of the rest what has room.

    The run beside comes first: without its name nobody knows what its lines are. The scores at the end come before
    `LESS_NEEDED`, in fewer words where the whole ones have no room.
    """
    rest = [entry for entry in legend if entry.model < 0 and entry.name != BESIDE]
    groups = [
        [entry for entry in legend if entry.name == BESIDE],
        [entry for entry in legend if entry.model >= 0],
        *([entry] for entry in sorted(rest, key=lambda entry: entry.name in LESS_NEEDED)),
    ]
    left, labels = width - 4, dict[Entry, str]()
    for group in groups:
        for brief in ({}, IN_BRIEF):
            told = {entry: brief.get(entry.name, entry.label) for entry in group}
            needed = sum(entry_width(label, font) for label in told.values())
            if needed <= left:
                left, labels = left - needed, labels | told
                break
    named = [(entry.model, entry.name, labels[entry]) for entry in legend if entry in labels]
    return legend_entries(named, width, font)
