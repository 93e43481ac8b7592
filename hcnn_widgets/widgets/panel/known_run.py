"""Runs among what people give."""

from typing import Any

from .words import short_name

MOST_TITLE = 24

MEMBERS = ("history", "model", "state", "alive", "steps_done", "n_steps", "at_boundary")


def check_run(argument: str, given: Any) -> None:
    """Refuse what is no run.

    Examples
    --------
    >>> check_run("beside", "yesterday's")
    Traceback (most recent call last):
    TypeError: `beside` must be a run, as model.train(images) or hw.load_run(folder) gives it; received str.
    """
    if not all(hasattr(given, member) for member in MEMBERS):
        raise TypeError(
            f"`{argument}` must be a run, as model.train(images) or hw.load_run(folder) gives it; received "
            f"{type(given).__name__}."
        )


def title_beside(run: Any) -> str:
    """Return the title of a run that is shown beside another, short enough for a legend.

    Raises
    ------
    TypeError
        If it is no run.
    """
    check_run("beside", run)
    return short_name(getattr(run, "title", "") or str(getattr(run.model, "name", "earlier run")), MOST_TITLE)
