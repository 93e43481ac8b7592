"""ReceptiveFieldLab of networks: boxes, measured gradients, and how it follows a training."""

import json

import numpy as np
import pytest
from drawn_networks import branches, dense, four_areas, images, sequential, settle
from runs_by_hand import until
from scene_marks import flat

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets.classroom.receptive_field.heat import heated
from hcnn_widgets.widgets.scene.marks import Pixels

tf = pytest.importorskip("tensorflow")
SHAPE = (12, 12, 1)
IMAGE = np.random.default_rng(3).uniform(0, 1, SHAPE).astype(np.float32)


@pytest.fixture
def make(make_lab):
    def made(model, **options):
        lab = make_lab("ReceptiveFieldLab", model=model, **options)
        settle(lab.panel)
        return lab

    return made


def gradient_of(network, layer, pick, image):
    part, shown = keras.Model(network.inputs[0], network.get_layer(layer).output), tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(shown)
        response = pick(part(shown)[0])
    return np.abs(tape.gradient(response, shown).numpy()[0, ..., 0])


def test_the_gradient_over_the_image_is_that_of_the_strongest_map_at_the_unit(make) -> None:
    model = sequential()
    lab = make(model, image=IMAGE, layer="V1", unit=(4, 6))
    assert lab.state["layer"] == "early"
    expected = gradient_of(model.network, "early", lambda maps: tf.reduce_max(maps[4, 6]), IMAGE)
    np.testing.assert_allclose(lab.measured.gradient, expected, rtol=1e-4, atol=1e-6)
    (pixels,) = [mark for mark in flat(lab.scene(800).marks) if isinstance(mark, Pixels) and mark.key == "pixels"]
    assert pixels.image.shape == (12, 12, 3)
    assert "Early: unit (5, 7) of 10 × 10 sees 3 × 3 px, rows 5 to 7 and columns 7 to 9." in lab.sentence()
    assert "the strongest there, responds" in lab.sentence()
    assert lab.panel.over


def test_another_map_and_another_layer_are_chosen_by_keys_and_menus(make) -> None:
    model = sequential()
    lab = make(model, image=IMAGE, layer="late")
    lab._map.value = "3"
    settle(lab.panel)
    row, column = lab.shown.unit
    expected = gradient_of(model.network, "late", lambda maps: maps[row, column, 2], IMAGE)
    np.testing.assert_allclose(lab.measured.gradient, expected, rtol=1e-4, atol=1e-6)
    lab.panel.pressed(0, "m")
    assert (lab.state["number"], lab._map.value) == (3, "4")
    lab.panel.pressed(0, "m")
    assert lab.state["number"] == 0
    lab.panel.pressed(0, "s")
    assert "number" not in lab.state
    lab._layer.value = "early"
    settle(lab.panel)
    assert lab.measured.map.shape == (10, 10)
    lab.undo()
    assert lab._layer.value == "late"


def test_a_unit_without_a_place_sees_the_whole_image(make) -> None:
    lab = make(dense(), image=IMAGE, layer="hidden", number=2)
    assert "Hidden: unit (1, 1) of 1 × 1 sees 12 × 12 px, rows 1 to 12 and columns 1 to 12." in lab.sentence()
    assert "Map 3 of 9 responds" in lab.sentence()


def test_branches_and_joins_have_a_row_where_fields_change(make) -> None:
    lab = make(branches(), image=IMAGE)
    assert [(row[0], row[6]) for row in lab.scene(800).numbers[1:]][:2] == [("first", "3 × 3"), ("form", "5 × 5")]
    assert lab.rows[lab.opened].name == "last"


def test_a_rectifier_that_gives_0_lets_no_gradient_back_and_it_is_said(make) -> None:
    model = sequential()
    early = model.network.get_layer("early")
    early.set_weights([early.get_weights()[0], np.full(3, -100, np.float32)])
    lab = make(model, image=IMAGE, layer="early")
    assert lab.sentence().endswith("responds 0, and no pixel changes it: somewhere on the way a rectifier gives 0.")


def test_an_hcnn_of_four_areas_has_the_fields_of_its_architecture(make) -> None:
    model = four_areas()
    lab = make(model, image=images(2, (16, 16, 1)), layer="IT")
    for info in model.spec.areas:
        fields = lab._model.fields[info.name]
        assert (fields.rows.size, fields.rows.jump) == (info.receptive_field, info.stride)
    assert lab.rows[lab.opened].name == "IT"


