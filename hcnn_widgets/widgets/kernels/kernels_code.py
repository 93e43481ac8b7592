"""The lines of code that read what KernelGrid shows."""

KERNELS = """\
import keras

weights = keras.ops.convert_to_numpy(network{layer}.kernel)  # (height, width, n_channels, n_kernels)
kernels = weights.transpose(3, 0, 1, 2)
"""


def kernels_code(layer: str) -> str:
    """Return the lines that read the kernels of this layer, which may lie in a model inside: "backbone/conv1"."""
    return KERNELS.format(layer="".join(f'.get_layer("{name}")' for name in layer.split("/")))
