"""Sounds in the panels that show images to a network: wide pictures, and words for what height and width are."""

from itertools import pairwise
from typing import Any

import numpy as np
from drawn_networks import settle

import hcnn_widgets as hw
from hcnn_widgets.widgets.network.strip_scene import PICTURE

SOUNDS = hw.stimuli.sounds(16, seconds=0.5)


def model() -> Any:
    shape = SOUNDS.image_shape
    made = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(2, 3), stride=4, input_shape=shape))
    made.build(SOUNDS.categories)
    return made


def test_the_strip_shows_cochleagrams_as_wide_as_they_are_and_says_what_is_seen(
    page: Any, clock: Any, ticker: Any
) -> None:
    wide = hw.StimulusSet(
        np.repeat(SOUNDS.images, 2, axis=2), SOUNDS.stimulus_ids, SOUNDS.labels, name="sounds"
    )  # a second of a sound: twice as wide as high
    for stimuli, width in ((SOUNDS, PICTURE), (wide, 2 * PICTURE)):
        strip = hw.widgets.AnswerStrip(model(), stimuli, clock=clock, ticker=ticker)
        settle(strip)
        assert "sounds answered right (frequency \u2191, time \u2192)" in strip.header["title"]
        assert strip.header["places"][0]["sentence"].startswith("Sound 1 of 12")
        tally = [mark["words"] for mark in strip.header["marks"][0]["marks"]]
        assert tally[1:] == ["frequency \u2191,", "time \u2192"]
        pictures = [mark for group in strip.header["marks"] for mark in group["marks"] if mark["key"] == "picture"]
        assert {round(mark["height"]) for mark in pictures} == {PICTURE}
        assert {round(mark["width"]) for mark in pictures} == {width}
        edges = sorted((mark["x"], mark["x"] + mark["width"]) for mark in pictures)
        assert all(right <= left for (_, right), (left, _) in pairwise(edges))
        strip.close()


def test_the_network_says_that_it_hears(page: Any, clock: Any, ticker: Any) -> None:
    view = hw.widgets.NetworkView(model(), SOUNDS, clock=clock, ticker=ticker)
    settle(view.panel)
    assert view.panel.sentence().startswith("The sound ")
    words = [
        mark["words"] for group in view.panel.header["marks"] for mark in group.get("marks", ()) if "words" in mark
    ]
    assert "sound" in words
    assert view.panel.header["title"] == "The network (sound: frequency \u2191, time \u2192)"
    view.close()


def test_own_sounds_are_known_by_their_name_and_images_are_not_taken_for_sounds() -> None:
    from hcnn_widgets.stimuli.audition.series import are_cochleagrams

    noise = np.random.default_rng(0).standard_normal((2, 4_000))
    assert are_cochleagrams(hw.stimuli.cochleagrams(noise, 16_000))
    assert are_cochleagrams(SOUNDS[3:5])
    assert not are_cochleagrams(hw.stimuli.digits(4))
