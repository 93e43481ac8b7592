"""What model.fit does is a run: its curves, its end, its buttons, whatever it trains."""

import logging

import numpy as np
import pytest
from watched_networks import Calls, OwnStep, X, Y, compiled, fit, layers, network

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.fits import fit_training
from hcnn_widgets.learning.training_run import TrainingRun, quantities_of


@pytest.fixture
def at_every_step(monkeypatch):
    """Have the metrics read at every step."""
    monkeypatch.setattr(fit_training, "READ_S", 0.0)


def per_batch(means):
    """Return the value of each batch from Keras's means since the beginning of an epoch of equal batches."""
    sums = [n * mean for n, mean in enumerate(means, start=1)]
    return np.diff([0.0, *sums])


def test_a_watched_fit_is_a_run_that_waits_trains_and_finishes():
    model = compiled()
    watcher = hw.watch(model)
    run = watcher.run
    assert isinstance(run, TrainingRun)
    assert (run.state, run.alive, run.steps_done) == ("waiting", True, 0)
    assert "waiting" in repr(watcher)
    states = []
    fit(model, watcher, Calls(lambda *_: states.append((run.state, run.alive))))
    assert states == [("starting", True)] + 7 * [("training", True)]
    assert (run.state, run.alive, run.steps_done, run.n_steps, run.epoch) == ("finished", False, 8, 8, 2.0)
    assert (run.time_left_s, run.elapsed_s > 0) == (0.0, True)


def test_the_curves_are_those_of_each_batch_though_keras_tells_means_of_the_epoch(at_every_step):
    model, told = compiled(), []
    watcher = hw.watch(model, share=1.0)
    before = model.evaluate(X[:6], Y[:6], verbose=0)[0]
    history = fit(model, watcher, Calls(lambda _, logs: told.append(dict(logs))), validation_data=(X, Y)).history
    run = watcher.run
    assert run.history.names == ("loss", "accuracy", "validation loss", "validation accuracy")
    for name in ("loss", "accuracy"):
        curve, means = run.history.series(name), [logs[name] for logs in told]
        np.testing.assert_array_equal(curve.step, np.arange(1, 9))
        np.testing.assert_allclose(curve.mean, [*per_batch(means[:4]), *per_batch(means[4:])], atol=2e-6)
        np.testing.assert_allclose(run.history.series(f"validation {name}").mean, history[f"val_{name}"])
    assert run.history.series("loss").mean[0] == pytest.approx(before, rel=1e-5)
    (accuracy,) = quantities_of(run)
    assert (accuracy.name, accuracy.lowest, accuracy.highest, accuracy.in_words(0.5)) == ("accuracy", 0, 1, "50.0 %")


@pytest.mark.parametrize("options", [{"jit_compile": True}, {"steps_per_execution": 3}], ids=["XLA", "3 steps a call"])
def test_compiled_steps_are_watched_too(options, at_every_step):
    model = compiled(run_eagerly=False, **options)
    watcher = hw.watch(model, share=1.0)
    history = fit(model, watcher, epochs=1).history
    assert watcher.run.steps_done == watcher.run.n_steps == 4
    curve = watcher.run.history.series("loss")
    # The curve's points are means over the steps up to each: weighted with these they are the epoch's mean.
    assert np.average(curve.mean, weights=np.diff([0, *curve.step])) == pytest.approx(history["loss"][0], rel=1e-5)


def test_a_train_step_of_ones_own_is_told_as_it_returns_its_logs(at_every_step):
    tiny = network()
    model, told = compiled(OwnStep(tiny.input, tiny.output), metrics=None), []
    watcher = hw.watch(model, share=1.0)
    fit(model, watcher, Calls(lambda _, logs: told.append(float(logs["loss"]))))
    np.testing.assert_allclose(watcher.run.history.series("loss").mean, told, rtol=1e-6)


def test_every_output_has_its_curves_and_other_metrics_say_that_they_are_of_the_epoch(at_every_step):
    image = keras.Input((8, 8, 1))
    maps = layers.Flatten()(layers.Conv2D(2, 3, name="conv")(image))
    model = keras.Model(image, {"kind": layers.Dense(3, name="kind")(maps), "size": layers.Dense(1, name="size")(maps)})
    model.compile(
        "sgd",
        {"kind": keras.losses.SparseCategoricalCrossentropy(from_logits=True), "size": "mse"},
        metrics={"kind": ["accuracy"], "size": [keras.metrics.RootMeanSquaredError(name="rmse")]},
        run_eagerly=True,
    )
    watcher, told = hw.watch(model, share=1.0), []
    fit(model, watcher, Calls(lambda _, logs: told.append(dict(logs))), y={"kind": Y, "size": Y / 3}, epochs=1)
    run = watcher.run
    assert set(run.history.names) == set(told[0]) == {"loss", "kind_loss", "size_loss", "kind_accuracy", "size_rmse"}
    units = {quantity.name: quantity.unit for quantity in quantities_of(run)}
    assert units == {"kind_accuracy": "fraction correct", "size_rmse": "over the epoch so far"}
    np.testing.assert_allclose(run.history.series("size_rmse").mean, [logs["size_rmse"] for logs in told], rtol=1e-6)
    means = [logs["kind_accuracy"] for logs in told]
    np.testing.assert_allclose(run.history.series("kind_accuracy").mean, per_batch(means), atol=2e-6)


@pytest.mark.filterwarnings("ignore:Your input ran out of data:UserWarning")  # Keras's, whenever it did not know
def test_steps_that_keras_does_not_know_are_known_after_an_epoch():
    model, planned = compiled(), []
    watcher = hw.watch(model)

    import tensorflow as tf

    data = tf.data.Dataset.from_tensor_slices((X[:18], Y[:18])).batch(6).filter(lambda *_: True)
    assert data.cardinality() == tf.data.UNKNOWN_CARDINALITY
    count = Calls(lambda *_: planned.append((watcher.run.n_steps, watcher.run.steps_per_epoch)))
    model.fit(data, epochs=3, shuffle=False, verbose=0, callbacks=[watcher, count])
    assert planned == 3 * [(0, 0)] + 6 * [(9, 3)]
    assert (watcher.run.state, watcher.run.n_steps) == ("finished", 9)


def test_a_fit_is_heard_of_when_it_begins_and_when_it_ends(caplog):
    caplog.set_level(logging.INFO, "hcnn_widgets")
    model = compiled()
    watcher = hw.watch(model)
    fit(model, watcher, epochs=1)
    first, last = [record.getMessage() for record in caplog.records if record.name == "hcnn_widgets.learning"]
    assert first.startswith(f"{watcher.run.title} begins")
    assert last == f"{watcher.run.title} finished after 4 of 4 steps"
