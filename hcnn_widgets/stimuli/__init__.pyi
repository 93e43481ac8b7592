from .category_split import split_categories
from .handwritten_digits import digits
from .keras_sets import cifar10, fashion_mnist, mnist
from .rendering.kept_images import empty_cache
from .rendering.object_masks import masks
from .rendering.rendered_objects import objects
from .sets import SETS
from .stimulus_set import StimulusSet

__all__ = [
    "SETS",
    "StimulusSet",
    "cifar10",
    "digits",
    "empty_cache",
    "fashion_mnist",
    "masks",
    "mnist",
    "objects",
    "split_categories",
]
