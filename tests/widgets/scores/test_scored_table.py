from dataclasses import replace

import numpy as np
import pytest
from brain_side import activations, recordings

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.at_rest.scored_table import detail_of, scored_table
from hcnn_widgets.mapping.prediction.difference import score_difference
from hcnn_widgets.mapping.prediction.gains import N_BOOTSTRAP, SPEAKS
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.widgets.scores.score_frame import score_frame
from hcnn_widgets.widgets.scores.score_measure import in_measure, knows


def scores(brain, **choices):
    return predictivity(activations(), brain, **({"splits": "kfold", "n_folds": 4} | choices))


@pytest.fixture(scope="module")
def brains():
    flat = recordings("V1", seed=1, simulated=True)
    responses = flat.responses.copy()
    responses[:, :, 2] = 1.0
    return [recordings("V4"), replace(flat, responses=responses)]


@pytest.fixture(scope="module")
def made(brains):
    rows = [scores(brain) for brain in brains]
    return rows, scored_table(brains, rows, [{"noise": rows[0]["noise"]}, {}], [rows[0]["noise"], None], "a note")


def test_a_table_holds_the_values_of_its_scores(made):
    rows, shown = made
    np.testing.assert_array_equal(shown.value, [[one.value for one in row.values()] for row in rows])
    np.testing.assert_array_equal(shown.error, [[one.error for one in row.values()] for row in rows])
    np.testing.assert_array_equal(shown.untrained, [[rows[0]["noise"].value, np.nan], [np.nan, np.nan]])
    np.testing.assert_array_equal(shown.pixels, [rows[0]["noise"].value, np.nan])
    np.testing.assert_allclose(shown.ceiling**2, [row["right"].ceiling for row in rows])
    assert (shown.brain_areas, shown.model_areas, shown.n_stimuli) == (("V4", "V1"), ("noise", "right"), 48)
    assert shown.final


def test_what_training_added_is_there_where_every_area_has_a_control(brains, made):
    rows, without = made
    assert without.gains is None
    control = {"noise": rows[0]["right"], "right": rows[0]["noise"]}
    shown = scored_table(brains[:1], rows[:1], [control], [None])
    expected = score_difference(rows[0]["right"], rows[0]["noise"], n_bootstrap=N_BOOTSTRAP)
    assert (shown.gains.value[0, 1], shown.gains.low[0, 1]) == (expected.value, expected.low)
    header = score_frame(shown).header
    assert header["gains"] == [shown.gains.words(0, 0), shown.gains.words(0, 1)]
    said = f"best area, trained less untrained: V4 {shown.gains.words(0, 1)}; {SPEAKS}; {shown.convention}"
    assert header["convention"].startswith(said)
    corrected = score_frame(in_measure(shown, "r2/c")).header
    assert corrected["gains"] == []
    assert "trained less untrained" not in corrected["convention"]


def test_what_must_be_known_is_said_once_with_its_brain_area_and_simulated_stands_elsewhere(made):
    _, shown = made
    assert shown.convention.endswith("; a note")
    assert shown.notes == ("V1: 1 of 5 sites are constant and were left out", "V1: the recordings are simulated")
    said = score_frame(shown).header["convention"]
    assert said == f"{shown.convention}; V1: 1 of 5 sites are constant and were left out"
    assert shown.simulated == (False, True)
    assert shown.source == "made up"


def test_a_note_that_is_true_of_all_brain_areas_names_none():
    brains = [recordings("V4", n_trials=1), recordings("IT", n_trials=1, seed=2)]
    shown = scored_table(brains, [scores(brain) for brain in brains], [{}, {}], [None, None])
    assert shown.notes == ("one trial per stimulus: no ceiling",)
    assert np.isnan(shown.ceiling).all()


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_what_must_be_known_of_any_score_is_said_with_its_model_area(order):
    tiny = ActivationSet({"tiny": 1e-12 * activations()["right"]}, activations().stimulus_ids)
    brain, choices = recordings("V4"), {"method": "ridge", "splits": "kfold", "n_folds": 4}
    good, small = (predictivity(one, brain, **choices) for one in (activations(), tiny))
    row = dict([*good.items(), *small.items()][order])

    def said(*parts) -> list[str]:
        return [note.partition(": ridge's penalty of 1 drowns")[0] for note in scored_table([brain], *parts).notes]

    assert said([row], [{}], [None]) == ["model area tiny"]
    old = {"right": small["tiny"]}
    assert said([good], [old], [None]) == ["untrained network, model area tiny"]
    assert said([good], [{}], [small["tiny"]]) == ["model area tiny"]


def test_a_score_is_corrected_as_it_corrects_itself(made):
    rows, shown = made
    for name in ("r2/c", "explained variance"):
        assert knows(shown, name)
        expected = [[one.corrected(name) for one in row.values()] for row in rows]
        np.testing.assert_array_equal(shown.corrected(name), expected)
    assert shown.n_reliability.tolist() == [48, 48]
    in_percent = in_measure(shown, "explained variance")
    np.testing.assert_allclose(in_percent.value, shown.corrected("explained variance") / 100)
    np.testing.assert_allclose(in_percent.ceiling, 1.0)
    np.testing.assert_allclose(in_percent.pixels, [shown.corrected_pixels("explained variance")[0] / 100, np.nan])
    np.testing.assert_allclose(in_percent.untrained, shown.corrected_untrained("explained variance") / 100)
    assert np.isnan(in_percent.error).all()


def test_a_correction_that_needs_its_own_maps_is_known_where_they_were_fitted():
    brain = recordings()
    without, fitted = scores(brain), scores(brain, corrections=["r2/(c*m)"])
    assert not knows(scored_table([brain], [without], [{}], [None]), "r2/(c*m)")
    assert knows(scored_table([brain], [fitted], [{}], [None]), "r2/(c*m)")


def test_the_detail_of_a_score_is_in_standard_deviations_and_keeps_every_r(brains):
    score = scores(brains[1], pooling="pooled")["right"]
    detail = detail_of(score)
    assert detail.recorded.shape == (48, 4)
    assert "V1-0002" not in detail.site_ids.tolist()
    np.testing.assert_allclose(detail.recorded.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(detail.recorded.std(axis=0), 1, atol=1e-5)
    for site in range(4):
        r = np.corrcoef(detail.recorded[:, site], detail.predicted[:, site])[0, 1]
        assert r == pytest.approx(detail.r[site], abs=1e-5)
    np.testing.assert_allclose(detail.predicted.std(axis=0), 1, atol=0.3)


def test_units_that_predict_with_their_own_values_are_brought_to_their_own_deviation():
    detail = detail_of(scores(recordings(), method="one_to_one")["right"])
    np.testing.assert_allclose(np.nanstd(detail.predicted, axis=0), 1, atol=1e-5)


def test_images_that_were_never_held_out_have_no_prediction():
    detail = detail_of(scores(recordings(), splits="brain-score", n_folds=2)["right"])
    assert np.isnan(detail.predicted[:, 0]).sum() >= 48 - 2 * 5
    assert np.isfinite(detail.recorded).all()
