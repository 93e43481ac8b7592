"""A fit under way is steered, stopped, left by errors and begun again; buttons are off while nobody can hear them."""

import threading

import numpy as np
import pytest
from stand_ins import until
from watched_networks import Calls, X, Y, compiled, fit

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.busy_kernel import kernel_is_deaf, nobody_answers, page_heard
from hcnn_widgets.learning.fits import fit_guard


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
        try:
            assert until(lambda: run.state == "paused", 60)
            seen.append(run.steps_done)
            run.step()
            assert until(lambda: run.steps_done > seen[0] and run.state == "paused", 60)
            seen.append(run.steps_done)
        finally:
            run.resume()  # also where it failed: the fit waits on this very thread of the tests

    steering = threading.Thread(target=steer)

    def pause(n, _):
        if n == 1:
            run.pause()
            steering.start()

    fit(model, watcher, Calls(pause), epochs=1)
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


def test_a_panel_that_asks_anew_when_it_is_told_is_told_once_a_fit():
    class Panel:
        n_told = 0

        def again(self):
            self.n_told += 1
            if self.n_told < 9:  # without an end the fit would never begin
                watcher.run.training.when_again(self.again)

    model = compiled()
    watcher, panel = hw.watch(model), Panel()
    watcher.run.training.when_again(panel.again)
    for n_fits in range(3):
        fit(model, watcher, epochs=1)
        assert panel.n_told == n_fits


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


def test_a_loss_that_is_no_number_is_said_and_not_drawn(monkeypatch):
    monkeypatch.setattr("hcnn_widgets.learning.fits.fit_training.READ_S", 0.0)
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


def test_weights_that_are_in_training_are_not_fitted_and_those_of_a_fit_are_not_trained():
    model = compiled()
    watcher, images = hw.watch(model), hw.StimulusSet.from_arrays(X, labels=Y)
    ours = hw.GoalDrivenModel.from_keras(model, goal=hw.goal.Categorization(dropout=0.0), categories=("0", "1", "2"))
    run = ours.train(images, validation=None, epochs=1e6)
    with pytest.raises(RuntimeError, match=r"`tiny` has weights that are being trained already\. .*Stop that run"):
        fit(model, watcher)
    run.stop()
    assert run.join(20)
    assert (watcher.run.state, watcher.run.steps_done) == ("waiting", 0)

    refused = []

    def train(*_):
        with pytest.raises(RuntimeError, match="has weights that are being trained already") as caught:
            ours.train(images, validation=None)
        refused.append(caught.value)

    fit(model, watcher, Calls(train), epochs=1)
    assert len(refused) == 4


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
