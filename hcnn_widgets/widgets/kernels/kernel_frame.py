"""Turn the kernels of a model area into a frame of pixels."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.words import plural

COLORMAPS = ("diverging", "grey")
SHOWN = ("now", "before", "both", "beside")
ROBUST_SHARE = 0.995
RISE, FALL = 0.5, 0.05
STAYS = 1.2

BEFORE, NOW = "before training", "now"
"""Names of sides, as they are read above them; that of another run is its title."""
Other = tuple[str, NDArray[np.float32]]
"""Title of another run, and its kernels."""

LARGEST = "largest"
"""Channel choice that shows, for each kernel of a deeper area, the input channel with the largest weights."""


@dataclass(frozen=True)
class KernelLook:
    """Colour scale and channels of the previous frame, kept so that the next frame does not flicker.

    Attributes
    ----------
    scale : float
        Weight drawn at full colour.
    channels : (n_kernels,) int or None
        Input channel shown for each kernel.
    """

    scale: float = 0.0
    channels: NDArray[np.intp] | None = None


def kernel_frame(
    kernels: NDArray[np.float32],
    area: str,
    step: int,
    former: KernelLook,
    channel: int | str = LARGEST,
    colormap: str = "diverging",
    *,
    before: NDArray[np.float32] | None = None,
    beside: Other | None = None,
    shown: str = "now",
    layer: str | None = None,
) -> tuple[Frame, KernelLook]:
    """Turn weights into pixels: 128 for a weight of 0, 255 for ``scale`` and above, 1 for ``-scale`` and below.

    A channel number draws that input channel in the colour map. "largest" draws three channels as red, green and blue;
    with any other number of channels it draws for each kernel the channel with the largest weights (by sum of
    squares). All kernels have one scale, those before training, of now and of a run beside, whichever are shown.

    Parameters
    ----------
    kernels : (n_kernels, height, width, n_channels) float32
    area : str
    step : int
        Training step at which the weights were read.
    former : KernelLook
        Look of the previous frame.
    channel : int or "largest"
    colormap : {"diverging", "grey"}
    before : (n_kernels, height, width, n_channels) float32, optional
        Kernels before any training; drawn by the same input channels as those of now.
    beside : (str, array), optional
        Title of another run, and its kernels, of the same shape; drawn by the same input channels.
    shown : {"now", "before", "both", "beside"}
        "both" are those before training and now, "beside" those of the other run and now. What is not given is not
        shown.
    layer : str, optional
        Name of the layer, for the title.

    Returns
    -------
    Frame
        Values: (n_sides, n_kernels, height, width, 1 or 3) uint8; the sides are named in the header.
    KernelLook
        Look of this frame, to pass with the next.

    Raises
    ------
    ValueError
        If the area has no such channel, or a weight is not finite.
    """
    planes, channels, told = _planes(kernels, channel, former.channels)
    others = ([(BEFORE, before)] if before is not None else []) + ([beside] if beside is not None else [])
    sides = {name: _as_planes(other, channel, channels) for name, other in others} | {NOW: planes}
    scale = adapted_scale(former.scale, max(robust_maximum(side) for side in sides.values()))
    names = _names(shown, beside)
    drawn = {name: side for name, side in sides.items() if name in names} or {NOW: planes}
    header: dict[str, Any] = {
        "area": area,
        "sides": list(drawn),
        "n_kernels": len(planes),
        "height": planes.shape[1],
        "width": planes.shape[2],
        "n_channels": planes.shape[3],
        "colormap": "rgb" if planes.shape[3] == 3 else colormap,
        "scale": scale,
        "title": f"{_brief(area, kernels.shape)}{_details(kernels.shape, area, layer, told)}",
        "brief": _brief(area, kernels.shape),
        "step": step,
    }
    values = b"".join(as_pixels(side, scale).tobytes() for side in drawn.values())
    return Frame(header, values), KernelLook(scale, channels)


def as_pixels(weights: NDArray[np.float32], scale: float) -> NDArray[np.uint8]:
    """Map weights to pixels: 128 for 0, 128 +- 127 for +-``scale`` and beyond.

    Examples
    --------
    >>> as_pixels(np.array([-3.0, -0.5, 0.0, 1.0], np.float32), scale=1.0)
    array([  1,  64, 128, 255], dtype=uint8)
    """
    share = np.clip(weights / scale, -1.0, 1.0) if scale > 0 else np.zeros_like(weights)
    return np.rint(128.0 + 127.0 * share).astype(np.uint8)


def robust_maximum(weights: NDArray[np.float32]) -> float:
    """Return the 99.5th percentile of the absolute weights, so that a single outlier does not make the rest pale."""
    return float(np.quantile(np.abs(weights), ROBUST_SHARE)) if weights.size else 0.0


def adapted_scale(former: float, target: float) -> float:
    """Move the colour scale towards a target: half of the way up, a twentieth of the way down.

    Raises
    ------
    ValueError
        If the target is not finite.

    Examples
    --------
    >>> adapted_scale(0.0, 0.4), adapted_scale(1.0, 2.0), adapted_scale(1.0, 0.0)
    (0.4, 1.5, 0.95)
    """
    if not math.isfinite(target):
        raise ValueError("The weights are no longer finite numbers: training has gone wrong.")
    if former <= 0.0:
        return target
    return former + (RISE if target > former else FALL) * (target - former)


def _names(shown: str, beside: Other | None) -> tuple[str, ...]:
    """Return the names of the sides that are shown."""
    title = () if beside is None else (beside[0],)
    return {"now": (NOW,), "before": (BEFORE,), "both": (BEFORE, NOW), "beside": (*title, NOW)}[shown]


def _planes(
    kernels: NDArray[np.float32], channel: int | str, former: NDArray[np.intp] | None
) -> tuple[NDArray[np.float32], NDArray[np.intp] | None, str]:
    """Return what is drawn of the kernels, the input channel chosen for each where that is a choice, and its words."""
    n_channels = kernels.shape[-1]
    if not isinstance(channel, str):
        if not 0 <= channel < n_channels:
            raise ValueError(f"`channel` must be from 0 to {n_channels - 1} in this area; received {channel}.")
        return _as_planes(kernels, channel, None), None, f"input channel {channel}"
    if n_channels in (1, 3):
        return kernels, None, "as red, green and blue" if n_channels == 3 else ""
    chosen = largest_channels(kernels, former)
    return _as_planes(kernels, channel, chosen), chosen, "of each the input channel with the largest weights"


def _as_planes(
    kernels: NDArray[np.float32], channel: int | str, chosen: NDArray[np.intp] | None
) -> NDArray[np.float32]:
    if not isinstance(channel, str):
        return kernels[..., channel : channel + 1]
    return kernels if chosen is None else np.take_along_axis(kernels, chosen[:, None, None, None], axis=3)


def largest_channels(kernels: NDArray[np.float32], former: NDArray[np.intp] | None = None) -> NDArray[np.intp]:
    """Return for each kernel the input channel with the largest sum of squared weights.

    The channel of the previous frame stays until the sum of another channel is more than 1.2 times as large, so that a
    near tie does not flicker.

    Parameters
    ----------
    kernels : (n_kernels, height, width, n_channels)
    former : (n_kernels,) int, optional
        Channels of the previous frame.

    Returns
    -------
    (n_kernels,) int
    """
    energy = np.square(kernels, dtype=np.float64).sum(axis=(1, 2))
    best = energy.argmax(axis=1)
    if former is None or former.shape != best.shape or former.max(initial=0) >= kernels.shape[-1]:
        return best
    rows = np.arange(len(best))
    return np.where(energy[rows, best] > STAYS * energy[rows, former], best, former)


def _brief(area: str, shape: tuple[int, ...]) -> str:
    """Return what is shown, in as few words as a narrow panel has room for."""
    return f"{area}: {plural(shape[0], 'kernel')} of {shape[1]} x {shape[2]}"


def _details(shape: tuple[int, ...], area: str, layer: str | None, told: str) -> str:
    over = f" over {plural(shape[3], 'input channel')}" if shape[3] > 1 else ""
    where = f", layer {layer}" if layer and layer != area else ""
    return f"{over}{where}" + (f"; {told}" if told else "")
