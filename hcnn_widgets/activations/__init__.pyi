from .activation_set import ActivationSet
from .feature_maps import FeatureMaps
from .filter_kernels import kernels
from .gradient_ascent import PreferredImage, preferred_image
from .recorder import Recorder, record
from .taps import taps_of

__all__ = [
    "ActivationSet",
    "FeatureMaps",
    "PreferredImage",
    "Recorder",
    "kernels",
    "preferred_image",
    "record",
    "taps_of",
]
