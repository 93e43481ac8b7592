"""A stimulus set whose images are still being made."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli import record_checks as checks
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


class Growing(Protocol):
    """Images that come one after the other."""

    images: NDArray[np.float32]

    @property
    def goes_on(self) -> bool:
        """Whether more are to come."""
        ...

    @property
    def n_ready(self) -> int:
        """How many of the first are there."""
        ...

    def wait(self, n: int, timeout: float | None = None) -> bool:
        """Wait until the first n are there, so many seconds at most; return whether they are."""
        ...


class InTheMaking(Protocol):
    """What makes them, as long as somebody holds it."""

    @property
    def growing(self) -> Growing:
        """The images."""
        ...


@checks_keywords
class ArrivingStimuli(StimulusSet):
    """A stimulus set that is complete but for its pixels, which arrive in the order of the set.

    Ids, labels and latent variables are known from the start. Reading ``images`` waits for all of them; a part (by
    `select` or `split`) waits for its own. A copy, an adapted set or one from a pickle is a plain `StimulusSet`.

    Parameters
    ----------
    making : object with ``growing``
        Held as long as the set is; where nobody holds it any more, the making ends.
    rows : (n_stimuli,) int
        Which of its images are those of the set.
    stimulus_ids, labels, latents, latent_units, degrees, name
        As in `StimulusSet`.
    """

    _making: InTheMaking
    _rows: NDArray[np.intp]
    _needed: NDArray[np.intp]
    _kept: NDArray[np.float32] | None

    def __init__(
        self,
        making: InTheMaking,
        rows: NDArray[np.intp],
        stimulus_ids: NDArray[np.str_],
        labels: NDArray[np.str_] | None,
        latents: Mapping[str, NDArray[Any]],
        latent_units: Mapping[str, str],
        degrees: float,
        name: str,
    ) -> None:
        known = {
            "_making": making,
            "_rows": rows,
            "_kept": None,
            "_needed": np.maximum.accumulate(rows) + 1,
            "stimulus_ids": checks.checked_ids(stimulus_ids, len(rows)),
            "labels": checks.checked_labels(labels, len(rows)),
            "latents": checks.checked_latents(latents, latent_units, len(rows)),
            "latent_units": dict(latent_units),
            "degrees": checks.checked_degrees(degrees),
            "name": name,
        }
        for field, value in known.items():
            object.__setattr__(self, field, value)

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """Height, width and number of channels of the images; known at once."""
        height, width, n_channels = self._growing.images.shape[1:]
        return height, width, n_channels

    @property
    def arriving(self) -> bool:
        """Whether more images are to come."""
        return self.n_ready < len(self) and self._growing.goes_on

    @property
    def n_ready(self) -> int:
        """How many of the set's first images are there."""
        return int(np.searchsorted(self._needed, self._growing.n_ready, side="right"))

    def wait(self, n: int, timeout: float | None = None) -> bool:
        """Wait until the set's first n images are there, so many seconds at most; return whether they are.

        Raises
        ------
        RuntimeError
            If the images cannot be made.
        """
        return self._growing.wait(int(self._needed[n - 1]) if n else 0, timeout)

    def images_from(self, first: int, last: int) -> NDArray[np.float32]:
        """Return images first to last, `last` excluded, which must be there."""
        return self._growing.images[self._rows[first:last]]

    @property
    def images(self) -> NDArray[np.float32]:  # type: ignore[override]
        """Images of the set, read-only; waits until all are there."""
        self.wait(len(self))
        kept = self._kept
        if kept is None:
            images = self._growing.images
            in_order = len(self) == len(images) and bool((np.diff(self._rows) == 1).all())
            kept = images if in_order else images[self._rows]
            object.__setattr__(self, "_kept", kept)
        return checks.read_only(kept)

    def whole(self) -> StimulusSet:
        """Return the same as a plain set, once all images are there."""
        return StimulusSet(
            self.images, self.stimulus_ids, self.labels, self.latents, self.latent_units, self.degrees, self.name
        )

    def select(self, indices: "int | slice | Sequence[int] | NDArray[Any]") -> "StimulusSet":
        """Return the stimuli at `indices`, whose images may still be in the making, too; see `StimulusSet.select`."""
        chosen: Any = [int(indices)] if isinstance(indices, int | np.integer) else indices
        rows = self._rows[chosen]
        if not len(rows):  # the error of a set without images
            checks.checked_images(np.empty((0, *self.image_shape), np.float32))
        return ArrivingStimuli(
            self._making,
            rows,
            self.stimulus_ids[chosen],
            None if self.labels is None else self.labels[chosen],
            {name: values[chosen] for name, values in self.latents.items()},
            self.latent_units,
            self.degrees,
            self.name,
        )

    def adapted_to(self, shape: tuple[int, int, int]) -> StimulusSet:
        """Return the stimuli in another size or number of channels, once all images are there."""
        return self if self.image_shape == tuple(shape) else self.whole().adapted_to(shape)

    @property
    def _growing(self) -> Growing:
        return self._making.growing

    def __reduce__(self) -> tuple[Any, ...]:
        return self.whole().__reduce__()
