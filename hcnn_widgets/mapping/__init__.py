"""Comparison of a model with the brain, on arrays from any framework, without Keras.

Recordings
    RecordingSet, TimeResolvedRecordings: trials of stimuli at the sites of one brain area; the same in time bins.
    cowley2023_v4, kriegeskorte2008: public recordings: neurons of V4, and RDMs of human and monkey IT to 92 images.
    read_recordings, read_rdms, write_rdms: files, in the formats that laboratories use.
    simulated_cortex: recordings made of formulas, whose ceiling is known.
Does a linear map from the model predict the responses? (Figure 2b and 2d)
    predictivity, Score, MAPS, SPLITS, PENALTIES: one model against one brain area, a score for each of its areas.
    predictivity_over_time, ScoresOverTime: the same in every time bin.
    area_scores, AreaScores: a table of areas, beside the untrained network and the pixels.
    layer_area_match, LayerAreaMatch: which area goes with which, chosen on one half of the images, read on the other.
    ceiling, spearman_brown, CORRECTIONS: how reliable recordings are, and scores corrected for it.
    score_difference, ScoreDifference: whether one score beats another, paired over sites or stimuli.
    pixels, random_projection, FoldMaps: the image as a baseline, fewer units at random, the maps themselves.
    CONTROLS: what a model must beat, by name: pixels, Gabors, V1-like, HMAX-like, categories, the untrained network.
Is a model area a population like that of the brain?
    sample_area: sites of a model area, drawn and recorded as a brain area was.
    tuning_comparison, TuningComparison, TUNING, dimensionality: what drawn and recorded sites are tuned to.
    gratings, orientation_tuning, OrientationTuning, tolerance: tuning to orientation, and what is kept through changes.
    generative_test, GenerativeTest: whether they predict new sites as well as recorded ones do.
Do model and brain find the same stimuli alike? (Figure 2c)
    rdm, Rdm, DISTANCES: a representational dissimilarity matrix, from activations or recordings.
    compare, COMPARISONS: how alike two of them are.
    rdm_ceiling, RdmCeiling: how alike a perfect model's could be, from several subjects or one animal's trials.
    rdm_inference, RdmInference, adjusted, ADJUSTMENTS: tests of models over subjects, corrected for their number.
    rdm_bootstrap, RdmBootstrap: intervals, had other stimuli been shown to other subjects.
    reweighted, Reweighting: a weight for each of several RDMs, fitted on other stimuli.
    concordance_steps, ConcordanceSteps, ConcordanceStep: tau_A counted step by step.
    cka: centred kernel alignment of two sets of responses.
While the network learns
    live_score, LiveScore, ScoreTable: predictivity of every area, again and again.
    live_rdms, LiveRdms: likeness of RDMs.
One more entry, in any of the dicts: ``hw.mapping.MAPS["mine"] = hw.mapping.LinearMap(function, words)``
    LinearMap, Penalties, Splitting, Correction: for MAPS, PENALTIES, SPLITS and CORRECTIONS.
    Control, TuningStatistic: for CONTROLS and TUNING.
    Distance, Comparison, Pool, Adjustment: for DISTANCES, COMPARISONS (how they pool subjects) and ADJUSTMENTS.
"""

from hcnn_widgets.records.public_names import unknown_name as _unknown_name

