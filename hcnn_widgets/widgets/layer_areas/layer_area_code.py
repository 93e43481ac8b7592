"""The lines of code that match as LayerAreaMatrix does."""

from hcnn_widgets.widgets.scores.scores_code import USUAL_FOLDS, folds_argument

MATCH = """\
import hcnn_widgets as hw

{source}
match = hw.mapping.layer_area_match(activations, recordings, method="{method}", splits="{splits}"{folds})
print(match)  # chosen on one half of the images, reported on the other
"""


def match_code(
    method: str = "ridgecv", splits: str = "kfold", n_folds: int = USUAL_FOLDS, *, recorded: bool = False
) -> str:
    """Return the lines that choose a model area for each brain area, and report its score on other images.

    Parameters
    ----------
    method, splits : str
    n_folds : int
    recorded : bool
        Whether the activations are recorded from a model first, with as many units as the live score draws. That one
        chooses its penalties by generalised cross-validation from fewer of them, so its values are near, not equal.
    """
    source = "# recordings: a list of hw.RecordingSet to the same images\n" + (
        "# the live score takes 13 penalties instead of 99, and is near this, not equal\n"
        "activations = model.record(recordings[0].stimuli, units=4096)"
        if recorded
        else '# activations: hw.ActivationSet({"V1": units, ...}, stimulus_ids)'
    )
    return MATCH.format(source=source, method=method, splits=splits, folds=folds_argument(n_folds))
