"""From a model and its stimuli to a run: everything is checked here, before the thread starts."""

import math
import threading
import weakref
from collections.abc import Callable
from functools import cache
from typing import Any

from hcnn_widgets.architecture.precision import precision_of, precision_refusal, with_scaled_loss
from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.checks import is_number
from hcnn_widgets.stimuli.arriving_stimuli import ArrivingStimuli
from hcnn_widgets.stimuli.check_stimuli import Stimuli, check_shown
from hcnn_widgets.stimuli.sequences.sequence_set import SequenceSet

from .arriving_images import ArrivingImages
from .compiled_steps import Evaluation, make_evaluation, make_steps
from .finite_weights import LastFiniteWeights, float_variables, refuse_not_finite
from .loop import Loop, batches
from .rule import Learner, goal_loss
from .run import Run
from .run_setup import run_setup
from .training_thread import TrainingThread

_starting = threading.Lock()
_weights: "weakref.WeakKeyDictionary[TrainingThread, frozenset[int]]" = weakref.WeakKeyDictionary()
"""Training -> identities of the variables that it works on."""


def start_training(model: Any, stimuli: Stimuli, validation: Stimuli | float | None, epochs: float, seed: int) -> Run:
    """Check what came, build the network on this thread, and start the run; see ``GoalDrivenModel.train``."""
    with _starting:  # of two threads that ask at once, the second finds the first one's run
        model.run = run = _started(model, stimuli, validation, epochs, seed)
        _weights[run.training] = _variables(model.network)
        return run


def _started(model: Any, stimuli: Stimuli, validation: Stimuli | float | None, epochs: float, seed: int) -> Run:
    _check_idle(model)
    check_shown("stimuli", stimuli)
    if model.rule.uses_labels:
        _check_goal(model)
    _check_layers(model)
    _check_epochs(epochs)
    _check_moments(model.rule, stimuli, validation)
    answered = _answered(model, stimuli)
    scored = _scored(model, answered)
    # Of all stimuli: what is shown only by those that are held out must have its place among the outputs, too.
    units = model.categories or (model.goal.units(answered) if scored else ())
    stimuli, held_out = _parted(stimuli, validation, seed)
    answered, answered_held_out = _answered(model, stimuli), None if held_out is None else _answered(model, held_out)
    network = model.build(units)
    for seen in (answered, answered_held_out):
        if seen is not None:
            _check_shape(network, seen)
    _check_rule(model)
    _check_trainable(model)
    _check_alone(model.name, model.network)
    refuse_not_finite(model.name, network, "trained")
    if scored:
        _check_outputs(model, answered)
    targets = _targets(model, answered) if scored else None
    held_out_targets = _targets(model, answered_held_out) if scored and answered_held_out is not None else None
    batch_size = min(model.rule.batch_size, len(stimuli))
    steps_per_epoch = math.ceil(len(stimuli) / batch_size)
    n_steps = max(1, round(epochs * steps_per_epoch))

    make_learner, network_name = _learner_maker(model, seed), model.network.name
    rule, score_names = model.rule, _score_names(model) if scored else ()
    pixels, read_kernels = model.pixels, model._kernel_reader()

    def make_loop(training: TrainingThread) -> Loop:
        # Whatever is named here lives as long as the training does: the model must not be among it.
        learner = make_learner()
        weights = LastFiniteWeights(float_variables(learner.variables), network_name)
        arriving = ArrivingImages(stimuli, pixels, batch_size) if isinstance(stimuli, ArrivingStimuli) else None
        images = pixels.applied(stimuli.images) if arriving is None else arriving.room
        steps = make_steps(rule, learner, images, targets)

        @cache  # at the end of the first pass, when all have arrived that were still being made
        def held_out_images() -> Any:
            assert held_out is not None
            return pixels.applied(held_out.images)

        training.checkpoints.reads(read_kernels)

        def validate() -> tuple[float, ...]:
            return steps.evaluate(held_out_images(), held_out_targets)

        return Loop(
            steps=steps,
            control=training.control,
            history=training.history,
            stream=batches(len(stimuli), batch_size, seed, in_order=arriving is not None),
            n_steps=n_steps,
            steps_per_epoch=steps_per_epoch,
            learning_rate=lambda done: training.learning_rate * rule.rate_factor(done / n_steps),
            validate=validate if held_out is not None else None,
            score_names=score_names,
            measures=tuple(measure.name for measure in rule.measures),
            weights=weights,
            arriving=arriving,
            checkpoints=training.checkpoints,
        )

    setup = run_setup(seed, rule.learning_rate, stimuli, held_out, precision_of(network))
    run = Run(model, make_loop, n_steps, steps_per_epoch, setup)
    run.training.held_out = answered_held_out
    if score_names and rule.scored_by:
        run.training.on_score = f"{score_names[0].capitalize()} is that of {rule.scored_by}"
    return run


