"""Oja, Sanger, competition and sparse coding: what only the right rule finds, and turns that the filters take."""

from typing import Any

import numpy as np
import pytest
from dense_networks import MIDDLE_GREY, digits

import hcnn_widgets as hw
from hcnn_widgets.architecture import Activate, Filter, area
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning import CompetitiveHebbian, Oja, RandomWhitened, Sanger, SparseCoding
from hcnn_widgets.learning.without_labels.patches import unit_rows


def ellipsoid(n: int = 1500) -> hw.StimulusSet:
    """Draw images of 4 x 4 pixels around the middle grey whose variances differ twofold from axis to axis."""
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(16, 16)))[0]
    patterns = rng.normal(size=(n, 16)) * 0.12 * np.sqrt(0.5) ** np.arange(16) @ axes.T
    return hw.StimulusSet.from_arrays(np.clip(MIDDLE_GREY + patterns, 0, 1).reshape(n, 4, 4).astype(np.float32))


def principal(stimuli: hw.StimulusSet) -> Any:
    x = stimuli.images.reshape(len(stimuli), -1).astype(np.float64)
    return np.linalg.eigh(np.cov(x.T))[1][:, ::-1].T


def angle(a: Any, b: Any) -> float:
    return float(np.degrees(np.arccos(min(1.0, abs(a @ b) / np.linalg.norm(a) / np.linalg.norm(b)))))


def found_by(rule: Any, n_kernels: int, stimuli: hw.StimulusSet, n_steps: int) -> Any:
    unit = area("V1", [Filter(n_kernels, size=4, padding="valid")])
    spec = hw.architecture.hcnn(areas=(unit,), input_shape=(4, 4, 1), background=MIDDLE_GREY)
    model = hw.GoalDrivenModel(spec, rule=rule)
    assert model.train(stimuli, validation=None, epochs=n_steps * rule.batch_size / len(stimuli)).join(120)
    assert model.run.state == "finished", model.run.state_message
    return model, model.kernels("V1").reshape(n_kernels, -1)


def test_oja_s_unit_finds_the_first_principal_component(way: str) -> None:
    stimuli = ellipsoid()
    model, (weights,) = found_by(Oja(steps_per_area=75, n_patches=200), 1, stimuli, 75)
    assert angle(weights, principal(stimuli)[0]) < 2
    history = model.run.history
    assert history.names == ("loss",)
    assert history.last("loss") == pytest.approx(0.5, abs=0.12)  # twofold: the first holds half of all variance


def test_sanger_s_units_find_the_principal_components_in_their_order() -> None:
    stimuli = ellipsoid()
    _, weights = found_by(Sanger(steps_per_area=500, n_patches=100), 3, stimuli, 500)
    assert [angle(one, first) < 4 for one, first in zip(weights, principal(stimuli), strict=False)] == [True] * 3


def sources(n: int, rng: Any) -> Any:
    """Draw sums of few of 16 directions, and the directions."""
    directions = np.linalg.qr(rng.normal(size=(16, 16)))[0].astype(np.float32)
    strengths = rng.laplace(size=(n, 16)) * (rng.uniform(size=(n, 16)) < 0.1)
    return (3 * strengths @ directions).astype(np.float32), directions


@pytest.mark.parametrize("rule", [CompetitiveHebbian(), SparseCoding()])
def test_competition_and_sparse_coding_find_the_causes_of_patches(rule: Any) -> None:
    rng = np.random.default_rng(1)
    x, directions = sources(2000, rng)
    basis = np.asarray(unit_rows(rng.normal(size=(20, 16)).astype(np.float32)))
    before = np.abs(directions @ basis.T).max(axis=1)
    left = float(rule.left(basis, x))
    for step in range(60):
        basis = np.asarray(rule.changed(basis, x, step / 60))
    likeness = np.abs(directions @ basis.T).max(axis=1)
    assert np.median(before) < 0.7
    assert np.median(likeness) > 0.95
    assert float(rule.left(basis, x)) < 0.8 * left


