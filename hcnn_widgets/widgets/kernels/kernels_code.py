"""The lines of code that read what KernelGrid shows."""

KERNELS = """\
import keras

weights = keras.ops.convert_to_numpy(network.get_layer("{layer}").kernel)  # (height, width, n_channels, n_kernels)
kernels = weights.transpose(3, 0, 1, 2)
"""


def kernels_code(layer: str) -> str:
    """Return the lines that read the kernels of this layer."""
    return KERNELS.format(layer=layer)
