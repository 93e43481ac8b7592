"""Lines of NumPy and Keras that do what a pooling lab shows."""

from hcnn_widgets.classroom.pooling import POOLINGS

from .pooling_shown import PoolingShown

CODE = """\
import numpy as np

image = np.array({image})
size, stride, padding, p = {size}, {stride}, "{padding}", {p}
padded = np.pad(image, {around}, constant_values=np.nan)  # padding is never counted
seen = np.lib.stride_tricks.sliding_window_view(padded, (size, size))[::stride, ::stride]
print({numpy})
"""
KERAS = """
# The same in Keras
import keras

x = keras.ops.convert_to_tensor(image[None, :, :, None])
print(keras.ops.convert_to_numpy({keras})[0, :, :, 0])
"""
GRADIENT = """
# Where the gradient goes, with TensorFlow
import tensorflow as tf

with tf.GradientTape() as tape:
    tape.watch(x)
    y = {keras}
print(tape.gradient(y, x).numpy()[0, :, :, 0])
"""
SWITCHES = """
# Unpooling with switches, with TensorFlow
import tensorflow as tf

y, switches = tf.nn.max_pool_with_argmax(x, size, stride, padding.upper())
unpooled = np.zeros(image.size)
unpooled[switches.numpy().ravel()] = y.numpy().ravel()
print(unpooled.reshape(image.shape))
"""


def pooling_code(shown: PoolingShown) -> str:
    """Return the lines for what is shown."""
    pooling = POOLINGS[shown.kind]
    above, below, left, right = shown.reach
    after = {"gradient": GRADIENT, "unpool": SWITCHES}.get(shown.view, "")
    code = CODE + (KERAS + after if pooling.keras_line else "")
    return code.format(
        image=shown.image.tolist(),
        around=((above, below), (left, right)),
        numpy=pooling.numpy_line or "seen",
        keras=pooling.keras_line,
        **{name: getattr(shown, name) for name in ("size", "stride", "padding", "p")},
    )
