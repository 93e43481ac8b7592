import threading

import pytest

from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.training.curves import Curves
from hcnn_widgets.widgets.training.state_line import state_line
from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor


@pytest.fixture
def monitor(page, run, clock, ticker):
    return TrainingMonitor(run, clock=clock, ticker=ticker)


def test_pausing_sets_only_a_flag_and_is_said_at_once(page, monitor, run):
    page.click(monitor._pause)
    assert run.asked == ["pause"]
    assert monitor._state.value.startswith("Pausing…: step 0 of 1,200")
    assert monitor._pause.description == "Resume"


def test_the_same_button_resumes(page, monitor, run, ticker):
    page.click(monitor._pause)
    run.state = "paused"
    ticker.round()
    page.click(monitor._pause)
    assert run.asked == ["pause", "resume"]
    assert monitor._pause.description == "Pause"


def test_step_and_stop_reach_the_run(page, monitor, run):
    page.click(monitor._step)
    page.click(monitor._stop)
    assert run.asked == ["step", "stop"]
    assert monitor._state.value.startswith("Stopping…")


def test_the_line_of_words_says_step_epoch_and_time_left(monitor, run, ticker):
    run.train(340)
    ticker.round()
    ticker.round()
    assert monitor._state.value == "Training: step 340 of 1,200, epoch 2.3 of 8, 74 s left"
    assert monitor._progress.value == pytest.approx(340 / 1200)


def test_a_page_whose_kernel_has_gone_can_say_how_far_training_was(monitor, run, ticker):
    run.train(340)
    ticker.round()
    ticker.round()
    assert monitor._state.lost == "Lost at step 340 of 1,200: run the cell again."
    run.state = "finished"
    monitor.refresh()
    assert monitor._state.lost == ""


def test_a_hidden_monitor_sends_no_words(page, monitor, run, ticker):
    page.say(monitor.panel, kind="visible", visible=False)
    ticker.round()
    n = len(page.messages)
    for _ in range(5):
        run.train(10)
        ticker.round()
    assert len(page.messages) == n


def test_a_line_on_screen_goes_on_once_a_second_while_its_curves_are_off_it(page, monitor, run, ticker, clock):
    page.say(monitor.panel, kind="visible", visible=False, page="mine")
    page.say(monitor._state, kind="visible", visible=True, page="mine")
    ticker.round()
    frames, before = len(page.frames(monitor.panel)), len(page.updates(monitor._state))
    for _ in range(12):  # three seconds of four rounds
        run.train(10)
        clock.now += 0.25
        ticker.round()
    told = [update["value"] for update in page.updates(monitor._state)[before:]]
    assert [words.split(",")[0] for words in told] == [f"Training: step {step} of 1" for step in (40, 80, 120)]
    assert len(page.frames(monitor.panel)) == frames
    page.say(monitor._state, kind="visible", visible=False, page="mine")
    ticker.round()
    n = len(page.messages)
    run.train(10)
    clock.now += 2
    ticker.round()
    assert len(page.messages) == n


def test_nothing_is_sent_while_nothing_changes(page, monitor, ticker):
    ticker.round()
    n = len(page.messages)
    for _ in range(5):
        ticker.round()
    assert len(page.messages) == n


def test_the_learning_rate_acts_while_training_goes_on(page, monitor, run):
    page.change(monitor._rate, value=0.01)
    assert run.asked == ["rate 0.01"]


@pytest.mark.parametrize("rate", [-1.0, 0.0, float("inf")])
def test_a_learning_rate_of_nonsense_is_refused_in_words_and_the_old_one_stays(page, monitor, run, rate):
    page.change(monitor._rate, value=rate)
    assert monitor.panel.message.startswith("The learning rate must be a number above 0; received")
    assert run.asked == []
    assert monitor._rate.value == run.learning_rate == 1e-3
    page.change(monitor._rate, value=0.5)
    assert monitor.panel.message == ""


def test_a_learning_rate_changed_in_code_shows_in_the_field(monitor, run, ticker):
    run.learning_rate = 0.25
    ticker.round()
    assert monitor._rate.value == 0.25
    assert run.asked == ["rate 0.25"]


