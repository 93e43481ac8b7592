"""Questions on units: what a perceptron answers, what it learns from a mistake, and the truth table of a gate."""

from typing import Any

import numpy as np

from hcnn_widgets.classroom.activation import ACTIVATIONS
from hcnn_widgets.classroom.gates import CORNERS, GATES
from hcnn_widgets.classroom.perceptron import presentation
from hcnn_widgets.classroom.questions.question import Hint, Mistake, QuestionKind

NAMED = tuple(name for name, gate in GATES.items() if name.isupper() and " " not in name)
"""Gates of which a table is asked: AND, OR, and the others that have a name of their own."""


def _unit(rng: np.random.Generator) -> dict[str, Any]:
    """Draw inputs, weights and a bias; one unit in three is just on the line, where z is 0."""
    inputs, weights = rng.integers(0, 4, 3).tolist(), rng.integers(-3, 4, 3).tolist()
    z = int(np.dot(inputs, weights))
    bias = -z if rng.random() < 1 / 3 and z else int(rng.integers(1, 4) * rng.choice([-1, 1]))
    return {"inputs": inputs, "weights": weights, "bias": bias}


def _perceptron(inputs: Any, weights: Any, bias: int) -> list[int]:
    z = int(np.dot(inputs, weights)) + bias
    return [z, int(z > 0)]


def _unit_hint(cell: tuple[int, int], inputs: Any, weights: Any, bias: int) -> Hint:
    if cell[1] == 1:
        return Hint("The output is 1 where z is above 0, strictly.")
    products = [f"{_factor(w)}\u00d7{x}" for w, x in zip(weights, inputs, strict=True)]
    return Hint(f"{' + '.join([*products, _factor(bias)])} = ?")


def _factor(value: int) -> str:
    return f"({value})" if value < 0 else str(value)


def _loose(inputs: Any, weights: Any, bias: int) -> list[int] | None:
    z = _perceptron(inputs, weights, bias)[0]
    return [z, 1] if z == 0 else None


def _mistaken(rng: np.random.Generator) -> dict[str, Any]:
    """Draw a presentation of which the perceptron's answer is wrong."""
    given = _unit(rng)
    return given | {"target": 1 - _perceptron(**given)[1]}


def _learnt(inputs: Any, weights: Any, bias: int, target: int) -> Any:
    return presentation(inputs, target, [*weights, bias]).after


def _step_hint(cell: tuple[int, int], inputs: Any, weights: Any, bias: int, target: int) -> Hint:
    names = [*(f"w{n + 1}" for n in range(len(weights))), "b"]
    before, beside = [*weights, bias][cell[1]], [*inputs, 1][cell[1]]
    return Hint(
        f"{names[cell[1]]}: {_factor(before)} + (target - output)\u00d7{beside} = ?, the output being 1 where z is "
        "above 0."
    )


def _sign_turned(inputs: Any, weights: Any, bias: int, target: int) -> Any:
    after = np.array(_learnt(inputs, weights, bias, target))
    return 2 * np.array([*weights, bias]) - after


def _bias_kept(inputs: Any, weights: Any, bias: int, target: int) -> Any:
    return [*np.array(_learnt(inputs, weights, bias, target))[:-1], bias]


def _unlearnt(inputs: Any, weights: Any, bias: int, target: int) -> Any:
    return [*weights, bias]


def _table(gate: str) -> Any:
    return np.array(GATES[gate].outputs)[:, None]


def _truth_table(gate: str, inputs: Any) -> Any:
    return _table(gate)


def _turned_table(gate: str, inputs: Any) -> Any:
    return 1 - _table(gate)


def _gate_hint(cell: tuple[int, int], gate: str) -> Hint:
    x1, x2 = CORNERS[cell[0]]
    return Hint(f"{x1} {gate} {x2} = ?", {"inputs": (cell[0], 0, 1, 2)})


def _other(names: dict[str, str]) -> Any:
    """Return the mistake of taking a gate for another."""
    return lambda gate, **_: _table(names[gate]) if gate in names else None


def _activated(z: Any, activation: str) -> Any:
    return [ACTIVATIONS[activation](z)]


