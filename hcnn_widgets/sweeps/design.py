"""A model as the three choices of Figure 3 of Yamins & DiCarlo (2016), by their names; what does not fit says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hcnn_widgets.architecture.architectures import ARCHITECTURES
from hcnn_widgets.goal.goals import GOALS
from hcnn_widgets.learning.network import build_network
from hcnn_widgets.learning.rules import RULES
from hcnn_widgets.learning.training import moments_refusal
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.saving.deferred import in_fresh_thread, without_memory
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Makers = Mapping[str, Callable[..., Any]]
"""Names of choices -> what makes them."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen from.

    Parameters
    ----------
    architectures : mapping of str to callable
        ``(input_shape=, degrees=)`` -> ArchitectureSpec; by default `hw.architecture.ARCHITECTURES`.
    goals, rules : mapping of str to callable
        ``()`` -> goal or rule; by default `hw.goal.GOALS` and `hw.learning.RULES`.
    """

    architectures: Makers = None  # type: ignore[assignment]
    goals: Makers = None  # type: ignore[assignment]
    rules: Makers = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        for name, registry in (("architectures", ARCHITECTURES), ("goals", GOALS), ("rules", RULES)):
            given = getattr(self, name)
            if given is None:
                object.__setattr__(self, name, registry)
            elif not isinstance(given, Mapping) or not given or not all(map(callable, given.values())):
                raise TypeError(
                    f"`{name}` must be a mapping of a name to what makes it, with one at least; received {given!r}."
                )


ALL = Choices()


@dataclass(frozen=True)
class Design:
    """An architecture, a goal and a learning rule, by their names.

    Parameters
    ----------
    architecture, goal, rule : str
        Names in `hw.architecture.ARCHITECTURES`, `hw.goal.GOALS` and `hw.learning.RULES`, or in ``choices``.
    choices : Choices, optional
        Where the names stand.

    Raises
    ------
    ValueError
        If a name is unknown.

    Examples
    --------
    >>> Design(goal="position").words
    'hcnn, position, backpropagation'
    """

    architecture: str = "hcnn"
    goal: str = "categorization"
    rule: str = "backpropagation"
    choices: Choices = field(default=ALL, repr=False, compare=False)

    def __post_init__(self) -> None:
        known_name("architecture", self.architecture, self.choices.architectures)
        known_name("goal", self.goal, self.choices.goals)
        known_name("rule", self.rule, self.choices.rules)

    @property
    def words(self) -> str:
        """The three names, in a line."""
        return ", ".join((self.architecture, self.goal, self.rule))

    def changed(self, **names: str) -> "Design":
        """Return it with another choice or more."""
        return replace(self, **names)  # type: ignore[arg-type]

    def fitted(self, images: StimulusSet) -> tuple[Any, StimulusSet]:
        """Return the architecture for such images; where it has a size of its own, images brought to that size.

        Raises
        ------
        ValueError
            If such images make no network of this kind.
        """
        spec = self.spec(images.image_shape, images.degrees)
        return spec, images.adapted_to(spec.input_shape)

    def spec(self, shape: tuple[int, int, int], degrees: float) -> Any:
        """Return the architecture for images of a shape, or, where it takes no others, for its own."""
        make = self.choices.architectures[self.architecture]
        try:
            return make(input_shape=shape, degrees=degrees)
        except ValueError:  # too small for this architecture: they are enlarged to what it is meant for
            return make()

    def model(self, images: StimulusSet, seed: int = 0) -> GoalDrivenModel:
        """Return a model for such images, not built yet."""
        spec = self.spec(images.image_shape, images.degrees)
        return GoalDrivenModel(spec, self.choices.goals[self.goal](), self.choices.rules[self.rule](), seed=seed)

    def refusal(self, images: StimulusSet) -> str:
        """Return the sentence that says why such a model cannot learn from such images; empty where it can.

        What images and goal say comes first. Then the network is put together without memory for its weights, a tenth
        of a second, and the rule is asked.

        Parameters
        ----------
        images : StimulusSet
            Their number and pixels do not matter.
        """
        try:
            spec = self.spec(images.image_shape, images.degrees)
        except ValueError as error:
            return str(error)
        goal, rule = self.choices.goals[self.goal](), self.choices.rules[self.rule]()
        if refusal := moments_refusal(rule, images):
            return refusal
        lacking = goal.refusal(images)
        if lacking and rule.uses_labels:
            return str(lacking)
        units = () if lacking else goal.units(images)
        return in_fresh_thread(lambda: _built_refusal(spec, goal, rule, units))


def _built_refusal(spec: Any, goal: Any, rule: Any, units: tuple[str, ...]) -> str:
    try:
        network = without_memory(lambda: build_network(spec, goal, rule, units, 0))
    except ValueError as error:
        return str(error)
    if said := rule.refusal(network, goal):
        return str(said)
    if network.trainable_variables:
        return ""
    return f"`{spec.name}` with this goal has no weight that training may change. Accepted is any that has one."
