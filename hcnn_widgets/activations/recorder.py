"""Recording from a network's units, fast enough to be done while it trains."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.check_stimuli import Stimuli, check_shown

from .activation_set import ActivationSet
from .expected_pixels import expected_pixels
from .moving_statistics import NOTE, MovingStatistics
from .network_graph import NetworkGraph
from .tapped_part import TappedPart
from .taps import tapped_tensors, taps_of

_Draw = Callable[[NDArray[np.float32]], list[NDArray[np.float32]]]
"""Images of a batch -> the drawn units of each area, (n_stimuli of the batch, n_units)."""

MOST_AT_ONCE = 128
LARGEST_MAP_BYTES = 30e6
"""What a batch's largest recorded map may take. Larger batches are no faster: above 32 MB glibc fetches the memory of
every map from the system anew."""


@checks_keywords
class Recorder:
    """Show the same stimuli to a network again and again, and record the same units, with the weights of the moment.

    Everything is made ready when the recorder is made; a call costs little more than the forward pass. On TensorFlow
    the units are drawn inside the compiled graph, batch by batch, so that whole maps are never kept: beyond the
    recording itself a call takes a few tens of megabytes, however many the stimuli.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built. Only its part up to the taps runs.
    areas : Mapping[str, str] or iterable of str
        Area -> layer name, from the input up; or names that are both. See `taps_of`.
    stimuli : StimulusSet or SequenceSet
        They are resized to the network's input, and grey or colour, as it takes them.
    units : int, optional
        How many units to draw from each area, at random, without replacement; all when None or where there are fewer.
    seed : int
        The same seed draws the same units from an area of this name and size.
    batch_size : int, optional
        Most stimuli at once; when None, 128, or fewer where the network's maps are large.
    pixels : Pixels, pair of numbers or str, optional
        Range of the pixels that the network expects, as in `expected_pixels`; when None, as its first layers tell.
    untrained : bool
        Whether the network has never been trained: means and variances of batch normalisation, which training would
        move, are then measured on these stimuli and set at every call (`MovingStatistics`). Other networks, and those
        without batch normalisation, are recorded as they are.

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
        stimuli: Stimuli,
        units: int | None = None,
        seed: int = 0,
        batch_size: int | None = None,
        pixels: Any = None,
        untrained: bool = False,
    ) -> None:
        _check_counts(units, batch_size)
        check_shown("stimuli", stimuli)
        self.taps = taps_of(network, areas)
        self.pixels = expected_pixels(network, pixels)
        adapted = stimuli.adapted_to(input_shape_for(network, stimuli))
        self.stimulus_ids, self._images = adapted.stimulus_ids, adapted.images
        graph = NetworkGraph(network)
        part = TappedPart(graph, list(tapped_tensors(graph, self.taps).values()))
        counts = _unit_counts(part, adapted.images.shape[1:])
        self.units = {
            area: drawn_units(self.drawn_as(area), count, units, seed)
            for area, count in zip(self.taps, counts, strict=True)
        }
        self._batch = _even_batch(len(adapted), batch_size or _fitting_batch(max(counts)))
        make = _tensorflow_draw if keras.backend.backend() == "tensorflow" else _plain_draw
        self._statistics = MovingStatistics(part, self._images, self.pixels, max(counts)) if untrained else None
        self._draw: _Draw = make(part, adapted.images.shape[1:], list(self.units.values()))

    def drawn_as(self, area: str) -> str:
        """Return the name by which an area's units are drawn: its own."""
        return area

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of the areas, from the input up."""
        return tuple(self.taps)

    def __call__(self) -> ActivationSet:
        """Return the activations with the weights as they are now."""
        notes: tuple[str, ...] = ()
        if self._statistics:
            self._statistics.set()
            notes = (NOTE,)
        n_stimuli = len(self._images)
        recorded = {area: np.empty((n_stimuli, len(of)), np.float32) for area, of in self.units.items()}
        for start in range(0, n_stimuli, self._batch):
            batch = slice(start, start + self._batch)
            for rows, drawn in zip(
                recorded.values(), self._draw(self.pixels.applied(self._images[batch])), strict=True
            ):
                rows[batch] = drawn
        return ActivationSet.taking_over(recorded, self.stimulus_ids, (*self.pixels.notes, *notes))


@checks_keywords
def record(
    network: Any,
    areas: Mapping[str, str] | Iterable[str],
    stimuli: Stimuli,
    units: int | None = None,
    seed: int = 0,
    batch_size: int | None = None,
    pixels: Any = None,
) -> ActivationSet:
    """Return the activations of a network's areas to stimuli, once; the arguments are those of `Recorder`."""
    return Recorder(network, areas, stimuli, units, seed, batch_size, pixels=pixels)()


