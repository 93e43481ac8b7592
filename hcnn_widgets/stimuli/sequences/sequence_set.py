"""The SequenceSet record: frames in time with the ids, labels and latent variables of each sequence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.given_arrays import as_array
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.record_checks import checked_images
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

MOST_SHOWN = 8
"""Sequences in the picture of a set."""


@checks_keywords
@dataclass(frozen=True, eq=False, repr=False)
class SequenceSet(FrozenRecord):
    """Sequences of frames, each with its id, label and latent variables; read-only, and checked once when it is made.

    It is a record of its own, and no `StimulusSet`: what takes images refuses it in a sentence, and what takes
    sequences too (training, scores, recorders) says so. `still` and `as_channels` make images of it.

    Parameters
    ----------
    frames : (n_stimuli, n_frames, height, width, n_channels) float32
        Luminance or RGB, from 0 (black) to 1 (white), in the order in which they are shown.
    stimulus_ids, labels, latents, latent_units, degrees, name
        As in `StimulusSet`: one a sequence.
    following : (n_stimuli, height, width, n_channels) float32, optional
        The frame that comes after the last, which a network is not shown: what `NextFrame` is to predict.

    Raises
    ------
    TypeError, ValueError
        If an array has a wrong type, shape or range, or as in `StimulusSet`.

    Examples
    --------
    >>> import numpy as np
    >>> SequenceSet(np.zeros((2, 5, 16, 16, 1), np.float32), labels=np.array(["same", "different"]))
    SequenceSet(2 sequences of 5 frames of 16 x 16 x 1, 2 categories, 8 deg wide)
    """

    frames: NDArray[np.float32]
    stimulus_ids: NDArray[np.str_] = None  # type: ignore[assignment]
    labels: NDArray[np.str_] | None = None
    latents: dict[str, NDArray[Any]] = field(default_factory=dict)
    latent_units: dict[str, str] = field(default_factory=dict)
    degrees: float = 8.0
    name: str = ""
    following: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        frames = as_array("frames", self.frames)
        if frames.ndim != 5 or 0 in frames.shape:
            raise ValueError(
                "`frames` has the wrong shape. Accepted is (n_stimuli, n_frames, height, width, n_channels), none of "
                f"them 0; received {frames.shape}. Images without time are a StimulusSet."
            )
        whole = checked_images(frames.reshape(-1, *frames.shape[2:])).reshape(frames.shape)
        whole.setflags(write=False)
        object.__setattr__(self, "frames", whole)
        last = StimulusSet(
            whole[:, -1], self.stimulus_ids, self.labels, self.latents, self.latent_units, self.degrees, self.name
        )
        for checked in ("stimulus_ids", "labels", "latents", "latent_units", "degrees"):
            object.__setattr__(self, checked, getattr(last, checked))
        if self.following is not None:
            object.__setattr__(self, "following", self._checked_following())

    def _checked_following(self) -> NDArray[np.float32]:
        after = checked_images(self.following)
        if after.shape != (len(self), *self.image_shape[1:]):
            raise ValueError(
                "`following` has the wrong shape. Accepted is one frame a sequence, "
                f"{(len(self), *self.image_shape[1:])}; received {after.shape}."
            )
        return after

    def __len__(self) -> int:
        return len(self.frames)

    def __repr__(self) -> str:
        n_frames, height, width, n_channels = self.image_shape
        kinds = "no labels" if self.labels is None else f"{len(self.categories)} categories"
        name = f"{self.name!r}, " if self.name else ""
        shape = f"{len(self)} sequences of {n_frames} frames of {height} x {width} x {n_channels}"
        return f"SequenceSet({name}{shape}, {kinds}, {self.degrees:g} deg wide)"

    @property
    def images(self) -> NDArray[np.float32]:
        """What a network is shown: the frames."""
        return self.frames

    @property
    def image_shape(self) -> tuple[int, int, int, int]:
        """Number of frames, height, width and number of channels: the ``input_shape`` of an architecture for them."""
        n_frames, height, width, n_channels = self.frames.shape[1:]
        return n_frames, height, width, n_channels

    @property
    def categories(self) -> tuple[str, ...]:
        """The different labels in alphabetical order; empty without labels."""
        return self._last.categories

    @cached_property
    def _last(self) -> StimulusSet:
        return self.still(-1)

    def still(self, frame: int) -> StimulusSet:
        """Return the frames of a number, counted from 0 (-1 for the last), as images with the sequences' ids.

        Raises
        ------
        IndexError
            If sequences have no such frame.
        """
        return self._as_images(self.frames[:, frame])

    def as_channels(self) -> StimulusSet:
        """Return each sequence as one image, whose channels are the frames side by side: for networks without time."""
        n_frames, height, width, n_channels = self.image_shape
        beside = np.moveaxis(self.frames, 1, 3).reshape(len(self), height, width, n_frames * n_channels)
        return self._as_images(np.ascontiguousarray(beside))

    def _as_images(self, images: NDArray[np.float32]) -> StimulusSet:
        known = self.stimulus_ids, self.labels, dict(self.latents), dict(self.latent_units)
        return StimulusSet(images, *known, self.degrees, self.name)

    def __getitem__(self, indices: "int | slice | Sequence[int] | NDArray[Any]") -> "SequenceSet":
        return self.select(indices)

    def select(self, indices: "int | slice | Sequence[int] | NDArray[Any]") -> "SequenceSet":
        """Return the sequences at `indices` as a set; see `StimulusSet.select`."""
        chosen = [int(indices)] if isinstance(indices, int | np.integer) else indices
        rows = np.arange(len(self))[chosen]
        return replace(
            self,
            frames=self.frames[rows],
            stimulus_ids=self.stimulus_ids[rows],
            labels=None if self.labels is None else self.labels[rows],
            latents={name: values[rows] for name, values in self.latents.items()},
            following=None if self.following is None else self.following[rows],
        )

    def split(self, fraction: float = 0.2, seed: int = 0) -> "tuple[SequenceSet, SequenceSet]":
        """Split the set at random in two, each category in the same proportion; see `StimulusSet.split`."""
        parts = self._last.split(fraction, seed)
        larger, smaller = (np.isin(self.stimulus_ids, part.stimulus_ids) for part in parts)
        return self.select(larger), self.select(smaller)

    def adapted_to(self, shape: tuple[int, int, int, int]) -> "SequenceSet":
        """Return the same sequences with frames of another size or number of channels; see `StimulusSet.adapted_to`.

        Raises
        ------
        ValueError
            If that is no shape of as many frames.
        """
        if tuple(shape) == self.image_shape:
            return self
        if len(shape) != 4 or shape[0] != self.image_shape[0]:
            raise ValueError(
                "`stimuli` are sequences that cannot be brought to this shape. Accepted is (n_frames, height, width, "
                f"n_channels) of {self.image_shape[0]} frames; received {tuple(shape)}. `still(frame)` and "
                "`as_channels()` make images of sequences."
            )
        flat = StimulusSet(self.frames.reshape(-1, *self.image_shape[1:])).adapted_to(shape[1:])
        after = None if self.following is None else StimulusSet(self.following).adapted_to(shape[1:]).images
        return replace(self, frames=flat.images.reshape(len(self), *shape), following=after)

    def _repr_png_(self) -> bytes:
        """Return a PNG of the first sequences, one a row."""
        from hcnn_widgets.stimuli.images.contact_sheet import as_png, contact_sheet

        shown = self.frames[:MOST_SHOWN]
        n, n_frames, height, width, n_channels = shown.shape
        sheet = contact_sheet(shown.reshape(-1, height, width, n_channels), np.repeat(np.arange(n), n_frames), n_frames)
        words = f"{n} of {len(self):,} sequences, time from left to right" if n < len(self) else ""
        return as_png(sheet, max(1, 64 // height), words)
