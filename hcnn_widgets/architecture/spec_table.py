"""The text picture of a spec: a small table, one line an area."""

from typing import TYPE_CHECKING

from .operation import Operation
from .operations import Activate, Filter, Normalise, Pool

if TYPE_CHECKING:
    from .spec import ArchitectureSpec

_HEADER = ("area", "operations", "map", "receptive field", "stride", "parameters")


def spec_table(spec: "ArchitectureSpec") -> str:
    """Return the table that `print(spec)` shows.

    A line holds an area's name, its operations in order, its map as height x width x channels, the side of its
    receptive field and its stride in pixels (and degrees), and its number of weights.
    """
    rows = [_HEADER]
    for info in spec.areas:
        field = f"{info.receptive_field} px ({info.receptive_field_degrees:.2f} deg)"
        stride = f"{info.stride} px ({info.stride_degrees:.2f} deg)"
        operations = ", ".join(operation_text(one) for one in info.operations)
        rows.append((info.name, operations, _times(info.output_shape), field, stride, f"{info.n_parameters:,}"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    title = f"{spec.name}: images {_times(spec.input_shape)}, {spec.degrees:g} deg, {spec.n_parameters:,} parameters"
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([title, *lines])


def operation_text(operation: Operation) -> str:
    """Return an operation in few words, such as "filter 32 5x5 /2" (stride 2) or "max pool 2x2 /2"."""
    window = f"{operation.size}x{operation.size}" + (f" /{operation.stride}" if operation.stride > 1 else "")
    match operation:
        case Filter():
            return f"filter {operation.n_kernels} {window}"
        case Activate():
            return operation.function
        case Pool():
            return f"{f'L{operation.p:g}' if operation.function == 'lp' else operation.function} pool {window}"
        case Normalise():
            return f"normalise {window} over {operation.over}"
    return operation.operation


def _times(shape: tuple[int, ...]) -> str:
    return " x ".join(str(length) for length in shape)
