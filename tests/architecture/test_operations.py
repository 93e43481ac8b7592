import re

import pytest

from hcnn_widgets.architecture import OPERATIONS, activate, filter, normalise, pool


@pytest.mark.parametrize("word", OPERATIONS)
def test_an_operation_is_listed_under_its_own_word(word: str) -> None:
    assert OPERATIONS[word].operation == word


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: filter(0),
            "`n_kernels` of filter is out of range; a whole number from 1 to 4096 is accepted; received 0",
        ),
        (lambda: filter(8, size=-3), "`size` of filter is out of range.*received -3"),
        (lambda: filter(8, size=10**4000), "`size` of filter is out of range.*received a number of 13288 bits"),
        (
            lambda: filter(8, padding="full"),
            "`padding` of filter is not known; accepted are same, valid; received 'full'",
        ),
        (
            lambda: activate("gelu"),
            "`function` of activate is not known; accepted are relu, .*softplus; received 'gelu'",
        ),
        (
            lambda: activate("leaky_relu", slope=2),
            "`slope` of activate is out of range; a number from 0 to 1 is .*received 2",
        ),
        (
            lambda: pool("median"),
            "`function` of pool is not known; accepted are max, mean, lp, subsample; received 'median'",
        ),
        (lambda: pool("max", size=0), "`size` of pool is out of range"),
        (lambda: pool("lp", p=0.5), "`p` of pool is out of range; a number from 1 to 16 is accepted; received 0.5"),
        (lambda: pool("lp", p=float("nan")), "`p` of pool is out of range.*received nan"),
        (lambda: normalise(size=4), "`size` of normalise has no middle; an odd number is accepted; received 4"),
        (lambda: normalise(sigma=0), "`sigma` of normalise is out of range"),
        (lambda: normalise(sigma=10**400), "`sigma` of normalise is out of range"),
        (
            lambda: normalise(over="some"),
            "`over` of normalise is not known; accepted are all, own, weighted; received 'some'",
        ),
        (
            lambda: normalise(formula="log"),
            "`formula` of normalise is not known; accepted are root, ratio; received 'log'",
        ),
    ],
)
def test_a_value_out_of_bounds_is_refused_with_what_is_accepted(make, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: filter(8.0), "`n_kernels` of filter is not a whole number; .*; received 8.0"),
        (lambda: filter(True), "`n_kernels` of filter is not a whole number; .*; received True"),
        (
            lambda: filter(8, bias="yes"),
            "`bias` of filter is neither yes nor no; True or False is accepted; received 'yes'",
        ),
        (lambda: pool("lp", p="2"), "`p` of pool is not a number; .*; received '2'"),
        (lambda: normalise(exponent=True), "`exponent` of normalise is not a number"),
        (lambda: normalise(trainable=1), "`trainable` of normalise is neither yes nor no"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(make, says: str) -> None:
    with pytest.raises(TypeError, match=says):
        make()


def test_a_pool_steps_by_its_size_unless_told_otherwise() -> None:
    assert pool("max", size=3).stride == 3
    assert pool("max", size=3, stride=2).stride == 2


def test_a_refusal_of_a_very_long_value_stays_short() -> None:
    with pytest.raises(ValueError, match=re.escape("received 'xxxx")) as refusal:
        activate("x" * 100_000)
    assert len(str(refusal.value)) < 300