def drawn_units(area: str, n_units: int, units: int | None, seed: int) -> NDArray[np.int32]:
    """Return the indices, ascending, of the units that are recorded from an area of `n_units`."""
    if units is None or units >= n_units:
        return np.arange(n_units, dtype=np.int32)
    # By the area's name, so that the draw does not hang on which other areas are recorded.
    rng = np.random.default_rng([seed, zlib.crc32(area.encode())])
    return np.sort(rng.choice(n_units, units, replace=False)).astype(np.int32)


def _tensorflow_draw(part: Any, image_shape: tuple[int, ...], units: list[NDArray[np.int32]]) -> _Draw:
    """Return a call that runs a batch in one graph, compiled here and now, which gives the drawn units alone."""
    import tensorflow as tf

    def drawn(maps: Any, of: NDArray[np.int32]) -> Any:
        rows = tf.reshape(maps, (tf.shape(maps)[0], -1))
        every = len(of) == maps.shape[1:].num_elements()
        return tf.cast(rows if every else tf.gather(rows, of, axis=1), tf.float32)

    @tf.function(autograph=False, input_signature=[tf.TensorSpec((None, *image_shape))])  # type: ignore[untyped-decorator]
    def one_batch(images: Any) -> list[Any]:
        outputs = part(images, training=False)
        return [drawn(maps, of) for maps, of in zip(outputs, units, strict=True)]

    compiled = one_batch.get_concrete_function()
    return lambda images: [rows.numpy() for rows in compiled(tf.constant(images))]


def _plain_draw(part: Any, _image_shape: tuple[int, ...], units: list[NDArray[np.int32]]) -> _Draw:
    """Return a call that draws the units from a batch's whole maps, on any backend."""

    def one_batch(images: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        outputs = part.predict_on_batch(images)
        return [
            np.asarray(maps, np.float32).reshape(len(maps), -1)[:, of] for maps, of in zip(outputs, units, strict=True)
        ]

    return one_batch


def _fitting_batch(largest_map: int) -> int:
    """Return how many stimuli fit a batch, by the number of units of the largest map."""
    return int(min(MOST_AT_ONCE, max(1, LARGEST_MAP_BYTES // (4 * largest_map))))


def _even_batch(n_stimuli: int, most: int) -> int:
    """Return the size of a whole number of nearly equal batches: no small last one."""
    n_batches = -(-n_stimuli // most)
    return -(-n_stimuli // n_batches)


_KIND = {4: "images", 5: "sequences"}
"""What a network of so many axes takes."""


def input_shape_for(network: Any, stimuli: Any) -> Any:
    """Return the shape of the network's input without the stimuli; where it leaves a length open, the stimuli's own."""
    shape, own = network.input_shape, stimuli.images.shape[1:]
    if not isinstance(shape, tuple) or len(shape) not in (4, 5):
        raise ValueError(
            f"`network` takes no images; one input (n_stimuli, height, width, n_channels), or of sequences (n_stimuli, "
            f"n_frames, height, width, n_channels), is accepted; received {shape}."
        )
    if len(shape) != len(own) + 1:
        raise ValueError(
            f"`stimuli` are not what the network takes. Accepted are {_KIND[len(shape)]}, as its input {shape} says; "
            f"received {_KIND[len(own) + 1]} of {own}."
        )
    return tuple(wanted or there for wanted, there in zip(shape[1:], own, strict=True))


def _unit_counts(part: Any, image_shape: tuple[int, ...]) -> list[int]:
    """Return the number of units at each tap for images of this shape."""
    symbolic = keras.KerasTensor((1, *image_shape), dtype="float32")
    return [int(np.prod(maps.shape[1:])) for maps in part.compute_output_spec(symbolic)]


def _check_counts(units: int | None, batch_size: int | None) -> None:
    for name, value in (("units", units), ("batch_size", batch_size)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1):
            raise ValueError(f"`{name}` is no count; a whole number of 1 or more is accepted; received {value!r}.")
