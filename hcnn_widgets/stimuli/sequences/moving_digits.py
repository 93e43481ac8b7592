"""Moving digits: each glides on a straight way through a frame and bounces off its edges."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import check_count, check_seed, is_number
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.handwritten_digits import digits

from .sequence_set import SequenceSet

SIDE = 8
"""Pixels of a digit."""


@checks_keywords
def moving_digits(n: int = 1000, n_frames: int = 4, size: int = 16, speed: float = 2.0, seed: int = 0) -> SequenceSet:
    """Return sequences of a handwritten digit that moves on a straight way and bounces off the edges of the frame.

    Where it will be in the frame that follows no single frame tells: only two or more say which way it goes.

    Parameters
    ----------
    n : int
        Number of sequences.
    n_frames : int
        Frames that are shown, one more being kept as ``following``; from 1 to 32.
    size : int
        Height and width of the frames in pixels, 10 or more; the digit has 8.
    speed : float
        Pixels from frame to frame, above 0 and up to 8; the direction is drawn at random.
    seed : int
        The same seed gives the same sequences.

    Returns
    -------
    SequenceSet
        Ink in white on black, labelled by the digit, with the latent variables "x" and "y" (deg, of the middle of the
        digit in the last frame, from the middle of the frame; y up) and ``following``.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Source
    ------
    Srivastava, Mansimov & Salakhutdinov (2015), arXiv 1502.04681, there with MNIST.

    Examples
    --------
    >>> moving_digits(n=5).following.shape
    (5, 16, 16, 1)
    """
    _check(n, n_frames, size, speed, seed)
    rng, shown = np.random.default_rng(seed), digits()
    which = rng.integers(len(shown), size=n)
    angle, room = rng.uniform(0, 2 * np.pi, n), size - SIDE
    start, way = rng.uniform(0, room, (n, 2)), speed * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    places = _bounced(start[:, None] + way[:, None] * np.arange(n_frames + 1)[:, None], room)
    pixels = np.stack(
        [_placed(shown.images[which, ..., 0], places[:, frame], size) for frame in range(n_frames + 1)], 1
    )
    assert shown.labels is not None
    down, across = (places[:, n_frames - 1] - room / 2).T * shown.degrees / size
    return SequenceSet(
        pixels[:, :-1, ..., None],
        labels=shown.labels[which],
        latents={"x": across, "y": -down},
        latent_units={"x": "deg", "y": "deg"},
        degrees=shown.degrees,
        name="moving digits",
        following=pixels[:, -1, ..., None],
    )


def _bounced(places: NDArray[np.float64], room: float) -> NDArray[np.float64]:
    """Return places folded back into 0 to `room`, as by mirrors at both ends."""
    return room - np.abs(places % (2 * room) - room)


def _placed(images: NDArray[np.float32], corners: NDArray[np.float64], size: int) -> NDArray[np.float32]:
    """Return images (n, 8, 8) with their upper left corners there, between pixels by linear interpolation."""
    rows, columns = (_weights(corners[:, axis], images.shape[1], size) for axis in (0, 1))
    return np.einsum("nor,nrc,npc->nop", rows, images, columns, optimize=True).clip(0, 1).astype(np.float32)


def _weights(starts: NDArray[np.float64], n_in: int, n_out: int) -> NDArray[np.float32]:
    """Return (n, n_out, n_in) weights that lay n_in pixels from `starts` on into n_out."""
    distance = np.abs(np.arange(n_out)[:, None] - starts[:, None, None] - np.arange(n_in))
    return np.maximum(0, 1 - distance).astype(np.float32)


def _check(n: int, n_frames: int, size: int, speed: float, seed: int) -> None:
    check_count("n", n)
    check_count("n_frames", n_frames)
    check_seed(seed)
    if n_frames > 32:
        raise ValueError(f"`n_frames` is too large. Accepted is a whole number from 1 to 32; received {n_frames}.")
    if isinstance(size, bool) or not isinstance(size, int | np.integer) or not SIDE + 2 <= size <= 256:
        raise ValueError(
            f"`size` leaves no room. Accepted is a whole number from {SIDE + 2} to 256; received {size!r}."
        )
    if not (is_number(speed) and 0 < speed <= SIDE):
        raise ValueError(f"`speed` is no step. Accepted is a number above 0 and up to {SIDE}; received {speed!r}.")
