"""Labs that are closed after the test, and what presses keys in them."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

import hcnn_widgets as hw


def press(lab: Any, *keys: str, place: int = 0) -> None:
    """Press keys at a place of a lab's table."""
    for key in keys:
        lab.panel.pressed(place, key)


@pytest.fixture
def press_keys() -> Callable[..., None]:
    return press


@pytest.fixture
def make_lab(page: Any, clock: Any, ticker: Any) -> Iterator[Callable[..., Any]]:
    labs: list[Any] = []

    def made(kind: str, /, *given: Any, **options: Any) -> Any:
        labs.append(getattr(hw.widgets, kind)(*given, clock=clock, ticker=ticker, **options))
        return labs[-1]

    yield made
    for lab in labs:
        lab.close()


@pytest.fixture
def make_perceptron(make_lab: Callable[..., Any]) -> Callable[..., Any]:
    return partial(make_lab, "PerceptronLab")


@pytest.fixture
def make_gates(make_lab: Callable[..., Any]) -> Callable[..., Any]:
    return partial(make_lab, "GateLab")
