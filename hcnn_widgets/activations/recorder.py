"""Recording from a network's units, fast enough to be done while it trains."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

from .activation_set import ActivationSet
from .taps import taps_of

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

_Pass = Callable[[], list[NDArray[np.float32]]]


class Recorder:
    """Show the same stimuli to a network again and again, and record the same units, with the weights of the moment.

    Everything is made ready when the recorder is made; a call costs little more than the forward pass. On TensorFlow a
    call is one compiled graph over all batches, in which the units are drawn, so that whole maps are never kept.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built. Only its part up to the taps runs.
    areas : Mapping[str, str] or iterable of str
        Area -> layer name, from the input up; or names that are both.
    stimuli : StimulusSet
        They are resized to the network's input, and grey or colour, as it takes them.
    units : int, optional
        How many units to draw from each area, at random, without replacement; all when None or where there are fewer.
    seed : int
        The same seed draws the same units from an area of this name and size.
    batch_size : int
        Most stimuli at once.

    Examples
    --------
    >>> import numpy as np
    >>> import hcnn_widgets as hw
    >>> images = hw.StimulusSet.from_arrays(np.zeros((5, 16, 16, 1), np.float32))
    >>> network = hw.architecture.hcnn(areas=("V1", "IT"), input_shape=(16, 16, 1)).build(seed=0)
    >>> recorder = Recorder(network, ("V1", "IT"), images, units=10)
    >>> recorder()
    ActivationSet(5 stimuli; V1: 10 units, IT: 10 units)
    """

    def __init__(
        self,
        network: Any,
        areas: Mapping[str, str] | Iterable[str],
        stimuli: "StimulusSet",
        units: int | None = None,
        seed: int = 0,
        batch_size: int = 64,
    ) -> None:
        _check_counts(units, batch_size)
        self.taps = taps_of(network, areas)
        adapted = stimuli.adapted_to(_input_shape(network, stimuli))
        self.stimulus_ids = adapted.stimulus_ids
        outputs = [network.get_layer(name).output for name in self.taps.values()]
        part = keras.Model(network.input, outputs, name="recorded_part")
        shapes = _unit_counts(part, adapted.images.shape[1:])
        self.units = {
            area: drawn_units(area, count, units, seed) for area, count in zip(self.taps, shapes, strict=True)
        }
        # A whole number of nearly equal batches: no small last one.
        n_batches = -(-len(adapted) // batch_size)
        batch = -(-len(adapted) // n_batches)
        make = _tensorflow_pass if keras.backend.backend() == "tensorflow" else _plain_pass
        self._pass: _Pass = make(part, adapted.images, list(self.units.values()), batch)

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of the areas, from the input up."""
        return tuple(self.taps)

    def __call__(self) -> ActivationSet:
        """Return the activations with the weights as they are now."""
        return ActivationSet(dict(zip(self.taps, self._pass(), strict=True)), self.stimulus_ids)


def record(
    network: Any,
    areas: Mapping[str, str] | Iterable[str],
    stimuli: "StimulusSet",
    units: int | None = None,
    seed: int = 0,
    batch_size: int = 64,
) -> ActivationSet:
    """Return the activations of a network's areas to stimuli, once; the arguments are those of `Recorder`."""
    return Recorder(network, areas, stimuli, units, seed, batch_size)()


def drawn_units(area: str, n_units: int, units: int | None, seed: int) -> NDArray[np.int32]:
    """Return the indices, ascending, of the units that are recorded from an area of `n_units`."""
    if units is None or units >= n_units:
        return np.arange(n_units, dtype=np.int32)
    # By the area's name, so that the draw does not hang on which other areas are recorded.
    rng = np.random.default_rng([seed, zlib.crc32(area.encode())])
    return np.sort(rng.choice(n_units, units, replace=False)).astype(np.int32)


def _tensorflow_pass(part: Any, images: Any, units: list[NDArray[np.int32]], batch: int) -> _Pass:
    """Return a call that runs all batches in one compiled graph, built here and now."""
    import tensorflow as tf

    n_batches = -(-len(images) // batch)
    shown = tf.constant(images)

    def drawn(tensor: Any, of: NDArray[np.int32]) -> Any:
        flat = tf.reshape(tensor, (tf.shape(tensor)[0], -1))
        return tf.cast(tf.gather(flat, of, axis=1), tf.float32)

    def one_batch(index: Any, rows: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        maps = _as_list(part(shown[index * batch : (index + 1) * batch], training=False))
        each = zip(rows, maps, units, strict=True)
        return index + 1, tuple(row.write(index, drawn(one, of)) for row, one, of in each)

    def going_on(index: Any, rows: tuple[Any, ...]) -> Any:
        return index < n_batches

    @tf.function(autograph=False, input_signature=[])  # type: ignore[untyped-decorator]
    def all_batches() -> list[Any]:
        rows = tuple(
            tf.TensorArray(tf.float32, n_batches, infer_shape=False, element_shape=(None, len(of))) for of in units
        )
        _, rows = tf.while_loop(going_on, one_batch, (tf.constant(0), rows), parallel_iterations=1)
        return [row.concat() for row in rows]

    compiled = all_batches.get_concrete_function()
    return lambda: [one.numpy() for one in compiled()]


def _plain_pass(part: Any, images: Any, units: list[NDArray[np.int32]], batch: int) -> _Pass:
    """Return a call that goes from batch to batch, on any backend."""

    def all_batches() -> list[NDArray[np.float32]]:
        kept: list[list[NDArray[np.float32]]] = [[] for _ in units]
        for start in range(0, len(images), batch):
            maps = _as_list(part.predict_on_batch(images[start : start + batch]))
            for rows, one, of in zip(kept, maps, units, strict=True):
                rows.append(np.asarray(one, dtype=np.float32).reshape(len(one), -1)[:, of])
        return [np.concatenate(rows) for rows in kept]

    return all_batches


def _as_list(outputs: Any) -> list[Any]:
    return list(outputs) if isinstance(outputs, list | tuple) else [outputs]


def _input_shape(network: Any, stimuli: "StimulusSet") -> tuple[int, int, int]:
    """Return (height, width, n_channels) of the network's input; where it leaves one open, the stimuli's own."""
    shape = network.input_shape
    if not isinstance(shape, tuple) or len(shape) != 4:
        raise ValueError(
            f"`network` takes no images; one input (n_stimuli, height, width, n_channels) is accepted; got {shape}."
        )
    own = stimuli.images.shape[1:]
    height, width, n_channels = (wanted or there for wanted, there in zip(shape[1:], own, strict=True))
    return height, width, n_channels


def _unit_counts(part: Any, image_shape: tuple[int, ...]) -> list[int]:
    """Return the number of units at each tap for images of this shape."""
    symbolic = keras.KerasTensor((1, *image_shape), dtype="float32")
    outputs = _as_list(part.compute_output_spec(symbolic))
    return [int(np.prod(one.shape[1:])) for one in outputs]


def _check_counts(units: int | None, batch_size: int) -> None:
    for name, value in (("units", units), ("batch_size", batch_size)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1):
            raise ValueError(f"`{name}` is no count; a whole number of 1 or more is accepted; got {value!r}.")
