"""Receptive fields in sentences."""

from typing import Any

from hcnn_widgets.classroom.receptive_field import SlidingLayer, pixels_holding
from hcnn_widgets.widgets.classroom.plane.cells import number_text
from hcnn_widgets.widgets.panel.words import short_name
from hcnn_widgets.widgets.scene.word_room import MINUS

from .field_shown import LayerFields

SHARE = 0.9
BY = "\u00d7"


def by(rows: int, columns: int) -> str:
    """Write two sides: "3 x 3"."""
    return f"{rows} {BY} {columns}"


def count_formula(n_units: int, layer: SlidingLayer, n_below: int) -> str:
    """Write out how many windows there are along a side.

    Examples
    --------
    >>> count_formula(3, SlidingLayer(3, 2), 7)
    '\u230a(7 \u2212 3) / 2\u230b + 1 = 3'
    >>> count_formula(4, SlidingLayer(3, 2, padding="same"), 7)
    '\u23087 / 2\u2309 = 4'
    """
    if layer.padding == "same":
        return f"\u2308{n_below} / {layer.stride}\u2309 = {n_units}"
    padded = "" if isinstance(layer.padding, str) or not layer.padding else f" + 2{BY}{layer.padding}"
    return f"\u230a({n_below}{padded} {MINUS} {layer.extent}) / {layer.stride}\u230b + 1 = {n_units}"


def unit_sentence(fields: LayerFields, unit: tuple[int, int]) -> str:
    """Say what a unit sees of the image."""
    name, box = short_name(fields.name, 30), fields.box(unit)
    where = f"{name[0].upper()}{name[1:]}: unit ({unit[0] + 1}, {unit[1] + 1}) of {by(*fields.shape[:2])}"
    if box is None:
        return f"{where} sees padding alone."
    first_row, last_row, first_column, last_column = box
    sides = by(last_row - first_row + 1, last_column - first_column + 1)
    at = f"rows {first_row + 1} to {last_row + 1} and columns {first_column + 1} to {last_column + 1}"
    if not fields.known:
        return f"{where} may see {sides} px, {at}: how far a layer below it reaches is not known."
    return f"{where} sees {sides} px, {at}{_cut(fields, box)}."


def _cut(fields: LayerFields, box: tuple[int, int, int, int]) -> str:
    """Say that a field is cut at the border of the image, where it is."""
    first_row, last_row, first_column, last_column = box
    whole = fields.rows.size, fields.columns.size
    is_cut = (last_row - first_row + 1, last_column - first_column + 1) != whole and fields.rows.jump is not None
    return f", cut off at the border from {by(*whole)}" if is_cut else ""


def stack_sentence(fields: tuple[LayerFields, ...], opened: int, unit: tuple[int, int], size: int) -> str:
    """Return what is seen of a stack by numbers, in two short sentences."""
    here = fields[opened]
    below = size if opened == 0 else fields[opened - 1].rows.n_units
    assert here.windows is not None
    count = count_formula(here.rows.n_units, here.windows[0], below)
    made = f"{by(below, below)} become {by(*here.shape[:2])}: {count}."
    return f"{made} {unit_sentence(here, unit)}"


def measured_sentence(fields: LayerFields, unit: tuple[int, int], measured: Any, chosen: bool) -> str:
    """Say which map it is, and how few pixels hold most of the measured gradient; empty before it is measured."""
    if measured is None:
        return ""
    strongest = "" if chosen else ", the strongest there,"
    which = f"Map {measured.number + 1} of {fields.shape[2]}{strongest} responds {number_text(measured.response)}"
    n_pixels = pixels_holding(measured.gradient, SHARE)
    if n_pixels == 0:
        return f"{which}, and no pixel changes it: somewhere on the way a rectifier gives 0."
    box = fields.box(unit)
    among = "" if box is None else f" of these {(box[1] - box[0] + 1) * (box[3] - box[2] + 1):,}"
    return f"{which}; {100 * SHARE:.0f} % of its gradient lies in {n_pixels:,}{among} px."


def places_text(layer: LayerFields) -> str:
    """Say what the first unit sees along rows, in pixels from 1 on, 0 and less in the padding: "1 to 3"."""
    side = layer.rows
    first = side.start if side.start is not None else int(side.low[0])
    return f"{first + 1} to {first + side.size}".replace("-", MINUS)
