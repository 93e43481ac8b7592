"""Images through a bank of filters, map after map."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
SIZE = 64
"""Height and width, in pixels, at which controls see every image."""


def filtered(images: Array, kernels: Array) -> Iterator[Array]:
    """Yield the cross-correlation of all images with each kernel, at every pixel; edges are repeated outwards.

    Parameters
    ----------
    images : (n_stimuli, height, width) float32
    kernels : (n_kernels, side, side) float32
        Of odd side.

    Yields
    ------
    (n_stimuli, height, width) float32
    """
    from scipy.fft import irfft2, next_fast_len, rfft2

    side, (_, height, width) = kernels.shape[-1], images.shape
    half = side // 2
    edged = np.pad(images, ((0, 0), (half, half), (half, half)), mode="edge")
    shape = tuple(next_fast_len(length, real=True) for length in edged.shape[1:])
    spectrum = rfft2(edged, shape)
    for kernel in kernels:
        # Cross-correlation: the conjugate spectrum shifts a kernel's corner, not its middle, to each pixel.
        product = irfft2(spectrum * rfft2(kernel, shape).conj(), shape)
        yield np.ascontiguousarray(product[:, :height, :width], dtype=np.float32)


def block_means(maps: Array, n_blocks: int) -> Array:
    """Return the means of n_blocks x n_blocks blocks of maps (n_stimuli, side, side), (n_stimuli, n_blocks**2)."""
    n_stimuli, side, _ = maps.shape
    each = side // n_blocks
    blocks = maps[:, : each * n_blocks, : each * n_blocks].reshape(n_stimuli, n_blocks, each, n_blocks, each)
    means: Array = blocks.mean(axis=(2, 4)).reshape(n_stimuli, -1)
    return means
