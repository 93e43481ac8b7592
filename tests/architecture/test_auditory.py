"""The auditory network against the same one written in Keras, and its branches."""

import numpy as np
import pytest

from hcnn_widgets.architecture import auditory_hcnn
from hcnn_widgets.keras_door import keras


def test_its_first_area_is_that_of_keras_over_frequency_and_time() -> None:
    network = auditory_hcnn(input_shape=(16, 32, 1)).build(seed=0)
    sounds = np.random.default_rng(0).uniform(0, 1, (2, 16, 32, 1)).astype(np.float32)
    layer = keras.layers.Conv2D(24, 7, strides=2, padding="same", activation="relu")
    layer.build((None, 16, 32, 1))
    layer.set_weights(network.get_layer("A1.filter").get_weights())
    expected = keras.layers.AveragePooling2D(2)(layer(sounds - 0.5))
    pooled = keras.Model(network.input, network.get_layer("A1.pool").output)(sounds)
    np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, (pooled, expected)), atol=1e-5)


def test_time_stays_twice_as_long_as_frequency_is_high() -> None:
    shapes = {info.name: info.output_shape for info in auditory_hcnn().areas}
    assert shapes == {"A1": (16, 32, 24), "belt": (8, 16, 48), "parabelt": (4, 8, 64)}


def test_branches_share_what_is_below_them_and_nothing_above() -> None:
    spec = auditory_hcnn(branches=("word", "speaker"))
    assert spec.output_names == ("parabelt-word", "parabelt-speaker")
    taken = {name: [link.name for link in links] for name, links in spec.links.items()}
    assert taken["parabelt-word"] == taken["parabelt-speaker"] == ["belt"]


def test_the_published_one_has_the_kernels_of_kell_et_al_2018() -> None:
    spec = auditory_hcnn("published", branches=("word", "genre"))
    shapes = {info.name: info.output_shape for info in spec.areas}
    n_kernels = [shapes[name][2] for name in ("conv1", "conv2", "conv3", "conv4-word", "conv5-word", "fc6-word")]
    assert n_kernels == [96, 256, 512, 1024, 512, 1024]
    assert shapes["conv3"][:2] == (11, 11)
    assert shapes["conv5-genre"] == (6, 6, 512)  # what their two branches hand on to their last layers
    assert [(area.operations[0].size, area.operations[0].stride) for area in spec.stack[:3]] == [(9, 3), (5, 2), (3, 1)]
    assert len(spec.areas) == 9


@pytest.mark.parametrize("branches", ["word", ("word",), ("word", "word"), (1, 2), ("", "word")])
def test_branches_that_are_no_tasks_are_refused(branches) -> None:
    with pytest.raises(ValueError, match="`branches` of auditory_hcnn are no tasks; none, or two or more different"):
        auditory_hcnn(branches=branches)


def test_a_variant_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="`variant` of auditory_hcnn is not known; accepted are small, published; rec"):
        auditory_hcnn("large")
