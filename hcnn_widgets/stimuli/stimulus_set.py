"""The StimulusSet record: images with their ids, labels, latent variables and size in degrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.given_arrays import as_array
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli import record_checks as checks
from hcnn_widgets.stimuli.images_as_given import images_as_given, labels_as_given, names_as_given


@checks_keywords
@dataclass(frozen=True, eq=False, repr=False)
class StimulusSet(FrozenRecord):
    """Images with their ids, labels and latent variables; read-only, and checked once when the set is made.

    Parameters
    ----------
    images : (n_stimuli, height, width, n_channels) float32
        Luminance (one channel) or RGB (three channels), from 0 (black) to 1 (white).
    stimulus_ids : (n_stimuli,) str, optional
        Unique; two records are paired by these ids, never by row. By default the set's name and a running number.
    labels : (n_stimuli,) str or None
        The category of each image.
    latents : dict of (n_stimuli,) arrays
        The variables that the images were made from, for instance a rotation.
    latent_units : dict of str
        The unit of every latent variable, for instance "deg".
    degrees : float
        Visual angle of the image width, in degrees.
    name : str
        A short name of the set.

    Raises
    ------
    TypeError, ValueError
        If an array has a wrong type, shape or range, ids are not unique, or a latent variable has no unit.

    Examples
    --------
    >>> import numpy as np
    >>> stimuli = StimulusSet.from_arrays(np.zeros((4, 8, 8), np.uint8), labels=["cat", "dog", "cat", "dog"])
    >>> stimuli
    StimulusSet(4 images of 8 x 8 x 1, 2 categories, 8 deg wide)
    >>> stimuli.categories
    ('cat', 'dog')
    """

    images: NDArray[np.float32]
    stimulus_ids: NDArray[np.str_] = None  # type: ignore[assignment]
    labels: NDArray[np.str_] | None = None
    latents: dict[str, NDArray[Any]] = field(default_factory=dict)
    latent_units: dict[str, str] = field(default_factory=dict)
    degrees: float = 8.0
    name: str = ""

    def __post_init__(self) -> None:
        n_stimuli = len(images := checks.checked_images(self.images))
        object.__setattr__(self, "images", images)
        ids = _running_ids(n_stimuli, self.name) if self.stimulus_ids is None else self.stimulus_ids
        object.__setattr__(self, "stimulus_ids", checks.checked_ids(ids, n_stimuli))
        object.__setattr__(self, "labels", checks.checked_labels(self.labels, n_stimuli))
        object.__setattr__(self, "latents", checks.checked_latents(self.latents, self.latent_units, n_stimuli))
        object.__setattr__(self, "latent_units", dict(self.latent_units))
        object.__setattr__(self, "degrees", checks.checked_degrees(self.degrees))

    @classmethod
    def from_arrays(
        cls,
        images: ArrayLike,
        labels: ArrayLike | None = None,
        stimulus_ids: ArrayLike | None = None,
        *,
        latents: Mapping[str, ArrayLike] | None = None,
        latent_units: Mapping[str, str] | None = None,
        degrees: float = 8.0,
        name: str = "",
    ) -> "StimulusSet":
        """Make a set from arrays of bytes or fractions, with or without a channel axis.

        Parameters
        ----------
        images : (n_stimuli, height, width) or (n_stimuli, height, width, n_channels)
            Unsigned bytes from 0 to 255, or fractions from 0 to 1.
        labels : (n_stimuli,), optional
            Text, or numbers, which become text; also one-hot, (n_stimuli, n_categories).
        stimulus_ids : (n_stimuli,), optional
            Text or numbers.
        latents, latent_units, degrees, name
            As in the class itself.

        Returns
        -------
        StimulusSet

        Raises
        ------
        TypeError, ValueError
            If the images may be something else (channels first, an alpha channel, a single image, bytes of few levels),
            or a label or id is missing.

        Examples
        --------
        >>> import numpy as np
        >>> StimulusSet.from_arrays(np.full((2, 4, 4), 255, np.uint8), name="white").stimulus_ids.tolist()
        ['white-00000', 'white-00001']
        """
        ids = None if stimulus_ids is None else names_as_given("stimulus_ids", stimulus_ids)
        kinds = None if labels is None else labels_as_given(labels)
        return cls(
            images_as_given(images, kinds if ids is None else ids),
            ids,  # type: ignore[arg-type]
            kinds,
            {key: as_array(f"latents[{key!r}]", values) for key, values in (latents or {}).items()},
            dict(latent_units or {}),
            degrees,
            name,
        )

    @classmethod
    def from_folder(
        cls, path: "str | PathLike[str]", size: int = 64, n_channels: int = 1, degrees: float = 8.0
    ) -> "StimulusSet":
        """Read every image file in a folder or .zip and its sub-folders, in natural order (image2 before image10).

        Parameters
        ----------
        path : path
            Hidden files and files of other kinds are passed over. Sub-folders name the labels.
        size : int
            Height and width of the result, in pixels: the square in the middle of each image is kept.
        n_channels : int
            1 (luminance) or 3 (RGB).
        degrees : float
            Visual angle of the image width.

        Returns
        -------
        StimulusSet
            Named after the folder; ids are the files' paths in it. Where an image is transparent, mid grey shows.

        Raises
        ------
        NotADirectoryError
            If there is no such folder or .zip.
        ValueError
            If an argument is out of range, there is no image, files cannot be read (they are named), or links lead
            elsewhere.
        """
        from hcnn_widgets.stimuli.images.image_folder import read_folder

        images, names, labels = read_folder(path, size, n_channels)
        kinds = None if labels is None else np.array(labels)
        return cls(images, np.array(names), kinds, degrees=degrees, name=Path(path).resolve().name.removesuffix(".zip"))

    def __len__(self) -> int:
        return len(self.stimulus_ids)

    def __repr__(self) -> str:
        height, width, n_channels = self.image_shape
        kinds = f"{len(self.categories)} categories" if self.labels is not None else "no labels"
        name = f"{self.name!r}, " if self.name else ""
        size = f"{len(self)} images of {height} x {width} x {n_channels}"
        return f"StimulusSet({name}{size}, {kinds}, {self.degrees:g} deg wide)"

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """Height, width and number of channels of the images."""
        height, width, n_channels = self.images.shape[1:]
        return height, width, n_channels

    @property
    def categories(self) -> tuple[str, ...]:
        """The different labels in alphabetical order; empty without labels."""
        return () if self.labels is None else tuple(str(label) for label in np.unique(self.labels))

    def label_indices(self) -> NDArray[np.int64]:
        """Return the index of each stimulus's label in `categories`.

        Returns
        -------
        (n_stimuli,) int64

        Raises
        ------
        ValueError
            If the set has no labels.
        """
        if self.labels is None:
            raise ValueError("`labels` is missing. Accepted is a stimulus set with labels; received one without.")
        return np.unique(self.labels, return_inverse=True)[1].astype(np.int64)

    def __getitem__(self, indices: "int | slice | Sequence[int] | NDArray[Any]") -> "StimulusSet":
        return self.select(indices)

    def select(self, indices: "int | slice | Sequence[int] | NDArray[Any]") -> "StimulusSet":
        """Return the stimuli at `indices` (a number, a slice, numbers in any order, or a mask) as a set.

        Raises
        ------
        IndexError
            If there is no such stimulus.
        ValueError
            If nothing is selected, or a stimulus twice.
        """
        if isinstance(indices, int | np.integer):
            indices = [int(indices)]
        return replace(
            self,
            images=self.images[indices],
            stimulus_ids=self.stimulus_ids[indices],
            labels=None if self.labels is None else self.labels[indices],
            latents={name: values[indices] for name, values in self.latents.items()},
        )

    def split(self, fraction: float = 0.2, seed: int = 0) -> "tuple[StimulusSet, StimulusSet]":
        """Split the set at random in two, each category in the same proportion.

        Parameters
        ----------
        fraction : float
            Share of the stimuli in the smaller part, above 0 and at most 0.5.
        seed : int
            The same seed gives the same parts.

        Returns
        -------
        larger, smaller : StimulusSet
            Each in the order of this set.

        Raises
        ------
        ValueError
            If the fraction is out of range or leaves a part empty.
        """
        from hcnn_widgets.stimuli.stratified_split import smaller_part

        groups = np.zeros(len(self), np.int64) if self.labels is None else self.label_indices()
        held_out = smaller_part(groups, fraction, seed)
        return self.select(~held_out), self.select(held_out)

    def adapted_to(self, shape: tuple[int, int, int]) -> "StimulusSet":
        """Return the same stimuli in another size or number of channels, for instance to fit a network's input.

        Parameters
        ----------
        shape : (height, width, n_channels)
            Pixels; one channel (luminance) or three (RGB).

        Returns
        -------
        StimulusSet
            With the same ids, labels, latent variables and degrees. Smaller images are averages over areas, larger
            images linear interpolations, RGB becomes luminance by the weights of ITU-R BT.601.

        Raises
        ------
        ValueError
            If the shape cannot be made from these images.
        """
        from hcnn_widgets.stimuli.images.resizing import recoloured, resized

        height, width, n_channels = shape
        if self.image_shape == (height, width, n_channels):
            return self
        return replace(self, images=resized(recoloured(self.images, n_channels), height, width))

    def contact_sheet(self, per_category: int = 8) -> NDArray[np.uint8]:
        """Lay the first images of each category side by side, one row per category in alphabetical order.

        Returns
        -------
        (height, width) or (height, width, 3) uint8
            From 0 (black) to 255 (white), with white gaps. Without labels the images run on, eight in a row.
        """
        from hcnn_widgets.stimuli.images.contact_sheet import contact_sheet

        groups = np.arange(len(self)) // per_category if self.labels is None else self.label_indices()
        return contact_sheet(self.images, groups, per_category)

    def _repr_png_(self) -> bytes:
        """Return a PNG of the first images of the first categories, with their number if others are left out."""
        from hcnn_widgets.stimuli.images.contact_sheet import as_png

        shown = self[:96] if self.labels is None else self[np.flatnonzero(self.label_indices() < 10)]
        counts = [len(shown)] if self.labels is None else np.minimum(np.bincount(shown.label_indices()), 12)
        words = f"{sum(counts)} of {len(self):,} images" if sum(counts) < len(self) else ""
        return as_png(shown.contact_sheet(per_category=12), max(1, 64 // self.images.shape[1]), words)


def _running_ids(n_stimuli: int, name: str) -> NDArray[np.str_]:
    """Return ids made of the name and a running number."""
    return np.array([f"{name or 'stimulus'}-{number:05d}" for number in range(n_stimuli)], dtype=np.str_)
