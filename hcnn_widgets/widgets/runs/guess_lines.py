"""Guesses of the final scores of a run, and what became of them; plain data in, plain data out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.widgets.scene.word_room import score_text
from hcnn_widgets.widgets.scores.known_scores import works_of

from .run_row import BrainScore, brain_scores, goal_score

NEAR = 0.01
"""As near as a guess is called right."""


@dataclass(frozen=True)
class GuessLine:
    """What is guessed, the guess, and how it stands.

    Attributes
    ----------
    key : str
        As it stands in ``run.guesses``: "accuracy", "V4 r".
    name : str
        "held-out accuracy", "V4 r, best model area".
    percent : bool
    lowest, highest : float
    guess : float or None
    made_at : int
        Steps that were done when the guess was made.
    now : float or None
        The newest value.
    settled : bool
        Whether that is the last.
    marks : tuple of (str, float)
        What else stands on the line: chance, untrained, ceiling.
    simulated : bool
    """

    key: str
    name: str
    percent: bool
    lowest: float = 0.0
    highest: float = 1.0
    guess: float | None = None
    made_at: int = 0
    now: float | None = None
    settled: bool = False
    marks: tuple[tuple[str, float], ...] = ()
    simulated: bool = False

    def words(self, value: float) -> str:
        """Return a value as it is written: "85 %", "0.47"."""
        return f"{100 * value:.3g} %" if self.percent else score_text(value)


def guess_lines(run: Any | None, quantity: Quantity | None, brain: str, guesses: Mapping[str, Any]) -> list[GuessLine]:
    """Return what can be guessed of a run: its goal's score, and the best score of a brain area.

    Parameters
    ----------
    run : TrainingRun or None
    quantity : Quantity or None
        The goal's score; None, or without bounds, cannot be guessed on a line.
    brain : str
        The brain area.
    guesses : mapping
        Key -> {"value": float, "step": int}; what is anything else is passed over.
    """
    lines = []
    if quantity is not None and quantity.lowest is not None and quantity.highest is not None:
        lines.append(_of_goal(run, quantity, guesses))
    return [*lines, _of_brain(run, brain, guesses)]


def _of_goal(run: Any | None, quantity: Quantity, guesses: Mapping[str, Any]) -> GuessLine:
    _, now, held_out = (None, None, True) if run is None else goal_score(run)
    assert quantity.lowest is not None
    assert quantity.highest is not None
    return GuessLine(
        key=quantity.name,
        name=f"{'held-out' if held_out or now is None else 'training'} {quantity.name}",
        percent=quantity.percent,
        lowest=quantity.lowest,
        highest=quantity.highest,
        now=now,
        settled=run is not None and not run.alive and run.state != "failed",
        marks=() if quantity.chance is None else (("chance", quantity.chance),),
        **_made(guesses, quantity.name),
    )


def _of_brain(run: Any | None, brain: str, guesses: Mapping[str, Any]) -> GuessLine:
    score = None if run is None else _score_of(run, brain)
    over = run is not None and not run.alive and run.state != "failed" and not any(work.alive for work in works_of(run))
    key = f"{brain} r"
    if score is None:
        return GuessLine(key, f"{brain} r, best model area", False, **_made(guesses, key))
    marks = (("untrained", score.untrained), ("ceiling", score.ceiling))
    return GuessLine(
        key=key,
        name=f"{brain} r, best model area" + (" (simulated)" if score.simulated else ""),
        percent=False,
        now=score.value,
        settled=over,
        marks=tuple((name, value) for name, value in marks if value is not None),
        simulated=score.simulated,
        **_made(guesses, key),
    )


def _score_of(run: Any, brain: str) -> BrainScore | None:
    return next((score for score in brain_scores(run) if score.brain == brain), None)


def _made(guesses: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return a guess as fields of a line; what a file holds besides is passed over."""
    given = guesses.get(key)
    value, step = (given.get("value"), given.get("step")) if isinstance(given, Mapping) else (None, None)
    known = (
        isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9 and math.isfinite(value)
    )
    whole = isinstance(step, int) and not isinstance(step, bool) and step >= 0
    return {"guess": float(value), "made_at": step if whole else 0} if known else {}  # type: ignore[arg-type]


def verdict(line: GuessLine) -> str:
    """Return a sentence on a guess: awaited, or how far it was from what came.

    Examples
    --------
    >>> verdict(GuessLine("accuracy", "held-out accuracy", True, guess=0.85, now=0.908, settled=True))
    'Held-out accuracy: you guessed 85 %, it became 90.8 %: 5.8 points too low.'
    >>> verdict(GuessLine("V4 r", "V4 r, best model area", False, guess=0.47, now=0.472, settled=True))
    'V4 r, best model area: you guessed 0.47, it became 0.47: right.'
    >>> verdict(GuessLine("V4 r", "V4 r, best model area", False))
    'V4 r, best model area: no guess yet.'
    """
    name = line.name[0].upper() + line.name[1:]
    if line.guess is None:
        return f"{name}: no guess yet." if not line.settled else f"{name}: nobody guessed."
    late = f" (at step {line.made_at:,})" if line.made_at else ""
    guessed = f"{name}: you guessed {line.words(line.guess)}{late}"
    if not line.settled or line.now is None:
        return f"{guessed}."
    miss = line.guess - line.now
    far = f"{abs(100 * miss):.2g} points" if line.percent else score_text(abs(miss))
    how = "right" if abs(miss) <= NEAR * (line.highest - line.lowest) else f"{far} too {'high' if miss > 0 else 'low'}"
    return f"{guessed}, it became {line.words(line.now)}: {how}."
