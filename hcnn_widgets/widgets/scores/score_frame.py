"""Turn a table of scores into a frame, for all panels of scores."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.table import SIMULATED
from hcnn_widgets.mapping.prediction.gains import SPEAKS
from hcnn_widgets.widgets.panel.frame import Frame, as_float32

from .score_measure import PEARSON, Measure

MATRICES = ("value", "error", "untrained")
VECTORS = ("ceiling", "pixels")
PER_FOLD = "Pearson r, mean of medians per fold"
"""Name of the measure where r is computed within each fold: the score is not the median of the sites' r."""


@dataclass(frozen=True)
class Scores:
    """Scores read back from a frame.

    Attributes
    ----------
    model_areas, brain_areas : tuple of str
    simulated : tuple of bool
        Whether the recordings of each brain area are simulated.
    value, error, untrained : (n_brain, n_model) float32
        Score of each model area, its error, and the score of the untrained network; NaN where not known.
    ceiling, pixels : (n_brain,) float32
        Noise ceiling of the recordings, and score of the bare pixels.
    """

    model_areas: tuple[str, ...]
    brain_areas: tuple[str, ...]
    simulated: tuple[bool, ...]
    value: NDArray[np.float32]
    error: NDArray[np.float32]
    untrained: NDArray[np.float32]
    ceiling: NDArray[np.float32]
    pixels: NDArray[np.float32]

    def best(self, brain_index: int) -> int | None:
        """Return the index of the model area that predicts a brain area best, or None if no score is known."""
        row = self.value[brain_index]
        return None if np.isnan(row).all() else int(np.nanargmax(row))


def score_frame(
    table: Any, message: str = "", final: bool = False, *, trains: bool = True, measure: Measure = PEARSON
) -> Frame:
    """Turn a table of scores into a frame.

    Parameters
    ----------
    table : ScoreTable or None
        Scores from hcnn_widgets.mapping; None before the first score.
    message : str
        Words on a pending computation or an error.
    final : bool
        Whether this is the last frame.
    trains : bool
        Whether the table belongs to a step of a training.
    measure : Measure
        Measure of the scores.

    Returns
    -------
    Frame
        Values, float32: value, error, untrained, each n_brain rows of n_model; then ceiling, pixels, n_brain each.

    Raises
    ------
    ValueError
        If the shape of an array does not match the areas of the table.
    """
    if table is None:
        return Frame(message=message or "scoring…", final=final)
    n_brain, n_model = len(table.brain_areas), len(table.model_areas)
    parts = [_shaped(table, name, (n_brain, n_model)) for name in MATRICES]
    parts += [_shaped(table, name, (n_brain,)) for name in VECTORS]
    per_fold = measure == PEARSON and _pooling(table) == "per split"
    header = {
        "step": int(table.step) if trains else None,
        "measure": PER_FOLD if per_fold else measure.axis,
        "per_fold": per_fold,
        "percent": measure.percent,
        "model_areas": [str(area) for area in table.model_areas],
        "brain_areas": [str(area) for area in table.brain_areas],
        "simulated": [bool(flag) for flag in table.simulated],
        "convention": "; ".join(
            [
                *whole_words(table),
                *_gain_words(table),
                str(table.convention),
                *notes_of(table),
                *([measure.words] if measure.words else []),
            ]
        ),
        "gains": _gains(table),
        "source": str(table.source),
        "n_sites": [len(row[0].site_ids) for row in getattr(table, "details", None) or ()],
        "n_stimuli": int(table.n_stimuli),
        "part": _part(table),
        "all_images": all_images(table),
    }
    return Frame(header, np.concatenate(parts).tobytes(), message, final)


def _gains(table: Any) -> list[str]:
    """Return the trained less the untrained score of each brain and model area, row by row; empty where unknown."""
    gains = getattr(table, "gains", None)
    if gains is None:
        return []
    n_brain, n_model = gains.value.shape
    return [gains.words(brain, model) for brain in range(n_brain) for model in range(n_model)]


