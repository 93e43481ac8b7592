"""Turn two small RDMs and the count of tau_A into a frame: twin of tau_frame.ts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.concordance_steps import ConcordanceSteps
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.widgets.panel.frame import Frame, as_float32


def tau_frame(a: Rdm, b: Rdm, counted: ConcordanceSteps, rows: NDArray[np.intp], names: tuple[str, str]) -> Frame:
    """Turn two small RDMs and their steps into a frame.

    Parameters
    ----------
    a, b : Rdm
        RDMs of the same few stimuli, in the same order.
    counted : ConcordanceSteps
        Steps of the count for these RDMs.
    rows : (n,) int
        Places of the stimuli in the sheet of images.
    names : (str, str)
        Names of the RDMs.

    Returns
    -------
    Frame
        Values: dissimilarities of a and b, k float32 each; the verdict of each step, n_steps int8: 1 concordant, -1
        discordant, 0 tied, pairs of dissimilarities in the order of the upper triangle.
    """
    verdicts = np.array([step.verdict for step in counted.steps], dtype=np.int8)
    header = {
        "n": len(a),
        "n_steps": len(counted),
        "name_a": names[0],
        "name_b": names[1],
        "rows": [int(row) for row in rows],
        "simulated": a.simulated or b.simulated,
        "tau_a": counted.tau_a,
        "source": "; ".join(dict.fromkeys(rdm.source for rdm in (a, b) if rdm.source)),
    }
    numbers = np.concatenate([as_float32(a.vector), as_float32(b.vector)])
    return Frame(header, numbers.tobytes() + verdicts.tobytes(), final=True)


def read_tau(
    header: dict[str, Any], values: bytes
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int8]]:
    """Return the dissimilarities and verdicts in a frame.

    Returns
    -------
    a, b : (k,) float32
    verdicts : (n_steps,) int8
    """
    k = header["n"] * (header["n"] - 1) // 2
    numbers = np.frombuffer(values, "<f4", 2 * k)
    return numbers[:k], numbers[k:], np.frombuffer(values, np.int8, offset=8 * k)


def running_words(verdicts: NDArray[np.int8], position: int) -> str:
    """Return words on the state of the count after a number of steps.

    Examples
    --------
    >>> running_words(np.array([1, -1, 1], np.int8), 0)
    'nothing counted yet; 3 steps take every two pairs of images once'
    >>> running_words(np.array([1, -1, 1], np.int8), 2)
    '1 concordant, 1 discordant, 0 tied; 2 of 3 steps'
    >>> running_words(np.array([1, -1, 1], np.int8), 3)
    '2 concordant, 1 discordant, 0 tied; tau_A = (2 - 1) / 3 = 0.333'
    """
    if position == 0:
        return f"nothing counted yet; {len(verdicts)} steps take every two pairs of images once"
    counts = {name: int((verdicts[:position] == sign).sum()) for name, sign in SIGNS.items()}
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    if position < len(verdicts):
        return f"{said}; {position} of {len(verdicts)} steps"
    more, less = counts["concordant"], counts["discordant"]
    return f"{said}; tau_A = ({more} - {less}) / {len(verdicts)} = {(more - less) / len(verdicts):.3f}"


SIGNS = {"concordant": 1, "discordant": -1, "tied": 0}
