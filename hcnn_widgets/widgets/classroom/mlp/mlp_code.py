"""Lines of NumPy and Keras that do what a lab of layered perceptrons shows."""

from .mlp_shown import MlpShown
from .mlp_training import EPOCHS, OPTIMIZERS

NUMPY = """\
import numpy as np

points = np.array({points})
targets = np.array({targets})
weights = [  # of each layer; the bias is last
{weights}
]
functions = {{
    "step": lambda z: (z > 0).astype(float),  # z = 0 gives 0
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
}}
h = points
for layer in weights[:-1]:
    h = functions["{units}"](h @ layer[:-1] + layer[-1])
output = functions["{output}"](h @ weights[-1][:-1] + weights[-1][-1])
print((output[:, 0] > 0.5).astype(int))

"""
KERAS = """\
# The same in Keras
import keras

{step}network = keras.Sequential([keras.Input((2,)), {layers}])
network.set_weights([part for layer in weights for part in (layer[:-1], layer[-1])])
print((keras.ops.convert_to_numpy(network(points.astype("float32")))[:, 0] > 0.5).astype(int))
"""
STEP = """

def step(z):
    return keras.ops.cast(z > 0, "float32")


"""
TRAINING = """
# What Train does from here: every epoch is one step of all points
network.compile(optimizer=keras.optimizers.{optimizer}({rate!r}), loss="binary_crossentropy")
network.fit(points, targets, batch_size=len(points), epochs={epochs}, shuffle=False, verbose=0)
"""


def mlp_code(shown: MlpShown) -> str:
    """Return the lines of the network that is shown, and of its training where its units can learn."""
    kind, output = shown.kind, shown.kind.output
    hidden = [f"keras.layers.Dense({n}, activation={kind.keras})" for n in shown.n_hidden]
    last = "step" if output == "step" else f'"{output}"'
    lines = NUMPY.format(
        points=shown.points.tolist(),
        targets=shown.targets.tolist(),
        weights="\n".join(f"    np.array({layer.tolist()})," for layer in shown.weights),
        units=shown.units,
        output=output,
    )
    layers = ", ".join([*hidden, f"keras.layers.Dense(1, activation={last})"])
    lines += KERAS.format(layers=layers, step="" if kind.learns else STEP)
    training = TRAINING.format(optimizer=OPTIMIZERS[shown.optimizer], rate=shown.rate, epochs=EPOCHS)
    return lines + (training if kind.learns else "")
