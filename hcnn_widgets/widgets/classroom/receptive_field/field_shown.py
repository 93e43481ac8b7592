"""What a receptive field lab shows: a stack of layers by numbers, or the layers of a network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from hcnn_widgets.classroom.receptive_field import FieldSide, SlidingLayer, receptive_fields
from hcnn_widgets.records.checks import is_whole

LARGEST = 512
"""Pixels along a side, and cells of a kernel, a step or a padding."""
MOST_UNITS = 2 * LARGEST
"""Along a side of a map, which padding makes larger than the image."""
MOST_LAYERS = 12
PRESETS: dict[str, tuple[int, tuple[tuple[Any, ...], ...]]] = {
    "one layer, stride 2": (7, ((3, 2),)),
    "LeNet-5": (32, ((5,), (2, 2), (5,), (2, 2), (5,))),
    "three of 3 \u00d7 3": (11, ((3,), (3,), (3,))),
    "dilation 1, 2, 4": (19, ((3,), (3, 1, 2), (3, 1, 4))),
    "padding same": (16, ((3, 1, 1, "same"), (2, 2), (3, 1, 1, "same"), (2, 2))),
}
"""Stacks by name: pixels along a side, and of each layer kernel, stride, dilation and padding."""
OWN = "your own"
"""Name of any other stack."""


class LayerFields(NamedTuple):
    """A layer as it is told: its name, its map, and what its units see.

    Parameters
    ----------
    name : str
    shape : (height, width, n_maps)
    rows, columns : FieldSide
    windows : (SlidingLayer, SlidingLayer), optional
        Along rows and along columns, of a layer whose windows slide.
    known : bool
        Whether it is known how far its units reach.
    """

    name: str
    shape: tuple[int, ...]
    rows: FieldSide
    columns: FieldSide
    windows: tuple[SlidingLayer, SlidingLayer] | None
    known: bool = True

    def box(self, unit: tuple[int, int]) -> tuple[int, int, int, int] | None:
        """Return first and last row and column that a unit sees on the image; None where it sees padding alone."""
        row, column = unit
        ends = self.rows.low[row], self.rows.high[row], self.columns.low[column], self.columns.high[column]
        first_row, last_row, first_column, last_column = map(int, ends)
        if first_row > last_row or first_column > last_column:
            return None
        return first_row, last_row, first_column, last_column

    def nearest(self, row: float, column: float) -> tuple[int, int]:
        """Return the unit whose field has its middle nearest to a place of the image, in pixels."""
        middles = [(side.low + side.high) / 2 for side in (self.rows, self.columns)]
        at, across = (abs(middle - place).argmin() for middle, place in zip(middles, (row, column), strict=True))
        return int(at), int(across)


@dataclass(frozen=True)
class FieldShown:
    """A stack of layers by numbers, the layer that is opened, and the unit in focus.

    Parameters
    ----------
    layers : tuple of SlidingLayer
        From the image up; none where a network is shown.
    size : int
        Pixels along a side of the image; 0 where a network is shown.
    layer : int or str
        Number of the opened layer, from 1 on; of a network its name.
    unit : (int, int)
        Row and column, from 0 on.
    number : int, optional
        Number of the map of a network, from 0 on; by default the one that responds most.
    """

    layers: tuple[SlidingLayer, ...]
    size: int
    layer: int | str
    unit: tuple[int, int]
    number: int | None = None

    @cached_property
    def fields(self) -> tuple[LayerFields, ...]:
        """The layers of a stack, and what their units see."""
        sides = receptive_fields(self.layers, self.size)[1:]
        return tuple(
            LayerFields(f"layer {n}", (side.n_units, side.n_units, 1), side, side, (layer, layer))
            for n, (layer, side) in enumerate(zip(self.layers, sides, strict=True), start=1)
        )

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""
        seen: dict[str, Any] = {"layer": self.layer, "unit": list(self.unit)}
        if not self.layers:
            return seen if self.number is None else {**seen, "number": self.number}
        return {"layers": [_plain(layer) for layer in self.layers], "size": self.size, **seen}

    def other(self, **changes: Any) -> "FieldShown | None":
        """Return it with changes; None where nothing changes."""
        changed = replace(self, **changes)
        return None if changed == self else changed

    def with_layer(self, number: int, **changes: Any) -> "FieldShown | None":
        """Return it with another layer of that number, from 1 on; its unit stays within the map."""
        layers = list(self.layers)
        layers[number - 1] = replace(layers[number - 1], **changes)
        return self.restacked(tuple(layers), self.size, int(self.layer))

    def added(self) -> "FieldShown | None":
        """Return it with another layer like the opened one behind it, of stride 1; None where there are many."""
        at = int(self.layer)
        more = SlidingLayer(min(3, self.fields[at - 1].rows.n_units))
        layers = (*self.layers[:at], more, *self.layers[at:])
        return self.restacked(layers, self.size, at + 1) if len(layers) <= MOST_LAYERS else None

    def removed(self) -> "FieldShown | None":
        """Return it without the opened layer; None where it is the last one."""
        at = int(self.layer)
        layers = self.layers[: at - 1] + self.layers[at:]
        return self.restacked(layers, self.size, min(at, len(layers))) if layers else None

    def restacked(self, layers: Sequence[SlidingLayer], size: int, layer: int) -> "FieldShown | None":
        """Return it with another stack; refuse one that does not fit the image."""
        changed = replace(self, layers=tuple(layers), size=size, layer=layer)
        _refuse_long(changed.layers)
        _refuse_large(changed)
        n_units = changed.fields[layer - 1].rows.n_units
        unit = (min(self.unit[0], n_units - 1), min(self.unit[1], n_units - 1))
        return None if replace(changed, unit=unit) == self else replace(changed, unit=unit)


def stack_of(layers: Any, size: Any, layer: Any, unit: Any) -> FieldShown:
    """Return the stack that a lab is to show; refuse what is none.

    Raises
    ------
    TypeError, ValueError
    """
    if not isinstance(layers, Iterable):
        raise TypeError(
            "`layers` is no sequence. Accepted are layers from the image up, such as [(5, 1), (2, 2)]; received "
            f"{layers!r}."
        )
    made = tuple(sliding_layer(each) for each in islice(layers, MOST_LAYERS + 1))
    if not 1 <= len(made) <= MOST_LAYERS:
        raise ValueError(f"`layers` are too many or none. Accepted are 1 to {MOST_LAYERS}; received {_counted(made)}.")
    if not is_whole(size, 1) or size > LARGEST:
        raise ValueError(f"`size` is no side of an image. Accepted are 1 to {LARGEST} pixels; received {size!r}.")
    _refuse_long(made)
    opened = _last_with_places(made, int(size)) if layer is None else layer
    if not is_whole(opened, 1) or opened > len(made):
        raise ValueError(f"`layer` is no number of a layer. Accepted are 1 to {len(made)}; received {layer!r}.")
    shown = FieldShown(made, int(size), int(opened), (0, 0))
    _refuse_large(shown)
    return replace(shown, unit=checked_unit(unit, shown.fields[int(opened) - 1]))


def preset_of(shown: FieldShown) -> str:
    """Return the name of the stack that is shown."""
    for name, (size, layers) in PRESETS.items():
        if (shown.size, shown.layers) == (size, tuple(sliding_layer(layer) for layer in layers)):
            return name
    return OWN


def sliding_layer(given: Any) -> SlidingLayer:
    """Return a layer of a kernel, or of kernel, stride, dilation and padding in this order."""
    if isinstance(given, SlidingLayer):
        return given
    numbers = given if isinstance(given, list | tuple) else (given,)
    if not 1 <= len(numbers) <= 4:
        raise ValueError(
            "`layers` has one that is no layer. Accepted are kernel, stride, dilation and padding, in this order; "
            f"received {given!r}."
        )
    return SlidingLayer(*numbers)


def checked_unit(unit: Any, fields: LayerFields) -> tuple[int, int]:
    """Return a unit of a map, by default the one in its middle.

    Raises
    ------
    ValueError
    """
    height, width = fields.shape[:2]
    if unit is None:
        return height // 2, width // 2
    at = tuple(unit) if isinstance(unit, list | tuple) else ()
    if len(at) != 2 or not all(is_whole(place, 0) for place in at) or at[0] >= height or at[1] >= width:
        raise ValueError(
            f"`unit` is not in {fields.name}. Accepted are row and column, from (0, 0) to {(height - 1, width - 1)}; "
            f"received {unit!r}."
        )
    return int(at[0]), int(at[1])


def _refuse_long(layers: Sequence[SlidingLayer]) -> None:
    """Refuse what no memory holds: windows are written out, cell by cell."""
    for number, layer in enumerate(layers, start=1):
        for name, length in (("kernel", layer.extent), ("stride", layer.stride), ("padding", layer.padding)):
            if is_whole(length, LARGEST + 1):
                raise ValueError(
                    f"`{name}` of layer {number} is too large to be shown. Accepted are up to {LARGEST} cells, a "
                    f"kernel with its dilation; received {length}."
                )


def _refuse_large(shown: FieldShown) -> None:
    """Refuse maps that padding has made too large."""
    for fields in shown.fields:
        if fields.rows.n_units > MOST_UNITS:
            raise ValueError(
                f"`padding` makes the map of {fields.name} too large to be shown. Accepted are up to {MOST_UNITS} "
                f"units along a side; received {fields.rows.n_units}."
            )


def _counted(layers: Sequence[SlidingLayer]) -> str:
    return f"more than {MOST_LAYERS}" if len(layers) > MOST_LAYERS else str(len(layers))


def _last_with_places(layers: Sequence[SlidingLayer], size: int) -> int:
    """Return the number of the last layer that has more than one unit along a side; else of the last one."""
    sides = receptive_fields(layers, size)[1:]
    return max((n for n, side in enumerate(sides, start=1) if side.n_units > 1), default=len(layers))


def _plain(layer: SlidingLayer) -> list[Any]:
    whole = [int(number) for number in (layer.kernel, layer.stride, layer.dilation)]
    return [*whole, layer.padding if isinstance(layer.padding, str) else int(layer.padding)]
