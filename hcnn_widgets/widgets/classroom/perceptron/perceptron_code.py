"""Lines of NumPy and Keras that do what a perceptron lab shows."""

from .perceptron_shown import PerceptronShown

NUMPY = """\
import numpy as np

points = np.array({points})
targets = np.array({targets})
weights, bias = np.array({weights}), {bias}
for n in {order}:  # points as they were presented, one after the other
    output = int(points[n] @ weights + bias > 0)  # h(z): z = 0 gives 0
    mistake = {eta}targets[n] - output{close}
    weights, bias = weights + mistake * points[n], bias + mistake
print(weights, bias)
print((points @ weights + bias > 0).astype(int))

"""
KERAS = """\
# The same unit in Keras: a Dense layer with a step in place of its activation
import keras

unit = keras.layers.Dense(1, activation=lambda z: keras.ops.cast(z > 0, "float32"))
unit.build((None, 2))
unit.set_weights([weights[:, None], np.array([bias])])
print(keras.ops.convert_to_numpy(unit(points.astype("float32")))[:, 0].astype(int))
"""


def perceptron_code(shown: PerceptronShown) -> str:
    """Return the lines of the unit that is shown, with every presentation that is shown."""
    start = shown.weights[:, shown.unit]
    rate = ("", "") if shown.eta == 1 else (f"{shown.eta!r} * (", ")")
    lines = NUMPY.format(
        points=shown.points.tolist(),
        targets=shown.classes.tolist(),
        weights=start[:2].tolist(),
        bias=float(start[2]),
        order=list(shown.order[: shown.at]),
        eta=rate[0],
        close=rate[1],
    )
    return lines + KERAS
