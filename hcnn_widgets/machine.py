"""What the machine has that networks run on, in one line."""

import os
from dataclasses import dataclass

from hcnn_widgets.keras_door import keras
from hcnn_widgets.mapping.numerics.free_memory import free_memory

GIGABYTE = 1e9


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
    """

    cores: int
    free_bytes: int
    keras_devices: tuple[str, ...]
    backend: str

    @property
    def accelerators(self) -> tuple[str, ...]:
        """The devices that are no processor."""
        return tuple(name for name in self.keras_devices if not name.startswith("cpu"))

    def __repr__(self) -> str:
        cores = f"{self.cores} core{'' if self.cores == 1 else 's'}"
        beside = ", ".join(self.accelerators) or "no GPU or TPU that Keras sees"
        return (
            f"Devices({cores}, {self.free_bytes / GIGABYTE:.1f} GB of memory free, {beside}; Keras on {self.backend})"
        )


def devices() -> Devices:
    """Return what the machine has: cores, free memory, and the devices that Keras sees.

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
    return Devices(cores, free_memory(), (*processors, *listed), str(keras.backend.backend()))
