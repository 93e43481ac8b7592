import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import convolve, uniform_filter
from scipy.signal import correlate2d

from hcnn_widgets.mapping.simulated import v1_gabor_energy as gabor_energy
from hcnn_widgets.mapping.simulated.v1_gabor_energy import (
    C50,
    GRID,
    N_ORIENTATIONS,
    SIGMA,
    SITE_SIGMA,
    SIZE,
    complex_maps,
    v1_sites,
)

DEGREES = 8.0
IMAGES = np.random.default_rng(0).random((3, SIZE, SIZE)).astype(np.float32)
ORIENTATIONS = np.arange(N_ORIENTATIONS) * np.pi / N_ORIENTATIONS


def sites(images: np.ndarray, n_sites: int = 60, seed: int = 0) -> np.ndarray:
    return v1_sites(np.asarray(images, dtype=np.float32), DEGREES, n_sites, np.random.default_rng(seed))


def gabor(
    wavelength: float, orientation: float, phase: float, x: float, y: float, width: float
) -> tuple[np.ndarray, np.ndarray]:
    """Give a complex Gabor filter without its mean, and its envelope, pixel by pixel."""
    filter_, envelope = np.zeros((SIZE, SIZE), dtype=complex), np.zeros((SIZE, SIZE))
    for row in range(SIZE):
        for column in range(SIZE):
            across = (column - x) * np.cos(orientation) + (row - y) * np.sin(orientation)
            envelope[row, column] = np.exp(-((column - x) ** 2 + (row - y) ** 2) / (2 * width**2))
            filter_[row, column] = envelope[row, column] * np.exp(1j * (2 * np.pi * across / wavelength + phase))
    return filter_ - envelope * filter_.sum() / envelope.sum(), envelope


def drawn_places(monkeypatch, n_sites: int) -> tuple[np.ndarray, list[tuple[float, ...]]]:
    """Give the responses of sites, and the wavelength, orientation, phase, x and y that each was drawn with."""
    original, drawn = gabor_energy._gabors, []

    def noted(*arguments):
        drawn.extend(zip(*arguments, strict=True))
        return original(*arguments)

    monkeypatch.setattr(gabor_energy, "_gabors", noted)
    return sites(IMAGES, n_sites), drawn


def test_a_site_is_scipys_correlation_with_its_filter_over_the_local_contrast(monkeypatch) -> None:
    responses, drawn = drawn_places(monkeypatch, n_sites=12)
    for site, place in enumerate(drawn):
        filter_, envelope = gabor(*place, width=SITE_SIGMA * place[0])
        pool = gabor(*place, width=2 * SITE_SIGMA * place[0])[1]
        for number, image in enumerate(IMAGES.astype(float) - 0.5):
            drive = correlate2d(image, filter_.conj(), mode="valid")[0, 0] * 4 / envelope.sum()
            mean = correlate2d(image, pool / pool.sum(), mode="valid")[0, 0]
            contrast = correlate2d(image**2, pool / pool.sum(), mode="valid")[0, 0] - mean**2
            amplitude = max(drive.real, 0) if site % 2 == 0 else abs(drive)
            expected = amplitude / np.sqrt(C50**2 + 8 * contrast)
            assert responses[number, site] == pytest.approx(expected, rel=1e-3, abs=1e-5)


def test_uniform_light_drives_no_site_and_no_map() -> None:
    light = np.full((2, SIZE, SIZE), [[[0.2]], [[0.9]]], dtype=np.float32)
    assert sites(light).max() < 1e-4
    assert complex_maps(light, DEGREES).max() < 1e-6


def test_complex_cells_do_not_mind_the_phase_and_simple_cells_do(gratings) -> None:
    phases = [gratings(0.7, cycles=1.0, phase=phase)[0] for phase in np.linspace(0, 2 * np.pi, 8, endpoint=False)]
    responses = sites(np.stack(phases), 200)
    driven = responses.max(axis=0) > 0.4
    variation = np.ptp(responses, axis=0) / responses.max(axis=0).clip(1e-9)
    simple = np.arange(200) % 2 == 0
    assert (driven & simple).sum() >= 2
    assert (driven & ~simple).sum() >= 2
    assert variation[driven & ~simple].max() < 0.25
    assert variation[driven & simple].min() > 0.9


@given(st.floats(0.05, 0.5), st.floats(1.2, 2))
@settings(max_examples=15, deadline=None)
def test_more_contrast_never_answers_less_and_saturates(gratings, contrast, more) -> None:
    weak, strong = (sites(gratings(0.7, cycles=1.0, contrast=c)) for c in (contrast, contrast * more))
    complex_cells = np.arange(60) % 2 == 1
    assert (strong >= weak - 1e-6)[:, complex_cells].all()
    assert strong.max() < 1.5
    assert (strong <= weak * more + 1e-6)[:, complex_cells].all()


def test_maps_are_scipys_convolution_normalised_over_orientations_and_places() -> None:
    edge = np.minimum(1, (np.minimum(np.arange(SIZE), np.arange(SIZE)[::-1]) + 1) / 5)
    tapered = (IMAGES[0] - IMAGES[0].mean()) * edge * edge[:, np.newaxis]
    ours = complex_maps(IMAGES[:1], DEGREES)[0]
    for scale, wavelength in enumerate((4.0, 8.0)):
        y, x = np.mgrid[-16:17, -16:17]
        envelope = np.exp(-(x**2 + y**2) / (2 * (SIGMA * wavelength) ** 2))
        energy = np.empty((GRID, GRID, N_ORIENTATIONS))
        for k, angle in enumerate(ORIENTATIONS):
            wave = 2 * np.pi / wavelength * (x * np.cos(angle) + y * np.sin(angle))
            even, odd = (
                convolve(tapered.astype(float), 4 * envelope * part / envelope.sum(), mode="wrap")[::2, ::2]
                for part in (np.cos(wave), np.sin(wave))
            )
            energy[..., k] = even**2 + odd**2
        pool = uniform_filter(energy.mean(axis=-1), 5, mode="nearest")[..., np.newaxis]
        expected = energy / (C50**2 + N_ORIENTATIONS / 2 * pool + energy)
        channels = slice(scale * N_ORIENTATIONS, (scale + 1) * N_ORIENTATIONS)
        # The window of the spectrum cuts the filter's tail off, beyond 2.8 standard deviations.
        np.testing.assert_allclose(ours[..., channels], expected, atol=0.03)
        assert np.corrcoef(ours[..., channels].ravel(), expected.ravel())[0, 1] > 0.999


@pytest.mark.parametrize(("cycles", "scale"), [(2.0, 0), (1.0, 1)])
def test_the_map_of_a_gratings_own_orientation_answers_most(gratings, cycles, scale) -> None:
    maps = complex_maps(gratings(ORIENTATIONS, cycles=cycles), DEGREES)
    middle = maps[:, GRID // 4 : -GRID // 4, GRID // 4 : -GRID // 4].mean(axis=(1, 2))
    assert middle.argmax(axis=1).tolist() == [scale * N_ORIENTATIONS + k for k in range(N_ORIENTATIONS)]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_maps_stay_between_0_and_1_and_do_not_mind_the_sign_of_contrast(seed) -> None:
    image = np.random.default_rng(seed).random((1, SIZE, SIZE)).astype(np.float32)
    maps = complex_maps(image, DEGREES)
    assert maps.min() >= 0
    assert maps.max() <= 1
    np.testing.assert_allclose(complex_maps(1 - image, DEGREES), maps, atol=1e-4)