def two_areas() -> Any:
    areas = [area(name, [Filter(n, size=3), Activate("relu")]) for name, n in (("V1", 6), ("IT", 5))]
    return hw.architecture.hcnn(areas=areas, input_shape=(8, 8, 1), background=MIDDLE_GREY)


def kernels_after(n_steps: int, rule: Any, stimuli: hw.StimulusSet) -> dict[str, Any]:
    model = hw.GoalDrivenModel(two_areas(), rule=rule)
    n_learned_from = len(stimuli)
    assert model.train(stimuli, validation=None, epochs=n_steps * rule.batch_size / n_learned_from).join(60)
    assert model.run.state == "finished", model.run.state_message
    assert model.run.steps_done == n_steps
    return {name: model.kernels(name) for name in ("V1", "IT")} | {"model": model}


@pytest.mark.no_cover
def test_filters_take_turns_from_the_input_up(way: str) -> None:
    rule, stimuli = CompetitiveHebbian(batch_size=50, steps_per_area=5, n_patches=200), digits(200)
    first, second, third = (kernels_after(n, rule, stimuli) for n in (5, 10, 12))
    untrained = first["model"].untrained()
    assert np.abs(first["V1"] - untrained.kernels("V1")).max() > 0.1
    np.testing.assert_array_equal(first["IT"], untrained.kernels("IT"))
    np.testing.assert_allclose(second["V1"], first["V1"], atol=1e-4)
    assert np.abs(second["IT"] - first["IT"]).max() > 0.1
    np.testing.assert_allclose(third["IT"], second["IT"], atol=1e-3)


def test_labels_reach_the_readout_and_nothing_of_the_areas(uncompiled: None) -> None:
    rule = SparseCoding(batch_size=50, steps_per_area=5, n_patches=200)
    with_labels = digits(200)
    without = hw.StimulusSet.from_arrays(with_labels.images)
    ours, theirs = (kernels_after(10, rule, stimuli) for stimuli in (with_labels, without))
    for name in ("V1", "IT"):
        np.testing.assert_allclose(ours[name], theirs[name], atol=1e-3)
    model = ours["model"]
    moved = model.network.get_layer("readout").kernel - model.untrained().network.get_layer("readout").kernel
    assert np.abs(moved).max() > 0.005
    assert model.run.history.names == ("loss", "accuracy")
    assert theirs["model"].run.history.names == ("loss",)


def test_random_whitened_filters_answer_white_patches_and_do_not_learn() -> None:
    stimuli = ellipsoid()
    model, weights = found_by(RandomWhitened(steps_per_area=40, n_patches=500), 12, stimuli, 40)
    answers = np.asarray(model.record(stimuli)["V1"]).reshape(len(stimuli), -1)
    strong = answers.std(axis=0)
    assert strong.min() > 0.4
    assert strong.max() < 1.1
    assert np.abs(answers.mean(axis=0)).max() < 0.15
    series = model.run.history.series("loss").mean
    assert series[-1] == pytest.approx(series[len(series) // 2], abs=0.05)
    assert weights.shape == (12, 16)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"steps_per_area": 4}, "`steps_per_area` must be a whole number of at least 5; received 4"),
        ({"n_patches": 1.5}, "`n_patches` must be a whole number of at least 10; received 1.5"),
        ({"rate": 0}, "`rate` must be a number above 0 and up to 1; received 0"),
        ({"penalty": -1}, "`penalty` must be a finite number above 0; received -1"),
    ],
)
def test_settings_that_make_no_rule_are_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        SparseCoding(**options)


def test_a_network_without_filters_is_refused() -> None:
    network = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Flatten(name="IT"), keras.layers.Dense(10)])
    model = hw.GoalDrivenModel.from_keras(network, {"IT": "IT"}, hw.goal.Categorization(), Oja(), categories=range(10))
    with pytest.raises(ValueError, match=r"works on what filters see.*received `sequential.*` without a Conv2D"):
        model.train(digits(60))
