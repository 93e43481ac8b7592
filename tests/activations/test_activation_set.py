import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.activations.activation_set import ActivationSet

IDS = ["a", "b", "c"]


def test_a_set_keeps_read_only_float32_copies() -> None:
    given_array = np.arange(6.0).reshape(3, 2)
    activations = ActivationSet({"V1": given_array, "IT": np.ones((3, 4))}, IDS)
    given_array[:] = -1
    assert activations["V1"].dtype == np.float32
    assert activations["V1"].tolist() == [[0, 1], [2, 3], [4, 5]]
    assert activations.areas == ("V1", "IT")
    assert len(activations) == 3
    with pytest.raises(ValueError, match="read-only"):
        activations["V1"][0, 0] = 1
    with pytest.raises(TypeError, match="does not support item assignment"):
        activations.activations["V2"] = given_array


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_view_made_before_an_array_was_frozen_changes_nothing(frozen: bool, dtype) -> None:
    rows = np.ones((3, 2), dtype)
    view = rows[:]
    rows.setflags(write=not frozen)
    activations = ActivationSet({"IT": rows}, IDS)
    view[:] = 7
    assert activations["IT"].tolist() == [[1, 1]] * 3
    assert rows.flags.writeable is not frozen


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
def test_arrays_that_are_given_away_are_frozen_and_only_other_numbers_than_float32_are_copied(dtype) -> None:
    rows = np.arange(6, dtype=dtype).reshape(3, 2).copy()
    activations = ActivationSet.taking_over({"IT": rows}, IDS)
    assert np.shares_memory(activations["IT"], rows) is (dtype == np.float32)
    assert activations["IT"].dtype == np.float32
    assert activations["IT"].tolist() == [[0, 1], [2, 3], [4, 5]]
    with pytest.raises(ValueError, match="read-only"):
        activations["IT"][0, 0] = 1
    with pytest.raises(ValueError, match="holds NaN or infinity"):
        ActivationSet.taking_over({"IT": np.full((3, 2), np.nan)}, IDS)


@given(st.permutations(range(5)), st.integers(1, 5))
def test_selected_stimuli_keep_their_own_rows_in_the_order_asked_for(order, n_selected: int) -> None:
    rows = np.random.default_rng(0).normal(size=(5, 3))
    ids = np.array([f"s{index}" for index in range(5)])
    selected = ActivationSet({"IT": rows}, ids).select(ids[order][:n_selected])
    assert selected.stimulus_ids.tolist() == ids[order][:n_selected].tolist()
    np.testing.assert_array_equal(selected["IT"], rows.astype("float32")[order][:n_selected])


def test_a_set_survives_pickle_and_deepcopy() -> None:
    activations = ActivationSet({"V1": np.eye(3)}, IDS)
    for again in (pickle.loads(pickle.dumps(activations)), copy.deepcopy(activations)):
        np.testing.assert_array_equal(again["V1"], activations["V1"])
        assert again.stimulus_ids.tolist() == IDS


@pytest.mark.parametrize(
    ("activations", "ids", "says"),
    [
        ({}, IDS, "`activations` names no area; a mapping .* is accepted; received dict"),
        (np.eye(3), IDS, "`activations` names no area; a mapping .* is accepted; received ndarray"),
        ({"": np.eye(3)}, IDS, "`activations` has a key that names no area; .*; received ''"),
        ({1: np.eye(3)}, IDS, "`activations` has a key that names no area; .*; received 1"),
        ({"V1": np.eye(2)}, IDS, r"`activations\['V1'\]` has the wrong shape; \(3, n_units\) is .*; received \(2, 2\)"),
        (
            {"V1": np.ones((3, 2, 2, 4))},
            IDS,
            r"received \(3, 2, 2, 4\)\. x\.reshape\(len\(x\), -1\) makes rows of maps\.$",
        ),
        ({"V1": np.ones(3)}, IDS, r"has the wrong shape; .*; received \(3,\)"),
        ({"V1": np.ones((3, 0))}, IDS, r"has the wrong shape; .*; received \(3, 0\)"),
        (
            {"V1": np.array([[1, np.nan], [1, 1], [1, 1]])},
            IDS,
            r"holds NaN or infinity; .*; received others in 1 of 2 units, first \[1\]",
        ),
        ({"V1": np.full((3, 2), np.inf)}, IDS, "holds NaN or infinity; .* in 2 of 2 units"),
        ({"V1": np.eye(3)}, ["a", "b", "a"], r"`stimulus_ids` repeats some ids; .*; received more than once: a\."),
        ({"V1": np.eye(3)}, [["a", "b", "c"]], "`stimulus_ids` is not a row of text"),
        ({"V1": np.eye(3)}, [], "`stimulus_ids` is not a row of text"),
    ],
)
def test_what_makes_no_set_is_refused(activations, ids, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ActivationSet(activations, ids)


def test_an_area_or_id_that_is_not_there_is_named() -> None:
    activations = ActivationSet({"V1": np.eye(3), "IT": np.eye(3)}, IDS)
    with pytest.raises(KeyError, match="area='V3' is not in this set; its areas are V1, IT"):
        activations["V3"]
    with pytest.raises(
        ValueError, match=r"names 2 stimuli that are not in this set of 3; ids like a .*; received x, y"
    ):
        activations.select(["x", "a", "y"])


def test_going_through_a_set_gives_its_areas_in_order() -> None:
    maps = ActivationSet({"V1": np.zeros((2, 3)), "IT": np.ones((2, 1))}, ["a", "b"])
    assert [(area, maps[area].shape[1]) for area in maps] == [("V1", 3), ("IT", 1)]


def test_units_that_single_precision_cannot_hold_are_refused_and_named() -> None:
    rng = np.random.default_rng(0)
    units = rng.normal(size=(50, 3))
    units[:, 1] += 1e8
    with pytest.raises(
        ValueError, match=r"varies too little .* in 1 of 3 units, first \[1\]. Subtract each unit's mean"
    ):
        ActivationSet({"IT": units}, [f"image{row}" for row in range(50)])


@given(st.floats(-1e3, 1e3), st.floats(1e-20, 1e20), st.integers(0, 100))
def test_what_is_kept_correlates_with_what_was_given(mean, scale, seed) -> None:
    units = scale * (np.random.default_rng(seed).normal(size=(30, 2)) + mean)
    kept = ActivationSet({"IT": units}, [f"image{row:02d}" for row in range(30)])["IT"].astype(np.float64)
    for unit, its in zip(units.T, kept.T, strict=True):
        assert np.corrcoef(unit, its)[0, 1] > 0.9999


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e8 + 0.1])
def test_constant_units_are_kept(constant: float) -> None:
    assert ActivationSet({"IT": np.full((4, 2), constant)}, list("abcd"))["IT"].shape == (4, 2)


def test_more_units_than_are_looked_at_together_are_all_looked_at() -> None:
    units = np.zeros((3, 5000))
    units[:, 4999] = 1e9 + np.arange(3)
    with pytest.raises(ValueError, match=r"first \[4999\]"):
        ActivationSet({"IT": units}, list("abc"))
