from .activation_set import ActivationSet
from .feature_maps import FeatureMaps
from .filter_kernels import kernels
from .over_time import over_time
from .recorder import Recorder, record
from .taps import taps_of

__all__ = ["ActivationSet", "FeatureMaps", "Recorder", "kernels", "over_time", "record", "taps_of"]
