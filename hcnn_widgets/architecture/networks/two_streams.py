"""Two streams behind V2: a ventral one to IT, for what an object is, and a dorsal one to LIP, for where it is."""

from hcnn_widgets.architecture.areas import Area
from hcnn_widgets.architecture.network_inputs import InputShape
from hcnn_widgets.architecture.operations import Activate, Filter, Normalise, Pool
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def two_streams(
    input_shape: InputShape = (64, 64, 1),
    degrees: float = 8.0,
    background: float = 0.5,
    name: str = "two-streams",
) -> ArchitectureSpec:
    """Return a network of two streams that share V1 and V2: V4 and IT (what), V3A and LIP (where).

    The ventral stream pools over space at each area; the dorsal one keeps its places, and has fewer kernels. A goal's
    readout sees both; ``Several([...], areas=[...])`` gives each stream a goal of its own.

    Parameters
    ----------
    input_shape, degrees, background, name
        See `ArchitectureSpec`.

    Source
    ------
    Ungerleider & Mishkin (1982), Two cortical visual systems; Goodale & Milner (1992), Trends in Neurosciences 15, 20.

    Examples
    --------
    >>> two_streams().output_names
    ('IT', 'LIP')
    """
    ends = (Activate("relu"), Pool("mean", 2), Normalise(3))
    return ArchitectureSpec(
        (
            Area("V1", (Filter(32, 8, 2, initial_gain=0.1, l2_penalty=0.015), *ends)),
            Area("V2", (Filter(48, 3), Activate("relu"), Normalise(3))),
            Area("V4", (Filter(64, 3), *ends), ("V2",)),
            Area("IT", (Filter(96, 3), *ends), ("V4",)),
            Area("V3A", (Filter(24, 5), Activate("relu"), Normalise(3)), ("V2",)),
            Area("LIP", (Filter(16, 5), Activate("relu")), ("V3A",)),
        ),
        input_shape,
        degrees,
        name,
        background,
    )
