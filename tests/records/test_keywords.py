"""Misspelt arguments are refused by the nearest that there is, missing ones by name, wherever a person may call."""

import inspect
from dataclasses import dataclass

import pytest

import hcnn_widgets as hw
from hcnn_widgets.records.keywords import checks_keywords

PARTS = (hw, hw.activations, hw.architecture, hw.goal, hw.learning, hw.mapping, hw.pretrained, hw.stimuli)
MADE_BY_THE_PACKAGE = {
    "AreaInfo", "AreaScores", "Cochleagram", "ConcordanceStep", "ConcordanceSteps", "Control", "GenerativeTest",
    "History", "KerasLines", "LayerAreaMatch", "Learner", "LiveRdms", "LiveScore", "OrientationTuning",
    "PreferredImage", "Quantity", "RdmBootstrap", "RdmCeiling", "RdmInference", "Reweighting", "Run", "ScoreDifference",
    "ScoreTable", "ScoresOverTime", "Series", "StepResult", "TuningComparison",
}  # fmt: skip
FOR_SUBCLASSES_AND_REGISTRIES = {
    "Adjustment", "Comparison", "Correction", "Distance", "DivisiveNormalization", "Goal", "GradientRule",
    "LinearMap", "LpPooling", "Operation", "Penalties", "Pool", "Rule", "Splitting", "TrainingRun", "TuningStatistic",
}  # fmt: skip
TAKE_NO_KEYWORDS = {
    "Enlarge", "NextFrame", "Reconstruction", "Segmentation", "devices", "empty_cache", "enlarge", "show_versions",
}  # fmt: skip
TAKE_ANY_KEYWORDS = {"hcnn_without_normalisation", "recurrent_hcnn", "read_recordings", "read_rdms"}
"""They pass them on; what then refuses them is tested there."""


def called_by_people() -> dict[str, object]:
    """Return the public functions and classes that people call, by name."""
    found = {f"{part.__name__}.{name}": getattr(part, name) for part in PARTS for name in dir(part)}
    other = TAKE_NO_KEYWORDS | MADE_BY_THE_PACKAGE | FOR_SUBCLASSES_AND_REGISTRIES | TAKE_ANY_KEYWORDS
    named = {name: called for name, called in found.items() if callable(called) and name.split(".")[-1] not in other}
    return named | {"hcnn_widgets.architecture.Pool": hw.architecture.Pool, "hcnn_widgets.widgets.Lab": hw.widgets.Lab}


CALLED = called_by_people()


@pytest.mark.parametrize("name", CALLED)
def test_every_public_function_names_the_argument_nearest_to_a_misspelt_one(name: str) -> None:
    longest = max(inspect.signature(CALLED[name]).parameters, key=len)
    with pytest.raises(TypeError, match=rf"`{longest}x` is no argument of .*; the nearest is '{longest}'\.$"):
        CALLED[name](**{f"{longest}x": 1})


def needed_by(called: object) -> list[str]:
    """Return the arguments that a call cannot do without."""
    each = inspect.signature(called).parameters.values()
    return [
        one.name for one in each if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
    ]


NEEDY = [name for name, called in CALLED.items() if needed_by(called)]


@pytest.mark.parametrize("name", NEEDY)
def test_every_public_function_names_the_arguments_that_a_call_lacks(name: str) -> None:
    lacking = " and ".join(f"`{each}`" for each in needed_by(CALLED[name]))
    with pytest.raises(TypeError, match=rf" lacks {lacking}\. Accepted are .*; received nothing\."):
        CALLED[name]()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: hw.ActivationSet({"IT": [[1.0, 2.0]]}),
            "ActivationSet lacks `stimulus_ids`. Accepted are activations, stimulus_ids, notes; received activations. "
            "Made as well by ActivationSet.taking_over.",
        ),
        (
            lambda: hw.RecordingSet([[1.0, 2.0]], stimulus_ids=["cat"]),
            "RecordingSet lacks `area`. Accepted are responses, stimulus_ids, area, labels, stimuli, simulated, "
            "source, labels_inferred, site_ids, true_ceiling, time_ms; received responses, stimulus_ids. Made as well "
            "by RecordingSet.from_presentations.",
        ),
        (
            lambda: hw.RecordingSet.from_presentations([[1.0, 2.0]], ["cat"], source="mine"),
            "RecordingSet.from_presentations lacks `area`. Accepted are responses, stimulus_ids, area, labels; "
            "received responses, stimulus_ids, source.",
        ),
    ],
)
def test_a_record_without_what_it_needs_says_what_it_lacks_and_how_else_it_is_made(call, words: str) -> None:
    with pytest.raises(TypeError) as refused:
        call()
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: hw.stimuli.objects(8, variaton="high"), r"`variaton` .*objects.* the nearest is 'variation'"),
        (lambda: hw.StimulusSet.from_folder("x", sise=32), r"StimulusSet\.from_folder.* the nearest is 'size'"),
        (lambda: hw.architecture.hcnn(n_kernel=(8,)), r"`n_kernel` .*hcnn.* the nearest is 'n_kernels'"),
        (lambda: hw.learning.Backpropagation(learningrate=1), r"the nearest is 'learning_rate'"),
        (lambda: hw.architecture.hcnn_without_normalisation(n_kernel=(8,)), r"the nearest is 'n_kernels'"),
        (lambda: hw.goal.Categorization(drop_out=0), r"Accepted are pooling, dropout; the nearest is 'dropout'"),
    ],
)
def test_what_beginners_misspell(call, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        call()


def test_a_word_that_is_near_to_nothing_is_refused_with_all_that_are_accepted() -> None:
    with pytest.raises(TypeError, match=r"`zzz` is no argument of digits\. Accepted are n, degrees\.$"):
        hw.stimuli.digits(zzz=1)


def test_a_checked_class_keeps_its_fields_methods_and_words() -> None:
    @checks_keywords
    @dataclass
    class Point:
        """A point."""

        x: int = 0

        def moved(self, by: int = 1) -> "Point":
            """Return another."""
            return Point(self.x + by)

        @classmethod
        def origin(cls, x: int = 0) -> "Point":
            return cls(x)

        @property
        def far(self) -> bool:
            return self.x > 9

        def scaled(self, by: int, /, *more: int, about: int) -> int:
            return about + (self.x - about) * by + sum(more)

        def anything(self, **words: int) -> dict[str, int]:
            return words

    assert Point(3).moved(by=2) == Point(x=5) == Point.origin(x=5)
    assert Point(3).scaled(2, 5, about=1) == Point.scaled(Point(3), 2, 5, about=1) == 10
    assert (Point(10).far, Point(1).anything(y=2), Point.moved.__doc__) == (True, {"y": 2}, "Return another.")
    for call, said in (
        (lambda: Point(y=1), r"`y` is no argument of Point\. Accepted are x"),
        (lambda: Point().moved(bye=1), r"of Point\.moved\. Accepted are by; the nearest is 'by'"),
        (lambda: Point.origin(xx=1), r"of Point\.origin"),
        (lambda: Point().scaled(about=1), r"Point\.scaled lacks `by`\..*; received about\."),
        (lambda: Point().scaled(2, 3), r"Point\.scaled lacks `about`\..*; received by\."),
        (lambda: Point.moved(), r"missing 1 required positional argument: 'self'"),
    ):
        with pytest.raises(TypeError, match=said):
            call()
