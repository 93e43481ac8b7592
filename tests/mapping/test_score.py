import numpy as np
import pytest

from hcnn_widgets.mapping.score import CORRECTIONS, Score

NOTHING = np.zeros(0)


def score(value: float = 0.6, ceiling: float = 0.75) -> Score:
    return Score(value, 0.01, NOTHING, NOTHING, ceiling, "ridge", "kfold", "as agreed")


def test_the_two_corrections_are_their_formulas() -> None:
    assert score().corrected("r2/c") == pytest.approx(0.36 / 0.75)
    assert score().corrected("(r/c)2") == pytest.approx(0.64)
    assert score(0.9).corrected("(r/c)2") > 1


@pytest.mark.parametrize("correction", list(CORRECTIONS))
@pytest.mark.parametrize(("value", "ceiling"), [(-0.1, 0.7), (0.3, 0.0), (0.3, -0.2), (0.3, np.nan), (np.nan, 0.7)])
def test_no_correction_where_it_would_lie(correction, value, ceiling) -> None:
    assert np.isnan(score(value, ceiling).corrected(correction))


def test_an_unknown_correction_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`correction='r/c'` is unknown. Accepted are 'r2/c', '\(r/c\)2'"):
        score().corrected("r/c")


def test_it_says_its_ceiling_and_its_convention() -> None:
    assert repr(score()) == "Score(0.600 +- 0.010, ceiling 0.750; as agreed)"
    assert "no ceiling" in repr(score(ceiling=np.nan))
