import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import pdist
from scipy.stats import ortho_group

from hcnn_widgets.mapping.similarity.rdms.distances import (
    DISTANCES,
    ConstantPatterns,
    correlation,
    cosine,
    crossnobis,
    euclidean,
    mean_over_trials,
    poisson,
)

RNG = np.random.default_rng(0)
TRIALS = RNG.gamma(2, size=(4, 7, 5))
MEANS = TRIALS.mean(axis=0)
PATTERNS = arrays(np.float64, (5, 6), elements=st.floats(0, 8).map(lambda value: round(value, 3)), unique=True)


def slow_crossnobis(trials: np.ndarray) -> np.ndarray:
    """Leave each trial out, pair by pair."""
    n_trials, n_stimuli, n_channels = trials.shape
    values = []
    for a in range(n_stimuli):
        for b in range(a + 1, n_stimuli):
            differences = trials[:, a] - trials[:, b]
            left_out = [differences[t] @ np.delete(differences, t, axis=0).mean(axis=0) for t in range(n_trials)]
            values.append(np.mean(left_out) / n_channels)
    return np.array(values)


@pytest.mark.parametrize(
    ("distance", "oracle"),
    [
        (correlation, pdist(MEANS, "correlation")),
        (cosine, pdist(MEANS, "cosine")),
        (euclidean, pdist(MEANS, "sqeuclidean") / 5),
        (crossnobis, slow_crossnobis(TRIALS)),
    ],
)
def test_it_is_scipys_or_that_of_a_slow_loop(distance, oracle) -> None:
    np.testing.assert_allclose(distance(TRIALS), oracle, atol=1e-12)


def test_poissons_is_the_symmetrised_divergence_of_rates_with_a_prior() -> None:
    rates = (MEANS + 0.1) / 1.1
    divergence = [
        sum(a * np.log(a / b) - a + b + b * np.log(b / a) - b + a for a, b in zip(rates[i], rates[j], strict=True)) / 5
        for i in range(7)
        for j in range(i + 1, 7)
    ]
    np.testing.assert_allclose(poisson(TRIALS), divergence, atol=1e-12)


def test_every_name_has_its_words() -> None:
    assert len({distance.words for distance in DISTANCES.values()}) == len(DISTANCES)
    assert len({distance.short for distance in DISTANCES.values()}) == len(DISTANCES)


@pytest.mark.parametrize("name", DISTANCES)
@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(7)))
def test_permuted_stimuli_are_permuted_dissimilarities(name, order) -> None:
    first, second = np.triu_indices(7, 1)
    square = np.zeros((7, 7))
    square[first, second] = square[second, first] = DISTANCES[name](TRIALS)
    np.testing.assert_allclose(
        DISTANCES[name](TRIALS[:, order]), square[np.ix_(order, order)][first, second], atol=1e-12
    )