# Plain imports, since several functions share their module's name: a lazily loaded one would be hidden by its module.
# They load NumPy alone; SciPy and scikit-learn are loaded by the functions that need them.
from .controls.control import Control
from .controls.controls import CONTROLS
from .live.rdms import LiveRdms, live_rdms
from .live.score import LiveScore, live_score
from .live.score_table import ScoreTable
from .maps.fold_maps import FoldMaps
from .maps.linear_map import LinearMap
from .maps.penalties import PENALTIES, Penalties
from .maps.pixels import pixels
from .maps.projection import random_projection
from .maps.regression import MAPS
from .maps.splits import SPLITS, Splitting
from .noise.correction import Correction
from .noise.corrections import CORRECTIONS
from .noise.reliability import ceiling, spearman_brown
from .prediction.difference import ScoreDifference, score_difference
from .prediction.predictivity import predictivity
from .prediction.score import Score
from .prediction.tables.area_scores import area_scores
from .prediction.tables.area_scores_table import AreaScores
from .prediction.tables.layer_area_match import layer_area_match
from .prediction.tables.layer_area_table import LayerAreaMatch
from .prediction.tables.over_time import predictivity_over_time
from .prediction.tables.scores_over_time import ScoresOverTime
from .readers.read_rdms import read_rdms
from .readers.read_recordings import read_recordings
from .readers.write_rdms import write_rdms
from .recordings.cowley2023 import cowley2023_v4
from .recordings.recording_set import RecordingSet
from .recordings.time_resolved import TimeResolvedRecordings
from .sampled.generative_table import GenerativeTest
from .sampled.generative_test import generative_test
from .sampled.probes import OrientationTuning, gratings, orientation_tuning, tolerance
from .sampled.sample_area import sample_area
from .sampled.tuning_comparison import TuningComparison, tuning_comparison
from .sampled.tuning_statistics import TUNING, TuningStatistic, dimensionality
from .similarity.comparison.cka import cka
from .similarity.comparison.compare import compare
from .similarity.comparison.comparisons import COMPARISONS, Comparison
from .similarity.comparison.concordance_steps import ConcordanceStep, ConcordanceSteps, concordance_steps
from .similarity.comparison.rdm_ceiling import RdmCeiling, rdm_ceiling
from .similarity.comparison.subject_pools import Pool
from .similarity.inference.bootstrap_table import RdmBootstrap
from .similarity.inference.inference_table import RdmInference
from .similarity.inference.multiple_comparisons import ADJUSTMENTS, Adjustment, adjusted
from .similarity.inference.rdm_bootstrap import rdm_bootstrap
from .similarity.inference.rdm_inference import rdm_inference
from .similarity.inference.reweighting import Reweighting, reweighted
from .similarity.rdms.distance import Distance
from .similarity.rdms.distances import DISTANCES
from .similarity.rdms.kriegeskorte2008 import kriegeskorte2008
from .similarity.rdms.rdm import rdm
from .similarity.rdms.rdm_record import Rdm
from .simulated.cortex import simulated_cortex

__all__ = [
    "ADJUSTMENTS",
    "COMPARISONS",
    "CONTROLS",
    "CORRECTIONS",
    "DISTANCES",
    "MAPS",
    "PENALTIES",
    "SPLITS",
    "TUNING",
    "Adjustment",
    "AreaScores",
    "Comparison",
    "ConcordanceStep",
    "ConcordanceSteps",
    "Control",
    "Correction",
    "Distance",
    "FoldMaps",
    "GenerativeTest",
    "LayerAreaMatch",
    "LinearMap",
    "LiveRdms",
    "LiveScore",
    "OrientationTuning",
    "Penalties",
    "Pool",
    "Rdm",
    "RdmBootstrap",
    "RdmCeiling",
    "RdmInference",
    "RecordingSet",
    "Reweighting",
    "Score",
    "ScoreDifference",
    "ScoreTable",
    "ScoresOverTime",
    "Splitting",
    "TimeResolvedRecordings",
    "TuningComparison",
    "TuningStatistic",
    "adjusted",
    "area_scores",
    "ceiling",
    "cka",
    "compare",
    "concordance_steps",
    "cowley2023_v4",
    "dimensionality",
    "generative_test",
    "gratings",
    "kriegeskorte2008",
    "layer_area_match",
    "live_rdms",
    "live_score",
    "orientation_tuning",
    "pixels",
    "predictivity",
    "predictivity_over_time",
    "random_projection",
    "rdm",
    "rdm_bootstrap",
    "rdm_ceiling",
    "rdm_inference",
    "read_rdms",
    "read_recordings",
    "reweighted",
    "sample_area",
    "score_difference",
    "simulated_cortex",
    "spearman_brown",
    "tolerance",
    "tuning_comparison",
    "write_rdms",
]


def __getattr__(name: str) -> object:
    raise _unknown_name(__name__, name, __all__)


def __dir__() -> list[str]:
    return __all__
