"""The registry of sets of real images."""

from collections.abc import Callable

from hcnn_widgets.stimuli.handwritten_digits import digits
from hcnn_widgets.stimuli.keras_sets import cifar10, fashion_mnist, mnist
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

SETS: dict[str, Callable[..., StimulusSet]] = {
    "digits": digits,
    "mnist": mnist,
    "fashion_mnist": fashion_mnist,
    "cifar10": cifar10,
}
"""Name -> function; each takes `n`, the maximum number of images (all by default), and `degrees`."""