def _gain_words(table: Any) -> list[str]:
    """Return words on the best area of each brain area, trained less untrained."""
    words = _gains(table)
    said = []
    for brain, area in enumerate(table.brain_areas if words else ()):
        best = int(np.argmax(np.nan_to_num(table.value[brain], nan=-np.inf)))
        if gain := words[brain * len(table.model_areas) + best]:
            said.append(f"{area} {gain}")
    return [f"best area, trained less untrained: {', '.join(said)}; {SPEAKS}"] if said else []


def whole_words(table: Any) -> list[str]:
    """Return words on the scores after training on all images, where those of the table are on a part of them.

    Returns
    -------
    list of str
        ["at the end, on all 640 images: V4 r 0.47 (model IT)"], or empty.
    """
    whole = getattr(table, "whole", None)
    if whole is None:
        return []
    best = [
        f"{area} r {row.max():z.2f} (model {whole.model_areas[row.argmax()]})"
        for area, row in zip(whole.brain_areas, np.nan_to_num(whole.value, nan=-np.inf), strict=True)
        if np.isfinite(row.max())
    ]
    return [f"at the end, on {all_images(whole)}: {', '.join(best)}"] if best else []


def all_images(table: Any) -> str:
    """Return "all 640 images", or "all images" where recordings have different numbers of them."""
    counts = {int(count) for count in np.ravel(getattr(table, "n_reliability", ()))}
    return f"all {counts.pop():,} images" if len(counts) == 1 else "all images"


def notes_of(table: Any) -> list[str]:
    """Return the notes of a table without the note on simulated recordings (their names say it)."""
    return [note for note in table.notes if SIMULATED not in note]


def _pooling(table: Any) -> str:
    """Return how scores are pooled over folds; "per split" for the scores of a run in training."""
    scores = getattr(table, "scores", ())
    return str(scores[0][0].pooling) if scores else "per split"


def _part(table: Any) -> str:
    """Return the number of images scored if it is fewer than all, "320 of 640 images"; else ""."""
    details = getattr(table, "details", None)
    if not details:
        return ""
    counts = [(len(row[0].stimulus_ids), int(of)) for row, of in zip(details, table.n_reliability, strict=True)]
    parts = [f"{scored:,} of {of:,}" for scored, of in sorted(set(counts)) if scored < of]
    return f"{' or '.join(parts)} images" if parts else ""


def _shaped(table: Any, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    numbers = np.asarray(getattr(table, name), np.float64)
    if numbers.shape != shape:
        raise ValueError(f"`{name}` of a table of scores must have the shape {shape}; received {numbers.shape}.")
    return as_float32(numbers)


def read_scores(header: dict[str, Any], values: bytes) -> Scores:
    """Return the scores in a frame."""
    n_brain, n_model = len(header["brain_areas"]), len(header["model_areas"])
    numbers = np.frombuffer(values, "<f4")
    n = n_brain * n_model
    return Scores(
        tuple(header["model_areas"]),
        tuple(header["brain_areas"]),
        tuple(header["simulated"]),
        *(numbers[i * n : (i + 1) * n].reshape(n_brain, n_model) for i in range(3)),
        *numbers[3 * n : 3 * n + 2 * n_brain].reshape(2, n_brain),
    )


def scores_sentence(header: dict[str, Any], values: bytes) -> str:
    """Return a sentence on the model area that predicts each brain area best, with its score and ceiling.

    Returns
    -------
    str
        "At step 340, on 192 of 640 images, V4 is predicted best by model area V3, 0.47, ceiling 0.78 (median r)."
    """
    scores = read_scores(header, values)
    said = []
    for b, area in enumerate(scores.brain_areas):
        best = scores.best(b)
        if best is None:
            continue
        ceiling = "" if np.isnan(scores.ceiling[b]) else f", ceiling {scores.ceiling[b]:.2f}"
        name = f"{area} (simulated)" if scores.simulated[b] else area
        said.append(
            f"{name} is predicted best by model area {scores.model_areas[best]}, {scores.value[b, best]:z.2f}{ceiling}"
        )
    if not said:
        return "No score yet."
    step = "" if header["step"] is None else f"At step {header['step']:,}, "
    step += f"on {header['part']}, " if header["part"] else ""
    return f"{step}{'; '.join(said)} ({header['convention']})."
