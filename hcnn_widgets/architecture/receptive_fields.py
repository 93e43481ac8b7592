"""Receptive fields and strides on the network's input, before any network exists."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .areas import Area
from .links import Links
from .operation import Shape
from .recurrence.recur import Recur

_LARGEST_STRIDE = 2**20


class View(NamedTuple):
    """What the units of a map see.

    Parameters
    ----------
    first, last : tuple of int
        (row, column) of the first and last pixel that the unit in row 0 and column 0 sees, those in the padding too.
    stride : int
        Step from unit to unit, in pixels.
    degrees_per_pixel : float
        Visual angle of a pixel of the input that is seen.
    """

    first: tuple[int, ...]
    last: tuple[int, ...]
    stride: int
    degrees_per_pixel: float

    @property
    def receptive_field(self) -> int:
        """Side of the square of pixels that a unit sees."""
        return 1 + max(last - first for first, last in zip(self.first, self.last, strict=True))


def receptive_fields(
    stack: Sequence[Area],
    links: Links,
    shapes: Mapping[str, Sequence[Shape]],
    degrees_per_pixel: Mapping[str, float],
    time_steps: int,
) -> dict[str, View]:
    """Return what the units of each area see, at the last time step.

    Parameters
    ----------
    stack : sequence of Area
    links : Links
        What each area takes.
    shapes : mapping of str to sequence of tuple of int
        Area -> shape before and behind each operation, as `map_shapes` returns them.
    degrees_per_pixel : mapping of str to float
        Input of the network -> visual angle of its pixels.
    time_steps : int
        Fields grow from step to step where there are loops.

    Raises
    ------
    ValueError
        When the units of maps that are joined do not step alike, or step too far.
    """
    views = {name: View((0, 0), (0, 0), 1, degrees) for name, degrees in degrees_per_pixel.items()}
    states: dict[tuple[str, int], View] = {}
    for _ in range(time_steps):
        before = dict(views)
        for area in stack:
            arriving = {link.name: views[link.name] for link in links[area.name] if link.name in views}
            if arriving:  # what is of the time step before the first is zero, and shows nothing
                joined = _joined(area.name, arriving, shapes[area.name][0])
                views[area.name] = _through(area, joined, shapes[area.name], states)
        if views == before:
            break
    return views


def _joined(area: str, arriving: Mapping[str, View], shape: Shape) -> View:
    """Return what units see that take in the units at the same place of several maps: all that these see."""
    views = list(arriving.values())
    strides = [view.stride for view in views]
    # A map of a single position has no step between neighbours that could disagree.
    if len(set(strides)) > 1 and shape[:2] != (1, 1):
        came = ", ".join(f"{name!r} {view.stride} px" for name, view in arriving.items())
        raise ValueError(
            f"`inputs` of area {area!r} step differently over the network's input; maps of equal stride are accepted; "
            f"received {came}."
        )
    first = tuple(min(places) for places in zip(*(view.first for view in views), strict=True))
    last = tuple(max(places) for places in zip(*(view.last for view in views), strict=True))
    widest = max(views, key=lambda view: view.receptive_field * view.degrees_per_pixel)
    return View(first, last, max(strides), widest.degrees_per_pixel)


def _through(area: Area, view: View, shapes: Sequence[Shape], states: dict[tuple[str, int], View]) -> View:
    """Return what units see behind an area's operations; states of this time step take the place of those before."""
    # The last shape enters no operation.
    for number, (operation, shape) in enumerate(zip(area.operations, shapes, strict=False)):
        if isinstance(operation, Recur):
            view = states[area.name, number] = _with_state(operation, view, states.get((area.name, number)))
            continue
        padded = [operation.padded_before(length) for length in shape[:2]]
        first = tuple(place - before * view.stride for place, before in zip(view.first, padded, strict=True))
        last = tuple(
            place + (operation.size - 1 - before) * view.stride for place, before in zip(view.last, padded, strict=True)
        )
        stride, rest = divmod(view.stride * operation.stride, operation.enlargement)
        if rest:
            raise ValueError(
                f"area {area.name!r}: its {operation.operation} makes more positions than the input has pixels; a map "
                f"of stride {operation.enlargement} or a multiple of it is accepted; received one of stride "
                f"{view.stride}."
            )
        if stride > _LARGEST_STRIDE:
            raise ValueError(
                f"area {area.name!r}: its {operation.operation} steps too far; strides that multiply to up to "
                f"{_LARGEST_STRIDE} pixels are accepted; received {stride}."
            )
        view = View(first, last, stride, view.degrees_per_pixel)
    return view


def _with_state(operation: Recur, came: View, state: View | None) -> View:
    """Return what units see through what comes in and through the states around them of the time step before."""
    reach = operation.size // 2 * came.stride
    through = [came if operation.kind == "plain" else _wider(came, reach)]
    through += [] if state is None else [_wider(state, reach)]
    first = tuple(min(places) for places in zip(*(view.first for view in through), strict=True))
    last = tuple(max(places) for places in zip(*(view.last for view in through), strict=True))
    return came._replace(first=first, last=last)


def _wider(view: View, reach: int) -> View:
    first, last = tuple(place - reach for place in view.first), tuple(place + reach for place in view.last)
    return view._replace(first=first, last=last)
