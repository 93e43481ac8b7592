import numpy as np
import pytest
from sklearn.linear_model import RidgeCV

from hcnn_widgets.mapping.live.comparison import LIVE_ALPHAS
from hcnn_widgets.mapping.maps.penalties import PENALTIES, Penalties, penalties_of
from hcnn_widgets.mapping.maps.regression import ridgecv

RNG = np.random.default_rng(0)
X, NEW = RNG.normal(size=(40, 6)) * 3 + 1, RNG.normal(size=(5, 6)) * 3 + 1
Y = X @ RNG.normal(size=(6, 4)) + 8 * RNG.normal(size=(40, 4))


@pytest.mark.parametrize(
    ("alphas", "grid"),
    [
        ("himalaya", 10.0 ** np.arange(1, 21)),
        (np.array([0.3, 30.0, 3000.0]), np.array([0.3, 30.0, 3000.0])),
        ("relative", np.logspace(-2, 8, 101) * X.var(axis=0).mean()),
    ],
    ids=["himalaya", "given", "relative"],
)
def test_ridgecv_chooses_from_the_penalties_as_scikit_learn_does(alphas, grid) -> None:
    np.testing.assert_allclose(ridgecv(X, Y, NEW, alphas), RidgeCV(grid).fit(X, Y).predict(NEW), rtol=1e-6)


def test_the_default_is_relative_and_has_the_penalties_of_the_live_score() -> None:
    np.testing.assert_array_equal(ridgecv(X, Y, NEW), ridgecv(X, Y, NEW, "relative"))
    of_default = PENALTIES["relative"].of(1.0)
    assert all(np.isclose(of_default, alpha).any() for alpha in LIVE_ALPHAS)
    assert PENALTIES["relative"].smallest is None


def test_the_words_say_how_many_and_how_large() -> None:
    assert {name: penalties.words for name, penalties in PENALTIES.items()} == {
        "relative": "101 alphas, 0.01 to 1e8 times the predictors' mean variance",
        "brain-score": "Brain-Score's 99 alphas, 0.01 to 1e7",
        "himalaya": "the 20 alphas of himalaya's voxelwise tutorials, 10 to 1e20",
    }
    assert penalties_of([5, 0.5]).words == "2 given alphas, 0.5 to 5"
    assert PENALTIES["brain-score"].smallest == 0.01


def test_an_entry_is_taken_as_it_is() -> None:
    mine = Penalties((1.0, 2.0), "mine", relative=True)
    assert penalties_of(mine) is mine
    np.testing.assert_array_equal(mine.of(3.0), [3.0, 6.0])


@pytest.mark.parametrize(
    ("alphas", "words"),
    [
        ("brainscore", r"`alphas='brainscore'` is unknown\. Accepted are .*; the nearest is 'brain-score'"),
        (
            [],
            r"`alphas` are no penalties\. Accepted is a name \('relative', .*\) or a row of finite numbers above 0; re",
        ),
        ([1.0, 0.0], r"received \[1\.0, 0\.0\]"),
        ([1.0, np.inf], r"received \[1\.0, inf\]"),
        ([[1.0]], r"received \[\[1\.0\]\]"),
        (1.0, r"received 1\.0"),
        (None, r"`alphas`"),
    ],
)
def test_what_is_no_penalty_is_refused(alphas, words) -> None:
    with pytest.raises((ValueError, TypeError), match=words):
        penalties_of(alphas)
