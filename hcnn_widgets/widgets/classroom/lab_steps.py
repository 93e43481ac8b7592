"""What every lab keeps: all that it has shown, so that changes are taken back, and what it shows as plain data."""

import functools
from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar


class Plain(Protocol):
    """What a lab shows, as a record that is never changed."""

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""


Shown = TypeVar("Shown", bound=Plain)
Make = TypeVar("Make", bound=Callable[..., None])
MOST_STEPS = 500
"""Steps that are kept to be taken back; the first is always kept."""


class KeepsSteps(Generic[Shown]):
    """Mixed into a lab: keeps what was shown, step by step."""

    _passed: list[Shown]

    def begin(self, shown: Shown) -> None:
        """Show this first: what `reset` comes back to."""
        self._passed = [shown]

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._passed[-1]

    @property
    def state(self) -> dict[str, Any]:
        """What is shown now, as plain data: ``Lab(lab.state)``, with the lab's name, shows it again."""
        return self.shown.plain()

    @property
    def line(self) -> str:
        """A line of Python that shows this again, to be copied: hand it out, and everybody has the same in front."""
        named = ", ".join(f"{name}={_written(value)}" for name, value in self.state.items())
        return f"hw.widgets.{type(self).__name__}({named})"

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras that do what is shown."""
        raise NotImplementedError

    def go_to(self, shown: Shown | None, same_step: bool = False) -> None:
        """Show something else; None changes nothing.

        Parameters
        ----------
        shown : record, optional
        same_step : bool
            Whether it goes on with the step before, as every move of a drag does: both are taken back at once.
        """
        if shown is None:
            return
        kept = self._passed[:-1] if same_step and len(self._passed) > 1 else self._passed
        self._passed = [*kept[:1], *kept[1:][-MOST_STEPS:], shown]
        self.changed()

    def undo(self) -> None:
        """Take the last change back."""
        self._passed = self._passed[:-1] or self._passed
        self.changed()

    def reset(self) -> None:
        """Take all changes back."""
        self._passed = self._passed[:1]
        self.changed()

    def changed(self) -> None:
        """Show on the page what is shown now."""


def takes_state(make: Make) -> Make:
    """Have the making of a lab take a state, as the lab gives it, in place of its first argument."""

    @functools.wraps(make)
    def made(self: Any, *given: Any, **options: Any) -> None:
        if given and isinstance(given[0], Mapping):
            state, *given_after = given
            make(self, *given_after, **{**state, **options})
        else:
            make(self, *given, **options)

    return made  # type: ignore[return-value]


def _written(value: Any) -> str:
    """Return plain data as Python, whole numbers without a point.

    Examples
    --------
    >>> _written({"weights": [1.0, 0.5], "gate": "XOR"})
    "{'weights': [1, 0.5], 'gate': 'XOR'}"
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {_written(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    return repr(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)
