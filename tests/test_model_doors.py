"""What a person may give to the front door by mistake: refused in a sentence that says what is accepted."""

from typing import Any

import numpy as np
import pytest

from hcnn_widgets import GoalDrivenModel, StimulusSet
from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.keras_door import keras

layers = keras.layers
RNG = np.random.default_rng(0)
X = RNG.random((24, 8, 8, 1)).astype(np.float32)
Y = np.arange(24) % 3
STIMULI = StimulusSet.from_arrays(X, labels=Y)
HINT = (
    r"of another kind\. Accepted is a StimulusSet, as hw\.StimulusSet\.from_arrays\(x, labels=y\) makes one of arrays"
)


def network(*top) -> keras.Model:
    image = keras.Input((8, 8, 1))
    output = layers.Conv2D(4, 3, name="V1")(image)
    for layer in top or (layers.Flatten(), layers.Dense(3)):
        output = layer(output)
    return keras.Model(image, output)


def model(*top, **options) -> GoalDrivenModel:
    options = {"categories": ("0", "1", "2")} | options
    return GoalDrivenModel.from_keras(network(*top), {"V1": "V1"}, Categorization(dropout=0.0), **options)


@pytest.mark.parametrize(
    "given", [(X, Y), X, [X], (part for part in (X, Y)), {"x": X}], ids=["pair", "array", "list", "generator", "dict"]
)
@pytest.mark.parametrize("method", ["train", "evaluate", "record"])
def test_arrays_are_refused_with_the_line_that_makes_stimuli_of_them(method, given):
    with pytest.raises(TypeError, match=rf"`stimuli` is {HINT}"):
        getattr(model(), method)(given)


def test_a_pair_is_no_validation():
    with pytest.raises(TypeError, match=rf"`validation` is {HINT}"):
        model().train(STIMULI, validation=(X, Y))


def test_a_data_set_of_tensorflow_is_refused_with_that_line_too():
    import tensorflow as tf

    data = tf.data.Dataset.from_tensor_slices((X, Y)).batch(8)
    with pytest.raises(TypeError, match=rf"`stimuli` is {HINT}; received _BatchDataset"):
        model().train(data)


@pytest.mark.no_cover
@pytest.mark.parametrize("epochs", [np.int64(1), np.float32(1.0), 1], ids=repr)
@pytest.mark.parametrize("validation", [np.float32(0.25), None], ids=repr)
def test_numbers_of_numpy_are_numbers(epochs, validation):
    run = model().train(STIMULI, validation=validation, epochs=epochs)
    run.join(60)
    assert (run.state, run.n_steps) == ("finished", 1), run.state_message


@pytest.mark.parametrize("epochs", [True, 0, -1, np.nan, np.inf, "3", None, [3]], ids=repr)
def test_epochs_are_a_number_above_zero(epochs):
    with pytest.raises(ValueError, match=r"`epochs` must be a finite number above 0; .*received"):
        model().train(STIMULI, epochs=epochs)


@pytest.mark.no_cover
@pytest.mark.parametrize("categories", [range(3), [0, 1, 2], np.arange(3), ("0", "1", "2")], ids=str)
def test_categories_may_be_numbers_as_labels_may(categories):
    run = model(categories=categories).train(STIMULI, validation=None, epochs=1)
    run.join(60)
    assert run.state == "finished", run.state_message
    assert run.model.categories == ("0", "1", "2")


@pytest.mark.parametrize(
    ("categories", "error", "words"),
    [
        ("abc", TypeError, r"`categories` is one text\. Accepted is a sequence of names; received 'abc'"),
        (("a", "b", "b"), ValueError, r"`categories` must differ from one another.* received b more than once"),
    ],
)
def test_categories_that_are_none_are_refused(categories, error, words):
    with pytest.raises(error, match=words):
        model(categories=categories)


def test_outputs_that_nobody_has_named_take_the_categories_of_the_first_training():
    unnamed = model(categories=())
    run = unnamed.train(STIMULI, validation=None, epochs=1)
    assert run.join(60)
    assert (run.state, unnamed.categories) == ("finished", ("0", "1", "2")), run.state_message
    with pytest.raises(ValueError, match=r"`categories` must be those that the network was built for, 0, 1, 2"):
        unnamed.build(("a", "b", "c"))


