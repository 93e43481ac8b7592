from types import SimpleNamespace

import numpy as np
from brain_side import activations, recordings

from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.widgets.layer_areas.layer_area_code import match_code


def test_the_lines_that_match_give_the_match_of_the_panel():
    names = {"activations": activations(), "recordings": [recordings()]}
    exec(match_code("ridge", "kfold"), names)
    expected = layer_area_match(activations(), recordings(), method="ridge", splits="kfold")
    np.testing.assert_array_equal(names["match"].reporting, expected.reporting)


def test_the_lines_that_record_and_match_begin_with_the_model():
    model = SimpleNamespace(record=lambda stimuli, units: activations(stimuli))
    names = {"model": model, "recordings": [recordings()]}
    exec(match_code(recorded=True), names)
    assert names["match"].chosen == ("right",)
