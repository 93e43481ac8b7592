import numpy as np
import pytest

from hcnn_widgets.activations.recorder import Recorder
from hcnn_widgets.architecture.pixels import Pixels
from hcnn_widgets.keras_door import keras
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.predictivity.predictivity_code import predictivity_code


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    image = keras.Input((8, 8, 1))
    return keras.Model(image, keras.layers.Conv2D(4, 3, name="V1")(image))


def test_the_lines_that_score_give_the_live_score(network, capsys):
    rng = np.random.default_rng(0)
    stimuli = StimulusSet.from_arrays(rng.random((80, 8, 8, 1), dtype=np.float32))
    units = Recorder(network, ("V1",), stimuli)()["V1"]
    responses = units @ rng.standard_normal((units.shape[1], 3)) + rng.normal(size=(80, 3))
    recorded = RecordingSet(responses[np.newaxis], stimuli.stimulus_ids, area="V4", stimuli=stimuli)
    (comparison,) = live_comparisons([recorded], None, 0)
    live = comparison.score(Recorder(network, ("V1",), comparison.stimuli)())[0][0, 0]
    exec(predictivity_code("V1"), {"network": network, "images": stimuli.images, "responses": responses})
    assert float(capsys.readouterr().out) == pytest.approx(live, abs=0.01)
    assert 0.5 < live < 0.99


def test_the_lines_that_score_reach_layers_of_a_model_inside_and_of_a_sequential(network, capsys):
    image = keras.Input((8, 8, 1))
    outer = keras.Model(image, network(image))
    stack = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(4, 3, name="V1")])
    stack.set_weights(network.get_layer("V1").get_weights())
    rng = np.random.default_rng(0)
    known = {"images": rng.random((40, 8, 8, 1), dtype=np.float32), "responses": rng.random((40, 2))}
    for whole, tap in ((network, "V1"), (outer, f"{network.name}/V1"), (stack, "V1")):
        exec(predictivity_code(tap), {"network": whole, **known})
    printed = [float(value) for value in capsys.readouterr().out.split()]
    assert printed == pytest.approx([printed[0]] * 3, abs=1e-6)


def test_the_lines_that_score_say_which_pixels_the_network_is_given():
    line = f"# images: {Pixels('caffe').words}, which are model.pixels.applied(stimuli.images)"
    assert f"\n{line}\ntap = " in predictivity_code("V1", Pixels("caffe"))
    assert 'from_arrays(images), pixels=(0.0, 255.0))["inner/V1"]' in predictivity_code(
        "inner/V1", Pixels((0.0, 255.0))
    )
    assert "pixels" not in predictivity_code("V1") + predictivity_code("inner/V1")
