"""What the machine has that networks run on, in one line; and how long a convolution takes on it."""

import os
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from hcnn_widgets.keras_door import keras
from hcnn_widgets.mapping.numerics.free_memory import free_memory
from hcnn_widgets.records.keywords import checks_keywords

GIGABYTE = 1e9
N_KERNELS, KERNEL_SIDE, N_COLOURS = 32, 5, 3
"""Of the convolution that is timed."""
LEAST_REPEATS = 3
HALF = ("bfloat16", "float16")


@dataclass(frozen=True)
class Devices:
    """What networks run on; shows as one line.

    Parameters
    ----------
    cores : int
        Of the processor that this process may use: on a shared hub fewer than the machine has.
    free_bytes : int
        Of memory, under the limits of a hub or a container.
    keras_devices : tuple of str
        As Keras names them, "cpu:0", "gpu:0".
    backend : str
        Of Keras, "tensorflow".
    half_time : mapping of str to mapping of str to float
        Device -> "bfloat16" and "float16" -> how many times as long a convolution takes as in float32; empty where it
        is not measured.
    """

    cores: int
    free_bytes: int
    keras_devices: tuple[str, ...]
    backend: str
    half_time: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def accelerators(self) -> tuple[str, ...]:
        """The devices that are no processor."""
        return tuple(name for name in self.keras_devices if not name.startswith("cpu"))

    @property
    def words(self) -> str:
        """All of it in a line."""
        cores = f"{self.cores} core{'' if self.cores == 1 else 's'}"
        beside = ", ".join(self.accelerators) or "no GPU or TPU that Keras sees"
        timed = "".join(f"; {half_words(device, times)}" for device, times in self.half_time.items())
        return f"{cores}, {self.free_bytes / GIGABYTE:.1f} GB of memory free, {beside}; Keras on {self.backend}{timed}"

    def __repr__(self) -> str:
        return f"Devices({self.words})"


def half_words(device: str, times: Mapping[str, float]) -> str:
    """Return what half precision brings on a device, in words.

    Examples
    --------
    >>> half_words("cpu:0", {"bfloat16": 0.79, "float16": 12.0})
    'on cpu:0 a convolution takes 0.8 x as long in bfloat16, 12.0 x as long in float16'
    """
    return f"on {device} a convolution takes " + ", ".join(
        f"{ratio:.1f} x as long in {dtype}" for dtype, ratio in times.items()
    )


@checks_keywords
def devices(timed: bool = False) -> Devices:
    """Return what the machine has: cores, free memory, and the devices that Keras sees.

    Parameters
    ----------
    timed : bool
        Whether to time a convolution on each device, in float32 and in half precision, for a few seconds: which says
        whether mixed precision is worth while here. Medians, of the forward way alone; what else the machine does
        counts.

    Examples
    --------
    >>> found = devices()
    >>> found.cores >= 1, found.keras_devices[-1][:4] in ("cpu:", "gpu:", "tpu:")
    (True, True)
    """
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    cores = len(affinity(0)) if affinity is not None else os.cpu_count() or 1
    listed = [str(name).lower() for name in keras.distribution.list_devices()]
    processors = [] if any(name.startswith("cpu") for name in listed) else ["cpu:0"]
    found = (*processors, *listed)
    half = {device: half_time(device) for device in found} if timed else {}
    return Devices(cores, free_memory(), found, str(keras.backend.backend()), half)


def half_time(device: str, batch: int = 16, side: int = 32) -> dict[str, float]:
    """Return how many times as long a convolution takes in bfloat16 and in float16 as in float32."""
    whole, *half = (convolution_s(device, batch, side, dtype=dtype) for dtype in ("float32", *HALF))
    return dict(zip(HALF, (seconds / whole for seconds in half), strict=True))


def convolution_s(
    device: str, batch: int, side: int, n_repeats: int = 11, dtype: str = "float32", most_s: float = 0.5
) -> float:
    """Return the median seconds of a convolution of a batch of colour images, its result waited for.

    There are 32 kernels of 5 x 5, and no way back. The first, in which memory is taken, does not count.

    Parameters
    ----------
    device : str
        As Keras names it, "cpu:0".
    batch, side : int
        Images, and height and width of each in pixels.
    n_repeats : int
        Fewer, but at least 3, where they would take longer than ``most_s``.
    dtype : str
        Of images and kernels.
    most_s : float
        Seconds.
    """
    rng = np.random.default_rng(0)
    shapes = (batch, side, side, N_COLOURS), (KERNEL_SIDE, KERNEL_SIDE, N_COLOURS, N_KERNELS)
    seconds: list[float] = []
    with keras.device(device):
        images, kernels = (keras.ops.convert_to_tensor(rng.random(shape, np.float32), dtype) for shape in shapes)
        while len(seconds) <= n_repeats and (len(seconds) <= LEAST_REPEATS or sum(seconds[1:]) < most_s):
            began = time.perf_counter()
            keras.ops.convert_to_numpy(keras.ops.conv(images, kernels, padding="same")[0, 0, 0])
            seconds.append(time.perf_counter() - began)
    return statistics.median(seconds[1:])


def convolution_flops(batch: int, side: int) -> int:
    """Return the additions and multiplications of that convolution: two for each weight of each output.

    Examples
    --------
    >>> convolution_flops(1, 2)  # 4 positions x 32 kernels x 75 weights x 2
    19200
    """
    return 2 * batch * side**2 * N_KERNELS * KERNEL_SIDE**2 * N_COLOURS
