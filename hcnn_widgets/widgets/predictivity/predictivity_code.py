"""The lines of code that score a layer as the live score does, without this package."""

PREDICTIVITY = """\
import keras
import numpy as np
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold

# responses: (n_stimuli, n_sites), averaged over trials, to the same images; both in the order of the stimulus ids
tap = keras.Model(network.input, network.get_layer("{layer}").output)
units = tap.predict(images, verbose=0).reshape(len(images), -1)
units = units[:, np.random.default_rng(0).permutation(units.shape[1])[:4096]]
predicted = np.empty_like(responses)
for train, test in KFold(5, shuffle=True, random_state=0).split(units):
    centred = units - units[train].mean(axis=0)
    scale = centred[train].std()  # one for all units: one that hardly ever answers stays small
    ridge = RidgeCV(np.logspace(0, 6, 13)).fit(centred[train] / scale, responses[train])
    predicted[test] = ridge.predict(centred[test] / scale)
r = [np.corrcoef(predicted[:, site], responses[:, site])[0, 1] for site in range(responses.shape[1])]
print(np.median(r))
"""


def predictivity_code(layer: str) -> str:
    """Return the lines that score this layer against recorded sites."""
    return PREDICTIVITY.format(layer=layer)
