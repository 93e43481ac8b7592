"""The lines of NumPy and SciPy that give what RdmExplorer shows."""

from .rdm_choices import RdmChoices

DISTANCE_LINES = {
    "correlation": "model_rdm = 1 - np.corrcoef(patterns)",
    "euclidean": 'model_rdm = squareform(pdist(patterns, "sqeuclidean")) / patterns.shape[1]',
    "cosine": 'model_rdm = squareform(pdist(patterns, "cosine"))',
}
KENDALL = "from scipy.stats import kendalltau\n"
METHOD_LINES = {
    "tau_a": ("", "concordant(x, y) / (len(x) * (len(x) - 1) / 2)"),
    "tau_b": (KENDALL, "kendalltau(x, y).statistic"),
    "rho_a": (
        "from scipy.stats import rankdata\n",
        "12 * np.cov(rankdata(x), rankdata(y), ddof=0)[0, 1] * len(x) / (len(x) ** 3 - len(x))",
    ),
    "spearman": ("from scipy.stats import spearmanr\n", "spearmanr(x, y).statistic"),
    "pearson": ("", "np.corrcoef(x, y)[0, 1]"),
    "cosine": ("", "x @ y / np.sqrt((x @ x) * (y @ y))"),
}
CONCORDANT = """

def concordant(x, y):  # concordant pairs of pairs minus discordant ones; ties count nothing
    return sum(np.sum(np.sign(x[i] - x[i + 1 :]) * np.sign(y[i] - y[i + 1 :])) for i in range(len(x)))

"""
TEXT = """\
import numpy as np
from scipy.spatial.distance import pdist, squareform
{imports}{defined}
# patterns: (n_stimuli, n_units) of model area {area}, for instance model.record(images)["{area}"]
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


def rdm_code(choices: RdmChoices, brain: str) -> str:
    """Give the lines that score the model area that is shown.

    Parameters
    ----------
    choices : RdmChoices
    brain : str
        Whose RDMs.
    """
    whitened = "import hcnn_widgets as hw\n", f'hw.mapping.compare(x, y, "{choices.method}")'
    imports, method = METHOD_LINES.get(choices.method, whitened)
    return TEXT.format(
        area=choices.area or "IT",
        brain=brain or "the brain area",
        distance=DISTANCE_LINES.get(choices.distance, "# model_rdm: (n_stimuli, n_stimuli), as given"),
        imports=imports,
        method=method,
        defined=CONCORDANT if choices.method == "tau_a" else "",
    )
