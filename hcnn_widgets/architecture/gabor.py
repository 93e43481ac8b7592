"""Fixed Gabor filters: what V1's simple and complex cells do, without learning."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.keywords import checks_keywords

from .checked_fields import finite_number, one_of, whole_number
from .operation import Operation, Shape

CELLS = ("simple", "complex", "both")
WIDTH = 0.4
"""Standard deviation of the envelope in wavelengths, along and across: about one octave and a half, as in V1."""


@checks_keywords
@dataclass(frozen=True)
class Gabor(Operation):
    """Filter the map with a fixed bank of Gabors: orientations, scales, and an even and an odd phase of each.

    Parameters
    ----------
    n_orientations : int
        Evenly spread over 180 degrees.
    n_scales : int
        Wavelengths, each twice the one before.
    wavelength : float
        The shortest, in positions of the incoming map.
    size, stride : int
        Side of a kernel and step between its positions.
    cells : str
        "simple": four phases of each, 90 degrees apart, rectified; "complex": the energy of even and odd, which does
        not mind the phase; "both": simple, then complex.
    padding : str
        "same" or "valid".

    Source
    ------
    Jones & Palmer (1987), Journal of Neurophysiology 58, 1233 (simple cells); Adelson & Bergen (1985), JOSA A 2, 284
    (energy); Dapello et al. (2020), NeurIPS (a fixed V1 in front of a network that learns).
    """

    n_orientations: int = 8
    n_scales: int = 2
    wavelength: float = 4.0
    size: int = 13
    stride: int = 1
    cells: str = "both"
    padding: str = "same"
    operation: ClassVar[str] = "gabor"

    def __post_init__(self) -> None:
        whole = {"n_orientations": 64, "n_scales": 8}
        for field, most in whole.items():
            object.__setattr__(self, field, whole_number(self.operation, field, getattr(self, field), 1, most))
        wavelength = finite_number(self.operation, "wavelength", self.wavelength, 2, 512)
        object.__setattr__(self, "wavelength", wavelength)
        self._check_window()
        one_of(self.operation, "cells", self.cells, CELLS)

    @property
    def n_pairs(self) -> int:
        """Number of pairs of an even and an odd kernel."""
        return self.n_orientations * self.n_scales

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the map after this operation."""
        height, width, _ = super().output_shape(input_shape)
        return height, width, self.n_pairs * {"simple": 4, "complex": 1, "both": 5}[self.cells]

    def n_parameters(self, input_shape: Shape) -> int:
        """Return how many weights the kernels are, which are fixed."""
        return self.size**2 * input_shape[2] * 2 * self.n_pairs


def gabor_kernels(operation: Gabor, n_channels: int) -> NDArray[np.float32]:
    """Return the kernels: even ones, then odd ones; by scale, then by orientation.

    Each has mean 0 and length 1, and is the same in every channel, whose mean it sees.

    Returns
    -------
    (size, size, n_channels, 2 * n_pairs) float32
    """
    place = np.arange(operation.size) - (operation.size - 1) / 2
    x, y = place[np.newaxis, :], place[:, np.newaxis]
    bank = []
    for phase in (0.0, np.pi / 2):
        for scale in range(operation.n_scales):
            wavelength = operation.wavelength * 2**scale
            envelope = np.exp(-(x**2 + y**2) / (2 * (WIDTH * wavelength) ** 2))
            for angle in np.pi * np.arange(operation.n_orientations) / operation.n_orientations:
                along = x * np.cos(angle) + y * np.sin(angle)
                kernel = envelope * np.cos(2 * np.pi * along / wavelength - phase)
                # An even Gabor answers to even grey; without its mean, weighted as it sees, it does not.
                kernel -= envelope * (kernel.sum() / envelope.sum())
                bank.append(kernel / max(np.linalg.norm(kernel), 1e-12))
    kernels = np.stack(bank, axis=-1)[:, :, np.newaxis]
    return np.repeat(kernels / n_channels, n_channels, axis=2).astype(np.float32)


gabor = Gabor
