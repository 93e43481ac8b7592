"""Turn a match of model areas to brain areas into a frame: twin of matrix_frame.ts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.corrections import CORRECTIONS, corrected_scores
from hcnn_widgets.mapping.noise.perfect_model import perfect_r
from hcnn_widgets.mapping.numerics.table import SIMULATED
from hcnn_widgets.mapping.prediction.tables.layer_area_table import CEILING, LayerAreaMatch
from hcnn_widgets.widgets.panel.frame import Frame, as_float32


def of_medians() -> list[str]:
    """Return the names of the corrections of the median over sites, the only corrections that a match has."""
    return [name for name, how in CORRECTIONS.items() if how.level == "score"]


def matrix_frame(match: LayerAreaMatch | None, step: int | None, message: str = "", final: bool = False) -> Frame:
    """Turn a match into a frame.

    Parameters
    ----------
    match : LayerAreaMatch or None
        None before the first match.
    step : int or None
        Training step; None for a source that does not train.
    message : str
        Words on a pending computation or an error.
    final : bool
        Whether this is the last frame.

    Returns
    -------
    Frame
        Values, float32: r and error on the reporting half, r and error on the choosing half, then r on the reporting
        half corrected by each name in ``header["corrections"]``, each n_brain rows of n_model; last the ceilings,
        n_brain.
    """
    if match is None:
        return Frame(message=message or "scoring…", final=final)
    header: dict[str, Any] = {
        "step": step,
        "model_areas": list(match.model_areas),
        "brain_areas": list(match.brain_areas),
        "simulated": list(match.simulated),
        "corrections": of_medians(),
        "columns": [
            {"chosen": int(chosen), "n_choosing": int(choosing), "n_reporting": int(reporting), "n_sites": int(sites)}
            for chosen, choosing, reporting, sites in zip(
                match.chosen_index, match.n_choosing, match.n_reporting, match.n_sites, strict=True
            )
        ],
        "convention": "; ".join([match.convention, f"ceiling: {CEILING}", *_notes(match)]),
        "source": match.source,
    }
    scores = (match.reporting, match.reporting_error, match.choosing, match.choosing_error)
    limits = perfect_r(match.reliability)
    corrected = (_corrected(match, name) for name in header["corrections"])
    parts = [as_float32(numbers) for numbers in (*scores, *corrected, limits)]
    return Frame(header, np.concatenate(parts).tobytes(), message, final)


def _notes(match: LayerAreaMatch) -> list[str]:
    """Return the notes of a match without repeats and without the note on simulated recordings (the names say it)."""
    return [note for note in dict.fromkeys(match.notes) if SIMULATED not in note]


def _corrected(match: LayerAreaMatch, correction: str) -> NDArray[np.float64]:
    """Correct the scores of the reporting half by the reliability of the recordings in that half."""
    return corrected_scores(match.reporting, match.reliability, correction, match.n_reporting)


def read_reporting(header: dict[str, Any], values: bytes) -> NDArray[np.float32]:
    """Return the scores of the reporting half in a frame, (n_brain, n_model)."""
    n_brain, n_model = len(header["brain_areas"]), len(header["model_areas"])
    return np.frombuffer(values, "<f4")[: n_brain * n_model].reshape(n_brain, n_model)


def matrix_sentence(header: dict[str, Any], values: bytes) -> str:
    """Return a sentence on the model area chosen for each brain area and its score on the other half of the images.

    Returns
    -------
    str
        "V4 (simulated) goes with model area V2, r 0.41; IT with ... Chosen on one half of the images, ..."
    """
    said = []
    for b, (area, simulated) in enumerate(zip(header["brain_areas"], header["simulated"], strict=True)):
        chosen = header["columns"][b]["chosen"]
        name = f"{area} (simulated)" if simulated else area
        r = read_reporting(header, values)[b, chosen]
        said.append(f"{name} goes with model area {header['model_areas'][chosen]}, r {r:.2f}")
    step = "" if header["step"] is None else f"At step {header['step']:,}, "
    how = "chosen on one half of the images, r on the other"
    return f"{step}{'; '.join(said)} ({how}; {header['convention']})."
