"""The order of images, and rules as data."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.learning.loop import batches
from hcnn_widgets.learning.optimizers import OPTIMIZERS, SCHEDULES
from hcnn_widgets.learning.rules import RULES, rule_from_dict


@given(st.integers(1, 30), st.integers(1, 40), st.integers(0, 5))
def test_every_image_comes_once_before_any_comes_again(n_images: int, batch_size: int, seed: int) -> None:
    stream = batches(n_images, batch_size, seed)
    taken = np.concatenate([next(stream) for _ in range(2 * n_images // batch_size + 1)])
    for start in range(0, len(taken) - n_images + 1, n_images):
        assert sorted(taken[start : start + n_images]) == list(range(n_images))


def test_the_same_seed_gives_the_same_order() -> None:
    first, second = batches(50, 8, 3), batches(50, 8, 3)
    for _ in range(10):
        np.testing.assert_array_equal(next(first), next(second))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_comes_back_from_plain_data(name: str) -> None:
    rule = RULES[name](learning_rate=0.25)
    assert rule_from_dict(rule.to_dict()) == rule


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`rule` must be one of backpropagation, .*; received 'hebb'"):
        rule_from_dict({"rule": "hebb"})


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_starts_at_the_learning_rate(optimizer: str) -> None:
    made = Backpropagation(learning_rate=0.25, optimizer=optimizer).make_optimizer()
    assert float(made.learning_rate) == pytest.approx(0.25)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_starts_at_one_and_never_rises(schedule: str) -> None:
    factors = [Backpropagation(schedule=schedule).rate_factor(x) for x in np.linspace(0, 1, 20)]
    assert factors[0] == 1
    assert all(a >= b >= 0 for a, b in pairwise(factors))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"learning_rate": -1}, "`learning_rate` must be a finite number of at least 0; received -1"),
        ({"optimizer": "magic"}, "`optimizer` must be one of adam, .*; received 'magic'"),
        ({"schedule": "sawtooth"}, "`schedule` must be one of constant, cosine; received 'sawtooth'"),
        ({"batch_size": 0}, "`batch_size` must be a whole number of at least 1; received 0"),
        ({"batch_size": True}, "`batch_size` must be a whole number of at least 1; received True"),
    ],
)
def test_a_rule_refuses_what_makes_no_sense(settings: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Backpropagation(**settings)
