"""Estimate the memory that a set of maps takes, before it is allocated."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from hcnn_widgets.mapping.maps.dual_pls import AT_ONCE
from hcnn_widgets.mapping.maps.ridge import NUMBERS
from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.free_memory import free_memory
from hcnn_widgets.mapping.numerics.gram import WIDTH

KEPT = 2**30
"""Bytes for the decompositions of RidgeCV that are kept from one brain area to the next."""
_DOUBLE = 8
_SHAPES = 40
"""Maximum number of shapes that make up RidgeCV's penalties."""


@dataclass(frozen=True)
class Sizes:
    """The sizes that determine the memory of maps.

    Parameters
    ----------
    n_stimuli, n_units, n_sites : int
    n_folds, n_train, n_out, n_test : int
        Number of folds; and the most stimuli that any fold fits on, leaves out of the fit, and predicts.
    number : int
        Bytes of a number in the products over units.
    """

    n_stimuli: int
    n_units: int
    n_sites: int
    n_folds: int
    n_train: int
    n_out: int
    n_test: int
    number: int = _DOUBLE

    @classmethod
    def of(cls, n_stimuli: int, n_units: int, n_sites: int, folds: Folds, precision: type[np.floating]) -> "Sizes":
        """Return the sizes of a set of folds."""
        n_train = [len(train) for train, _ in folds]
        n_test = max(len(test) for _, test in folds)
        number = np.dtype(precision).itemsize
        return cls(n_stimuli, n_units, n_sites, len(folds), max(n_train), n_stimuli - min(n_train), n_test, number)

    @property
    def gram(self) -> int:
        """Bytes of K, or of centred activations where there are fewer units than stimuli."""
        return self.n_stimuli * min(self.n_stimuli, self.n_units) * self.number

    @property
    def making_gram(self) -> int:
        """Bytes that are needed in addition while the Gram matrix is computed."""
        if self.n_units < self.n_stimuli:
            return self.n_stimuli * self.n_units * (_DOUBLE if self.number < _DOUBLE else 0)
        more = self.n_stimuli**2 if self.n_units > WIDTH else 0
        return (self.n_stimuli * min(self.n_units, WIDTH) + more) * self.number

    @property
    def responses(self) -> int:
        """Bytes of the responses to all stimuli, of a centred copy, and of the predictions."""
        return _DOUBLE * self.n_sites * (3 * self.n_stimuli + 2 * self.n_folds * self.n_test)


Estimate = Callable[[Sizes], int]
"""Function that returns the bytes that a map takes beside its activations and responses."""


def pls_memory(sizes: Sizes) -> int:
    """Return the bytes that partial least squares takes."""
    few = min(sizes.n_sites, sizes.n_stimuli)
    fold = _DOUBLE * (3 * few**2 + 40 * sizes.n_stimuli + 30 * few)
    together = max(fold, min(AT_ONCE, sizes.n_folds * fold))
    turned = 3 * sizes.n_sites * sizes.n_stimuli if sizes.n_sites > few else 0
    rows = few * sizes.n_stimuli * (1 + sizes.number / _DOUBLE)
    beside = int(_DOUBLE * (turned + rows + sizes.n_out**2)) + together
    return sizes.gram + sizes.responses + max(sizes.making_gram, beside)


def ridge_memory(sizes: Sizes) -> int:
    """Return the bytes that ridge regression with one penalty takes."""
    sizes = replace(sizes, number=_DOUBLE)
    smoothers = _DOUBLE * sizes.n_folds * sizes.n_test * sizes.n_train
    few = min(sizes.n_stimuli, sizes.n_units)
    whole = 3 * sizes.n_stimuli * few + (few**2 if few < sizes.n_stimuli else 0)
    beside = whole + 3 * sizes.n_out * (sizes.n_out + sizes.n_train)
    return sizes.gram + sizes.responses + smoothers + max(sizes.making_gram, _DOUBLE * beside)


def ridgecv_memory(sizes: Sizes) -> int:
    """Return the bytes that ridge regression takes where each fold chooses its penalty."""
    sizes = replace(sizes, number=_DOUBLE)
    few = min(sizes.n_train, sizes.n_units)
    decomposition = 3 * sizes.n_train * few + 5 * few**2  # with LAPACK's room to work in
    errors = 3 * min(NUMBERS, sizes.n_train * _SHAPES * sizes.n_sites) + 3 * sizes.n_train * _SHAPES**2
    errors += 4 * sizes.n_train * (100 + sizes.n_sites)
    kept = sizes.n_folds * sizes.n_train * few * _DOUBLE
    beside = _DOUBLE * (decomposition + errors + sizes.n_test * sizes.n_train) + (2 * kept if kept <= KEPT else 0)
    return sizes.gram + sizes.responses + max(sizes.making_gram, beside)


def one_to_one_memory(sizes: Sizes) -> int:
    """Return the bytes that finding the best units takes."""
    width = min(sizes.n_units, WIDTH)
    units = width * (sizes.n_stimuli + 2 * sizes.n_out + 4 * sizes.n_sites)
    return sizes.responses + _DOUBLE * units


def check_memory(method: str, estimate: Estimate, sizes: Sizes, held: int = 0) -> None:
    """Refuse maps that do not fit into the free memory.

    Parameters
    ----------
    method : str
        The map's name.
    estimate : Estimate
    sizes : Sizes
    held : int
        Bytes of the estimate that are allocated already.

    Raises
    ------
    MemoryError
        With the memory needed, the memory free, and advice on a size that would fit.
    """
    needed, free = estimate(sizes), free_memory() + held
    if needed > free:
        raise MemoryError(
            f"`x` is too large for method={method!r} here. Accepted is what fits into {_words(free)} of free memory; "
            f"received {sizes.n_stimuli:,} stimuli x {sizes.n_units:,} units with {sizes.n_sites:,} sites in "
            f"{sizes.n_folds} folds, which take about {_words(needed)}. {_advice(estimate, sizes, free)}"
        )


def _advice(estimate: Estimate, sizes: Sizes, free: int) -> str:
    """Return a sentence on the gentlest change that would fit."""
    if estimate(replace(sizes, number=4)) <= free:
        return "In single precision (precision='float32' in `predictivity`) it would fit."
    for power in range(sizes.n_units.bit_length() - 1, 5, -1):
        if estimate(replace(sizes, n_units=2**power)) <= free:
            return f"With max_units={2**power} in `predictivity` it would fit."
    return "Fewer stimuli or sites would fit."


def _words(n_bytes: int) -> str:
    """Return bytes as text, in GB or MB."""
    return f"{n_bytes / 1e9:.1f} GB" if n_bytes >= 1e8 else f"{n_bytes / 1e6:.1f} MB"
