"""What a designer says: of each card, each run, of what a change did, and the table of all."""

import math
import re
from typing import Any

from hcnn_widgets.sweeps.differences import difference
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.goal_driven.sweep_words import percent
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import MINUS, score_text

from .goal_drawing import Example
from .rule_drawing import PATHS
from .told import HEADS, KINDS, Card, Told, title_of

COLUMNS = ("accuracy", "untrained_accuracy", "best", "untrained_best", "top", "untrained_top", "score", "seconds")


def line_of(maker: Any) -> str:
    """Return a sentence on a choice: the first of its own description, without the literature.

    Examples
    --------
    >>> def net():
    ...     'Return a network (Fukushima 1980, doi 1), which is one.'
    >>> line_of(net)
    'A network, which is one.'
    """
    first = " ".join((maker.__doc__ or "").strip().split("\n\n")[0].split())
    plain = re.sub(r" \([^()]*\b(19|20)\d\d[^()]*\)", "", first).replace("`", "").removeprefix("Return ")
    return plain[:1].upper() + plain[1:]


def card_sentence(told: Told, kind: str, card: Card) -> str:
    """Return what is heard of a card."""
    head, chosen = HEADS[kind].lower(), getattr(told.design, kind) == card.name
    refusal = told.refusal(kind, card.name)
    state = "chosen" if chosen else "Enter chooses it"
    fits = f" Does not fit: {refusal}" if refusal else ""
    return f"{head} {card.name}: {card.line} {_drawn_words(card)}{state[0].upper()}{state[1:]}.{fits}"


def _drawn_words(card: Card) -> str:
    if isinstance(card.drawn, Example):
        return f"Asked of the example: {card.drawn.answer}. " if card.drawn.answer else ""
    return f"{PATHS[card.drawn].capitalize()}. " if card.drawn in PATHS else ""


def foot_lines(told: Told) -> tuple[str, str]:
    """Return the sentence below the cards: what is chosen; and why it does not fit, if so."""
    design = told.design
    said = f"{design.architecture}, trained for {design.goal} by {design.rule}."
    return said, told.refusals.get(told.names, "")


def changed_words(row: SweepRow, before: SweepRow) -> str:
    """Return in what two runs differ: "goal: categorization, then position"."""
    said = [
        f"{HEADS[kind].lower()}: {old}, then {new}"
        for kind, old, new in zip(KINDS, before.choices, row.choices, strict=True)
        if old != new
    ]
    said += [f"seed: {before.seed}, then {row.seed}"] if row.seed != before.seed else []
    alike = row.epochs == before.epochs or math.isnan(row.epochs + before.epochs)
    said += [] if alike else [f"epochs: {before.epochs:g}, then {row.epochs:g}"]
    return "; ".join(said) or "nothing was changed"


def change_lines(told: Told) -> list[str]:
    """Return what a change did: what was changed, the difference of the scores with its interval, and what it says."""
    row, before = told.row(told.selected), told.row(told.held)
    if row is None or before is None or row.error or before.error:
        return []
    found, changed = difference(row, before), f"Changed: {changed_words(row, before)}."
    if found is None:
        return [f"r of {told.brain}: {score_text(before.best)}, then {score_text(row.best)}.", changed]
    off_zero = found.low > 0 or found.high < 0
    says = "is off 0: other sites would say so, too" if off_zero else "holds 0: these sites do not tell them apart"
    value, low, high = (f"{each:+.3f}".replace("-", MINUS) for each in (found.value, found.low, found.high))
    return [
        f"r of {told.brain} differs by {value}",
        f"95 % {low} to {high}, paired over {found.n_sites} sites: it {says}. Another seed may differ by as much.",
        changed,
    ]


def run_sentence(told: Told, row: SweepRow) -> str:
    """Return what is heard of a run."""
    compared = " Compared with." if row.number == told.held else ""
    if row.error:
        return f"{title_of(row)}: {', '.join(row.choices)}. It failed: {row.error}"
    return (
        f"{title_of(row)}: {', '.join(row.choices)}. Accuracy {percent(row.accuracy)}, untrained "
        f"{percent(row.untrained_accuracy)}. r of {told.brain} {score_text(row.best)}, untrained "
        f"{score_text(row.untrained_best)}.{compared} Enter chooses it, c compares with it."
    )


def run_card(row: SweepRow) -> tuple[CardRow, ...]:
    """Return the rows of a run's card."""
    chosen = tuple(CardRow(HEADS[kind].lower(), name) for kind, name in zip(KINDS, row.choices, strict=True))
    if row.error:
        return (*chosen, CardRow("failed", row.error[:80]))
    own = () if math.isnan(row.score) else (CardRow(row.score_name, f"{row.score:.3g}"),)
    return (
        *chosen,
        CardRow("accuracy of a readout", f"{percent(row.accuracy)} (untrained {percent(row.untrained_accuracy)})"),
        CardRow("r", f"{score_text(row.best)} (untrained {score_text(row.untrained_best)})", strong=True),
        CardRow("best area", row.best_area),
        *own,
        CardRow("seed", str(row.seed)),
    )


def run_line(row: SweepRow) -> str:
    """Return what stands below the title of a run."""
    if row.error:
        return row.error
    return f"r {score_text(row.best)}, accuracy {percent(row.accuracy)}"


def sentence_of(told: Told) -> str:
    """Return a sentence on the whole."""
    said, refusal = foot_lines(told)
    runs = f"{len(told.rows)} run{'' if len(told.rows) == 1 else 's'} built"
    change = " ".join(change_lines(told))
    built = f"Building {told.now.title}." if told.now.title else ""
    return " ".join(part for part in (f"Chosen: {said}", refusal, built, f"{runs}.", change) if part)


def runs_table(told: Told) -> tuple[tuple[Cell, ...], ...]:
    """Return the runs as rows of a table, those with an error too."""

    def cell(value: Any) -> Cell:
        return None if isinstance(value, float) and math.isnan(value) else value

    head = ("run", "title", *KINDS, "seed", "epochs", *COLUMNS, "score_name", "best_area", "error")
    return (
        head,
        *(
            (
                row.number,
                title_of(row),
                *row.choices,
                row.seed,
                cell(row.epochs),
                *(cell(getattr(row, name)) for name in COLUMNS),
                row.score_name,
                row.best_area,
                row.error,
            )
            for row in told.rows
        ),
    )
