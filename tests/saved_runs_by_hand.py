"""Small images, recordings and a run that is trained on them, for what is saved and loaded."""

import numpy as np

import hcnn_widgets as hw
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet


def some_images(n_stimuli: int = 40) -> hw.StimulusSet:
    rng = np.random.default_rng(0)
    bright = np.repeat([0.2, 0.8], n_stimuli // 2)
    images = np.clip(bright[:, None, None] + 0.1 * rng.standard_normal((n_stimuli, 8, 8)), 0, 1)
    labels = ["dark"] * (n_stimuli // 2) + ["light"] * (n_stimuli // 2)
    latents = {"brightness": bright}
    return hw.StimulusSet.from_arrays(
        images, labels, latents=latents, latent_units={"brightness": "fraction"}, name="s"
    )


def recordings_of(images: hw.StimulusSet) -> RecordingSet:
    responses = np.random.default_rng(1).standard_normal((2, len(images), 3))
    return RecordingSet(responses, stimulus_ids=images.stimulus_ids, area="V4", stimuli=images)
