from .activation_set import ActivationSet
from .answers import Answers
from .feature_maps import FeatureMaps
from .filter_kernels import kernels
from .gradient_ascent import PreferredImage, preferred_image
from .over_time import over_time
from .recorder import Recorder, record
from .taps import taps_of

__all__ = [
    "ActivationSet",
    "Answers",
    "FeatureMaps",
    "PreferredImage",
    "Recorder",
    "kernels",
    "over_time",
    "preferred_image",
    "record",
    "taps_of",
]
