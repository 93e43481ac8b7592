"""Panels of what Keras trains: given a watcher, a Keras model or a run, they follow a fit, and a second one."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.busy_kernel import training_begins, training_ends
from hcnn_widgets.widgets.panel.ticker import Ticker
from hcnn_widgets.widgets.training.state_line import lost_line, state_line

layers = keras.layers
X = np.random.default_rng(0).random((12, 8, 8, 1)).astype(np.float32)
Y = np.arange(12) % 3


def model(*stack):
    stack = stack or (layers.Conv2D(2, 3, name="conv"), layers.Flatten(), layers.Dense(3))
    network = keras.Sequential([keras.Input((8, 8, 1)), *stack], name="tiny")
    network.compile("sgd", "sparse_categorical_crossentropy", run_eagerly=True)
    return network


def fit(network, watcher, **options):
    network.fit(X, Y, **{"batch_size": 6, "epochs": 1, "verbose": 0, "callbacks": [watcher]} | options)


@pytest.fixture
def ticker():
    """A ticker that goes round when it is told to."""
    made = Ticker()
    made._go_round = lambda: None
    return made


@pytest.mark.parametrize("given", ["run", "watcher", "model"])
def test_a_monitor_takes_the_run_the_watcher_or_the_watched_model(given, ticker):
    network = model()
    watcher = hw.watch(network)
    monitor = hw.widgets.TrainingMonitor(
        {"run": watcher.run, "watcher": watcher, "model": network}[given], ticker=ticker
    )
    assert monitor._state.value == "Waiting for model.fit(..., callbacks=[watcher])"
    assert monitor._pause.disabled
    assert monitor._stop.disabled
    fit(network, watcher)
    ticker.round()
    assert monitor._state.value.startswith("Finished: step 2 of 2, epoch 1.0 of 1")
    assert "hw.watch(model)" in monitor.code
    assert "training loss" in monitor.sentence()
    monitor.close()


def test_a_monitor_follows_a_second_fit(ticker):
    network = model()
    watcher = hw.watch(network)
    monitor = hw.widgets.TrainingMonitor(watcher.run, ticker=ticker)
    fit(network, watcher)
    ticker.round()
    assert monitor.over
    fit(network, watcher)
    ticker.round()
    assert monitor._state.value.startswith("Finished: step 4 of 4")
    monitor.close()


def test_a_grid_of_kernels_follows_the_fits_of_a_watched_model(ticker):
    network = model()
    watcher = hw.watch(network)
    grids = [hw.widgets.KernelGrid(source, ticker=ticker) for source in (watcher, network, watcher.run)]
    for n_steps in (2, 4):
        fit(network, watcher)
        ticker.round()
        ticker.round()
        for grid in grids:
            assert (grid.area, grid.panel.header["step"]) == ("conv", n_steps)
            np.testing.assert_array_equal(grid.panel._weights[2][..., 0], kernels_of(network))
    for grid in grids:
        grid.close()


def kernels_of(network):
    return network.get_layer("conv").kernel.numpy()[..., 0, :].transpose(2, 0, 1)


def test_a_grid_of_a_keras_model_that_nobody_watches_shows_it_as_it_is():
    network = model()
    grid = hw.widgets.KernelGrid(network)
    assert grid.area == "conv"
    grid.panel.select(1)
    np.testing.assert_array_equal(grid.panel.kernel[..., 0], kernels_of(network)[1])
    assert "conv" in grid.code
    grid.close()


def test_a_grid_of_a_model_without_areas_says_why(ticker):
    network = model(layers.Flatten(), layers.Dense(3, name="hidden"))
    grid = hw.widgets.KernelGrid(hw.watch(network), ticker=ticker)
    assert grid.panel.wrong
    assert 'areas={"area 1": "hidden"}' in grid.panel.message
    grid.close()


def test_a_monitor_of_a_model_that_nobody_watches_is_refused_with_the_line_to_write():
    with pytest.raises(ValueError, match=r"Accepted is watcher = hw\.watch\(tiny\).*; received Sequential 'tiny'\."):
        hw.widgets.TrainingMonitor(model())
    untrained = hw.GoalDrivenModel(hw.architecture.hcnn(input_shape=(16, 16, 1)))
    with pytest.raises(ValueError, match=r"is a model without a training\. .*; received 'hcnn'\."):
        hw.widgets.TrainingMonitor(untrained)
    with pytest.raises(TypeError, match=r"`run` is no training\. .*hw\.watch\(keras_model\)\.run.*; received str\."):
        hw.widgets.TrainingMonitor("run")


def test_a_fit_that_holds_the_kernel_has_its_buttons_off_and_says_how_to_stop_it(monkeypatch, ticker):
    monkeypatch.setattr("hcnn_widgets.learning.busy_kernel.GRACE_S", 0.0)
    network, seen = model(), []
    watcher = hw.watch(network)
    monitor = hw.widgets.TrainingMonitor(watcher.run, ticker=ticker)

    class Looks(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            monitor.tick()
            seen.append((monitor._stop.disabled, monitor._rate.disabled, monitor._state.value))

    fit(network, watcher, callbacks=[watcher, Looks()])
    for stop_off, rate_off, words in seen:
        assert stop_off
        assert rate_off
        assert words.endswith("while model.fit holds the kernel; to stop it, interrupt the kernel")
    monitor.refresh()
    assert "holds the kernel" not in monitor._state.value
    monitor.close()


def test_frames_go_out_every_second_while_nobody_can_answer():
    from hcnn_widgets.widgets.panel.back_pressure import FrameGate

    now = [0.0]
    gate = FrameGate(clock=lambda: now[0])
    times = []
    training_begins()
    try:
        for now[0] in np.arange(0, 10, 0.25):
            if gate.ready():
                gate.sent(len(times))
                times.append(now[0])
    finally:
        training_ends()
    assert times == list(range(10))


def test_a_fit_of_unknown_length_is_told_without_one():
    network = model()
    watcher = hw.watch(network)
    training, lines = watcher.run.training, []

    class Looks(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            training.n_steps = training.steps_per_epoch = 0
            lines.append((state_line(watcher.run), lost_line(watcher.run)))

    fit(network, watcher, callbacks=[watcher, Looks()])
    assert lines[-1] == ("Training: step 1", "Lost at step 1: run the cell again.")
