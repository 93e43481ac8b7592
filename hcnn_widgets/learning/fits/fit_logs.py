"""Curves out of what Keras tells of a training.

Keras's logs are means since the beginning of the epoch, which smooth a curve more and more and jump at every epoch.
Where a log is the result of a ``keras.metrics.Mean``, its sum and count are read instead: the curve is the mean over
the steps since the last reading.
"""

import math
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from hcnn_widgets.goal.quantity import HELD_OUT, Quantity
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.history import History

VALIDATION = "val_"
SO_FAR = "over the epoch so far"
FRACTIONS = tuple(
    getattr(keras.metrics, name)
    for name in (
        *("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"),
        *("TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"),
    )
)
Logs = Mapping[str, Any]


class FitLogs:
    """Writes what a fit measures into a history; `told` may be called from any thread, the rest from the one that fits.

    Parameters
    ----------
    history : History

    Attributes
    ----------
    quantities : tuple of Quantity
        What is known of the curves, the loss apart.
    not_finite : int or None
        The first step at which the loss was no finite number.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self.quantities: tuple[Quantity, ...] = ()
        self.not_finite: int | None = None
        self.begin()

    def begin(self) -> None:
        """Forget the metrics: a fit begins, perhaps of a model that was compiled anew."""
        self._told: deque[tuple[int, Logs]] = deque()
        self._metrics: dict[str, Any] | None = None
        self._each_batch: frozenset[str] = frozenset()
        self.not_finite = None
        self.begin_epoch()

    def begin_epoch(self) -> None:
        """Note that Keras has set its metrics to zero."""
        self._before: dict[str, tuple[float, float]] = {}

    def told(self, step: int, logs: Logs | None) -> None:
        """Take in what Keras tells after a batch, to be read later."""
        if logs:
            self._told.append((step, logs))

    def read(self, step: int, model: Any) -> None:
        """Write what was measured since the last reading, up to this step."""
        told = [self._told.popleft() for _ in range(len(self._told))]
        if not told:
            return
        if self._metrics is None:
            self._metrics, self._each_batch = _in_use(metrics_by_log(model.metrics)), frozenset(told[-1][1])
            self.quantities = tuple(quantities_of_logs(told[-1][1], self._metrics))
        for name in sorted(told[-1][1], key=lambda name: name != "loss"):
            metric = self._metrics.get(name)
            if metric is None:  # the value of each batch, as a `train_step` of somebody's own returns it
                for at, logs in told:
                    self._append(name, at, logs.get(name))
            elif is_plain_mean(metric):
                self._append_mean(name, step, metric)
            else:
                self._append(name, told[-1][0], told[-1][1][name])

    def end_epoch(self, step: int, logs: Logs | None) -> None:
        """Write what Keras tells once an epoch: what was measured on held-out data, and what callbacks add."""
        for name, value in sorted((logs or {}).items(), key=lambda log: log[0] != f"{VALIDATION}loss"):
            if name.startswith(VALIDATION):
                self._append(HELD_OUT + name.removeprefix(VALIDATION), step, value)
            elif name not in self._each_batch:
                self._append(name, step, value)

    def _append_mean(self, name: str, step: int, metric: Any) -> None:
        total, count = _value(metric.total), _value(metric.count)
        before = self._before.get(name, (0.0, 0.0))
        if count < before[1]:  # somebody has set it to zero within the epoch
            before = (0.0, 0.0)
        if count > before[1]:
            self._append(name, step, (total - before[0]) / (count - before[1]))
        self._before[name] = total, count

    def _append(self, name: str, step: int, value: Any) -> None:
        number = _as_number(value)
        if number is None:
            return
        if math.isfinite(number):
            self._history.append(name, [step], [number])
        elif name == "loss" and self.not_finite is None:
            self.not_finite = step


def metrics_by_log(metrics: Iterable[Any]) -> dict[str, Any]:
    """Return the metric behind every log of a compiled model, by the name of the log."""
    found: dict[str, Any] = {}
    for metric in metrics:
        inner = getattr(metric, "metrics", None)
        if inner is None:
            found[metric.name] = metric
            continue
        # What `compile` was given: its results have the names of outputs in front.
        names = list(metric.result()) if inner else []
        found |= dict(zip(names, inner, strict=True)) if len(names) == len(inner) else {}
    return found


def _in_use(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metrics that training has updated: a `train_step` of somebody's own need not use all."""
    return {name: metric for name, metric in metrics.items() if not is_plain_mean(metric) or _value(metric.count)}


def is_plain_mean(metric: Any) -> bool:
    """Return whether a metric is its sum over its count, so that the mean over a stretch can be told."""
    # On JAX the metrics stand still until the epoch ends.
    plain = isinstance(metric, keras.metrics.Mean) and type(metric).result is keras.metrics.Mean.result
    return plain and keras.backend.backend() != "jax"


def quantities_of_logs(logs: Logs, metrics: Mapping[str, Any]) -> Iterable[Quantity]:
    """Yield what is known of the curves of these logs, the losses apart."""
    for name in logs:
        metric = metrics.get(name)
        if metric is None or name == "loss" or name.endswith("_loss") or name.startswith(HELD_OUT):
            continue
        so_far = "" if is_plain_mean(metric) else SO_FAR
        if isinstance(metric, FRACTIONS):
            yield Quantity(name, so_far or "fraction correct", lowest=0.0, highest=1.0, percent=True)
        else:
            yield Quantity(name, so_far)


def _value(variable: Any) -> float:
    return float(keras.ops.convert_to_numpy(variable))


def _as_number(value: Any) -> float | None:
    """Return a log as a number; None where it is none, such as an array of a metric for each category."""
    array = np.asarray(value)
    return float(array) if array.ndim == 0 and array.dtype.kind in "fiub" else None
