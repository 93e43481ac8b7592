import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.prediction import area_maps, scoring
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.tables.over_time import predictivity_over_time
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

N = 48
IDS = np.array([f"{number:02d}" for number in range(N)])
LABELS = np.repeat(["cat", "dog", "car", "cup"], 12)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(N, 10))
RATES = np.array([0.0, 0.5, 2.0])[:, np.newaxis, np.newaxis, np.newaxis] * (X @ RNG.normal(size=(10, 4)))
RATES = RATES + RNG.normal(size=(3, 4, N, 4))
BINS = [(0, 50), (50, 100), (100, 150)]
MODEL = ActivationSet({"low": RNG.normal(size=(N, 10)), "top": X}, IDS)
QUICK = {"method": "ridge", "splits": "kfold", "n_folds": 4}


def recordings(rates=RATES, **fields) -> TimeResolvedRecordings:
    return TimeResolvedRecordings(rates, BINS, IDS, "IT", **fields)


def test_every_bin_is_scored_as_if_it_stood_alone() -> None:
    over_time = predictivity_over_time(MODEL, recordings(), **QUICK)
    assert over_time.model_areas == ("low", "top")
    for index in range(3):
        alone = predictivity(MODEL, recordings().at(index), **QUICK)
        for row, area in enumerate(over_time.model_areas):
            assert over_time.value[row, index] == alone[area].value
            assert over_time.error[row, index] == alone[area].error
            np.testing.assert_array_equal(over_time.per_site[row, index], alone[area].per_site)
        assert over_time.reliability[index] == alone["top"].ceiling
    assert over_time.value[1, 2] > over_time.value[1, 1] > over_time.value[1, 0]
    assert over_time.convention == alone["top"].convention


def test_the_maps_of_a_model_area_are_made_once_for_all_bins(monkeypatch) -> None:
    made = []

    class Counted(area_maps.AreaMaps):
        def __init__(self, *parts) -> None:
            made.append(parts)
            super().__init__(*parts)

    monkeypatch.setattr(scoring, "AreaMaps", Counted)
    predictivity_over_time(MODEL, recordings(), **QUICK)
    assert len(made) == 2


def test_a_silent_bin_has_no_score_and_is_told() -> None:
    rates = RATES.copy()
    rates[0], rates[1, :, :, 2] = 0.0, 1.0
    over_time = predictivity_over_time(MODEL, recordings(rates, simulated=True), **QUICK)
    assert np.isnan(over_time.value[:, 0]).all()
    assert np.isnan(over_time.reliability[0])
    assert over_time.notes == (
        "0 to 50 ms: no site varies",
        "50 to 100 ms: 1 of 4 sites are constant and were left out",
        "50 to 100 ms, 100 to 150 ms: the recordings are simulated",
    )
    with pytest.raises(ValueError, match=r"no site that varies in any bin. Accepted is one or more"):
        predictivity_over_time(MODEL, recordings(np.ones((3, 1, N, 4))), **QUICK)


def test_twins_and_groups_are_kept_together_in_every_bin() -> None:
    images = np.random.default_rng(0).random((N, 3, 3))
    images[5] = images[0]
    stimuli = StimulusSet.from_arrays(images, stimulus_ids=IDS)
    over_time = predictivity_over_time(MODEL, recordings(stimuli=stimuli), **QUICK)
    assert over_time.notes[0].startswith("2 stimuli show 1 images")
    choices = QUICK | {"splits": "grouped", "groups": dict(zip(IDS, LABELS, strict=True))}
    grouped = predictivity_over_time(MODEL, recordings(), **choices)
    labelled = predictivity_over_time(MODEL, recordings(labels=LABELS), **QUICK | {"splits": "grouped"})
    np.testing.assert_array_equal(grouped.value, labelled.value)


@given(st.permutations(range(N)), st.floats(0.1, 10), st.floats(-5, 5))
@settings(max_examples=5, deadline=None)
def test_order_and_unit_do_not_matter(order, scale, shift) -> None:
    expected = predictivity_over_time(MODEL, recordings(), **QUICK)
    changed = TimeResolvedRecordings(RATES[:, :, order] * scale + shift, BINS, IDS[order], "IT")
    np.testing.assert_allclose(predictivity_over_time(MODEL, changed, **QUICK).value, expected.value, atol=1e-6)
