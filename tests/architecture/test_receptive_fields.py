"""Receptive fields and strides of graphs against the gradient of a unit's response with respect to the image."""

import numpy as np
import pytest
import tensorflow as tf

from hcnn_widgets.architecture import ArchitectureSpec, Area, activate, area, filter, normalise, pool
from hcnn_widgets.keras_door import keras

SIZE = 48
SOFT = activate("softplus")


def _down(*operations) -> list:
    return [*operations, SOFT, pool("mean", 2)]


GRAPHS = {
    "skip": (
        [area("V1", _down(filter(3, 3))), area("V2", [filter(3, 5), SOFT]), area("V4", [filter(2, 3)], ["V2", "V1"])],
        1,
    ),
    "sum": (
        [area("V1", [filter(3, 3), SOFT]), area("V2", [filter(3, 3), SOFT]), area("V4", [SOFT], ["V1", "V2"], "add")],
        1,
    ),
    "streams": (
        [
            area("V1", [filter(3, 3), SOFT]),
            area("MT", _down(filter(3, 3)), ["V1"]),
            area("V4", [filter(3, 5, 2), SOFT], ["V1"]),
            area("IT", [filter(2, 3)], ["MT", "V4"]),
        ],
        1,
    ),
    # A filter of even side reaches farther down than up, so that what two of them see beside an odd one is more than
    # what any of the three sees.
    "fields that do not lie within each other": (
        [
            area("even", [filter(2, 4), SOFT, filter(2, 4), SOFT], ["image"]),
            area("odd", [filter(2, 7), SOFT], ["image"]),
            area("both", [filter(2, 1)], ["even", "odd"]),
        ],
        1,
    ),
    "the image again": (
        [area("V1", [normalise(3), filter(3, 3), SOFT]), area("V2", [filter(2, 5)], ["V1", "image"])],
        1,
    ),
    "itself": ([area("V1", _down(filter(3, 3))), area("V2", [filter(3, 3), SOFT], ["V1", "V2"])], 4),
    "feedback": (
        [
            area("V1", [filter(3, 3), SOFT], ["image", "V2"]),
            area("V2", [filter(3, 4), SOFT]),
            area("V4", _down(filter(2, 3))),
        ],
        3,
    ),
    "from the top down": ([area("IT", [filter(2, 3)], ["V1"]), area("V1", [filter(2, 3), SOFT], ["image"])], 2),
}


def _rows_seen(network: keras.Model, tap: str, place: int) -> tuple[int, int]:
    """Return the first and last row of the image that the response of the unit at (place, place) changes with."""
    image = tf.Variable(np.random.default_rng(0).uniform(0, 1, (1, SIZE, SIZE, 1)).astype("float32"))
    with tf.GradientTape() as tape:
        response = tf.reduce_sum(keras.Model(network.input, network.get_layer(tap).output)(image)[:, place, place])
    rows = np.flatnonzero(np.abs(tape.gradient(response, image).numpy()).sum(axis=(0, 2, 3)))
    return int(rows[0]), int(rows[-1])


@pytest.mark.parametrize("graph", GRAPHS)
def test_receptive_fields_and_strides_of_a_graph_are_those_of_the_gradient(graph: str) -> None:
    stack, time_steps = GRAPHS[graph]
    spec = ArchitectureSpec(tuple(stack), (SIZE, SIZE, 1), 6, time_steps=time_steps)
    network = spec.build(seed=0)
    for weights in network.trainable_variables:
        # All positive, so that no two ways through the graph cancel; small, so that no softplus is so steep or so flat
        # that what is far vanishes in the precision of floats.
        weights.assign(0.05 + 0.1 * np.random.default_rng(1).uniform(size=weights.shape))
    for info in spec.areas:
        middle = info.output_shape[0] // 2
        first, last = _rows_seen(network, info.name, middle)
        assert info.receptive_field == last - first + 1
        assert info.stride == _rows_seen(network, info.name, middle + 1)[0] - first
        assert info.receptive_field_degrees == pytest.approx(info.receptive_field * 6 / SIZE)
        assert info.stride_degrees == pytest.approx(info.stride * 6 / SIZE)


def test_fields_of_loops_grow_with_every_time_step() -> None:
    def field(time_steps: int) -> int:
        stack = (area("V1", [filter(2, 3, 2)]), area("V2", [filter(2, 3)], ["V1", "V2"]))
        return ArchitectureSpec(stack, time_steps=time_steps).areas[-1].receptive_field

    assert [field(time_steps) for time_steps in (2, 3, 10)] == [3 + 2 * 4, 3 + 3 * 4, 3 + 10 * 4]


def test_maps_of_different_strides_are_not_joined() -> None:
    # Both leave 8 x 8 of 16 x 16 positions: by a stride of 2, and by what is dropped at the edges.
    stack: list[Area] = [
        area("V1", [pool("mean", 4)]),
        area("wide", [filter(2, 3, 2)], ["V1"]),
        area("valid", [filter(2, 9, padding="valid")], ["V1"]),
        area("IT", [filter(2)], ["wide", "valid"]),
    ]
    says = (
        "`inputs` of area 'IT' step differently over the network's input; maps of equal stride are accepted; "
        "received 'wide' 8 px, 'valid' 4 px"
    )
    with pytest.raises(ValueError, match=says):
        ArchitectureSpec(tuple(stack), (64, 64, 1))


def test_maps_of_a_single_position_are_joined_whatever_their_stride() -> None:
    stack = (
        area("image-features", [filter(3, 5, 4), SOFT, pool("mean", 4)], ["image"]),
        area("sound-features", [filter(2, 3, 2), SOFT, pool("mean", 16)], ["sound"]),
        area("both", [filter(4, 1)], ["image-features", "sound-features"]),
    )
    spec = ArchitectureSpec(stack, inputs={"image": (16, 16, 1), "sound": (32, 32, 1)})
    assert spec.areas[-1].output_shape == (1, 1, 4)
    assert spec.areas[-1].stride == 32
    # (16 - 1) * 2 + 3 = 33 pixels of a quarter of a degree, and (4 - 1) * 4 + 5 = 17 of half a degree.
    assert spec.areas[1].receptive_field_degrees == pytest.approx(33 * 8 / 32)
    assert spec.areas[0].receptive_field_degrees == pytest.approx(17 * 8 / 16)