def evaluate(model: Any, stimuli: Stimuli) -> dict[str, float]:
    """Measure loss and score on stimuli; see ``GoalDrivenModel.evaluate``."""
    check_shown("stimuli", stimuli)
    _check_goal(model)
    network = model._built()
    _check_shape(network, stimuli)
    _check_outputs(model, stimuli)
    values = _evaluation(model)(model.pixels.applied(stimuli.images), _targets(model, stimuli))
    return dict(zip(("loss", *_score_names(model)), values, strict=True))


def _evaluation(model: Any) -> Evaluation:
    """Return the compiled evaluation of a model: the one kept with it, unless its network or goal is another by now."""
    parts = (model.network, model.goal, *model.network.layers)
    known, measure = vars(model).get("_evaluation", ((), None))
    if len(known) != len(parts) or any(before is not now for before, now in zip(known, parts, strict=True)):
        measure = make_evaluation(goal_loss, Learner(model.network, model.goal))
        vars(model)["_evaluation"] = parts, measure
    return measure


def _learner_maker(model: Any, seed: int) -> Callable[[], Learner]:
    """Return what makes, without the model, what the rule works on: the network with what a run adds to it."""
    network, goal, rule, units = model.network, model.goal, model.rule, model.categories
    area_forward = model._area_forward()

    def make() -> Learner:
        forward = area_forward()
        return Learner(
            network,
            goal,
            with_scaled_loss(rule.make_optimizer(), network),
            keras.random.SeedGenerator(seed),
            forward,
            forward.look,
            rule.parts(network, seed),
            units,
            trained=None if rule.trains_areas else forward.head_layers,
        )

    return make


def _scored(model: Any, stimuli: Stimuli) -> bool:
    """Return whether the goal has its targets in the stimuli; refuse stimuli without where the rule needs them."""
    if model.goal is None:
        return False
    refusal = model.goal.refusal(stimuli)
    if refusal and model.rule.uses_labels:
        raise ValueError(refusal)
    return not refusal


def _check_moments(rule: Any, stimuli: Any, validation: Any) -> None:
    """Refuse images where a rule learns from what follows in time."""
    for given in (stimuli, *(() if validation is None or is_number(validation) else (validation,))):
        if refusal := moments_refusal(rule, given):
            raise ValueError(refusal)


def moments_refusal(rule: Any, stimuli: Any) -> str:
    """Return why a rule that learns from what follows in time cannot learn from these; empty where it can."""
    if not getattr(rule, "of_sequences", False) or isinstance(stimuli, SequenceSet):
        return ""
    return (
        f"`stimuli` must be sequences: `rule` {rule.name!r} learns from what follows in time. Accepted is a "
        f"SequenceSet, as hw.stimuli.object_moments(n) makes it; received {type(stimuli).__name__}."
    )


def _answered(model: Any, stimuli: Any) -> Any:
    """Return what the network is asked about: the stimuli, or the last frames where the rule pairs moments."""
    return stimuli.still(-1) if getattr(model.rule, "of_sequences", False) else stimuli


def _targets(model: Any, stimuli: Stimuli) -> Any:
    return model.goal.targets(stimuli, model.categories)


def _score_names(model: Any) -> tuple[str, ...]:
    return tuple(kind.name for kind in model.goal.score_kinds(model.categories))


