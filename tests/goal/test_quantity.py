from typing import Any

import pytest

from hcnn_widgets.goal.quantity import Quantity


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ({"percent": True}, 0.6125, "61.3 %"),
        ({"percent": True}, 1.0, "100.0 %"),
        ({}, 0.31, "0.31"),
        ({}, -71.23456, "−71.2"),
        ({"highest": 1.0}, -0.09309, "−0.09"),
        ({"highest": 1.0}, -0.001, "0.00"),
        ({"lowest": 0.0, "highest": 1.0}, 0.8251, "0.83"),
    ],
)
def test_a_value_is_written_as_precisely_as_it_is_meant_and_with_a_minus(
    kind: dict[str, Any], value: float, words: str
) -> None:
    assert Quantity("score", **kind).in_words(value) == words


@pytest.mark.parametrize("name", ["", "loss", "validation accuracy"])
def test_a_name_that_stands_for_another_curve_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"`name` of a quantity is taken; .*; received '{name}'"):
        Quantity(name)


@pytest.mark.parametrize("highest", [1.0, 0.5])
def test_an_empty_range_is_refused(highest: float) -> None:
    with pytest.raises(ValueError, match=f"`lowest` of r must be below `highest`; received 1.0 and {highest}"):
        Quantity("r", lowest=1.0, highest=highest)
