"""What model.fit does is a run: its curves, its end, its buttons, whatever it trains."""

import threading

import numpy as np
import pytest
from stand_ins import until
from watched_networks import Calls, Encoding, OwnStep, X, Y, compiled, fit, layers, network

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning import fit_guard, fit_training
from hcnn_widgets.learning.busy_kernel import kernel_is_deaf, nobody_answers, page_heard
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


def test_jobs_are_done_between_batches_on_the_thread_that_fits():
    model = compiled()
    watcher, where, futures = hw.watch(model, share=1.0), [], []

    def ask(n, _logs):
        if n == 2:
            asking = threading.Thread(target=lambda: futures.append(watcher.run.at_boundary(job)))
            asking.start()
            asking.join()
            assert not futures[0].done()

    def job():
        where.append(threading.current_thread())
        return watcher.run.steps_done

    fit(model, watcher, Calls(ask), epochs=1)
    assert (futures[0].result(0), where) == (2, [threading.current_thread()])


def test_the_network_can_be_looked_at_before_a_fit_and_after_it():
    model = compiled()
    watcher = hw.watch(model)
    watched, stimuli = watcher.run.model, hw.StimulusSet.from_arrays(X)
    first = watched.kernels("conv")
    np.testing.assert_array_equal(first[..., 0], model.get_layer("conv").kernel.numpy()[..., 0, :].transpose(2, 0, 1))
    fit(model, watcher)
    last = watched.kernels("conv")
    assert not np.allclose(first, last)
    conv = keras.Model(model.input, model.get_layer("conv").output)
    np.testing.assert_allclose(watched.record(stimuli)["conv"], conv(X).numpy().reshape(24, -1), atol=1e-6)
    np.testing.assert_array_equal(watched.untrained().kernels("conv"), first)


def test_stop_ends_the_fit_after_the_batch_under_way_also_while_it_measures_held_out_data():
    model = compiled()
    watcher = hw.watch(model)
    fit(model, watcher, Calls(lambda n, _: watcher.run.stop() if n == 2 else None), epochs=5)
    assert (watcher.run.state, watcher.run.state_message) == ("stopped", "Stopped before the end.")
    assert watcher.run.steps_done == 3

    class StopsThere(keras.callbacks.Callback):
        def on_test_batch_begin(self, batch, logs=None):
            watcher.run.stop()

    fit(model, StopsThere(), watcher, validation_data=(X, Y), epochs=5)
    assert (watcher.run.state, watcher.run.steps_done) == ("stopped", 7)


def test_pause_holds_the_fit_and_single_steps_are_taken_one_by_one():
    model = compiled()
    run = (watcher := hw.watch(model)).run
    seen = []

    def steer():
        assert until(lambda: run.state == "paused")
        seen.append(run.steps_done)
        run.step()
        assert until(lambda: run.steps_done > seen[0] and run.state == "paused")
        seen.append(run.steps_done)
        run.resume()

    steering = threading.Thread(target=steer)
    steering.start()
    fit(model, watcher, Calls(lambda n, _: run.pause() if n == 1 else None), epochs=1)
    steering.join()
    assert (seen, run.state, run.steps_done) == ([1, 2], "finished", 4)


def test_what_stops_the_fit_itself_is_said():
    model = compiled()
    watcher = hw.watch(model)
    fit(model, watcher, keras.callbacks.EarlyStopping("loss", min_delta=100, patience=0), epochs=9)
    assert watcher.run.state == "stopped"
    assert watcher.run.state_message == "Stopped before the end by a callback or by model.stop_training."


def test_a_second_fit_goes_on_in_the_same_run():
    model = compiled()
    run = (watcher := hw.watch(model)).run
    fit(model, watcher, epochs=1)
    states = []
    fit(model, watcher, Calls(lambda *_: states.append((run.state, run.n_steps))), epochs=4, initial_epoch=2)
    assert states == [("starting", 12)] + 7 * [("training", 12)]
    assert watcher.run is run
    assert (run.state, run.steps_done, run.epoch) == ("finished", 12, 3.0)
    fit(model, watcher, epochs=1, batch_size=24)
    assert (run.steps_done, run.steps_per_epoch, run.epoch) == (13, 0, 0.0)


def test_panels_are_told_of_a_second_fit_and_gone_ones_are_not():
    class Panel:
        n_told = 0

        def again(self):
            Panel.n_told += 1

    model = compiled()
    watcher = hw.watch(model)
    kept, gone = Panel(), Panel()
    for panel in (kept, gone):
        watcher.run.training.when_again(panel.again)
    del gone, panel
    fit(model, watcher, epochs=1)
    assert Panel.n_told == 0
    fit(model, watcher, epochs=1)
    assert Panel.n_told == 1


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (KeyboardInterrupt(), "interrupted", "model.fit was interrupted from the keyboard."),
        (ValueError("no such image"), "failed", "model.fit failed: ValueError: no such image"),
    ],
    ids=["interrupt", "error"],
)
def test_a_fit_that_is_left_by_an_error_has_ended(error, state, words, monkeypatch):
    monkeypatch.setattr(fit_guard, "LOOK_S", 0.01)
    model = compiled()
    run = (watcher := hw.watch(model)).run

    def fails(n, _logs):
        if n == 2:
            raise error

    try:
        fit(model, watcher, Calls(fails))
    except type(error):  # the error is still known while it is handled, as in a notebook that has just shown it
        until(lambda: not run.alive)
    assert (run.state, run.state_message, run.at_boundary(lambda: 7).result(0)) == (state, words, 7)
    assert not nobody_answers()
    fit(model, watcher, epochs=1)
    assert (run.state, run.steps_done) == ("finished", 5)


