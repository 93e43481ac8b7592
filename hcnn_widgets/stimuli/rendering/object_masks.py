"""Which pixels the object of a rendered image covers, drawn again from the latent variables."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.check_stimuli import check_stimuli
from hcnn_widgets.stimuli.images.resizing import resized
from hcnn_widgets.stimuli.rendering.exemplars import CATEGORIES
from hcnn_widgets.stimuli.rendering.kept_images import IMAGES_A_FILE, KeptImages
from hcnn_widgets.stimuli.rendering.object_blocks import ObjectScenes, object_patch, scenes_of
from hcnn_widgets.stimuli.rendering.variation import LATENT_UNITS
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Masks = NDArray[np.float32]


@checks_keywords
def masks(stimuli: StimulusSet, cache: bool = True) -> Masks:
    """Return which pixels the object covers in each rendered image.

    An object's category, exemplar, position, size and pose say its outline, so that nothing but a set of
    `hcnn_widgets.stimuli.objects`, or any part of one, is needed; the images themselves need not be drawn yet.

    Parameters
    ----------
    stimuli : StimulusSet
        Rendered objects, of any size.
    cache : bool
        Whether those of 512 images or more are kept on disk beside the images; see `hcnn_widgets.stimuli.objects`.

    Returns
    -------
    (n_stimuli, height, width) float32
        The share of each pixel that the object covers, in [0, 1]; half of it or more is object.

    Raises
    ------
    ValueError
        If nobody can tell which object the images show, and where.

    Examples
    --------
    >>> from hcnn_widgets.stimuli import objects
    >>> masks(objects(3, size=32)).shape
    (3, 32, 32)
    """
    check_stimuli("stimuli", stimuli)
    if refusal := masks_refusal(stimuli):
        raise ValueError(refusal)
    height, width, _ = stimuli.image_shape
    size = max(height, width)
    drawn = np.empty((len(stimuli), size, size, 1), np.float32)
    kept = KeptImages.of(_series(stimuli, size), len(stimuli)) if cache else None
    for number, first in enumerate(range(0, len(stimuli), IMAGES_A_FILE)):
        _fill(drawn[first : first + IMAGES_A_FILE], stimuli, first, kept, number)
    return drawn[..., 0] if height == width else resized(drawn, height, width)[..., 0]


def masks_refusal(stimuli: StimulusSet) -> str:
    """Return why nobody can tell which pixels the objects cover; empty for rendered objects."""
    missing = [latent for latent in LATENT_UNITS if latent not in stimuli.latents]
    known = stimuli.labels is not None and not missing
    if known and all(exemplar in CATEGORIES.get(category, ()) for category, exemplar in _kinds(stimuli)):
        return ""
    came = f"latent variables {', '.join(stimuli.latents)}" if stimuli.latents else "images without latent variables"
    return (
        "`stimuli` must be rendered objects, whose latent variables say which pixels belong to the object; accepted is "
        f"what hw.stimuli.objects() draws, or a part of it; received {came}."
    )


def _kinds(stimuli: StimulusSet) -> list[tuple[str, str]]:
    assert stimuli.labels is not None
    pairs = zip(stimuli.labels, stimuli.latents["exemplar"], strict=True)
    return [(str(category), str(exemplar)) for category, exemplar in pairs]


def _series(stimuli: StimulusSet, size: int) -> ObjectScenes:
    """Return a name of its own for the masks of exactly these scenes, in the place of a series of images."""
    digest = blake2b(repr(_kinds(stimuli)).encode(), digest_size=16)
    for latent in LATENT_UNITS:
        if latent != "exemplar":
            digest.update(np.ascontiguousarray(stimuli.latents[latent], np.float64).tobytes())
    return ObjectScenes(f"masks of {digest.hexdigest()}", size, 0, stimuli.degrees)


def _fill(room: Masks, stimuli: StimulusSet, first: int, kept: KeptImages | None, number: int) -> None:
    """Fill the room for the masks from a number on: from the disk, or else drawn, and then kept."""
    read = None if kept is None else kept.read(number, len(room))
    if read is not None and len(read) == len(room):
        room[:] = read
        return
    rows = slice(first, first + len(room))
    latents = {name: np.asarray(values[rows]) for name, values in stimuli.latents.items()}
    room[:] = 0
    kinds = _kinds(stimuli)[rows]
    for image, (category, exemplar), scene in zip(room, kinds, scenes_of(latents, stimuli.degrees), strict=True):
        place, _, covered = object_patch(category, exemplar, scene, len(image))
        image[place] = covered[..., np.newaxis]
    if kept is not None:
        kept.write(number, room)
        kept.make_room()
