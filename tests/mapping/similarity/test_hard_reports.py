"""Inputs that other packages were reported to answer wrongly."""

import numpy as np
import pytest

from hcnn_widgets.mapping import Rdm, RecordingSet, compare, rdm

RNG = np.random.default_rng(1)
NAMES = np.array(["dog", "cat", "ape", "bee"])
PATTERNS = 2 * RNG.normal(size=(4, 30))


def unbalanced() -> RecordingSet:
    """Return presentations in random order, 5 to 7 of each stimulus, with noise."""
    order = RNG.permutation(np.repeat(np.arange(4), [6, 5, 7, 6]))
    noise = 0.5 * RNG.normal(size=(len(order), 30))
    return RecordingSet.from_presentations(PATTERNS[order] + noise, NAMES[order], "IT")


def test_rdms_that_are_nan_at_different_places_are_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        compare(np.array([1, np.nan, 3]), np.array([np.nan, 2, 3]))


def test_crossnobis_of_unsorted_and_unbalanced_presentations_finds_the_distances() -> None:
    found = rdm(unbalanced(), "crossnobis", noise_precision="identity")
    rows = [NAMES.tolist().index(name) for name in found.stimulus_ids]
    squared = [np.square(PATTERNS[a] - PATTERNS[b]).sum() for n, a in enumerate(rows) for b in rows[n + 1 :]]
    assert np.corrcoef(found.vector, squared)[0, 1] > 0.97


def test_a_matrix_with_a_diagonal_is_no_rdm() -> None:
    square = RNG.random((4, 4))
    with pytest.raises(ValueError, match="diagonal"):
        Rdm.from_matrix(square + square.T)


def test_a_precision_for_each_run_is_refused() -> None:
    with pytest.raises((TypeError, ValueError), match=r"^`noise_precision`"):
        rdm(unbalanced(), "crossnobis", noise_precision=[np.eye(30)] * 7)
