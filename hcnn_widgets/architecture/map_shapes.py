"""Shapes of the maps in every area, known before any network exists."""

from collections.abc import Mapping, Sequence

from .areas import Area
from .links import Links
from .operation import Operation, Shape

_LARGEST_MAP = 2**26


def map_shapes(stack: Sequence[Area], links: Links, input_shapes: Mapping[str, Shape]) -> dict[str, tuple[Shape, ...]]:
    """Return the shapes of each area's maps: of what enters its first operation, and behind each operation.

    Parameters
    ----------
    stack : sequence of Area
    links : Links
        What each area takes; every area is reached from an input.
    input_shapes : mapping of str to tuple of int
        (height, width, n_channels) of each input of the network at a time step.

    Raises
    ------
    ValueError
        When maps that are joined do not fit, an operation leaves nothing of a map or makes one too large, or a map
        grows with every time step; the areas are named.
    """
    known = dict(input_shapes)
    shapes: dict[str, tuple[Shape, ...]] = {}
    # In a loop a shape follows from itself. Each round hands shapes on by at least a link, so that after as many rounds
    # as areas all are known, and after as many again none changes any more, unless a map grows for ever.
    for _ in range(2 * len(stack) + 2):
        before = dict(known)
        for area in stack:
            arriving = [known[link.name] for link in links[area.name] if link.name in known]
            if arriving:
                shapes[area.name] = _through(area, _joined(area.join, arriving))
                known[area.name] = shapes[area.name][-1]
        if known == before:
            break
    for area in stack:
        _check_fit(area, {link.name: known[link.name] for link in links[area.name]})
    _check_settled(before, known)
    return shapes


def _joined(join: str, arriving: Sequence[Shape]) -> Shape:
    height, width, n_channels = arriving[0]
    return height, width, n_channels if join == "add" else sum(shape[2] for shape in arriving)


def _through(area: Area, shape: Shape) -> tuple[Shape, ...]:
    shapes = [shape]
    for operation in area.operations:
        shapes.append(_next_shape(area.name, operation, shapes[-1]))
    return tuple(shapes)


def _next_shape(area: str, operation: Operation, shape: Shape) -> Shape:
    """Return the shape after an operation; refuse one that is nothing or too large."""
    height, width, n_channels = operation.output_shape(shape)
    if min(height, width) < 1:
        raise ValueError(
            f"area {area!r}: its {operation.operation} of size {operation.size} leaves nothing of the map; with "
            f"padding='valid' a size up to {min(shape[:2])} is accepted here (or padding='same'); "
            f"the map that reaches it is {shape[0]} x {shape[1]}."
        )
    if height * width * n_channels > _LARGEST_MAP:
        raise ValueError(
            f"area {area!r}: its {operation.operation} makes a map too large to hold; up to {_LARGEST_MAP} units are "
            f"accepted; received {height} x {width} x {n_channels}."
        )
    return height, width, n_channels


def _check_fit(area: Area, arriving: Mapping[str, Shape]) -> None:
    """Refuse maps that cannot be joined."""
    compared = {shape if area.join == "add" else shape[:2] for shape in arriving.values()}
    if len(compared) > 1:
        equal = "height, width and n_channels" if area.join == "add" else "height and width"
        came = ", ".join(f"{name!r} {' x '.join(map(str, shape))}" for name, shape in arriving.items())
        raise ValueError(
            f"`inputs` of area {area.name!r} do not fit each other; maps of equal {equal} are accepted for "
            f"join={area.join!r}; received {came}."
        )


def _check_settled(before: Mapping[str, Shape], known: Mapping[str, Shape]) -> None:
    """Refuse maps that are other ones in the next time step."""
    for area, shape in known.items():
        if shape != before[area]:
            raise ValueError(
                f"area {area!r} has more channels at each time step, for it takes in its own by way of a loop; a loop "
                "with a filter in it, or with join='add', is accepted; received "
                f"{before[area][2]} channels, then {shape[2]}."
            )
