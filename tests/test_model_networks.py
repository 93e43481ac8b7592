"""Networks of every kind that people bring: recorded, trained, looked into, controlled, kept and described."""

from pathlib import Path

import numpy as np
import pytest
from keras_networks import CASES, Case, sequential, shared, stimuli

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]()


def enter(case: Case) -> hw.GoalDrivenModel:
    goal = hw.goal.Categorization(dropout=0.0)
    rule = hw.learning.Backpropagation(learning_rate=1e-2, batch_size=8)
    return hw.GoalDrivenModel.from_keras(case.network, case.areas, goal, rule, ("left", "right"))


def assert_recorded(model: hw.GoalDrivenModel, expected: dict[str, np.ndarray]) -> None:
    recorded = model.record(stimuli())
    assert recorded.areas == tuple(expected)
    for area, units in expected.items():
        np.testing.assert_allclose(recorded[area], units, rtol=1e-5, atol=1e-5)


@pytest.mark.no_cover
def test_activations_before_and_after_training_are_those_of_the_layers_called_one_by_one(
    case: Case, uncompiled: None
) -> None:
    model, images = enter(case), stimuli().images
    before = case.recorded(images)
    assert_recorded(model, before)
    assert model.train(stimuli(), validation=None, epochs=3).join(60)
    assert model.run.state == "finished"
    after = case.recorded(images)
    assert not np.allclose(before["V1"], after["V1"])
    assert_recorded(model, after)


@pytest.mark.no_cover
def test_the_untrained_control_of_a_trained_network_has_its_initial_activations(case: Case, uncompiled: None) -> None:
    model, before = enter(case), case.recorded(stimuli().images)
    assert model.train(stimuli(), validation=None, epochs=2).join(60)
    assert_recorded(model.untrained(), before)


def test_the_control_of_a_pretrained_network_is_drawn_anew_layer_for_layer(case: Case) -> None:
    first = case.filters["V1"]
    first.bias.assign(np.full(first.bias.shape, 0.3))
    model = enter(case)
    control = model.untrained()
    assert control.taps == model.taps
    assert not np.any(control.kernels("V1") == model.kernels("V1"))
    shapes = [weights.shape for weights in case.network.get_weights()]
    assert [weights.shape for weights in control.network.get_weights()] == shapes


def test_kernels_are_those_of_the_first_filter_that_the_tap_follows_from(case: Case) -> None:
    model = enter(case)
    for area, layer in case.filters.items():
        np.testing.assert_array_equal(model.kernels(area), np.asarray(layer.kernel).transpose(3, 0, 1, 2))


@pytest.mark.no_cover
def test_a_saved_network_has_the_same_areas(case: Case, tmp_path: Path) -> None:
    model = enter(case)
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    assert again.taps == model.taps
    assert_recorded(again, case.recorded(stimuli().images))


def test_the_sidebar_groups_layers_by_the_graph_and_counts_every_weight_once(case: Case) -> None:
    node = hw.explorer.describe(enter(case))
    groups = {child["name"]: child for child in node["children"] if child["kind"] != "input"}
    assert {name: [layer["name"] for layer in group["children"]] for name, group in groups.items()} == case.members
    for name, counted in case.counted.items():
        expected = sum(layer.count_params() for layer in counted)
        assert groups[name]["n_parameters"] == expected
        assert sum(layer["n_parameters"] for layer in groups[name]["children"]) == expected
    assert (
        sum(group["n_parameters"] for group in groups.values()) == node["n_parameters"] == case.network.count_params()
    )
    for area, map_ in case.maps(keras.ops.zeros((1, *case.network.input_shape[1:]))).items():
        assert groups[area]["shapes"] == [list(map_.shape[1:])]
        assert groups[area]["children"][-1]["shapes"] == [list(map_.shape[1:])]


def test_the_network_alone_is_described_with_every_weight_once(case: Case) -> None:
    node = hw.explorer.describe(case.network)
    counts = [child["n_parameters"] for child in node["children"]]
    assert sum(counts) == node["n_parameters"] == case.network.count_params()


def test_which_application_of_a_shared_layer_is_tapped_is_said() -> None:
    model = enter(shared())
    assert model.taps == {"V1": "again#0", "V2": "again#1", "IT": "again#2"}
    assert "V2 (application 2 of 3 of again), IT (application 3 of 3 of again)" in repr(model)
    areas = {child["name"]: child for child in hw.explorer.describe(model)["children"] if child["kind"] == "area"}
    assert areas["IT"]["note"] == "Its tap is application 3 of 3 of again."
    assert [child["note"] for child in areas["IT"]["children"]] == ["Shared weights are counted at again#0."]
    assert areas["V1"]["children"][1]["note"] == ""


def test_a_sequential_that_changes_after_it_came_in_is_read_as_it_is_now() -> None:
    case = sequential()
    model = enter(case)
    case.network.pop()
    case.network.add(keras.layers.Dense(2, name="another"))
    assert_recorded(model, case.recorded(stimuli().images))
    goal = hw.explorer.describe(model)["children"][-1]
    assert [layer["name"] for layer in goal["children"]] == ["flat", "another"]
    case.network.pop()
    case.network.add(keras.layers.Dense(3, name="wider"))
    drawn = model.untrained().kernels("V1")  # the weights that it came in with are of another network by now
    assert drawn.shape == model.kernels("V1").shape
    assert not np.any(drawn == model.kernels("V1"))


def test_an_area_whose_layer_was_popped_says_so() -> None:
    case = sequential()
    model = enter(case)
    for _ in range(3):
        case.network.pop()
    areas = {child["name"]: child["note"] for child in hw.explorer.describe(model)["children"]}
    assert areas == {"IT": "Its tap is not in the network any more.", "V1": ""}
    with pytest.raises(ValueError, match=r"`areas\['IT'\]` is not in the network; .*; received 'conv2'"):
        model.record(stimuli())


def test_a_network_that_is_no_graph_of_layers_is_refused() -> None:
    class OwnCall(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.dense = keras.layers.Dense(2, name="dense")

        def call(self, images):
            return self.dense(images)

    network = OwnCall()
    network(np.zeros((1, 4), np.float32))
    with pytest.raises(
        TypeError,
        match=r"`network` must be a graph of layers, .* and built; received OwnCall\. hw\.watch\(network\) follows",
    ):
        hw.GoalDrivenModel.from_keras(network, {"V1": "dense"})
