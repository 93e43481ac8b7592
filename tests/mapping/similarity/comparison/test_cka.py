import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ortho_group

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.comparison.cka import cka

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(12, 5)), RNG.normal(size=(12, 7))
IDS = [f"image{number:02d}" for number in range(12)]


def slow_hsic(k: np.ndarray, other: np.ndarray) -> float:
    """Song et al. 2012: the mean over all quadruples of different stimuli of k_ij (l_ij + l_qr - 2 l_iq)."""
    n = len(k)
    total, count = 0.0, 0
    for i in range(n):
        for j in set(range(n)) - {i}:
            for q in set(range(n)) - {i, j}:
                for r in set(range(n)) - {i, j, q}:
                    total += k[i, j] * (other[i, j] + other[q, r] - 2 * other[i, q])
                    count += 1
    return total / count


def test_unbiased_is_the_mean_over_quadruples_of_stimuli() -> None:
    k, other = X[:7] @ X[:7].T, Y[:7] @ Y[:7].T
    expected = slow_hsic(k, other) / np.sqrt(slow_hsic(k, k) * slow_hsic(other, other))
    assert cka(X[:7], Y[:7]) == pytest.approx(expected, abs=1e-10)


def test_biased_is_that_of_kornblith() -> None:
    x, y = X - X.mean(axis=0), Y - Y.mean(axis=0)
    expected = np.linalg.norm(y.T @ x) ** 2 / (np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y))
    assert cka(X, Y, unbiased=False) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 100), st.floats(-50, 50), st.booleans(), st.permutations(range(12)))
def test_rotated_scaled_shifted_and_permuted_patterns_are_as_alike(seed, scale, shift, unbiased, order) -> None:
    turned = scale * X @ ortho_group.rvs(5, random_state=seed) + shift
    assert cka(turned[order], Y[order], unbiased) == pytest.approx(cka(X, Y, unbiased), abs=1e-6)
    assert cka(turned, X, unbiased) == pytest.approx(1, abs=1e-6)
    assert cka(X, Y, unbiased) == pytest.approx(cka(Y, X, unbiased), abs=1e-12)


def test_unbiased_is_0_on_average_for_independent_patterns_and_biased_is_not() -> None:
    rng = np.random.default_rng(1)
    pairs = [(rng.normal(size=(10, 60)), rng.normal(size=(10, 60))) for _ in range(200)]
    values = np.array([cka(x, y) for x, y in pairs])
    assert abs(values.mean()) < 4 * values.std() / np.sqrt(200)
    assert np.mean([cka(x, y, unbiased=False) for x, y in pairs]) > 0.5


@settings(max_examples=40, deadline=None)
@given(st.permutations(IDS))
def test_sets_are_joined_by_stimulus_id_and_trials_averaged(order) -> None:
    rows = [IDS.index(one) for one in order]
    activations = ActivationSet({"IT": X[rows]}, order)
    recordings = RecordingSet(np.stack([Y - 1, Y + 1]), IDS, "IT")
    expected = cka(X, Y)
    assert cka(activations, recordings) == pytest.approx(expected, abs=1e-6)
    assert cka(X, recordings) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(st.permutations(IDS))
def test_an_area_of_several_is_named_and_joined_by_stimulus_id(order) -> None:
    rows = [IDS.index(one) for one in order]
    model = ActivationSet({"V1": Y[rows], "IT": X[rows]}, order)
    recordings = RecordingSet(Y[np.newaxis], IDS, "IT")
    assert cka(model, recordings, area="IT") == pytest.approx(cka(X, Y), abs=1e-6)
    assert cka(recordings, model, area="V1") == pytest.approx(1, abs=1e-6)
    assert cka(model, model, area="V1") == pytest.approx(1, abs=1e-6)


def test_an_area_must_be_chosen_and_be_there() -> None:
    model = ActivationSet({"V1": Y, "IT": X}, IDS)
    with pytest.raises(ValueError, match=r"`area=None` is not one of the model's. Accepted are V1, IT"):
        cka(model, Y)
    with pytest.raises(
        ValueError, match=r"`area='IT'` names an area of an ActivationSet.*received ndarray and ndarray"
    ):
        cka(X, Y, area="IT")


def test_missing_stimuli_are_listed() -> None:
    others = ActivationSet({"IT": X}, [*IDS[:-1], "other"])
    with pytest.raises(ValueError, match=r"`y` lacks 1 of 12 ids.* missing are image11\."):
        cka(RecordingSet(Y[np.newaxis], IDS, "IT"), others)


@pytest.mark.parametrize("unbiased", [True, False])
@pytest.mark.parametrize("alike", [np.ones((12, 3)), np.full((12, 3), 0.1)])
def test_patterns_that_are_equal_are_refused(alike, unbiased) -> None:
    with pytest.raises(ValueError, match=r"`y` has patterns that are all equally far apart, or equal\."):
        cka(X, alike, unbiased)


def test_patterns_all_equally_far_apart_say_nothing_unbiased() -> None:
    with pytest.raises(ValueError, match="`x` has patterns that are all equally far apart"):
        cka(np.eye(12), Y)
    assert 0 < cka(np.eye(12), Y, unbiased=False) < 1


@pytest.mark.parametrize(
    ("x", "says"),
    [
        (X[:3], r"`x` has too few stimuli\. Accepted are 4 or more; received 3"),
        (X[:9], r"`x` and `y` have other numbers of stimuli.* received 9 and 12"),
        (X[:, 0], r"`x` has the wrong shape"),
        (np.where(X.max() == X, np.nan, X), r"`x` has NaN or infinity for 1 stimuli"),
    ],
)
def test_what_cannot_be_compared_is_refused(x, says) -> None:
    with pytest.raises(ValueError, match=says):
        cka(x, Y)
