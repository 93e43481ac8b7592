"""What a run began with: seed, learning rate, images in words and numbers, versions; plain data."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from hcnn_widgets.keras_door import keras

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.check_stimuli import Stimuli

PACKAGES = ("hcnn-widgets", "keras", "numpy")


@dataclass(frozen=True)
class RunSetup:
    """What a run began with.

    Attributes
    ----------
    seed : int or None
        Of the order of images and of what is drawn in a step; None where it is not known.
    learning_rate : float
        At the start.
    began : str
        When, by the clock of the machine: "2026-03-01T09:30:00+00:00".
    images, held_out : mapping or None
        Descriptions of the stimuli, as `described_images` makes them; None where there are none.
    versions : mapping of str to str
        Package -> version, with Python and the backend.
    precision : str
        What the layers compute in, by the name of Keras's dtype policy; empty where it is not known.
    """

    seed: int | None = None
    learning_rate: float = 0.0
    began: str = ""
    images: Mapping[str, Any] | None = None
    held_out: Mapping[str, Any] | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    precision: str = ""


def run_setup(
    seed: int, learning_rate: float, stimuli: "Stimuli", held_out: "Stimuli | None", precision: str = ""
) -> RunSetup:
    """Return what a run begins with, now."""
    return RunSetup(
        seed=int(seed),
        learning_rate=float(learning_rate),
        began=datetime.now(UTC).isoformat(timespec="seconds"),
        images=described_images(stimuli),
        held_out=None if held_out is None else described_images(held_out),
        versions=versions(),
        precision=precision,
    )


def described_images(stimuli: "Stimuli") -> dict[str, Any]:
    """Describe a set of images in plain data, without their pixels.

    Returns
    -------
    dict
        name, n_stimuli, of sequences n_frames, height, width, n_channels, degrees; categories, each with its number of
        images; latents, each with its unit, and with its range where it is a number.
    """
    n_stimuli = len(stimuli)
    *n_frames, height, width, n_channels = (int(length) for length in stimuli.image_shape)  # known before the images
    names, counts = ((), ()) if stimuli.labels is None else np.unique(stimuli.labels, return_counts=True)
    return {
        "name": stimuli.name,
        "n_stimuli": n_stimuli,
        **({"n_frames": n_frames[0]} if n_frames else {}),
        "height": height,
        "width": width,
        "n_channels": n_channels,
        "degrees": float(stimuli.degrees),
        "categories": {str(name): int(count) for name, count in zip(names, counts, strict=True)},
        "latents": {
            name: {"unit": stimuli.latent_units.get(name, ""), **_range(values)}
            for name, values in stimuli.latents.items()
        },
    }


def _range(values: Any) -> dict[str, float]:
    array = np.asarray(values)
    if array.dtype.kind not in "iuf" or not array.size or not np.isfinite(array).all():
        return {}
    return {"lowest": float(array.min()), "highest": float(array.max())}


def versions() -> dict[str, str]:
    """Return the versions of Python, of the backend and of the packages that a training hangs on."""
    backend = keras.backend.backend()
    found = {"python": platform.python_version(), "backend": backend}
    for package in (*PACKAGES, backend):
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # a backend may be installed under another name, such as tensorflow-cpu
            continue
    return found
