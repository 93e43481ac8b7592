"""ActivationLab without a network: what it shows, what keys and controls do, and its lines of code."""

import contextlib
import io
import json
import math
from statistics import NormalDist

import numpy as np
import pytest
from drawn_networks import words
from scene_marks import flat, group

import hcnn_widgets as hw
from hcnn_widgets.classroom import ACTIVATIONS
from hcnn_widgets.widgets.scene.marks import Rect, Text

N = 65
"""Places along z, from -4 to 4 in steps of 1/8."""


@pytest.fixture
def lab(make_lab):
    return make_lab("ActivationLab")


def place(z):
    return round((z + 4) * 8)


def said(lab, z):
    return lab.scene(800).places[place(z)].sentence


def test_the_first_view_is_relu_over_a_standard_normal_which_is_said_to_be_no_networks(lab):
    assert lab.sentence() == (
        "ReLU: f(1) = 1, f′(1) = 1. At 50 % of a standard normal distribution (no network) the slope is 0, at 50 % it "
        "is below 0.1. Through 5 layers a gradient keeps at best 1⁵ = 1, usually 0.707⁵ = 0.18, weights apart."
    )
    assert len(lab.scene(800).places) == N
    assert said(lab, -1) == "z = −1: f(−1) = 0, f′(−1) = 0."


def test_a_sigmoid_lets_a_quarter_through_a_layer_at_best(lab, press_keys):
    press_keys(lab, "3", *["ArrowUp"] * 3, place=place(0))
    press_keys(lab, "Enter", place=place(0))
    assert lab.state["function"] == "sigmoid"
    assert lab.sentence().startswith("Sigmoid: f(0) = 0.5, f′(0) = 0.25. At 0 % of")
    assert "Through 8 layers a gradient keeps at best 0.25⁸ = 1.5×10⁻⁵" in lab.sentence()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_shares_are_those_of_the_distribution_function_where_the_slope_is_low(make_lab, name):
    lab = make_lab("ActivationLab", name)
    z = np.linspace(-8, 8, 160_001)
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    slope = np.abs(np.gradient(ACTIVATIONS[name](z), z))
    assert lab.shown.activation.saturated_share(lab.given.z) == pytest.approx(density[slope < 0.1].sum(), abs=2e-3)
    assert lab.shown.activation.usual_slope(lab.given.z) == pytest.approx(
        math.sqrt((density * slope**2).sum()), abs=2e-3
    )


def test_the_threshold_moves_the_curve_and_with_it_who_is_dead(lab, press_keys):
    press_keys(lab, *["ArrowRight"] * 8)
    assert lab.state["threshold"] == 1
    share = NormalDist().cdf(1)
    assert f"At {100 * share:.0f} % of a standard normal distribution (no network) the slope is 0" in lab.sentence()
    assert said(lab, 2) == "z = 2: f(2 − 1) = 1, f′(2 − 1) = 1."
    assert said(lab, 0.5) == "z = 0.5: f(0.5 − 1) = 0, f′(0.5 − 1) = 0."
    assert "f = max(0, y), y = z − 1" in words(group(lab.scene(800), "column"))


def test_bars_are_grey_where_nothing_is_learnt_and_pale_where_hardly_anything_is(lab, press_keys):
    def colours():
        bars = [mark for mark in flat(lab.scene(800).marks) if mark.key.startswith("z-bar")]
        return {(bar.fill, bar.opacity) for bar in bars}

    assert colours() == {("furrow", 1.0), ("series-2", 1.0)}
    press_keys(lab, "3")
    assert colours() == {("series-2", 0.4), ("series-2", 1.0)}
    press_keys(lab, "2")
    assert colours() == {("series-2", 1.0)}


