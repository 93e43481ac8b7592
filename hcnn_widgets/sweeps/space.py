"""What a sweep draws its networks from."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from hcnn_widgets.architecture.architectures import hcnn
from hcnn_widgets.architecture.operations import Filter
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.goal.goals import GOALS
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.learning.rules import RULES
from hcnn_widgets.records.checks import check_count, known_name

AREAS = ("V1", "V2", "V4", "IT", "IT2", "IT3")
"""From the image up; a shallow network has the first of them."""
USUAL_GOALS, USUAL_RULES = (Categorization.name,), (Backpropagation.name,)
MOST_DRAWS = 500
"""After so many networks of a depth that are too large, another depth is drawn."""


@dataclass(frozen=True)
class Space:
    """Choices of which a network is drawn; each is drawn by itself, all with the same probability.

    Parameters
    ----------
    depths : tuple of int
        Numbers of areas, 1 to 6.
    n_kernels : tuple of int
        Kernels of an area; an area further up has as many as the one below, or more.
    kernel_sizes : tuple of int
        Side of the kernels, in positions of the incoming map.
    poolings, normalisations, activations : tuple of str or None
        As `hw.architecture.hcnn` takes them; None leaves it out.
    goals, rules : tuple of str
        Names in `hw.goal.GOALS` and `hw.learning.RULES`. With more than the usual ones, accuracy is that of a linear
        readout for every network.
    most_multiplications : float
        Of an image, forward: a larger network is drawn anew.

    Examples
    --------
    >>> options = Space(depths=(2,), poolings=("max",)).draw(0, (32, 32, 1))
    >>> options["areas"], options["pooling"], options == Space(depths=(2,), poolings=("max",)).draw(0, (32, 32, 1))
    (['V1', 'V2'], 'max', True)
    """

    depths: tuple[int, ...] = (1, 2, 3, 4, 5)
    n_kernels: tuple[int, ...] = (8, 16, 24, 32, 48, 64)
    kernel_sizes: tuple[int, ...] = (3, 5, 7)
    poolings: tuple[str | None, ...] = (None, "max", "mean")
    normalisations: tuple[str | None, ...] = (None, "divisive")
    activations: tuple[str, ...] = ("relu", "tanh", "leaky_relu")
    most_multiplications: float = 3e6
    goals: tuple[str, ...] = USUAL_GOALS
    rules: tuple[str, ...] = USUAL_RULES

    def __post_init__(self) -> None:
        sequences = (
            "depths",
            "n_kernels",
            "kernel_sizes",
            "poolings",
            "normalisations",
            "activations",
            "goals",
            "rules",
        )
        for name in sequences:
            choices = getattr(self, name)
            if not isinstance(choices, tuple | list) or not choices:
                raise ValueError(f"`{name}` must be a sequence of at least one choice; received {choices!r}.")
            object.__setattr__(self, name, tuple(choices))
        for name in ("depths", "n_kernels", "kernel_sizes"):
            for choice in getattr(self, name):
                check_count(name, choice)
        for name, registry in (("goals", GOALS), ("rules", RULES)):
            for choice in getattr(self, name):
                known_name(name, choice, registry)
        if max(self.depths) > len(AREAS):
            raise ValueError(f"`depths` must be 1 to {len(AREAS)}; received {max(self.depths)}.")

    def draw(self, number: int, input_shape: tuple[int, int, int], seed: int = 0) -> dict[str, Any]:
        """Draw the network of this number, as options of `hw.architecture.hcnn`.

        Which network has a number hangs on seed and number alone, so that a sweep is made longer without a change of
        what there is.

        Parameters
        ----------
        number : int
        input_shape : (height, width, n_channels)
        seed : int

        Raises
        ------
        ValueError
            If every network drawn is too large for the images, or for `most_multiplications`.
        """
        rng, depths, last = np.random.default_rng([seed, number]), list(self.depths), ""
        while depths:
            # Depth comes first: drawn with all the rest, deep networks, which are often too large, would be rare.
            depth = depths.pop(int(rng.integers(len(depths))))
            for _ in range(MOST_DRAWS):
                options = self._drawn(rng, depth) | {"input_shape": list(input_shape)}
                try:
                    size = multiplications(hcnn(**options))
                except ValueError as error:  # nothing is left of a map: too deep for the images
                    last = str(error)
                    continue
                if size <= self.most_multiplications:
                    return options
        raise ValueError(
            f"`space` holds no network of at most {self.most_multiplications:,.0f} multiplications for images of "
            f"{input_shape}. Accepted is a space with smaller networks; received {self}. {last}"
        )

    @property
    def by_readout(self) -> bool:
        """Whether networks are compared by a linear readout: their own scores are not the same quantity."""
        return (self.goals, self.rules) != (USUAL_GOALS, USUAL_RULES)

    def choices(self, number: int, seed: int = 0) -> tuple[str, str]:
        """Draw the goal and the rule of the network of this number; its architecture hangs on neither.

        Examples
        --------
        >>> Space().choices(3)
        ('categorization', 'backpropagation')
        """
        rng = np.random.default_rng([seed, number, 1])
        goal, rule = (each[int(rng.integers(len(each)))] for each in (self.goals, self.rules))
        return goal, rule

    def plain(self) -> dict[str, Any]:
        """Return it as plain data; goals and rules are left out where they are the usual ones, as in older files."""
        held = {name: getattr(self, name) for name in self.__dataclass_fields__}
        usual = {"goals": USUAL_GOALS, "rules": USUAL_RULES}
        return {name: value for name, value in held.items() if value != usual.get(name)}

    def _drawn(self, rng: np.random.Generator, depth: int) -> dict[str, Any]:
        def one_of(choices: tuple[Any, ...]) -> Any:
            return choices[int(rng.integers(len(choices)))]

        return {
            "areas": list(AREAS[:depth]),
            "n_kernels": sorted(one_of(self.n_kernels) for _ in range(depth)),
            "kernel_size": [one_of(self.kernel_sizes) for _ in range(depth)],
            "stride": 1,
            "initial_gain": 1.0,
            "l2_penalty": 0.0,
            "activation": one_of(self.activations),
            "pooling": one_of(self.poolings),
            "normalisation": one_of(self.normalisations),
        }


def multiplications(spec: ArchitectureSpec) -> int:
    """Count the multiplications of a stack's filters for an image: each kernel's weights at each position of its map.

    Examples
    --------
    >>> multiplications(hcnn(areas=["V1"], n_kernels=4, kernel_size=3, stride=1, input_shape=(8, 8, 1)))
    2304
    """
    count, (height, width, n_channels) = 0, spec.input_shape[-3:]
    shape = (height, width, n_channels)
    for area in spec.areas:
        for operation in area.operations:
            after = operation.output_shape(shape)
            if isinstance(operation, Filter):
                count += operation.size**2 * shape[2] * after[0] * after[1] * after[2]
            shape = after
    return count