def test_bytes_and_colours_come_to_the_size_of_the_network(make) -> None:
    photograph = np.random.default_rng(0).integers(0, 256, (30, 24, 3), np.uint8)
    lab = make(sequential(), image=photograph)
    assert lab._model.picture.shape == (12, 12, 1)


def test_it_is_measured_anew_while_the_model_trains(make_lab, run, clock) -> None:
    model = sequential()
    kernel = model.network.get_layer("early").kernel
    kernel.assign(abs(kernel.numpy()))  # so that no rectifier gives 0, of which twice as much is 0
    run.model, run.held_out = model, images(4, SHAPE)
    lab = make_lab("ReceptiveFieldLab", model=run, layer="V1")
    assert until(lambda: bool(run.jobs), 20)
    run.do_jobs()
    assert until(lambda: lab.measured is not None)
    assert lab.sentence().endswith("Step 0.")
    before = lab.measured.response
    kernel.assign(2 * kernel)
    run.steps_done = 30
    lab._model._reading._share = 1e9  # of the training's time: else the next one waits, as the first took long

    def has_read() -> bool:
        found = lab.measured
        run.do_jobs()
        return found is not None and "Step 30" in lab.sentence()

    assert until(has_read, 20)
    assert lab.measured.response != pytest.approx(before)
    assert not lab.source_over()


def test_the_lines_of_code_give_the_response_and_the_shape(make, capsys) -> None:
    model = sequential()
    lab = make(model, image=IMAGE, layer="late", unit=(1, 2))
    exec(lab.code, {"network": model.network, "image": IMAGE})
    words = capsys.readouterr().out.split()
    assert float(words[-1]) == pytest.approx(lab.measured.response, rel=1e-5)


def test_a_state_is_shown_again_with_the_model(make, make_lab) -> None:
    model = sequential()
    lab = make(model, image=IMAGE, layer="early", unit=(1, 1), number=1)
    again = make_lab("ReceptiveFieldLab", lab.state, model=model, image=IMAGE)
    settle(again.panel)
    assert again.state == lab.state
    assert again.sentence() == lab.sentence()


def test_heat_is_orange_where_the_gradient_is_largest_and_leaves_the_ground_where_it_is_0() -> None:
    image = np.full((1, 2, 1), 200, np.uint8)
    shown = heated(image, np.array([[0.0, 2.0]]))
    assert shown[0, 1].tolist() == [213, 94, 0]
    assert len(set(shown[0, 0].tolist())) == 1
    assert heated(image, None) is image
    assert np.isfinite(heated(image, np.zeros((1, 2)))).all()


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"layer": "erly"}, ValueError, "`layer` is not in.*; received 'erly'; the nearest is 'early'"),
        ({"unit": (10, 0), "layer": "early"}, ValueError, "`unit` is not in early"),
        ({"number": 3, "layer": "early"}, ValueError, "`number` is no map of 'early'. Accepted are 0 to 2"),
        ({"size": 9}, ValueError, "`size` is of a stack by numbers"),
        ({"image": np.zeros(4)}, ValueError, r"`image` is no image.*received \(4,\)"),
        ({"image": None}, ValueError, "`image` is needed"),
        ({"image": [[1, 2], [3]]}, ValueError, "`image` has rows of different lengths"),
        ({"image": "five"}, TypeError, "`image` must be numbers"),
        (
            {"image": np.broadcast_to(np.uint8(0), (10**5, 10**5))},
            ValueError,
            "`image` is too large.*up to 4096",
        ),
        ({"layer": ["early"]}, ValueError, r"`layer` is not in.*received \['early'\]"),
        ({"number": True, "layer": "early"}, ValueError, "`number` is no map of 'early'.*received True"),
    ],
)
def test_what_a_network_does_not_have_is_refused(make_lab, options, error, message) -> None:
    with pytest.raises(error, match=message):
        make_lab("ReceptiveFieldLab", model=sequential(), **{"image": IMAGE, **options})


def test_the_number_of_a_map_may_be_one_of_numpy(make_lab) -> None:
    lab = make_lab("ReceptiveFieldLab", model=sequential(), image=IMAGE, layer="early", number=np.int64(2))
    assert lab.state["number"] == 2
    assert json.dumps(lab.state)


def test_what_is_no_network_is_refused(make_lab) -> None:
    with pytest.raises(TypeError, match=r"`model` is no network.*received int"):
        make_lab("ReceptiveFieldLab", model=3, image=IMAGE)
    with pytest.raises(ValueError, match=r"no network yet.*'new'"):
        make_lab("ReceptiveFieldLab", model=hw.GoalDrivenModel(hw.architecture.hcnn(), name="new"), image=IMAGE)
