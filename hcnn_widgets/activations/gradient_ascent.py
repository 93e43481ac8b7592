"""An image that drives a unit more and more: gradient ascent on the pixels."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.checks import check_count, check_seed, is_whole, known_name
from hcnn_widgets.records.keywords import checks_keywords

from .compiled_part import compiled_gradient
from .expected_pixels import expected_pixels
from .network_graph import NetworkGraph
from .tapped_part import TappedPart
from .taps import tapped_tensors, taps_of

Image = NDArray[np.float32]
GREY = 0.5
START_NOISE = 0.02
"""Standard deviation of the pixels that the ascent begins from, around grey."""
STEP = 0.03
"""Largest change of a pixel in a step, in units of the full range."""
SMOOTHING = 1.0
"""Standard deviation in pixels of the Gaussian that smooths the gradient at the first step; at the last a quarter."""
DECAY = 0.01
"""Share of the distance from grey that every pixel loses in a step."""
JITTER = 2
"""Most pixels by which the image is moved before a step, and moved back after it."""


@dataclass(frozen=True, eq=False)
class PreferredImage:
    """The image that an ascent has come to.

    Parameters
    ----------
    image : (height, width, n_channels) float32
        In [0, 1].
    responses : (n_steps + 1,) float32
        The unit's response before each step, and at the end.
    """

    image: Image
    responses: NDArray[np.float32]


def prepared_ascent(
    network: Any, areas: Any, area: str, image_shape: Sequence[int], pixels: Any = None
) -> Callable[..., PreferredImage]:
    """Return what finds the `PreferredImage` of a unit of an area; it is compiled here.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    areas : mapping of str to str, or iterable of str
        As in `taps_of`.
    area : str
    image_shape : (height, width, n_channels)
    pixels : Pixels, pair of numbers or str, optional
        As in `expected_pixels`.

    Returns
    -------
    callable
        ``(unit, n_steps=48, seed=0, start=None)``: the unit's number in the flattened map of the area, and an image in
        [0, 1] to begin from, where the unit is silent to noise; by default noise around grey, drawn by the seed.

    Raises
    ------
    ValueError
        If the network takes whole numbers, which have no gradient.

    Source: Erhan et al. 2009, Université de Montréal 1341 (activation maximisation); Olah, Mordvintsev & Schubert 2017,
    Distill (moving the image about); Yosinski et al. 2015 (decay and blur).
    """
    shown, graph = expected_pixels(network, pixels), NetworkGraph(network)
    if shown.whole:
        raise ValueError(
            "`network` takes whole numbers, with which no response changes evenly. Accepted is a network of float "
            f"pixels; received one that takes {shown.words}."
        )
    tensor = tapped_tensors(graph, taps_of(network, areas))[area]
    part = TappedPart(graph, [tensor])

    def made_of(image: Any, asked: Any) -> tuple[Any, ...]:
        ops = keras.ops
        (maps,) = part(shown.applied(image), training=False)
        return (ops.take(ops.cast(ops.reshape(maps, (-1,)), "float32"), asked[0]),)

    call = compiled_gradient(tuple(image_shape), made_of)

    def ascend(unit: int, n_steps: int = 48, seed: int = 0, start: Image | None = None) -> PreferredImage:
        rng = np.random.default_rng(seed)
        begun = GREY + START_NOISE * rng.standard_normal(tuple(image_shape)) if start is None else start
        return _ascended(lambda image: call(image, [unit]), np.clip(begun, 0, 1).astype(np.float32), n_steps, rng)

    return ascend


@checks_keywords
def preferred_image(
    network: Any,
    areas: Mapping[str, str] | Iterable[str],
    area: str,
    unit: int,
    *,
    n_steps: int = 48,
    seed: int = 0,
    start: Image | None = None,
    pixels: Any = None,
) -> PreferredImage:
    """Return an image that drives a unit, made by gradient ascent: smoothed, moved about, drawn back to grey.

    What an ascent comes to is one image of many, and hangs on how it is regularised: look at the images that drive
    the unit most beside it.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built, of a given input size.
    areas : mapping of str to str, or iterable of str
        As in `taps_of`: ``model.taps`` of a GoalDrivenModel.
    area : str
    unit : int
        Its number in the flattened map of the area.
    n_steps : int
    seed : int
        Of the noise that it begins from, and of how the image is moved.
    start : (height, width, n_channels) float32, optional
        An image in [0, 1] to begin from, for a unit that is silent to noise; by default noise around grey.
    pixels : Pixels, pair of numbers or str, optional
        As in `expected_pixels`.

    Returns
    -------
    PreferredImage

    Raises
    ------
    ValueError
        If there is no such area or unit, the network takes no images of a given size, or it takes whole numbers.

    Source: see `prepared_ascent`.

    Examples
    --------
    >>> from hcnn_widgets.architecture import hcnn
    >>> network = hcnn(areas=("V1",), n_kernels=4, input_shape=(16, 16, 1)).build(seed=0)
    >>> preferred_image(network, ("V1",), "V1", 3, n_steps=4).image.shape
    (16, 16, 1)
    """
    taps = taps_of(network, areas)
    known_name("area", area, taps, "is no area of the network")
    check_count("n_steps", n_steps)
    check_seed(seed)
    shape = network.input_shape
    if not isinstance(shape, tuple) or len(shape) != 4 or None in shape[1:]:
        raise ValueError(
            "`network` takes no images of a given size. Accepted is one input (n_stimuli, height, width, n_channels); "
            f"received {shape}."
        )
    n_units = int(np.prod(tapped_tensors(NetworkGraph(network), taps)[area].symbol.shape[1:]))
    if not is_whole(unit, 0) or unit >= n_units:
        raise ValueError(f"`unit` is not in {area}. Accepted is 0 to {n_units - 1}; received {unit!r}.")
    return prepared_ascent(network, areas, area, shape[1:], pixels)(unit, n_steps, seed, start)


def _ascended(
    gradient_of: Callable[[Image], Any], image: Image, n_steps: int, rng: np.random.Generator
) -> PreferredImage:
    """Take so many steps uphill; the best of all images is kept, as a step may overshoot."""
    best, responses = image, []
    for step in range(n_steps + 1):
        _, response = gradient_of(image)
        responses.append(float(response))
        best = image if response >= max(responses) else best
        if step == n_steps:
            break
        moved = tuple(int(shift) for shift in rng.integers(-JITTER, JITTER + 1, 2))
        uphill, _ = gradient_of(np.roll(image, moved, axis=(0, 1)))
        back = np.roll(uphill, (-moved[0], -moved[1]), axis=(0, 1))
        uphill = _smoothed(back, SMOOTHING * (1 - 0.75 * step / n_steps))
        largest = np.abs(uphill).max()
        if not largest > 0:
            break  # silent: nothing says where to go
        image = np.clip(GREY + (1 - DECAY) * (image - GREY) + STEP * uphill / largest, 0, 1).astype(np.float32)
    return PreferredImage(best, np.array(responses, np.float32))


def _smoothed(gradient: Image, sigma: float) -> Image:
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(gradient, (sigma, sigma, 0), mode="nearest"), dtype=np.float32)
