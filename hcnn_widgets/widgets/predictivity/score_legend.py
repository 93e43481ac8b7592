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
BESIDE = "beside"
"""Entry of the legend for the last scores of another run."""
AREAS, OTHERS = "areas", "others"
RANKS = (BESIDE, "untrained", "pixels", AREAS, OTHERS, "ceiling", "error")
"""What gives way to what where there is no room, the last first: a ceiling has its number beside it, an error its usual
mark; without the name of the other run, or of a control, nobody knows what its line is."""


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
    """Return what fits into one line of a legend, in the legend's order, and in fewer words where these have no room.

    What comes first is in `RANKS`; the model areas come together or not at all.
    """
    groups: list[list[Entry]] = []
    for rank in RANKS:
        entries = [entry for entry in legend if _rank(entry) == rank]
        groups += [entries] if rank == AREAS else [[entry] for entry in entries]
    left, labels = width - 4, dict[Entry, str]()
    for group in groups:
        for told in ({entry: entry.label for entry in group}, {entry: _in_brief(entry) for entry in group}):
            needed = sum(entry_width(label, font) for label in told.values())
            if needed <= left:
                left, labels = left - needed, labels | told
                break
    named = [(entry.model, entry.name, labels[entry]) for entry in legend if entry in labels]
    return legend_entries(named, width, font)


def _rank(entry: Entry) -> str:
    if entry.model >= 0:
        return AREAS
    return entry.name if entry.name in RANKS else OTHERS


def _in_brief(entry: Entry) -> str:
    return entry.label.split("model ")[-1] if entry.model >= 0 else IN_BRIEF.get(entry.name, entry.label)
