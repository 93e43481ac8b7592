"""Code that computes the score of the RDM shown by RdmExplorer."""

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES

from .rdm_choices import RdmChoices

TEXT = """\
import numpy as np
from scipy.spatial.distance import pdist, squareform
{preamble}
# patterns: (n_stimuli, n_units) of model area {area}, for instance model.record(images)["{area}"]{only}
# brain_rdms: one (n_stimuli, n_stimuli) array per subject ({brain}), stimuli in the same order
{distance}
pairs = np.triu_indices(len(model_rdm), 1)
x = model_rdm[pairs]
scores = []
for brain_rdm in brain_rdms:
    y = brain_rdm[pairs]
    scores.append({method})
print(np.mean(scores), np.std(scores, ddof=1) / np.sqrt(len(scores)))
"""

GIVEN = """\
import hcnn_widgets as hw

# rdm_a: {name}; rdm_b: {brain}; each an hw.mapping.Rdm, or a (n_stimuli, n_stimuli) array in the same order{only}
print(hw.mapping.compare(rdm_a, rdm_b, method="{method}"))
"""
GIVEN_SUBJECTS = """\
import numpy as np
import hcnn_widgets as hw

# rdm_a: {name}; rdms_b: {brain}, one per subject; each an hw.mapping.Rdm, or a (n_stimuli, n_stimuli) array{only}
scores = [hw.mapping.compare(rdm_a, rdm_b, method="{method}") for rdm_b in rdms_b]
print(np.mean(scores), np.std(scores, ddof=1) / np.sqrt(len(scores)))
"""
ONLY = "\n# each for the images of {only!r} alone: {what}"


def given_code(choices: RdmChoices, name: str, brain: str, n_subjects: int) -> str:
    """Return the code that scores an RDM that was passed to the panel as it is.

    Parameters
    ----------
    choices : RdmChoices
    name, brain : str
        Names of the RDM and of the brain area that it is compared with.
    n_subjects : int
        Number of subjects of the brain area.
    """
    only = ONLY.format(only=choices.only, what=".select(stimulus_ids)") if choices.only else ""
    text = GIVEN if n_subjects == 1 else GIVEN_SUBJECTS
    return text.format(name=name, brain=brain, method=choices.method, only=only)


def rdm_code(choices: RdmChoices, brain: str) -> str:
    """Return the code, in NumPy and SciPy, that scores the model area shown.

    Parameters
    ----------
    choices : RdmChoices
    brain : str
        Name of the brain area.
    """
    method, distance = COMPARISONS[choices.method], DISTANCES[choices.distance]
    return TEXT.format(
        area=choices.area or "IT",
        only=ONLY.format(only=choices.only, what="rows of patterns and RDMs") if choices.only else "",
        brain=brain or "the brain area",
        preamble=("" if method.code and distance.code else "import hcnn_widgets as hw\n") + method.preamble,
        distance=distance.code or f'model_rdm = hw.mapping.rdm(patterns, "{choices.distance}").matrix',
        method=method.code or f'hw.mapping.compare(x, y, "{choices.method}")',
    )
