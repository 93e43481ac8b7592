"""An architecture in the size of stimuli, or the stimuli in its size."""

from typing import Any

from hcnn_widgets.architecture import ARCHITECTURES


def takes_sequences(architecture: str) -> bool:
    try:
        return ARCHITECTURES[architecture](input_shape=(3, 16, 16, 1)).time_steps == 3
    except ValueError:
        return False


def fitting(architecture: str, stimuli: Any) -> tuple[Any, Any]:
    """Return the architecture for such images, or as it is with the images in its size."""
    try:
        return ARCHITECTURES[architecture](input_shape=stimuli.image_shape), stimuli
    except ValueError:
        spec = ARCHITECTURES[architecture]()
        return spec, stimuli.adapted_to(spec.input_shape)
