import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.readers.trial_grid import grid_shape, numbered, running_count, trial_grid

ids = st.lists(st.sampled_from(["dog", "cat", "köter", "猫"]), min_size=1, max_size=20)


@settings(max_examples=50, deadline=None)
@given(ids=ids)
def test_every_row_is_placed_once_under_its_stimulus_in_order(ids) -> None:
    names, grid = trial_grid(np.array(ids))
    assert names.tolist() == list(dict.fromkeys(ids))
    assert grid.shape == grid_shape(np.array(ids)) == (max(map(ids.count, ids)), len(set(ids)))
    for name, column in zip(names, grid.T, strict=True):
        rows = [row for row, one in enumerate(ids) if one == name]
        assert column.tolist() == rows + [-1] * (len(grid) - len(rows))


@settings(max_examples=50, deadline=None)
@given(pairs=st.sets(st.tuples(st.sampled_from("abc"), st.integers(0, 12)), min_size=1))
def test_named_trials_keep_their_places_and_gaps(pairs) -> None:
    rows = list(pairs)
    stimuli, trials = np.array([a for a, _ in rows]), np.array([b for _, b in rows])
    names, grid = trial_grid(stimuli, trials)
    present = sorted(set(trials.tolist()))
    assert grid.shape == grid_shape(stimuli, trials)
    for trial, line in zip(present, grid, strict=True):
        for name, row in zip(names, line, strict=True):
            assert (row == -1) == ((name, trial) not in pairs)
            assert row == -1 or rows[row] == (name, trial)


def test_trials_named_by_text_are_told_apart() -> None:
    grid = trial_grid(np.array(["a", "a", "b"]), np.array(["run 2", "run 1", "run 2"]))[1]
    assert grid.tolist() == [[1, -1], [0, 2]]


def test_the_same_trial_twice_is_refused() -> None:
    words = r"`trial` names a column that does not tell trials apart: dog has trial 3 more than once\. Accepted is each"
    with pytest.raises(ValueError, match=words):
        trial_grid(np.array(["cat", "dog", "dog"]), np.array([3, 3, 3]))


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_values_are_numbered_as_they_first_come_and_counted_within(values) -> None:
    different, first, number = numbered(np.array(values))
    assert different[number].tolist() == values
    assert different.tolist() == list(dict.fromkeys(values))
    assert first.tolist() == [values.index(one) for one in different.tolist()]
    assert running_count(np.array(values)).tolist() == [values[:k].count(one) for k, one in enumerate(values)]
