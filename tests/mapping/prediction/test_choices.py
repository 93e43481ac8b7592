import numpy as np
import pytest

from hcnn_widgets.mapping.maps.penalties import penalties_of
from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.mapping.prediction.choices import DIRECTION_WORDS, Choices


@pytest.mark.parametrize("direction", list(DIRECTION_WORDS))
@pytest.mark.parametrize("method", list(MAPS))
@pytest.mark.parametrize("splits", list(SPLITS))
def test_every_choice_has_its_own_sentence(method, splits, direction) -> None:
    words = Choices(method, splits, direction=direction).convention(7)
    assert "7" in words
    assert words.endswith(", mean over folds")
    others = {
        Choices(m, s, direction=d).convention(7)
        for m in MAPS
        for s in SPLITS
        for d in DIRECTION_WORDS
        if (m, s, d) != (method, splits, direction)
    }
    assert words not in others


def test_scaling_projection_precision_and_pooling_are_said() -> None:
    choices = Choices("ridgecv", "kfold", pooling="pooled", scaling="z-score", max_units=1500, precision="float32")
    assert choices.convention(10).split("; ")[1:] == [
        "10-fold cross-validation",
        "units z-scored on the training stimuli",
        "random projection to 1,500 features where there are more units",
        "products in float32",
        "Pearson r per site over all held-out predictions, median over sites",
    ]


def test_the_reverse_direction_speaks_of_units_where_the_other_speaks_of_sites() -> None:
    choices = Choices("ridge", "kfold", pooling="pooled", scaling="z-score", max_units=1500, direction="reverse")
    assert choices.convention(10).split("; ") == [
        "reverse: units predicted from sites (Muzellec & Kar 2025)",
        "ridge (alpha 1)",
        "10-fold cross-validation",
        "sites z-scored on the training stimuli",
        "1,500 units drawn at random where there are more",
        "Pearson r per unit over all held-out predictions, median over units",
    ]


def test_the_penalties_are_said_where_the_map_chooses_and_refused_where_it_does_not() -> None:
    for alphas in ("relative", "brain-score", np.array([1.0, 10.0])):
        words = Choices(alphas=alphas).convention(10)
        assert words.startswith(f"{MAPS['ridgecv'].words}, from {penalties_of(alphas).words}; ")
    assert "alphas" not in Choices("pls").convention(10)
    with pytest.raises(
        ValueError, match=r"`alphas` are of no use to method='pls'. Accepted are methods 'ridgecv', .* B"
    ):
        Choices("pls", alphas="brain-score")


@pytest.mark.parametrize("splits", list(SPLITS))
def test_folds_that_overlap_are_not_pooled(splits) -> None:
    if SPLITS[splits].each_once:
        assert Choices(splits=splits, pooling="pooled").splits == splits
    else:
        with pytest.raises(
            ValueError, match=r"held out exactly once. Accepted are splits 'kfold', .* received splits="
        ):
            Choices(splits=splits, pooling="pooled")
