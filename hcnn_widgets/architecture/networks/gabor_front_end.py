"""A network whose V1 is made of fixed Gabors, and whose other areas learn."""

from collections.abc import Sequence

from hcnn_widgets.architecture.areas import Area
from hcnn_widgets.architecture.checked_fields import shown
from hcnn_widgets.architecture.gabor import Gabor
from hcnn_widgets.architecture.network_inputs import InputShape
from hcnn_widgets.architecture.operations import Activate, Filter, Normalise, Pool
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.records.checks import check_count
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def gabor_front_end(
    n_kernels: Sequence[int] = (48, 64, 96),
    n_orientations: int = 4,
    n_scales: int = 2,
    wavelength: float = 4.0,
    cells: str = "both",
    input_shape: InputShape = (64, 64, 1),
    degrees: float = 8.0,
    background: float = 0.5,
    name: str = "gabor-front-end",
) -> ArchitectureSpec:
    """Return a hierarchical network whose V1 is fixed: Gabors as V1's cells have them, which no rule changes.

    Parameters
    ----------
    n_kernels : sequence of int
        Of V2, V4 and IT, which learn.
    n_orientations, n_scales, wavelength, cells
        Of V1, in pixels; see `hcnn_widgets.architecture.gabor`. At 8 pixels a degree the usual wavelengths are half a
        degree and a degree.
    input_shape, degrees, background, name
        See `ArchitectureSpec`.

    Source
    ------
    Dapello et al. (2020), Simulating a primary visual cortex at the front of CNNs, NeurIPS 33.

    Examples
    --------
    >>> print(gabor_front_end(input_shape=(32, 32, 1)).areas[0].output_shape)
    (8, 8, 40)
    """
    if not isinstance(n_kernels, list | tuple) or len(n_kernels) != 3:
        raise ValueError(
            "`n_kernels` of gabor_front_end must be of V2, V4 and IT; a sequence of 3 numbers is accepted; received "
            f"{shown(n_kernels)}."
        )
    for each in n_kernels:
        check_count("n_kernels", each)
    fixed = Gabor(n_orientations, n_scales, wavelength, size=13, stride=2, cells=cells)
    v1 = Area("V1", (fixed, Pool("mean", 2), Normalise(3, trainable=False)))
    learning = [
        Area(area, (Filter(n, 3), Activate("relu"), Pool("mean", 2), Normalise(3)))
        for area, n in zip(("V2", "V4", "IT"), n_kernels, strict=True)
    ]
    return ArchitectureSpec((v1, *learning), input_shape, degrees, name, background)
