"""Several goals at once: a head for each on the same areas, and a weighted sum of their losses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.checks import is_number
from hcnn_widgets.records.keywords import checks_keywords

from .categorization import Categorization
from .goal import Goal, KerasLines, LayerMakers
from .position import Position
from .quantity import Quantity

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

BETWEEN = ": "
"""Between the name of a goal and that of one of its outputs."""


@checks_keywords
@dataclass(frozen=True)
class Several:
    """Train for several goals at once, such as what an object is and where.

    Each goal has its own head, targets and score; areas are shared. What is made smaller is the weighted sum of the
    losses.

    Parameters
    ----------
    goals : sequence of Goal
        Two or more, of different names. The first one's score stands for all where there is room for one.
    weights : sequence of float, optional
        Of their losses, above 0; by default 1 each.
    areas : sequence of str, optional
        The area that each goal reads out, such as ("IT", "LIP") of two streams; by default, what feeds no other area.

    Raises
    ------
    TypeError, ValueError
        If they are no goals, names come twice, or weights or areas do not fit them.

    Examples
    --------
    >>> both = Several([Categorization(), Position()], weights=[1, 0.5])
    >>> [kind.name for kind in both.score_kinds(())]
    ['accuracy', 'position R2']
    """

    goals: tuple[Goal, ...] = (Categorization(), Position())
    weights: tuple[float, ...] = ()
    areas: tuple[str, ...] = ()

    name: ClassVar[str] = "several"
    needs: ClassVar[tuple[str, ...]] = ()
    unit_in_brief: ClassVar[str] = "by the first goal"

    def __post_init__(self) -> None:
        goals = _checked_goals(self.goals)
        weights = tuple(self.weights) or (1.0,) * len(goals)
        if len(weights) != len(goals) or not all(is_number(weight) and 0 < weight < 1e9 for weight in weights):
            raise ValueError(
                f"`weights` of Several do not fit its goals; {len(goals)} numbers above 0 are accepted; received "
                f"{self.weights!r}."
            )
        areas = (self.areas,) if isinstance(self.areas, str) else tuple(self.areas)
        if areas and (len(areas) != len(goals) or not all(isinstance(area, str) for area in areas)):
            raise ValueError(
                f"`areas` of Several do not fit its goals; {len(goals)} names of areas, or none, are accepted; "
                f"received {self.areas!r}."
            )
        object.__setattr__(self, "goals", goals)
        object.__setattr__(self, "weights", tuple(float(weight) for weight in weights))
        object.__setattr__(self, "areas", areas)
        needs = dict.fromkeys(need for goal in goals for need in goal.needs)
        object.__setattr__(self, "needs", tuple(needs))

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why the first goal that refuses stimuli does; empty where all take them."""
        return next((refusal for goal in self.goals if (refusal := goal.refusal(stimuli))), "")

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return what all outputs stand for, the name of their goal before each: "position: horizontal_position"."""
        return tuple(f"{goal.name}{BETWEEN}{unit}" for goal in self.goals for unit in goal.units(stimuli))

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> dict[str, Any]:
        """Put the goals' heads onto the trunk; return goal -> its outputs.

        Layers of the first goal's head have the names that they have alone, "readout" for the one that gives the
        outputs; those of the others begin with their goal's name: "position_readout".
        """
        areas = self.areas or (None,) * len(self.goals)
        heads: dict[str, Any] = {}
        for number, (goal, area) in enumerate(zip(self.goals, areas, strict=True)):
            read = trunk if area is None else keras.Model(trunk.input, _map_of(trunk, area))
            heads[goal.name] = goal.head(read, self._own(goal, units), seed, layers)
            if number:
                _rename(goal.name, read, heads[goal.name])
        return heads

    def output_refusal(self, outputs: Any, units: Sequence[str]) -> str:
        """Return the sentence that says why outputs cannot serve; see `Goal.output_refusal`."""
        names = [goal.name for goal in self.goals]
        if not isinstance(outputs, dict) or set(outputs) != set(names):
            came = f"outputs {', '.join(map(str, outputs))}" if isinstance(outputs, dict) else type(outputs).__name__
            return (
                f"`network` does not end in outputs for each goal. Accepted is a dict of {', '.join(names)}; received "
                f"{came}."
            )
        refusals = (goal.output_refusal(outputs[goal.name], self._own(goal, units)) for goal in self.goals)
        return next((refusal for refusal in refusals if refusal), "")

    def targets(self, stimuli: "StimulusSet", units: Sequence[str]) -> dict[str, Any]:
        """Return goal -> its targets."""
        return {goal.name: goal.targets(stimuli, self._own(goal, units)) for goal in self.goals}

    def loss(self) -> Any:
        """Return the loss: the weighted sum of the goals' losses."""
        losses = [(goal.name, weight, goal.loss()) for goal, weight in zip(self.goals, self.weights, strict=True)]
        return lambda targets, outputs: sum(
            weight * loss(targets[name], outputs[name]) for name, weight, loss in losses
        )

    def score(self, outputs: Any, targets: Any) -> tuple[Any, ...]:
        """Return the goals' scores, in their order."""
        scores = (goal.score(outputs[goal.name], targets[goal.name]) for goal in self.goals)
        return tuple(one for score in scores for one in (score if isinstance(score, tuple | list) else (score,)))

    def in_words(self, outputs: Any, units: Sequence[str]) -> list[tuple[str, str]]:
        """Return what outputs say of each image, in brief by the first goal that has words for it, in full by all."""
        said = []
        for goal in self.goals:
            own, given = self._own(goal, units), outputs[goal.name]
            if (say := getattr(goal, "in_words", None)) is not None:
                said.append(say(given, own))
            elif getattr(given, "ndim", 0) == 2 and given.shape[1] == len(own):
                said.append([(own[place], own[place]) for place in given.argmax(axis=1)])
        return [(each[0][0], ", ".join(words for _, words in each)) for each in zip(*said, strict=True)]

    @property
    def drawn(self) -> Any:
        """What draws the answers of the first goal that has pictures; None where none has any."""
        for goal in self.goals:
            if (draw := getattr(goal, "drawn", None)) is not None:
                return lambda outputs, stimuli: draw(outputs[goal.name], stimuli)
        return None

    def score_kinds(self, units: Sequence[str]) -> tuple[Quantity, ...]:
        """Return what the scores are; the name of the goal stands before one that another goal has as well."""
        kinds: list[Quantity] = []
        for goal in self.goals:
            for kind in goal.score_kinds(self._own(goal, units)):
                taken = any(kind.name == other.name for other in kinds)
                kinds.append(replace(kind, name=f"{goal.name} {kind.name}") if taken else kind)
        return tuple(kinds)

    def keras_lines(self) -> KerasLines:
        """Return the goals' losses with their weights, and their metrics, as `compile` takes them."""
        said = {goal.name: goal.keras_lines() for goal in self.goals}
        weights = {goal.name: weight for goal, weight in zip(self.goals, self.weights, strict=True)}
        loss = ", ".join(f'"{name}": {lines.loss}' for name, lines in said.items())
        metrics = ", ".join(f'"{name}": {lines.metrics}' for name, lines in said.items())
        return KerasLines(
            outputs=f"a dict of {', '.join(said)}",
            targets="a dict: " + "; ".join(f"{name}, {lines.targets}" for name, lines in said.items()),
            loss=f"{{{loss}}},\n    loss_weights={weights!r}".replace("'", '"'),
            metrics=f"{{{metrics}}}",
        )

    def _own(self, goal: Goal, units: Sequence[str]) -> tuple[str, ...]:
        """Return the units of a goal, out of those of all."""
        begin = goal.name + BETWEEN
        return tuple(unit.removeprefix(begin) for unit in units if unit.startswith(begin))