def test_a_training_that_could_not_begin_leaves_the_outputs_without_names():
    unnamed = model(categories=())
    with pytest.raises(ValueError, match=r"`network` does not end in a logit for each category.* for 0, 1, 2, 3, 4;"):
        unnamed.train(StimulusSet.from_arrays(X, labels=np.arange(24) % 5))
    assert unnamed.categories == ()
    run = unnamed.train(STIMULI, validation=None, epochs=1)
    assert run.join(60)
    assert unnamed.categories == ("0", "1", "2")


def test_outputs_that_have_learned_to_stand_for_something_are_not_named_by_guess():
    with pytest.raises(
        ValueError, match=r"`categories` of a network that was trained before .*received none, and stim"
    ):
        model(categories=(), pretrained=True).train(STIMULI)
    with pytest.raises(
        ValueError, match=r"`categories` of the network are not known\. Accepted is .*categories=\[\.\.\.\]"
    ):
        model(categories=()).evaluate(STIMULI)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (keras.Sequential([layers.Dense(3)]), r"received one without weights\. keras\.Input\(.* as its first layer"),
        ("mobilenet", r"received str\. What another framework's network did comes in as ActivationSet"),
    ],
    ids=["no weights", "no network"],
)
def test_what_is_no_network_yet_is_refused_with_the_way_in(given, words):
    with pytest.raises(
        TypeError, match=rf"`network` is no network\. Accepted is a keras\.Model that was built; {words}"
    ):
        GoalDrivenModel.from_keras(given)


def two_outputs() -> keras.Model:
    image = keras.Input((8, 8, 1))
    flat = layers.Flatten()(layers.Conv2D(4, 3, name="V1")(image))
    return keras.Model(image, [layers.Dense(3)(flat), layers.Dense(3)(flat)])


@pytest.mark.parametrize(
    ("top", "received"),
    [
        ((layers.Flatten(), layers.Dense(2)), r"received outputs of \(2,\) for each image"),
        ((layers.ReLU(),), r"received outputs of \(6, 6, 4\) for each image"),
        ((layers.Flatten(), layers.Dense(1, activation="sigmoid")), r"received outputs of \(1,\) for each image"),
    ],
    ids=["too few", "a map", "one sigmoid"],
)
def test_a_head_that_does_not_fit_the_categories_is_refused_before_training(top, received):
    with pytest.raises(ValueError, match=rf"`network` does not end in a logit for each category.* {received}"):
        model(*top).train(STIMULI)


def test_several_outputs_are_refused_before_training():
    several = GoalDrivenModel.from_keras(two_outputs(), {"V1": "V1"}, Categorization(), categories=("0", "1", "2"))
    with pytest.raises(ValueError, match=r"Accepted is one output, \(n_stimuli, 3\) for 0, 1, 2; received 2 outputs"):
        several.train(STIMULI)


def in_half_precision(policy: str, *top: Any) -> Any:
    keras.config.set_dtype_policy(policy)
    try:
        return [make() for make in top]
    finally:
        keras.config.set_dtype_policy("float32")


def softmax() -> Any:
    return layers.Dense(3, activation="softmax")


@pytest.mark.parametrize(
    "top",
    [
        lambda: in_half_precision("mixed_float16", softmax),
        lambda: in_half_precision("mixed_bfloat16", softmax),
        lambda: [softmax(), layers.Reshape((3,))],
    ],
    ids=["float16", "bfloat16", "before a reshape"],
)
@pytest.mark.parametrize("use", ["train", "evaluate"])
def test_a_softmax_whose_logits_cannot_be_found_is_refused(top, use):
    with pytest.raises(
        ValueError, match=r"ends in probabilities whose logits cannot be found\. Accepted is a last Dense"
    ):
        getattr(model(layers.Flatten(), *top()), use)(STIMULI)


@pytest.mark.parametrize("top", [softmax, lambda: layers.Dense(3)], ids=["softmax", "logits"])
def test_a_softmax_that_comes_last_is_scored_once(top):
    network = model(layers.Flatten(), top())
    outputs = network.network.predict(STIMULI.images, verbose=0).astype(float)
    p = outputs if top is softmax else np.exp(outputs) / np.exp(outputs).sum(1, keepdims=True)
    expected = -np.log(p[np.arange(len(p)), [int(label) for label in STIMULI.labels]]).mean()
    assert network.evaluate(STIMULI)["loss"] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64"])
def test_a_network_with_a_weight_penalty_trains_in_any_precision(policy):
    top = in_half_precision(policy, lambda: layers.Conv2D(2, 3, kernel_regularizer="l2"), lambda: layers.Dense(3))
    run = model(top[0], layers.Flatten(), top[1]).train(STIMULI, epochs=2)
    assert run.join(60)
    assert run.state == "finished", run.state_message
