"""What TransferLab says of a transfer: of the whole, of each area and point, and as a table."""

import csv
import io
import math

from hcnn_widgets.transfer.running_transfer import Score, Transfer
from hcnn_widgets.transfer.ways import WAYS
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import MINUS

from .transfer_state import Shown

TITLE = "What comes over to new categories"
SEEDS = "Few seeds make the intervals too narrow."


def percent(fraction: float) -> str:
    """Return an accuracy in words.

    Examples
    --------
    >>> percent(0.4166), percent(float("nan"))
    ('42 %', 'unknown')
    """
    return f"{100 * fraction:.0f} %" if math.isfinite(fraction) else "unknown"


def points(difference: float) -> str:
    """Return a difference of accuracies in percentage points, with its sign.

    Examples
    --------
    >>> points(0.125), points(-0.031)
    ('+12', '−3')
    """
    whole = round(100 * difference)
    return f"{MINUS if whole < 0 else '+'}{abs(whole)}"


def with_interval(score: Score) -> str:
    """Return an accuracy with its interval."""
    return f"{percent(score.value)} [{100 * score.low:.0f}, {100 * score.high:.0f}]"


def progress_words(shown: Shown) -> str:
    """Return how far the measuring is."""
    made = shown.made
    if made is None:
        return "Not measured yet: Start trains networks for this line."
    if not made.alive:
        failed = [row for row in made.rows if row.error]
        end = "" if made.state == "finished" else f" {made.state.capitalize()}"
        end += f" {len(failed)} ended with an error: {failed[0].error}" if failed else ""
        return f"{len(made.rows)} of {made.n} trainings.{end}"
    far = f"{100 * made.done / made.n:.0f} % of {made.n} trainings"
    if made.under_way is None:
        return f"{far}…"
    way, n_labels, seed = made.under_way
    return f"{far}: {way}, {n_labels} labels, seed {seed}…"


def found_lines(shown: Shown) -> list[str]:
    """Return what carrying over brings against each control, with the fewest labels that are measured."""
    made = shown.made
    if made is None:
        return []
    lines = []
    for n_labels in made.n_labels[:1]:
        for way in (name for name in made.ways if WAYS[name].takes_over):
            said = [_against(made, way, other, n_labels) for other in made.ways if WAYS[other].is_control]
            if known := [words for words in said if words]:
                lines.append(f"{n_labels} labels, {way}: {'; '.join(known)}.")
    return lines


def _against(made: Transfer, way: str, control: str, n_labels: int) -> str:
    found = made.difference(way, control, n_labels)
    if not found.n_seeds:
        return ""
    holds = "" if found.low > 0 or found.high < 0 else ", which holds 0"
    return f"{points(found.value)} points on {control} [{points(found.low)}, {points(found.high)}]{holds}"


def transfer_sentence(shown: Shown) -> str:
    """Return what is seen, in a sentence."""
    above = shown.areas[shown.line + 1 :]
    anew = ", ".join([*above, "the readout"])
    words = f"The freeze line lies behind {shown.freeze_at}: {anew} {'are' if above else 'is'} drawn anew."
    return " ".join([words, *found_lines(shown)])


def area_sentence(shown: Shown, number: int) -> str:
    """Return what is heard of an area."""
    below = number <= shown.line
    return f"{shown.areas[number]}: {'below the line, carried over' if below else 'above the line, drawn anew'}."


def area_card(shown: Shown, number: int) -> tuple[CardRow, ...]:
    """Return the rows of an area's card."""
    if number > shown.line:
        return (CardRow("", "above the freeze line"), CardRow("", "drawn anew, and trained on the new categories"))
    ways = [CardRow(name, way.words) for name, way in WAYS.items()]
    return (CardRow("", "below the freeze line"), *ways)


def point_sentence(made: Transfer, way: str, n_labels: int) -> str:
    """Return what is heard of a point."""
    score = made.score(way, n_labels)
    return f"{way}, {n_labels} labels: {with_interval(score)} of the held-out images right, {score.n_seeds} seeds."


def point_card(made: Transfer, way: str, n_labels: int, colour: str) -> tuple[CardRow, ...]:
    """Return the rows of a point's card: accuracy, and what the way has over the controls."""
    score = made.score(way, n_labels)
    rows = [
        CardRow(way, with_interval(score), colour, strong=True),
        CardRow("labels", f"{n_labels}"),
        CardRow("seeds", f"{score.n_seeds}"),
        CardRow("chance", percent(made.chance)),
    ]
    for other in made.ways:
        found = made.difference(way, other, n_labels)
        if WAYS[other].is_control and other != way and found.n_seeds:
            between = f"{points(found.value)} [{points(found.low)}, {points(found.high)}]"
            rows.append(CardRow(f"on {other}", between))
    return tuple(rows)


def transfer_table(shown: Shown) -> tuple[tuple[Cell, ...], ...]:
    """Return the numbers behind the drawing, as the table of the transfer has them."""
    if shown.made is None:
        return ()
    lines = list(csv.reader(io.StringIO(shown.made.table.to_csv_text())))
    head, rows = lines[0], lines[1:]
    told = [(shown.freeze_at, row[0], *(float(cell) if cell else None for cell in row[1:])) for row in rows]
    return (("freeze_at", *head), *told)
