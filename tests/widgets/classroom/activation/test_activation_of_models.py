"""ActivationLab over the pre-activations of a network, at rest and while it trains."""

import numpy as np
import pytest
from drawn_networks import four_areas, images, sequential, settle
from runs_by_hand import until

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras

SHAPE = (16, 16, 1)


@pytest.fixture
def make(make_lab):
    def made(model, *given, **options):
        lab = make_lab("ActivationLab", *given, model=model, **options)
        settle(lab.panel)
        return lab

    return made


def sums(model, layer, shown):
    network = model.network
    return np.asarray(keras.Model(network.input, network.get_layer(layer).output)(shown.images))


def test_shares_are_those_of_what_enters_the_layer_in_keras(make) -> None:
    model, shown = four_areas(), images(16, SHAPE)
    lab = make(model, area="V2", images=shown)
    z = sums(model, "V2.filter", shown)
    assert lab.given.n_all == z.size
    assert lab.given.z.size == min(400, z[0].size) * 16
    share = float((z <= 0).mean())
    assert lab.shown.activation.dead_share(lab.given.z) == pytest.approx(share, abs=0.03)
    assert "of what enters V2.activate (16 images) the slope is 0" in lab.sentence()
    assert lab.panel.over
    assert lab.panel.message == ""


def test_maps_that_no_image_reaches_are_counted(make) -> None:
    model, shown = four_areas(), images(16, SHAPE)
    layer = model.network.get_layer("V1.filter")
    if layer.bias is None:
        kernel = np.array(layer.kernel)
        kernel[..., :2] = -np.abs(kernel[..., :2])
        layer.kernel.assign(kernel)
    n_dead = int((sums(model, "V1.filter", shown).max(axis=(0, 1, 2)) <= 0).sum())
    lab = make(model, images=shown)
    marks = {mark.key: mark for group in lab.scene(800).marks if group.key == "column" for mark in group.marks}
    words = marks["dead-maps"].words if "dead-maps" in marks else ""
    assert words == (f"{n_dead} of 4 maps dead to every image" if n_dead else "")
    lab.choose(lambda: lab.shown.other(threshold=4.0))
    marks = {mark.key: mark for group in lab.scene(800).marks if group.key == "column" for mark in group.marks}
    assert marks["dead-maps"].words == "4 of 4 maps dead to every image"


def test_a_layer_that_sums_up_and_applies_its_function_in_one_is_taken_apart(make) -> None:
    model, shown = sequential(), images(12, (12, 12, 1))
    lab = make(model, images=shown.images)
    network = model.network
    fused = network.get_layer("early")
    z = np.asarray(keras.ops.conv(shown.images, fused.kernel) + fused.bias)
    assert lab.given.n_all == z.size
    assert lab.given.largest == pytest.approx(z.max(axis=(0, 1, 2)), rel=1e-5)


def test_the_layers_own_function_and_leak_are_shown_first(make) -> None:
    layers = keras.layers
    network = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(2, 3, name="conv"),
            layers.LeakyReLU(negative_slope=0.4, name="leaky"),
            layers.Conv2D(2, 3, activation="silu", name="unknown"),
        ]
    )
    lab = make(network, images=images(8, (8, 8, 1)))
    assert (lab.state["function"], lab.state["leak"], lab.state["area"]) == ("leaky_relu", pytest.approx(0.4), "leaky")
    lab._area.value = "unknown"
    settle(lab.panel)
    name = next(
        mark for mark in next(g for g in lab.scene(900).marks if g.key == "plane").marks if mark.key == "z-name"
    )
    assert name.words.endswith("; its own function is silu")
    lab.undo()
    assert (lab.state["area"], lab._area.value) == ("leaky", "leaky")


@pytest.mark.no_cover
def test_it_follows_a_training_step_by_step_and_ends_with_it(make_lab, run, page, clock, ticker) -> None:
    model, shown = four_areas(), images(24, SHAPE)
    run.model, run.held_out = model, shown
    lab = make_lab("ActivationLab", model=run, area="IT")
    assert "Reading what enters IT.activate" in lab.panel.message
    assert until(lambda: bool(run.jobs), 20)
    run.do_jobs()
    assert until(lambda: lab.given is not None)
    assert "24 held-out images), step 0" in lab.sentence()
    run.steps_done = 40
    clock.now = 60.0
    assert until(lambda: lab.given is not None and bool(run.jobs), 20)
    run.do_jobs()
    assert until(lambda: "step 40" in lab.sentence())
    assert not lab.source_over()
    run.state = "finished"
    assert lab.source_over()


def test_the_lines_of_code_give_the_same_shares_from_the_network(make, capsys) -> None:
    model, shown = sequential(), images(12, (12, 12, 1))
    lab = make(model, images=shown, threshold=0.125)
    exec(lab.code, {"network": model.network, "images": shown.images})
    dead = float(capsys.readouterr().out.split()[0])
    assert dead == pytest.approx(lab.shown.activation.dead_share(lab.given.z - 0.125), abs=0.03)


def test_a_state_is_shown_again_with_the_model(make) -> None:
    model, shown = four_areas(), images(8, SHAPE)
    lab = make(model, area="V4", images=shown, function="tanh")
    again = make(model, lab.state, images=shown)
    assert again.state == lab.state
    assert again.sentence() == lab.sentence()


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"area": "V1"}, ValueError, "`area` is of a model, and there is none"),
        ({"images": np.zeros((2, 8, 8, 1))}, ValueError, "`images` is of a model"),
        ({"model": hw.GoalDrivenModel(hw.architecture.hcnn(), name="new")}, ValueError, "no network yet.*'new'"),
        ({"model": 3}, TypeError, "`model` is no network.*received int"),
        ({"model": four_areas}, TypeError, "`model` is no network"),
        ({"model": hw.GoalDrivenModel}, TypeError, "`model` is no network"),
    ],
)
def test_what_is_no_network_is_refused(make_lab, options, error, message) -> None:
    with pytest.raises(error, match=message):
        make_lab("ActivationLab", **options)


def test_a_model_without_images_or_with_an_unknown_area_is_refused(make_lab) -> None:
    model = four_areas()
    with pytest.raises(ValueError, match=r"`images` are needed.*Accepted is images=.*received none"):
        make_lab("ActivationLab", model=model)
    with pytest.raises(ValueError, match=r"`area` names no activation function.*'V1.activate'"):
        make_lab("ActivationLab", model=model, images=images(8, SHAPE), area="V1.activat")
    with pytest.raises(TypeError, match=r"`area` is no name.*'V1.activate'.*received list"):
        make_lab("ActivationLab", model=model, images=images(8, SHAPE), area=["V1"])
