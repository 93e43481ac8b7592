"""Read RDMs and scores back from a frame, for the still picture and the sentence."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class RdmNumbers:
    """RDMs and scores read back from a frame.

    Attributes
    ----------
    model, brain : (k,) float32
        Dissimilarities, strict upper triangle.
    value, error, untrained : (n_brain, n_areas) float32
        Score of each model area, its error, and the score of the untrained network.
    reference, reference_error : (n_brain, n_references) float32
        Score of each other model, and its error.
    lower, upper, bound : (n_brain,) float32
        Noise ceiling, and the bound that no model can exceed.
    model_pixels, brain_pixels : (k,) uint8
        Colours, 0 alike and 255 unlike.
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
    """Return the RDMs and scores in a frame."""
    k = header["n"] * (header["n"] - 1) // 2
    n_brain, n_areas, n_references = (len(header[name]) for name in ("brains", "areas", "references"))
    shapes = [(k,), (k,), *[(n_brain, n_areas)] * 3, *[(n_brain, n_references)] * 2, *[(n_brain,)] * 3]
    edges = np.cumsum([0, *(math.prod(shape) for shape in shapes)])
    numbers = np.frombuffer(values, "<f4", int(edges[-1]))
    parts = (numbers[start:stop].reshape(shape) for (start, stop), shape in zip(pairwise(edges), shapes, strict=True))
    pixels = np.frombuffer(values, np.uint8, offset=4 * int(edges[-1]))
    return RdmNumbers(**dict(zip(NUMBERS, parts, strict=True)), model_pixels=pixels[:k], brain_pixels=pixels[k:])


def area_title(header: dict[str, Any], area: str, a_model: str = "model") -> str:
    """Return the title of an area: "model IT" for an area of a model, else the name of the RDM alone.

    Examples
    --------
    >>> area_title({"of_model": True}, "IT"), area_title({"of_model": False}, "monkey IT")
    ('model IT', 'monkey IT')
    """
    return f"{a_model} {area}" if header["of_model"] else area


def best_sentence(header: dict[str, Any], value: Array) -> str:
    """Return a sentence on the model area most like each brain area.

    Parameters
    ----------
    header : dict
        Header of a frame.
    value : (n_brain, n_areas) float
        Scores of the frame.
    """
    said = []
    for brain, row in zip(header["brains"], value, strict=True):
        if np.isfinite(row).any():
            best = int(np.nanargmax(row))
            name = f"{brain['area']} (simulated)" if brain["simulated"] else brain["area"]
            title = area_title(header, header["areas"][best], "model area")
            said.append(f"{name} is most alike to {title}, {row[best]:.2f}")
    return f"{'; '.join(said)} ({header['method_words']})." if said else "No score yet."
