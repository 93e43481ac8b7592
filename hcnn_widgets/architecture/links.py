"""Links between the areas of an architecture, within a time step and from the step before."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hcnn_widgets.records.checks import known_name

from .areas import Area


class Link(NamedTuple):
    """An area or an input of the network that an area takes, and whether as it was at the time step before."""

    name: str
    delayed: bool


Links = dict[str, tuple[Link, ...]]
"""Area -> what it takes, in order. The order of the areas is a topological order of the links without delay."""


def checked_links(stack: Sequence[Area], inputs: Iterable[str], time_steps: int) -> Links:
    """Return what each area takes.

    Parameters
    ----------
    stack : sequence of Area
    inputs : iterable of str
        Names of the network's inputs, the first of which the first area takes by default.
    time_steps : int
        Number of time steps.

    Raises
    ------
    ValueError
        When a name is unknown, a loop has no time to run in, an input is left over, or an area is not reached.
    """
    outside = tuple(inputs)
    links = _links(stack, outside)
    _check_time(links, time_steps)
    taken = {link.name for taken in links.values() for link in taken}
    unused = [name for name in outside if name not in taken]
    if unused:
        raise ValueError(
            f"`inputs` of architecture hold {unused[0]!r}, which no area takes; inputs that areas take are accepted; "
            f"received areas that take {', '.join(sorted(taken))}."
        )
    _check_reached(links, outside, time_steps)
    return links


def output_names(links: Links) -> tuple[str, ...]:
    """Return the areas that feed no area in the same time step: the outputs of the network."""
    feeding = {link.name for taken in links.values() for link in taken if not link.delayed}
    return tuple(name for name in links if name not in feeding)


def _links(stack: Sequence[Area], outside: tuple[str, ...]) -> Links:
    accepted = (*outside, *(area.name for area in stack))
    links: Links = {}
    before = outside[0]
    for area in stack:
        for name in area.inputs:
            known_name(f"inputs of area {area.name!r}", name, accepted, "is no area and no input")
        # In the order of the stack: whatever is not made yet when an area's turn comes is of the time step before.
        links[area.name] = tuple(
            Link(name, name not in outside and name not in links) for name in area.inputs or (before,)
        )
        before = area.name
    return links


def _check_time(links: Links, time_steps: int) -> None:
    """Refuse a link to what is not made yet where there is no time step before."""
    for area, taken in links.items():
        delayed = [link.name for link in taken if link.delayed]
        if delayed and time_steps == 1:
            raise ValueError(
                f"`inputs` of area {area!r} hold {delayed[0]!r}, which does not stand before it and is known from the "
                "time step before only; accepted are areas that stand before it, or time_steps of 2 or more; received "
                "time_steps=1."
            )


def _check_reached(links: Links, outside: tuple[str, ...], time_steps: int) -> None:
    """Refuse areas that nothing from an input reaches by the last time step: they would respond to nothing."""
    reached = set(outside)
    for _ in range(min(time_steps, len(links))):
        for area, taken in links.items():
            if any(link.name in reached for link in taken):
                reached.add(area)
    lost = [area for area in links if area not in reached]
    if lost:
        raise ValueError(
            f"area {lost[0]!r} is not reached from an input within {time_steps} time steps; accepted are areas that "
            f"take an input, or an area that is reached; received `inputs` "
            f"{', '.join(link.name for link in links[lost[0]])}."
        )
