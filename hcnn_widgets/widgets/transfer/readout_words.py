"""What TransferLab says of readouts: of the whole, of each cell, and as a table."""

import csv
import io
from collections.abc import Sequence

import numpy as np

from hcnn_widgets.transfer.readouts_table import Readouts
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import DASH, score_text

DIAMOND = "\u25c6"
SHOWN = {"trained": "trained", "untrained": "untrained", "difference": "trained less untrained"}
"""The scores that the grid has, in words."""


def with_interval(score: Sequence[float]) -> str:
    """Return a score with its interval.

    Examples
    --------
    >>> with_interval((0.5, 0.41, 0.58)), with_interval((float("nan"),) * 3)
    ('0.50 [0.41, 0.58]', '–')
    """
    value, low, high = score
    return DASH if np.isnan(value) else f"{score_text(value)} [{score_text(low)}, {score_text(high)}]"


def cell_text(found: Readouts, scores: str, row: int, column: int) -> str:
    """Return the number of a cell; row 0 are the pixels, which nothing has trained."""
    if not row:
        return DASH if scores == "difference" else score_text(float(found.pixels[column, 0]))
    value = float(getattr(found, scores)[row - 1, column, 0])
    if scores != "difference":
        return score_text(value)
    mark = f"{DIAMOND} " if is_off_zero(found, row, column) else ""
    return f"{mark}{'+' if value >= 0.005 else ''}{score_text(value)}"


def is_off_zero(found: Readouts, row: int, column: int) -> bool:
    """Return whether the interval of what training has changed does not hold 0; never of the pixels."""
    return bool(row and found.has_changed[row - 1, column])


def readout_sentence(found: Readouts) -> str:
    """Return what is seen: for each goal where training has raised or lowered its readout, by the interval."""
    said = []
    for column, goal in enumerate(found.goals):
        low, high = found.difference[:, column, 1], found.difference[:, column, 2]
        raised = [area for area, end in zip(found.areas, low, strict=True) if end > 0]
        lowered = [area for area, end in zip(found.areas, high, strict=True) if end < 0]
        parts = [
            f"{words} in {', '.join(areas)}" for words, areas in (("raised", raised), ("lowered", lowered)) if areas
        ]
        said.append(f"{goal} {' and '.join(parts) or 'unchanged'}")
    if np.isnan(found.difference).all():
        return f"{len(found.goals)} goals read out from {', '.join(found.areas)}; there is no untrained network."
    return f"By training: {'; '.join(said)}."


def cell_sentence(found: Readouts, row: int, column: int) -> str:
    """Return what is heard of a cell."""
    goal, measure = found.goals[column], found.measures[column]
    if not row:
        return f"{goal} from the pixels: {measure} {with_interval(found.pixels[column])}."
    scored = [
        f"{words} {with_interval(getattr(found, name)[row - 1, column])}"
        for name, words in SHOWN.items()
        if not np.isnan(getattr(found, name)[row - 1, column, 0])
    ]
    return f"{goal} from {found.areas[row - 1]}, {measure}: {'; '.join(scored)}."


def cell_card(found: Readouts, row: int, column: int) -> tuple[CardRow, ...]:
    """Return the rows of a cell's card."""
    below = (
        CardRow("pixels", with_interval(found.pixels[column])),
        CardRow("chance", score_text(float(found.chance[column]))),
        CardRow("score", found.measures[column]),
    )
    if not row:
        return below
    own = (
        CardRow(words, with_interval(getattr(found, name)[row - 1, column]), strong=name == "trained")
        for name, words in SHOWN.items()
    )
    return (*own, *below)


def readout_table(found: Readouts) -> tuple[tuple[Cell, ...], ...]:
    """Return the numbers behind the drawing, as the table of the readouts has them."""
    head, *rows = csv.reader(io.StringIO(found.to_csv_text()))
    return (tuple(head), *((*row[:3], *(float(cell) if cell else None for cell in row[3:])) for row in rows))
