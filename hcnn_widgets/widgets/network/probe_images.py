"""The images that a network is shown in its panels: a strip of a few, and more to find what drives a unit."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.live.gathering import stratified_rows
from hcnn_widgets.stimuli.arriving_stimuli import ArrivingStimuli
from hcnn_widgets.stimuli.audition.series import are_cochleagrams
from hcnn_widgets.stimuli.check_stimuli import Stimuli, check_shown, check_stimuli
from hcnn_widgets.stimuli.images.resizing import resized
from hcnn_widgets.stimuli.sequences.sequence_set import SequenceSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

IN_STRIP = 12
MOST = 192
"""Images, those of the strip among them."""
FEWEST_READY = 2 * IN_STRIP
"""Images that must be there of a set that is still being made."""
SIDE = 64
"""Most pixels along a side of a picture, or of a frame of one."""
IN_A_ROW = 4
"""Frames of a sequence that stand beside one another; more stand in two rows."""
BETWEEN = 128
"""Grey of what lies between frames."""


class Probe(NamedTuple):
    """Images to show to a network, those of the strip first; or sounds as cochleagrams, or sequences.

    Attributes
    ----------
    stimuli : StimulusSet or SequenceSet
    pictures : (n_stimuli, height, width, 1 or 3) uint8
        The same, small; of a sequence all frames.
    n_strip : int
    held_out : bool
        Whether the network has not learned from them.
    """

    stimuli: Stimuli
    pictures: NDArray[np.uint8]
    n_strip: int
    held_out: bool

    @property
    def kind(self) -> str:
        """What each of them is: "image", "sound" or "sequence"."""
        if isinstance(self.stimuli, SequenceSet):
            return "sequence"
        return "sound" if are_cochleagrams(self.stimuli) else "image"

    @property
    def axes(self) -> str:
        """What is seen upwards and to the right, in words; empty for images."""
        n_frames = self.stimuli.image_shape[0]
        frames = f"{n_frames} frames, left to right" + (", then below" if n_frames > IN_A_ROW else "")
        return {"sound": "frequency \u2191, time \u2192", "sequence": frames}.get(self.kind, "")

    def label(self, image: int) -> str:
        """Return what an image shows; empty where that is not known."""
        return "" if self.stimuli.labels is None else str(self.stimuli.labels[image])

    def name(self, image: int) -> str:
        """Return what an image is called in a sentence: its label, or its id."""
        return self.label(image) or str(self.stimuli.stimulus_ids[image])

    @property
    def words(self) -> str:
        """Return what they are: "192 held-out images"."""
        return f"{len(self.stimuli):,} {'held-out ' if self.held_out else ''}{self.kind}s"


def given_images(source: Any, stimuli: StimulusSet | None) -> StimulusSet | None:
    """Return the images given, or else those that a training holds out; None where there are none, but sequences."""
    if stimuli is not None:
        check_stimuli("stimuli", stimuli)
    found = given_stimuli(source, stimuli)
    return None if isinstance(found, SequenceSet) else found


def given_stimuli(source: Any, stimuli: Stimuli | None) -> Stimuli | None:
    """Return the images or sequences given, or else those that a training holds out; None where there are none."""
    if stimuli is not None:
        check_shown("stimuli", stimuli)
        return stimuli
    run = source if hasattr(source, "at_boundary") else getattr(source, "run", None)
    held_out: Stimuli | None = getattr(run, "held_out", None)
    return held_out


def there(stimuli: Any) -> Any:
    """Return the images that are there, of a set whose images are still being made; None where they are few."""
    if not getattr(stimuli, "arriving", False):
        return stimuli
    n_ready = stimuli.n_ready
    return stimuli.select(slice(0, n_ready)) if n_ready >= min(FEWEST_READY, len(stimuli)) else None


def probe_of(source: Any, stimuli: Stimuli | None = None, seed: int = 0) -> Probe | None:
    """Return the images that a run or model is shown: those given, or those that its training has held out.

    Parameters
    ----------
    source : Run or GoalDrivenModel
    stimuli : StimulusSet or SequenceSet, optional
    seed : int
        The same seed draws the same images.

    Returns
    -------
    Probe or None
        None where there are no images, or too few yet.
    """
    found = there(given_stimuli(source, stimuli))
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


def small_pictures(stimuli: Stimuli) -> NDArray[np.uint8]:
    """Return the images in bytes, no side longer than `SIDE`; of sequences the frames side by side, in order.

    Examples
    --------
    >>> small_pictures(SequenceSet(np.zeros((2, 5, 16, 16, 1), np.float32))).shape  # three frames, and two below
    (2, 33, 50, 1)
    """
    frames = stimuli.images.reshape(-1, *stimuli.images.shape[-3:])
    height, width = frames.shape[1:3]
    scale = min(1.0, SIDE / max(height, width))
    small = np.rint(255 * resized(frames, max(1, int(height * scale)), max(1, int(width * scale)))).astype(np.uint8)
    return _side_by_side(small, stimuli.image_shape[0]) if isinstance(stimuli, SequenceSet) else small


def _side_by_side(frames: NDArray[np.uint8], n_frames: int) -> NDArray[np.uint8]:
    """Return each sequence's frames as one picture, in one row or two, with a line of grey between them."""
    height, width, n_channels = frames.shape[1:]
    n_columns = n_frames if n_frames <= IN_A_ROW else -(-n_frames // 2)
    n_rows = -(-n_frames // n_columns)
    whole = (len(frames) // n_frames, n_rows * (height + 1) - 1, n_columns * (width + 1) - 1, n_channels)
    pictures = np.full(whole, BETWEEN, np.uint8)
    for number, frame in enumerate(np.swapaxes(frames.reshape(-1, n_frames, *frames.shape[1:]), 0, 1)):
        top, left = number // n_columns * (height + 1), number % n_columns * (width + 1)
        pictures[:, top : top + height, left : left + width] = frame
    return pictures
