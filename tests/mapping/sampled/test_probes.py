"""Orientation and tolerance: sites made by hand, slow definitions, noise."""

import numpy as np
import pytest
from scipy.stats import pearsonr

import hcnn_widgets as hw
from hcnn_widgets.mapping import CONTROLS, gratings, orientation_tuning, tolerance


def test_a_von_mises_site_prefers_its_orientation_and_is_as_sharp_as_a_loop_says() -> None:
    shown = gratings(16, n_orientations=12, wavelengths=(4.0, 8.0), n_phases=2)
    angle, length = shown.latents["orientation"], shown.latents["wavelength"]
    responses = np.stack([np.exp(3 * np.cos(2 * np.deg2rad(angle - best))) for best in (0, 40, 130)], axis=1)
    responses[length == 4] *= 0.1
    found = orientation_tuning(responses, shown)
    np.testing.assert_allclose(found.preferred, [0, 40, 130], atol=0.5)
    total, vector = 0.0, 0j
    for each in np.unique(angle):
        rate = np.exp(3 * np.cos(2 * np.deg2rad(each - 40)))
        total, vector = total + rate, vector + rate * np.exp(2j * np.deg2rad(each))
    assert found.circular_variance[1] == pytest.approx(1 - abs(vector) / total)


def test_gabors_are_tuned_and_pixels_hardly() -> None:
    shown = gratings(64, n_orientations=8, wavelengths=(8.0,))
    gabor, grey = (CONTROLS[name].of_stimuli(shown) for name in ("gabor", "pixels"))
    sharp = np.nanmedian(orientation_tuning(gabor["Gabor"], shown).circular_variance)
    blunt = np.nanmedian(orientation_tuning(grey["pixels"], shown).circular_variance)
    assert sharp < 0.5 < 0.8 < blunt


def test_a_silent_site_has_no_tuning() -> None:
    shown = gratings(16, n_orientations=4, wavelengths=(8.0,), n_phases=1)
    found = orientation_tuning(-np.ones((4, 1)), shown)
    assert np.isnan(found.circular_variance).all()
    assert np.isnan(found.preferred).all()


def test_tolerance_is_the_mean_r_over_pairs_of_conditions() -> None:
    rng = np.random.default_rng(0)
    responses = rng.normal(size=(3, 6, 4))
    objects, changes = np.tile(list("abcdef"), 3), np.repeat(["left", "middle", "right"], 6)
    order = rng.permutation(18)
    found = tolerance(responses.reshape(18, 4)[order], objects[order], changes[order])
    for site in range(4):
        pairs = [pearsonr(responses[a, :, site], responses[b, :, site])[0] for a, b in ((0, 1), (0, 2), (1, 2))]
        assert found[site] == pytest.approx(np.mean(pairs))


def test_noise_has_no_tolerance_and_what_minds_the_object_alone_has_all() -> None:
    rng = np.random.default_rng(0)
    objects, changes = np.tile([f"{n}" for n in range(10)], 4), np.repeat(list("wxyz"), 10)
    of_noise = tolerance(rng.normal(size=(40, 800)), objects, changes)
    assert abs(of_noise.mean()) < 3.5 * of_noise.std() / np.sqrt(800)
    np.testing.assert_allclose(tolerance(np.tile(rng.random((10, 3)), (4, 1)), objects, changes), 1)


def test_what_has_no_orientation_or_no_pairs_is_refused() -> None:
    plain = hw.StimulusSet.from_arrays(np.zeros((4, 8, 8), np.float32))
    with pytest.raises(
        ValueError, match=r"do not go together.*responses \(4, 1\) to 4 stimuli with no latent variables"
    ):
        orientation_tuning(np.ones((4, 1)), plain)
    with pytest.raises(ValueError, match="2 objects, 2 conditions, and 0 pairs"):
        tolerance(np.ones((4, 1)), list("abab"), list("llrr"))
    with pytest.raises(ValueError, match="and 1 pairs of them that were never shown"):
        tolerance(np.ones((5, 1)), list("abcab"), list("lllrr"))
