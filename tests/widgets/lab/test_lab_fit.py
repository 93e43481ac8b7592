"""Sounds and sequences in the dashboard: what goes with them is chosen with them, what does not fit says why."""

from dataclasses import replace
from typing import Any

import pytest

import hcnn_widgets as hw
from hcnn_widgets.widgets.lab.lab_choices import LabChoices
from hcnn_widgets.widgets.lab.lab_fit import LabFit
from hcnn_widgets.widgets.lab.lab_menu import standard_menu


@pytest.fixture(scope="module")
def menu() -> Any:
    return standard_menu()


@pytest.fixture
def choices(menu: Any, page: Any) -> Any:
    return LabChoices(menu)


def fit(menu: Any, choices: Any) -> LabFit:
    return LabFit(menu, choices, lambda: None)


def test_what_goes_with_sounds_and_sequences_is_in_the_menu(menu: Any) -> None:
    for images, suited in menu.suited.items():
        assert images in menu.images
        assert images in menu.at_hand
        assert all(
            name in getattr(menu, field if field == "recordings" else f"{field}s") for field, name in suited.items()
        )


@pytest.mark.parametrize("images", ["sounds", "vowels", "delayed match, sequences", "moving digits, sequences"])
def test_what_is_chosen_with_them_fits_and_trains(menu: Any, choices: Any, images: str) -> None:
    asked = fit(menu, choices)
    choices._drops["images"].value = images
    assert asked.wait(60)
    assert asked.words == ""
    asked.check()
    setting = choices.setting
    shown = menu.images[images](8)
    spec = menu.architectures[setting.architecture](input_shape=shown.image_shape, degrees=shown.degrees)
    assert spec.input_shape == shown.image_shape
    goal = menu.goals[setting.goal]()
    assert goal.refusal(shown) == ""
    assert setting.recordings == "none"


def test_other_images_bring_back_what_was_chosen_before_unless_somebody_chose_since(choices: Any) -> None:
    first = choices.setting
    choices._drops["images"].value = "sounds"
    assert choices.setting == replace(first, images="sounds", architecture="auditory hcnn", recordings="none")
    choices._drops["images"].value = "delayed match, sequences"
    assert choices.setting.goal == "delayed match"
    choices._drops["images"].value = first.images
    assert choices.setting == first
    choices._drops["images"].value = "sounds"
    choices._drops["architecture"].value = "mlp"
    choices._drops["images"].value = first.images
    assert choices.setting == replace(first, architecture="mlp")


def test_a_setting_that_is_given_whole_is_taken_as_it_is(choices: Any) -> None:
    given = replace(choices.setting, images="sounds", architecture="hcnn", recordings="none")
    choices.setting = given
    assert choices.setting == given


def test_what_does_not_fit_says_why_before_train_is_pressed(menu: Any, choices: Any) -> None:
    asked = fit(menu, choices)
    choices._drops["images"].value = "sounds"
    choices._drops["goal"].value = "position"
    assert asked.wait(60)
    goal = hw.goal.Position()
    assert asked.words == f"Does not fit: {goal.refusal(hw.stimuli.sounds(4))}"
    with pytest.raises(ValueError, match="received"):
        asked.check()
    choices._drops["goal"].value = "categorization"
    choices._drops["recordings"].value = "V4 recorded (Cowley 2023)"
    assert asked.wait(60)
    assert asked.words == (
        "Does not fit: Recordings of the visual brain are of still images, and sounds are none. Accepted is 'none'; "
        "received 'V4 recorded (Cowley 2023)'."
    )
    asked.check()  # the network can be trained all the same


def test_recordings_that_say_nothing_of_such_images_are_left_out_in_words(
    page: Any, world: Any, clock: Any, ticker: Any, read: Any
) -> None:
    menu = replace(world.menu, suited={"objects": {"recordings": "none"}})
    lab = hw.widgets.Lab(menu, clock=clock, ticker=ticker, score=world.score, read=read)
    lab.choices.setting = replace(lab.choices.setting, recordings="simulated")
    page.click(lab._train)
    assert lab._work.wait(10)
    assert lab.run is world.runs[-1]
    assert lab.recordings == []
    assert "objects are none. Accepted is 'none'" in lab.missing.words
    lab.close()


def test_train_says_why_and_trains_nothing_where_choices_do_not_fit(page: Any, lab: Any, world: Any) -> None:
    from hcnn_widgets.widgets.lab.lab_fit import _named

    lab._fit._job.ask(_named(lab.choices.setting), lambda _tell: "`goal` does not fit.")
    assert lab._fit.wait(10)
    lab.tick()
    assert lab._fit.line.value == "Does not fit: `goal` does not fit."
    assert lab._fit.line in lab.children
    page.click(lab._train)
    assert "`goal` does not fit." in lab.monitor.panel.message
    assert world.asked == []
