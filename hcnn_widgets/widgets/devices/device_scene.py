"""A DeviceLab as a scene: images a second over the batch, GFLOP/s over the size of images, words above and beneath."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.predictivity.score_marks import QUIET, straight_path
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Path, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import font_size, shortened, text_width, wrapped

from .device_shown import DeviceShown
from .device_times import DeviceTimes, Time, Way, table
from .device_words import (
    TITLE,
    WHAT,
    device_sentence,
    found_lines,
    machine_lines,
    point_card,
    point_sentence,
    progress_words,
    rate_words,
)

MEASURE, STOP = "m", "s"
KEYS = ("Enter", MEASURE, STOP, "u", "r")
LINE_HEIGHT, PLOT, DOT = 1.45, 230.0, 5.0
SIDE_BY_SIDE = 560
"""Pixels from which on the two plots stand beside one another."""


class Plot(NamedTuple):
    """A plot in pixels: what stands across and up, both on scales of ratios.

    Attributes
    ----------
    name, title, across_words : str
    left, right, top, foot : float
    values : tuple of int
        Ticks across.
    low, high : int
        Powers of ten at the ends of the axis.
    chosen : int
        The value across that is chosen.
    """

    name: str
    title: str
    across_words: str
    left: float
    right: float
    top: float
    foot: float
    values: tuple[int, ...]
    low: int
    high: int
    chosen: int

    def across(self, value: float) -> float:
        """Return where a value stands across."""
        first, last = math.log(self.values[0]), math.log(self.values[-1])
        if first == last:
            return (self.left + self.right) / 2
        spare = 0.07 * (self.right - self.left)
        return self.left + spare + (self.right - self.left - 2 * spare) * (math.log(value) - first) / (last - first)

    def up(self, value: float) -> float:
        """Return where a rate stands."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.foot - (self.foot - self.top) * share


class Spot(NamedTuple):
    """A point: its plot, what was timed, and where it stands."""

    plot: Plot
    way: Way
    time: Time
    x: float
    y: float


def device_scene(times: DeviceTimes, shown: DeviceShown, width: float) -> Scene:
    """Draw a DeviceLab for a width in pixels."""
    font = font_size(width) + 1
    room = 0.93 * width - 8
    above = [line for words in machine_lines(times) for line in wrapped(words, room, font)]
    legend, legend_foot = _legend(times, width, font, (len(above) + 2.2) * LINE_HEIGHT * font)
    plots = _plots(times, shown, width, font, legend_foot + 2 * font)
    spots = [spot for plot, rate in plots for spot in _spots(times, shown, plot, rate)]
    words_top = plots[-1][0].foot + 4.9 * font
    beneath = [line for words in (*found_lines(times, shown), WHAT) for line in wrapped(words, room, font)]
    progress = len(above) + 0.2
    said = device_sentence(times, shown)
    return Scene(
        name="devices",
        title=TITLE,
        label=f"{said} Arrow keys walk; Enter on a point chooses its batch or its size; M measures, S stops.",
        width=width,
        height=words_top + LINE_HEIGHT * font * len(beneath),
        marks=(
            Group("machine", tuple(_lines(above, "machine", font, 1.1 * font))),
            Group("progress", (_progress(times, width, font, 1.1 * font + LINE_HEIGHT * font * progress),)),
            Group("legend", tuple(legend)),
            *(Group(f"axes-{plot.name}", tuple(_axes(plot, font))) for plot, _ in plots),
            Group("curves", tuple(_curves(times, spots))),
            Group("points", tuple(_points(times, spots))),
            Group("found", tuple(_lines(beneath, "found", font, words_top))),
        ),
        places=(_machine_place(times, width, font, len(above)), *(_place(times, spot) for spot in spots)),
        keys=KEYS,
        numbers=table(times),
        said=said,
    )


def chosen_at(times: DeviceTimes, shown: DeviceShown, place: int) -> DeviceShown:
    """Return what a click on a place chooses: the batch of a point on the left, the size of one on the right."""
    plots = _plots(times, shown, SIDE_BY_SIDE, 12, 0.0)
    spots = [spot for plot, rate in plots for spot in _spots(times, shown, plot, rate)]
    if not 0 < place <= len(spots):
        return shown
    return DeviceShown(spots[place - 1].time.batch, spots[place - 1].time.side)


def look_of(times: DeviceTimes, way: Way) -> dict[str, Any]:
    """Return how the line of a way looks: a colour a device, dashes in half precision, dotted on one core."""
    device = times.machine.keras_devices.index(way.device)
    colour = "series-5" if way.alone else "series-0" if not device else "series-4"
    dash = (2, 4) if way.alone else () if way.dtype == "float32" else (8, 4)
    return {"stroke": colour, "stroke_width": 2.0, "dash": dash}


def _lines(lines: Sequence[str], key: str, font: float, top: float) -> Iterator[Mark]:
    for number, line in enumerate(lines):
        yield Text(f"{key}-{number}", 4, top + number * LINE_HEIGHT * font, line, font, fill="text")


def _progress(times: DeviceTimes, width: float, font: float, foot: float) -> Mark:
    return Text(
        "words", 4, foot, shortened(progress_words(times), 0.95 * width, font, True), font, bold=True, fill="ink"
    )


def _legend(times: DeviceTimes, width: float, font: float, top: float) -> tuple[list[Mark], float]:
    """Return the entries of the ways in as many rows as they need, and where the last row stands."""
    marks: list[Mark] = []
    left, foot = 4.0, top
    for number, way in enumerate(times.ways):
        room = 32 + text_width(way.words, font) + 16
        if number and left + room > width:
            left, foot = 4.0, foot + LINE_HEIGHT * font
        marks.append(Text(f"name-{number}", left + 30, foot, way.words, font, **QUIET))
        y = foot - 0.35 * font
        marks.append(Line(f"swatch-{number}", left, y, left + 24, y, **look_of(times, way)))
        left += room
    return marks, foot


