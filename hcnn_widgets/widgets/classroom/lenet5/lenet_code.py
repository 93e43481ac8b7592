"""Lines of NumPy and Keras that do what the lab of LeNet-5 shows."""

from .drawing import rows_of
from .lenet_shown import LeNetShown

PUBLISHED = "model = hw.GoalDrivenModel(hw.architecture.lenet5(), hw.goal.NearestCode())"
MODERN = 'model = hw.GoalDrivenModel(hw.architecture.lenet5("modern"), hw.goal.Categorization(dropout=0.0))'
OUTPUT = {
    "published": ("squared distances to the bitmaps", "-model.network(image[None, :, :, None])[0]"),
    "modern": ("probabilities", "keras.ops.softmax(model.network(image[None, :, :, None])[0])"),
}
CODE = '''\
import hcnn_widgets as hw
import numpy as np

drawing = """
{drawing}
""".split()
levels = np.array([[".123456789abcdef#".index(sign) for sign in row] for row in drawing]) / 16
blocks = levels.reshape(8, 2, 8, 2).mean(axis=(1, 3))
stimuli = hw.StimulusSet.from_arrays(blocks[None, :, :, None].astype("float32")).adapted_to((32, 32, 1))
image = stimuli.images[0, :, :, 0]
weights = hw.classroom.lenet5_weights("{variant}", seed={seed})  # untrained
print(hw.classroom.lenet5_maps(image, weights, "{variant}")["output"].round(3))  # {meaning}

# The same in Keras, and trained
import keras

{model}
model.build([str(digit) for digit in range(10)])
model.network.set_weights(weights)
print(np.asarray({output}).round(3))
digits = hw.stimuli.digits().adapted_to((32, 32, 1))
model.train(digits, validation=0.2, epochs={epochs}).join()
print(np.asarray({output}).round(3))
'''


def lenet_code(shown: LeNetShown, seed: int, epochs: int) -> str:
    """Return the lines for what is shown."""
    meaning, output = OUTPUT[shown.variant]
    return CODE.format(
        drawing="\n".join(rows_of(shown.drawing)),
        variant=shown.variant,
        seed=seed,
        meaning=meaning,
        model=PUBLISHED if shown.published else MODERN,
        output=output,
        epochs=epochs,
    )
