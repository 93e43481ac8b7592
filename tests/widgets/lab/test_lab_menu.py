"""The menu as the package offers it: every entry can be chosen and gives what it says."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.widgets.lab import lab_menu
from hcnn_widgets.widgets.lab.lab_menu import standard_menu


@pytest.fixture(scope="module")
def menu():
    return standard_menu()


def test_what_is_chosen_first_is_the_first_of_everything(menu):
    first = menu.first
    assert first.architecture == next(iter(hw.architecture.ARCHITECTURES))
    assert first.goal == next(iter(hw.goal.GOALS))
    assert first.rule == next(iter(hw.learning.RULES))
    assert first.images == "objects, medium variation"
    assert first.recordings == "V4 recorded, V1 V2 IT simulated"


@pytest.mark.no_cover
def test_every_architecture_goal_and_rule_makes_a_model(menu):
    for architecture in menu.architectures.values():
        for goal in menu.goals.values():
            for rule in menu.rules.values():
                assert menu.model(architecture(), goal(), rule()).areas


@pytest.mark.parametrize("variation", ["low", "medium", "high"])
def test_objects_are_rendered_with_the_variation_that_the_entry_names(menu, variation):
    made = menu.images[f"objects, {variation} variation"](64)
    expected = hw.stimuli.objects(64, variation=variation, seed=0)
    np.testing.assert_array_equal(made.images, expected.images)


def test_all_sets_that_the_package_knows_can_be_chosen(menu):
    assert set(hw.stimuli.SETS) < set(menu.images)


def test_simulated_recordings_are_of_images_that_the_network_has_not_seen(menu, monkeypatch):
    monkeypatch.setattr(lab_menu, "IMAGES_SEEN_BY_THE_CORTEX", 64)
    recordings = menu.recordings["all areas simulated"]()
    assert [recording.area for recording in recordings] == ["V1", "V2", "V4", "IT"]
    assert all(recording.simulated for recording in recordings)
    trained_on = {image.tobytes() for image in menu.images["objects, medium variation"](200).images}
    assert not trained_on & {image.tobytes() for image in recordings[0].stimuli.images}


def test_recorded_v4_stands_in_its_place_among_simulated_areas(menu, monkeypatch):
    monkeypatch.setattr(lab_menu, "IMAGES_SEEN_BY_THE_CORTEX", 64)
    monkeypatch.setattr(hw.mapping, "cowley2023_v4", lambda: "V4 recorded")
    assert menu.recordings["V4 recorded (Cowley 2023)"]() == ["V4 recorded"]
    first, second, v4, last = menu.recordings["V4 recorded, V1 V2 IT simulated"]()
    assert [first.area, second.area, v4, last.area] == ["V1", "V2", "V4 recorded", "IT"]


@pytest.mark.parametrize(
    "reason",
    [
        ConnectionError("cowley2023_v4 could not be downloaded: needed is a network."),
        FileNotFoundError("`folder` lacks a file of cowley2023_v4."),
        ValueError("`folder` holds another file than the one published."),
    ],
    ids=["no network", "no file", "another file"],
)
def test_simulated_areas_stand_without_v4_where_it_cannot_be_had_and_the_reason_is_told(menu, monkeypatch, reason):
    def refuse():
        raise reason

    monkeypatch.setattr(lab_menu, "IMAGES_SEEN_BY_THE_CORTEX", 64)
    monkeypatch.setattr(hw.mapping, "cowley2023_v4", refuse)
    at_hand = menu.recordings["V4 recorded, V1 V2 IT simulated"]()
    assert [recording.area for recording in at_hand] == ["V1", "V2", "IT"]
    assert at_hand.missing.startswith("V4 is missing")
    assert at_hand.missing.endswith(str(reason))


def test_a_comparison_with_nothing_is_offered(menu):
    assert menu.recordings["none"]() == []
