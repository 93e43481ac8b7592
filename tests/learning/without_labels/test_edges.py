"""Competition and sparse coding on patches of objects: units become edges, which noise and few filters are."""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

import hcnn_widgets as hw
from hcnn_widgets.learning import CompetitiveHebbian, SparseCoding

SIDE, N_KERNELS, N_STEPS = 9, 12, 60
FITS = Path(__file__).parents[3] / "benchmarks" / "gabor_fits.py"


@pytest.fixture(scope="module")
def white_patches() -> Any:
    """Return patches of objects (n_patches, 81), of variance 1 in every strong direction."""
    images = hw.stimuli.objects(250, size=32, cache=False).images[..., 0]
    patches = sliding_window_view(images, (SIDE, SIDE), axis=(1, 2))[:, ::3, ::3].reshape(-1, SIDE**2)
    patches = np.random.default_rng(0).permutation(patches - patches.mean(axis=0))
    values, vectors = np.linalg.eigh(np.cov(patches.T))
    return (patches @ (vectors / np.sqrt(values + 0.1 * values.mean()) @ vectors.T)).astype(np.float32)


def median_fit(basis: Any) -> float:
    """Return the median correlation of units with their best Gabor."""
    spec = importlib.util.spec_from_file_location("gabor_fits", FITS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shares = [module.gabor_share(unit.reshape(SIDE, SIDE).astype(float)) for unit in basis]
    return float(np.median(np.sqrt(np.maximum(shares, 0))))


def drawn(n: int, of: int, step: int) -> Any:
    return np.random.default_rng(step).integers(0, of, n)


@pytest.mark.no_cover
@pytest.mark.parametrize("rule", [CompetitiveHebbian(), SparseCoding()], ids=["competition", "sparse coding"])
def test_units_become_edges_that_a_gabor_fits_where_noise_is_not_fitted(rule: Any, white_patches: Any) -> None:
    noise = np.random.default_rng(1).normal(size=(N_KERNELS, SIDE**2)).astype(np.float32)
    basis = noise / np.linalg.norm(noise, axis=1, keepdims=True)
    assert median_fit(basis) < 0.6
    for step in range(N_STEPS):
        seen = white_patches[drawn(500, len(white_patches), step)]
        basis = np.asarray(rule.changed(basis, seen, step / N_STEPS))
    assert median_fit(basis) > 0.8
