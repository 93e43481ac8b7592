"""Scores over delays and histories with one end, of small networks and of scores by hand."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.in_time import DelayScores


def model_of(recurrence: str | None, delay: int = 1) -> hw.GoalDrivenModel:
    spec = hw.architecture.recurrent_hcnn(
        recurrence, areas=("V1",), n_kernels=3, kernel_size=3, input_shape=(delay + 2, 8, 8, 1)
    )
    model = hw.GoalDrivenModel(spec, hw.goal.DelayedMatch())
    model.build(("different", "same"))
    return model


@pytest.fixture(scope="module")
def models() -> dict[str, hw.GoalDrivenModel]:
    return {"gated": model_of("gated"), "none": model_of(None)}


def test_accuracy_at_a_delay_is_that_of_the_network_unrolled_for_it(models: dict[str, Any]) -> None:
    digits = hw.stimuli.digits(200)
    scores = hw.in_time.accuracy_over_delays(models, digits, delays=(1, 3), n=50, seed=2)
    assert scores.trained_delay == 1
    pairs = hw.stimuli.delayed_match(digits, n=50, delay=1, size=8, seed=2)
    for name, model in models.items():
        assert scores.accuracy(name, 1).value == pytest.approx(model.evaluate(pairs)["accuracy"], abs=1e-6)


def test_a_network_without_a_state_ends_alike_after_all_histories_and_one_with_a_state_does_not(
    models: dict[str, Any],
) -> None:
    found = hw.in_time.histories(models, hw.stimuli.digits(200), delay=2, n=5)
    frames = found.sequences.frames
    assert (frames[1:, 1:] == frames[0, 1:]).all()
    assert len({frame.tobytes() for frame in frames[:, 0]}) == 5
    assert found.sequences.labels.tolist() == ["same"] + 4 * ["different"]
    last = {name: states["V1"][-1] for name, states in found.states.items()}
    assert np.ptp(last["none"], axis=0).max() < 1e-6
    assert np.ptp(last["gated"], axis=0).max() > 1e-3
    order = found.units_by_memory("gated", "V1")
    assert last["gated"].std(axis=0)[order[0]] == last["gated"].std(axis=0).max()


def test_of_guessing_networks_the_difference_has_an_interval_that_holds_zero_as_often_as_it_says() -> None:
    rng, held = np.random.default_rng(0), 0
    for _ in range(200):
        right = {name: rng.random((1, 100)) < 0.5 for name in ("a", "b")}
        found = DelayScores(right, (2,)).difference("a", "b", 2)
        held += found.low <= 0 <= found.high
    assert 0.90 <= held / 200 <= 0.99


def test_the_difference_is_paired_sequence_by_sequence() -> None:
    right = np.arange(100) % 4 > 0
    alike = DelayScores({"a": right[None], "b": right[None]}, (2,)).difference("a", "b", 2)
    assert alike == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (
            lambda scores, model: scores.accuracy("a", 3),
            ValueError,
            "`delay` was not tested; accepted are 2; received 3",
        ),
        (lambda scores, model: scores.accuracy("c", 2), ValueError, "`network=.c.` is unknown"),
        (lambda scores, model: hw.in_time.accuracy_over_delays({}), TypeError, "`models` are no networks by name"),
        (
            lambda scores, model: hw.in_time.accuracy_over_delays({"hcnn": model}),
            ValueError,
            r"`models\['hcnn'\]` does not match over a delay. Accepted is .*; received",
        ),
    ],
)
def test_what_was_not_asked_or_cannot_be_is_refused(ask: Any, error: type[Exception], says: str) -> None:
    still = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(8, 8, 1)))
    with pytest.raises(error, match=says):
        ask(DelayScores({"a": np.ones((1, 4), bool)}, (2,)), still)
