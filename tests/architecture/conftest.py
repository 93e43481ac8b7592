from typing import Any

import pytest
from hypothesis import strategies as st

from hcnn_widgets.architecture import OPERATIONS, ArchitectureSpec, area
from hcnn_widgets.architecture.areas import JOINS
from hcnn_widgets.architecture.operations import ACTIVATIONS, FORMULAS, NORMALISED_OVER, POOLINGS

_SMALL = st.integers(1, 4)
_PADDING = st.sampled_from(["same", "valid"])
_FIELDS: dict[str, dict[str, Any]] = {
    "filter": {
        "n_kernels": _SMALL,
        "size": _SMALL,
        "stride": st.integers(1, 2),
        "padding": _PADDING,
        "bias": st.booleans(),
        "l2_penalty": st.floats(0, 10),
    },
    "activate": {"function": st.sampled_from(ACTIVATIONS), "slope": st.floats(0, 1)},
    "pool": {
        "function": st.sampled_from(POOLINGS),
        "size": _SMALL,
        "stride": st.integers(0, 3),
        "padding": _PADDING,
        "p": st.floats(1, 8),
    },
    "normalise": {
        "size": st.sampled_from([1, 3, 5]),
        "over": st.sampled_from(NORMALISED_OVER),
        "formula": st.sampled_from(FORMULAS),
        "exponent": st.floats(1, 4),
        "sigma": st.floats(0.01, 10),
        "trainable": st.booleans(),
    },
}


@st.composite
def _specs(draw: Any) -> ArchitectureSpec:
    operation = st.one_of(*[st.builds(OPERATIONS[word], **fields) for word, fields in _FIELDS.items()])
    stacks = draw(st.lists(st.lists(operation, min_size=1, max_size=4), min_size=1, max_size=3))
    shape = (draw(st.integers(24, 40)), draw(st.integers(24, 40)), draw(st.integers(1, 3)))
    areas = [area(f"A{index}", stack) for index, stack in enumerate(stacks)]
    return ArchitectureSpec(tuple(areas), shape, draw(st.floats(0.5, 30)), "random", draw(st.floats(0, 1)))


@st.composite
def _graphs(draw: Any) -> ArchitectureSpec:
    """Draw areas that keep their maps' height and width, each taking any inputs and areas, later ones too."""
    time_steps = draw(st.sampled_from([1, 2, 3]))
    shape = (draw(st.integers(6, 9)), draw(st.integers(6, 9)), draw(st.integers(1, 3)))
    sequence = (time_steps, *shape)
    shapes = draw(st.sampled_from([[shape], [shape, shape]] + ([[sequence], [shape, sequence]] * (time_steps > 1))))
    outside = ["image", "second"][: len(shapes)]
    names = [f"A{index}" for index in range(draw(st.integers(1, 4)))]
    areas = []
    for index, name in enumerate(names):
        takes = outside + (names if time_steps > 1 else names[:index])
        inputs = draw(st.lists(st.sampled_from(takes), max_size=3, unique=True))
        operations = [OPERATIONS["filter"](2, draw(_SMALL)), draw(st.builds(OPERATIONS["normalise"], st.just(3)))]
        join = draw(st.sampled_from(JOINS))
        areas.append(area(name, operations[: draw(st.integers(1, 2))], inputs, join))
    given = dict(zip(outside, shapes, strict=True)) if len(shapes) > 1 else ()
    first = shapes[0]
    return ArchitectureSpec(tuple(areas), first, 4, "graph", draw(st.floats(0, 1)), time_steps, given)


def _or_none(draw: Any, specs: Any) -> ArchitectureSpec | None:
    try:
        return draw(specs)
    except ValueError:
        return None


@pytest.fixture(scope="session")
def random_specs() -> Any:
    """A Hypothesis strategy of specs, with None for those whose maps shrank to nothing."""
    return st.composite(_or_none)(_specs())


@pytest.fixture(scope="session")
def random_graphs() -> Any:
    """A Hypothesis strategy of specs that are no chains, with None for those that are refused."""
    return st.composite(_or_none)(_graphs())
