import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.records.joining import rows_of


@given(st.permutations(list("abcdefgh")), st.lists(st.sampled_from("abcdefgh"), max_size=12))
def test_the_rows_give_back_what_was_wanted(ids, wanted) -> None:
    ids, wanted = np.array(ids), np.array(wanted, dtype=np.str_)
    assert ids[rows_of(wanted, ids, "recordings")].tolist() == wanted.tolist()


def test_missing_ids_are_listed() -> None:
    with pytest.raises(ValueError, match=r"`recordings` lacks 2 of 3 ids.*among its 2, such as a; missing are x, y"):
        rows_of(np.array(["x", "a", "y"]), np.array(["a", "b"]), "recordings")


def test_a_long_list_of_missing_ids_is_cut() -> None:
    with pytest.raises(ValueError, match=r"missing are 0, 1, 2, 3, 4, \.\.\.$"):
        rows_of(np.arange(9).astype(str), np.array(["a"]), "recordings")
