"""The training of a lab of layers: as Keras trains, moment by moment, stopped, scrubbed and taken back."""

import contextlib
import io
import sys

import numpy as np
import pytest

from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets.classroom.mlp.mlp_given import preset, shown_of
from hcnn_widgets.widgets.classroom.mlp.mlp_training import Moment, Overshot, Task, moments

CHOICES = {"focus": 0, "unit": None, "axes": (0, 1), "optimizer": "adam", "rate": 0.1, "seed": 7}


@pytest.fixture
def make(make_mlp):
    return make_mlp


def task_of(name, **options):
    shown = shown_of({**preset(name), **CHOICES, **options})
    return Task(shown.points, shown.targets, shown.weights, shown.units, shown.optimizer, shown.rate)


def stand_in(n, fails=None):
    """Return moments as a training gives them, and what goes wrong after them."""

    def given(task):
        for number in range(1, n + 1):
            yield Moment(
                task.first_epoch + 3 * number, 1 / number, tuple(layer + 0.125 * number for layer in task.weights)
            )
        if fails is not None:
            raise fails

    return given


@pytest.fixture
def trained_by(monkeypatch):
    """Have labs train by a stand-in of Keras, at once."""
    from hcnn_widgets.widgets.classroom.mlp import mlp_lab

    def patch(given):
        monkeypatch.setattr(mlp_lab, "moments", given)
        monkeypatch.setattr(mlp_lab.MlpLab, "pace_s", 0.0)

    return patch


def train(lab):
    lab.act(lab.train)
    trainer = lab._trainer
    assert trainer is not None
    assert trainer.join(30)


@pytest.mark.no_cover
@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_each_epoch_is_one_step_of_keras_over_all_points(optimizer):
    task = task_of("moons", optimizer=optimizer)
    found = list(moments(task, n_epochs=7, every=3))
    assert [moment.epoch for moment in found] == [3, 6, 7]
    network = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(4, activation="tanh"), keras.layers.Dense(1, activation="sigmoid")]
    )
    network.set_weights([part for layer in task.weights for part in (layer[:-1], layer[-1])])
    network.compile({"adam": keras.optimizers.Adam, "sgd": keras.optimizers.SGD}[optimizer](0.1), "binary_crossentropy")
    network.fit(task.points, task.targets, batch_size=len(task.points), epochs=7, shuffle=False, verbose=0)
    for layer, kernel, bias in zip(
        found[-1].weights, network.get_weights()[::2], network.get_weights()[1::2], strict=True
    ):
        np.testing.assert_allclose(layer, np.vstack([kernel, bias]), atol=1e-4)
    expected = network.evaluate(task.points, task.targets, batch_size=len(task.points), verbose=0)
    assert found[-1].loss == pytest.approx(expected, abs=1e-4)


def test_a_training_stops_by_itself_once_it_is_good_enough():
    found = list(moments(task_of("XOR clouds"), n_epochs=200))
    assert found[-1].loss < 0.01 <= found[-2].loss
    assert found[-1].epoch < 200


def test_weights_that_are_no_numbers_end_it_in_words_after_the_last_good_ones():
    found = []
    with pytest.raises(Overshot, match=r"had grown beyond all numbers \(NaN\): at a rate of 1e\+06 .* a lower rate"):
        found.extend(moments(task_of("spiral", units="relu", optimizer="sgd", rate=1e6)))
    assert all(np.isfinite(layer).all() for moment in found for layer in moment.weights)


def test_moments_are_kept_and_gone_back_to_and_taken_back_at_once(make, trained_by):
    trained_by(stand_in(4))
    lab = make("moons")
    before = lab.state["weights"]
    train(lab)
    slider = lab._controls.moment
    assert (lab._controls.train.value, slider.max, slider.value) == (False, 4, 4)
    assert lab.sentence().startswith("Epoch 12: ")
    np.testing.assert_allclose(np.array(lab.state["weights"][0]) - before[0], 0.5)
    slider.value = 1
    np.testing.assert_allclose(np.array(lab.state["weights"][0]) - before[0], 0.125)
    lab.panel.pressed(0, "b")
    assert lab.state["weights"] == before
    lab.panel.pressed(0, "s")
    assert slider.value == 1
    for _ in range(4):
        lab.panel.pressed(0, "u")
    assert lab.state["weights"] == before
    assert not lab.shown.history


