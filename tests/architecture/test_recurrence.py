"""Areas that keep a state against loops over time in NumPy and SciPy, and what they see against gradients."""

from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from scipy.signal import correlate

import hcnn_widgets as hw
from hcnn_widgets.architecture import ArchitectureSpec, activate, area, filter, pool, recur, recurrent_hcnn
from hcnn_widgets.keras_door import keras

RNG = np.random.default_rng(0)
SOFT = activate("softplus")


def _built(kind: str, shape: tuple[int, ...], time_steps: int, size: int = 3) -> Any:
    spec = ArchitectureSpec((area("V1", [recur(kind, size)]),), shape, time_steps=time_steps)
    network = spec.build(seed=0)
    network.set_weights([RNG.normal(0, 0.4, weights.shape) for weights in network.get_weights()])
    return network


def _correlated(maps: Any, kernel: Any) -> Any:
    """Correlate each channel with its kernel and add up, position by position, with zeros around."""
    n_in, n_out = kernel.shape[2:]
    sums = [
        [sum(correlate(one[..., i], kernel[..., i, o], "same", "direct") for i in range(n_in)) for o in range(n_out)]
        for one in maps
    ]
    return np.moveaxis(np.array(sums), 1, -1)


def _by_loop(kind: str, network: Any, frames: Any) -> Any:
    kernel, bias, *gate = (np.array(weights, float) for weights in network.get_layer("V1.recur").get_weights())
    state = np.zeros_like(frames[:, 0], dtype=float)
    for came in np.moveaxis(frames.astype(float), 1, 0):
        n = came.shape[-1]
        drive = _correlated(state, kernel)
        taken = np.maximum(came + drive[..., :n] + bias, 0)
        if kind == "plain":
            state = taken
            continue
        held = 1 / (1 + np.exp(-(_correlated(came, gate[0]) + drive[..., n:] + gate[1])))
        state = held * state + (1 - held) * taken
    return state


@pytest.mark.parametrize("kind", ["gated", "plain"])
def test_a_state_follows_its_equations_frame_by_frame(kind: str) -> None:
    frames = RNG.uniform(0, 1, (2, 4, 6, 5, 2)).astype(np.float32)
    network = _built(kind, (4, 6, 5, 2), 4)
    response = keras.ops.convert_to_numpy(network(frames))
    np.testing.assert_allclose(response, _by_loop(kind, network, frames), rtol=1e-4, atol=1e-5)


def test_a_still_image_is_a_sequence_of_the_same_frame() -> None:
    images = RNG.uniform(0, 1, (2, 6, 5, 2)).astype(np.float32)
    network, in_time = _built("gated", (6, 5, 2), 3), _built("gated", (3, 6, 5, 2), 3)
    in_time.set_weights(network.get_weights())
    np.testing.assert_allclose(network(images), in_time(np.stack([images] * 3, axis=1)), rtol=1e-5)


def test_a_gate_that_is_shut_keeps_the_state_whatever_comes_in_and_an_open_one_lets_it_go() -> None:
    network = _built("gated", (2, 6, 6, 1), 2)
    kernel, bias, gate_kernel, gate_bias = network.get_layer("V1.recur").get_weights()
    frames = RNG.uniform(0, 1, (4, 2, 6, 6, 1)).astype(np.float32)
    other = frames.copy()
    other[:, 1] = RNG.uniform(0, 1, (4, 6, 6, 1))
    for held, alike in ((60.0, True), (-60.0, False)):
        network.set_weights([0 * kernel, bias, 0 * gate_kernel, 0 * gate_bias + held])
        assert np.allclose(network(frames), network(other)) == alike


SPECS = {
    "gated": ([area("V1", [filter(2, 3), SOFT, pool("mean", 2), recur("gated", 3)])], 3),
    "plain": ([area("V1", [filter(2, 4), SOFT, recur("plain", 5), pool("mean", 2)])], 3),
    "two areas": (
        [area("V1", [filter(2, 3), SOFT, recur("plain", 3)]), area("V2", [pool("mean", 2), recur("gated", 3)])],
        2,
    ),
}


@pytest.mark.parametrize("name", SPECS)
def test_the_receptive_field_is_all_that_has_a_gradient_over_all_time_steps(name: str) -> None:
    stack, time_steps = SPECS[name]
    spec = ArchitectureSpec(tuple(stack), (64, 64, 1), time_steps=time_steps)
    network = spec.build(seed=0)
    # All weights positive: no gradient is cancelled by another, nor shut off by a rectifier.
    network.set_weights([np.abs(weights) + 0.05 for weights in network.get_weights()])
    image = tf.Variable(np.full((1, 64, 64, 1), 0.5, np.float32))
    with tf.GradientTape() as tape:
        maps = network(image)
        unit = tf.reduce_sum(maps[:, maps.shape[1] // 2, maps.shape[2] // 2, 0])
    seen = np.flatnonzero(np.abs(tape.gradient(unit, image).numpy()[0, ..., 0]).sum(axis=1))
    assert seen[-1] - seen[0] + 1 == spec.areas[-1].receptive_field


def test_parameters_are_counted_without_a_network() -> None:
    for kind in ("gated", "plain"):
        spec = recurrent_hcnn(kind, areas=("V1", "IT"), n_kernels=(4, 6), input_shape=(16, 16, 1))
        assert spec.build().count_params() == spec.n_parameters


def test_without_a_state_the_areas_are_those_of_the_hcnn_and_see_the_last_frame_alone() -> None:
    options: Any = {"areas": ("V1", "IT"), "n_kernels": (4, 6)}
    bare = recurrent_hcnn(None, input_shape=(3, 16, 16, 1), **options)
    assert bare.stack == hw.architecture.hcnn(**options).stack
    frames = RNG.uniform(0, 1, (2, 3, 16, 16, 1)).astype(np.float32)
    other = frames.copy()
    other[:, :2] = 0
    network = bare.build(seed=0)
    np.testing.assert_array_equal(network(frames), network(other))


def test_a_spec_with_states_comes_back_from_json_and_a_network_from_its_file(tmp_path: Any) -> None:
    spec = recurrent_hcnn(areas=("V1",), n_kernels=(4,), input_shape=(2, 16, 16, 1))
    assert ArchitectureSpec.from_json(spec.to_json()) == spec
    sequences = hw.stimuli.delayed_match(n=12, delay=0)
    model = hw.GoalDrivenModel(spec, hw.goal.DelayedMatch(), seed=3)
    model.build(model.goal.units(sequences))
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    np.testing.assert_allclose(again.record(sequences)["V1"], model.record(sequences)["V1"], rtol=1e-5)
    np.testing.assert_allclose(again.network(sequences.images), model.network(sequences.images), rtol=1e-5)


def test_the_same_seed_gives_the_same_states_and_another_one_others() -> None:
    spec = recurrent_hcnn(areas=("V1",), n_kernels=(4,), input_shape=(8, 8, 1))
    first, second, other = (spec.build(seed=seed).get_layer("V1.recur").get_weights() for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
    assert not np.array_equal(first[0], other[0])
    assert not np.array_equal(first[0][..., :4], first[2])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: recur("lstm"), "`kind` of recur is not known; accepted are gated, plain; received 'lstm'"),
        (lambda: recur("plain", 2), "`size` of recur has no middle; an odd number is accepted; received 2"),
        (lambda: recurrent_hcnn("sometimes"), "`kind` of recur is not known"),
    ],
)
def test_a_recurrence_that_cannot_be_is_refused(make: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()
