import numpy as np
import pytest

from hcnn_widgets.goal import GOALS, Categorization
from hcnn_widgets.keras_door import keras
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

CATEGORIES = ("car", "cat", "face")
MAPS = np.random.default_rng(0).normal(0, 1, (4, 3, 2, 5)).astype("float32")


def _stimuli(labels) -> StimulusSet:
    return StimulusSet(np.zeros((4, 8, 8, 1), "float32"), [f"s{index}" for index in range(4)], labels)


@pytest.mark.parametrize("pooling", ["average", "flatten"])
def test_the_readout_is_linear_in_the_pooled_map(pooling: str) -> None:
    image = keras.Input(MAPS.shape[1:])
    logits = Categorization(pooling).attach(image, 3, seed=1)
    network = keras.Model(image, logits)
    seen = MAPS.mean(axis=(1, 2)) if pooling == "average" else MAPS.reshape(4, -1)
    weights, bias = network.get_layer("readout").get_weights()
    np.testing.assert_allclose(keras.ops.convert_to_numpy(network(MAPS)), seen @ weights + bias, rtol=1e-4, atol=1e-5)
    added = [layer.name for layer in network.layers[1:]]
    assert all(name.startswith("readout") for name in added)
    assert added[-1] == "readout"


def test_a_layer_of_units_is_read_out_as_it_is() -> None:
    units = keras.Input((6,))
    network = keras.Model(units, Categorization(dropout=0.0).attach(units, 2))
    assert [layer.name for layer in network.layers[1:]] == ["readout"]


def test_dropout_acts_in_training_only() -> None:
    image = keras.Input(MAPS.shape[1:])
    network = keras.Model(image, Categorization(dropout=0.9).attach(image, 3, seed=1))
    responses = [keras.ops.convert_to_numpy(network(MAPS, training=training)) for training in (False, False, True)]
    np.testing.assert_array_equal(responses[0], responses[1])
    assert not np.allclose(responses[0], responses[2])


def test_the_same_seed_gives_the_same_readout() -> None:
    units = keras.Input((6,))
    kernels = [
        keras.Model(units, Categorization().attach(units, 2, seed=seed)).get_layer("readout").get_weights()[0]
        for seed in (3, 3, 4)
    ]
    np.testing.assert_array_equal(kernels[0], kernels[1])
    assert not np.array_equal(kernels[0], kernels[2])


def test_targets_are_places_among_the_categories_in_their_order() -> None:
    targets = Categorization().targets(_stimuli(["cat", "face", "car", "cat"]), ("face", "cat", "car"))
    assert targets.tolist() == [1, 0, 2, 1]
    assert targets.dtype == np.int32


def test_stimuli_without_labels_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`stimuli` have no labels; .*; got labels=None"):
        Categorization().targets(_stimuli(None), CATEGORIES)


def test_labels_that_the_network_does_not_have_are_named() -> None:
    with pytest.raises(ValueError, match=r"accepted are car, cat, face; got boat, dog\."):
        Categorization().targets(_stimuli(["cat", "dog", "boat", "dog"]), CATEGORIES)


def test_the_loss_is_cross_entropy_from_logits() -> None:
    logits, targets = np.array([[2.0, -1.0, 0.5], [0.0, 0.0, 3.0]]), np.array([0, 1])
    odds = np.exp(logits)
    expected = -np.log(odds[[0, 1], targets] / odds.sum(axis=1)).mean()
    assert float(Categorization().loss()(targets, logits)) == pytest.approx(expected, rel=1e-6)


def test_the_score_is_the_fraction_whose_largest_logit_is_the_targets() -> None:
    goal = Categorization()
    logits = np.array([[2.0, -1.0], [0.0, 3.0], [1.0, 0.0], [5.0, 4.0]], "float32")
    assert float(goal.score(logits, np.array([0, 1, 1, 0]))) == 0.75
    assert goal.score_name == "accuracy"
    assert goal.chance(CATEGORIES) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: Categorization("max"),
            "`pooling` of Categorization is not known; accepted are average, flatten; got 'max'",
        ),
        (lambda: Categorization(dropout=1.0), r"`dropout` of Categorization is no fraction; .*; got 1\.0"),
        (lambda: Categorization(dropout="some"), "`dropout` of Categorization is no fraction; .*; got 'some'"),
        (lambda: Categorization(dropout=float("nan")), "`dropout` of Categorization is no fraction; .*; got nan"),
        (lambda: Categorization().attach(keras.Input((4,)), 1), "`n_categories` is too small; 2 or more .*; got 1"),
    ],
)
def test_what_makes_no_goal_is_refused(make, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize("name", GOALS)
def test_every_goal_can_be_made_without_arguments_and_has_a_score(name: str) -> None:
    assert GOALS[name]().score_kinds(CATEGORIES)[0].name


@pytest.mark.parametrize("pooling", ["average", "flatten"])
def test_several_outputs_of_a_trunk_are_pooled_each_for_itself_and_read_out_side_by_side(pooling: str) -> None:
    image, units = keras.Input(MAPS.shape[1:]), keras.Input((6,))
    logits = Categorization(pooling).attach([image, units, image], 3, seed=1)
    network = keras.Model([image, units], logits)
    given = np.random.default_rng(1).normal(0, 1, (4, 6)).astype("float32")
    seen = MAPS.mean(axis=(1, 2)) if pooling == "average" else MAPS.reshape(4, -1)
    weights, bias = network.get_layer("readout").get_weights()
    expected = np.hstack([seen, given, seen]) @ weights + bias
    np.testing.assert_allclose(keras.ops.convert_to_numpy(network([MAPS, given])), expected, rtol=1e-4, atol=1e-5)


def test_one_output_in_a_list_is_read_out_as_it_is_alone() -> None:
    units = keras.Input((6,))
    network = keras.Model(units, Categorization(dropout=0.0).attach([units], 2))
    assert [layer.name for layer in network.layers[1:]] == ["readout"]


def test_a_learning_rule_may_bring_the_layer_of_the_readout() -> None:
    units, asked = keras.Input((6,)), []

    def readout(n_units, name, initializer):
        asked.append((n_units, name))
        return keras.layers.Dense(n_units, use_bias=False, name=name)

    network = keras.Model(units, Categorization(dropout=0.0).attach(units, 2, 0, {"readout": readout}))
    assert asked == [(2, "readout")]
    assert len(network.get_layer("readout").get_weights()) == 1


def test_the_kind_of_score_has_range_and_chance_where_there_are_categories() -> None:
    (kind,) = Categorization().score_kinds(CATEGORIES)
    assert (kind.name, kind.unit, kind.lowest, kind.highest) == ("accuracy", "fraction correct", 0.0, 1.0)
    assert kind.higher_is_better
    assert kind.chance == pytest.approx(1 / 3)
    assert Categorization().score_kinds(())[0].chance is None


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (["cat", "dog", "cat", "dog"], ""),
        (None, "`stimuli` must have labels of at least two categories; received none."),
        (["cat"] * 4, "`stimuli` must have labels of at least two categories; received cat."),
    ],
)
def test_a_refusal_says_what_the_labels_lack(labels, says: str) -> None:
    assert Categorization().refusal(_stimuli(labels)) == says
