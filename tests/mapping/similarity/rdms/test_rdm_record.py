import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import squareform

from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = ["cat", "dog", "car", "cup"]


def test_it_holds_the_upper_triangle_row_by_row_and_gives_the_square() -> None:
    rdm = Rdm([1, 2, 3, 4, 5, 6], IDS, distance="correlation", name="IT")
    np.testing.assert_array_equal(rdm.matrix, squareform([1, 2, 3, 4, 5, 6]))
    assert (rdm.matrix[0, 1], rdm.matrix[0, 3], rdm.matrix[1, 2]) == (1, 3, 4)
    assert len(rdm) == 4
    assert repr(rdm) == "Rdm(IT: 4 stimuli, correlation)"


def test_what_has_no_name_and_what_is_simulated_say_so() -> None:
    assert repr(Rdm([1, 2, 3], simulated=True)) == "Rdm(3 stimuli, distance not named, simulated)"


def test_without_ids_the_stimuli_are_called_by_their_rows() -> None:
    assert Rdm([1, 2, 3]).stimulus_ids.tolist() == ["row0000", "row0001", "row0002"]


def test_nothing_of_it_can_be_written() -> None:
    vector = np.array([1.0, 2, 3])
    rdm = Rdm(vector)
    vector[0] = 9
    assert rdm.vector[0] == 1
    for array in (rdm.vector, rdm.matrix, rdm.stimulus_ids):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]


def test_a_square_matrix_makes_the_same_record() -> None:
    rdm = Rdm.from_matrix(np.array(squareform([1, 2, 3, 4, 5, 6]), np.uint8), IDS, name="model")
    np.testing.assert_array_equal(rdm.vector, [1, 2, 3, 4, 5, 6])
    assert (rdm.name, rdm.vector.dtype) == ("model", np.float64)


def test_rounding_to_float32_passes_for_symmetry() -> None:
    square = squareform([1.0, 2, 3])
    square[0, 1] += 1e-7
    square[1, 1] = -1e-8
    assert Rdm.from_matrix(square).vector[0] == square[0, 1]


@settings(max_examples=40, deadline=None)
@given(st.permutations(IDS))
def test_selecting_gives_each_pair_its_own_dissimilarity_in_any_order(order) -> None:
    rdm = Rdm([1, 2, 3, 4, 5, 6], IDS)
    rows = [IDS.index(one) for one in order]
    selected = rdm.select(order)
    np.testing.assert_array_equal(selected.matrix, rdm.matrix[np.ix_(rows, rows)])
    assert selected.stimulus_ids.tolist() == list(order)


def test_selecting_some_keeps_what_the_record_says() -> None:
    rdm = Rdm([1, 2, 3, 4, 5, 6], IDS, "cosine", "IT", "words", "somebody", simulated=True).select(
        ["cup", "cat", "car"]
    )
    np.testing.assert_array_equal(rdm.vector, [3, 6, 2])
    assert (rdm.distance, rdm.name, rdm.convention, rdm.source, rdm.simulated) == (
        "cosine",
        "IT",
        "words",
        "somebody",
        True,
    )


def test_ids_that_are_not_there_are_listed() -> None:
    with pytest.raises(ValueError, match=r"`rdm` lacks 2 of 3 ids\. .* missing are bus, tree\."):
        Rdm([1, 2, 3], IDS[:3]).select(["cat", "bus", "tree"])


@pytest.mark.parametrize("ids", [["cat", "cat", "dog"], ["cat", "dog"], [1, 2, 3]])
def test_ids_must_be_text_as_many_as_stimuli_and_different(ids) -> None:
    with pytest.raises((TypeError, ValueError), match="`stimulus_ids`"):
        Rdm([1, 2, 3], ids)


def test_selecting_a_stimulus_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"repeats some ids.*cat"):
        Rdm([1, 2, 3], IDS[:3]).select(["cat", "cat", "dog"])


def test_fewer_than_three_stimuli_are_refused() -> None:
    with pytest.raises(ValueError, match=r"3 or more; received \(1,\)"):
        Rdm([1, 2, 3], IDS[:3]).select(["cat", "dog"])
    with pytest.raises(ValueError, match=r"3 stimuli or more; received \(2, 2\)"):
        Rdm.from_matrix([[0, 1], [1, 0]])


@pytest.mark.parametrize("vector", [[1, 2], [1, 2, 3, 4], [], [[1, 2, 3]], 1.0])
def test_a_vector_that_is_no_triangle_is_refused(vector) -> None:
    with pytest.raises(ValueError, match=r"`vector` has the wrong shape\. Accepted is \(k,\)"):
        Rdm(vector)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_is_refused_and_counted(bad) -> None:
    with pytest.raises(ValueError, match="NaN or infinity at 1 of 3 places"):
        Rdm([1, bad, 3])
    square = squareform([1.0, 2, 3])
    np.fill_diagonal(square, bad)
    with pytest.raises(ValueError, match="NaN or infinity at 3 of 9 places"):
        Rdm.from_matrix(square)


def test_text_is_refused() -> None:
    with pytest.raises(TypeError, match=r"`vector` must be numbers\. Accepted is a float array; received dtype <U1"):
        Rdm(["1", "2", "3"])


def test_an_asymmetric_matrix_is_refused_with_both_values() -> None:
    square = squareform([1.0, 2, 3])
    square[0, 2] = 5
    with pytest.raises(ValueError, match=r"not symmetric\. .* received 5 at \(0, 2\) and 2 at \(2, 0\)"):
        Rdm.from_matrix(square)


def test_a_matrix_of_similarities_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"a diagonal that is not zero\. .* received 1 at row 0\. .* made one by 1 - r"
    ):
        Rdm.from_matrix(np.eye(3))


def test_a_matrix_that_is_not_square_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Accepted is \(n_stimuli, n_stimuli\) .* received \(3, 4\)"):
        Rdm.from_matrix(np.zeros((3, 4)))
