"""What is no set of activations, recordings or RDMs is told so at the door, whichever function it comes to."""

import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.area_scores import area_scores
from hcnn_widgets.mapping.layer_area_match import layer_area_match
from hcnn_widgets.mapping.predictivity import predictivity
from hcnn_widgets.mapping.recordings import RecordingSet
from hcnn_widgets.mapping.similarity.compare import compare
from hcnn_widgets.mapping.similarity.rdm import rdm
from hcnn_widgets.mapping.similarity.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.time_resolved_recordings import TimeResolvedRecordings

RNG = np.random.default_rng(0)
IDS = [f"image{row:02d}" for row in range(30)]
MODEL = ActivationSet({"top": RNG.normal(size=(30, 4))}, IDS)
BRAIN = RecordingSet(RNG.normal(size=(2, 30, 3)), IDS, "IT")
BINNED = TimeResolvedRecordings(RNG.normal(size=(2, 2, 30, 3)), [(0, 50), (50, 100)], IDS, "IT")


@pytest.mark.parametrize("recordings", [None, np.ones((1, 30, 3)), {"IT": BRAIN}, [BRAIN], MODEL, BINNED, "IT"])
def test_what_are_no_recordings_is_named(recordings) -> None:
    received = f"Accepted is a RecordingSet.* received {type(recordings).__name__}"
    with pytest.raises(TypeError, match=received):
        predictivity(MODEL, recordings, "ridge", "kfold")


@pytest.mark.parametrize("function", [area_scores, layer_area_match])
@pytest.mark.parametrize("recordings", [None, 5, np.ones((1, 30, 3)), BINNED, [None], []])
def test_tables_of_several_brain_areas_name_it_too(function, recordings) -> None:
    with pytest.raises(TypeError, match=r"`recordings` are none\. Accepted are a RecordingSet, or a sequence"):
        function(MODEL, recordings)


@pytest.mark.parametrize("activations", [None, np.ones((30, 4)), {"top": np.ones((30, 4))}, BRAIN])
def test_what_are_no_activations_is_named(activations) -> None:
    with pytest.raises(TypeError, match=f"Accepted is an ActivationSet.* received {type(activations).__name__}"):
        predictivity(activations, BRAIN, "ridge", "kfold")


@pytest.mark.parametrize("name", [[], ["ridge"], {}, None, 3])
def test_names_that_are_no_text_are_unknown_names(name) -> None:
    with pytest.raises(ValueError, match=r"`method=.*` is unknown"):
        predictivity(MODEL, BRAIN, name, "kfold")
    with pytest.raises(ValueError, match=r"`distance=.*` is unknown"):
        rdm(BRAIN, name)
    with pytest.raises(ValueError, match=r"`method=.*` is unknown"):
        compare([1, 2, 3], [1, 2, 3], name)


@pytest.mark.parametrize("rdms", [None, 3, rdm(BRAIN)])
def test_a_ceiling_needs_a_sequence_of_subjects(rdms) -> None:
    with pytest.raises(TypeError, match=r"`rdms` are no RDMs of subjects. Accepted is a sequence of two or more; rec"):
        rdm_ceiling(rdms)
