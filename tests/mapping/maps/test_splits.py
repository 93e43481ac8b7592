import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import GroupKFold, KFold, LeaveOneGroupOut, StratifiedShuffleSplit

from hcnn_widgets.mapping.maps.splits import (
    SPLITS,
    brain_score,
    grouped,
    kfold,
    leave_one_category_out,
)

LABELS = np.repeat(["a", "b", "c"], 20)
ROWS = np.zeros(60)
EACH_ONCE = [name for name, splitting in SPLITS.items() if splitting.each_once]
BY_GROUP = [name for name, splitting in SPLITS.items() if splitting.by_group]


def test_every_way_of_splitting_has_its_words() -> None:
    assert len({splitting.words for splitting in SPLITS.values()}) == len(SPLITS)
    assert list(EACH_ONCE) == ["kfold", "grouped", "leave-one-category-out"]
    assert EACH_ONCE[1:] == BY_GROUP


@pytest.mark.parametrize("splits", EACH_ONCE)
@given(st.lists(st.sampled_from("abcdef"), min_size=8, max_size=60).filter(lambda one: len(set(one)) > 2))
@settings(max_examples=30, deadline=None)
def test_every_stimulus_is_held_out_once_and_never_fitted_on_meanwhile(splits, labels) -> None:
    folds = SPLITS[splits](len(labels), np.array(labels), 3)
    assert sorted(np.concatenate([test for _, test in folds])) == list(range(len(labels)))
    assert all(sorted([*train, *test]) == list(range(len(labels))) for train, test in folds)


@pytest.mark.parametrize("splits", BY_GROUP)
@given(st.lists(st.sampled_from("abcdef"), min_size=8, max_size=60).filter(lambda one: len(set(one)) > 2))
@settings(max_examples=30, deadline=None)
def test_no_group_stands_on_both_sides(splits, labels) -> None:
    labels = np.array(labels)
    for train, test in SPLITS[splits](len(labels), labels, 3):
        assert not set(labels[train]) & set(labels[test])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (kfold(60, None), KFold(10, shuffle=True, random_state=0).split(ROWS)),
        (brain_score(60, LABELS), StratifiedShuffleSplit(10, train_size=0.9, random_state=1).split(ROWS, LABELS)),
        (grouped(60, LABELS, 2), GroupKFold(2).split(ROWS, groups=LABELS)),
        (leave_one_category_out(60, LABELS), LeaveOneGroupOut().split(ROWS, groups=LABELS)),
    ],
)
def test_the_folds_are_scikit_learns(ours, theirs) -> None:
    for (train, test), (their_train, their_test) in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(train, their_train)
        np.testing.assert_array_equal(test, their_test)


def test_brain_score_splits_hold_out_a_tenth_of_every_object() -> None:
    for train, test in brain_score(60, LABELS):
        assert np.unique(LABELS[test], return_counts=True)[1].tolist() == [2, 2, 2]
        assert len(train) == 54


@given(st.lists(st.integers(2, 30), min_size=2, max_size=4).filter(lambda each: sum(each) >= 40), st.randoms())
@settings(max_examples=30, deadline=None)
def test_brain_score_splits_hold_out_a_tenth_of_each_object_as_nearly_as_whole_stimuli_allow(each, random) -> None:
    labels = [name for name, n_stimuli in zip("abcd", each, strict=False) for _ in range(n_stimuli)]
    random.shuffle(labels)
    n, kinds = len(labels), np.array(labels)
    folds, again = (SPLITS["brain-score"](n, kinds, 6) for _ in range(2))
    theirs = StratifiedShuffleSplit(6, train_size=0.9, random_state=1).split(np.zeros(n), kinds)
    for (train, test), (same, _), (their_train, their_test) in zip(folds, again, theirs, strict=True):
        np.testing.assert_array_equal(train, same)
        np.testing.assert_array_equal(train, their_train)
        np.testing.assert_array_equal(test, their_test)
        assert sorted([*train, *test]) == list(range(n))
        assert len(test) == int(np.ceil(n / 10))
        for kind in set(labels):
            assert abs((kinds[test] == kind).sum() - len(test) * labels.count(kind) / n) <= 1


def test_categories_are_held_out_one_by_one_in_alphabetical_order() -> None:
    folds = leave_one_category_out(60, LABELS[::-1])
    assert [set(LABELS[::-1][test]) for _, test in folds] == [{"a"}, {"b"}, {"c"}]


@pytest.mark.parametrize(
    ("splits", "words"),
    [
        ("brain-score", "is stratified by object"),
        ("grouped", "keeps groups of stimuli together"),
        ("leave-one-category-out", "holds out a category at a time"),
    ],
)
def test_splits_by_object_need_labels(splits, words) -> None:
    match = (
        f"`splits='{splits}'` {words}, and these recordings have no labels. Accepted are .* splits='kfold'; received"
    )
    with pytest.raises(ValueError, match=match):
        SPLITS[splits](60, None)


def test_objects_with_one_stimulus_cannot_be_stratified() -> None:
    with pytest.raises(
        ValueError, match=r"cannot be stratified here. Accepted are 2 stimuli.*received 3 stimuli with 3"
    ):
        brain_score(3, np.array(["a", "b", "c"]), 3)


@pytest.mark.parametrize("n_folds", [1, 6])
def test_more_folds_than_stimuli_are_refused(n_folds) -> None:
    with pytest.raises(ValueError, match=f"Accepted is 2 to 5, the number of stimuli; received {n_folds}"):
        kfold(5, None, n_folds)


def test_more_splits_than_stimuli_are_refused() -> None:
    with pytest.raises(ValueError, match=r"Accepted is 1 to 9, the number of stimuli; received 10"):
        brain_score(9, np.repeat("a", 9))


@pytest.mark.parametrize("n_folds", [1, 4])
def test_more_folds_than_groups_are_refused(n_folds) -> None:
    with pytest.raises(ValueError, match=f"Accepted is 2 to 3, the number of groups; received {n_folds}"):
        grouped(60, LABELS, n_folds)


def test_one_category_leaves_nothing_to_fit_on() -> None:
    with pytest.raises(ValueError, match=r"nothing left to fit on. Accepted are 2 categories or more; received one, a"):
        leave_one_category_out(5, np.repeat("a", 5))
