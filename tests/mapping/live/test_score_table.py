import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.mapping.live.score_table import ScoreTable
from hcnn_widgets.mapping.live.site_detail import SiteDetail
from hcnn_widgets.mapping.noise.corrections import CORRECTIONS, corrected_score


def a_table(**fields) -> ScoreTable:
    value = np.array([[0.3, 0.6], [-0.1, 0.5]])
    defaults = {
        "step": 7,
        "model_areas": ("V1", "IT"),
        "brain_areas": ("V4", "IT"),
        "value": value,
        "error": value / 100,
        "untrained": value / 2,
        "ceiling": np.sqrt([0.75, 0.5]),
        "reliability": np.array([0.75, 0.5]),
        "n_reliability": np.array([640, 640]),
        "pixels": np.array([0.2, 0.1]),
        "n_stimuli": 100,
        "convention": "as agreed",
        "simulated": (False, True),
        "source": "made up",
    }
    return ScoreTable(**(defaults | fields))


def test_the_corrections_are_their_formulas_and_nothing_below_zero_is_squared() -> None:
    table = a_table()
    np.testing.assert_allclose(table.corrected("r2/c"), [[0.09 / 0.75, 0.36 / 0.75], [np.nan, 0.5]])
    np.testing.assert_allclose(table.corrected("(r/c)2"), [[0.16, 0.64], [np.nan, 1.0]])


@pytest.mark.parametrize("correction", [name for name in CORRECTIONS if CORRECTIONS[name].level == "score"])
@given(reliability=st.sampled_from([0.02, 0.0, -0.2, float("nan")]))
def test_a_reliability_that_is_not_above_chance_corrects_nothing(correction, reliability) -> None:
    corrected = a_table(reliability=np.array([reliability, 0.5])).corrected(correction)
    assert np.isnan(corrected[0]).all()
    assert corrected[1, 1] > 0


def test_each_score_is_corrected_as_a_score_of_as_many_images_corrects_itself() -> None:
    table = a_table(reliability=np.array([0.3, 0.3]), n_reliability=np.array([20, 200]))
    expected = [
        [corrected_score(one, 0.3, "r2/c", n) for one in row] for row, n in zip(table.value, (20, 200), strict=True)
    ]
    np.testing.assert_array_equal(table.corrected("r2/c"), expected)
    assert np.isnan(expected[0]).all()
    assert expected[1][1] > 0


def test_an_unknown_correction_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`correction='r/c'` is unknown. Accepted are 'r2/c', '\(r/c\)2'"):
        a_table().corrected("r/c")


def test_what_it_holds_cannot_be_changed() -> None:
    value = np.zeros((2, 2))
    table = a_table(value=value)
    value[:] = 1
    assert not table.value.any()
    with pytest.raises(ValueError, match=r"read-only"):
        table.value[0, 0] = 1


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("untrained", np.zeros(2), r"`untrained` has the wrong shape. Accepted is \(2, 2\); received \(2,\)"),
        ("n_reliability", np.zeros(3), r"`n_reliability` has the wrong shape. Accepted is \(2,\); received \(3,\)"),
        ("pixels", np.zeros((2, 2)), r"`pixels` has the wrong shape. Accepted is \(2,\); received \(2, 2\)"),
    ],
)
def test_another_shape_than_the_areas_say_is_refused(name, array, words) -> None:
    with pytest.raises(ValueError, match=words):
        a_table(**{name: array})


def test_details_of_other_areas_than_the_tables_are_refused() -> None:
    one = SiteDetail(np.array(["a"]), np.array(["s"]), np.zeros((1, 1), "f4"), np.zeros((1, 1), "f4"), np.zeros(1))
    assert a_table(details=((one, one), (one, one))).details[1][1] is one
    with pytest.raises(
        ValueError, match=r"`details` has the wrong shape. Accepted are 2 rows of 2; received rows of \[2, 1\]"
    ):
        a_table(details=((one, one), (one,)))