def test_a_second_training_goes_on_from_the_moment_that_is_shown(make, trained_by):
    trained_by(stand_in(3))
    lab = make("moons")
    train(lab)
    lab._controls.moment.value = 2
    train(lab)
    assert [moment.epoch for moment in lab.shown.history] == [0, 3, 6, 9, 12, 15]
    lab.panel.pressed(1, "5")
    assert not lab.shown.history


def test_another_network_ends_a_training_and_another_view_of_it_does_not(make, trained_by):
    lab = make("moons")
    seen = []

    def endless(task):
        number = 0
        while True:
            number += 1
            seen.append(number)
            if number == 3:
                lab.panel.pressed(0, "Enter")  # the map of another unit
                assert lab.training
            if number == 5:
                lab.panel.pressed(1, "ArrowUp")
                assert not lab.training
            yield Moment(number, 1.0, task.weights)

    trained_by(endless)
    lab.act(lab.train)
    trainer = lab._trainer
    assert trainer is None or trainer.join(30)
    assert (lab.state["unit"], lab.training) == (0, False)
    assert not lab.shown.history
    assert max(seen) <= 6


def test_train_becomes_stop_and_a_closed_lab_trains_no_longer(make, trained_by):
    def slow(task):
        for number in range(1, 10_000):
            yield Moment(number, 1.0, task.weights)

    trained_by(slow)
    for end in ("press", "close"):
        lab = make("moons")
        lab._controls.train.value = True
        trainer = lab._trainer
        assert lab._controls.train.description == "Stop"
        if end == "press":
            lab.panel.pressed(0, "t")
            assert lab._controls.train.description == "Train"
        else:
            lab.close()
        assert trainer.join(30)


def test_what_goes_wrong_is_read_in_the_panel_and_the_last_good_moment_stays(make, trained_by):
    trained_by(stand_in(2, fails=Overshot("By epoch 9 weights had grown beyond all numbers (NaN).")))
    lab = make("moons")
    train(lab)
    assert "beyond all numbers (NaN)" in lab.panel.notice
    assert lab.shown.history[-1].epoch == 6


def test_steps_have_no_slope_and_the_button_comes_back_up(make):
    lab = make()
    lab._controls.train.value = True
    assert "A step is flat on both sides of 0" in lab.panel.notice
    assert not lab._controls.train.value
    lab._controls.units.value = "tanh"
    assert lab.panel.notice == ""


def test_where_there_is_no_keras_it_is_said_and_the_lab_goes_on(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "hcnn_widgets.keras_door", None)
    lab = make("moons")
    train(lab)
    assert lab.panel.notice.startswith("Training needs Keras with a backend such as TensorFlow")
    lab.panel.pressed(1, "3")
    assert lab.state["weights"][0][0][0] == 3


@pytest.mark.parametrize("options", [{}, {"preset": "moons"}, {"preset": "circles", "hidden": (3, 2), "units": "relu"}])
def test_the_lines_of_code_run_give_the_answers_that_are_shown_and_train_as_train_does(make, options):
    lab = make(**options)
    names, out = {}, io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(lab.code.replace("epochs=300", "epochs=6"), names)
    found = [[int(digit) for digit in line if digit in "01"] for line in out.getvalue().replace("\n ", "").splitlines()]
    assert found == [lab.shown.outputs.tolist()] * 2
    if lab.shown.kind.learns:
        shown = lab.shown
        task = Task(shown.points, shown.targets, shown.weights, shown.units, shown.optimizer, shown.rate)
        last = list(moments(task, n_epochs=6))[-1]
        kernel, bias = names["network"].get_weights()[:2]
        np.testing.assert_allclose(last.weights[0], np.vstack([kernel, bias]), atol=1e-4)
