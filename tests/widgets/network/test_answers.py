"""A network's answers in words, held against SciPy's softmax and a goal's own score."""

import itertools
from typing import Any

import numpy as np
import pytest
from scipy.special import softmax

import hcnn_widgets as hw
from hcnn_widgets.activations.answers import probabilities
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.widgets.network.answers import NoAnswer, answers_of

KINDS = ("boat", "car", "dog")


def stimuli(labels: Any = ("dog", "boat", "car", "car"), **more: Any) -> hw.StimulusSet:
    return hw.StimulusSet.from_arrays(np.zeros((4, 8, 8), np.uint8), labels=labels, **more)


@pytest.fixture
def logits() -> np.ndarray:
    return np.random.default_rng(0).normal(0, 3, (4, 3))


def test_logits_become_their_softmax_and_probabilities_stay_as_they_are(logits) -> None:
    expected = softmax(logits, axis=1)
    np.testing.assert_allclose(probabilities(logits), expected)
    np.testing.assert_allclose(probabilities(expected), expected)
    large = probabilities([[1e4, -1e4, 0.0]])
    np.testing.assert_array_equal(large, [[1.0, 0.0, 0.0]])


@pytest.mark.parametrize("goal", [hw.goal.Categorization(), None])
def test_the_answer_is_the_likeliest_category_and_right_where_the_label_is_the_same(goal, logits) -> None:
    answers = answers_of(goal, KINDS, logits, stimuli())
    chosen = [KINDS[place] for place in logits.argmax(axis=1)]
    assert [answer.words for answer in answers] == chosen
    assert [answer.right for answer in answers] == [a == b for a, b in zip(chosen, stimuli().labels, strict=True)]
    np.testing.assert_allclose([answer.sure for answer in answers], softmax(logits, axis=1).max(axis=1))
    ranked = answers[0].ranked
    assert [name for name, _ in ranked] == [KINDS[place] for place in np.argsort(-logits[0])]
    assert sum(chance for _, chance in ranked) == pytest.approx(1)


def test_without_a_label_or_with_one_that_the_network_does_not_know_nothing_is_right_or_wrong(logits) -> None:
    for goal, labels in itertools.product((None, hw.goal.Categorization()), (None, ["cat"] * 4)):
        answers = answers_of(goal, KINDS, logits, stimuli(labels))
        assert [answer.words for answer in answers] == [KINDS[place] for place in logits.argmax(axis=1)]
        assert [answer.right for answer in answers] == [None] * 4
        assert [answer.verdict for answer in answers] == [""] * 4


def test_probabilities_without_names_are_numbered() -> None:
    answers = answers_of(None, (), np.full((4, 1000), 1e-3), stimuli())
    assert answers[0].words == "output 1"
    assert len(answers[0].ranked) == 5


class Pointing:
    """A goal of two heads whose targets are a dict, scored by the distance."""

    name, needs = "pointing", ("latents",)

    def targets(self, stimuli: Any, units: Any) -> dict[str, np.ndarray]:
        if not stimuli.latents:
            raise ValueError("`stimuli` must have latents.")
        return {unit: stimuli.latents[unit].astype(np.float32) for unit in units}

    def score(self, outputs: Any, targets: Any) -> Any:
        return (np.hypot(*(outputs[axis][:, 0] - targets[axis] for axis in "xy")).mean(), 0.0)

    def score_kinds(self, units: Any) -> tuple[Quantity, ...]:
        return (Quantity("position error", "degrees", higher_is_better=False), Quantity("other"))


def test_of_a_goal_that_is_no_choice_each_image_has_its_own_first_score() -> None:
    at = {"x": np.array([0.0, 1.0, 2.0, 3.0]), "y": np.zeros(4)}
    shown = stimuli(latents=at, latent_units={"x": "deg", "y": "deg"})
    outputs = {"x": np.zeros((4, 1)), "y": np.full((4, 1), 4.0)}
    answers = answers_of(Pointing(), ("x", "y"), outputs, shown)
    expected = [f"position error {np.hypot(x, 4):.3g}" for x in at["x"]]
    assert [answer.words for answer in answers] == expected
    assert all((answer.sure, answer.right, answer.ranked) == (None, None, ()) for answer in answers)


@pytest.mark.parametrize(
    ("goal", "categories", "outputs", "words"),
    [
        (Pointing(), ("x", "y"), {}, "do not say what the network should answer, so it cannot be scored"),
        (Pointing(), ("x", "y"), np.ones((4, 2)), "do not say what the network should answer"),
        (None, (), np.full((4, 7, 7, 32), 0.5), r"maps of \(7, 7, 32\), which are no answer"),
        (None, (), {"a": 1, "b": 2}, "2 outputs, which are no answer"),
        (None, (), np.ones((4, 1280)), "1,280 outputs stand for: name them"),
    ],
)
def test_outputs_that_say_nothing_are_refused_in_a_sentence(goal, categories, outputs, words) -> None:
    with pytest.raises(NoAnswer, match=words):
        answers_of(goal, categories, outputs, stimuli())
