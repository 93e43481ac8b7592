"""Every door takes the same kinds of numbers and of text, and refuses the same."""

import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.fold_maps import FoldMaps
from hcnn_widgets.mapping.maps.projection import random_projection
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.mapping.similarity.comparison.cka import cka
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

IDS = ["a", "b", "c", "d"]
YES = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0], [0, 0, 1]], dtype=bool)
FOLDS = [(np.arange(3), np.arange(3, 4))]

every_door = pytest.mark.parametrize(
    "through",
    [
        lambda x: ActivationSet({"IT": x}, IDS)["IT"],
        lambda x: RecordingSet(x[np.newaxis], IDS, "IT").responses,
        lambda x: RecordingSet.from_presentations(x, IDS, "IT").responses,
        lambda x: TimeResolvedRecordings(x[np.newaxis, np.newaxis], [(0, 50)], IDS, "IT").responses,
        lambda x: rdm(x, "euclidean").vector,
        lambda x: cka(x, x[::-1]),
        lambda x: FoldMaps(x, FOLDS).predict(x, "ridge"),
        lambda x: random_projection(x, 2),
    ],
)


@every_door
def test_yes_and_no_are_1_and_0(through) -> None:
    np.testing.assert_array_equal(through(YES), through(YES.astype(np.float64)))


@every_door
@pytest.mark.parametrize("as_given", [lambda x: x * 1j, lambda x: x.astype("M8[s]"), lambda x: x.astype("U"), "O"])
def test_what_are_no_real_numbers_is_never_made_some(through, as_given) -> None:
    values = YES.astype(int).astype(as_given) if as_given == "O" else as_given(YES.astype(int))
    with pytest.raises(TypeError, match=r"must be numbers\. Accepted is a float array; received dtype "):
        through(values)


def test_a_column_of_text_names_stimuli_as_a_list_does() -> None:
    ids, images = np.array(IDS, dtype=object), np.zeros((4, 2, 2))
    records = [
        ActivationSet({"IT": YES}, ids),
        RecordingSet(YES[np.newaxis], ids, "IT", labels=ids),
        RecordingSet.from_presentations(YES, ids, "IT", labels=ids),
        StimulusSet.from_arrays(images, ids, ids),
        StimulusSet(np.zeros((4, 2, 2, 1)), ids, ids),
        rdm(YES, "euclidean", stimulus_ids=ids),
    ]
    for record in records:
        assert record.stimulus_ids.tolist() == IDS
        assert getattr(record, "labels", record.stimulus_ids).tolist() == IDS
        assert record.stimulus_ids.dtype == "<U1"
