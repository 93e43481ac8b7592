"""The text picture of a spec: a small table, one line an area."""

from collections.abc import Iterator

from .area_graph import AreaGraph
from .areas import Area
from .gabor import Gabor
from .links import Link
from .operation import Operation
from .operations import Activate, Filter, Normalise, Pool
from .recurrence.recur import Recur

_HEADER = ("area", "operations", "map", "receptive field", "stride", "parameters")


def spec_table(spec: AreaGraph) -> str:
    """Return the table that `print(spec)` shows.

    A line holds an area's name, its operations in order, its map as height x width x channels, the side of its
    receptive field and its stride in pixels (and degrees), and its number of weights. Where areas do not all take the
    area before, their inputs stand behind the name: "V2, V1" side by side, "V2 + V1" added, "(t-1)" of the time step
    before.
    """
    rows: list[tuple[str, ...]] = [_HEADER]
    for info in spec.areas:
        field = f"{info.receptive_field} px ({info.receptive_field_degrees:.2f} deg)"
        stride = f"{info.stride} px ({info.stride_degrees:.2f} deg)"
        operations = ", ".join(operation_text(operation) for operation in info.operations)
        rows.append((info.name, operations, _times(info.output_shape), field, stride, f"{info.n_parameters:,}"))
    inputs = list(_inputs(spec))
    if any(inputs):
        rows = [(row[0], text, *row[1:]) for row, text in zip(rows, ("inputs", *inputs), strict=True)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    title = f"{spec.name}: {_seen(spec)}, {spec.degrees:g} deg, {spec.n_parameters:,} parameters"
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([title, *lines])


def operation_text(operation: Operation) -> str:
    """Return an operation in few words, such as "max pool 2x2 /2" (stride 2) or "filter 32 9x9 L2 0.01" (penalty)."""
    window = f"{operation.size}x{operation.size}" + (f" /{operation.stride}" if operation.stride > 1 else "")
    match operation:
        case Filter():
            penalty = f" L2 {operation.l2_penalty:g}" if operation.l2_penalty else ""
            partly = " partly connected" if operation.connections else ""
            return f"filter {operation.n_kernels} {window}{penalty}{partly}"
        case Activate():
            return operation.function
        case Pool():
            if operation.function == "subsample":
                return f"subsample {window}"
            return f"{f'L{operation.p:g}' if operation.function == 'lp' else operation.function} pool {window}"
        case Gabor():
            return f"gabor {operation.n_orientations}x{operation.n_scales} {operation.cells} {window}"
        case Recur():
            return f"{operation.kind} state {window}"
        case Normalise():
            return f"normalise {window} over {operation.over}"
    return operation.operation


def _inputs(spec: AreaGraph) -> Iterator[str]:
    """Yield an area's inputs in words; nothing where it takes the area before, as areas do by themselves."""
    before = next(iter(spec.input_shapes))
    for area in spec.stack:
        links = spec.links[area.name]
        yield "" if links == (Link(before, False),) else _linked(area, links)
        before = area.name


def _linked(area: Area, links: tuple[Link, ...]) -> str:
    names = [f"{link.name}(t-1)" if link.delayed else link.name for link in links]
    return (" + " if area.join == "add" else ", ").join(names)


def _seen(spec: AreaGraph) -> str:
    """Return the shapes of the inputs, and the number of time steps where there are several."""
    shapes = [f"{name} {_times(shape)}" for name, shape in spec.inputs] or [f"images {_times(spec.input_shape)}"]
    return ", ".join([*shapes, *([f"{spec.time_steps} time steps"] if spec.time_steps > 1 else [])])


def _times(shape: tuple[int, ...]) -> str:
    return " x ".join(str(length) for length in shape)
