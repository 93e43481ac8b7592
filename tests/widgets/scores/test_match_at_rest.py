import numpy as np
from brain_side import StandInModel, activations, recordings, stimuli

from hcnn_widgets.mapping.live.at_rest.match import match_at_rest
from hcnn_widgets.mapping.live.at_rest.source import source_of
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.widgets.scores.work_at_rest import WorkAtRest


def matched(source, brains, method="ridge", splits="kfold"):
    work = WorkAtRest(match_at_rest, source_of(source), brains)
    work.use(method, splits)
    assert work.wait(30)
    assert work.error is None
    return work.latest


def test_the_match_is_that_of_the_mapping():
    brains = [recordings("V4"), recordings("IT", seed=2)]
    found = matched(activations(), brains)
    expected = layer_area_match(activations(), brains, method="ridge", splits="kfold", n_folds=10)
    for name in ("choosing", "choosing_error", "reporting", "reporting_error", "reliability", "n_sites"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    assert (found.chosen, found.notes) == (("right", "right"), expected.notes)


def test_a_model_is_recorded_as_it_is_and_its_untrained_twin_not_made():
    model = StandInModel()
    matched(model, [recordings("V4")])
    assert (len(model.recorded), model.n_untrained) == (1, 0)


def test_recordings_to_different_images_keep_their_order():
    both, other = stimuli(), stimuli(30)
    brains = [recordings("V4", shown=both), recordings("V1", shown=other, simulated=True), recordings("IT", shown=both)]
    found = matched(StandInModel(), brains)
    assert found.brain_areas == ("V4", "V1", "IT")
    assert found.simulated == (False, True, False)
    assert found.n_reporting.tolist() == [24, 15, 24]
    alone = matched(StandInModel(), [brains[1]])
    np.testing.assert_array_equal(found.reporting[1], alone.reporting[0])
    assert found.notes[0] == "at most 4,096 random units per model area"


def test_categories_kept_together_make_as_many_folds_as_there_are():
    assert "over groups" in matched(activations(), recordings(), splits="grouped").convention
