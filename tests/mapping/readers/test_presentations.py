import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.records.given_arrays import as_text


def made() -> Presentations:
    return Presentations(
        values=np.arange(12.0).reshape(4, 3),
        columns={"stimulus_id": np.array(["a", "b", "a", "c"]), "variation": np.array([6.0, 3, 6, 6])},
        stimulus_columns=("stimulus_id",),
        site_columns={"animal": np.array([b"Chabo", b"Tito", b"Tito"])},
        site_ids=np.array(["p", "q", "r"]),
        regions=np.array(["V4", "IT", "IT"]),
    )


def test_conditions_choose_presentations_and_sites() -> None:
    kept = made().where({"variation": 6, "animal": ["Tito", "Nobody"]})
    assert kept.values.tolist() == [[1, 2], [7, 8], [10, 11]]
    assert kept.columns["stimulus_id"].tolist() == ["a", "a", "c"]
    assert kept.site_ids.tolist() == ["q", "r"]
    assert kept.regions.tolist() == ["IT", "IT"]
    assert kept.site_columns["animal"].tolist() == [b"Tito", b"Tito"]


def test_sites_without_names_and_regions_are_chosen_too() -> None:
    kept = Presentations(np.eye(2), {}, (), {"animal": np.array(["x", "y"])}).where({"animal": "y"})
    assert kept.values.tolist() == [[0], [1]]
    assert kept.site_ids is kept.regions is None


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"`where` names a column.*: 'colour'\. Accepted are stimulus_id, variation, ani"
    ):
        made().where({"colour": 1})
    with pytest.raises(ValueError, match=r"Accepted are none here\."):
        Presentations(np.eye(2), {}, ()).where({"colour": 1})


def test_conditions_that_leave_nothing_are_refused_with_what_there_is() -> None:
    with pytest.raises(ValueError, match=r"no variation is '4' or '5'\. Accepted are values.*such as '3', '6'\."):
        made().where({"variation": [4, 5]})


@given(numbers=st.lists(st.integers(-999, 999), min_size=1), kind=st.sampled_from(["i8", "f8", "f4", "O", "U", "S"]))
def test_whole_numbers_are_written_alike_whatever_their_type(numbers, kind) -> None:
    column = np.array(numbers).astype(kind)
    assert as_text(column).tolist() == [str(number) for number in numbers]


def test_other_values_are_written_as_they_are() -> None:
    mixed = np.array([1.5, True, None, b"k\xc3\xb6ter", float("nan")], dtype=object)
    assert as_text(mixed).tolist() == ["1.5", "True", "None", "köter", "nan"]
    assert as_text(np.array([[1.0], [2.0]])).shape == (2, 1)
