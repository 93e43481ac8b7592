"""Weights that are no longer numbers: found inside the compiled chunk, named by layer, and taken back."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

EVERY_S = 1.0
"""Seconds of training between two copies of the weights, at least."""
SHARE = 0.01
"""Largest share of the time that goes into copies."""
GROWN = 10.0
"""How many times the loss at first makes weights that are still numbers, and not worth to be gone back to."""


def float_variables(variables: Iterable[Any]) -> list[Any]:
    """Return the variables that hold real numbers; seeds and counters are whole numbers."""
    return [variable for variable in variables if keras.backend.is_float_dtype(variable.dtype)]


def are_finite(variables: Sequence[Any]) -> Any:
    """Return whether all values of each variable are finite, a (n_variables,) bool tensor (also inside a graph)."""
    return keras.ops.stack([keras.ops.all(keras.ops.isfinite(variable)) for variable in variables])


def not_finite(network: Any) -> tuple[str, ...]:
    """Return the names of the layers whose weights hold a NaN or an infinity.

    Parameters
    ----------
    network : keras.Model

    Returns
    -------
    tuple of str
        Each as its path in the network ("backbone/conv1"); empty where every weight is finite.

    Examples
    --------
    >>> network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="readout")])
    >>> not_finite(network)
    ()
    >>> network.layers[0].bias.assign([np.nan]) is None
    False
    >>> not_finite(network)
    ('readout',)
    """
    variables = float_variables(network.variables)
    return layers_of(variables, keras.ops.convert_to_numpy(are_finite(variables)), network.name) if variables else ()


def refuse_not_finite(name: str, network: Any, use: str) -> None:
    """Refuse weights that hold a NaN or an infinity.

    Parameters
    ----------
    name : str
        Of the model, for the error.
    network : keras.Model
    use : str
        What the weights cannot be, such as "trained".

    Raises
    ------
    ValueError
        The layers are named.
    """
    layers = not_finite(network)
    if layers:
        raise ValueError(
            f"`{name}` has weights that are no numbers and cannot be {use}. Accepted are finite weights; received NaN "
            f"or infinity in {', '.join(layers[:5])}{' and others' if len(layers) > 5 else ''}. Load the model again, "
            "or give those layers other weights with set_weights."
        )


def layers_of(variables: Sequence[Any], finite: NDArray[np.bool_], network: str) -> tuple[str, ...]:
    """Return the names of the layers of those variables that are not finite, each once, in their order.

    A keras.Sequential puts its own name, `network`, before its layers'; it is taken off.
    """
    paths = (variable.path for variable, good in zip(variables, finite, strict=True) if not good)
    return tuple(dict.fromkeys(path.removeprefix(f"{network}/").rsplit("/", 1)[0] for path in paths))


class LastFiniteWeights:
    """A copy of the weights of a run, taken where all of them were finite.

    There is one copy, as large as the weights, whatever the length of the run. It is renewed so seldom that copying
    takes at most a hundredth of the time; what was learnt since then is lost when the weights are taken back. While the
    loss is far above its value at first it is not renewed: a run that fails often passes through such weights.

    Parameters
    ----------
    variables : sequence of keras.Variable
        With real numbers (`float_variables`), all of them finite; copied at once.
    network : str
        Name of the network.
    clock : callable
        Seconds.

    Attributes
    ----------
    step : int
        Training steps that the copied weights have seen.
    """

    def __init__(
        self, variables: Sequence[Any], network: str = "", clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.variables, self._network, self._clock = list(variables), network, clock
        self._next, self._most = 0.0, None  # type: float, float | None
        self._copy(0)

    def broken(self, finite: NDArray[np.bool_]) -> tuple[str, ...]:
        """Return the names of the layers of which a variable is not finite, (n_variables,) bool as `Steps.finite`."""
        return layers_of(self.variables, finite, self._network)

    def keep(self, step: int, loss: float) -> None:
        """Renew the copy if it is due; all weights are finite now.

        The first call, behind a chunk in which the step was compiled, only starts the clock, and notes the loss.
        """
        now = self._clock()
        if self._most is None:
            self._next, self._most = now + EVERY_S, GROWN * abs(loss)
        elif now >= self._next and loss <= self._most:
            self._copy(step)
            after = self._clock()
            self._next = after + max(EVERY_S, (after - now) / SHARE)

    def give_back(self) -> int:
        """Put the copied weights back into the variables; return the number of steps that they have seen."""
        for variable, values in zip(self.variables, self._values, strict=True):
            variable.assign(values)
        return self.step

    def _copy(self, step: int) -> None:
        self._values = [np.array(keras.ops.convert_to_numpy(variable)) for variable in self.variables]
        self.step = step
