"""What the lab of LeNet-5 shows: a drawing, a variant of the network, and all that follows from its weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.lenet5 import C3_TABLE, VARIANTS, LeNetLayer, lenet5_layers, lenet5_maps

from .drawing import SIDE, Levels, between, inked, rows_of, seen

Array = NDArray[np.float64]
ALL_OF_S2 = tuple(range(6))


def counted(layer: LeNetLayer) -> str:
    """Return the weights of a layer, written out: "6 × (25 + 1) = 156"."""
    if not layer.n_weights:
        return "no weights"
    return f"{layer.weights} = {layer.n_weights:,}".replace("x", "\u00d7")


@dataclass(frozen=True, eq=False)
class LeNetShown:
    """A drawing and a variant: what the lab keeps, step by step.

    Parameters
    ----------
    drawing : (16, 16) int
        Levels of ink, 0 to 16.
    variant : "published" or "modern"
    """

    drawing: Levels
    variant: str

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""
        return {"drawing": rows_of(self.drawing), "variant": self.variant}

    def drawn(self, start: tuple[int, int], end: tuple[int, int], erases: bool) -> "LeNetShown | None":
        """Return it after a stroke between two cells; None where that changes nothing."""
        drawing = inked(self.drawing, between(start, end), erases)
        return None if np.array_equal(drawing, self.drawing) else replace(self, drawing=drawing)

    def empty(self) -> "LeNetShown | None":
        """Return it without a drawing; None where there is none."""
        return replace(self, drawing=np.zeros((SIDE, SIDE), np.int_)) if self.drawing.any() else None

    def other_variant(self) -> "LeNetShown":
        """Return the other variant's."""
        return replace(self, variant=VARIANTS[1 - VARIANTS.index(self.variant)])

    @property
    def published(self) -> bool:
        """Whether it is the published network."""
        return self.variant == "published"

    @property
    def layers(self) -> tuple[LeNetLayer, ...]:
        """The layers of the variant, counted."""
        return lenet5_layers(self.variant)

    def seen_by(self, kernel: int) -> tuple[int, ...]:
        """Return the maps of S2 that a map of C3 sees."""
        return C3_TABLE[kernel] if self.published else ALL_OF_S2


@dataclass(frozen=True, eq=False)
class Response:
    """What the network responds to the drawing.

    Parameters
    ----------
    shown : LeNetShown
    weights : list of arrays
    progress : str
        What the weights are, in words: "untrained".
    is_trained : bool
        Whether they have learnt anything.
    """

    shown: LeNetShown
    weights: Sequence[NDArray[Any]]
    progress: str
    is_trained: bool

    @cached_property
    def image(self) -> Array:
        """What the network sees, (32, 32)."""
        return seen(self.shown.drawing)

    @cached_property
    def maps(self) -> dict[str, Array]:
        """What every layer responds."""
        return lenet5_maps(self.image, self.weights, self.shown.variant)

    @property
    def kernels(self) -> Array:
        """The kernels of C1, (5, 5, 6)."""
        return np.asarray(self.weights[0], np.float64)[:, :, 0]

    @property
    def output(self) -> Array:
        """Distances to the ten bitmaps, or the probabilities of the ten digits."""
        return self.maps["output"]

    @cached_property
    def order(self) -> list[int]:
        """The digits, the best one first."""
        rising = np.argsort(self.output, kind="stable").tolist()
        return rising if self.shown.published else rising[::-1]

    @property
    def words(self) -> str:
        """What is seen, in a sentence."""
        if not self.shown.drawing.any():
            return "The board is empty: draw a digit."
        best, second = self.order[:2]
        if self.shown.published:
            said = (
                f"Nearest bitmap: {best}, distance {self.output[best]:.1f}; next {second}, {self.output[second]:.1f}."
            )
        else:
            said = f"Most likely: {best}, {self.output[best]:.0%}; next {second}, {self.output[second]:.0%}."
        return said if self.is_trained else f"Untrained. {said}"
