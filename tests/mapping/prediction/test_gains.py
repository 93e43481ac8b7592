import numpy as np
import pytest

from hcnn_widgets import ActivationSet, RecordingSet
from hcnn_widgets.mapping import predictivity, score_difference
from hcnn_widgets.mapping.prediction.difference import Draws, drawn_difference
from hcnn_widgets.mapping.prediction.gains import N_BOOTSTRAP, Gains, draws_of_medians, neighbours_of, site_draws

IDS = [f"image{number:02d}" for number in range(40)]
AREAS = ("V1", "V4", "IT")


@pytest.fixture(scope="module")
def scores():
    rng = np.random.default_rng(0)
    drive = rng.normal(size=(40, 5))
    model = ActivationSet(
        {area: drive + blur * rng.normal(size=(40, 5)) for area, blur in zip(AREAS, (2, 1, 0.2), strict=True)}, IDS
    )
    responses = drive @ rng.normal(size=(5, 12)) + rng.normal(size=(2, 40, 12))
    return predictivity(model, RecordingSet(responses, IDS, "IT"), "ridge", "kfold", n_folds=4)


@pytest.fixture(scope="module")
def draws(scores):
    return [site_draws(scores[area]) for area in AREAS]


def test_gains_are_the_paired_differences_of_the_scores(scores, draws):
    gains = Gains.of([draws[1:]], [draws[:2]])
    for model, (better, worse) in enumerate([("V4", "V1"), ("IT", "V4")]):
        expected = score_difference(scores[better], scores[worse], n_bootstrap=N_BOOTSTRAP)
        found = [float(part[0, model]) for part in (gains.value, gains.low, gains.high, gains.p)]
        assert found == [expected.value, expected.low, expected.high, expected.p]


def test_draws_of_medians_are_those_of_the_score(scores, draws):
    again = draws_of_medians(scores["IT"].value, scores["IT"].per_split)
    np.testing.assert_array_equal(again.drawn, draws[2].drawn)
    assert (again.value, again.n_sites) == (draws[2].value, 12)


def test_words_have_the_interval_and_no_p_of_zero_and_nothing_where_nothing_is_known():
    parts = [[0.048, 0.01, np.nan]], [[0.02, -0.01, 0]], [[0.071, 0.03, 0]], [[1 / 1001, 0.25, np.nan]]
    gains = Gains(*map(np.array, parts))
    assert [gains.words(0, model) for model in range(3)] == [
        "+0.048 (+0.020 to +0.071, p < 0.002)",
        "+0.010 (-0.010 to +0.030, p = 0.25)",
        "",
    ]


def test_the_best_area_is_held_against_those_before_and_after_it(draws):
    below, above = (drawn_difference(draws[1], draws[place]).words for place in (0, 2))
    said = neighbours_of(("V4", "IT"), AREAS, [1, 2], [draws, draws])
    assert said[0] == f"V4: model area V4 less V1 {below}; less IT {above}"
    assert said[1] == f"IT: model area IT less V4 {drawn_difference(draws[2], draws[1]).words}"
    assert neighbours_of(("IT",), AREAS[:1], [0], [draws[:1]]) == ()


def test_scores_that_are_never_drawn_together_have_no_interval():
    one, other = Draws(0.5, np.array([0.5, np.nan]), 3), Draws(0.4, np.array([np.nan, 0.4]), 3)
    found = drawn_difference(one, other)
    assert found.value == pytest.approx(0.1)
    assert np.isnan([found.low, found.high, found.p]).all()
