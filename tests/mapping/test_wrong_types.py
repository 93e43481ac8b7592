"""What is no set of activations, recordings or RDMs is told so at the door, whichever function it comes to."""

import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.mapping.maps.projection import random_projection
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.mapping.noise.reliability import ceiling, spearman_brown
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.prediction.tables.area_scores import area_scores
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.prediction.tables.over_time import predictivity_over_time
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.concordance_steps import concordance_steps
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.inference.multiple_comparisons import adjusted
from hcnn_widgets.mapping.similarity.inference.rdm_bootstrap import rdm_bootstrap
from hcnn_widgets.mapping.similarity.inference.rdm_inference import rdm_inference
from hcnn_widgets.mapping.similarity.inference.reweighting import reweighted
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.mapping.simulated.cortex import simulated_cortex
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

RNG = np.random.default_rng(0)
IDS = [f"image{row:02d}" for row in range(30)]
MODEL = ActivationSet({"top": RNG.normal(size=(30, 4))}, IDS)
BRAIN = RecordingSet(RNG.normal(size=(2, 30, 3)), IDS, "IT")
BINNED = TimeResolvedRecordings(RNG.normal(size=(2, 2, 30, 3)), [(0, 50), (50, 100)], IDS, "IT")

IMAGES = StimulusSet.from_arrays(RNG.random((6, 16, 16)).astype(np.float32))


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
    with pytest.raises(
        TypeError, match=r"`rdms` are no RDMs of subjects. Accepted is a sequence of two or more.*; rec"
    ):
        rdm_ceiling(rdms)


@pytest.mark.parametrize("given", [None, 5, "x", np.ones((2, 3, 3)), MODEL])
@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (ceiling, "a RecordingSet"),
        (lambda given: predictivity_over_time(MODEL, given), "a TimeResolvedRecordings"),
        (lambda given: predictivity_over_time(given if given is not MODEL else BRAIN, BINNED), "an ActivationSet"),
        (lambda given: layer_area_match(given if given is not MODEL else BRAIN, [BRAIN]), "an ActivationSet"),
        (lambda given: area_scores(given if given is not MODEL else BRAIN, BRAIN), "an ActivationSet"),
        (
            lambda given: area_scores(MODEL, BRAIN, untrained=5 if given is None or given is MODEL else given),
            "an Activ",
        ),
        (pixels, "a StimulusSet"),
        (simulated_cortex, "a StimulusSet"),
        (
            lambda given: predictivity(MODEL, BRAIN, "ridge", "grouped", groups=5 if given is None else given),
            "a Mapping",
        ),
    ],
)
def test_a_record_of_another_kind_is_told_apart_from_the_one_that_is_accepted(call, kind, given) -> None:
    with pytest.raises(TypeError, match=rf"is of another kind\. Accepted is {kind}.*; received \w+\."):
        call(given)


@pytest.mark.parametrize("seed", [-1, "x", 1.5, None, True, [1]])
def test_a_seed_is_a_whole_number(seed) -> None:
    words = r"`seed` is no seed\. Accepted is a whole number of 0 or more; received "
    with pytest.raises(ValueError, match=words):
        predictivity(MODEL, BRAIN, "ridge", "kfold", max_units=2, seed=seed)
    with pytest.raises(ValueError, match=words):
        predictivity_over_time(MODEL, BINNED, "ridge", "kfold", max_units=2, seed=seed)
    with pytest.raises(ValueError, match=words):
        simulated_cortex(IMAGES, areas=("V1",), seed=seed)
    with pytest.raises(ValueError, match=words):
        random_projection(np.eye(4), 2, seed)
    with pytest.raises(ValueError, match=words):
        rdm_bootstrap([[1, 2, 3]], [[1, 2, 3], [1, 3, 2]], seed=seed)
    with pytest.raises(ValueError, match=words):
        reweighted([np.arange(45)], [np.arange(45)], seed=seed)
    with pytest.raises(ValueError, match=words):
        layer_area_match(MODEL, [BRAIN], seed=seed)


@pytest.mark.parametrize("count", [0, "x", 1.5, None, True])
def test_what_is_counted_is_a_count(count) -> None:
    with pytest.raises(
        ValueError, match=r"`n_features` is no count\. Accepted is a whole number of 1 or more; received"
    ):
        random_projection(np.eye(4), count)
    with pytest.raises(ValueError, match=r"`n_bootstrap` is no count\."):
        rdm_bootstrap([[1, 2, 3]], [[1, 2, 3], [1, 3, 2]], n_bootstrap=count)
    with pytest.raises(ValueError, match=r"`n_folds` is no count\."):
        reweighted([np.arange(45)], [np.arange(45)], n_folds=count)


@pytest.mark.parametrize("corrections", [None, "r2/(c*m)", 5])
def test_corrections_are_a_sequence_of_names(corrections) -> None:
    with pytest.raises(TypeError, match=r"`corrections` is no sequence of names\. Accepted is one such as.*; received"):
        predictivity(MODEL, BRAIN, "ridge", "kfold", corrections=corrections)


