"""From a model and its stimuli to a run: everything is checked here, before the thread starts."""

import math
from typing import TYPE_CHECKING, Any

from .compiled_steps import make_evaluation, make_steps
from .loop import Loop, batches
from .run import Run

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet


def start_training(
    model: Any, stimuli: "StimulusSet", validation: "StimulusSet | float | None", epochs: float, seed: int
) -> Run:
    """Check what came, build the network on this thread, and start the run; see ``GoalDrivenModel.train``."""
    _check_goal(model)
    _check_epochs(epochs)
    _check_labels(stimuli)
    stimuli, held_out = _parted(stimuli, validation, seed)
    network = model.build(model.categories or stimuli.categories)
    for what in (stimuli, held_out):
        if what is not None:
            _check_shape(network, what)
    targets = model.goal.targets(stimuli, model.categories)
    held_out_targets = None if held_out is None else model.goal.targets(held_out, model.categories)
    batch_size = min(model.rule.batch_size, len(stimuli))
    steps_per_epoch = math.ceil(len(stimuli) / batch_size)
    n_steps = max(1, round(epochs * steps_per_epoch))

    def make_loop(run: Run) -> Loop:
        steps = make_steps(network, model.goal, model.rule.make_optimizer(), stimuli.images, targets)

        def validate() -> tuple[float, float]:
            assert held_out is not None
            assert held_out_targets is not None
            return steps.evaluate(held_out.images, held_out_targets)

        return Loop(
            steps=steps,
            control=run.control,
            history=run.history,
            stream=batches(len(stimuli), batch_size, seed),
            n_steps=n_steps,
            steps_per_epoch=steps_per_epoch,
            learning_rate=lambda done: run.learning_rate * model.rule.rate_factor(done / n_steps),
            validate=validate if held_out is not None else None,
            score_name=model.goal.score_name,
        )

    return Run(model, make_loop, n_steps, steps_per_epoch)


def evaluate(model: Any, stimuli: "StimulusSet") -> dict[str, float]:
    """Measure loss and score on stimuli; see ``GoalDrivenModel.evaluate``."""
    _check_goal(model)
    network = model._built()
    _check_shape(network, stimuli)
    measure = make_evaluation(network, model.goal)
    loss, score = measure(stimuli.images, model.goal.targets(stimuli, model.categories))
    return {"loss": loss, model.goal.score_name: score}


def _parted(
    stimuli: "StimulusSet", validation: "StimulusSet | float | None", seed: int
) -> "tuple[StimulusSet, StimulusSet | None]":
    """Give what to learn from and what to hold out."""
    if isinstance(validation, int | float):
        return stimuli.split(float(validation), seed)
    return stimuli, validation


def _check_goal(model: Any) -> None:
    if model.goal is None:
        raise ValueError(
            f"`{model.name}` has no goal, so there is nothing to train it for; a model with a goal is accepted; "
            "received one from from_keras without `goal`."
        )


def _check_epochs(epochs: float) -> None:
    good = isinstance(epochs, int | float) and not isinstance(epochs, bool) and math.isfinite(epochs) and epochs > 0
    if not good:
        raise ValueError(f"`epochs` must be a finite number above 0; received {epochs!r}.")


def _check_labels(stimuli: "StimulusSet") -> None:
    if stimuli.labels is None or len(stimuli.categories) < 2:
        came = "none" if stimuli.labels is None else ", ".join(stimuli.categories)
        raise ValueError(f"`stimuli` must have labels of at least two categories; received {came}.")


def _check_shape(network: Any, stimuli: "StimulusSet") -> None:
    wanted, came = tuple(network.input_shape[1:]), stimuli.images.shape[1:]
    if any(size is not None and size != other for size, other in zip(wanted, came, strict=True)):
        raise ValueError(
            f"`stimuli` must be of the network's input shape {wanted}; received images of {came}. Build the network "
            f"with input_shape={came}, or use stimuli.adapted_to({wanted})."
        )
