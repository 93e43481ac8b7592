from types import SimpleNamespace

import pytest
from runs_by_hand import until
from stand_in_lab import Arriving, Images, finish, train

from hcnn_widgets.learning import training_run
from hcnn_widgets.widgets.lab import lab_work
from hcnn_widgets.widgets.lab.lab_menu import LabSetting


def test_train_makes_images_network_run_and_scores_as_chosen(page, lab, world):
    train(page, lab)
    assert world.asked[0] == "render 100"
    spec, goal, rule = world.asked[1]
    assert spec.input_shape == (16, 16, 1)
    assert (goal, rule) == ("goal", "rule")
    assert world.asked[2] == "train 100 images of 16 for 2"
    assert lab.run is world.runs[0]
    assert lab.recordings == ["V4", "IT"]
    assert all(score.run is lab.run for score in world.scores)


def test_the_four_panels_follow_the_run(page, lab, world, ticker):
    train(page, lab)
    lab.run.train(10)
    for _ in range(2):
        ticker.round()
        lab.run.do_jobs()
        page.say(lab.kernels.panel, kind="ack", sequence=lab.kernels.panel.sequence)
    ticker.round()
    assert lab.monitor.panel.header["charts"]
    assert lab.kernels.panel.header["area"] == "V1"
    assert lab.bars.panel.message == lab.brain.message == "scoring…"


def test_the_line_says_how_long_a_stage_has_taken_and_how_many_images_have_come(page, lab, world, monkeypatch):
    train(page, lab)
    work, clock = lab._work, SimpleNamespace(now=100.0)
    work.done.clear()
    monkeypatch.setattr(lab_work, "time", SimpleNamespace(monotonic=lambda: clock.now))
    work._enter("Building the network")
    clock.now = 103.0
    assert work.words == "Building the network… 3 s"
    work._images = Arriving(8000, 512)
    assert work.words == "Building the network… 3 s · Drawing the images: 512 of 8,000"
    work.done.set()
    assert work.words == "Drawing the images: 512 of 8,000"
    work._images.arriving = False
    assert work.words == ""


def test_training_begins_while_images_are_drawn_and_the_lab_says_so_until_they_are_there(page, lab, world, ticker):
    arriving = Arriving(100, 64)
    lab._menu.images["objects"] = lambda n: arriving
    train(page, lab)
    assert lab.stimuli is arriving
    ticker.round()
    assert lab._status.value.startswith("Drawing the images: 64 of 100")
    finish(page, lab, world, ticker)
    assert not lab.over
    arriving.arriving = False
    ticker.round()
    assert lab._status.value == ""
    assert lab.over


def test_a_lab_that_was_given_up_says_nothing_of_images_that_still_come(page, lab, world, ticker):
    lab._menu.images["objects"] = lambda n: Arriving(n, 64)
    train(page, lab)
    lab._work.give_up()
    assert lab._work.words == ""


def test_the_recordings_wait_for_the_first_step(page, lab, world, monkeypatch):
    monkeypatch.setattr(training_run, "PATIENCE_S", 60.0)
    page.click(lab._train)
    assert until(lambda: lab.run is not None)
    assert not lab._work.wait(0.1)
    assert lab.recordings == []
    lab.run.train(1)
    assert lab._work.wait(10)
    assert lab.recordings == ["V4", "IT"]


def test_the_recordings_do_not_wait_for_a_run_that_is_paused(page, lab, world, monkeypatch):
    monkeypatch.setattr(training_run, "PATIENCE_S", 60.0)
    page.click(lab._train)
    assert until(lambda: lab.run is not None)
    lab.run.state = "paused"
    assert lab._work.wait(10)
    assert lab.recordings == ["V4", "IT"]


def test_a_lab_that_is_closed_while_things_are_made_ready_trains_nothing(page, lab, world):
    world.may_render.clear()
    page.click(lab._train)
    assert world.rendering.wait(10)
    lab.close()
    world.may_render.set()
    assert lab._work.wait(10)
    assert world.runs == []


def test_the_handler_returns_while_images_are_being_rendered_and_says_so(page, lab, world, ticker):
    world.may_render.clear()
    page.click(lab._train)
    assert world.rendering.wait(10)
    ticker.round()
    assert lab._status.value.startswith("Making 100 images ready… 0 s")
    assert not lab._work.done.is_set()
    world.may_render.set()
    assert lab._work.wait(10)
    ticker.round()
    assert lab._status.value == ""


def test_a_second_press_while_things_are_made_ready_is_refused_in_words(page, lab, world):
    world.may_render.clear()
    page.click(lab._train)
    page.click(lab._train)
    assert lab.monitor.panel.message.startswith("One thing at a time")
    world.may_render.set()
    assert lab._work.wait(10)
    assert len(world.runs) == 1


def test_a_second_training_stops_the_first_and_uses_its_images_again(page, lab, world):
    train(page, lab)
    train(page, lab)
    assert world.runs[0].asked == ["stop"]
    assert lab.run is world.runs[1]
    assert world.asked.count("render 100") == 1
    assert world.scores[0].closed


def test_images_too_small_for_the_architecture_are_enlarged(page, lab, world, monkeypatch):
    monkeypatch.setattr(world, "render", lambda n: Images(n, (8, 8, 1)))
    lab._menu.images["objects"] = world.render
    train(page, lab)
    assert world.asked[-1] == "train 100 images of 64 for 2"


