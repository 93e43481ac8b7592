"""One network of a sweep: built, trained and scored, in whatever process it is asked for."""

import math
import multiprocessing
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hcnn_widgets.architecture.architectures import hcnn
from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.goal.goals import GOALS
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.learning.rules import RULES
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .sweep_folder import NETWORK
from .sweep_row import SweepRow

N_FOLDS = 5
LONGEST_ERROR = 300
"""Letters of an error that are kept."""


@dataclass(frozen=True)
class Task:
    """What every network of a sweep is trained and scored on.

    Parameters
    ----------
    images, held_out : StimulusSet
        With labels.
    recordings : RecordingSet
        With stimuli.
    epochs : float
    units : int
        Of each area, drawn at random, that the maps are fitted on.
    seed : int
    by_readout : bool
        Whether accuracy is that of a linear readout of the highest area, of trained networks, too: where goals differ,
        their own scores cannot be compared.
    """

    images: StimulusSet
    held_out: StimulusSet
    recordings: RecordingSet
    epochs: float
    units: int
    seed: int
    by_readout: bool = False


def in_process(
    task: Task,
    number: int,
    options: Mapping[str, Any],
    folder: str | None,
    goal: str = Categorization.name,
    rule: str = Backpropagation.name,
) -> SweepRow:
    """Do `one_network` in a process of a sweep's, which has one core: the others have their own networks."""
    if multiprocessing.parent_process() is not None:
        for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
            os.environ.setdefault(name, "1")  # TensorFlow reads them at its first operation
        keras.utils.clear_session()  # what the network before was compiled to, which would stay
    return one_network(task, number, options, folder, goal, rule)


def one_network(
    task: Task,
    number: int,
    options: Mapping[str, Any],
    folder: str | None = None,
    goal: str = Categorization.name,
    rule: str = Backpropagation.name,
) -> SweepRow:
    """Build, train and score a network; what goes wrong is a row with its error, and the sweep goes on.

    Parameters
    ----------
    task : Task
    number : int
    options : mapping
        Of `hw.architecture.hcnn`.
    folder : str, optional
        Where the trained network is kept.
    goal, rule : str
        Names in `hw.goal.GOALS` and `hw.learning.RULES`.
    """
    began = time.perf_counter()
    try:
        return _scored(task, number, options, folder, began, goal, rule)
    except Exception as error:  # whatever a network ends with
        words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
        seconds = time.perf_counter() - began
        return SweepRow(number, dict(options), goal=goal, rule=rule, seconds=seconds, error=words)


def _scored(
    task: Task, number: int, options: Mapping[str, Any], folder: str | None, began: float, goal: str, rule: str
) -> SweepRow:
    model = GoalDrivenModel(hcnn(**options), GOALS[goal](), RULES[rule](), seed=task.seed + number)
    run = model.train(task.images, validation=None, epochs=task.epochs, seed=task.seed)
    run.control.over.wait()
    if run.state != "finished":
        raise RuntimeError(f"the training ended as {run.state!r}: {run.state_message}")
    if folder is not None:
        model.save(Path(folder) / NETWORK.format(number=number))
    row = scored_row(model, task, number)
    return replace(
        row,
        options=dict(options),
        goal=goal,
        rule=rule,
        seed=task.seed + number,
        epochs=float(task.epochs),
        seconds=time.perf_counter() - began,
    )


def scored_row(model: GoalDrivenModel, task: Task, number: int) -> SweepRow:
    """Return the numbers of a trained network and of its untrained twin.

    Accuracy is the goal's own where that is categorisation by the whole network; otherwise that of a linear readout of
    the highest area, which every network has.

    Parameters
    ----------
    model : GoalDrivenModel
        Not in training.
    task : Task
    number : int
    """
    untrained = model.untrained()
    trained_match, untrained_match = (_match(each, task) for each in (model, untrained))
    chosen, top = trained_match.chosen[0], model.areas[-1]
    at = {area: float(r) for area, r in zip(trained_match.model_areas, trained_match.reporting[0], strict=True)}
    size = {area.name: area.n_units for area in model.spec.areas} if model.spec is not None else {}
    kind, score = model.goal.score_kinds(model.categories)[0], _score_of(model, task.held_out)
    return SweepRow(
        number,
        accuracy=_readout(model, task) if task.by_readout else score,
        untrained_accuracy=_readout(untrained, task),
        best=at[chosen],
        top=at[top],
        best_area=chosen,
        untrained_best=float(untrained_match.reported[0]),
        untrained_top=float(untrained_match.reporting[0, -1]),
        areas=at,
        n_units=float(size[chosen]),
        ceiling=math.sqrt(max(0.0, float(trained_match.reliability[0]))),
        score=score,
        score_name=kind.name,
        sites=trained_match.reported_sites[0],
    )


def _match(model: GoalDrivenModel, task: Task) -> Any:
    """Choose the best area on one half of the images and score it on the other, the same halves for every network."""
    assert task.recordings.stimuli is not None
    activations = model.record(task.recordings.stimuli, units=task.units, seed=task.seed)
    return layer_area_match(activations, task.recordings, n_folds=N_FOLDS, seed=task.seed)


def _score_of(model: GoalDrivenModel, held_out: StimulusSet) -> float:
    """Return the goal's own score; NaN where the images do not say what it should give."""
    if model.goal.refusal(held_out):
        return math.nan
    measured = model.evaluate(held_out)
    return float(measured[model.goal.score_kinds(model.categories)[0].name])


def _readout(model: GoalDrivenModel, task: Task) -> float:
    """Return the accuracy on held-out images of a readout of the highest area."""
    top = model.areas[-1]
    learnt, asked = (model.record(each, units=task.units, seed=task.seed)[top] for each in (task.images, task.held_out))
    return readout_accuracy(learnt, task.images.labels, asked, task.held_out.labels)


def readout_accuracy(learnt: Any, labels: Any, asked: Any, right: Any) -> float:
    """Return how often a ridge classifier, fitted on some images, names others rightly.

    Parameters
    ----------
    learnt, asked : (n_stimuli, n_units) float
        Units in response to the images of either kind.
    labels, right : (n_stimuli,) str
        Their categories.
    """
    from sklearn.linear_model import RidgeClassifierCV
    from sklearn.preprocessing import StandardScaler

    scale = StandardScaler().fit(learnt)
    classifier = RidgeClassifierCV(alphas=(1, 10, 100, 1_000, 10_000))
    classifier.fit(scale.transform(learnt), labels)
    return float(classifier.score(scale.transform(asked), right))
