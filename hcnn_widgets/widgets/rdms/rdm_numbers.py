"""A frame of RDMs read back: for the still picture and the sentence."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class RdmNumbers:
    """The numbers of a frame.

    Attributes
    ----------
    model, brain : (k,) float32
        Dissimilarities, strict upper triangle.
    value, error, untrained : (n_brain, n_areas) float32
    reference, reference_error : (n_brain, n_references) float32
    lower, upper, bound : (n_brain,) float32
    model_pixels, brain_pixels : (k,) uint8
    """

    model: Array
    brain: Array
    value: Array
    error: Array
    untrained: Array
    reference: Array
    reference_error: Array
    lower: Array
    upper: Array
    bound: Array
    model_pixels: NDArray[np.uint8]
    brain_pixels: NDArray[np.uint8]


NUMBERS = ("model", "brain", "value", "error", "untrained", "reference", "reference_error", "lower", "upper", "bound")


def read_rdms(header: dict[str, Any], values: bytes) -> RdmNumbers:
    """Read a frame of RDMs back."""
    k = header["n"] * (header["n"] - 1) // 2
    n_brain, n_areas, n_references = (len(header[name]) for name in ("brains", "areas", "references"))
    shapes = [(k,), (k,), *[(n_brain, n_areas)] * 3, *[(n_brain, n_references)] * 2, *[(n_brain,)] * 3]
    edges = np.cumsum([0, *(math.prod(shape) for shape in shapes)])
    numbers = np.frombuffer(values, "<f4", int(edges[-1]))
    parts = (numbers[start:stop].reshape(shape) for (start, stop), shape in zip(pairwise(edges), shapes, strict=True))
    pixels = np.frombuffer(values, np.uint8, offset=4 * int(edges[-1]))
    return RdmNumbers(**dict(zip(NUMBERS, parts, strict=True)), model_pixels=pixels[:k], brain_pixels=pixels[k:])


def area_title(header: dict[str, Any], area: str, a_model: str = "model") -> str:
    """Return an area's title: a model's with its owner, an RDM without a model by its own name.

    Examples
    --------
    >>> area_title({"of_model": True}, "IT"), area_title({"of_model": False}, "monkey IT")
    ('model IT', 'monkey IT')
    """
    return f"{a_model} {area}" if header["of_model"] else area


def best_sentence(header: dict[str, Any], value: Array) -> str:
    """Describe which model area is most like each brain area.

    Parameters
    ----------
    header : dict
        Of a frame.
    value : (n_brain, n_areas) float
        Its scores.
    """
    said = []
    for brain, row in zip(header["brains"], value, strict=True):
        if np.isfinite(row).any():
            best = int(np.nanargmax(row))
            name = f"{brain['area']} (simulated)" if brain["simulated"] else brain["area"]
            title = area_title(header, header["areas"][best], "model area")
            said.append(f"{name} is most alike to {title}, {row[best]:.2f}")
    return f"{'; '.join(said)} ({header['method_words']})." if said else "No score yet."
