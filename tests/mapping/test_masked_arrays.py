"""Values behind a mask are missing, and nothing that is compared with the brain is computed from them."""

import numpy as np
import pytest

from hcnn_widgets.mapping.maps.fold_maps import FoldMaps
from hcnn_widgets.mapping.maps.projection import random_projection
from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.mapping.similarity.comparison.cka import cka
from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.inference.multiple_comparisons import adjusted
from hcnn_widgets.mapping.similarity.inference.rdm_inference import rdm_inference
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

RNG = np.random.default_rng(0)
IDS = [f"image{row}" for row in range(5)]
X = RNG.normal(size=(5, 4))
RESPONSES = RNG.normal(size=(2, 5, 3))
VECTORS = RNG.random((3, 10))
WIDE, Y = RNG.normal(size=(40, 30)), RNG.normal(size=(40, 3))
FOLDS = [(np.arange(3), np.arange(3, 5))]


def hidden(values: np.ndarray) -> np.ma.MaskedArray:
    """Hide the last value, as files do that hold -9999 there."""
    array = values.copy()
    array[(-1,) * array.ndim] = -9999
    return np.ma.masked_equal(array, -9999)


@pytest.mark.parametrize("as_given", [hidden, lambda values: list(hidden(values))])
@pytest.mark.parametrize(
    ("argument", "call", "values"),
    [
        ("responses", lambda given: RecordingSet(given, IDS, "IT"), RESPONSES),
        ("responses", lambda given: RecordingSet.from_presentations(given, IDS, "IT"), RESPONSES[0]),
        ("responses", lambda given: TimeResolvedRecordings(given, [(0, 50)], IDS, "IT"), RESPONSES[np.newaxis]),
        (
            "time_ms",
            lambda given: TimeResolvedRecordings(RESPONSES[:1, np.newaxis], given, IDS, "IT"),
            np.array([[0.0, 50.0]]),
        ),
        ("patterns", rdm, X),
        ("noise_precision", lambda given: rdm(X, "mahalanobis", noise_precision=given), np.eye(4)),
        ("y", lambda given: cka(X, given), X),
        ("b", lambda given: compare(VECTORS[0], given), VECTORS[0]),
        ("vector", Rdm, VECTORS[0]),
        ("matrix", Rdm.from_matrix, 1 - np.eye(5)),
        (r"rdms\[2\]", rdm_ceiling, VECTORS),
        (r"model 1", lambda given: rdm_inference([given], list(VECTORS)), VECTORS[0]),
        ("x", lambda given: FoldMaps(given, FOLDS), X),
        ("y", lambda given: FoldMaps(X, FOLDS).predict(given), X),
        ("x", lambda given: random_projection(given, 2), X),
        *[("x", lambda given, one=one: MAPS[one](given, Y, WIDE), WIDE) for one in MAPS],
        *[("y", lambda given, one=one: MAPS[one](WIDE, given, WIDE), Y) for one in MAPS],
        *[("x_new", lambda given, one=one: MAPS[one](WIDE, Y, given), WIDE) for one in MAPS],
        ("time_ms", lambda given: RecordingSet(RESPONSES, IDS, "IT", time_ms=given), np.array([0.0, 50.0])),
        ("p_values", adjusted, VECTORS[0]),
    ],
)
def test_values_behind_a_mask_are_refused_and_never_used(argument, call, values, as_given) -> None:
    call(np.ma.array(values))
    with pytest.raises(ValueError, match=rf"{argument}.* hides values behind a mask\. Accepted is .*; received 1 of"):
        call(as_given(values))
