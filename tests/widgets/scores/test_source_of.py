import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from brain_side import StandInModel, activations, recordings, stimuli

from hcnn_widgets.mapping.live.at_rest.source import MAX_UNITS, source_of


def test_activations_serve_every_recording_and_have_no_untrained_twin():
    given = activations()
    source = source_of(given)
    both = [recordings("V4"), recordings("IT")]
    assert source.trained(both) == [given, given]
    assert source.untrained(both) == []


def test_arrays_of_any_framework_come_with_their_ids():
    given = activations()
    source = source_of({"IT": given["right"]}, given.stimulus_ids)
    (found,) = source.trained([recordings()])
    np.testing.assert_array_equal(found["IT"], given["right"])
    with pytest.raises(ValueError, match="`stimulus_ids` are needed beside a mapping of arrays"):
        source_of({"IT": given["right"]})


def test_a_model_is_shown_images_that_recordings_share_once_and_let_go():
    model = StandInModel()
    source = source_of(model)
    both = [recordings("V4"), recordings("V1", shown=stimuli(30)), recordings("IT")]
    found = source.trained(both)
    assert model.recorded == [(48, MAX_UNITS), (30, MAX_UNITS)]
    assert found[0] is found[2]
    assert source.trained(both)[1] is found[1]
    assert model.n_untrained == 0
    controls = source.untrained(both)
    np.testing.assert_array_equal(controls[0]["right"], found[0]["noise"])
    assert source.untrained(both)[0] is controls[0]
    assert model.n_untrained == 1
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None
    assert f"{MAX_UNITS:,} random units" in source.note


def test_recordings_to_other_images_under_the_same_ids_are_each_recorded_with_their_own():
    one = recordings("V4")
    darker = replace(one, stimuli=replace(one.stimuli, images=one.stimuli.images / 2))
    turned = one.select(one.stimulus_ids[::-1])
    model = StandInModel()
    found = source_of(model).trained([one, darker, turned])
    assert len(model.recorded) == 2
    assert found[0] is found[2]
    np.testing.assert_array_equal(found[1]["right"], found[0]["right"] / 2)


def test_a_model_is_let_go_where_its_untrained_twin_is_not_wanted():
    model = StandInModel()
    source = source_of(model)
    found = source.trained([recordings()])
    source.let_go()
    assert source.trained([recordings()]) is found
    assert source.untrained([recordings()]) == []
    assert model.n_untrained == 0
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def test_activations_are_kept_whatever_is_let_go():
    given = activations()
    source = source_of(given)
    source.let_go()
    assert source.trained([recordings()]) == [given]


def test_recordings_without_images_cannot_be_shown_to_a_model():
    with pytest.raises(ValueError, match="`recordings` of V4 cannot be shown to a model"):
        source_of(StandInModel()).trained([recordings(stimuli=None)])


def test_what_gives_no_activations_is_refused():
    with pytest.raises(TypeError, match=r"`source` gives no activations\. .* received list"):
        source_of([1, 2])
