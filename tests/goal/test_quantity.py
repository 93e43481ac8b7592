import pytest

from hcnn_widgets.goal.quantity import Quantity


@pytest.mark.parametrize(
    ("percent", "value", "words"),
    [(True, 0.6125, "61.3 %"), (True, 1.0, "100.0 %"), (False, 0.31, "0.31"), (False, 71.23456, "71.23")],
)
def test_a_value_is_written_in_percent_or_with_four_digits(percent: bool, value: float, words: str) -> None:
    assert Quantity("score", percent=percent).in_words(value) == words


@pytest.mark.parametrize("name", ["", "loss", "validation accuracy"])
def test_a_name_that_stands_for_another_curve_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"`name` of a quantity is taken; .*; received '{name}'"):
        Quantity(name)


@pytest.mark.parametrize("highest", [1.0, 0.5])
def test_an_empty_range_is_refused(highest: float) -> None:
    with pytest.raises(ValueError, match=f"`lowest` of r must be below `highest`; received 1.0 and {highest}"):
        Quantity("r", lowest=1.0, highest=highest)
