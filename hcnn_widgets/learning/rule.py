"""Protocol of learning rules: their layers, step and measures, and the same in Keras."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

from hcnn_widgets.goal.goal import Goal, LayerMakers
from hcnn_widgets.goal.quantity import Quantity


@dataclass(frozen=True)
class StepResult:
    """What a step gives, or a look without learning; all are scalar tensors.

    Parameters
    ----------
    loss : tensor
        What the rule makes smaller, the penalties of the network's own layers apart.
    score : tensor or tuple of them or None
        Of the goal, where the rule has the network's outputs at hand (`Learner.score`); None leaves it to whoever asked
        for the step, who runs the network once more.
    measured : tuple of tensor
        The rule's `measures`, in their order.
    beside : tensor, optional
        What is made smaller as well and is no part of the loss that is shown: the goal's loss of a readout that is
        trained beside areas that learn by themselves (`Learner.look`).
    """

    loss: Any
    score: Any = None
    measured: tuple[Any, ...] = ()
    beside: Any = None


class Looked(NamedTuple):
    """One pass in which the goal's head sends nothing back into the areas.

    Attributes
    ----------
    outputs : tensor, or list or dict of them
        The network's outputs; their gradient ends at what the head reads.
    areas : dict of str to tensor
        Area -> map, with its gradient.
    filters : list of (keras.layers.Layer, tensor)
        The convolutions of the areas, from the input up, and what came into each.
    """

    outputs: Any
    areas: dict[str, Any]
    filters: list[tuple[Any, Any]]


Step = Callable[[Any, Any], StepResult]
"""Images of a batch and the goal's targets, None where there are none -> what the step gave."""
Descend = Callable[[Step], Step]
"""Function that gives a loss -> step down its gradient by the learner's optimizer, of what weights it depends on."""
Forward = Callable[[Any, bool], tuple[Any, dict[str, Any]]]
"""Images, and whether training -> the network's outputs, and area -> map, in one pass."""


@dataclass(frozen=True, eq=False)
class Learner:
    """What a rule works on: a network, its goal, and what a run adds to them.

    Attributes
    ----------
    network : keras.Model
        Images to outputs.
    goal : Goal or None
        None where the network has no goal, which only a rule that uses no labels may meet.
    optimizer : keras.optimizers.Optimizer
        Of the rule; ``optimizer.learning_rate`` is the present learning rate, for steps without a gradient, too.
    random : keras.random.SeedGenerator
        For what is drawn at random in a step.
    forward : callable
        (images, training) -> (outputs, area -> map), for rules that look at areas.
    look : callable
        (images, training) -> Looked, for rules by which the areas learn without the goal.
    parts : mapping of str to keras.layers.Layer
        The rule's own (`Rule.parts`), trained with the network and gone with the run.
    units : sequence of str
        What the network's outputs stand for (`Goal.units`).
    trained : sequence of keras.layers.Layer, optional
        The layers that a gradient may change, and whose own penalties, such as on large weights, are made smaller; by
        default all.
    """

    network: Any
    goal: Goal | None
    optimizer: Any = None
    random: Any = None
    forward: Forward | None = None
    look: Callable[[Any, bool], Looked] | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    units: Sequence[str] = ()
    trained: Sequence[Any] | None = None

    @property
    def penalties(self) -> list[Any]:
        """The penalties of the layers' own that a step makes smaller, scalar tensors."""
        if self.trained is None:
            return list(self.network.losses)
        return [penalty for layer in self.trained for penalty in layer.losses]

    @property
    def trainable_variables(self) -> list[Any]:
        """The network's weights that a gradient may change, then those of the rule's own parts."""
        layers = [self.network] if self.trained is None else self.trained
        own = [weights for layer in layers for weights in layer.trainable_variables]
        parts = [weights for part in self.parts.values() for weights in part.trainable_variables]
        return [*own, *parts]

    @property
    def variables(self) -> list[Any]:
        """All variables of the network, then those of the rule's own parts; some need not be trained."""
        return [*self.network.variables, *(weights for part in self.parts.values() for weights in part.variables)]

    def score(self, outputs: Any, targets: Any) -> Any:
        """Return the goal's score of the network's outputs (`Goal.score`); None where there are no targets."""
        return None if self.goal is None or targets is None else self.goal.score(outputs, targets)

    def n_scores(self, targets: Any) -> int:
        """Return how many scores there are to be measured; 0 where there are no targets."""
        return 0 if self.goal is None or targets is None else len(self.goal.score_kinds(self.units))


