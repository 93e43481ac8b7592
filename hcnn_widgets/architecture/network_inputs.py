"""Inputs of a network: their names and shapes, images, sounds, or sequences of them."""

from collections.abc import Mapping
from typing import Any

from .checked_fields import input_name, shown, whole_number
from .operation import Shape

InputShape = tuple[int, int, int] | tuple[int, int, int, int]
"""(height, width, n_channels), or (time, height, width, n_channels)."""

_LARGEST_IMAGE = 2048
_MOST_CHANNELS = 4096
_MOST_INPUTS = 16


def checked_inputs(inputs: Any, time_steps: int) -> tuple[tuple[str, InputShape], ...]:
    """Return names and shapes as a tuple, in order; empty where there are none.

    Raises
    ------
    ValueError
        When it is neither a mapping from name to shape nor the tuple that this returns, or a shape is none.
    """
    pairs = tuple(inputs.items()) if isinstance(inputs, Mapping) else inputs
    fits = isinstance(pairs, tuple) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs)
    if not fits or len(pairs) > _MOST_INPUTS:
        raise ValueError(
            f"`inputs` of architecture are no inputs; a mapping from the names of up to {_MOST_INPUTS} to their "
            f"shapes is accepted; received {shown(inputs)}."
        )
    names = [input_name("`inputs` of architecture", name) for name, _ in pairs]
    return tuple(
        (name, checked_shape(f"inputs[{name!r}]", shape, time_steps))
        for name, (_, shape) in zip(names, pairs, strict=True)
    )


def checked_shape(argument: str, shape: Any, time_steps: int) -> InputShape:
    """Return the shape of an input as ints within their bounds; a first axis of time must have all the time steps."""
    if not isinstance(shape, tuple | list) or len(shape) not in ((3,) if time_steps == 1 else (3, 4)):
        accepted = "(height, width, n_channels)"
        if time_steps > 1:
            accepted += f", or ({time_steps}, height, width, n_channels) of a sequence,"
        raise ValueError(
            f"`{argument}` of architecture is no shape of an image; {accepted} is accepted; received {shown(shape)}."
        )
    limits = (time_steps, _LARGEST_IMAGE, _LARGEST_IMAGE, _MOST_CHANNELS)[-len(shape) :]
    sizes = tuple(
        whole_number("architecture", f"{argument}[{axis}]", size, 1, most)
        for axis, (size, most) in enumerate(zip(shape, limits, strict=True))
    )
    if len(sizes) == 4 and sizes[0] != time_steps:
        raise ValueError(
            f"`{argument}` of architecture has another number of time steps; as many as time_steps, {time_steps}, are "
            f"accepted; received {sizes[0]}."
        )
    return sizes  # type: ignore[return-value]  # three or four


def frame_shape(shape: InputShape) -> Shape:
    """Return (height, width, n_channels) of an input at a time step."""
    height, width, n_channels = shape[-3:]
    return height, width, n_channels
