import copy

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hcnn_widgets.classroom import (
    CORNERS,
    GATES,
    folded,
    heaviside,
    mistake_bound,
    mistakes,
    perceptron_output,
    perceptron_run,
    presentation,
)

AND, OR, XOR = (GATES[name].outputs for name in ("AND", "OR", "XOR"))


def learnt_slowly(points, targets, weights, eta, n_sweeps) -> tuple[list[list[float]], list[bool]]:
    """Oracle: the rule in plain Python, number by number."""
    w, passed, wrong = list(weights), [list(weights)], []
    for _ in range(n_sweeps):
        clean = True
        for point, target in zip(points, targets, strict=True):
            x = [*point, 1.0]
            output = 1 if sum(a * b for a, b in zip(w, x, strict=True)) > 0 else 0
            w = [a + eta * (target - output) * b for a, b in zip(w, x, strict=True)]
            passed.append(w)
            wrong.append(output != target)
            clean = clean and output == target
        if clean:
            break
    return passed, wrong


def test_the_step_is_strict() -> None:
    assert heaviside(np.array([-1e-300, -0.0, 0.0, 1e-300])).tolist() == [0, 0, 0, 1]
    assert perceptron_output([[1, 1]], [1, -1, 0]).tolist() == [0]


def test_the_bias_is_the_weight_of_a_1() -> None:
    random = np.random.default_rng(0)
    points, weights = random.normal(size=(20, 3)), random.normal(size=4)
    np.testing.assert_allclose(folded(points) @ weights, points @ weights[:3] + weights[3])
    assert perceptron_output(points, weights).tolist() == (points @ weights[:3] + weights[3] > 0).tolist()


def test_a_mistake_adds_or_takes_away_the_point_and_nothing_else_changes_weights() -> None:
    missed = presentation([2, 3], 1, [0, 0, 0], eta=0.5)
    assert (missed.output, missed.is_mistake, missed.added.tolist()) == (0, True, [1, 1.5, 0.5])
    wrongly = presentation([2, 3], 0, [1, 1, 1])
    assert (wrongly.is_mistake, wrongly.after.tolist()) == (True, [-1, -2, 0])
    right = presentation([2, 3], 1, [1, 1, 1])
    assert (right.is_mistake, right.after.tolist()) == (False, [1, 1, 1])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.booleans()), min_size=1, max_size=7),
    st.tuples(*[st.integers(-3, 3)] * 3),
    st.sampled_from([0.5, 1.0, 2.0]),
)
@example([(0, -2, True), (0, -2, True), (-1, -3, False), (-4, 0, True)], (-1, 1, 0), 0.5)  # right at last
def test_a_run_keeps_every_step_of_the_rule(rows, start, eta) -> None:
    points, targets = [row[:2] for row in rows], [int(row[2]) for row in rows]
    run = perceptron_run(points, targets, start, eta, n_sweeps=12)
    passed, wrong = learnt_slowly(points, targets, start, eta, 12)
    assert (run.weights.tolist(), run.mistakes.tolist()) == (passed, wrong)
    assert run.shown.tolist() == [*range(len(points))] * (len(wrong) // len(points))
    assert run.converged == (not any(wrong[-len(points) :]))
    assert not (run.converged and mistakes(points, targets, run.weights[-1]).any())


@pytest.mark.parametrize("name", [name for name in GATES if name not in ("XOR", "XNOR")])
@pytest.mark.parametrize("seed", [None, 0])
def test_every_other_gate_is_learnt_within_the_bound(name, seed) -> None:
    run = perceptron_run(CORNERS, GATES[name].outputs, seed=seed)
    assert run.converged
    assert run.cycle is None
    assert 0 <= run.n_mistakes <= mistake_bound(CORNERS, GATES[name].outputs)
    assert (folded(CORNERS) @ run.weights[-1] > 0).tolist() == [bool(bit) for bit in GATES[name].outputs]


def test_on_xor_the_weights_come_back_for_ever() -> None:
    run = perceptron_run(CORNERS, XOR, n_sweeps=30)
    assert not run.converged
    passed, _ = learnt_slowly(CORNERS, XOR, [0, 0, 0], 1, 30)
    starts = passed[::4]
    assert starts[-1 - run.cycle] == starts[-1]
    assert all(starts[-1 - sweeps] != starts[-1] for sweeps in range(1, run.cycle))


def test_a_cycle_is_not_claimed_before_it_has_shown_or_where_the_order_changes() -> None:
    assert perceptron_run(CORNERS, XOR, [0.25, 7, 0], n_sweeps=1).cycle is None
    assert perceptron_run(CORNERS, XOR, n_sweeps=50, seed=0).cycle is None


def test_a_shuffled_sweep_shows_each_point_once_and_a_seed_repeats_it() -> None:
    run, again = (perceptron_run(CORNERS, XOR, n_sweeps=5, seed=3) for _ in range(2))
    sweeps = run.shown.reshape(5, 4)
    assert np.sort(sweeps, axis=1).tolist() == [[0, 1, 2, 3]] * 5
    assert len({tuple(sweep) for sweep in sweeps.tolist()}) > 1
    assert run.weights.tolist() == again.weights.tolist()


def test_output_units_learn_each_for_itself() -> None:
    both = perceptron_run(CORNERS, np.column_stack([AND, OR]), n_sweeps=20)
    for unit, targets in enumerate((AND, OR)):
        passed, _ = learnt_slowly(CORNERS, targets, [0, 0, 0], 1, 20)
        assert both.weights[: len(passed), :, unit].tolist() == passed
    assert not mistakes(CORNERS, np.column_stack([AND, OR]), both.weights[-1]).any()
    assert presentation([1, 1], [1, 0], np.zeros((3, 2))).added.tolist() == [[1, 0], [1, 0], [1, 0]]


def test_a_run_and_its_copies_stay_as_they_were() -> None:
    run = perceptron_run(CORNERS, AND)
    for kept in (run, copy.deepcopy(run)):
        with pytest.raises(ValueError, match="read-only"):
            kept.weights[0] = 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"points": [1, 2]}, r"`points` must be rows of finite numbers. Accepted .*; received \(2,\)"),
        ({"points": [[np.nan, 0]] * 4}, "`points` must be rows of finite numbers"),
        ({"targets": [0, 1, 1]}, r"`targets` must be 0 or 1 for each point and unit. Accepted is \(4,\) .* \(3,\)"),
        ({"targets": [-1, 1, 1, 1]}, r"`targets` must be 0 or 1 .*; received \(4,\) with \[-1, 1\]"),
        ({"weights": [0, 0]}, r"`weights` must be one an input, .* Accepted is \(3,\) or .*; received \(2,\)"),
        ({"weights": np.zeros((3, 2))}, r"`targets` must be 0 or 1 .* Accepted is \(4, 2\) of them; received \(4,\)"),
        ({"eta": 0}, "`eta` is no learning rate. Accepted is a number above 0; received 0"),
        ({"n_sweeps": 0}, "`n_sweeps` is no count"),
        ({"seed": -1}, "`seed` is no seed"),
        ({"sweeps": 2}, "`sweeps` is no argument of perceptron_run. .* the nearest is 'n_sweeps'"),
    ],
)
def test_what_is_no_run_is_refused(changes, words) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        perceptron_run(**{"points": CORNERS, "targets": AND, **changes})
