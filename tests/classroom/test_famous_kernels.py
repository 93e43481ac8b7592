"""Famous kernels are those of SciPy, and do what their words say."""

import numpy as np
import pytest
from scipy import ndimage

from hcnn_widgets.classroom import FAMOUS_KERNELS, cross_correlation

IMAGE = np.random.default_rng(0).integers(0, 255, (9, 8)).astype(float)


def inside(filtered: np.ndarray, margin: int = 1) -> np.ndarray:
    return filtered[margin:-margin, margin:-margin]


@pytest.mark.parametrize(
    ("name", "filtered"),
    [
        ("identity", IMAGE),
        ("Sobel, left to right", ndimage.sobel(IMAGE, axis=1)),
        ("Sobel, top to bottom", ndimage.sobel(IMAGE, axis=0)),
        ("Laplacian", ndimage.laplace(IMAGE)),
        ("sharpen", IMAGE - ndimage.laplace(IMAGE)),
        ("Gaussian", ndimage.correlate1d(ndimage.correlate1d(IMAGE, [0.25, 0.5, 0.25], 0), [0.25, 0.5, 0.25], 1)),
    ],
)
def test_it_is_the_filter_of_scipy(name: str, filtered: np.ndarray) -> None:
    np.testing.assert_allclose(cross_correlation(IMAGE, FAMOUS_KERNELS[name].values), inside(filtered), atol=1e-9)


def test_the_gabor_answers_to_upright_stripes_of_its_own_width_and_not_to_even_grey() -> None:
    gabor = FAMOUS_KERNELS["Gabor"].values
    at = np.arange(-3, 4)

    def answer(wavelength: float, upright: bool) -> float:
        stripes = np.broadcast_to(np.cos(2 * np.pi * at / wavelength), (7, 7))
        return float(np.abs(cross_correlation(stripes if upright else stripes.T, gabor)).item())

    assert abs(gabor.sum()) < 1e-12
    assert answer(4, upright=True) > 5 * max(answer(4, upright=False), answer(16, upright=True))


def test_emboss_lights_an_edge_from_the_upper_left() -> None:
    bump = np.zeros((7, 7))
    bump[2:5, 2:5] = 1
    lit = cross_correlation(bump, FAMOUS_KERNELS["emboss"].values, "same")
    assert lit[1, 1] > lit[0, 0] == 0
    assert lit[5, 5] < 0


def test_no_kernel_can_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        FAMOUS_KERNELS["identity"].values[0, 0] = 1
