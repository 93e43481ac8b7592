"""Controls of V1: Gabor filters alone, and normalised Gabor energy."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.architecture.gabor import Gabor, gabor_kernels
from hcnn_widgets.mapping.controls.filtering import SIZE, block_means, filtered
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Array = NDArray[np.float32]
BANK = Gabor(n_orientations=8, n_scales=3, wavelength=4.0, size=31)
N_PLACES = 8
"""Places along each side: simple cells are read in their middles, as means would lose the phase; energy is averaged."""
STEP = SIZE // N_PLACES
SIGMA = 0.1
"""What keeps the normalisation from lifting noise: in units of a pixel's full range."""


def gabor(stimuli: StimulusSet) -> ActivationSet:
    """Return Gabor filters of 8 orientations and 3 scales, of four phases, rectified: simple cells and no more.

    Returns
    -------
    ActivationSet
        With one area, "Gabor", of 6,144 units of 0 and above.

    Source: Jones & Palmer 1987, J Neurophysiol 58, 1233.
    """
    maps = []
    for even, odd in _pairs(_grey(stimuli)):
        maps += [np.maximum(phase[:, STEP // 2 :: STEP, STEP // 2 :: STEP], 0) for phase in (even, odd, -even, -odd)]
    cells = np.stack(maps, axis=-1).reshape(len(stimuli), -1)
    return ActivationSet({"Gabor": cells}, stimuli.stimulus_ids)


def v1_like(stimuli: StimulusSet) -> ActivationSet:
    """Return normalised Gabor energy: the image normalised locally, filtered, and normalised over cells and places.

    The stages are those of Pinto et al. 2008, with the energy of two phases in the place of one phase, and 24 pairs of
    filters in the place of 96 filters.

    Returns
    -------
    ActivationSet
        With one area, "V1-like", of 1,536 units from 0 to 1.

    Source: Pinto, Cox & DiCarlo 2008, PLoS Comput Biol 4, e27; Adelson & Bergen 1985; Heeger 1992.
    """
    from scipy.ndimage import uniform_filter

    images = _grey(stimuli)
    local = images - uniform_filter(images, (0, 3, 3), mode="nearest")
    length = np.sqrt(np.maximum(9 * uniform_filter(local**2, (0, 3, 3), mode="nearest"), 0))
    # Only lengths of more than 1 are divided by, so that an even field's noise stays small.
    energy = np.stack([np.hypot(*pair) for pair in _pairs(local / np.maximum(length, 1))], axis=-1)
    pool = np.maximum(9 * uniform_filter((energy**2).sum(axis=-1), (0, 3, 3), mode="nearest"), 0)
    energy /= np.sqrt(np.float32(SIGMA) ** 2 + pool)[..., np.newaxis]
    maps = [block_means(energy[..., cell], N_PLACES) for cell in range(energy.shape[-1])]
    return ActivationSet({"V1-like": np.concatenate(maps, axis=1)}, stimuli.stimulus_ids)


def _grey(stimuli: StimulusSet) -> Array:
    return stimuli.adapted_to((SIZE, SIZE, 1)).images[..., 0]


def _pairs(images: Array) -> "zip[tuple[Array, Array]]":
    """Return the maps of even and odd filters, pair by pair."""
    kernels = np.ascontiguousarray(gabor_kernels(BANK, 1)[:, :, 0].transpose(2, 0, 1))
    even, odd = kernels[: BANK.n_pairs], kernels[BANK.n_pairs :]
    return zip(filtered(images, even), filtered(images, odd), strict=True)
