"""Weights that one run works on are no other's: not by a second model, another head, or a second thread."""

import threading
from typing import Any

import pytest

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras

layers = keras.layers


def digits() -> hw.StimulusSet:
    return hw.stimuli.SETS["digits"](n=200)


def _entered(network: Any, name: str) -> hw.GoalDrivenModel:
    return hw.GoalDrivenModel.from_keras(
        network, {"V1": "V1"}, hw.goal.Categorization(), categories=range(10), name=name
    )


def _network() -> Any:
    image = keras.Input((8, 8, 1))
    trunk = layers.Flatten(name="trunk")(layers.Conv2D(4, 3, name="V1")(image))
    return keras.Model(image, layers.Dense(10)(trunk))


def _another_head(network: Any) -> Any:
    return keras.Model(network.input, layers.Dense(10)(network.get_layer("trunk").output))


@pytest.mark.parametrize("other", [lambda network: network, _another_head], ids=["same network", "same trunk"])
def test_a_second_model_on_the_same_weights_waits_for_the_first(other: Any) -> None:
    network = _network()
    first, second = _entered(network, "first"), _entered(other(network), "second")
    run = first.train(digits(), validation=None, epochs=1e6)
    try:
        with pytest.raises(RuntimeError, match=r"`second` has weights that are being trained already\..*`first` is"):
            second.train(digits(), validation=None)
    finally:
        run.stop()
        assert run.join(60)
    assert second.train(digits(), validation=None, epochs=1).join(60)


def test_networks_without_weights_in_common_train_side_by_side() -> None:
    runs = [_entered(_network(), name).train(digits(), validation=None, epochs=1e6) for name in "ab"]
    assert [run.alive for run in runs] == [True, True]
    for run in runs:
        run.stop()
    assert all(run.join(60) for run in runs)


def test_of_threads_that_start_a_training_at_once_one_does() -> None:
    model = _entered(_network(), "asked for at once")
    runs: list[Any] = []
    refused: list[RuntimeError] = []
    together = threading.Barrier(4)

    def start() -> None:
        together.wait()
        try:
            runs.append(model.train(digits(), validation=None, epochs=1e6))
        except RuntimeError as error:
            refused.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(runs), len(refused)) == (1, 3)
    runs[0].stop()
    assert runs[0].join(60)
