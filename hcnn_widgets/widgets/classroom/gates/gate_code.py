"""Lines of NumPy and Keras that do what a gate lab shows."""

from hcnn_widgets.classroom.gates import GATES

from .gate_shown import GateShown

NUMPY = """\
import numpy as np

x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
lines = np.array({lines})  # a row a unit: w1, w2, b
hidden = (x @ lines[:, :2].T + lines[:, 2] > 0).astype(int)  # z = 0 gives 0
"""
ONE = "print(hidden[:, 0])  # wanted: {outputs}\n"
TWO = """\
output = np.array({combined})  # {combine} of both
print((hidden @ output[:2] + output[2] > 0).astype(int))  # wanted: {outputs}
"""
KERAS = """
# The same in Keras: Dense layers with a step in place of their activation
import keras


def step(z):
    return keras.ops.cast(z > 0, "float32")


network = keras.Sequential([keras.Input((2,)), {layers}])
network.set_weights([{weights}])
print(keras.ops.convert_to_numpy(network(x.astype("float32")))[:, 0].astype(int))
"""


def gate_code(shown: GateShown) -> str:
    """Return the lines for the lines that are shown."""
    first = NUMPY.format(lines=shown.lines.tolist())
    outputs = list(shown.outputs)
    layers, weights = f"keras.layers.Dense({len(shown.lines)}, activation=step)", "lines[:, :2].T, lines[:, 2]"
    if not shown.two:
        return first + ONE.format(outputs=outputs) + KERAS.format(layers=layers, weights=weights)
    combined = list(GATES[shown.combine].best_line)
    layers += ", keras.layers.Dense(1, activation=step)"
    weights += ", output[:2, None], output[2:]"
    second = TWO.format(combined=combined, combine=shown.combine, outputs=outputs)
    return first + second + KERAS.format(layers=layers, weights=weights)
