"""Checks of the fields of a stimulus set."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.given_arrays import as_array, text

Array = NDArray[Any]


def checked_images(images: Any) -> NDArray[np.float32]:
    """Return `images` as float32; refuse anything but a batch of images in [0, 1]."""
    array = as_array("images", images)
    if array.dtype.kind != "f":
        raise TypeError(
            f"`images` must hold numbers with a fraction. Accepted is a float array in [0, 1]; received dtype "
            f"{array.dtype}. StimulusSet.from_arrays turns bytes (uint8) from 0 to 255 into it, as "
            "images.astype(np.uint8) makes them of whole numbers up to 255."
        )
    if array.ndim != 4 or 0 in array.shape:
        raise ValueError(
            f"`images` has the wrong shape. Accepted is (n_stimuli, height, width, n_channels), none of them 0; "
            f"received {array.shape}. StimulusSet.from_arrays adds a missing channel."
        )
    low, high = float(array.min()), float(array.max())
    if not (low >= 0 and high <= 1):
        advice = " Divide by 255." if low >= 0 and 100 < high <= 255 else ""
        raise ValueError(
            f"`images` has values out of range. Accepted are finite values from 0 to 1; received {low:g} to {high:g}."
            f"{advice}"
        )
    return read_only(array.astype(np.float32, copy=False))


def checked_ids(stimulus_ids: Any, n_stimuli: int) -> Array:
    """Return the ids as an array of text; refuse a wrong number of ids, or repeated ids."""
    ids = text("stimulus_ids", stimulus_ids)
    check_length("stimulus_ids", ids, n_stimuli)
    values, counts = np.unique(ids, return_counts=True)
    if values.size < n_stimuli:
        alike = ", ".join(values[counts > 1][:5])
        raise ValueError(
            f"`stimulus_ids` must differ from one another. Accepted are {n_stimuli} different ids; received "
            f"{values.size} different ones, and more than once: {alike}."
        )
    return read_only(ids)


def checked_labels(labels: Any, n_stimuli: int) -> Array | None:
    """Return the labels as an array of text; None without labels."""
    if labels is None:
        return None
    array = text("labels", labels, " StimulusSet.from_arrays turns numbers into text.")
    check_length("labels", array, n_stimuli)
    return read_only(array)


def checked_latents(latents: Mapping[str, Any], units: Mapping[str, str], n_stimuli: int) -> dict[str, Array]:
    """Return the latent variables as arrays; refuse a wrong length, NaN, or a variable without its unit."""
    if set(latents) != set(units):
        raise ValueError(
            f"`latent_units` must name the unit of every latent variable and of nothing else. Accepted are the names "
            f"{sorted(latents)}; received {sorted(units)}."
        )
    checked = {name: read_only(as_array(f"latents[{name!r}]", values)) for name, values in latents.items()}
    for name, values in checked.items():
        check_length(f"latents[{name!r}]", values, n_stimuli)
        if values.dtype.kind == "f" and not np.isfinite(values).all():
            raise ValueError(
                f"`latents[{name!r}]` has values that are no numbers. Accepted are finite values; received "
                f"{int((~np.isfinite(values)).sum())} that are NaN or infinite."
            )
    return checked


def checked_degrees(degrees: float) -> float:
    """Return the visual angle of the image width; refuse an angle that is not positive."""
    if not (np.isfinite(degrees) and degrees > 0):
        raise ValueError(
            f"`degrees` is no visual angle of an image width. Accepted is a finite number above 0; received {degrees}."
        )
    return float(degrees)


def check_length(name: str, values: Array, n_stimuli: int) -> None:
    """Refuse an array without exactly one value per stimulus."""
    if values.shape != (n_stimuli,):
        raise ValueError(
            f"`{name}` must have one value per stimulus. Accepted is the shape ({n_stimuli},); received {values.shape}."
        )


def read_only(array: Array) -> Array:
    """Return a read-only view of an array; images are too large to be copied."""
    view = array.view()
    view.setflags(write=False)
    return view
