"""What a reader must know of one score stands under every table that shows it, with what it is true of."""

import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.tables.area_scores import area_scores
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.prediction.tables.over_time import predictivity_over_time
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings

RNG = np.random.default_rng(0)
N = 40
IDS = [f"image{row:02d}" for row in range(N)]
X = RNG.normal(size=(N, 12))
TINY = X * 1e-12
RESPONSES = X @ RNG.normal(size=(12, 5)) + RNG.normal(size=(4, N, 5))
V4, IT = RecordingSet(RESPONSES, IDS, "V4"), RecordingSet(RESPONSES[:, :30], IDS[:30], "IT")
BINS = TimeResolvedRecordings(np.stack([RESPONSES, RESPONSES]), [(0, 50), (50, 100)], IDS, "V4")


def model(*areas: str) -> ActivationSet:
    return ActivationSet({area: TINY if area == "tiny" else X for area in areas}, IDS)


def about_ridge(notes: tuple[str, ...]) -> list[str]:
    """Give the notes that ridge's penalty is in, without the sums of squares."""
    return [note.partition("drowns")[0] for note in notes if "ridge's penalty" in note]


ORDERS = pytest.mark.parametrize("areas", [("good", "tiny"), ("tiny", "good"), ("good", "tiny", "best")])
SAID = "model area tiny: ridge's penalty of 1 "


@ORDERS
def test_a_score_of_a_model_area_that_is_too_small_names_it_and_the_others_say_nothing(areas) -> None:
    found = predictivity(model(*areas), V4, "ridge", "kfold")
    assert {area: about_ridge(score.notes) for area, score in found.items()} == {
        area: [SAID] if area == "tiny" else [] for area in areas
    }


@ORDERS
def test_the_table_after_training_names_it_wherever_it_stands(areas) -> None:
    assert about_ridge(area_scores(model(*areas), V4, method="ridge").notes) == [SAID]
    two = area_scores(model(*areas), [V4, IT], method="ridge")
    assert about_ridge(two.notes) == [f"V4: {SAID}", f"IT: {SAID}"], "the sum over fewer images is another one"
    assert about_ridge(area_scores(model("good"), V4, method="ridge").notes) == []


def test_what_is_true_of_the_untrained_network_or_the_pixels_alone_is_not_said_of_the_trained_one() -> None:
    trained, untrained = (ActivationSet({"top": x}, IDS) for x in (X, TINY))
    notes = area_scores(trained, V4, untrained=untrained, method="ridge").notes
    assert about_ridge(notes) == ["untrained network, model area top: ridge's penalty of 1 "]
    assert about_ridge(area_scores(untrained, V4, untrained=untrained, method="ridge").notes) == [
        "model area top: ridge's penalty of 1 "
    ]
    grey = ActivationSet({"pixels": TINY}, IDS)
    notes = area_scores(trained, V4, stimuli=grey, method="ridge").notes
    assert about_ridge(notes) == ["model area pixels: ridge's penalty of 1 "]


@ORDERS
def test_a_match_names_it_with_the_half_wherever_it_stands(areas) -> None:
    match = layer_area_match(model(*areas), [V4, IT], method="ridge")
    said = about_ridge(match.notes)
    assert {note.split(":")[0].split(",")[0] for note in said} == {"V4", "IT"}
    assert all(note.endswith(SAID) for note in said)
    assert about_ridge(layer_area_match(model("good"), V4, method="ridge").notes) == []


@ORDERS
def test_scores_over_time_name_it_wherever_it_stands(areas) -> None:
    found = predictivity_over_time(model(*areas), BINS, "ridge", "kfold")
    assert about_ridge(found.notes) == [SAID]
    assert about_ridge(predictivity_over_time(model("good"), BINS, "ridge", "kfold").notes) == []
