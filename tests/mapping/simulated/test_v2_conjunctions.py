import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.simulated.v1_gabor_energy import GRID, N_ORIENTATIONS
from hcnn_widgets.mapping.simulated.v2_conjunctions import v2_sites

CHANNELS = 2 * N_ORIENTATIONS


def sites(maps: np.ndarray, degrees: float = 8.0, seed: int = 0, n_sites: int = 30) -> np.ndarray:
    return v2_sites(maps.astype(np.float32), degrees, n_sites, np.random.default_rng(seed))


def noise(seed: int, n: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).random((n, GRID, GRID, CHANNELS)).astype(np.float32)


def test_one_orientation_alone_drives_no_site() -> None:
    alone = np.zeros((CHANNELS, GRID, GRID, CHANNELS))
    alone[np.arange(CHANNELS), :, :, np.arange(CHANNELS)] = 1
    assert not sites(alone).any()


def test_two_orientations_drive_the_sites_that_want_both_and_only_within_a_scale() -> None:
    pairs = [(a, b) for a in range(CHANNELS) for b in range(a)]
    maps = np.zeros((len(pairs), GRID, GRID, CHANNELS))
    for row, pair in enumerate(pairs):
        maps[row][:, :, list(pair)] = 1
    responses = sites(maps, n_sites=200)
    assert set(np.unique(responses)) == {0.0, 1.0}
    assert (responses.sum(axis=0) == 1).all()
    wanted = np.array(pairs)[responses.argmax(axis=0)]
    assert (wanted[:, 0] // N_ORIENTATIONS == wanted[:, 1] // N_ORIENTATIONS).all()
    apart = (wanted[:, 0] - wanted[:, 1]) % N_ORIENTATIONS
    assert np.minimum(apart, N_ORIENTATIONS - apart).min() == 2


@given(st.integers(0, 10**6), st.floats(1.0, 40.0))
@settings(max_examples=15, deadline=None)
def test_a_site_is_the_geometric_mean_of_the_strongest_around_two_places(seed, degrees) -> None:
    maps, rng = noise(seed), np.random.default_rng(3)
    direction, centre = rng.uniform(0, 2 * np.pi, 5), GRID / 2 + rng.uniform(-0.25, 0.25, (2, 5)) * GRID
    first, steps = rng.integers(N_ORIENTATIONS, size=5), rng.integers(2, N_ORIENTATIONS - 1, size=5)
    scale, half = N_ORIENTATIONS * rng.integers(2, size=5), max(1.0, 0.75 * GRID / degrees) / 2
    responses = sites(maps, degrees, seed=3, n_sites=5)
    for site in range(5):
        strongest = []
        for sign, channel in ((-1, first[site]), (1, (first[site] + steps[site]) % N_ORIENTATIONS)):
            row = int(np.rint(centre[0, site] + sign * half * np.sin(direction[site])))
            column = int(np.rint(centre[1, site] + sign * half * np.cos(direction[site])))
            around = [((row + i) % GRID, (column + j) % GRID) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            strongest.append(np.max([maps[:, r, c, channel + scale[site]] for r, c in around], axis=0))
        np.testing.assert_allclose(responses[:, site], np.sqrt(strongest[0] * strongest[1]), rtol=1e-5)


@given(st.integers(0, 10**6), st.floats(0.1, 1.0))
@settings(max_examples=10, deadline=None)
def test_weaker_maps_answer_in_proportion(seed, share) -> None:
    np.testing.assert_allclose(sites(noise(seed) * share), sites(noise(seed)) * share, rtol=1e-4)
