from .audition.cochleagram import Cochleagram, cochleagram
from .audition.own_sounds import cochleagrams
from .audition.resynthesis import with_gains
from .audition.sounds import sound_waves, sounds, vowels
from .category_split import split_categories
from .handwritten_digits import digits
from .keras_sets import cifar10, fashion_mnist, mnist
from .rendering.kept_images import empty_cache
from .rendering.object_masks import masks
from .rendering.object_moments import object_moments
from .rendering.rendered_objects import objects
from .sequences.delayed_pairs import delayed_match
from .sequences.moving_digits import moving_digits
from .sequences.sequence_set import SequenceSet
from .sets import SETS
from .stimulus_set import StimulusSet

__all__ = [
    "SETS",
    "Cochleagram",
    "SequenceSet",
    "StimulusSet",
    "cifar10",
    "cochleagram",
    "cochleagrams",
    "delayed_match",
    "digits",
    "empty_cache",
    "fashion_mnist",
    "masks",
    "mnist",
    "moving_digits",
    "object_moments",
    "objects",
    "sound_waves",
    "sounds",
    "split_categories",
    "vowels",
    "with_gains",
]
