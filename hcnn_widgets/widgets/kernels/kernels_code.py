"""Code that reads the kernels shown by KernelGrid."""

KERNELS = """\
import keras

weights = keras.ops.convert_to_numpy(network{layer}.kernel)  # (height, width, n_channels, n_kernels)
kernels = weights.transpose(3, 0, 1, 2)
"""


def kernels_code(layer: str) -> str:
    """Return the code that reads the kernels of a layer; the path of a nested layer is "backbone/conv1"."""
    return KERNELS.format(layer="".join(f'.get_layer("{name}")' for name in layer.split("/")))
