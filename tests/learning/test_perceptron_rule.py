"""The perceptron's rule in the one loop, beside a loop over presentations in NumPy, and below its bound."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

import hcnn_widgets as hw
from hcnn_widgets.learning import PerceptronRule


def two_kinds(n: int = 40, gap: float = 0.3) -> hw.StimulusSet:
    """Draw images of 2 x 2 pixels on both sides of a plane, none of them near it."""
    rng = np.random.default_rng(3)
    pixels = rng.uniform(0, 1, (20 * n, 4))
    height = pixels @ [1, -1, 0.5, 1] - 0.75
    kept = np.flatnonzero(np.abs(height) > gap)[:n]
    labels = np.where(height[kept] > 0, "above", "below")
    return hw.StimulusSet.from_arrays(pixels[kept].reshape(-1, 2, 2, 1).astype(np.float32), labels=labels)


def trained(stimuli: hw.StimulusSet, rule: Any = None, spec: Any = None, **options: Any) -> Any:
    spec = spec or hw.architecture.perceptron(stimuli.image_shape)
    model = hw.GoalDrivenModel(spec, hw.goal.Categorization(), rule or PerceptronRule())
    run = model.train(stimuli, validation=None, **options)
    assert run.join(120)
    assert run.state == "finished", run.state_message
    return model


def slow_loop(stimuli: hw.StimulusSet, categories: Any, order: Any, rate: float, batch: int) -> tuple[Any, int]:
    """Oracle: presentation by presentation, unit by unit; weights with the bias last, and the mistakes."""
    weights, n_mistakes = np.zeros((len(categories), 5)), 0
    for first in range(0, len(order), batch):
        added = np.zeros_like(weights)
        for row in order[first : first + batch]:
            x = np.append(stimuli.images[row].ravel().astype(np.float64), 1.0)
            for unit, category in enumerate(categories):
                target, output = int(stimuli.labels[row] == category), int(weights[unit] @ x > 0)
                added[unit] += rate * (target - output) * x
                n_mistakes += target != output
        weights = weights + added
    return weights, n_mistakes


def widest_margin_by_lp(x: Any, signs: Any) -> float:
    """Oracle: some margin of a plane through 0 that separates, by linear programming; at most the widest one."""
    n = x.shape[1]
    found = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=np.column_stack([-signs[:, None] * x, np.ones(len(x))]),
        b_ub=np.zeros(len(x)),
        bounds=[(-1, 1)] * n + [(0, None)],
    )
    return float(found.x[-1] / np.linalg.norm(found.x[:-1]))


@pytest.mark.no_cover
@pytest.mark.parametrize(("rate", "batch"), [(1.0, 1), (0.25, 1), (0.5, 7)])
def test_weights_are_those_of_a_slow_loop(way: str, rate: float, batch: int) -> None:
    from hcnn_widgets.learning.loop import batches

    stimuli = two_kinds(20)
    model = trained(stimuli, PerceptronRule(learning_rate=rate, batch_size=batch), epochs=3, seed=4)
    stream = batches(len(stimuli), batch, 4)
    n_steps = -(-len(stimuli) // batch)
    order = [row for _ in range(3 * n_steps) for row in np.asarray(next(stream)).tolist()]
    expected, n_mistakes = slow_loop(stimuli, model.categories, order, rate, batch)
    kernel, bias = model.network.get_layer("readout").get_weights()
    np.testing.assert_allclose(np.vstack([kernel, bias]).T, expected, rtol=0, atol=1e-5)
    assert n_mistakes > 0


def test_mistakes_stay_below_their_bound_and_stop() -> None:
    stimuli = two_kinds()
    model = trained(stimuli, epochs=60)
    series = model.run.history.series("mistakes per image")
    counted = float(np.sum(series.mean * model.run.steps_done / len(series.mean)))
    x = np.column_stack([stimuli.images.reshape(len(stimuli), -1), np.ones(len(stimuli))]).astype(np.float64)
    signs = np.where(stimuli.labels == "above", 1.0, -1.0)
    bound = (np.linalg.norm(x, axis=1).max() / widest_margin_by_lp(x, signs)) ** 2
    assert 0 < counted <= 2 * bound  # each category's unit has the same plane, and the same bound
    assert series.mean[-1] == 0
    assert model.evaluate(stimuli)["accuracy"] == 1


@pytest.mark.no_cover
def test_lines_of_code_learn_what_it_learns() -> None:
    from hcnn_widgets.keras_door import keras

    stimuli = two_kinds(20)
    model = hw.GoalDrivenModel(hw.architecture.perceptron((2, 2, 1)), hw.goal.Categorization(), PerceptronRule())
    network = model.build(stimuli.categories)
    names = {"network": network, "images": stimuli.images, "targets": model.goal.targets(stimuli, model.categories)}
    exec(model.rule.keras_lines(model.goal, 1.0, 60, None), names)
    assert model.evaluate(stimuli)["accuracy"] == 1
    assert isinstance(names["readout"], keras.layers.Dense)


@pytest.mark.parametrize("spec", [hw.architecture.mlp(3, input_shape=(2, 2, 1))])
def test_a_network_with_hidden_weights_is_refused_in_a_sentence(spec: Any) -> None:
    model = hw.GoalDrivenModel(spec, hw.goal.Categorization(), PerceptronRule())
    with pytest.raises(
        ValueError, match=r"knows the mistakes of output units alone.*received weights elsewhere, hidden1"
    ):
        model.train(two_kinds(), validation=None)
    assert model.run is None


@pytest.mark.parametrize("options", [{"learning_rate": -1}, {"batch_size": 0}])
def test_a_rate_or_batch_that_is_none_is_refused(options: Any) -> None:
    with pytest.raises(ValueError, match="must be"):
        PerceptronRule(**options)