RELU = {
    "relu": "0 where z is below 0, else z",
    "leaky_relu": "z above 0, and 0.2 z below",
}
UNIT_QUESTIONS: dict[str, QuestionKind] = {
    "perceptron": QuestionKind(
        _perceptron,
        _unit,
        lambda **given: f"A perceptron with the bias {given['bias']} sees these inputs. What are z and its output?",
        _unit_hint,
        (
            Mistake("the bias is forgotten", lambda inputs, weights, bias: _perceptron(inputs, weights, 0)),
            Mistake(
                "the bias is taken away rather than added",
                lambda inputs, weights, bias: _perceptron(inputs, weights, -bias),
            ),
            Mistake("z = 0 counts as above 0", _loose),
        ),
        "z = np.dot({inputs}, {weights}) + {bias}\nanswer = np.array([[z, z > 0]], dtype=int)\n",
        ("inputs", "weights"),
        ("z", "output"),
    ),
    "learning step": QuestionKind(
        _learnt,
        _mistaken,
        lambda **given: (
            f"The bias is {given['bias']}, and the target of these inputs {given['target']}. What are weights and bias "
            "after the perceptron has learned from them?"
        ),
        _step_hint,
        (
            Mistake("the inputs are added where they should be taken away, or the other way round", _sign_turned),
            Mistake("the bias does not learn", _bias_kept),
            Mistake("nothing is learned, as if the output had been right", _unlearnt),
        ),
        "inputs, weights = np.array({inputs} + [1]), np.array({weights} + [{bias}])  # the bias is the last weight\n"
        "answer = (weights + ({target} - int(weights @ inputs > 0)) * inputs)[None]\n",
        ("inputs", "weights"),
        ("w1", "w2", "w3", "b"),
    ),
    "gate": QuestionKind(
        _truth_table,
        lambda rng: {"gate": str(rng.choice(NAMED)), "inputs": [list(corner) for corner in CORNERS]},
        lambda gate, inputs: f"What is the truth table of {gate}?",
        lambda cell, gate, inputs: _gate_hint(cell, gate),
        (
            Mistake("1 and 0 are exchanged", _turned_table),
            Mistake('"or" is taken as "one of them, not both"', _other({"OR": "XOR", "NOR": "XNOR"})),
            Mistake('"either, or" is taken to hold for both, too', _other({"XOR": "OR", "XNOR": "NOR"})),
            Mistake("AND and OR are exchanged", _other({"AND": "OR", "OR": "AND", "NAND": "NOR", "NOR": "NAND"})),
        ),
        "x1, x2 = np.array({inputs}, dtype=bool).T\n"
        'tables = {{"AND": x1 & x2, "OR": x1 | x2, "XOR": x1 ^ x2}}\n'
        'tables |= {{"NAND": ~(x1 & x2), "NOR": ~(x1 | x2), "XNOR": x1 == x2}}\n'
        "answer = tables[{gate!r}].astype(int)[:, None]\n",
        ("inputs",),
        ("output",),
    ),
    "activation": QuestionKind(
        _activated,
        lambda rng: {
            "z": (rng.permutation(np.arange(1, 6)) * [1, -1, 1, -1, -1])[rng.permutation(5)].tolist(),
            "activation": str(rng.choice(list(RELU))),
        },
        lambda z, activation: f"What does the activation {activation} ({RELU[activation]}) make of these?",
        lambda cell, z, activation: Hint(f"z is {z[cell[1]]}: {RELU[activation]}.", {"z": (0, cell[1], 1, 1)}),
        (
            Mistake("the sign is taken away", lambda z, activation: np.abs(z)),
            Mistake("nothing is done", lambda z, activation: z),
            Mistake("the positive ones are cut rather than the negative ones", lambda z, activation: np.minimum(z, 0)),
            Mistake(
                "the leak is forgotten", lambda z, activation: np.maximum(z, 0) if activation == "leaky_relu" else None
            ),
        ),
        'z = np.array({z})\nleak = {{"relu": 0.0, "leaky_relu": 0.2}}[{activation!r}]\n'
        "answer = np.where(z > 0, z, leak * z)[None]\n",
        ("z",),
    ),
}
"""Kinds of questions on units, by name."""
