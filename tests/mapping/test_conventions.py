import pytest

from hcnn_widgets.mapping.conventions import check_names, convention
from hcnn_widgets.mapping.regression import MAPS
from hcnn_widgets.mapping.splits import SPLITS


@pytest.mark.parametrize("method", list(MAPS))
@pytest.mark.parametrize("splits", list(SPLITS))
def test_every_choice_has_its_own_sentence(method, splits) -> None:
    words = convention(method, splits, 7, "per split", "none", None)
    assert "7" in words
    assert words.endswith("Pearson r per site and fold, median over sites, mean over folds")
    others = {
        convention(m, s, 7, "per split", "none", None) for m in MAPS for s in SPLITS if (m, s) != (method, splits)
    }
    assert words not in others


def test_scaling_projection_and_pooling_are_said() -> None:
    words = convention("ridgecv", "kfold", 10, "pooled", "z-score", 1500)
    assert words.split("; ")[1:] == [
        "10-fold cross-validation",
        "units z-scored on the training stimuli",
        "random projection to 1,500 features where there are more units",
        "Pearson r per site over all held-out predictions, median over sites",
    ]


def test_known_names_pass_and_folds_that_overlap_are_not_pooled() -> None:
    check_names("pls", "brain-score", "per split", "none")
    with pytest.raises(ValueError, match=r"needs each stimulus held out exactly once. Accepted is splits='kfold'"):
        check_names("pls", "brain-score", "pooled", "none")
