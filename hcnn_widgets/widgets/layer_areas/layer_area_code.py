"""Code that computes the match shown by LayerAreaMatrix."""

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
    """Return the code that chooses a model area for each brain area and reports its score on other images.

    Parameters
    ----------
    method, splits : str
        Names in `hw.mapping.MAPS` and `hw.mapping.SPLITS`.
    n_folds : int
    recorded : bool
        Whether the code first records the activations from a model, with as many units as the live score draws. The
        live score chooses its penalties by generalised cross-validation from a shorter list, so its values are near
        those of the code, not equal to them.
    """
    source = "# recordings: a list of hw.RecordingSet to the same images\n" + (
        "# the live score takes 13 of the 101 penalties, and is near this, not equal\n"
        "activations = model.record(recordings[0].stimuli, units=4096)"
        if recorded
        else '# activations: hw.ActivationSet({"V1": units, ...}, stimulus_ids)'
    )
    return MATCH.format(source=source, method=method, splits=splits, folds=folds_argument(n_folds))
