"""Arrange presentations as a grid of trials x stimuli."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Column
from hcnn_widgets.records.given_arrays import as_text

Rows = NDArray[np.intp]


def trial_grid(stimulus_ids: NDArray[np.str_], trials: Column | None = None) -> tuple[NDArray[np.str_], Rows]:
    """Return the row of each trial of each stimulus.

    Parameters
    ----------
    stimulus_ids : (n_presentations,) str
        The same id wherever the same stimulus was shown.
    trials : (n_presentations,) array, optional
        Trial number of each presentation, so that a missing repetition stays missing; by default the trials of a
        stimulus are counted in the order of the rows.

    Returns
    -------
    names : (n_stimuli,) str
        Each stimulus once, in the order in which they were first shown.
    grid : (n_trials, n_stimuli) intp
        Row of each trial; -1 where a stimulus has fewer trials.

    Raises
    ------
    ValueError
        If a stimulus has the same trial twice.

    Examples
    --------
    >>> names, grid = trial_grid(np.array(["dog", "cat", "dog"]))
    >>> names.tolist(), grid.tolist()
    (['dog', 'cat'], [[0, 1], [2, -1]])
    """
    names, _, stimulus = numbered(stimulus_ids)
    trial = running_count(stimulus) if trials is None else _named(trials, stimulus, names)
    grid = np.full((trial.max(initial=-1) + 1, len(names)), -1, dtype=np.intp)
    grid[trial, stimulus] = np.arange(len(stimulus_ids))
    return names, grid


def numbered(values: Column) -> tuple[Column, Rows, Rows]:
    """Return the distinct values of a column, numbered in order of appearance.

    Parameters
    ----------
    values : (n,) array

    Returns
    -------
    different : (n_different,) array
    first : (n_different,) intp
        Row in which each value appears first.
    number : (n,) intp
        Such that ``different[number]`` equals `values`.

    Examples
    --------
    >>> [part.tolist() for part in numbered(np.array(["dog", "cat", "dog"]))]
    [['dog', 'cat'], [0, 1], [0, 1, 0]]
    """
    different, first, number = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return different[order], first[order], np.argsort(order)[number]


def running_count(group: Rows) -> Rows:
    """Count within each group, in the order of the rows: 0 for the first, 1 for the second, ...

    Parameters
    ----------
    group : (n,) intp
        Not negative.

    Returns
    -------
    (n,) intp

    Examples
    --------
    >>> running_count(np.array([3, 0, 3, 3])).tolist()
    [0, 0, 1, 2]
    """
    order = np.argsort(group, kind="stable")
    _, counts = np.unique(group, return_counts=True)
    count = np.empty(len(group), dtype=np.intp)
    count[order] = np.arange(len(group)) - np.repeat(counts.cumsum() - counts, counts)
    return count


def grid_shape(stimulus_ids: NDArray[np.str_], trials: Column | None = None) -> tuple[int, int]:
    """Return (n_trials, n_stimuli) before a grid is made: a stimulus shown often makes the whole grid large.

    Examples
    --------
    >>> grid_shape(np.array(["dog", "cat", "dog", "dog"]))
    (3, 2)
    """
    counts = np.unique(stimulus_ids, return_counts=True)[1]
    n_trials = int(counts.max(initial=0)) if trials is None else len(np.unique(as_text(trials)))
    return n_trials, len(counts)


def _named(trials: Column, stimulus: Rows, names: NDArray[np.str_]) -> Rows:
    """Return the trial of each presentation as numbered by the file; refuse the same trial of a stimulus twice."""
    values = trials if trials.dtype.kind in "iuf" else as_text(trials)
    present, trial = np.unique(values, return_inverse=True)
    pairs, counts = np.unique(stimulus * len(present) + trial, return_counts=True)
    if (counts > 1).any():
        pair = int(pairs[counts > 1][0])
        raise ValueError(
            f"`trial` names a column that does not tell trials apart: {names[pair // len(present)]} has trial "
            f"{present[pair % len(present)]} more than once. Accepted is each trial of a stimulus once, or "
            "`trial=None`, which counts them in the order of the rows."
        )
    return trial
