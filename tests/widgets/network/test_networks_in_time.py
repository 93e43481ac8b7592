"""Networks in time in panels that show images: of still images all is drawn, of sequences a sentence stands there."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from drawn_networks import settle
from scene_marks import flat

import hcnn_widgets as hw
from hcnn_widgets.explorer.description import describe
from hcnn_widgets.widgets.network.network_scene import network_scene
from hcnn_widgets.widgets.network.network_source import kind_refusal

SMALL: dict[str, Any] = {"areas": ("V1", "V2", "IT"), "n_kernels": (3, 4, 5), "kernel_size": 3, "stride": 1}


@pytest.fixture(scope="module")
def still() -> hw.GoalDrivenModel:
    model = hw.GoalDrivenModel(hw.architecture.recurrent_hcnn(**SMALL, time_steps=2, input_shape=(16, 16, 1)))
    model.build([str(digit) for digit in range(10)])
    return model


def test_a_recurrent_network_is_drawn_with_its_areas_in_order(page: Any, clock: Any, ticker: Any, still: Any) -> None:
    view = hw.widgets.NetworkView(still, hw.stimuli.digits(24), clock=clock, ticker=ticker)
    settle(view.panel)
    assert view.panel.message == ""
    told = view.panel._told
    assert list(told.areas) == ["V1", "V2", "IT"]


def test_its_kernels_and_its_description_are_those_of_its_filters(still: Any) -> None:
    kernel, _ = still.network.get_layer("V1.filter").get_weights()
    np.testing.assert_array_equal(still.kernels("V1"), np.moveaxis(kernel, -1, 0))
    assert "recurrent-hcnn" in str(describe(still))


def test_its_control_has_its_initial_states(still: Any) -> None:
    images, twin = hw.stimuli.digits(5), still.untrained()
    np.testing.assert_allclose(twin.record(images)["IT"], still.record(images)["IT"], rtol=1e-5)


@pytest.fixture(scope="module")
def in_time() -> hw.GoalDrivenModel:
    spec = hw.architecture.recurrent_hcnn(**SMALL, input_shape=(5, 16, 16, 1))
    model = hw.GoalDrivenModel(spec, hw.goal.DelayedMatch())
    model.build(("different", "same"))
    return model


SEQUENCES = hw.stimuli.delayed_match(n=24, delay=3)


@pytest.mark.no_cover
def test_a_sequence_goes_through_the_network_and_all_its_frames_are_seen(
    page: Any, clock: Any, ticker: Any, in_time: Any
) -> None:
    view = hw.widgets.NetworkView(in_time, SEQUENCES, clock=clock, ticker=ticker)
    settle(view.panel)
    told = view.panel._told
    answers = in_time.network(told.probe.stimuli.frames[:1]).numpy()[0]
    odds = np.exp(answers - answers.max()) / np.exp(answers - answers.max()).sum()
    assert told.answer.words == ("different", "same")[int(odds.argmax())]
    assert told.answer.sure == pytest.approx(float(odds.max()), abs=1e-4)
    np.testing.assert_allclose(told.areas["IT"].maps, in_time_maps(in_time, told.probe.stimuli.frames[:1]), rtol=1e-4)
    assert view.panel.sentence().startswith("The sequence ")
    assert "5 frames, left to right, then below" in view.panel.sentence()
    picture, frames = told.probe.pictures[0], told.probe.stimuli.frames[0]
    for number, (top, left) in enumerate([(0, 0), (0, 17), (0, 34), (17, 0), (17, 17)]):
        np.testing.assert_array_equal(picture[top : top + 16, left : left + 16], np.rint(255 * frames[number]))
    assert (picture[17:, 34:] == 128).all()


@pytest.mark.no_cover
@pytest.mark.parametrize("width", [300, 640, 1600])
@pytest.mark.parametrize("maps", ["before the maps", "with the maps"])
def test_the_arrow_from_a_sequence_begins_beside_its_picture(
    page: Any, clock: Any, ticker: Any, in_time: Any, width: int, maps: str
) -> None:
    view = hw.widgets.NetworkView(in_time, SEQUENCES, clock=clock, ticker=ticker)
    settle(view.panel)
    told = view.panel._told if maps == "with the maps" else replace(view.panel._told, areas={})
    marks = list(flat(network_scene(told, width).marks))
    (picture,) = (mark for mark in marks if mark.key == "picture")
    (arrow,) = (mark for mark in marks if mark.key in ("line-0-1", "out-0-1"))
    assert picture.x + picture.width < arrow.x1 < arrow.x2
    view.close()


def in_time_maps(model: Any, frames: Any) -> Any:
    from hcnn_widgets.keras_door import keras

    return keras.Model(model.network.input, model.network.get_layer("IT").output)(frames).numpy()[0]


def test_the_strip_has_answers_to_sequences(page: Any, clock: Any, ticker: Any, in_time: Any) -> None:
    strip = hw.widgets.AnswerStrip(in_time, SEQUENCES, clock=clock, ticker=ticker)
    settle(strip)
    assert "sequences answered right (5 frames, left to right, then below)" in strip.header["title"]
    assert strip.header["places"][0]["sentence"].startswith("Sequence 1 of 12")


@pytest.mark.parametrize("panel", ["NetworkView", "AnswerStrip"])
def test_images_are_no_sequences_and_the_panel_says_so(
    page: Any, clock: Any, ticker: Any, panel: str, still: Any, in_time: Any
) -> None:
    for model, shown, accepted, received in (
        (in_time, hw.stimuli.digits(24), "Accepted are sequences", "received images"),
        (still, SEQUENCES, "Accepted are images", "received sequences"),
    ):
        view = getattr(hw.widgets, panel)(model, shown, clock=clock, ticker=ticker)
        ticker.round()
        assert accepted in getattr(view, "panel", view).message
        assert received in getattr(view, "panel", view).message
        view.close()


class StillBeingDrawn:
    """Images of which all is known but their pixels."""

    image_shape = (32, 32, 1)

    @property
    def images(self) -> Any:
        raise AssertionError("The pixels were waited for.")


@pytest.mark.parametrize(("shape", "words"), [((None, 32, 32, 1), ""), ((None, 3, 32, 32, 1), "sequences")])
def test_what_kind_images_are_is_known_before_they_are_drawn(shape: tuple[Any, ...], words: str) -> None:
    said = kind_refusal(shape, StillBeingDrawn())
    assert (said == "") == (words == "")
    assert words in said
