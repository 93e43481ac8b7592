"""Results do not hang on the unit of what was measured, however large or small its numbers are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.maps.fold_maps import FoldMaps
from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.numerics.correlation import pearson_per_site, varying_columns
from hcnn_widgets.mapping.numerics.gram import Gram
from hcnn_widgets.mapping.numerics.scales import check_scale, ordinary
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.tables.area_scores import area_scores
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.comparison.cka import cka
from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

RNG = np.random.default_rng(0)
N = 60
IDS = [f"image{row:02d}" for row in range(N)]
X = RNG.normal(size=(N, 40)).astype(np.float32)
RESPONSES = X @ RNG.normal(size=(40, 5)) + 3 * RNG.normal(size=(3, N, 5)) + 20
POWERS = st.integers(-1000, 1000)
FITTED = ("pls", "pls_exact", "ridge", "ridgecv")
METHODS = (*FITTED, "one_to_one")


def scored(x: np.ndarray, responses: np.ndarray, method: str, **choices):
    choices = {"splits": "kfold", "n_folds": 5} | choices
    return predictivity(ActivationSet({"IT": x}, IDS), RecordingSet(responses, IDS, "IT"), method, **choices)["IT"]


@given(POWERS, POWERS)
@settings(max_examples=60, deadline=None)
def test_columns_are_brought_to_an_ordinary_size_without_a_digit_changed(power, other) -> None:
    values = np.column_stack([np.ldexp(X[:, 0].astype(float), power), np.ldexp(X[:, 1].astype(float), other)])
    brought, exponents = ordinary(values, axis=0)
    np.testing.assert_array_equal(np.ldexp(brought, exponents), values)
    for column, exponent in zip(values.T, exponents.ravel(), strict=True):
        is_ordinary = 1e-70 <= np.abs(column).max() <= 1e70
        assert (exponent == 0) is is_ordinary
    assert 1e-70 <= np.abs(brought[:, 0]).max() <= 1e70


def test_zeros_and_ordinary_numbers_are_left_as_they_are() -> None:
    for values in (X, np.zeros((3, 2)), np.zeros((0, 2)), np.zeros((2, 0))):
        assert ordinary(values)[0] is values
        assert ordinary(values, axis=0)[0] is values


@given(POWERS, POWERS)
@settings(max_examples=60, deadline=None)
def test_a_correlation_is_the_same_to_the_digit_at_every_power_of_two(power, other) -> None:
    a, b = X[:, :3].astype(float), X[:, 3:6].astype(float)
    expected = pearson_per_site(a, b)
    np.testing.assert_array_equal(pearson_per_site(np.ldexp(a, power), np.ldexp(b, other)), expected)
    assert varying_columns(np.ldexp(a, power)).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("power", [-900, -300, 300, 900])
def test_the_unit_of_the_recordings_matters_to_no_score_prediction_interval_or_ceiling(method, power) -> None:
    expected, found = (scored(X, responses, method) for responses in (RESPONSES, np.ldexp(RESPONSES, power)))
    np.testing.assert_allclose(found.per_split, expected.per_split, atol=1e-12)
    predicted = expected.predictions if method == "one_to_one" else np.ldexp(expected.predictions, power)
    np.testing.assert_allclose(found.predictions, predicted, rtol=1e-9)
    for over in ("sites", "stimuli"):
        assert found.interval(over=over, n_bootstrap=50).low == pytest.approx(
            expected.interval(over=over, n_bootstrap=50).low, abs=1e-9
        )
    assert found.ceiling == pytest.approx(expected.ceiling, abs=1e-12)
    assert ceiling(RecordingSet(np.ldexp(RESPONSES, power), IDS, "IT")).value == pytest.approx(expected.ceiling)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("power", [-900, 700])
def test_a_map_called_plainly_follows_the_unit_of_the_responses_too(method, dtype, power) -> None:
    x, y = X.astype(dtype), RESPONSES[0]
    expected = MAPS[method](x[:50], y[:50], x[50:])
    found = MAPS[method](x[:50], np.ldexp(y[:50], power), x[50:])
    np.testing.assert_allclose(found, expected if method == "one_to_one" else np.ldexp(expected, power), rtol=1e-9)


@pytest.mark.parametrize("method", ["pls", "pls_exact", "one_to_one"])
@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("power", [-110, -40, 40, 120])
def test_the_unit_of_the_activations_matters_to_no_map_without_a_penalty(method, precision, power) -> None:
    expected = scored(X, RESPONSES, method, precision=precision)
    found = scored(np.ldexp(X, power), RESPONSES, method, precision=precision)
    np.testing.assert_allclose(found.per_split, expected.per_split, atol=1e-3)


@pytest.mark.parametrize("unit", [1e-8, 1e8])
@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_the_unit_of_neither_side_matters_to_the_default_score(direction, unit) -> None:
    def by_default(x_unit: float, y_unit: float) -> np.ndarray:
        brain = RecordingSet(RESPONSES * y_unit, IDS, "IT", labels=["cat", "dog"] * 30)
        score = predictivity(ActivationSet({"IT": X * np.float32(x_unit)}, IDS), brain, direction=direction)["IT"]
        assert "drowns" not in "".join(score.notes)
        return score.per_split

    np.testing.assert_allclose(by_default(unit, 1 / unit), by_default(1, 1), atol=1e-5)


@pytest.mark.parametrize("unit", [1e-8, 1e8])
def test_the_unit_of_the_activations_matters_to_no_table_by_default(unit) -> None:
    brain = RecordingSet(RESPONSES, IDS, "IT")
    for table, name in ((area_scores, "trained"), (layer_area_match, "reporting")):
        found, expected = (
            getattr(table(ActivationSet({"IT": X * np.float32(of)}, IDS), brain), name) for of in (unit, 1)
        )
        np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize("power", [-900, -300, 300, 900])
def test_the_unit_of_neither_side_matters_to_the_live_score(power) -> None:
    images = StimulusSet.from_arrays(RNG.random((N, 4, 4)).astype(np.float32), stimulus_ids=IDS)

    def live(unit: int, x_unit: int) -> float:
        recordings = RecordingSet(np.ldexp(RESPONSES, unit), IDS, "IT", stimuli=images)
        (comparison,) = live_comparisons([recordings], None, 0)
        return float(comparison.score(ActivationSet({"IT": np.ldexp(X, x_unit)}, IDS))[0][0, 0])

    assert live(power, power // 9) == pytest.approx(live(0, 0), abs=1e-5)


@pytest.mark.parametrize("n_units", [40, 80])
@pytest.mark.parametrize("power", [-100, -70, 60, 120])
def test_products_in_single_precision_are_those_of_another_unit_where_they_could_not_be_held(n_units, power) -> None:
    x = RNG.normal(size=(50, n_units)).astype(np.float32)
    expected, found = Gram(x, np.float32), Gram(np.ldexp(x, power), np.float32)
    shift = round(np.log2(found.trace / expected.trace))
    rows = np.arange(50)
    np.testing.assert_array_equal(np.ldexp(found.among(rows), -shift), expected.among(rows))
    dead = Gram(np.zeros((50, n_units), np.float32), np.float32)
    assert (dead.trace, dead.among(rows).any()) == (0, False)


@pytest.mark.parametrize("method", ["ridge", "ridgecv"])
@pytest.mark.parametrize(("direction", "small"), [("forward", (1e-12, 1)), ("reverse", (1, 1e-12))])
def test_a_penalty_that_drowns_what_predicts_is_named_beside_the_score(method, direction, small) -> None:
    grid = {"alphas": "brain-score"} if method == "ridgecv" else {}

    def notes(x_unit: float, y_unit: float, **choices) -> str:
        made = scored(X * np.float32(x_unit), RESPONSES * y_unit, method, direction=direction, **grid, **choices)
        return "; ".join(made.notes)

    assert "ridge's penalty of" in notes(*small)
    assert "drowns what predicts here" in notes(*small)
    assert "drowns" not in notes(1, 1) + notes(*small, scaling="z-score")


@pytest.mark.parametrize("unit", [1e-300, 1e-90, 1e90, 1e300])
@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("patterns", lambda unit: rdm(RESPONSES[0] * unit)),
        ("patterns", lambda unit: rdm(RecordingSet(RESPONSES * unit, IDS, "IT"), "mahalanobis")),
        ("patterns", lambda unit: rdm(np.vstack([RESPONSES[0], RESPONSES[0, :1] * unit]), "cosine")),
        ("y", lambda unit: cka(X, RESPONSES[0] * unit)),
        ("b", lambda unit: compare(X[0, :10], np.ldexp(X[1, :10].astype(float), 600 if unit > 1 else -600))),
        ("x", lambda unit: FoldMaps(RESPONSES[0] * unit, [(np.arange(40), np.arange(40, 60))])),
        *[("x", lambda unit, one=one: MAPS[one](RESPONSES[0] * unit, X, RESPONSES[1] * unit)) for one in FITTED],
        ("recordings", lambda unit: scored(X, RESPONSES * unit, "pls", direction="reverse")),
    ],
)
def test_where_another_unit_means_another_result_extraordinary_sizes_are_refused(argument, call, unit) -> None:
    with pytest.raises(
        ValueError,
        match=rf"`{argument}` has numbers whose squares cannot be added up\. Accepted are .*; received one of",
    ):
        call(unit)


@pytest.mark.parametrize("distance", ["correlation", "euclidean", "cosine"])
def test_the_size_that_counts_is_that_of_the_mean_over_trials_which_is_compared(distance) -> None:
    responses = RESPONSES.copy()
    responses[0, 0] = 1e-200
    found = rdm(RecordingSet(responses, IDS, "IT"), distance)
    np.testing.assert_allclose(found.vector, rdm(responses.mean(axis=0), distance).vector, rtol=1e-12)


@pytest.mark.parametrize("distance", ["correlation", "mahalanobis", "crossnobis"])
def test_responses_whose_mean_cannot_be_held_are_refused(distance) -> None:
    with pytest.raises(
        ValueError, match=r"`patterns` has numbers whose squares cannot be added up.*received one of inf"
    ):
        rdm(RecordingSet(np.full((2, N, 3), 1.7e308), IDS, "IT"), distance)


def test_missing_trials_and_zeros_have_no_size() -> None:
    check_scale("x", np.array([[np.nan, 1.0], [0.0, 0.0], [np.nan, np.nan]]))
    with pytest.raises(ValueError, match="received one of 1e-80"):
        check_scale("x", np.array([[np.nan, -1e-80], [1.0, 2.0]]))
