import numpy as np
import pytest
from scipy import signal, stats

from hcnn_widgets.stimuli.rendering.backgrounds import CONTRAST, MEAN, pink_noise


def test_the_amplitude_falls_as_one_over_frequency() -> None:
    # Power along rows and columns, by Welch's method: for amplitude 1/f in two dimensions, a cut through the plane
    # summed over the other axis falls as 1/f in power, too.
    pictures = pink_noise(60, 256, np.random.default_rng(0))
    for axis in (1, 2):
        frequency, power = signal.welch(pictures, axis=axis, nperseg=128, detrend="linear")
        power = power.mean(axis=(0, 3 - axis))
        band = (frequency > 0.03) & (frequency < 0.3)
        slope = stats.linregress(np.log(frequency[band]), np.log(power[band])).slope
        assert slope == pytest.approx(-1, abs=0.25)


def test_the_spectrum_in_two_dimensions_falls_with_power_2_in_all_directions() -> None:
    size = 128
    pictures = pink_noise(80, size, np.random.default_rng(1))
    window = np.outer(np.hanning(size), np.hanning(size))
    power = (np.abs(np.fft.fft2((pictures - pictures.mean(axis=(1, 2), keepdims=True)) * window)) ** 2).mean(axis=0)
    fy, fx = np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size), indexing="ij")
    radius, bearing = np.hypot(fy, fx), np.arctan2(fy, fx) % np.pi
    band = (radius > 4 / size) & (radius < 0.4)
    slope = stats.linregress(np.log(radius[band]), np.log(power[band])).slope
    assert slope == pytest.approx(-2, abs=0.25)
    sectors = [
        power[band & (np.abs(bearing - centre) < np.pi / 8)]
        * radius[band & (np.abs(bearing - centre) < np.pi / 8)] ** 2
        for centre in (np.pi / 4, np.pi / 2, 3 * np.pi / 4)
    ]
    means = [sector.mean() for sector in sectors]
    assert max(means) / min(means) < 1.3


def test_mean_and_contrast_are_as_stated_before_the_ends_are_cut() -> None:
    pictures = pink_noise(200, 64, np.random.default_rng(2))
    inside = ((pictures > 0) & (pictures < 1)).all(axis=(1, 2))
    np.testing.assert_allclose(pictures[inside].mean(axis=(1, 2)), MEAN, atol=1e-4)
    np.testing.assert_allclose(pictures[inside].std(axis=(1, 2)), CONTRAST, rtol=1e-3)
    assert inside.sum() > 0
    assert pictures.mean() == pytest.approx(MEAN, abs=0.02)


def test_pictures_stay_in_range_in_float32_and_differ() -> None:
    pictures = pink_noise(8, 20, np.random.default_rng(3))
    assert pictures.shape == (8, 20, 20)
    assert pictures.dtype == np.float32
    assert pictures.min() >= 0
    assert pictures.max() <= 1
    correlations = np.corrcoef(pictures.reshape(8, -1)) - np.eye(8)
    assert np.abs(correlations).max() < 0.95


def test_opposite_edges_do_not_meet_as_in_a_periodic_picture() -> None:
    pictures = pink_noise(200, 64, np.random.default_rng(4))
    neighbours = np.abs(pictures[:, 0] - pictures[:, 1]).mean()
    edges = np.abs(pictures[:, 0] - pictures[:, -1]).mean()
    assert edges > 2 * neighbours


def test_fewer_pictures_are_the_first_of_more() -> None:
    few, many = (pink_noise(n, 24, np.random.default_rng(5)) for n in (3, 7))
    np.testing.assert_array_equal(few, many[:3])