LossOf = Callable[[Learner, Any, Any, bool], StepResult]
"""(learner, images, targets, training) -> loss, without learning."""


def goal_loss(learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
    """Return the goal's loss and score of one pass through the network."""
    assert learner.goal is not None
    outputs = learner.network(images, training=training)
    return StepResult(learner.goal.loss()(targets, outputs), learner.score(outputs, targets))


@runtime_checkable
class Rule(Protocol):
    """How weights change.

    A rule is a frozen dataclass whose fields are plain data, so that it can be written to a file, and made without
    arguments, so that a menu can offer it. An entry in `RULES` is all that it takes to be offered, saved and loaded.
    Most are gradients of some loss: see `GradientRule`, which leaves them a few lines.

    Attributes
    ----------
    name : str
        In `RULES` and in files.
    uses_labels : bool
        Whether the areas learn from the goal's targets. A rule that does not use them trains on stimuli without labels,
        too; where they have some, the goal's score is measured all the same, and a readout may be trained beside.
    trains_areas : bool
        Whether a gradient reaches the areas. Where none does, penalties on their weights are left out, too.
    scored_by : str
        Whose the goal's score is where it is not the whole network's, such as "a readout trained beside"; else empty.
    error_path : str
        The way of the error, for a drawing: "back", "back by other weights", "direct", "from the top", "local" or
        "readout"; empty where the other attributes say as much. A rule need not have it.
    precision : str or None
        Name of Keras's dtype policy under which the network is built; None for that which Keras has been given. A rule
        need not have it.
    measures : tuple of Quantity
        What a step measures besides loss and score; each is a curve of the history.
    learning_rate : float
        At the start of a run.
    batch_size : int
        Images per step.
    """

    name: ClassVar[str]
    uses_labels: ClassVar[bool]
    trains_areas: ClassVar[bool]
    scored_by: ClassVar[str]
    measures: ClassVar[tuple[Quantity, ...]]

    @property
    def learning_rate(self) -> float:
        """Learning rate at the start of a run."""
        ...

    @property
    def batch_size(self) -> int:
        """Images per step."""
        ...

    @property
    def layers(self) -> LayerMakers | None:
        """Makers of the layers that the rule needs in place of the builder's and the goal's; None where it needs none.

        By the word of an operation, ``(operation, name=..., initializer=...) -> keras.layers.Layer``, as
        `ArchitectureSpec.build` takes them; "first filter" makes the filters that see the images themselves, where
        those are others; or by the name that a goal's head knows: see `Goal.head`.
        """
        ...

    def refusal(self, network: Any, goal: Goal | None) -> str:
        """Return the sentence that says why the rule cannot train a built network; empty where it can."""
        ...

    def parts(self, network: Any, seed: int) -> Mapping[str, Any]:
        """Make layers of the rule's own, built, such as the head on which two views are compared; usually none."""
        ...

    def make_optimizer(self) -> Any:
        """Make a fresh keras optimizer. A rule without a gradient has one, too: it holds the learning rate."""
        ...

    def rate_factor(self, progress: float) -> float:
        """Return what the learning rate is multiplied with when this share (0 to 1) of the run is done."""
        ...

    def make_step(self, learner: Learner, descend: Descend) -> Step:
        """Make the function that takes one step of learning; it runs inside the compiled chunk.

        Parameters
        ----------
        learner : Learner
        descend : callable
            Turns a function that gives a loss into a step down its gradient. A rule that works layer by layer has no
            use for it and assigns to the variables itself.

        Returns
        -------
        callable
            (images, targets) -> StepResult, in keras.ops.
        """
        ...

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return the rule's loss without learning; on held-out images it is asked for with ``training=False``."""
        ...

    def keras_lines(self, goal: Goal | None, rate: float, epochs: float, n_steps: int | None) -> str:
        """Return the lines of Keras that train a network the same way without panels.

        Parameters
        ----------
        goal : Goal or None
        rate, epochs : float
        n_steps : int or None
            Of the whole run; None where it is not known, and so no schedule.
        """
        ...

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as plain data: its name under "rule", and its fields."""
        ...


def check_learning_rate(rate: Any) -> float:
    """Return the learning rate as a float, or say what is wrong with it.

    Raises
    ------
    ValueError
        If it is not a finite number of at least 0.
    """
    if isinstance(rate, bool) or not isinstance(rate, (int, float)) or not math.isfinite(rate) or rate < 0:
        raise ValueError(f"`learning_rate` must be a finite number of at least 0; received {rate!r}.")
    return float(rate)