def test_what_goes_wrong_is_said_in_the_panel(page, lab, world):
    lab.choices.setting = LabSetting("hcnn", "categorization", "backpropagation", "broken", "none", 100)
    train(page, lab)
    assert lab.monitor.panel.message == "There is no network: cifar10 cannot be downloaded."
    assert lab.run is None


def test_start_over_pauses_clears_and_can_be_undone(page, lab, world):
    train(page, lab)
    run, setting = lab.run, lab.choices.setting
    page.click(lab._start_over)
    assert run.asked == ["pause"]
    assert lab.run is None
    assert lab.monitor._state.value == "Press Train to begin, or Undo."
    assert lab.choices.setting == world.menu.first
    assert lab._start_over.description == "Undo"
    page.click(lab._start_over)
    assert lab.run is run
    assert lab.choices.setting == setting
    assert lab.recordings == ["V4", "IT"]
    assert lab._start_over.description == "Start over"


def test_training_anew_after_starting_over_ends_the_former_training(page, lab, world):
    train(page, lab)
    page.click(lab._start_over)
    train(page, lab)
    assert world.runs[0].asked == ["pause", "stop"]
    assert lab._start_over.description == "Start over"


def test_starting_over_while_images_are_rendered_lets_nothing_through(page, lab, world):
    world.may_render.clear()
    page.click(lab._train)
    work = lab._work
    page.click(lab._start_over)
    world.may_render.set()
    assert work.wait(10)
    assert lab.run is None
    assert world.runs == []


def test_the_lab_is_looked_after_until_there_is_nothing_newer(page, lab, world, ticker):
    train(page, lab)
    ticker.round()
    assert not lab.over
    finish(page, lab, world, ticker)
    assert lab.over
    assert not ticker.looks_after(lab)


def test_the_picture_of_the_lab_shows_its_panels(page, lab, world, ticker):
    assert lab.picture() == b""
    train(page, lab)
    lab.run.train(10)
    ticker.round()
    assert lab.picture().startswith(b"\x89PNG")
    assert "Training curves up to step 10" in lab.sentence()


def test_every_choice_has_a_description_and_a_tooltip(lab):
    for field in lab.choices.children:
        assert field.description
        assert field.tooltip


def test_closing_the_lab_leaves_nothing_with_the_ticker(page, lab, world, ticker):
    train(page, lab)
    lab.close()
    ticker.round()
    assert len(ticker._panels) == 0
    assert lab.run.asked == []


def test_before_a_training_there_is_one_invitation_and_each_panel_says_what_there_will_be(page, lab, world, ticker):
    panels = [lab.strip, lab.trace.panel, lab.bars.panel, lab.monitor.panel, lab.kernels.panel, lab.network.panel]
    to_come = [panel.message for panel in panels]
    assert len(set(to_come)) == len(panels)
    assert not any("yet" in words or "Train" in words for words in to_come)
    assert lab.brain.message == ""
    assert lab.monitor._state.value == "Press Train to begin."
    train(page, lab)
    page.click(lab._start_over)
    ticker.round()
    assert [panel.message for panel in panels] == to_come


def test_starting_over_before_anything_was_trained_changes_nothing_that_cannot_be_undone(page, lab):
    setting = lab.choices.setting
    page.click(lab._start_over)
    page.click(lab._start_over)
    assert lab.choices.setting == setting
    assert lab.run is None


def test_a_training_that_began_just_as_it_was_given_up_is_stopped(page, lab, world, monkeypatch):
    train_of_the_world = world.train

    def train_and_give_up(images, epochs):
        run = train_of_the_world(images, epochs)
        lab._work.give_up()
        return run

    monkeypatch.setattr(world, "train", train_and_give_up)
    train(page, lab)
    assert world.runs[0].asked == ["stop"]
    assert lab.run is None


def test_what_a_former_choice_brings_late_is_not_taken_up(page, lab, world):
    train(page, lab)
    former, run = lab._work, lab.run
    train(page, lab)
    late = world.make_run(world.model)
    lab._on_run(former, late, Images(3))
    lab._on_recordings(former, ["late"])
    lab._on_error(former, OSError("late"))
    assert late.asked == ["stop"]
    assert lab.run is world.runs[1] is not run
    assert (lab.recordings, lab.monitor.panel.message) == (["V4", "IT"], "Waiting for the first step…")


@pytest.mark.parametrize("last", ["monitor", "kernels", "trace", "bars", "brain"])
def test_the_picture_of_the_lab_is_left_whichever_panel_is_the_last_to_end(page, lab, world, ticker, monkeypatch, last):
    left = []
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: None)
    monkeypatch.setattr("IPython.display.update_display", lambda data, **_: left.append(data["text/plain"]))
    lab._ipython_display_()
    train(page, lab)
    lab.run.train(10)
    panel = getattr(lab, last)
    with monkeypatch.context() as held:
        held.setattr(getattr(panel, "panel", panel), "tick", lambda: False)
        finish(page, lab, world, ticker)
        assert not lab.over
        assert not left
    until(lambda: ticker.round() or left)  # scenes are drawn on threads of their own
    assert lab.over
    assert "Training curves up to step 10" in left[0]
    ticker.round()
    lab.drawing.wait(10)
    assert len(left) == 1


def test_the_repr_says_how_far_training_is(page, lab):
    train(page, lab)
    assert repr(lab).startswith("<Lab: Training: step 0 of 1,200")
