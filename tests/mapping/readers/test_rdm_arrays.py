from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import squareform

from hcnn_widgets.mapping.readers.rdm_arrays import n_stimuli_in, rdms_in

PATH = Path("rdms.npz")


def names(n: int) -> list[str]:
    return [f"i{k}" for k in range(n)]


@settings(max_examples=40, deadline=None)
@given(stack=st.lists(st.integers(1, 3), max_size=2), n=st.integers(3, 8), seed=st.integers(0, 99))
def test_matrices_and_upper_triangles_give_scipy_s_vectors(stack, n, seed) -> None:
    vectors = np.random.default_rng(seed).random((*stack, n * (n - 1) // 2))
    squares = np.apply_along_axis(squareform, -1, vectors)
    found = rdms_in(squares, PATH, name="IT", stimulus_ids=names(n), distance="cosine")
    np.testing.assert_array_equal([rdm.vector for rdm in found], vectors.reshape(len(found), -1))
    assert {(len(rdm), rdm.distance) for rdm in found} == {(n, "cosine")}
    (one,) = rdms_in(vectors[(0,) * len(stack)][np.newaxis], PATH, name="IT", stimulus_ids=names(n))
    np.testing.assert_array_equal(one.vector, found[0].vector)


def test_each_is_named_by_subject_and_time() -> None:
    squares = np.broadcast_to(1.0 - np.eye(3), (2, 10, 3, 3))
    found = [rdm.name for rdm in rdms_in(squares, PATH, name="MEG", stimulus_ids=names(3))]
    assert found[0] == "MEG, subject 1, time 01"
    assert found[-1] == "MEG, subject 2, time 10"


@pytest.mark.parametrize("shape", [(5, 7), (2, 2), (1, 1, 1, 3, 3), (4,), (), (0, 0), (2, 3)])
def test_what_has_no_shape_of_rdms_is_refused(shape) -> None:
    assert n_stimuli_in(np.zeros(shape)) is None
    with pytest.raises(ValueError, match=r"`path` holds no RDM\. Accepted are.*received 'x' \(.*in rdms\.npz"):
        rdms_in(np.zeros(shape), PATH, name="x", stimulus_ids=names(3))


def test_without_ids_nothing_is_read() -> None:
    with pytest.raises(ValueError, match=r"`stimulus_ids` must be given: rdms\.npz does not name.*joined by id, never"):
        rdms_in(np.zeros((3, 3)), PATH, name="x", stimulus_ids=None)


@pytest.mark.parametrize(
    ("square", "words"),
    [
        ([[0, 1, 2], [1, 0, 3], [9, 3, 0]], "`matrix` is not symmetric"),
        ([[1, 1, 2], [1, 1, 3], [2, 3, 1]], "`matrix` has a diagonal that is not zero"),
        ([[0, 1, np.nan], [1, 0, 3], [np.nan, 3, 0]], "`matrix` has NaN or infinity at 2 of 9"),
    ],
)
def test_a_matrix_that_is_no_rdm_is_refused(square, words) -> None:
    with pytest.raises(ValueError, match=words):
        rdms_in(np.array(square, dtype=float), PATH, name="x", stimulus_ids=names(3))


def test_ids_that_repeat_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`stimulus_ids` repeats some ids.*more than once: a"):
        rdms_in(np.arange(3.0), PATH, name="x", stimulus_ids=["a", "a", "b"])
