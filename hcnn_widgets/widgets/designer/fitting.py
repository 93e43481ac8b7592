"""What of all choices goes together: worked out beside the page, one change at a time, and remembered."""

from collections.abc import Callable
from typing import Any

from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.sweeps.design import Choices, Design
from hcnn_widgets.widgets.panel.latest_job import LatestJob

from .told import KINDS, Names

FEW = 256
"""Images that are enough to say what a set has."""


class Fitting:
    """Refusals of the chosen design and of all designs that differ from it in one choice.

    Parameters
    ----------
    images : StimulusSet
    choices : Choices
    on_more : callable
        Called, on any thread, whenever something more is known.
    """

    def __init__(self, images: StimulusSet, choices: Choices, on_more: Callable[[], None]) -> None:
        self._images, self._choices, self._on_more = images, choices, on_more
        self._known: dict[Names, str] = {}
        self._job, self._closed = LatestJob(), False

    @property
    def known(self) -> dict[Names, str]:
        """Names of three choices -> why they do not go together; "" where they do."""
        return dict(self._known)

    @property
    def busy(self) -> bool:
        """Whether anything is being worked out."""
        return self._job.busy

    def ask(self, design: Design) -> None:
        """Have all neighbours of a design looked at, itself first."""
        names = (design.architecture, design.goal, design.rule)
        missing = [each for each in neighbours(names, self._choices) if each not in self._known]
        if missing:
            self._job.ask(names, lambda _tell: self._look(missing))

    def look_now(self, design: Design) -> str:
        """Return why a design does not fit, waiting for the answer."""
        names = (design.architecture, design.goal, design.rule)
        if names not in self._known:
            self._known[names] = Design(*names, choices=self._choices).refusal(self._images)
        return self._known[names]

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is being worked out; say whether that is so."""
        return self._job.wait(timeout)

    def close(self) -> None:
        """Look at nothing more."""
        self._closed = True

    def _look(self, missing: list[Names]) -> None:
        for names in missing:
            if self._closed:
                return
            self.look_now(Design(*names, choices=self._choices))
            self._on_more()


def neighbours(names: Names, choices: Choices) -> list[Names]:
    """Return a design and those that differ from it in one choice.

    Examples
    --------
    >>> one = {"a": print}
    >>> neighbours(("a", "a", "a"), Choices(one, one, {"a": print, "b": print}))
    [('a', 'a', 'a'), ('a', 'a', 'b')]
    """
    of_kind: dict[str, Any] = dict(zip(KINDS, (choices.architectures, choices.goals, choices.rules), strict=True))
    found = [names]
    for place, kind in enumerate(KINDS):
        found += [_with(names, place, other) for other in of_kind[kind] if other != names[place]]
    return found


def _with(names: Names, place: int, other: str) -> Names:
    changed = [*names]
    changed[place] = other
    return changed[0], changed[1], changed[2]