@settings(max_examples=25, deadline=None)
@given(PATTERNS, st.integers(0, 1000))
def test_rotated_and_shifted_channels_are_as_far_apart(patterns, seed) -> None:
    rng = np.random.default_rng(seed)
    rotation, shift = ortho_group.rvs(6, random_state=seed), rng.normal(size=6)
    trials = patterns + 0.1 * rng.normal(size=(3, 5, 6))
    for distance in (euclidean, crossnobis):
        np.testing.assert_allclose(distance(trials @ rotation + shift), distance(trials), atol=1e-9)
    np.testing.assert_allclose(cosine(trials @ rotation), cosine(trials), atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(PATTERNS, st.floats(0.01, 100), st.floats(-100, 100))
def test_correlation_does_not_mind_each_patterns_scale_and_mean(patterns, scale, shift) -> None:
    scales, shifts = np.linspace(1, scale, 5)[:, np.newaxis], np.linspace(0, shift, 5)[:, np.newaxis]
    np.testing.assert_allclose(
        correlation((patterns * scales + shifts)[np.newaxis]), correlation(patterns[np.newaxis]), atol=1e-6
    )


@settings(max_examples=25, deadline=None)
@given(PATTERNS)
def test_dissimilarities_lie_where_they_can(patterns) -> None:
    trials = patterns[np.newaxis]
    assert 0 <= correlation(trials).min() <= correlation(trials).max() <= 2
    assert 0 <= cosine(trials).min() <= cosine(trials).max() <= 2
    assert min(euclidean(trials).min(), poisson(trials).min()) >= 0


@pytest.mark.parametrize("name", ["correlation", "cosine", "euclidean", "mahalanobis", "poisson"])
def test_equal_patterns_are_exactly_0_apart(name) -> None:
    patterns = np.repeat(RNG.gamma(2, size=(3, 501)), 2, axis=0)
    vector = DISTANCES[name](patterns[np.newaxis])
    assert vector[[0, 9, 14]].tolist() == [0, 0, 0]
    assert np.delete(vector, [0, 9, 14]).min() > 0.01


def test_float32_at_a_large_mean_is_computed_right() -> None:
    patterns = (1e4 + RNG.normal(size=(6, 200))).astype(np.float32)
    exact = patterns.astype(np.longdouble)
    first, second = np.triu_indices(6, 1)
    squared = ((exact[first] - exact[second]) ** 2).mean(axis=1).astype(np.float64)
    np.testing.assert_allclose(euclidean(patterns[np.newaxis]), squared, rtol=1e-12)
    centred = exact - exact.mean(axis=1, keepdims=True)
    r = (centred[first] * centred[second]).sum(axis=1) / np.sqrt(
        (centred[first] ** 2).sum(axis=1) * (centred[second] ** 2).sum(axis=1)
    )
    np.testing.assert_allclose(correlation(patterns[np.newaxis]), 1 - r.astype(np.float64), rtol=1e-11)


def test_crossnobis_is_unbiased_where_there_is_nothing_but_noise() -> None:
    noise = np.random.default_rng(1).normal(size=(3, 40, 60))
    vector = crossnobis(noise)
    assert abs(vector.mean()) < 4 * vector.std() / np.sqrt(40)
    assert (vector < 0).mean() > 0.3
    assert euclidean(noise).mean() > 0.5


def test_crossnobis_with_missing_trials_multiplies_different_trials_only() -> None:
    trials = TRIALS.copy()
    trials[3, 2], trials[0, 5] = np.nan, np.nan
    present = ~np.isnan(trials[:, :, 0])
    centred = trials - np.nanmean(trials, axis=0).mean(axis=0)

    def product(a: int, b: int) -> float:
        return float(
            np.mean(
                [
                    centred[s, a] @ centred[t, b]
                    for s in range(4)
                    for t in range(4)
                    if s != t and present[s, a] and present[t, b]
                ]
            )
        )

    expected = [
        (product(a, a) + product(b, b) - product(a, b) - product(b, a)) / 5 for a in range(7) for b in range(a + 1, 7)
    ]
    np.testing.assert_allclose(crossnobis(trials), expected, atol=1e-12)


def test_missing_trials_are_left_out_of_the_mean() -> None:
    trials = TRIALS.copy()
    trials[1, 3] = np.nan
    np.testing.assert_allclose(mean_over_trials(trials)[3], TRIALS[[0, 2, 3], 3].mean(axis=0))
    np.testing.assert_allclose(mean_over_trials(trials)[0], MEANS[0])


@pytest.mark.parametrize("scale", [1, 1e-8, 1e8])
def test_patterns_without_variance_are_found_by_row_at_any_scale(scale) -> None:
    patterns = scale * RNG.normal(size=(5, 300))
    patterns[1], patterns[4] = 0.1 * scale, 0
    with pytest.raises(ConstantPatterns, match="without variance over channels") as caught:
        correlation(patterns[np.newaxis])
    assert caught.value.rows.tolist() == [1, 4]
    with pytest.raises(ConstantPatterns, match="of zeros only") as caught:
        cosine(patterns[np.newaxis])
    assert caught.value.rows.tolist() == [4]


def test_rates_below_0_are_refused() -> None:
    with pytest.raises(ValueError, match=r"negative numbers.* Accepted are spike counts, 0 or more; received -1"):
        poisson(-np.ones((1, 3, 2)))