def test_a_fit_whose_error_nobody_knows_any_more_has_ended_all_the_same(monkeypatch):
    monkeypatch.setattr(fit_guard, "LOOK_S", 0.01)
    monkeypatch.setattr(fit_guard, "WORDS_S", 0.01)
    model = compiled()
    watcher = hw.watch(model)
    with pytest.raises(ZeroDivisionError):
        fit(model, watcher, Calls(lambda *_: 1 // 0))
    assert until(lambda: not watcher.run.alive)
    assert watcher.run.state_message == "model.fit ended before its time, by an exception or an interrupt."


def test_a_fit_on_the_heels_of_a_failed_one_is_not_mistaken_for_it():
    model = compiled()
    watcher = hw.watch(model)
    with pytest.raises(ZeroDivisionError):
        fit(model, watcher, Calls(lambda *_: 1 // 0))
    fit(model, watcher, epochs=1)
    assert (watcher.run.state, watcher.run.steps_done) == ("finished", 4)


def test_a_loss_that_is_no_number_is_said_and_not_drawn(at_every_step):
    model = compiled()
    watcher = hw.watch(model, share=1.0)
    fit(model, watcher, Calls(lambda n, _: model.layers[-1].bias.assign([np.nan] * 3) if n == 2 else None), epochs=1)
    assert watcher.run.training.note == "The loss is no finite number since step 3."
    assert len(watcher.run.history.series("loss")) == 2


def test_the_learning_rate_is_read_and_set_and_a_schedule_refuses():
    model = compiled(optimizer=keras.optimizers.SGD(0.1))
    watcher = hw.watch(model)
    assert watcher.run.learning_rate == 0.1
    watcher.run.learning_rate = 0.2
    fit(model, watcher, epochs=1)
    assert float(model.optimizer.learning_rate.numpy()) == pytest.approx(0.2)
    model.compile(keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.5)), "mse")
    scheduled = hw.watch(model).run
    with pytest.raises(ValueError, match=r"follows a schedule .*is accepted; received 0\.3\."):
        scheduled.learning_rate = 0.3
    assert scheduled.learning_rate == pytest.approx(0.1)


def test_a_fit_on_the_main_thread_leaves_buttons_without_effect_until_a_page_is_heard(monkeypatch):
    monkeypatch.setattr("hcnn_widgets.learning.busy_kernel.GRACE_S", 0.0)
    model, seen = compiled(), []
    watcher = hw.watch(model)

    def look(n, _logs):
        if n == 3:
            page_heard()
        seen.append((nobody_answers(), kernel_is_deaf()))

    fit(model, watcher, Calls(look), epochs=1)
    assert seen == [(True, True), (True, True), (False, False), (False, False)]
    assert not nobody_answers()
    elsewhere = threading.Thread(target=lambda: fit(model, watcher, Calls(lambda *_: seen.append(nobody_answers()))))
    elsewhere.start()
    elsewhere.join()
    assert not any(seen[4:])
    assert len(seen) == 12


def test_reading_takes_no_more_than_its_share_of_the_training():
    model = compiled()
    run = (watcher := hw.watch(model, share=0.01)).run
    done = []

    def busy():
        threading.Event().wait(0.05)
        done.append(run.steps_done)

    def ask(*_):
        asking = threading.Thread(target=lambda: run.at_boundary(busy))
        asking.start()
        asking.join()

    fit(model, watcher, Calls(ask), epochs=1)
    # The second of these jobs is only due after 5 s of training; those that are left are done at the end.
    assert done == [1, 4, 4, 4]


def test_a_model_without_a_graph_has_curves_and_says_what_else_to_write():
    model = compiled(Encoding())
    watcher = hw.watch(model)
    fit(model, watcher, epochs=1)
    assert watcher.run.state == "finished"
    assert watcher.run.model.areas == ()
    with pytest.raises(ValueError, match=r"network=\.\.\.\); received Encoding; inside of it there is tiny\."):
        watcher.run.model.recorder(hw.StimulusSet.from_arrays(X))
    part = hw.watch(model, network=model.encoder)
    fit(model, part, epochs=1)
    assert (part.run.model.areas, part.run.state) == (("conv",), "finished")


def test_a_network_without_maps_has_curves():
    model = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(3, name="dense")], name="flat")
    watcher = hw.watch(compiled(model))
    fit(model, watcher, epochs=1)
    assert (watcher.run.model.areas, watcher.run.history.names) == ((), ("loss", "accuracy"))
    with pytest.raises(ValueError, match=r'areas=\{"area 1": "dense"\}; received none'):
        watcher.run.model.record(None)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: hw.watch("model"), TypeError, "`model` must be a Keras model, which has `fit`; received str."),
        (
            lambda: hw.watch(keras.Sequential([layers.Conv2D(2, 3)], name="early")),
            ValueError,
            r"`model` has no weights yet\. .*early\.build\(\(None, height, width, n_channels\)\).*'early'\.",
        ),
        (lambda: hw.watch(network(), share=0), ValueError, "`share` must be a number above 0 .*; received 0."),
        (lambda: hw.watch(network(), areas={"V1": "cnov"}), ValueError, "close to it are conv.*received 'cnov'"),
    ],
    ids=["no model", "not built", "share", "area"],
)
def test_what_cannot_be_watched_is_refused_in_three_parts(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_watcher_of_another_model_is_refused():
    model = compiled()
    with pytest.raises(ValueError, match=r"Accepted is hw\.watch\(tiny\).*; received one of other\."):
        fit(model, hw.watch(keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(1, 3)], name="other")))


def test_a_new_watcher_ends_the_wait_of_the_one_before():
    model = compiled()
    before = hw.watch(model).run
    after = hw.watch(model).run
    assert (before.alive, after.alive) == (False, True)
