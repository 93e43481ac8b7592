"""Views of images: another crop, another light, noise; of one image, no two are the same."""

from typing import Any

from hcnn_widgets.keras_door import keras


def view(images: Any, crop: float, light: float, noise: float, random: Any) -> Any:
    """Return a view of each image, inside the compiled step.

    Parameters
    ----------
    images : tensor
        (n_stimuli, height, width, n_channels).
    crop : float
        Side of the smallest square that is cut out and enlarged, in terms of the image's; 1 cuts nothing.
    light : float
        Largest change of contrast, as a factor 1 - light to 1 + light, and of half as much of brightness.
    noise : float
        Standard deviation of what is added to each pixel.
    random : keras.random.SeedGenerator
    """
    ops = keras.ops
    n = ops.shape(images)[0]
    seen = _cropped(images, crop, random) if crop < 1 else images
    contrast, brightness = (keras.random.uniform((n, 1, 1, 1), -1.0, 1.0, seed=random) for _ in range(2))
    grey = ops.mean(seen, axis=(1, 2, 3), keepdims=True)
    seen = grey + (seen - grey) * (1 + light * contrast) + 0.5 * light * brightness
    return seen + noise * keras.random.normal(ops.shape(seen), seed=random)


def _cropped(images: Any, crop: float, random: Any) -> Any:
    """Return squares of random size and place, enlarged to the whole image."""
    ops = keras.ops
    n, (height, width) = ops.shape(images)[0], images.shape[1:3]
    size, left, top = (keras.random.uniform((n,), seed=random) for _ in range(3))
    size = crop + (1 - crop) * size
    nothing = ops.zeros_like(size)
    across = [size, nothing, left * (1 - size) * (width - 1)]
    down = [nothing, size, top * (1 - size) * (height - 1)]
    places = ops.stack([*across, *down, nothing, nothing], axis=1)
    return ops.image.affine_transform(images, places, interpolation="bilinear", fill_mode="nearest")
