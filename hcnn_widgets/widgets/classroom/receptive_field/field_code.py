"""Lines of Keras that measure what a unit sees."""

from collections.abc import Sequence

from hcnn_widgets.classroom.receptive_field import SlidingLayer

STACK = """\
# size, jump and first pixel of a field, layer by layer
size, jump, first = 1, 1, 0
n_units = {size}
for kernel, stride, dilation, padding in {layers}:
    extent = (kernel - 1) * dilation + 1
    if padding == "same":
        n_above = -(-n_units // stride)
        before = max((n_above - 1) * stride + extent - n_units, 0) // 2
    else:
        before = 0 if padding == "valid" else padding
        n_above = (n_units + 2 * before - extent) // stride + 1
    size, first = size + (kernel - 1) * dilation * jump, first - before * jump
    n_units, jump = n_above, jump * stride
    print(n_units, size, jump, first)

# The same in Keras: filters of ones, and how a unit changes with each pixel
import numpy as np
import tensorflow as tf
import keras

ones = keras.initializers.Constant(1.0)
network = keras.Sequential([keras.Input(({size}, {size}, 1))])
for kernel, stride, dilation, padding in {opened}:
    if isinstance(padding, int):
        network.add(keras.layers.ZeroPadding2D(padding))
    padded = "same" if padding == "same" else "valid"
    network.add(keras.layers.Conv2D(1, kernel, stride, padded, dilation_rate=dilation, kernel_initializer=ones))
image = tf.ones((1, {size}, {size}, 1))
with tf.GradientTape() as tape:
    tape.watch(image)
    response = network(image)[0, {row}, {column}, 0]
seen = np.argwhere(tape.gradient(response, image)[0, ..., 0])
print(seen.min(axis=0), seen.max(axis=0))  # first and last row and column
"""
MODEL = """\
import keras
import tensorflow as tf

# network: the Keras model; image: (height, width, n_channels), as it takes it
part = keras.Model(network.inputs[0], network{layers}.output)
image = tf.constant(image[None], tf.float32)
with tf.GradientTape() as tape:
    tape.watch(image)
    there = part(image)[0, {place}]  # a response a map
    response = {response}
gradient = tf.norm(tape.gradient(response, image)[0], axis=-1).numpy()
print(gradient.shape, float(response))
"""


def stack_code(layers: Sequence[SlidingLayer], size: int, opened: int, unit: tuple[int, int]) -> str:
    """Return the lines for a stack by numbers, up to its opened layer."""
    written = [f"({each.kernel}, {each.stride}, {each.dilation}, {each.padding!r})" for each in layers]
    every, up_to = (f"[{', '.join(some)}]" for some in (written, written[:opened]))
    return STACK.format(layers=every, opened=up_to, size=size, row=unit[0], column=unit[1])


def model_code(path: str, unit: tuple[int, int], number: int | None, has_places: bool) -> str:
    """Return the lines for a unit of a network."""
    way = "".join(f'.get_layer("{name.partition("#")[0]}")' for name in path.split("/"))
    response = "tf.reduce_max(there)" if number is None else f"there[{number}]"
    place = f"{unit[0]}, {unit[1]}" if has_places else ":"
    return MODEL.format(layers=way, place=place, response=response)
