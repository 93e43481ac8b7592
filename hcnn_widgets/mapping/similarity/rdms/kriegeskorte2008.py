"""Representational dissimilarities of 92 object images in human and monkey IT (Kriegeskorte et al. 2008)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.recordings.public_data import PublicDataSet
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import upper_triangle
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Array = NDArray[np.float64]

SOURCE = (
    "Kriegeskorte et al. 2008, Neuron 60:1126; monkey: Kiani et al. 2007, J Neurophysiol 97:4296; distributed with "
    "rsatoolbox (MIT)"
)
DATA = PublicDataSet(
    name="kriegeskorte2008",
    base_url="https://raw.githubusercontent.com/rsagroup/rsatoolbox/f1f83cadb7243492a1aae7460466e0f0140b20ac",
    sha256={
        "demos/92imageData/92_brainRDMs.mat": "1743f90a15e895798a94318649e80e1123a7e5943a1703fa1dd7c31ea5780b7c",
        "demos/92imageData/92_modelRDMs.mat": "e1d2b58bb2f9508bc13da4c81b94d1ab07823b25ed30b9563bd9d6d730c2a00a",
        "demos/92imageData/Kriegeskorte_Neuron2008_supplementalData.mat": (
            "06f21214399a5d43dc264eed19a7f4b8daf11c8622a59eec3e106064ce5e3504"
        ),
    },
)
MODEL_WORDS = {
    "animacy": "ideal that tells animate from inanimate",
    "FaceBodyManmadeNatobj": "ideal that tells faces, bodies, man-made and natural objects apart",
    "monkeyIT": "monkey IT, single neurons (Kiani et al. 2007)",
    "EVA": "human early visual cortex, fMRI: another brain area, no model",
    "HMAX": "hierarchical model of simple and complex cells (Serre et al. 2005)",
    "V1": "model of V1: Gabor filters, simple and complex cells",
    "Silhouette": "binary silhouettes of the images",
    "RADON": "Radon transform of the images: sums along lines of each direction",
}
"""What the names of the supplied models stand for."""
DEGREES = 2.9
"""Visual angle of the images in the scanner."""


@dataclass(frozen=True, eq=False, repr=False)
class Kriegeskorte2008:
    """RDMs of 92 images: 1 - Pearson r between patterns, symmetric with zeros on the diagonal.

    Parameters
    ----------
    human_it : (4, 2, 92, 92) float64
        Human IT by fMRI: subjects x sessions.
    subjects : (4,) str
        The subjects' codes.
    monkey_it : (92, 92) float64
        Monkey IT: 674 neurons.
    models : mapping of str to (92, 92) float64
        animacy, FaceBodyManmadeNatobj, monkeyIT, EVA, HMAX, V1, Silhouette, RADON; `MODEL_WORDS` says what they are.
    stimuli : StimulusSet
        The images, 175 x 175 in colour, with their category and the flags human, face, animal, natural (1 = yes).
    source : str
    """

    human_it: Array
    subjects: tuple[str, ...]
    monkey_it: Array
    models: Mapping[str, Array]
    stimuli: StimulusSet
    source: str = SOURCE

    def human_it_subjects(self) -> Array:
        """Average each subject's sessions.

        Returns
        -------
        (4, 92, 92) float64
        """
        return self.human_it.mean(axis=1)

    @cached_property
    def human_it_rdms(self) -> tuple[Rdm, ...]:
        """Human IT, one RDM per subject: the mean of the two sessions, joined to the images by id."""
        return tuple(
            self._rdm(square, f"human IT {subject}")
            for subject, square in zip(self.subjects, self.human_it_subjects(), strict=True)
        )

    @cached_property
    def monkey_it_rdm(self) -> Rdm:
        """Monkey IT, joined to the images by id."""
        return self._rdm(self.monkey_it, "monkey IT")

    @cached_property
    def model_rdms(self) -> Mapping[str, Rdm]:
        """The supplied models' RDMs by name, joined to the images by id."""
        return MappingProxyType(
            {name: self._rdm(square, name, "", MODEL_WORDS.get(name, "")) for name, square in self.models.items()}
        )

    def _rdm(self, square: Array, name: str, distance: str = "correlation", words: str = "") -> Rdm:
        """Return the upper triangle of a supplied matrix with the images' ids."""
        return Rdm(
            upper_triangle(square),
            self.stimuli.stimulus_ids,
            distance=distance,
            name=name,
            convention=f"as supplied: {words}" if words else "as supplied",
            source=self.source,
        )

    def __repr__(self) -> str:
        return (
            f"Kriegeskorte2008({len(self.stimuli)} images; human IT: {len(self.subjects)} subjects; monkey IT; "
            f"{len(self.models)} models)"
        )


@checks_keywords
def kriegeskorte2008(folder: "str | PathLike[str] | None" = None) -> Kriegeskorte2008:
    """Return the RDMs of human and monkey IT for 92 images, the images, and eight model RDMs.

    Parameters
    ----------
    folder : path, optional
        Where the files lie, as in the public repository. By default the folder that the environment variable
        HCNN_WIDGETS_DATA names; without it they are downloaded once (7 MB).

    Returns
    -------
    Kriegeskorte2008

    Raises
    ------
    ValueError
        If a file is another than its checksum says.
    FileNotFoundError, ConnectionError
        If the folder lacks a file, or there is no network; the message says what to do.

    Source: Kriegeskorte et al. 2008, Neuron 60:1126; Kiani et al. 2007; Nili et al. 2014 (toolbox).
    """
    brain, model, supplement = (_read(DATA.fetch(path, folder)) for path in DATA.sha256)
    human = brain["RDMs"][0]
    names = [[str(session["name"][0]) for session in subject] for subject in human]
    return Kriegeskorte2008(
        human_it=_frozen(np.array([[session["RDM"] for session in subject] for subject in human], dtype=np.float64)),
        subjects=tuple(name[0].split("|")[1].strip() for name in names),
        monkey_it=_frozen(_square(supplement["RDMs_mIT_hIT_fig1"][0, 0]["RDM"].ravel())),
        models=MappingProxyType(
            {str(matrix["name"][0]): _frozen(matrix["RDM"].astype(np.float64)) for matrix in model["Models"][0]}
        ),
        stimuli=_stimuli(supplement["stimuli_92objs"][0]),
    )


def _read(path: Path) -> dict[str, Any]:
    """Read a MATLAB file; this format holds arrays only, no code."""
    from scipy.io import loadmat

    return dict(loadmat(path))


def _square(vector: NDArray[Any]) -> Array:
    """Turn the strict upper triangle into a symmetric matrix."""
    from scipy.spatial.distance import squareform

    return np.asarray(squareform(vector.astype(np.float64)))


def _frozen(array: Array) -> Array:
    """Make an array read-only."""
    array.setflags(write=False)
    return array


def _stimuli(entries: NDArray[Any]) -> StimulusSet:
    """Return the images with their category and flags."""
    flags = ("human", "face", "animal", "natural")
    return StimulusSet.from_arrays(
        np.stack([entry["image"] for entry in entries]),
        labels=[str(entry["category"][0]) for entry in entries],
        stimulus_ids=[f"kriegeskorte2008-{number:02d}" for number in range(1, len(entries) + 1)],
        latents={flag: np.array([int(entry[flag].item()) for entry in entries]) for flag in flags},
        latent_units=dict.fromkeys(flags, "1 = yes, 0 = no"),
        degrees=DEGREES,
        name="kriegeskorte2008",
    )
