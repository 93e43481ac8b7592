import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.rdms.patterns import patterns_of

RNG = np.random.default_rng(0)
IDS = [f"image{number}" for number in range(6)]
ARRAY = RNG.random((6, 8))
TRIALS = RNG.random((4, 6, 8))


def test_an_array_is_one_trial_and_has_no_ids_but_row_numbers() -> None:
    found = patterns_of("x", ARRAY)
    assert found.trials.shape == (1, 6, 8)
    assert (found.stimulus_ids, len(found), found.names[5]) == (None, 6, "row0005")
    assert patterns_of("x", ARRAY, stimulus_ids=IDS).names.tolist() == IDS


def test_sets_come_with_their_ids_and_whose_they_are() -> None:
    recorded = patterns_of("x", RecordingSet(TRIALS, IDS, "V4", source="somebody", simulated=True))
    assert (recorded.name, recorded.source, recorded.simulated) == ("V4", "somebody", True)
    assert recorded.names.tolist() == IDS
    np.testing.assert_array_equal(recorded.trials, TRIALS)
    model = patterns_of("x", ActivationSet({"V1": ARRAY, "IT": -ARRAY}, IDS), "IT")
    assert (model.name, model.simulated, model.trials.max() <= 0) == ("IT", False, True)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)))
def test_ids_follow_their_rows(order) -> None:
    found = patterns_of("x", ARRAY[order], stimulus_ids=[IDS[row] for row in order])
    for row, name in enumerate(found.names):
        np.testing.assert_array_equal(found.trials[0, row], ARRAY[IDS.index(name)])


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("array", [ARRAY, TRIALS])
def test_patterns_that_are_not_finite_are_refused_by_row(array, bad) -> None:
    array = array.copy()
    array[..., 4, 1] = bad
    with pytest.raises(ValueError, match=r"`x` has NaN or infinity for 1 stimuli: rows \[4\]"):
        patterns_of("x", array)


@pytest.mark.parametrize("array", [np.ones(3), np.ones((3, 0)), np.ones((1, 2, 3, 4))])
def test_another_shape_is_refused(array) -> None:
    with pytest.raises(ValueError, match=r"`x` has the wrong shape\. Accepted is \(n_stimuli, n_channels\)"):
        patterns_of("x", array)


def test_text_is_refused() -> None:
    with pytest.raises(TypeError, match="`x` must be numbers"):
        patterns_of("x", [["a", "b"], ["c", "d"], ["e", "f"]])


def test_too_few_stimuli_are_refused() -> None:
    with pytest.raises(ValueError, match="Accepted are 3 or more; received 2"):
        patterns_of("x", ARRAY[:2])
    assert len(patterns_of("x", ARRAY[:2], fewest=2)) == 2


def test_ids_belong_to_arrays_alone_and_each_comes_once() -> None:
    with pytest.raises(ValueError, match="`stimulus_ids` was given beside a RecordingSet, which has its own"):
        patterns_of("x", RecordingSet(TRIALS, IDS, "V4"), stimulus_ids=IDS)
    with pytest.raises(ValueError, match=r"repeats some ids.* image0"):
        patterns_of("x", ARRAY, stimulus_ids=["image0"] * 2 + IDS[2:])


def test_a_model_area_is_named_unless_there_is_one() -> None:
    for area in (None, "V3"):
        with pytest.raises(ValueError, match=rf"`area={area!r}` is not one of the model's. Accepted are V1, IT"):
            patterns_of("x", ActivationSet({"V1": ARRAY, "IT": ARRAY}, IDS), area)
    assert patterns_of("x", ActivationSet({"top": ARRAY}, IDS)).name == "top"
