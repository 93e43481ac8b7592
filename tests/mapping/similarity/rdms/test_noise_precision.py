import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist
from sklearn.covariance import LedoitWolf

from hcnn_widgets.mapping.similarity.rdms.distances import crossnobis, mahalanobis
from hcnn_widgets.mapping.similarity.rdms.noise_precision import noise_covariance, whitened

RNG = np.random.default_rng(0)
COVARIANCE = np.array([[2.0, 0.9, 0], [0.9, 1, 0.3], [0, 0.3, 0.5]])
TRIALS = RNG.normal(size=(1, 8, 3)) + RNG.multivariate_normal(np.zeros(3), COVARIANCE, size=(6, 8))


def test_the_estimate_is_ledoit_and_wolfs_of_the_deviations_from_each_stimulus_mean() -> None:
    deviations = (TRIALS - TRIALS.mean(axis=0)).reshape(-1, 3)
    expected = LedoitWolf(assume_centered=True).fit(deviations).covariance_ * 48 / 40
    np.testing.assert_allclose(noise_covariance(TRIALS), expected, atol=1e-12)


def test_the_estimate_comes_close_to_the_truth_with_many_trials() -> None:
    trials = RNG.multivariate_normal(np.zeros(3), COVARIANCE, size=(3, 20_000))
    np.testing.assert_allclose(noise_covariance(trials), COVARIANCE, atol=0.03)


def test_a_missing_trial_is_left_out() -> None:
    trials = np.concatenate([TRIALS, np.full((1, 8, 3), np.nan)])
    np.testing.assert_allclose(noise_covariance(trials), noise_covariance(TRIALS), atol=1e-12)
    trials[2, 1] = np.nan
    assert np.isfinite(noise_covariance(trials)).all()


def test_whitened_patterns_are_as_far_apart_as_mahalanobis_says() -> None:
    precision = np.linalg.inv(COVARIANCE)
    trials, words = whitened(TRIALS, precision)
    expected = pdist(TRIALS.mean(axis=0), "mahalanobis", VI=precision) ** 2 / 3
    np.testing.assert_allclose(mahalanobis(trials), expected, atol=1e-12)
    assert words == "noise precision as given"


def test_without_a_precision_nothing_changes() -> None:
    trials, words = whitened(TRIALS, "identity")
    assert trials is TRIALS
    assert words == "noise not weighed"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.1, 10), min_size=9, max_size=9), st.floats(1, 3))
def test_whitening_undoes_any_mixing_of_channels(entries, strength) -> None:
    mixing = np.array(entries).reshape(3, 3) + strength * 20 * np.eye(3)
    undone = np.linalg.inv(mixing.T @ mixing)
    mixed = whitened(TRIALS @ mixing.T, mixing @ undone @ undone @ mixing.T)[0]
    plain = whitened(TRIALS, mixing.T @ mixing @ undone @ undone @ mixing.T @ mixing)[0]
    np.testing.assert_allclose(crossnobis(mixed), crossnobis(plain), rtol=1e-6)


@pytest.mark.parametrize("trials", [TRIALS[:1], np.repeat(TRIALS[:1], 3, axis=0)])
def test_noise_that_cannot_be_estimated_is_refused(trials) -> None:
    with pytest.raises(ValueError, match=r"needs noise to be estimated from.* two trials or more .* 8 stimuli"):
        whitened(trials)


@pytest.mark.parametrize(
    ("precision", "says"),
    [
        (np.eye(2), r"of shape \(3, 3\); received shape \(2, 2\) with 0 that are not finite"),
        (np.diag([1, np.nan, 1]), r"shape \(3, 3\) with 1 that are not finite"),
        (np.eye(3) + np.eye(3, k=1), "not symmetric"),
        (np.diag([1, -2, 1]), "not positive definite.* smallest eigenvalue of -2"),
        ("none", "`noise_precision='none'` is unknown. Accepted are 'shrinkage', 'identity' or an array"),
    ],
)
def test_what_is_no_precision_is_refused(precision, says) -> None:
    with pytest.raises(ValueError, match=says):
        whitened(TRIALS, precision)
