"""Turn training curves into a frame of charts; the history has thinned them."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.goal.quantity import HELD_OUT, Quantity
from hcnn_widgets.learning.history import History
from hcnn_widgets.widgets.panel.frame import Frame, as_float32

from .ghost import Ghost

FEW_POINTS = 40
FAR = 20.0
"""Times its usual or lowest value so far: higher, and the rest of a curve would be a line at the foot of its chart."""
WAITING = "Waiting for the first step…"


def curves_frame(
    history: History, quantities: Sequence[Quantity] = (), x_label: str = "step", beside: Ghost | None = None
) -> Frame:
    """Arrange the curves of a run in a chart per quantity, training and held-out images together.

    Parameters
    ----------
    history : History
    quantities : sequence of Quantity
        Unit, range and chance level of the curves, where known; chance is a third line in its chart.
    x_label : str
    beside : Ghost, optional
        A run whose loss and quantities are drawn beside: one more line in each chart, which is marked as a ghost.

    Returns
    -------
    Frame
        Header: ``charts``, each with ``label``, ``unit``, ``log`` where a curve has left its range by far, so that its
        axis is one of powers of ten, ``series`` (``label``, ``offset``, ``length``, ``marker``,
        ``ghost``). Values, float32: x, mean, low and high of each series from its offset on, each ``length`` long.
    """
    known = {quantity.name: quantity for quantity in quantities}
    charts: dict[str, dict[str, Any]] = {}
    values: list[NDArray[np.float32]] = []
    offset = 0
    lines = list(_lines(history, quantities))
    n_own = len(lines)
    ghosts = [(name, label, _within(points, name, lines)) for name, label, points in _ghosts(beside, quantities)]
    for name, label, points in [*lines, *ghosts]:
        length = points.shape[1]
        series: dict[str, Any] = {"label": label, "offset": offset, "length": length}
        series["marker"] = label == "held-out" and length <= FEW_POINTS
        charts.setdefault(name, _chart(name, known.get(name)))["series"].append(
            series | ({"ghost": True} if len(values) >= n_own else {})
        )
        if len(values) < n_own and has_diverged(points[1], points[2]) and "y_max" not in charts[name]:
            charts[name]["log"] = True
        values.append(as_float32(points))
        offset += 4 * length
    message = "" if n_own else WAITING
    if not values:
        return Frame(message=message)
    return Frame({"x_label": x_label, "charts": list(charts.values())}, np.concatenate(values).tobytes(), message)


def has_diverged(means: NDArray[np.float64], lows: NDArray[np.float64]) -> bool:
    """Return whether a curve has left the range that it mostly has or had before, upwards and by far.

    Parameters
    ----------
    means, lows : (n,) float
        Mean and minimum of the steps that are joined in a point. A loss that leaves its range with the first steps and
        stays away is mostly there: its first point still knows where it began.

    Examples
    --------
    >>> falls, jumps = np.array([2.1, 1.8, 1.6, 1.5]), np.array([2.1, 1.8, 1.6, 5e4])
    >>> has_diverged(falls, falls), has_diverged(jumps, jumps)
    (False, True)
    >>> has_diverged(np.array([6e5, 2e7, 1e7, 1e7]), np.array([2.1, 1e6, 1e6, 1e6]))
    True
    """
    known = np.isfinite(means)
    means, lows = means[known], lows[known]
    if not len(means) or means.min() <= 0:
        return False
    peak = int(means.argmax())
    usual = min(float(np.median(means)), float(np.nanmin(lows[:peak], initial=np.inf)))
    return bool(means[peak] > FAR * usual)


def _within(
    points: NDArray[np.float64], name: str, lines: Sequence[tuple[str, str, NDArray[np.float64]]]
) -> NDArray[np.float64]:
    """Return a line of another run; of one that has diverged without what would leave this run at the foot."""
    own = [of_own[3] for its_name, _, of_own in lines if its_name == name and np.isfinite(of_own[3]).any()]
    if not own or not has_diverged(points[1], points[2]):
        return points
    far = points[1] > FAR / 10 * max(float(np.nanmax(high)) for high in own)
    return np.where(far & (np.arange(4) > 0)[:, None], np.nan, points)


def _ghosts(beside: Ghost | None, quantities: Sequence[Quantity]) -> Iterable[tuple[str, str, NDArray[np.float64]]]:
    if beside is None:
        return
    for name in ("loss", *(quantity.name for quantity in quantities)):
        found = beside.line(name)
        if found is not None:
            yield name, *found


def _lines(history: History, quantities: Sequence[Quantity]) -> Iterable[tuple[str, str, NDArray[np.float64]]]:
    last_step = 0.0
    names = history.names
    for name in names:
        curve = history.series(name)
        points = np.stack([curve.step, curve.mean, curve.low, curve.high])
        last_step = max(last_step, float(points[0, -1])) if points.shape[1] else last_step
        held_out = name.startswith(HELD_OUT)
        yield name.removeprefix(HELD_OUT), "held-out" if held_out else "training", points
    for quantity in quantities:
        if quantity.chance is None or quantity.name not in names:
            continue
        level = np.array([quantity.chance, quantity.chance])
        yield quantity.name, "chance", np.stack([np.array([0.0, last_step]), level, level, level])


def _chart(name: str, quantity: Quantity | None) -> dict[str, Any]:
    chart: dict[str, Any] = {"label": name, "unit": quantity.unit if quantity is not None else "", "series": []}
    if quantity is not None and quantity.lowest is not None and quantity.highest is not None:
        chart["y_min"], chart["y_max"] = quantity.lowest, quantity.highest
    return chart


def own_curves(header: dict[str, Any], values: bytes) -> list[tuple[str, str, NDArray[np.float32]]]:
    """Return every series of the run itself, as `read_curves` does: neither chance nor a run beside."""
    ghosts = {
        (chart["label"], line["label"])
        for chart in header.get("charts", ())
        for line in chart["series"]
        if line.get("ghost")
    }
    return [read for read in read_curves(header, values) if read[1] != "chance" and read[:2] not in ghosts]


def read_curves(header: dict[str, Any], values: bytes) -> list[tuple[str, str, NDArray[np.float32]]]:
    """Return every series in a frame: names of chart and series, and (4, n) float32 of x, mean, low and high."""
    numbers = np.frombuffer(values, "<f4")
    return [
        (chart["label"], line["label"], numbers[line["offset"] :][: 4 * line["length"]].reshape(4, line["length"]))
        for chart in header.get("charts", ())
        for line in chart["series"]
    ]
