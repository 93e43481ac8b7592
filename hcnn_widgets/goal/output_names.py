"""What the outputs of a network stand for, once there is a network."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


def output_names(named: tuple[str, ...], wanted: tuple[str, ...], may_be_named: bool) -> tuple[str, ...]:
    """Return what a network's outputs stand for from now on.

    Parameters
    ----------
    named : tuple of str
        What they stand for so far; empty where nobody has said it.
    wanted : tuple of str
        What stimuli ask of them.
    may_be_named : bool
        Whether outputs without names may take those wanted: not where they have learned to stand for something.

    Returns
    -------
    tuple of str

    Raises
    ------
    ValueError
        If they stand for something else, or for what nobody has said.

    Examples
    --------
    >>> output_names((), ("cat", "dog"), may_be_named=True)
    ('cat', 'dog')
    """
    if named == wanted or (not named and may_be_named):
        return wanted
    if not named:
        raise ValueError(
            "`categories` of a network that was trained before are not known. Accepted is from_keras(..., "
            "categories=[...]), a name for each output in their order, or pretrained=False where its weights are to "
            f"be trained from here on; received none, and stimuli of {_listed(wanted)}."
        )
    raise ValueError(
        f"`categories` must be those that the network was built for, {_listed(named)}; received {_listed(wanted)}. "
        "Make a new GoalDrivenModel for others."
    )


@contextmanager
def names_kept(model: Any) -> Iterator[None]:
    """Give a network of somebody else's its former names back where a training with others could not begin."""
    named = model.categories
    try:
        yield
    except BaseException:
        if model.spec is None:
            model.categories = named
        raise


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