def _checked_goals(goals: Any) -> tuple[Goal, ...]:
    if not isinstance(goals, list | tuple) or not all(isinstance(goal, Goal) for goal in goals):
        raise TypeError(
            "`goals` of Several are no goals; a sequence such as [Categorization(), Position()] is accepted; received "
            f"{goals!r}."
        )
    names = [goal.name for goal in goals]
    if len(names) < 2 or len(set(names)) < len(names):
        raise ValueError(
            f"`goals` of Several must be two or more of different names; received {', '.join(names) or 'none'}."
        )
    return tuple(goals)


def _map_of(trunk: Any, area: str) -> Any:
    """Return the map of an area of a trunk; refuse one that it does not have."""
    names = [layer.name for layer in trunk.layers if "." not in layer.name]
    if area not in names:
        raise ValueError(
            f"`areas` of Several hold {area!r}, which the architecture does not have; accepted are its areas; received "
            f"one of {', '.join(name for name in names if name not in ('image', 'contrast'))}."
        )
    return trunk.get_layer(area).output


def _rename(goal: str, trunk: Any, outputs: Any) -> None:
    """Give the layers of a head names of their own, so that several heads fit into one network."""
    known = {id(layer) for layer in trunk.layers}
    for layer in keras.Model(trunk.input, outputs).layers:
        if id(layer) not in known:
            layer.name = f"{goal}_{layer.name}"
