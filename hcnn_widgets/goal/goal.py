"""Protocol of goals: their needs, head, targets, loss and score, and the same in Keras."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from .quantity import Quantity

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

LayerMakers = Mapping[str, Callable[..., Any]]
"""Name of what is made -> maker of the layer that a learning rule wants there instead of Keras's own."""


@dataclass(frozen=True)
class KerasLines:
    """The expressions of Keras that say a goal, for the lines of code that a panel shows.

    Parameters
    ----------
    outputs, targets : str
        In words: what the network gives of an image, and what it is to give.
    loss, metrics : str
        As `compile` takes them.
    """

    outputs: str
    targets: str
    loss: str
    metrics: str


@runtime_checkable
class Goal(Protocol):
    """What a network is trained to do.

    A goal is a frozen dataclass whose fields are plain data, so that it can be written to a file, and made without
    arguments, so that a menu can offer it. An entry in `GOALS` is all that it takes to be offered, saved and loaded.

    Attributes
    ----------
    name : str
        In `GOALS` and in files.
    needs : tuple of str
        What it needs of stimuli besides the images, for instance ("labels",) or ("latents",); empty for nothing. A
        goal that needs nothing may be made of the images themselves: reconstruct them, tell two views from others.
    """

    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]]

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return the sentence that says why stimuli cannot be trained on; empty where they can."""
        ...

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return what the head's outputs stand for, in their order: `GoalDrivenModel.categories`.

        Empty where outputs have no names of their own, such as the pixels of an image.
        """
        ...

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> Any:
        """Put the head, or several, onto the trunk.

        Parameters
        ----------
        trunk : keras.Model
            The areas. ``trunk.output`` is a tensor, or a list of them where several areas feed no other; the layer of
            an area's name gives its map, for heads that reach down; ``trunk.input`` says the images' shape.
        units : sequence of str
        seed : int or None
            The same seed gives the same initial weights.
        layers : mapping of str to callable
            Makers that the learning rule wants used, by name: "readout" for the layer that gives the outputs,
            ``(n_units, name=..., initializer=...) -> keras.layers.Layer``. What is not named is Keras's own.

        Returns
        -------
        KerasTensor, or dict or list of them
            Which gives the outputs that `loss` and `score` are handed.
        """
        ...

    def output_refusal(self, outputs: Any, units: Sequence[str]) -> str:
        """Return the sentence that says why a network of somebody else's cannot serve the goal; empty where it can.

        Parameters
        ----------
        outputs : tensor, or list or dict of them
            The network's outputs for a few stimuli.
        units : sequence of str
        """
        ...

    def targets(self, stimuli: "StimulusSet", units: Sequence[str]) -> Any:
        """Return what the outputs are to be: an array (n_stimuli, ...), or a dict or tuple of them.

        Raises
        ------
        ValueError
            If the stimuli lack it.
        """
        ...

    def loss(self) -> Callable[[Any, Any], Any]:
        """Return the function of (targets, outputs) that gives the loss, a scalar tensor."""
        ...

    def score(self, outputs: Any, targets: Any) -> Any:
        """Return how well outputs do, averaged over stimuli, also inside a compiled graph.

        Returns
        -------
        tensor, or tuple of them
            Scalars in the order of `score_kinds`, which a goal made of several has several of.
        """
        ...

    def score_kinds(self, units: Sequence[str]) -> tuple[Quantity, ...]:
        """Return what the scores are: name, unit, direction, range, and what guessing among these units gives.

        The first stands for the goal where there is room for a single number.
        """
        ...

    def keras_lines(self) -> KerasLines:
        """Return the expressions of Keras that say the same."""
        ...
