"""The strip on real, tiny networks: its answers are those of Keras, live and at rest."""

import numpy as np
import pytest
from drawn_networks import MODELS, dense, four_areas, images, settle, words
from runs_by_hand import until
from scene_marks import flat, group

import hcnn_widgets as hw
from hcnn_widgets.widgets import AnswerStrip
from hcnn_widgets.widgets.network.strip_scene import HEIGHT, cells_of
from hcnn_widgets.widgets.scene.marks import Pixels, Rect


@pytest.fixture
def strip(page, clock, ticker):
    """Return a maker of strips that wait until all is answered."""

    def make(source, stimuli=None, **options):
        shown = AnswerStrip(source, stimuli, clock=clock, ticker=ticker, **options)
        settle(shown)
        return shown

    return make


def test_the_answers_are_those_of_the_network_in_keras(strip) -> None:
    model, stimuli = four_areas(), images(shape=(16, 16, 1))
    shown = strip(model, stimuli)
    seen = shown._probe.stimuli.images[:12]
    chosen = np.asarray(model.network(seen)).argmax(axis=1)
    answers = [row[2] for row in shown.header["numbers"][1:]]
    assert answers == [model.categories[place] for place in chosen]
    right = (np.array(answers) == shown._probe.stimuli.labels[:12]).sum()
    assert words(group(shown.scene(640), "tally")) == [f"{right}/12", "right"]
    assert shown.sentence() == f"{right} of 12 images answered right."


def test_the_pictures_stand_there_before_the_first_answer(page, clock, ticker, run) -> None:
    model = dense()
    run.model, run.held_out = model, images()
    shown = AnswerStrip(run, clock=clock, ticker=ticker)
    assert shown.header["label"] == "12 images; no answer yet."
    assert len([mark for mark in flat(shown.scene(640).marks) if isinstance(mark, Pixels)]) == 12
    assert until(lambda: bool(run.jobs), 20)
    run.steps_done = 40
    run.do_jobs()
    clock.now = 60.0
    assert until(lambda: shown.tick() or "step 40" in shown.header["label"])


@pytest.mark.no_cover
def test_after_a_training_the_last_answers_stay(strip, page) -> None:
    stimuli = images(60, (16, 16, 1))
    rule = hw.learning.Backpropagation(5e-3, batch_size=10)
    model = hw.GoalDrivenModel(hw.architecture.hcnn(("V1", "IT"), (4, 5), input_shape=(16, 16, 1)), rule=rule)
    run = model.train(stimuli, validation=0.4, epochs=8)
    assert run.join(60)
    shown = strip(run)
    assert shown._probe.stimuli.stimulus_ids[0] in run.held_out.stimulus_ids
    assert shown.sentence() == f"12 of 12 images answered right at step {run.steps_done}."
    assert shown.picture().startswith(b"\x89PNG")


def test_a_click_chooses_an_image_and_tells_others(strip, page) -> None:
    shown, told = strip(dense(), images()), []
    shown.on_image(told.append)
    page.say(shown, kind="press", place=4, key="Enter")
    page.say(shown, kind="press", place=400, key="Enter")
    assert told == [4]
    assert shown.image == 4
    shown.tick()
    assert "chosen" in {mark.key for mark in flat(group(shown.scene(800), "image-4"))}


@pytest.mark.parametrize("width", [280, 410, 640, 800, 2000])
def test_it_is_as_high_at_any_width_and_all_stands_within(strip, width) -> None:
    scene = strip(dense(), images()).scene(width)
    n_shown, _ = cells_of(12, width)
    assert scene.height == HEIGHT
    assert len(scene.places) == n_shown >= 4
    boxes = [mark for mark in flat(scene.marks) if isinstance(mark, Rect | Pixels)]
    boxes += [mark for place in scene.places for mark in flat(place.marks) if isinstance(mark, Rect)]
    assert max(box.x + box.width for box in boxes) <= width
    assert min(box.x for box in boxes) >= 0
    assert max(box.y + box.height for box in boxes) <= HEIGHT
    assert max(mark.size for mark in flat(scene.marks) if hasattr(mark, "size")) >= 12


def test_each_image_says_its_answer_and_whether_it_is_right_not_by_colour_alone(strip) -> None:
    shown = strip(dense(), images())
    scene = shown.scene(800)
    for place, row in enumerate(shown.header["numbers"][1:]):
        _, label, answer, sure, verdict, _ = row
        sentence = scene.places[place].sentence
        assert sentence.startswith(f"Image {place + 1} of 12, {label}: the network answers {answer}, ")
        assert sentence.endswith(f"{100 * sure:.0f} % sure; {verdict}.")
        said = words(scene.places[place].marks)
        assert said[:3] == [label, answer, f"{100 * sure:.0f} %"]
        signs = {mark.key for mark in flat(group(scene, f"image-{place}"))}
        assert ("tick-1" in signs, "cross-1" in signs) == (verdict == "right", verdict == "wrong")


def test_outputs_that_are_no_answer_are_said_to_be_none(strip) -> None:
    shown = strip(MODELS["a dozen areas"](), images(8, (12, 12, 3)))
    assert "which are no answer in words" in shown.message
    assert shown.over
    assert "which are no answer in words" in shown.scene(640).places[0].sentence


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (lambda: None, "No network to show yet"),
        (lambda: hw.GoalDrivenModel(hw.architecture.hcnn(), name="new"), "`new` has no network yet"),
        (four_areas, "There are no images to show"),
    ],
)
def test_why_there_is_nothing_to_show_is_said(strip, source, words) -> None:
    shown = strip(source())
    assert words in shown.message
    assert shown.picture() == b""


def test_a_plain_keras_model_is_taken_as_it_is(strip) -> None:
    shown = strip(MODELS["a dozen areas"]().network, images(8, (12, 12, 3)))
    assert "which are no answer in words" in shown.message
    assert shown.scene(640).places


def test_a_misspelt_option_is_refused(page) -> None:
    with pytest.raises(TypeError, match="seed"):
        AnswerStrip(None, sed=3)


def test_images_that_are_still_being_made_are_waited_for_without_holding_anything_up(page, clock, ticker, run) -> None:
    class Arriving(hw.StimulusSet):
        arriving, n_ready = True, 3

    whole = images(40)
    held_out = Arriving(whole.images, whole.stimulus_ids, whole.labels)
    run.model, run.held_out = dense(), held_out
    shown = AnswerStrip(run, clock=clock, ticker=ticker)
    assert (shown.message, shown.over, shown._probe) == ("Waiting for the first images…", False, None)
    Arriving.n_ready = 30
    shown.tick()
    assert len(shown._probe.stimuli) == 30
    assert set(shown._probe.stimuli.stimulus_ids) == set(whole.stimulus_ids[:30])
    assert shown.header["label"] == "12 images; no answer yet."
