"""Records stay frozen when they are copied, and when they come from another process."""

import copy
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.score_table import ScoreTable
from hcnn_widgets.mapping.prediction.tables.area_scores import area_scores
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.prediction.tables.over_time import predictivity_over_time
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

RNG = np.random.default_rng(0)
IDS = [f"image{row:02d}" for row in range(24)]
LABELS = ["cat", "car"] * 12
IMAGES = StimulusSet.from_arrays(
    RNG.random((24, 4, 4)), LABELS, IDS, latents={"turn": np.arange(24)}, latent_units={"turn": "deg"}
)
MODEL = ActivationSet({"V1": RNG.normal(size=(24, 3)), "IT": RNG.normal(size=(24, 4))}, IDS)
BRAIN = RecordingSet(RNG.normal(size=(2, 24, 3)), IDS, "IT", LABELS, IMAGES, time_ms=(70, 170), true_ceiling=0.5)
BINNED = TimeResolvedRecordings(RNG.normal(size=(2, 2, 24, 3)), [(0, 50), (50, 100)], IDS, "IT", LABELS, IMAGES)
ROW, TABLE = np.array([0.5]), np.array([[0.25, 0.75]])
SCORES = ScoreTable(
    3, ("V1", "IT"), ("IT",), TABLE, TABLE, TABLE, ROW, ROW, np.array([24]), ROW, 24, "words", (True,), "whose"
)

RECORDS = [
    IMAGES,
    MODEL,
    BRAIN,
    BINNED,
    Rdm(RNG.random(276), IDS, "correlation"),
    layer_area_match(MODEL, BRAIN, method="ridge"),
    predictivity_over_time(MODEL, BINNED, "ridge", "kfold", pooling="pooled"),
    SCORES,
    area_scores(MODEL, BRAIN),
]


def arrays_of(name: str, value: Any) -> Iterator[tuple[str, np.ndarray]]:
    """Give every array in a record, by the way to it."""
    if isinstance(value, np.ndarray):
        yield name, value
    elif is_dataclass(value) or isinstance(value, Mapping):
        for key, one in (value if isinstance(value, Mapping) else vars(value)).items():
            yield from arrays_of(f"{name}.{key}", one)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_a_copy_of_a_record_is_alike_and_as_frozen(record, again) -> None:
    made = again(record)
    assert type(made) is type(record)
    before, after = dict(arrays_of("record", record)), dict(arrays_of("record", made))
    assert before
    assert list(after) == list(before)
    for name, array in after.items():
        np.testing.assert_array_equal(array, before[name])
        assert not array.flags.writeable, name
