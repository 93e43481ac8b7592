import numpy as np
import pytest
from brain_side import table

from hcnn_widgets.mapping.noise.corrections import CORRECTIONS
from hcnn_widgets.widgets.scores.score_measure import NO_CORRECTION, PEARSON, in_measure, knows, measure_of


def test_without_a_correction_a_table_is_shown_as_it_is():
    shown = table()
    assert in_measure(shown, NO_CORRECTION) is shown
    assert measure_of(NO_CORRECTION) is PEARSON
    assert knows(shown, NO_CORRECTION)


@pytest.mark.parametrize(
    ("correction", "formula"), [("r2/c", lambda r: r**2 / 0.64), ("(r/c)2", lambda r: (r / 0.64) ** 2)]
)
def test_scores_and_all_that_they_are_held_against_are_corrected_alike(correction, formula):
    shown = in_measure(table(), correction)
    np.testing.assert_allclose(shown.value, [[formula(0.4), formula(0.5)]])
    np.testing.assert_allclose(shown.untrained, formula(0.3) * np.ones((1, 2)))
    np.testing.assert_allclose(shown.pixels, [formula(0.26)])
    np.testing.assert_allclose(shown.error, [[(formula(r + 0.02) - formula(r - 0.02)) / 2 for r in (0.4, 0.5)]])


def test_the_ceiling_is_the_corrected_score_of_a_perfect_model():
    assert in_measure(table(), "r2/c").ceiling == pytest.approx([1.0])
    assert in_measure(table(), "(r/c)2").ceiling == pytest.approx([1 / 0.64])


@pytest.mark.parametrize("correction", ["r2/c", "(r/c)2"])
def test_nothing_is_corrected_by_a_reliability_that_chance_would_reach(correction):
    shown = in_measure(table(reliability=[0.02], n_reliability=[640]), correction)
    for name in ("value", "error", "untrained", "pixels", "ceiling"):
        assert np.isnan(getattr(shown, name)).all(), name
    assert np.isfinite(in_measure(table(reliability=[0.3], n_reliability=[640]), correction).value).all()
    assert np.isnan(in_measure(table(reliability=[0.3], n_reliability=[20]), correction).value).all()


def test_what_is_not_defined_is_not_known():
    shown = in_measure(table(value=[[-0.1, 0.5]], reliability=[np.nan]), "r2/c")
    assert np.isnan(shown.value).all()
    assert np.isnan(shown.ceiling).all()


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_a_live_table_knows_corrections_of_the_median_alone(correction):
    assert knows(table(), correction) == (CORRECTIONS[correction].level == "score")


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_every_measure_has_a_short_name_and_its_convention(correction):
    measure = measure_of(correction)
    assert correction in measure.axis
    assert measure.words == CORRECTIONS[correction].words
    assert measure.percent == (correction == "explained variance")


def test_a_correction_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"`correction='r/c'` is unknown\. Accepted are 'r2/c'"):
        measure_of("r/c")
