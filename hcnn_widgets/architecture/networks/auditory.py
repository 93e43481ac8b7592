"""A network that hears: convolution over time and frequency of a cochleagram, with a branch for each task if wanted."""

from collections.abc import Sequence

from hcnn_widgets.architecture.areas import Area
from hcnn_widgets.architecture.checked_fields import one_of, shown
from hcnn_widgets.architecture.network_inputs import InputShape
from hcnn_widgets.architecture.operation import Operation
from hcnn_widgets.architecture.operations import Activate, Filter, Normalise, Pool
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.records.keywords import checks_keywords

VARIANTS = ("small", "published")
INPUT_SHAPES: dict[str, InputShape] = {"small": (64, 128, 1), "published": (256, 256, 1)}
BACKGROUND = 0.5
"""About the mean of a cochleagram in noise that is divided by its largest value."""
RELU, NORMALISED = Activate("relu"), Normalise(3)


@checks_keywords
def auditory_hcnn(
    variant: str = "small",
    branches: Sequence[str] = (),
    input_shape: InputShape | None = None,
    degrees: float = 8.0,
    background: float = BACKGROUND,
    name: str = "auditory-hcnn",
) -> ArchitectureSpec:
    """Return a network of auditory cortex, for cochleagrams: frequency is an image's height, time its width.

    Parameters
    ----------
    variant : {"small", "published"}
        "small": three areas, named after those of macaques. "A1" stands for primary auditory cortex, "belt" and
        "parabelt" for the non-primary cortex around it; the names are a hypothesis, which recordings may bear out or
        not. As in `hcnn` the first kernels start small and are penalised, so that what they end as can be pointed at.
        "published": the five convolutions of Kell et al. (2018), "conv1" to "conv5", of 96, 256, 512, 1,024 and
        512 kernels, and "fc6", with the divisive normalisation of this package in the place of theirs over channels. In
        people, the authors found, its middle layers predict primary auditory cortex best, its last ones non-primary.
    branches : sequence of str
        Names of tasks, each of which has what lies above belt, or above conv3, for itself: ("word", "genre") gives
        "parabelt-word" and "parabelt-genre". ``hw.goal.Several([...], areas=spec.output_names)`` gives each a goal of
        its own. None: one way for all.
    input_shape : tuple of int, optional
        (n_channels of the cochleagram, n_frames, 1); by default (64, 128, 1), and (256, 256, 1) as published.
    degrees, background, name
        See `ArchitectureSpec`; a sound has no visual angle, and degrees count for nothing.

    Raises
    ------
    TypeError, ValueError
        If the variant is not known, or branches are no names.

    Source
    ------
    Kell, Yamins, Shook, Norman-Haignere & McDermott (2018), Neuron 98, 630; names of areas: Kaas & Hackett (2000),
    PNAS 97, 11793.

    Examples
    --------
    >>> spec = auditory_hcnn(branches=("word", "speaker"))
    >>> spec.output_names
    ('parabelt-word', 'parabelt-speaker')
    >>> auditory_hcnn("published", branches=("word", "genre")).area_names[:4]
    ('conv1', 'conv2', 'conv3', 'conv4-word')
    """
    one_of("auditory_hcnn", "variant", variant, VARIANTS)
    tasks = _checked_branches(branches)
    shape = INPUT_SHAPES[variant] if input_shape is None else input_shape
    shared, own = _PARTS[variant]
    stack = [Area(area, operations) for area, operations in shared.items()]
    for task in tasks or ("",):
        below = stack[len(shared) - 1].name
        for area, operations in own.items():
            stack.append(Area(f"{area}-{task}" if task else area, operations, (below,)))
            below = stack[-1].name
    return ArchitectureSpec(tuple(stack), shape, degrees, name, background)


Part = dict[str, tuple[Operation, ...]]
_PARTS: dict[str, tuple[Part, Part]] = {
    "small": (
        {
            "A1": (Filter(24, 7, 2, initial_gain=0.1, l2_penalty=0.015), RELU, Pool("mean", 2), NORMALISED),
            "belt": (Filter(48, 3), RELU, Pool("mean", 2), NORMALISED),
        },
        {"parabelt": (Filter(64, 3), RELU, Pool("mean", 2), NORMALISED)},
    ),
    "published": (
        {
            "conv1": (Filter(96, 9, 3), RELU, Normalise(1), Pool("max", 3, 2)),
            "conv2": (Filter(256, 5, 2), RELU, Normalise(1), Pool("max", 3, 2)),
            "conv3": (Filter(512, 3), RELU),
        },
        {
            "conv4": (Filter(1024, 3), RELU),
            "conv5": (Filter(512, 3), RELU, Pool("mean", 3, 2)),
            "fc6": (Filter(1024, 6, padding="valid"), RELU),
        },
    ),
}
"""Variant -> areas that all tasks share, and those that each branch has for itself."""


def _checked_branches(branches: Sequence[str]) -> tuple[str, ...]:
    """Return the names of tasks; refuse a text, what is no text, one alone and names that come twice."""
    given = isinstance(branches, list | tuple) and all(isinstance(task, str) and task for task in branches)
    if not given or len(branches) == 1 or len(set(branches)) < len(branches):
        raise ValueError(
            f"`branches` of auditory_hcnn are no tasks; none, or two or more different names in a sequence are "
            f"accepted; received {shown(branches)}."
        )
    return tuple(branches)