@pytest.mark.parametrize("size", [0, -1, "x", 1.5, None, True])
def test_the_blocks_along_a_side_are_a_count(size) -> None:
    with pytest.raises(ValueError, match=r"`size` is no count\. Accepted is a whole number of 1 or more; received"):
        pixels(IMAGES, size)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"areas": None}, "`areas` cannot be simulated. Accepted are some of V1, V2, V4, IT.*received None"),
        ({"areas": [["V1"]]}, "`areas` cannot be simulated.*received"),
        ({"n_sites": "x"}, "`n_sites` is no count. Accepted is a whole number of 1 or more; received 'x'"),
        ({"n_trials": 2.5}, "`n_trials` is no count.*received 2.5"),
        ({"reliability": None}, "Accepted are 2 trials or more, and a reliability above 0.*received 6 and None"),
        ({"reliability": "x"}, "received 6 and 'x'"),
        ({"reliability": True}, "received 6 and True"),
    ],
)
def test_what_makes_no_simulated_cortex_is_named(choices, words) -> None:
    with pytest.raises(ValueError, match=words):
        simulated_cortex(IMAGES, **({"areas": ("V1",)} | choices))


RAGGED = [[1], [1, 2], [3]]


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("a", lambda: concordance_steps(RAGGED, [1, 2, 3])),
        ("b", lambda: compare([1, 2, 3], RAGGED)),
        (r"rdms\[1\]", lambda: rdm_ceiling([[1, 2, 3], RAGGED])),
        ("patterns", lambda: rdm(RAGGED)),
        ("noise_precision", lambda: rdm(BRAIN, "mahalanobis", noise_precision=RAGGED)),
        ("stimulus_ids", lambda: rdm(np.eye(3), stimulus_ids=[["a"], ["b", "c"]])),
        ("responses", lambda: RecordingSet(RAGGED, ["a", "b"], "IT")),
        ("r", lambda: spearman_brown(RAGGED)),
    ],
)
def test_rows_of_different_lengths_are_named(argument, call) -> None:
    words = (
        f"`{argument}` has rows of different lengths. Accepted is an array, its rows all of one length; received a list"
    )
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize("r", ["x", ["a"], None, [0.1, None]])
def test_what_is_no_number_has_no_reliability(r) -> None:
    with pytest.raises(TypeError, match=r"`r` must be numbers\. Accepted is a float array; received dtype"):
        spearman_brown(r)


@pytest.mark.parametrize("r", [2, -3.0, [0.1, np.nan, 1.5]])
def test_what_is_no_correlation_has_no_reliability(r) -> None:
    with pytest.raises(ValueError, match=r"`r` is no correlation\. Accepted is -1 to 1; received up to [123]"):
        spearman_brown(r)


@pytest.mark.parametrize("given", [None, 5, "x", rdm(BRAIN)])
def test_what_are_no_rdms_is_named(given) -> None:
    some = {"a": rdm(BRAIN), "b": rdm(MODEL)}
    with pytest.raises(TypeError, match=r"`models` are no RDMs\. Accepted is a mapping.*; received"):
        rdm_inference(given, some)
    with pytest.raises(TypeError, match=r"`subjects` are no RDMs\. Accepted is a mapping.*; received"):
        rdm_inference(some, given)


def test_names_in_lists_and_numbers_for_names_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`adjustment=\['fdr'\]` is unknown\. Accepted are 'fdr'"):
        adjusted([0.1], ["fdr"])
    with pytest.raises(ValueError, match=r"`splits=\[\]` is no way to halve trials\. Accepted are 'brain-score'"):
        ceiling(BRAIN, [])
    with pytest.raises(ValueError, match=r"`correction=\['r2/c'\]` is unknown\. Accepted are 'explained variance'"):
        Score(0.5, 0.1, np.zeros(0), np.zeros(0), 0.5, "ridge", "kfold", "made up").corrected_sites(["r2/c"])
    with pytest.raises(TypeError, match=r"`name` must be text\. Accepted is whose RDM this is.*; received 5"):
        rdm(MODEL, name=5)
    with pytest.raises(ValueError, match=r"`verdict='x'` is none\. Accepted are 1, -1 and 0"):
        concordance_steps([1, 2, 3], [1, 2, 4]).number_of("x")


def test_too_few_to_split_is_said_without_a_range_that_is_empty() -> None:
    with pytest.raises(ValueError, match=r"`n_stimuli` is too few to split\. Accepted are 2 or more; received 1\."):
        SPLITS["kfold"](1, None)
    with pytest.raises(
        ValueError, match=r"has nothing left to fit on\. Accepted are 2 groups or more; received one, g"
    ):
        predictivity(MODEL, BRAIN, "ridge", "grouped", groups=dict.fromkeys(IDS, "g"))
