"""What every run of a designer is trained and scored on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.checks import check_count, check_kind, check_seed, is_number
from hcnn_widgets.stimuli.check_stimuli import check_stimuli
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

HELD_OUT_SHARE = 0.2
LEAST_EPOCHS, MOST_EPOCHS = 0.01, 1_000


@dataclass(frozen=True)
class Material:
    """What every run of a designer is trained and scored on.

    Attributes
    ----------
    images : StimulusSet
        With labels; a fifth of them is held out.
    recordings : RecordingSet
        With stimuli.
    units : int
        Of each area, that maps are fitted on.
    split_seed : int
        Of the images held out and of the halves of the recorded ones, the same for all runs.
    folder : Path or None
        Where runs are kept.
    """

    images: StimulusSet
    recordings: RecordingSet
    units: int
    split_seed: int
    folder: Path | None


def check_material(images: Any, recordings: Any, units: int, seed: int, epochs: float) -> None:
    """Refuse what no run could be trained or scored on.

    Raises
    ------
    TypeError, ValueError
        In three parts.
    """
    check_stimuli("images", images)
    check_kind("recordings", recordings, RecordingSet, ", of one brain area")
    check_count("units", units)
    check_seed(seed)
    if not is_number(epochs) or not LEAST_EPOCHS <= epochs <= MOST_EPOCHS:
        raise ValueError(
            f"`epochs` is no number of passes. Accepted are {LEAST_EPOCHS:g} to {MOST_EPOCHS:,}; received {epochs!r}."
        )
    if images.labels is None:
        raise ValueError(f"`images` must have labels, which a readout names; received {images!r}.")
    if recordings.stimuli is None:
        raise ValueError(f"`recordings` must have stimuli, which networks are shown; received {recordings!r}.")


def settings_of(material: Material) -> dict[str, Any]:
    """Return what all runs have in common, as plain data."""
    images, recordings = material.images, material.recordings
    return {
        "kind": "designs",
        "images": {"n": len(images), "shape": list(images.image_shape), "first": str(images.stimulus_ids[0])},
        "recordings": f"{recordings.area}, {recordings.source}"[:200],
        "area": f"{recordings.area} (simulated)" if recordings.simulated else recordings.area,
        "seed": material.split_seed,
        "units": material.units,
        "by_readout": True,
    }
