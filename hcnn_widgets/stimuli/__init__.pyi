from .audition.cochleagram import Cochleagram, cochleagram
from .audition.own_sounds import cochleagrams
from .audition.resynthesis import with_gains
from .audition.sounds import sound_waves, sounds, vowels
from .handwritten_digits import digits
from .keras_sets import cifar10, fashion_mnist, mnist
from .rendering.kept_images import empty_cache
from .rendering.object_masks import masks
from .rendering.rendered_objects import objects
from .sets import SETS
from .stimulus_set import StimulusSet

__all__ = [
    "SETS",
    "Cochleagram",
    "StimulusSet",
    "cifar10",
    "cochleagram",
    "cochleagrams",
    "digits",
    "empty_cache",
    "fashion_mnist",
    "masks",
    "mnist",
    "objects",
    "sound_waves",
    "sounds",
    "vowels",
    "with_gains",
]
