"""Variance over trials against the mean: as it was put in, and as noise that is drawn from it has it."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.mapping.sampled.trial_noise import trial_noise, trial_variances

IDS = [f"{n:03d}" for n in range(300)]
RATES = np.random.default_rng(0).gamma(2.0, 3.0, (300, 12)) + 0.5


def test_counts_of_poisson_have_a_fano_factor_of_1_and_an_exponent_of_1() -> None:
    counts = np.random.default_rng(1).poisson(RATES, (8, 300, 12))
    law = trial_noise(hw.RecordingSet(counts, IDS, "V4"))
    assert law.exponent == pytest.approx(1.0, abs=0.05)
    assert np.median(law.factors) == pytest.approx(1.0, abs=0.15)


def test_a_power_and_the_factors_of_sites_are_found_again() -> None:
    rng, factors = np.random.default_rng(2), np.linspace(0.5, 3, 12)
    variance = factors * RATES**1.4
    trials = rng.gamma(RATES**2 / variance, variance / RATES, (10, 300, 12))
    law = trial_noise(hw.RecordingSet(trials, IDS, "V4"))
    assert law.exponent == pytest.approx(1.4, abs=0.12)
    assert np.corrcoef(law.factors, factors)[0, 1] > 0.97


def test_responses_below_0_have_noise_that_does_not_follow_the_mean() -> None:
    rng = np.random.default_rng(3)
    trials = rng.normal(0, 2, (5, 300, 1)) * np.array([1.0, 3.0]) + rng.normal(size=(300, 2))
    law = trial_noise(hw.RecordingSet(trials, IDS, "IT"))
    assert law.exponent == 0
    np.testing.assert_allclose(law.factors, [4, 36], rtol=0.15)


def test_drawn_trials_have_the_mean_and_the_variance_and_no_rate_below_0() -> None:
    law = trial_noise(hw.RecordingSet(np.random.default_rng(1).poisson(RATES, (8, 300, 12)), IDS, "V4"))
    mean, sites = np.array([[0.0, 0.3, 4.0, 20.0]]), np.array([0, 1, 2, 3])
    drawn = law.drawn(mean, sites, 40_000, np.random.default_rng(0))[:, 0]
    assert drawn.min() >= 0
    np.testing.assert_allclose(drawn.mean(axis=0), mean[0], rtol=0.05)
    np.testing.assert_allclose(drawn.var(axis=0), law.variance(mean, sites)[0], rtol=0.1)


def test_variances_skip_missing_trials() -> None:
    trials = np.random.default_rng(0).random((4, 3, 2))
    trials[2:, 1] = np.nan
    trials[1:, 2] = np.nan
    found = trial_variances(hw.RecordingSet(trials, IDS[:3], "V4"))
    np.testing.assert_allclose(found[0], trials[:, 0].var(axis=0, ddof=1))
    np.testing.assert_allclose(found[1], trials[:2, 1].var(axis=0, ddof=1))
    assert np.isnan(found[2]).all()


def test_one_trial_shows_no_noise() -> None:
    with pytest.raises(ValueError, match=r"show no noise.*noise='none'; received one trial"):
        trial_noise(hw.RecordingSet(RATES, IDS, "V4"))
