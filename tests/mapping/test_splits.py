import numpy as np
import pytest
from sklearn.model_selection import KFold, StratifiedShuffleSplit

from hcnn_widgets.mapping.splits import SPLIT_WORDS, SPLITS, brain_score, kfold

LABELS = np.repeat(["a", "b", "c"], 20)


def test_every_way_of_splitting_has_its_words() -> None:
    assert set(SPLITS) == set(SPLIT_WORDS)


def test_kfold_holds_every_stimulus_out_once() -> None:
    folds = kfold(23, None)
    assert sorted(np.concatenate([test for _, test in folds])) == list(range(23))
    assert all(len(train) + len(test) == 23 and not set(train) & set(test) for train, test in folds)


def test_kfold_is_scikit_learns_with_seed_0() -> None:
    expected = KFold(10, shuffle=True, random_state=0).split(np.zeros(640))
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(kfold(640, None), expected, strict=True))


def test_brain_score_splits_hold_out_a_tenth_of_every_object() -> None:
    for train, test in brain_score(60, LABELS):
        assert np.unique(LABELS[test], return_counts=True)[1].tolist() == [2, 2, 2]
        assert len(train) == 54


def test_brain_score_splits_are_scikit_learns_with_seed_1() -> None:
    expected = StratifiedShuffleSplit(10, train_size=0.9, random_state=1).split(np.zeros(60), LABELS)
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(brain_score(60, LABELS), expected, strict=True))


def test_splits_by_object_need_labels() -> None:
    with pytest.raises(ValueError, match=r"have no labels. Accepted are recordings with labels, or splits='kfold'"):
        brain_score(60, None)


def test_objects_with_one_stimulus_cannot_be_stratified() -> None:
    with pytest.raises(
        ValueError, match=r"cannot be stratified here. Accepted are 2 stimuli.*received 3 stimuli with 3"
    ):
        brain_score(3, np.array(["a", "b", "c"]))


@pytest.mark.parametrize("n_folds", [1, 6])
def test_more_folds_than_stimuli_are_refused(n_folds) -> None:
    with pytest.raises(ValueError, match=f"Accepted is 2 to 5, the number of stimuli; received {n_folds}"):
        kfold(5, None, n_folds)
