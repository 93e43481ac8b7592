import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import squareform
from sklearn.linear_model import LinearRegression

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.inference.reweighting import reweighted
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = [f"image{number:02d}" for number in range(20)]
RNG = np.random.default_rng(0)
LAYERS = {name: Rdm(RNG.random(190), IDS) for name in ("V1", "V4", "IT")}


def mixed(weights: tuple[float, float, float], noise: float = 0.0, seed: int = 1) -> Rdm:
    parts = [weight * one.vector for weight, one in zip(weights, LAYERS.values(), strict=True)]
    return Rdm(5 + np.sum(parts, axis=0) + noise * np.random.default_rng(seed).random(190), IDS)


def test_the_weights_that_made_the_brain_are_found_and_predict_held_out_stimuli() -> None:
    found = reweighted(LAYERS, [mixed((1, 0, 3))], "pearson")
    assert found.value == pytest.approx(1)
    ratio = found.weights[:, 2] / found.weights[:, 0]
    np.testing.assert_allclose(ratio, 3, rtol=0.15)  # of layers scaled to their own deviation
    np.testing.assert_allclose(found.weights[:, 1], 0, atol=1e-9)
    assert found.layer_values.argmax() == 2
    assert found.layer_values.max() < 1
    assert repr(found).startswith("Reweighting(1.000 +- 0.000; highest layer alone: IT 0.")
    assert "fitted on other stimuli, 4 folds" in found.convention


def test_it_is_scikit_learns_non_negative_regression_of_pairs_among_training_stimuli() -> None:
    brain = [mixed((1, 2, 0.5), 2, seed) for seed in range(3)]
    found = reweighted(LAYERS, brain, "tau_a", n_folds=2, seed=4)
    order = np.random.default_rng(4).permutation(20)
    for fold in range(2):
        train, test = (np.sort(order[np.arange(20) % 2 == part]) for part in (1 - fold, fold))
        x, x_new = (
            np.array([squareform(one.matrix[np.ix_(rows, rows)]) for one in LAYERS.values()]) for rows in (train, test)
        )
        y = np.mean([squareform(one.matrix[np.ix_(train, train)]) for one in brain], axis=0)
        scale = x.std(axis=1)
        fitted = LinearRegression(positive=True).fit((x / scale[:, np.newaxis]).T, y)
        np.testing.assert_allclose(found.weights[fold], fitted.coef_, atol=1e-9)
        predicted = fitted.predict((x_new / scale[:, np.newaxis]).T)
        expected = [compare(predicted, one.matrix[np.ix_(test, test)]) for one in brain]
        np.testing.assert_allclose(found.per_fold[fold], expected)
        np.testing.assert_allclose(
            found.layers_per_fold[fold, 1], [compare(x_new[1], one.matrix[np.ix_(test, test)]) for one in brain]
        )
    assert found.error == pytest.approx(found.per_fold.mean(axis=1).std(ddof=1) / np.sqrt(2))


def test_a_layer_that_runs_against_the_brain_gets_no_weight_and_predicts_nothing() -> None:
    against = Rdm(-mixed((1, 0, 0)).vector, IDS)
    found = reweighted({"V1": LAYERS["V1"]}, [against])
    assert found.weights.max() == found.value == 0
    assert found.layer_values[0] == -1


def test_noise_is_not_predicted_however_many_layers_there_are() -> None:
    rng = np.random.default_rng(5)
    many = rng.random((30, 1225))
    found = reweighted(many, [rng.random(1225)], "pearson", n_folds=5)
    assert abs(found.value) < 4 * found.error + 0.05


def test_a_layer_that_is_constant_over_training_pairs_is_no_trouble() -> None:
    flat = np.zeros((20, 20))
    flat[0, 1] = flat[1, 0] = 1
    found = reweighted({"flat": Rdm.from_matrix(flat, IDS), "V1": LAYERS["V1"]}, [mixed((1, 0, 0))], "pearson")
    assert found.value == pytest.approx(1, abs=1e-6)


@settings(max_examples=8, deadline=None)
@given(st.floats(0.1, 10), st.permutations(IDS))
def test_a_layers_unit_and_the_subjects_order_of_stimuli_do_not_matter(scale, order) -> None:
    brain = mixed((1, 2, 0.5), 1)
    other = {**LAYERS, "V4": Rdm(scale * LAYERS["V4"].vector, IDS)}
    expected, found = reweighted(LAYERS, [brain], "pearson"), reweighted(other, [brain.select(order)], "pearson")
    np.testing.assert_allclose(found.per_fold, expected.per_fold, atol=1e-9)
    np.testing.assert_allclose(found.weights, expected.weights, atol=1e-7)


@pytest.mark.parametrize("n_folds", [1, 7])
def test_folds_that_do_not_fit_are_refused(n_folds) -> None:
    with pytest.raises(ValueError, match=rf"`n_folds={n_folds}` does not fit 20 stimuli.* at most 6"):
        reweighted(LAYERS, [mixed((1, 0, 0))], n_folds=n_folds)