def test_a_dot_lies_on_each_curve_where_the_axes_have_its_numbers(lab):
    lab.go_to(lab.shown.other(z=2.0))
    marks = {mark.key: mark for mark in flat(lab.scene(800).marks)}
    dot, ticks = marks["dot-value"], {key: mark for key, mark in marks.items() if "tick" in key}
    assert dot.x + 6 == pytest.approx(ticks["z-tick-2"].x1)
    assert dot.y + 6 == pytest.approx(ticks["value-tick-2"].y1)


def test_controls_and_keys_say_the_same_and_undo_takes_both_back(lab, page, press_keys):
    page.change(lab._function, index=1)
    assert lab.state["function"] == "leaky_relu"
    assert lab._leak.layout.display is None
    page.change(lab._leak, value=0.5)
    assert said(lab, -2) == "z = −2: f(−2) = −1, f′(−2) = 0.5."
    page.change(lab._layers, value=7)
    press_keys(lab, "u", "u")
    assert (lab.state["leak"], lab._leak.value, lab._layers.value) == (0.2, 0.2, 5)
    press_keys(lab, "r")
    assert lab.state["function"] == lab._function.value == "relu"
    assert lab._leak.layout.display == "none"
    assert lab._undo.disabled


def test_its_state_is_plain_data_that_shows_it_again_and_its_line_runs(make_lab):
    lab = make_lab("ActivationLab", "leaky_relu", z=-1.5, threshold=0.25, leak=0.05, layers=3)
    again = make_lab("ActivationLab", json.loads(json.dumps(lab.state)))
    assert again.scene(700).plain() == lab.scene(700).plain()
    made = eval(lab.line, {"hw": hw})  # the line is the product's own
    assert made.state == lab.state
    made.close()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_lines_of_code_give_the_shares_and_the_gradient_that_are_shown(make_lab, name):
    lab, printed = make_lab("ActivationLab", name, threshold=0.5, layers=4), io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lab.code, {})
    dead, flat_share, best, usual, off = (float(word) for word in printed.getvalue().split())
    f, z = lab.shown.activation, lab.given.z - 0.5
    assert (dead, flat_share) == pytest.approx((f.dead_share(z), f.saturated_share(z)))
    assert (best, usual) == pytest.approx((f.steepest**4, f.usual_slope(z) ** 4), rel=1e-5)
    assert off < 1e-5


@pytest.mark.parametrize("width", [280, 400, 640, 1200])
def test_all_stands_within_the_drawing_at_any_width(make_lab, width):
    scene = make_lab("ActivationLab", "sigmoid").scene(width)
    boxes = [mark for mark in flat(scene.marks) if isinstance(mark, Rect)]
    assert min(box.x for box in boxes) >= 0
    assert max(box.x + box.width for box in boxes) <= width
    lines = [mark for mark in flat(scene.marks) if isinstance(mark, Text)]
    assert max(mark.y for mark in lines) <= scene.height
    assert min(mark.size for mark in lines) >= 11


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"function": "rellu"}, ValueError, "is unknown.*the nearest is 'relu'"),
        ({"function": 0}, ValueError, "`function=0` is unknown"),
        ({"layers": 0}, ValueError, "from 1 to 20; received 0"),
        ({"z": float("nan")}, ValueError, "`z` is no number to show"),
        ({"threshold": "high"}, ValueError, "`threshold` is no number to show"),
        ({"leak": 2}, ValueError, "`leak` is out of range"),
        ({"treshold": 1}, TypeError, "the nearest is 'threshold'"),
    ],
)
def test_what_it_cannot_show_is_refused(make_lab, options, error, message):
    with pytest.raises(error, match=message):
        make_lab("ActivationLab", **options)


def test_a_new_entry_of_the_registry_is_in_the_menu_and_has_a_key(make_lab, monkeypatch, press_keys):
    made = ACTIVATIONS["tanh"]
    monkeypatch.setitem(ACTIVATIONS, "squash", made)
    lab = make_lab("ActivationLab")
    assert "squash" in [name for _, name in lab._function.options]
    press_keys(lab, str(len(ACTIVATIONS)))
    assert lab.state["function"] == "squash"