def _plots(
    times: DeviceTimes, shown: DeviceShown, width: float, font: float, top: float
) -> list[tuple[Plot, Callable[[Time], float]]]:
    """Return both plots, each with the rate that it shows."""
    beside = width >= SIDE_BY_SIDE
    each = width / 2 if beside else width
    rates: tuple[Callable[[Time], float], ...] = (lambda time: time.rate, lambda time: time.gflops)
    told = (
        ("batch", f"Images a second, at {shown.pixels} pixels", "images at once", times.batches, shown.batch),
        ("pixels", f"GFLOP/s, at a batch of {shown.batch}", "height and width in pixels", times.sides, shown.pixels),
    )
    found = []
    for number, (rate, (name, title, across, values, chosen)) in enumerate(zip(rates, told, strict=True)):
        start = number * each if beside else 0.0
        upper = top + 1.6 * font + (0 if beside else number * (PLOT + 6.4 * font))
        ends = _decades([rate(time) for each_way in times.times.values() for time in each_way.values()])
        edges = (start + 4.6 * font, start + each - 1.2 * font, upper, upper + PLOT)
        found.append((Plot(name, title, across, *edges, values, *ends, chosen), rate))
    return found


def _decades(rates: list[float]) -> tuple[int, int]:
    """Return the powers of ten around all rates; those from 1 to 1,000 where there are none."""
    if not rates:
        return 0, 3
    low = math.floor(math.log10(min(rates)))
    return low, max(low + 1, math.ceil(math.log10(max(rates))))


def _axes(plot: Plot, font: float) -> Iterator[Mark]:
    left, right, foot = plot.left, plot.right, plot.foot
    title = shortened(plot.title, right - left + 4 * font, font, True)
    yield Text("title", left - 4.2 * font, plot.top - 0.9 * font, title, font, bold=True, fill="ink")
    for power in range(plot.low, plot.high + 1):
        y = plot.up(10.0**power)
        yield Line(f"rule-{power}", left, y, right, y, stroke="text", opacity=0.12)
        yield Text(f"rate-{power}", left - 6, y + 0.35 * font, _power_words(power), font, "end", **QUIET)
    yield Line("floor", left, foot, right, foot, stroke="text", opacity=0.5)
    for value in plot.values:
        x, chosen = plot.across(value), value == plot.chosen
        if chosen:
            yield Line("chosen", x, plot.top, x, foot, stroke="focus", stroke_width=1.5, opacity=0.5)
        look: dict[str, Any] = {"fill": "ink", "bold": True} if chosen else QUIET
        yield Line(f"tick-{value}", x, foot, x, foot + 4, stroke="text", opacity=0.5)
        yield Text(f"value-{value}", x, foot + font + 5, f"{value:,}", font, "middle", **look)
    yield Text("across", (left + right) / 2, foot + 2.5 * font + 5, plot.across_words, font, "middle", **QUIET)


def _power_words(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"


def _spots(times: DeviceTimes, shown: DeviceShown, plot: Plot, rate: Callable[[Time], float]) -> Iterator[Spot]:
    for way in times.ways:
        for value in plot.values:
            cell = (value, shown.pixels) if plot.name == "batch" else (shown.batch, value)
            if (time := times.at(way, *cell)) is not None:
                yield Spot(plot, way, time, plot.across(value), plot.up(rate(time)))


def _curves(times: DeviceTimes, spots: list[Spot]) -> Iterator[Mark]:
    for name in ("batch", "pixels"):
        for number, way in enumerate(times.ways):
            corners = [(spot.x, spot.y) for spot in spots if spot.plot.name == name and spot.way == way]
            if len(corners) > 1:
                yield Path(f"{name}-{number}", straight_path(np.array(corners, float)), **look_of(times, way))


def _points(times: DeviceTimes, spots: list[Spot]) -> Iterator[Mark]:
    for number, spot in enumerate(spots, start=1):
        colour, whole = look_of(times, spot.way)["stroke"], spot.way.dtype == "float32"
        look: dict[str, Any] = {"fill": colour, "stroke": "paper"} if whole else {"fill": "paper", "stroke": colour}
        box = (spot.x - DOT, spot.y - DOT, 2 * DOT, 2 * DOT, DOT)
        yield Rect(f"dot-{number}", *box, stroke_width=1.0 if whole else 2.0, place=number, **look)


def _machine_place(times: DeviceTimes, width: float, font: float, n_lines: int) -> Place:
    height = LINE_HEIGHT * font * (n_lines + 1) + 4
    ring = Rect("ring", 1, 0, width - 2, height, radius=4, stroke="focus", stroke_width=2.0)
    return Place(" ".join([*machine_lines(times), progress_words(times)]), (ring,))


def _place(times: DeviceTimes, spot: Spot) -> Place:
    size = DOT + 3
    ring = Rect("ring", spot.x - size, spot.y - size, 2 * size, 2 * size, radius=size, stroke="focus", stroke_width=2.5)
    return Place(
        point_sentence(spot.way, spot.time),
        (ring,),
        title=f"{rate_words(spot.time.rate)} images a second",
        rows=point_card(times, spot.way, spot.time, look_of(times, spot.way)["stroke"]),
        note="Enter or a click chooses this batch and size",
        beside=(spot.x - size, spot.x + size, spot.y),
    )
