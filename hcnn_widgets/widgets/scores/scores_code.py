"""Code that computes the scores shown by the panels."""

from hcnn_widgets.mapping.noise.corrections import CORRECTIONS

USUAL_FOLDS = 10
"""Default number of folds of `predictivity` and related functions."""

SCORES = """\
import hcnn_widgets as hw

# activations: hw.ActivationSet({{"{area}": units, ...}}, stimulus_ids); recordings: hw.RecordingSet
scores = hw.mapping.predictivity(activations, recordings, method="{method}", splits="{splits}"{more})
score = scores["{area}"]
print(score)
print({shown})
recorded, predicted = score.responses, score.predictions  # (n_stimuli, n_sites), rows score.stimulus_ids
"""


def scores_code(area: str, method: str, splits: str, correction: str | None, n_folds: int = USUAL_FOLDS) -> str:
    """Return the code that scores activations of a model area and corrects the score for noise.

    Parameters
    ----------
    area, method, splits : str
    correction : str or None
        Name in `CORRECTIONS`; None shows r of each site.
    n_folds : int
    """
    folds = folds_argument(n_folds)
    needed = f', corrections=["{correction}"]' if correction and CORRECTIONS[correction].needs_trials else ""
    shown = f'score.corrected("{correction}")' if correction else "score.per_site"
    return SCORES.format(area=area, method=method, splits=splits, more=folds + needed, shown=shown)


def folds_argument(n_folds: int) -> str:
    """Return the argument for the number of folds; empty for the default number."""
    return "" if n_folds == USUAL_FOLDS else f", n_folds={n_folds}"
