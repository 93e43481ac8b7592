"""The choices that make a score: their names, and their words in the score's convention."""

from typing import Literal

from hcnn_widgets.mapping.regression import MAP_WORDS, MAPS
from hcnn_widgets.mapping.splits import SPLIT_WORDS, SPLITS

Pooling = Literal["per split", "pooled"]
Scaling = Literal["none", "z-score"]


def convention(
    method: str, splits: str, n_folds: int, pooling: Pooling, scaling: Scaling, max_units: int | None
) -> str:
    """Say in words how the score is computed."""
    words = [MAP_WORDS[method], SPLIT_WORDS[splits].format(n=n_folds)]
    if scaling == "z-score":
        words.append("units z-scored on the training stimuli")
    if max_units is not None:
        words.append(f"random projection to {max_units:,} features where there are more units")
    words.append(
        "Pearson r per site over all held-out predictions, median over sites"
        if pooling == "pooled"
        else "Pearson r per site and fold, median over sites, mean over folds"
    )
    return "; ".join(words)


def check_names(method: str, splits: str, pooling: str, scaling: str) -> None:
    """Refuse names that stand for nothing, and pooling over folds that overlap."""
    for argument, name, accepted in (
        ("method", method, tuple(MAPS)),
        ("splits", splits, tuple(SPLITS)),
        ("pooling", pooling, ("per split", "pooled")),
        ("scaling", scaling, ("none", "z-score")),
    ):
        if name not in accepted:
            raise ValueError(f"`{argument}={name!r}` is unknown. Accepted are {', '.join(map(repr, accepted))}.")
    if pooling == "pooled" and splits != "kfold":
        raise ValueError(
            "`pooling='pooled'` needs each stimulus held out exactly once. Accepted is splits='kfold'; received "
            f"splits={splits!r}, which holds some out several times and others never."
        )
