"""Where Keras cannot make a layer anew there is no control, which is said; what is trained is scored all the same."""

import keras
import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.activations.moving_statistics import NOTE
from hcnn_widgets.mapping.live.at_rest.scores import scores_at_rest
from hcnn_widgets.mapping.live.at_rest.source import AtRest
from hcnn_widgets.mapping.live.rdms import LiveRdms
from hcnn_widgets.mapping.live.score import LiveScore
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.records.no_control import NoControl
from hcnn_widgets.widgets.scores.score_frame import score_frame

layers = keras.layers
IMAGES = np.random.default_rng(0).random((12, 8, 8, 1)).astype(np.float32)
STIMULI = hw.StimulusSet.from_arrays(IMAGES)
BRAIN = hw.RecordingSet(np.random.default_rng(1).normal(size=(2, 12, 3)), STIMULI.stimulus_ids, "V4", stimuli=STIMULI)


class Gain(layers.Layer):
    """A layer whose table no description holds."""

    def __init__(self, table: np.ndarray) -> None:
        super().__init__(name="gain")
        self.table = table

    def call(self, inputs):
        return inputs * float(self.table[0])


class Doubled(layers.Layer):
    """A layer that has a description, of a class that Keras is not told of."""

    def call(self, inputs):
        return inputs * 2


def inside(layer: layers.Layer) -> keras.Sequential:
    return keras.Sequential([keras.Input((6, 6, 2)), layer], name="inner")


CASES = {
    "Lambda `double`": lambda: layers.Lambda(lambda x: x * 2, name="double"),
    "Gain `gain`": lambda: Gain(np.ones(3)),
    "Doubled `own`": lambda: inside(Doubled(name="own")),
}


def entered(layer: layers.Layer) -> hw.GoalDrivenModel:
    chain = [keras.Input((8, 8, 1)), layers.Conv2D(2, 3, name="conv"), layer, layers.Flatten(), layers.Dense(2)]
    return hw.GoalDrivenModel.from_keras(keras.Sequential(chain), {"V1": "conv"})


@pytest.fixture(scope="module")
def model() -> hw.GoalDrivenModel:
    return entered(CASES["Lambda `double`"]())


@pytest.mark.parametrize("name", list(CASES))
def test_the_refusal_names_the_layer_and_gives_no_unsafe_advice(name: str) -> None:
    with pytest.raises(NoControl) as refused:
        entered(CASES[name]()).untrained()
    assert str(refused.value) == (
        "`network` cannot be copied for an untrained control. Accepted are layers that Keras makes anew from their "
        "get_config(): its own, but no Lambda, and others with @keras.saving.register_keras_serializable(); received "
        f"{name}."
    )
    assert refused.value.__suppress_context__
    assert refused.value.words == f"no untrained network: Keras cannot make {name} anew"


def test_a_layer_of_ones_own_that_has_a_description_has_a_control() -> None:
    model = entered(Doubled(name="own"))
    assert model.untrained().record(STIMULI)["V1"].shape == model.record(STIMULI)["V1"].shape


WORDS = "no untrained network: Keras cannot make Lambda `double` anew"


def test_a_live_score_goes_on_with_dashes_and_says_why_once(model: hw.GoalDrivenModel) -> None:
    score = LiveScore(AtRest(model), BRAIN)
    assert score.join(60)
    assert score.error is None
    assert np.isfinite(score.latest.value).all()
    assert np.isnan(score.latest.untrained).all()
    assert score.latest.notes.count(WORDS) == 1
    assert WORDS in score_frame(score.latest).header["convention"]


def test_a_model_at_rest_is_scored_without_its_control(model: hw.GoalDrivenModel) -> None:
    table = scores_at_rest(AtRest(model), [BRAIN], "ridge", "kfold", (), lambda *_: True)
    assert np.isfinite(table.value).all()
    assert np.isnan(table.untrained).all()
    assert table.convention.endswith(WORDS)


def test_live_rdms_go_on_without_the_untrained_moment_and_say_why(model: hw.GoalDrivenModel) -> None:
    work = LiveRdms(AtRest(model), STIMULI, RdmComparison(BRAIN))
    assert work.join(60)
    assert (work.error, work.untrained) == (None, None)
    assert work.latest is not None
    assert work.convention.endswith(f"; {WORDS}")


def test_a_table_without_a_control_has_dashes(model: hw.GoalDrivenModel) -> None:
    table = hw.mapping.area_scores(model.record(STIMULI), BRAIN, n_folds=3)
    assert np.isfinite(table.trained).all()
    assert np.isnan(table.untrained).all()


def test_live_panels_say_of_the_control_alone_what_is_true_of_it_alone() -> None:
    chain = [keras.Input((8, 8, 1)), layers.Conv2D(2, 3), layers.BatchNormalization(name="norm"), layers.Flatten()]
    model = hw.GoalDrivenModel.from_keras(keras.Sequential(chain), {"V1": "norm"})
    shared = model.record(STIMULI).notes
    assert len(shared) == 1, "the range of the pixels is assumed, of both networks"
    score, rdms = LiveScore(AtRest(model), BRAIN), LiveRdms(AtRest(model), STIMULI, RdmComparison(BRAIN))
    assert score.join(60) & rdms.join(60)
    assert np.isfinite(score.latest.untrained).all()
    own = f"untrained network, {NOTE}"
    assert score.latest.notes[-2:] == (*shared, own)
    assert rdms.convention.split("; ", 1)[1] == f"{shared[0]}; {own}"