def _parted(stimuli: Stimuli, validation: Any, seed: int) -> tuple[Stimuli, Stimuli | None]:
    """Return the images to learn from and the images to hold out."""
    if is_number(validation):
        return stimuli.split(float(validation), seed)
    if validation is not None:
        check_shown("validation", validation)
    return stimuli, validation


def _check_idle(model: Any) -> None:
    if model.run is not None and model.run.alive and model.run.state != "waiting":
        raise RuntimeError(
            f"`{model.name}` is being trained already; one run at a time is accepted; received a second start while "
            f"the first is {model.run.state}. Stop it with model.run.stop(), or wait for it with model.run.join()."
        )


def _variables(network: Any) -> frozenset[int]:
    return frozenset(id(variable) for variable in network.variables)


def claim(training: TrainingThread, name: str, network: Any) -> None:
    """Take the weights of a network for a training that others do; refuse what is in training already."""
    with _starting:
        _check_alone(name, network, training)
        _weights[training] = _variables(network)


def _check_alone(name: str, network: Any, own: TrainingThread | None = None) -> None:
    """Refuse a network that has weights in common with one in training, such as another head on the same trunk."""
    mine = _variables(network)
    for run, theirs in list(_weights.items()):
        if run is not own and run.alive and run.state != "waiting" and not mine.isdisjoint(theirs):
            raise RuntimeError(
                f"`{name}` has weights that are being trained already. Accepted is one run at a time on the same "
                f"weights; received a second start while `{run.name}` is {run.state}. Stop that run, or wait for "
                "it."
            )


def _check_goal(model: Any) -> None:
    if model.goal is None:
        raise ValueError(
            f"`{model.name}` has no goal, so there is nothing to train it for; a model with a goal is accepted; "
            "received one from from_keras without `goal`."
        )


def _check_layers(model: Any) -> None:
    if model.spec is None and model.rule.layers:
        raise ValueError(
            f"`rule` {model.rule.name!r} needs layers of its own, of which `{model.name}` was not built; "
            "accepted is a model made of an architecture, GoalDrivenModel(architecture, goal, rule); received one from "
            "from_keras."
        )


def _check_rule(model: Any) -> None:
    asked = getattr(model.rule, "precision", None)
    refusal = precision_refusal(model.name, model.network, asked) or model.rule.refusal(model.network, model.goal)
    if refusal:
        raise ValueError(refusal)


def _check_trainable(model: Any) -> None:
    if not model.network.trainable_variables:
        raise ValueError(
            f"`{model.name}` has no weight that training may change. Accepted is a network with at least one layer "
            f"whose `trainable` is True; received {len(model.network.variables)} weights, all frozen."
        )


def _check_outputs(model: Any, stimuli: Stimuli) -> None:
    """Refuse outputs that the goal cannot score; those of a network made of an architecture are the goal's own."""
    if model.spec is None:
        outputs = model.network(model.pixels.applied(stimuli[:8].images), training=False)
        if refusal := model.goal.output_refusal(outputs, model.categories):
            raise ValueError(refusal)


def _check_epochs(epochs: float) -> None:
    if not (is_number(epochs) and math.isfinite(epochs) and epochs > 0):
        raise ValueError(f"`epochs` must be a finite number above 0; received {epochs!r}.")


def _check_shape(network: Any, stimuli: Stimuli) -> None:
    wanted, came = tuple(network.input_shape[1:]), tuple(stimuli.image_shape)
    if len(wanted) != len(came):
        kinds = {3: "images of (height, width, n_channels)", 4: "sequences of (n_frames, height, width, n_channels)"}
        raise ValueError(
            f"`stimuli` must be what the network takes, {kinds.get(len(wanted), 'of its input')}, here {wanted}; "
            f"received {kinds[len(came)]}, here {came}. still(frame) and as_channels() make images of sequences."
        )
    if any(size is not None and size != other for size, other in zip(wanted, came, strict=True)):
        raise ValueError(
            f"`stimuli` must be of the network's input shape {wanted}; received images of {came}. Build the network "
            f"with input_shape={came}, or use stimuli.adapted_to({wanted})."
        )
