import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, nnls
from sklearn.svm import SVC

from hcnn_widgets.classroom import CORNERS, GATES, is_separable, margin, mistake_bound, perceptron_run

LABELLED = st.lists(
    st.tuples(st.integers(-5, 5), st.integers(-5, 5), st.booleans()), min_size=1, max_size=12, unique_by=lambda r: r[:2]
)


def apart(rows) -> tuple[np.ndarray, np.ndarray]:
    array = np.array(rows)
    return array[:, :2], array[:, 2]


def signed(points, targets) -> np.ndarray:
    return np.column_stack([points, np.ones(len(points))]) * np.where(targets, 1, -1)[:, None]


def by_linear_program(points, targets) -> bool:
    """Oracle: some w has w . x of 1 or more on every signed point."""
    rows = signed(points, targets)
    return linprog(np.zeros(rows.shape[1]), -rows, -np.ones(len(rows)), bounds=(None, None)).status == 0


def by_least_distance(points, targets) -> float:
    """Oracle: the shortest w with w . x of 1 or more (Lawson & Hanson 1974, chapter 23); the margin is 1 / |w|."""
    rows = signed(points, targets)
    system = np.vstack([rows.T, np.ones(len(rows))])
    wanted = np.append(np.zeros(rows.shape[1]), 1.0)
    residual = system @ nnls(system, wanted)[0] - wanted
    return 1 / np.linalg.norm(residual[:-1] / residual[-1])


@settings(max_examples=40, deadline=None)
@given(LABELLED)
def test_separable_is_what_a_linear_program_separates_and_the_margin_is_the_widest(rows) -> None:
    points, targets = apart(rows)
    separable = by_linear_program(points, targets)
    assert is_separable(points, targets) is separable
    expected = by_least_distance(points, targets) if separable else 0
    assert margin(points, targets) == pytest.approx(expected, rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(LABELLED, st.sampled_from([0.1, 1.0, 3.0]), st.sampled_from([None, 1]))
def test_a_perceptron_makes_no_more_mistakes_than_the_bound(rows, eta, seed) -> None:
    points, targets = apart(rows)
    bound = mistake_bound(points, targets)
    run = perceptron_run(points, targets, eta=eta, n_sweeps=20, seed=seed)
    assert run.n_mistakes <= bound
    if not by_linear_program(points, targets):
        assert bound == np.inf
        assert not run.converged


def test_the_bound_is_r_over_gamma_squared_of_the_points_with_a_1() -> None:
    points, targets = np.array(CORNERS), np.array(GATES["AND"].outputs)
    assert mistake_bound(points, targets) == pytest.approx(3 / by_least_distance(points, targets) ** 2)


def test_whether_a_line_separates_does_not_hang_on_unit_and_place() -> None:
    points = 1e-6 * np.array(CORNERS) + [1000.0, -1000.0]
    assert is_separable(points, GATES["AND"].outputs)
    assert not is_separable(points, GATES["XOR"].outputs)


@pytest.mark.parametrize("n_inputs", [14, 60])
def test_many_points_in_many_dimensions_are_told_apart(n_inputs) -> None:
    points = np.random.default_rng(0).normal(size=(25, n_inputs))
    targets = np.random.default_rng(1).integers(0, 2, 25)
    # In 14 dimensions a plane tells about half of all classes of 25 points apart (Cover 1965), in 60 any.
    assert is_separable(points, targets) is by_linear_program(points, targets)


def test_there_are_16_gates_and_a_line_separates_14() -> None:
    assert {gate.outputs for gate in GATES.values()} == set(itertools.product((0, 1), repeat=4))
    split = [name for name, gate in GATES.items() if not gate.separable]
    assert split == [name for name, gate in GATES.items() if not by_linear_program(CORNERS, gate.outputs)]
    assert split == ["XOR", "XNOR"]


@pytest.mark.parametrize(
    ("name", "of_bits"),
    [
        ("AND", np.logical_and),
        ("OR", np.logical_or),
        ("XOR", np.logical_xor),
        ("XNOR", np.equal),
        ("NAND", lambda x1, x2: ~(x1 & x2)),
        ("NOR", lambda x1, x2: ~(x1 | x2)),
        ("x1", lambda x1, x2: x1),
        ("x2", lambda x1, x2: x2),
        ("NOT x1", lambda x1, x2: ~x1),
        ("NOT x2", lambda x1, x2: ~x2),
        ("x1 AND NOT x2", lambda x1, x2: x1 & ~x2),
        ("x2 AND NOT x1", lambda x1, x2: x2 & ~x1),
        ("x1 OR NOT x2", lambda x1, x2: x1 | ~x2),
        ("x2 OR NOT x1", lambda x1, x2: x2 | ~x1),
        ("never", lambda x1, x2: x1 & ~x1),
        ("always", lambda x1, x2: x1 | ~x1),
    ],
)
def test_a_gate_is_what_its_name_says(name, of_bits) -> None:
    assert list(GATES[name].outputs) == of_bits(*np.array(CORNERS, dtype=bool).T).astype(int).tolist()


def test_the_best_line_gets_all_corners_right_or_three_of_four() -> None:
    # Any line: those through a fine enough grid of directions and distances.
    turns = np.linspace(0, 2 * np.pi, 16, endpoint=False) + 0.1
    lines = [(np.cos(turn), np.sin(turn), b) for turn in turns for b in np.linspace(-2, 2, 41)]
    outputs = [[int(w1 * x1 + w2 * x2 + b > 0) for x1, x2 in CORNERS] for w1, w2, b in lines]
    for gate in GATES.values():
        assert gate.n_right == (np.array(outputs) == gate.outputs).sum(axis=1).max()


@pytest.mark.parametrize("name", [name for name, gate in GATES.items() if gate.separable])
def test_the_best_line_of_a_gate_is_as_far_from_all_corners_as_that_of_a_support_vector_machine(name) -> None:
    gate, furthest = GATES[name], 0.5  # that of one answer to all, for which the line stays in sight
    if len({*gate.outputs}) > 1:
        machine = SVC(kernel="linear", C=1e9).fit(CORNERS, gate.outputs)
        furthest = min(furthest, 1 / np.linalg.norm(machine.coef_))
    w1, w2, b = gate.best_line
    nearest = np.abs(np.array(CORNERS) @ (w1, w2) + b).min() / np.hypot(w1, w2)
    assert min(0.5, nearest) == pytest.approx(furthest, rel=1e-3)


def test_targets_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`targets` must be 0 or 1 for each point. Accepted is \(4,\).*\(3,\)"):
        is_separable(CORNERS, [0, 1, 1])
    with pytest.raises(ValueError, match="`targets` must be 0 or 1 for each point"):
        margin(CORNERS, [0, 1, 1, 2])
