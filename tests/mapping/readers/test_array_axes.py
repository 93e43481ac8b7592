from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from hcnn_widgets.mapping.readers.array_axes import AXES, presentations_in

PATH = Path("x.npy")
IDS = ["c", "a", "b"]


@pytest.mark.parametrize("axes", list(permutations(AXES)))
def test_axes_in_any_order_give_the_same_presentations(axes) -> None:
    array = np.arange(24.0).reshape(2, 3, 4)
    turned = array.transpose([AXES.index(axis) for axis in axes])
    found = presentations_in(turned, PATH, stimulus_ids=IDS, axes=axes)
    np.testing.assert_array_equal(found.values, array.reshape(6, 4))
    assert found.columns["stimulus_id"].tolist() == IDS * 2
    assert found.columns["repetition"].tolist() == [0, 0, 0, 1, 1, 1]


def test_two_dimensions_are_stimuli_and_sites() -> None:
    found = presentations_in(np.arange(6).reshape(3, 2), PATH, stimulus_ids=IDS, site_ids=["p", "q"])
    assert found.values.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert found.site_ids.tolist() == ["p", "q"]


@pytest.mark.parametrize(
    ("shape", "axes"),
    [
        ((3,), None),
        ((2, 3, 4, 5), None),
        ((3, 4), ("trial", "site")),
        ((3, 4), AXES),
        ((3, 4, 5), ("site", "site", "trial")),
    ],
)
def test_axes_that_do_not_fit_are_refused(shape, axes) -> None:
    with pytest.raises(
        ValueError, match=r"`axes` must name the dimensions\. Accepted are 'stimulus' and 'site'.*received"
    ):
        presentations_in(np.zeros(shape), PATH, stimulus_ids=IDS, axes=axes)


@pytest.mark.parametrize(("ids", "received"), [(None, "none"), (["a"], "1")])
def test_stimuli_must_be_named(ids, received) -> None:
    words = rf"`stimulus_ids` must name each of 3: the file does not\. Accepted is.*received {received} for"
    with pytest.raises(ValueError, match=words):
        presentations_in(np.zeros((3, 2)), PATH, stimulus_ids=ids)


def test_sites_are_named_each_or_not_at_all() -> None:
    with pytest.raises(ValueError, match=r"`site_ids` must name each of 2"):
        presentations_in(np.zeros((3, 2)), PATH, stimulus_ids=IDS, site_ids=["p"])


@pytest.mark.parametrize("array", [np.full((3, 2), "x"), np.zeros((3, 2), complex), np.zeros((3, 2), bool)])
def test_what_holds_no_numbers_is_refused(array) -> None:
    with pytest.raises(
        TypeError, match=r"`path` holds no numbers\. Accepted is an array of them; received .* in x\.npy"
    ):
        presentations_in(array, PATH, stimulus_ids=IDS)
