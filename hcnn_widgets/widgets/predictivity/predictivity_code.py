"""Code that scores a layer as the live score does, in Keras and scikit-learn where Keras reaches the layer."""

from hcnn_widgets.architecture.pixels import IN_UNIT_RANGE, Pixels

UNITS_OF_A_LAYER = """\
{comment}tap = keras.Model(network.inputs, network.get_layer("{layer}").output)
units = tap.predict(images, verbose=0).reshape(len(images), -1)
"""

UNITS_OF_A_TENSOR = """\
import hcnn_widgets as hw

units = hw.activations.record(network, ["{layer}"], hw.StimulusSet.from_arrays(images){pixels})["{layer}"]
"""

PREDICTIVITY = """\
import keras
import numpy as np
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold

# responses: (n_stimuli, n_sites), averaged over trials, to the same images; both in the order of the stimulus ids
{units}units = units[:, np.random.default_rng(0).permutation(units.shape[1])[:4096]]
medians = []
for train, test in KFold(5, shuffle=True, random_state=0).split(units):
    centred = units - units[train].mean(axis=0)
    scale = centred[train].std()  # one for all units: one that hardly ever answers stays small
    ridge = RidgeCV(np.logspace(0, 6, 13)).fit(centred[train] / scale, responses[train])
    predicted = ridge.predict(centred[test] / scale)
    r = [np.corrcoef(predicted[:, site], responses[test, site])[0, 1] for site in range(responses.shape[1])]
    medians.append(np.median(r))  # within the fold: over all folds together, r of noise lies below 0
print(np.mean(medians))
"""


def predictivity_code(layer: str, pixels: Pixels = IN_UNIT_RANGE) -> str:
    """Return the code that scores a layer against recorded sites.

    Parameters
    ----------
    layer : str
        A tap, as in `GoalDrivenModel.taps`. Keras has no short code for a layer of a nested model ("backbone/conv1")
        or a particular call of a shared layer ("shared#2"); for these the code records through this package.
    pixels : Pixels
        What the network is shown of images.
    """
    units = UNITS_OF_A_TENSOR if "/" in layer or "#" in layer else UNITS_OF_A_LAYER
    given = f", pixels={pixels.given!r}" if pixels.comment else ""
    return PREDICTIVITY.format(units=units.format(layer=layer, comment=pixels.comment, pixels=given))
