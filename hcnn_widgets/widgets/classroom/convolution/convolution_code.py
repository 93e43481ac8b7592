"""Lines of NumPy and Keras that do what a convolution lab shows."""

from hcnn_widgets.classroom.windows import BORDERS

from .convolution_shown import ConvolutionShown
from .convolution_words import zeros

CODE = """\
import numpy as np

image = np.array({image})  # height, width, channels
kernel = np.array({kernel})  # height, width, channels
{turn}padded = np.pad(image, {zeros}{mode})  # {what} above and below, left and right
extent = ({extent}, kernel.shape[2])
windows = np.lib.stride_tricks.sliding_window_view(padded, extent)[::{stride}, ::{stride}, 0]
seen = windows[:, :, ::{dilation}, ::{dilation}]
print((seen * kernel).sum(axis=(2, 3, 4)) + {bias})

# The same as one product of matrices
print((seen.reshape(-1, kernel.size) @ kernel.ravel() + {bias}).reshape(seen.shape[:2]))

# The same in Keras
import keras

layer = keras.layers.Conv2D(1, kernel.shape[:2], strides={stride}, dilation_rate={dilation}, padding="{padding}")
layer.build((None, *{of}.shape))
layer.set_weights([kernel[..., None], np.array([{bias}])])
print(keras.ops.convert_to_numpy(layer({of}[None].astype("float32")))[0, :, :, 0])
"""
BY_HAND = """
# Keras has no stride beside a dilation: a kernel that is spread with zeros has the same windows
spread = np.zeros(extent)
spread[::{dilation}, ::{dilation}] = kernel
kernel = spread
"""


def convolution_code(shown: ConvolutionShown) -> str:
    """Return the lines for what is shown."""
    above, below, left, right = zeros(shown)
    high, wide = ((cells - 1) * shown.dilation + 1 for cells in shown.size)
    is_spread = shown.stride > 1 and shown.dilation > 1
    by_keras = shown.padding in ("valid", "same")
    code = CODE.replace("# The same in Keras\n", "# The same in Keras\n" + (BY_HAND.lstrip("\n") if is_spread else ""))
    if is_spread:
        code = code.replace("dilation_rate={dilation}", "dilation_rate=1")
    return code.format(
        image=shown.image.tolist(),
        kernel=shown.kernel.tolist(),
        turn="kernel = kernel[::-1, ::-1]  # a true convolution turns it\n" if shown.turned else "",
        zeros=((above, below), (left, right), (0, 0)),
        mode=f', mode="{shown.padding}"' if shown.padding in BORDERS else "",
        what="its pixels again" if shown.padding in BORDERS else "zeros",
        extent=f"{high}, {wide}",
        stride=shown.stride,
        dilation=shown.dilation,
        bias=shown.bias,
        padding=shown.padding if by_keras else "valid",
        of="image" if by_keras else "padded",
    )
