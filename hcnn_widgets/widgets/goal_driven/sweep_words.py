"""What SweepPlot says: of the whole, of each network, and as a table."""

import math
from collections.abc import Sequence
from typing import Any

from hcnn_widgets.sweeps.relations import Relation
from hcnn_widgets.sweeps.running_sweep import Sweep
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.panel.words import plural
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import score_text

SHOWN = {"best": "best model area", "top": "highest model area"}
"""The scores that a plot has, in words."""
NUMBERS = ("accuracy", "best", "top", "untrained_accuracy", "untrained_best", "untrained_top", "n_units", "seconds")


def accuracy_words(sweep: Sweep) -> str:
    """Return whose accuracy a plot has: the networks' own, or that of a linear readout where goals differ."""
    whose = " of a linear readout" if sweep.settings.get("by_readout") else ""
    return f"accuracy{whose} on held-out images"


def percent(fraction: float) -> str:
    """Return an accuracy in words.

    Examples
    --------
    >>> percent(0.4166)
    '42 %'
    """
    return f"{100 * fraction:.0f} %" if math.isfinite(fraction) else "unknown"


def sweep_title(sweep: Sweep) -> str:
    """Return the panel's title, with how far the sweep is."""
    done, brain = len(sweep.rows), str(sweep.settings.get("area", ""))
    far = "" if done == sweep.n and sweep.state == "finished" else f": {done} of {sweep.n} networks"
    return f"Performance and predictivity{' of ' + brain if brain else ''}{far}"


def relation_lines(found: Relation, untrained: Relation, sweep: Sweep) -> list[str]:
    """Return what is said under the plot: r, its intervals, the controls."""
    if sweep.settings.get("checkpoints"):
        known = "" if math.isnan(found.r) else f": r = {score_text(found.r)}, by rank {score_text(found.rank)}"
        return [f"{found.n} moments of one training{known}.", "They follow from one another, so r has no interval."]
    if math.isnan(found.r):
        return [f"{plural(found.n, 'network')}; r needs 4 different ones."]
    low, high = found.fisher
    lines = [
        f"Trained, {found.n} networks: r = {score_text(found.r)}, 95 % interval {score_text(low)} to {score_text(high)}"
    ]
    lines[0] += f" (bootstrap {score_text(found.bootstrap[0])} to {score_text(found.bootstrap[1])})"
    taken = "" if math.isnan(found.partial) else f"; with the number of units taken out {score_text(found.partial)}"
    lines.append(f"By rank {score_text(found.rank)}{taken}.")
    if not math.isnan(untrained.r):
        lines.append(
            f"Untrained, by a linear readout: r = {score_text(untrained.r)}, {score_text(untrained.fisher[0])} to "
            f"{score_text(untrained.fisher[1])}."
        )
    return lines


def sweep_sentence(sweep: Sweep, found: Relation, score: str) -> str:
    """Return what is seen, in a sentence."""
    failed = len(sweep.rows) - len(sweep.scored)
    words = f"{len(sweep.scored)} of {sweep.n} networks are scored"
    words += f", {failed} ended with an error" if failed else ""
    if sweep.settings.get("checkpoints"):
        return f"{len(sweep.rows)} moments of one training" + ("." if math.isnan(found.r) else f", r {found.r:.2f}.")
    if math.isnan(found.r):
        return f"{words}."
    holds = "the interval holds 0" if found.fisher[0] <= 0 <= found.fisher[1] else "the interval is off 0"
    return f"{words}: accuracy and r of the {SHOWN[score]} go together with r {score_text(found.r)}; {holds}."


def name_of(row: SweepRow) -> str:
    """Return what a network is called, and whose it is.

    Examples
    --------
    >>> name_of(SweepRow(3)), name_of(SweepRow(3, source="ada", title="my first"))
    ('network 3', 'ada, my first')
    """
    return f"{row.source + ', ' if row.source else ''}{row.title or f'network {row.number}'}"


def network_sentence(row: SweepRow, score: str) -> str:
    """Return what is heard of a network."""
    return (
        f"{name_of(row)}: {row.label}. Accuracy {percent(row.accuracy)}, untrained "
        f"{percent(row.untrained_accuracy)}. r {score_text(getattr(row, score))}, untrained "
        f"{score_text(getattr(row, f'untrained_{score}'))}."
    )


def network_card(row: SweepRow, score: str) -> tuple[CardRow, ...]:
    """Return the rows of a network's card."""
    return (
        CardRow("accuracy", f"{percent(row.accuracy)} (untrained {percent(row.untrained_accuracy)})", strong=True),
        CardRow("r", f"{score_text(getattr(row, score))} (untrained {score_text(getattr(row, f'untrained_{score}'))})"),
        CardRow("best area", row.best_area),
        *(CardRow("", part) for part in row.label.split("; ")),
        *((CardRow("time", f"{row.seconds:.0f} s"),) if math.isfinite(row.seconds) else ()),
    )


def sweep_table(rows: Sequence[SweepRow]) -> tuple[tuple[Cell, ...], ...]:
    """Return all networks as rows of a table, those with an error too."""

    def cell(value: Any) -> Cell:
        return None if isinstance(value, float) and math.isnan(value) else value

    head = ("source", "number", "network", *NUMBERS, "best_area", "error")
    lines = [(r.source, r.number, r.label, *(cell(getattr(r, n)) for n in NUMBERS), r.best_area, r.error) for r in rows]
    return (head, *lines)
