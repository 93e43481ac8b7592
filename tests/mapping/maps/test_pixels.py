import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@given(st.integers(0, 1000))
@settings(max_examples=5, deadline=None)
def test_a_unit_is_the_mean_of_its_block(seed) -> None:
    images = np.random.default_rng(seed).random((3, 32, 32)).astype(np.float32)
    expected = images.reshape(3, 4, 8, 4, 8).mean(axis=(2, 4)).reshape(3, 16)
    stimuli = StimulusSet.from_arrays(images)
    np.testing.assert_allclose(pixels(stimuli, size=4)["pixels"], expected, atol=1e-6)
    assert pixels(stimuli).stimulus_ids.tolist() == stimuli.stimulus_ids.tolist()


def test_colour_becomes_luminance() -> None:
    red = np.zeros((1, 16, 16, 3), dtype=np.float32)
    red[..., 0] = 1
    np.testing.assert_allclose(pixels(StimulusSet.from_arrays(red))["pixels"], 0.299, atol=1e-6)
