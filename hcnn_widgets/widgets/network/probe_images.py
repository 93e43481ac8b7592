"""The images that a network is shown in its panels: a strip of a few, and more to find what drives a unit."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.live.gathering import stratified_rows
from hcnn_widgets.stimuli.arriving_stimuli import ArrivingStimuli
from hcnn_widgets.stimuli.check_stimuli import check_stimuli
from hcnn_widgets.stimuli.images.resizing import resized
from hcnn_widgets.stimuli.sequences.sequence_set import SequenceSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

IN_STRIP = 12
MOST = 192
"""Images, those of the strip among them."""
FEWEST_READY = 2 * IN_STRIP
"""Images that must be there of a set that is still being made."""
SIDE = 64
"""Most pixels along a side of a picture."""


class Probe(NamedTuple):
    """Images to show to a network, those of the strip first.

    Attributes
    ----------
    stimuli : StimulusSet
    pictures : (n_stimuli, height, width, 1 or 3) uint8
        The same, small.
    n_strip : int
    held_out : bool
        Whether the network has not learned from them.
    """

    stimuli: StimulusSet
    pictures: NDArray[np.uint8]
    n_strip: int
    held_out: bool

    def label(self, image: int) -> str:
        """Return what an image shows; empty where that is not known."""
        return "" if self.stimuli.labels is None else str(self.stimuli.labels[image])

    def name(self, image: int) -> str:
        """Return what an image is called in a sentence: its label, or its id."""
        return self.label(image) or str(self.stimuli.stimulus_ids[image])

    @property
    def words(self) -> str:
        """Return what they are: "192 held-out images"."""
        return f"{len(self.stimuli):,} {'held-out ' if self.held_out else ''}images"


def given_images(source: Any, stimuli: StimulusSet | None) -> StimulusSet | None:
    """Return the images given, or else those that a training holds out; None where there are none, but sequences."""
    if stimuli is not None:
        check_stimuli("stimuli", stimuli)
        return stimuli
    run = source if hasattr(source, "at_boundary") else getattr(source, "run", None)
    held_out = getattr(run, "held_out", None)
    return None if isinstance(held_out, SequenceSet) else held_out


def there(stimuli: Any) -> StimulusSet | None:
    """Return the images that are there, of a set whose images are still being made; None where they are few."""
    if not getattr(stimuli, "arriving", False):
        return stimuli
    n_ready = stimuli.n_ready
    return stimuli.select(slice(0, n_ready)) if n_ready >= min(FEWEST_READY, len(stimuli)) else None


def probe_of(source: Any, stimuli: StimulusSet | None = None, seed: int = 0) -> Probe | None:
    """Return the images that a run or model is shown: those given, or those that its training has held out.

    Parameters
    ----------
    source : Run or GoalDrivenModel
    stimuli : StimulusSet, optional
    seed : int
        The same seed draws the same images.

    Returns
    -------
    Probe or None
        None where there are no images, or too few yet.
    """
    found = there(given_images(source, stimuli))
    if found is None:
        return None
    if isinstance(found, ArrivingStimuli):  # the first that arrive are as much a random choice as any
        found = found[:MOST]
    shown = found.select(probe_rows(found.labels, len(found), seed))
    shown = shown.whole() if hasattr(shown, "whole") else shown  # which holds nothing that is still being made
    return Probe(shown, small_pictures(shown), min(IN_STRIP, len(shown)), held_out=stimuli is None)


def probe_rows(labels: NDArray[np.str_] | None, n_stimuli: int, seed: int) -> NDArray[np.intp]:
    """Draw the rows of the probe: one of each category, then another one of each, and so on.

    Examples
    --------
    >>> labels = np.array(["cat", "cat", "dog", "cat", "dog"])
    >>> labels[probe_rows(labels, 5, seed=0)].tolist()
    ['cat', 'dog', 'cat', 'dog', 'cat']
    """
    drawn = stratified_rows(labels, n_stimuli, MOST, seed)
    mixed = np.random.default_rng(seed).permutation(drawn)
    groups = np.zeros(n_stimuli, dtype=str) if labels is None else labels
    turn = np.zeros(len(mixed), int)
    for group in np.unique(groups[mixed]):
        members = np.flatnonzero(groups[mixed] == group)
        turn[members] = np.arange(len(members))
    return mixed[np.lexsort((groups[mixed], turn))]


def small_pictures(stimuli: StimulusSet) -> NDArray[np.uint8]:
    """Return the images in bytes, no side longer than `SIDE`."""
    height, width = stimuli.images.shape[1:3]
    scale = min(1.0, SIDE / max(height, width))
    small = resized(stimuli.images, max(1, int(height * scale)), max(1, int(width * scale)))
    return np.rint(255 * small).astype(np.uint8)
