import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.simulated.v1_gabor_energy import GRID, N_ORIENTATIONS
from hcnn_widgets.mapping.simulated.v4_contours import _CHUNK, SIDE, _pooled, _templates, v4_sites

CHANNELS = 2 * N_ORIENTATIONS


def noise(n: int = 3, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((n, GRID, GRID, CHANNELS)).astype(np.float32)


def sites(maps: np.ndarray, n_sites: int = 6, seed: int = 0) -> np.ndarray:
    return v4_sites(maps, n_sites, np.random.default_rng(seed))


def pooled_slowly(maps: np.ndarray) -> np.ndarray:
    pooled = np.zeros((len(maps), GRID // 2, GRID // 2, N_ORIENTATIONS))
    for row in range(GRID):
        for column in range(GRID):
            for channel in range(CHANNELS):
                place = (slice(None), row // 2, column // 2, channel % N_ORIENTATIONS)
                pooled[place] = np.maximum(pooled[place], maps[:, row, column, channel])
    return pooled


def test_a_site_keeps_the_best_cosine_between_its_template_and_the_patches_of_its_field() -> None:
    maps = noise()
    rng = np.random.default_rng(4)
    templates = _templates(5, rng).reshape(SIDE, SIDE, N_ORIENTATIONS, 5)
    corners = rng.integers(0, 6, size=(2, 5))
    pooled = pooled_slowly(maps)
    for site in range(5):
        best = np.zeros(len(maps))
        for row in range(corners[0, site], corners[0, site] + 7):
            for column in range(corners[1, site], corners[1, site] + 7):
                patch = pooled[:, row : row + SIDE, column : column + SIDE]
                length = np.sqrt((patch**2).sum(axis=(1, 2, 3)))
                best = np.maximum(best, (patch * templates[..., site]).sum(axis=(1, 2, 3)) / (length + 0.3))
        np.testing.assert_allclose(sites(maps, 5, seed=4)[:, site], best**4, rtol=1e-4)


def test_pooling_takes_the_strongest_of_places_and_wavelengths() -> None:
    np.testing.assert_array_equal(_pooled(noise()), pooled_slowly(noise()))


def test_the_piece_of_contour_drives_its_site_wherever_it_is_in_the_field() -> None:
    rng = np.random.default_rng(2)
    template = _templates(1, rng).reshape(SIDE, SIDE, N_ORIENTATIONS)
    top, left = rng.integers(0, 6, size=(2, 1))[:, 0]
    maps = np.zeros((49, GRID // 2, GRID // 2, N_ORIENTATIONS))
    for image in range(49):
        row, column = top + image // 7, left + image % 7
        maps[image, row : row + SIDE, column : column + SIDE] = 3 * template
    fine = np.concatenate([maps, 0 * maps], axis=-1).repeat(2, axis=1).repeat(2, axis=2).astype(np.float32)
    responses = sites(fine, 1, seed=2)[:, 0]
    assert responses.min() == pytest.approx((3 / 3.3) ** 4, rel=1e-3)
    assert np.ptp(responses) < 1e-4


def test_templates_have_length_1_and_differ() -> None:
    templates = _templates(20, np.random.default_rng(0))
    assert templates.shape == (SIDE * SIDE * N_ORIENTATIONS, 20)
    assert templates.min() >= 0
    np.testing.assert_allclose(np.linalg.norm(templates, axis=0), 1, rtol=1e-5)
    likeness = templates.T @ templates - np.eye(20)
    assert likeness.max() < 0.999


@given(st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_responses_lie_between_0_and_1_and_empty_maps_give_none(seed) -> None:
    responses = sites(noise(2, seed))
    assert responses.min() >= 0
    assert responses.max() <= 1
    assert not sites(np.zeros((1, GRID, GRID, CHANNELS), np.float32)).any()


def test_images_are_independent_of_their_neighbours_in_a_chunk() -> None:
    maps = noise(_CHUNK + 3)
    np.testing.assert_allclose(sites(maps)[-3:], sites(maps[-3:]), rtol=1e-5)