def test_a_failed_run_shows_its_message_in_the_panel(monitor, run, ticker):
    run.train(12)
    run.state, run.state_message = "failed", "Training failed: ResourceExhaustedError: out of memory."
    ticker.round()
    ticker.round()
    assert monitor.panel.message == "Training failed: ResourceExhaustedError: out of memory."
    assert monitor._state.value.startswith("Failed: step 12 of 1,200")
    assert monitor._progress.bar_style == "danger"


def test_controls_that_can_do_nothing_are_disabled(monitor, run, ticker):
    buttons = (monitor._pause, monitor._step, monitor._stop, monitor._rate)
    assert not any(button.disabled for button in buttons)
    run.state = "finished"
    ticker.round()
    ticker.round()
    assert all(button.disabled for button in buttons)


def test_a_finished_run_leaves_nothing_to_be_looked_after(page, monitor, run, ticker):
    run.train(1200)
    run.state = "finished"
    for _ in range(3):
        page.say(monitor.panel, kind="ack", sequence=monitor.panel.sequence)
        ticker.round()
    assert monitor.over
    assert not ticker.looks_after(monitor)
    assert monitor._state.value == "Finished: step 1,200 of 1,200, epoch 8.0 of 8, 26 s of training"


def test_an_error_in_a_handler_shows_in_the_panel(page, monitor, run, monkeypatch):
    def broken():
        raise RuntimeError("The training thread is gone.")

    monkeypatch.setattr(run, "stop", broken)
    page.click(monitor._stop)
    assert monitor.panel.message == "The training thread is gone."


def test_without_a_run_the_controls_are_disabled_and_say_so(page, clock, ticker):
    monitor = TrainingMonitor(clock=clock, ticker=ticker)
    assert monitor._pause.disabled
    assert monitor._state.value == "No training to show yet."
    page.click(monitor._stop)
    assert monitor.panel.message == "No training to show yet."


def test_handlers_are_right_on_any_thread(page, monitor, run, ticker):
    def press():
        for _ in range(50):
            page.click(monitor._pause)

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(50):
        ticker.round()
    for thread in threads:
        thread.join()
    monitor.refresh()
    assert len(run.asked) == 150
    assert monitor._pause.description == ("Resume" if run.state == "pausing" else "Pause")
    assert monitor.panel.message == "Waiting for the first step…"


def test_every_control_has_words_for_those_who_do_not_see_it(monitor):
    for control in (*monitor.children[0].children, monitor._progress):
        assert getattr(control, "tooltip", None)
        assert control.tabbable is not False


def test_nothing_of_the_data_is_ever_taken_for_html(monitor):
    import ipywidgets

    assert not any(isinstance(child, ipywidgets.HTML) for child in monitor.children)
    assert monitor._rate.description_allow_html is False


def test_the_code_is_the_keras_that_trains_the_same_and_can_be_copied(page, monitor):
    page.change(monitor._code_button, value=True)
    text = monitor._code_text.value
    assert monitor._code_text.layout.display == ""
    compile(text, "code", "exec")
    assert "CosineDecay(0.001, decay_steps=1200)" in text
    assert "batch_size=32, epochs=8" in text
    page.change(monitor._code_button, value=False)
    assert monitor._code_text.layout.display == "none"


def test_closing_the_monitor_leaves_the_run_alone(monitor, run, ticker):
    monitor.close()
    assert run.asked == []
    assert not ticker.looks_after(monitor)
    assert not ticker.looks_after(monitor.panel)


def test_a_state_without_epochs_is_said_without_them(run):
    run.steps_per_epoch = 0
    assert state_line(run) == "Training: step 0 of 1,200, 74 s left"


def test_the_code_goes_away_again_when_it_is_folded(page, monitor):
    page.change(monitor._code_button, value=True)
    assert monitor._code_text.layout.display == ""
    page.change(monitor._code_button, value=False)
    assert (monitor._code_text.value, monitor._code_text.layout.display) == ("", "none")


def test_code_that_cannot_be_given_is_said_in_the_panel(page, monitor, run):
    del run.n_steps
    run.model.rule.schedule = "cosine"
    page.change(monitor._code_button, value=True)
    assert "n_steps" in monitor.panel.message


def test_a_box_of_controls_must_say_what_its_code_is(page, ticker, clock):
    with pytest.raises(NotImplementedError):
        PanelBox(Curves(ticker=ticker, clock=clock)).code  # noqa: B018


def test_the_repr_says_the_state(monitor):
    assert repr(monitor).startswith("<TrainingMonitor: Training: step 0 of 1,200")
