"""A U-Net: from the image up to IT, and back to the size of the image, with the finer maps at hand on the way."""

from collections.abc import Sequence

from hcnn_widgets.architecture.areas import Area
from hcnn_widgets.architecture.checked_fields import shown
from hcnn_widgets.architecture.network_inputs import InputShape
from hcnn_widgets.architecture.operation import Operation
from hcnn_widgets.architecture.operations import Activate, Enlarge, Filter, Pool
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.records.checks import check_count
from hcnn_widgets.records.keywords import checks_keywords

AREAS = ("V1", "V2", "V4", "IT")


@checks_keywords
def unet(
    n_kernels: Sequence[int] = (8, 16, 24, 32),
    kernel_size: int = 3,
    skips: bool = True,
    input_shape: InputShape = (64, 64, 1),
    degrees: float = 8.0,
    background: float = 0.5,
    name: str = "unet",
) -> ArchitectureSpec:
    """Return a U-Net, whose last map has a place for every pixel, for goals whose outputs are images.

    Each area above V1 sees half as many places a side. On the way back "V4-back" takes in what comes down from IT,
    doubled in height and width, beside the map of V4 itself (the skip), and so on down to "V1-back".

    Parameters
    ----------
    n_kernels : sequence of int
        Of V1, V2, V4 and IT, and of the areas on the way back.
    kernel_size : int
        Side of all kernels.
    skips : bool
        Whether areas on the way back take in the map of the area that they are named for; without, all that comes down
        has been through IT.
    input_shape, degrees, background, name
        See `ArchitectureSpec`; height and width must be multiples of 8.

    Raises
    ------
    ValueError
        If there are not four numbers of kernels, or the image's sides cannot be halved three times.

    Source
    ------
    Ronneberger, Fischer & Brox (2015), U-Net, doi 10.1007/978-3-319-24574-4_28.

    Examples
    --------
    >>> spec = unet(input_shape=(32, 32, 1))
    >>> spec.areas[-1].name, spec.areas[-1].output_shape
    ('V1-back', (32, 32, 8))
    """
    if not isinstance(n_kernels, list | tuple) or len(n_kernels) != len(AREAS):
        raise ValueError(
            f"`n_kernels` of unet must be of {', '.join(AREAS)}; a sequence of {len(AREAS)} numbers is accepted; "
            f"received {shown(n_kernels)}."
        )
    for each in n_kernels:
        check_count("n_kernels", each)
    _check_sides(input_shape)
    own = dict(zip(AREAS, n_kernels, strict=True))
    up = [Area(area, _filtered(own[area], kernel_size, halved=area != "V1")) for area in AREAS]
    down = []
    for area, above in zip(("V4", "V2", "V1"), ("IT", "V4-back", "V2-back"), strict=True):
        doubled = Area(f"{area}-enlarged", (Enlarge(), *_filtered(own[area], kernel_size)), (above,))
        inputs = (doubled.name, area) if skips else (doubled.name,)
        down += [doubled, Area(f"{area}-back", _filtered(own[area], kernel_size), inputs)]
    return ArchitectureSpec((*up, *down), input_shape, degrees, name, background)


def _filtered(n_kernels: int, size: int, halved: bool = False) -> tuple[Operation, ...]:
    operations = (Filter(n_kernels, size), Activate("relu"))
    return (Pool("max", 2), *operations) if halved else operations


def _check_sides(input_shape: InputShape) -> None:
    sides = tuple(input_shape)[:2]
    if len(tuple(input_shape)) == 3 and any(isinstance(side, int) and side % 8 for side in sides):
        raise ValueError(
            "`input_shape` of unet cannot be halved three times and doubled again; a height and width that are "
            f"multiples of 8 are accepted; received {shown(input_shape)}. stimuli.adapted_to(...) resizes images."
        )
