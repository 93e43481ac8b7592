"""What does not train, in the form of a run that is over, so that one loop measures both."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


class AtRest:
    """A model outside of training: its steps are done, and jobs are done at once.

    Parameters
    ----------
    model : GoalDrivenModel or GivenActivations
        Whatever gives a recorder.

    Examples
    --------
    >>> run = AtRest(model=None)
    >>> run.alive, run.state, run.at_boundary(lambda: 7).result()
    (False, 'finished', 7)
    """

    alive = False
    state = "finished"
    steps_done = 0

    def __init__(self, model: Any) -> None:
        self.model = model

    def at_boundary(self, job: Callable[[], Any]) -> "Future[Any]":
        """Do a job here and now."""
        future: Future[Any] = Future()
        future.set_result(job())
        return future


class GivenActivations:
    """Activations from any framework in the place of a model that would be recorded.

    Parameters
    ----------
    activations : ActivationSet
    untrained : ActivationSet, optional
        Of the same network before training.
    """

    def __init__(self, activations: ActivationSet, untrained: ActivationSet | None = None) -> None:
        self.activations, self._untrained = activations, untrained

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of the areas."""
        return self.activations.areas

    def recorder(
        self, stimuli: StimulusSet | None, units: int | None = None, seed: int = 0
    ) -> Callable[[], ActivationSet]:
        """Give what hands the activations out; nothing is left to draw or to record."""
        return lambda: self.activations

    def untrained(self) -> "GivenActivations":
        """Give the untrained network's activations in the same form.

        Raises
        ------
        ValueError
            If there are none.
        """
        if self._untrained is None:
            raise ValueError("`untrained` was not given. Accepted is an ActivationSet of the network before training.")
        return GivenActivations(self._untrained)
