"""Lines of NumPy and Keras that do what a motif lab shows."""

from dataclasses import asdict

from hcnn_widgets.classroom.motif import STAGES

from .motif_shown import MotifShown

BEGIN = """\
import numpy as np

import hcnn_widgets as hw

classroom = hw.classroom
"""
GRATINGS = "image = classroom.grating(32, contrast={contrast}) + classroom.grating(32, 90, contrast={mask}) - 0.5\n"
OBJECT = """\
image = hw.stimuli.objects(3, variation="low", size=32).images[2, :, :, 0].astype(float)  # a rendered face
image = (image - image.mean()) / (2 * np.abs(image - image.mean()).max())
image = 0.5 + {contrast} * image + classroom.grating(32, 90, contrast={mask}) - 0.5
"""
PIXELS = "image = np.array({pixels})\n"
KERAS = """\
print(x.shape, x.min().round(4), x.max().round(4))

# The same in Keras
import keras

x = keras.ops.convert_to_tensor(image[None, :, :, None] - 0.5, "float32")
"""
END = """\
x = keras.ops.convert_to_numpy(x)[0]
print(x.shape, x.min().round(4), x.max().round(4))
"""


def motif_code(shown: MotifShown) -> str:
    """Return the lines for what is shown."""
    motif = asdict(shown.motif)
    stages = [STAGES[name] for name in shown.motif.stages]
    image = {"grating": GRATINGS, "object": OBJECT}.get(shown.image, PIXELS)
    parts = [
        BEGIN + image.format(contrast=shown.contrast, mask=shown.mask, pixels=shown.pixels.round(4).tolist()),
        "x = image[:, :, None] - 0.5  # what is seen is how far a pixel is from grey\n",
        *(f"{stage.lines.format(**motif)}\n" for stage in stages),
        KERAS,
        *(f"{stage.keras.format(**motif)}\n" for stage in stages),
        END,
    ]
    return "".join(parts)
