"""What a model answers to stimuli: its outputs as Keras gives them, its choices against scikit-learn's tables."""

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras

OBJECTS = hw.stimuli.objects(30, size=16, seed=0, cache=False)


@pytest.fixture(scope="module")
def model() -> hw.GoalDrivenModel:
    made = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), input_shape=(16, 16, 1)))
    made.build(OBJECTS.categories)
    return made


def test_outputs_are_what_keras_gives_also_for_images_in_another_size(model: hw.GoalDrivenModel) -> None:
    np.testing.assert_allclose(model.outputs(OBJECTS), model.network.predict(OBJECTS.images, verbose=0), atol=1e-5)
    large = OBJECTS.adapted_to((32, 32, 1))
    small = large.adapted_to((16, 16, 1))
    np.testing.assert_allclose(model.outputs(large), model.network.predict(small.images, verbose=0), atol=1e-5)


def test_more_images_than_a_batch_holds_are_all_answered(model: hw.GoalDrivenModel) -> None:
    many = hw.StimulusSet.from_arrays(np.concatenate([OBJECTS.images] * 5))
    np.testing.assert_allclose(model.outputs(many), np.tile(model.outputs(OBJECTS), (5, 1)), atol=1e-5)


def test_answers_are_the_largest_softmax_and_the_confusion_is_that_of_scikit_learn(model: hw.GoalDrivenModel) -> None:
    given = model.answers(OBJECTS)
    logits = model.network.predict(OBJECTS.images, verbose=0)
    expected = keras.ops.convert_to_numpy(keras.ops.softmax(logits))
    np.testing.assert_allclose(given.probabilities, expected, atol=1e-5)
    assert given.answers.tolist() == [OBJECTS.categories[place] for place in logits.argmax(axis=1)]
    assert OBJECTS.labels is not None
    table = confusion_matrix(OBJECTS.labels, given.answers, labels=OBJECTS.categories)
    np.testing.assert_array_equal(given.confusion, table)
    assert given.right.mean() == pytest.approx(model.evaluate(OBJECTS)["accuracy"])
    named = ", ".join(OBJECTS.categories[:6])
    assert repr(given) == f"Answers(30 stimuli; {named}, ...; {100 * given.right.mean():.1f} % right)"


def test_a_data_frame_has_a_row_a_stimulus_with_every_probability(model: hw.GoalDrivenModel) -> None:
    frame = model.answers(OBJECTS).to_dataframe()
    assert frame.stimulus.tolist() == OBJECTS.stimulus_ids.tolist()
    assert frame.columns[:5].tolist() == ["stimulus", "answer", "probability", "correct", "right"]
    assert frame.columns[5:].tolist() == [f"p({category})" for category in OBJECTS.categories]
    assert (frame.right == (frame.answer == frame.correct)).all()
    np.testing.assert_allclose(frame.iloc[:, 5:].max(axis=1), frame.probability)


def test_without_labels_answers_are_there_and_what_is_right_is_refused(model: hw.GoalDrivenModel) -> None:
    given = model.answers(hw.StimulusSet.from_arrays(OBJECTS.images))
    assert len(given.answers) == 30
    assert "right" not in given.to_dataframe().columns
    for question in ("right", "confusion"):
        with pytest.raises(ValueError, match=r"`correct` must be known .*; accepted are .*; received none\."):
            getattr(given, question)


def test_a_plain_sequential_with_names_for_its_outputs_answers_and_one_without_is_refused() -> None:
    plain = keras.Sequential([keras.Input((16, 16, 1)), keras.layers.Conv2D(4, 3), keras.layers.Flatten()])
    plain.add(keras.layers.Dense(len(OBJECTS.categories)))
    given = hw.GoalDrivenModel.from_keras(plain, categories=OBJECTS.categories).answers(OBJECTS)
    expected = plain.predict(OBJECTS.images, verbose=0).argmax(axis=1)
    assert given.answers.tolist() == [OBJECTS.categories[place] for place in expected]
    assert given.confusion.sum() == 30
    with pytest.raises(
        ValueError, match=r"does not choose among categories\. Accepted is a network with a named output"
    ):
        hw.GoalDrivenModel.from_keras(plain).answers(OBJECTS)


def test_a_goal_without_categories_gives_outputs_and_refuses_answers() -> None:
    model = hw.GoalDrivenModel(
        hw.architecture.hcnn(areas=("V1",), n_kernels=4, input_shape=(16, 16, 1)), hw.goal.Position()
    )
    model.build(model.goal.units(OBJECTS))
    assert model.outputs(OBJECTS).shape == (30, 2)
    with pytest.raises(ValueError, match=r"does not choose among categories\. Accepted is .*; received 'position'"):
        model.answers(OBJECTS)


def test_while_a_run_goes_on_the_answers_are_those_of_a_step_boundary(model: hw.GoalDrivenModel) -> None:
    run = model.train(OBJECTS, validation=None, epochs=2_000)
    given = model.answers(OBJECTS)
    run.stop()
    assert run.join(60)
    assert len(given.answers) == 30


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"probabilities": [[1.0, 0.0]]}, r"a row a stimulus and a column a category, \(2, 2\); received \(1, 2\)"),
        ({"correct": ["cat", "cow"]}, r"of cat, dog; received cow"),
        ({"correct": ["cat"]}, r"for each of 2 stimuli, of cat, dog; received an array of \(1,\)"),
    ],
)
def test_what_does_not_go_together_is_refused(changed: dict, said: str) -> None:
    fitting = {"probabilities": np.eye(2), "categories": ("cat", "dog"), "stimulus_ids": ["a", "b"], "correct": None}
    with pytest.raises(ValueError, match=said):
        hw.activations.Answers(**{**fitting, **changed})
