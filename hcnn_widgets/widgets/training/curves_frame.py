"""Training curves as a frame: charts of series, thinned by the history that they are from."""

from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.panel.frame import Frame, as_float32

FEW_POINTS = 40
HELD_OUT = "validation "
Y_RANGES = {"accuracy": (0.0, 1.0)}
UNITS = {"accuracy": "fraction correct"}


class SeriesLike(Protocol):
    """A thinned curve: four arrays of one length."""

    step: NDArray[np.float64]
    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


class HistoryLike(Protocol):
    """What curves are read from."""

    @property
    def names(self) -> tuple[str, ...]:
        """The curves there are."""

    def series(self, name: str) -> SeriesLike:
        """Give one of them."""


def curves_frame(history: HistoryLike, chance: float | None = None, x_label: str = "step") -> Frame:
    """Arrange the curves of a run in charts: one per quantity, training and held-out images together.

    Parameters
    ----------
    history : History
    chance : float, optional
        Accuracy of a guess, as a third line in that chart.
    x_label : str

    Returns
    -------
    Frame
        Header: ``charts``, each with ``label``, ``unit``, ``series`` (``label``, ``offset``, ``length``, ``marker``).
        Values, float32: from a series' offset on its x, mean, low and high, each ``length`` long.
    """
    charts: dict[str, dict[str, Any]] = {}
    values: list[NDArray[np.float32]] = []
    offset = 0
    for name, label, points in _lines(history, chance):
        length = points.shape[1]
        marker = label == "held-out" and length <= FEW_POINTS
        charts.setdefault(name, _chart(name))["series"].append(
            {"label": label, "offset": offset, "length": length, "marker": marker}
        )
        values.append(as_float32(points))
        offset += 4 * length
    if not values:
        return Frame(message="Waiting for the first step…")
    return Frame({"x_label": x_label, "charts": list(charts.values())}, np.concatenate(values).tobytes())


def _lines(history: HistoryLike, chance: float | None) -> Iterable[tuple[str, str, NDArray[np.float64]]]:
    last_step = 0.0
    names = history.names
    for name in names:
        curve = history.series(name)
        points = np.stack([curve.step, curve.mean, curve.low, curve.high])
        last_step = max(last_step, float(points[0, -1])) if points.shape[1] else last_step
        held_out = name.startswith(HELD_OUT)
        yield name.removeprefix(HELD_OUT), "held-out" if held_out else "training", points
    if chance is not None and "accuracy" in names:
        level = np.array([chance, chance])
        yield "accuracy", "chance", np.stack([np.array([0.0, last_step]), level, level, level])


def _chart(name: str) -> dict[str, Any]:
    chart: dict[str, Any] = {"label": name, "unit": UNITS.get(name, ""), "series": []}
    if name in Y_RANGES:
        chart["y_min"], chart["y_max"] = Y_RANGES[name]
    return chart


def read_curves(header: dict[str, Any], values: bytes) -> list[tuple[str, str, NDArray[np.float32]]]:
    """Read a frame back: (chart, series, its x, mean, low and high as (4, n) float32) for every series."""
    numbers = np.frombuffer(values, "<f4")
    return [
        (chart["label"], line["label"], numbers[line["offset"] :][: 4 * line["length"]].reshape(4, line["length"]))
        for chart in header.get("charts", ())
        for line in chart["series"]
    ]
