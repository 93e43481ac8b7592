"""Small pictures of the stimuli, sent to the page once and not with every frame: twin of image_sheet.ts."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

SIDE = 64
"""Most pixels along the longer side of a picture."""
LEAST_SIDE = 8
"""Where not even pictures of this size fit the budget, names are sent alone."""
MAX_BYTES = 3_000_000


class HasImageSheet(traitlets.HasTraits):
    """Mixed into a panel that shows which image a number belongs to.

    Examples
    --------
    >>> panel = HasImageSheet()
    >>> panel.show_images(["cat", "car"])
    >>> panel.sheet_header["n"], panel.sheet_header["ids"]
    (2, ['cat', 'car'])
    """

    sheet_header = traitlets.Dict().tag(sync=True)
    """What the pixels are: {"n": 1, "height": 64, "width": 64, "n_channels": 3, "ids": ["cat-1"], "labels": ["cat"]}"""

    sheet = traitlets.Bytes().tag(sync=True)
    """(n, height, width, n_channels) uint8: b"\\x80\\x80..."; empty where there are names alone."""

    def show_images(
        self,
        stimulus_ids: Sequence[str] | NDArray[np.str_],
        stimuli: StimulusSet | None = None,
        labels: Sequence[str] | NDArray[np.str_] | None = None,
        side: int = SIDE,
    ) -> None:
        """Send the pictures of these stimuli, in this order; the arguments are those of `image_sheet`."""
        header, pixels = image_sheet(stimulus_ids, stimuli, labels, side)
        with self.hold_trait_notifications():
            self.sheet_header, self.sheet = header, pixels


def image_sheet(
    stimulus_ids: Sequence[str] | NDArray[np.str_],
    stimuli: StimulusSet | None = None,
    labels: Sequence[str] | NDArray[np.str_] | None = None,
    side: int = SIDE,
) -> tuple[dict[str, Any], bytes]:
    """Make small pictures of stimuli, no more than 3 MB of them.

    Parameters
    ----------
    stimulus_ids : (n,) str
        Which, and in which order.
    stimuli : StimulusSet, optional
        Must hold every id; without it names are sent alone.
    labels : (n,) str, optional
        The category of each; by default the stimuli's own.
    side : int
        Most pixels along the longer side of a picture, 1 or more; fewer where there are many stimuli. A picture is
        never larger than its stimulus.

    Returns
    -------
    header : dict
        n, height, width, n_channels, ids, labels (empty where there are none). All sizes are 0 without pictures.
    pixels : bytes
        (n, height, width, n_channels) uint8, row-major.

    Raises
    ------
    ValueError
        If `stimuli` lack an id, there are not as many labels, or a side is below 1.

    Examples
    --------
    >>> stimuli = StimulusSet.from_arrays(np.zeros((3, 128, 64), np.uint8), stimulus_ids=["a", "b", "c"])
    >>> header, pixels = image_sheet(["c", "a"], stimuli)
    >>> header["height"], header["width"], len(pixels)
    (64, 32, 4096)
    """
    if side < 1:
        raise ValueError(f"`side` leaves no pixel of a picture. Accepted is 1 or more; received {side}.")
    ids = np.asarray(stimulus_ids, dtype=np.str_)
    shown = None if stimuli is None else stimuli.select(rows_of(ids, stimuli.stimulus_ids, "stimuli"))
    if labels is None and shown is not None:
        labels = shown.labels
    named = [] if labels is None else [str(label) for label in labels]
    if named and len(named) != len(ids):
        raise ValueError(f"`labels` must be one per stimulus, {len(ids)}; received {len(named)}.")
    pictures = np.empty((len(ids), 0, 0, 0), np.uint8) if shown is None else _pictures(shown, side)
    _, height, width, n_channels = pictures.shape
    sizes = {"n": len(ids), "height": height, "width": width, "n_channels": n_channels}
    return {**sizes, "ids": ids.tolist(), "labels": named}, pictures.tobytes()


def _pictures(stimuli: StimulusSet, side: int) -> NDArray[np.uint8]:
    """Return the stimuli in the largest size that fits both `side` and the budget; None if that is tiny."""
    n, height, width, n_channels = stimuli.images.shape
    longer = max(height, width)
    affordable = math.isqrt(MAX_BYTES * longer * longer // (n * n_channels * height * width))
    size = min(side, longer, affordable)
    if size < min(LEAST_SIDE, side, longer):
        return np.empty((n, 0, 0, 0), np.uint8)
    # Rounded down, so that the budget holds; a very long picture keeps its one pixel.
    shape = (max(1, height * size // longer), max(1, width * size // longer), n_channels)
    return np.rint(stimuli.adapted_to(shape).images * 255).astype(np.uint8)
