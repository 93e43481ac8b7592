"""Lines of NumPy and Keras that do what a convolution lab shows."""

from .convolution_scene import Shown

CODE = """\
import numpy as np

image = np.array({image})
kernel = np.array({kernel})
padded = np.pad(image, {zeros})  # zeros above and below, left and right
windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::{stride}, ::{stride}]
print((windows * kernel).sum(axis=(2, 3)))

# The same in Keras
import keras

layer = keras.layers.Conv2D(1, kernel.shape, strides={stride}, padding="{padding}")
layer.build((None, *image.shape, 1))
layer.set_weights([kernel[:, :, None, None], np.zeros(1)])
print(keras.ops.convert_to_numpy(layer(image[None, :, :, None].astype("float32")))[0, :, :, 0])
"""


def convolution_code(shown: Shown) -> str:
    """Return the lines for what is shown."""
    above, below, left, right = shown.reach
    return CODE.format(
        image=shown.image.tolist(),
        kernel=shown.kernel.tolist(),
        zeros=((above, below), (left, right)),
        stride=shown.stride,
        padding=shown.padding,
    )
