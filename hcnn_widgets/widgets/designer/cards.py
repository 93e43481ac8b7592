"""The cards of a designer, of the registries that the choices stand in."""

from collections.abc import Mapping
from typing import Any

from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.sweeps.design import Choices, Design

from .goal_drawing import Example, example_of
from .rule_drawing import path_of
from .told import KINDS, Card
from .words import line_of


def cards_of(choices: Choices, images: StimulusSet) -> Mapping[str, tuple[Card, ...]]:
    """Return the cards of each column.

    Parameters
    ----------
    choices : Choices
    images : StimulusSet
        The first of them is the example of the goals.

    Raises
    ------
    TypeError
        If what makes a choice fails by itself.
    """
    made: tuple[list[tuple[str, Any, Any]], ...] = (
        [(name, make, _spec(choices, name, images)) for name, make in choices.architectures.items()],
        [(name, make, _example(_made("goals", name, make), images)) for name, make in choices.goals.items()],
        [(name, make, path_of(_made("rules", name, make))) for name, make in choices.rules.items()],
    )
    return {
        kind: tuple(Card(name, line_of(make), drawn) for name, make, drawn in column)
        for kind, column in zip(KINDS, made, strict=True)
    }


def _spec(choices: Choices, name: str, images: StimulusSet) -> Any:
    """Return the spec that is drawn; None where such images make none."""
    design = Design(name, next(iter(choices.goals)), next(iter(choices.rules)), choices)
    try:
        return design.spec(images.image_shape, images.degrees)
    except ValueError:
        return None
    except Exception as error:
        raise _no_maker("architectures", name, "(input_shape=, degrees=)", error) from error


def _made(argument: str, name: str, make: Any) -> Any:
    try:
        return make()
    except Exception as error:
        raise _no_maker(argument, name, "()", error) from error


def _no_maker(argument: str, name: str, takes: str, error: Exception) -> TypeError:
    return TypeError(
        f"`{argument}[{name!r}]` makes nothing. Accepted is a function of {takes} that returns a choice; received one "
        f"that raised {type(error).__name__}: {error}"
    )


def _example(goal: Any, images: StimulusSet) -> Example | None:
    """Return the example of a goal; None where it has none to show."""
    try:
        return example_of(goal, images.select([0]), images)
    except (ValueError, TypeError, KeyError, IndexError):  # a goal of somebody's own need not have pictures or words
        return None
