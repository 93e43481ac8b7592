"""RdmExplorer beside recordings: arrays are joined by id, and ceiling and categories are the recordings'."""

from dataclasses import replace

import numpy as np
import pytest
from stand_in_rdms import IDS, LABELS, settle

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.rdms.rdm_explorer import RdmExplorer
from hcnn_widgets.widgets.rdms.rdm_numbers import read_rdms


def test_arrays_beside_recordings_are_joined_by_the_ids_that_a_person_gives_and_refused_without(page, ticker):
    rng = np.random.default_rng(0)
    patterns = rng.random((5, 6))
    recordings = RecordingSet(rng.random((2, 5, 4)), IDS, "V4")
    order = [4, 2, 0, 1, 3]
    with pytest.raises(ValueError, match="`stimulus_ids` are needed beside a mapping of arrays"):
        RdmExplorer({"conv1": patterns[order]}, recordings, ticker=ticker)
    named = {"stimulus_ids": [IDS[row] for row in order]}
    explorer = RdmExplorer({"conv1": patterns[order]}, recordings, ticker=ticker, **named)
    explorer.panel._track.rdms.join(20)
    settle(explorer)
    expected = compare(rdm(patterns, stimulus_ids=IDS), rdm(recordings))
    assert read_rdms(explorer.panel.header, explorer.panel.values).value == pytest.approx(expected)
    explorer.follow({"conv1": patterns}, recordings, stimulus_ids=IDS)
    explorer.panel._track.rdms.join(20)
    settle(explorer)
    assert read_rdms(explorer.panel.header, explorer.panel.values).value == pytest.approx(expected)


def test_recordings_have_a_ceiling_of_halves_of_their_trials_also_of_a_category_alone(page, ticker):
    rng = np.random.default_rng(0)
    ids = [f"image {row}" for row in range(12)]
    images = StimulusSet(np.zeros((12, 4, 4, 1), np.float32), ids, labels=["face", "car", "face"] * 4)
    recordings = RecordingSet(rng.random((12, 5)) + 0.3 * rng.random((6, 12, 5)), ids, "V4", stimuli=images)
    activations = ActivationSet({"conv1": rng.random((12, 6))}, ids)
    explorer = RdmExplorer(activations, recordings, ticker=ticker)
    explorer.panel._track.rdms.join(20)

    def ends():
        settle(explorer)
        numbers = read_rdms(explorer.panel.header, explorer.panel.values)
        return [numbers.lower[0], numbers.upper[0]], explorer.panel.header["brains"][0]["no_ceiling"]

    whole, faces = (rdm_ceiling(one) for one in (recordings, recordings.select(ids[0::3] + ids[2::3])))
    assert ends() == (pytest.approx([whole.lower, whole.upper]), "")
    assert "random halves of each stimulus's trials" in explorer.panel.header["convention"]
    explorer._only.value = "face"
    assert ends() == (pytest.approx([faces.lower, faces.upper]), "")
    assert faces.lower != pytest.approx(whole.lower)
    explorer._distance.value = "euclidean"
    assert ends() == (pytest.approx([np.nan, np.nan], nan_ok=True), "noise lifts this distance")


def test_labels_of_recordings_without_images_order_and_part_them_and_without_any_nothing_is_said_by_category(
    page, ticker
):
    recordings = RecordingSet(np.random.default_rng(0).random((2, 5, 4)), IDS, "V4", labels=LABELS)
    activations = ActivationSet({"conv1": np.random.default_rng(1).random((5, 6))}, IDS)
    explorer = RdmExplorer(activations, recordings, ticker=ticker)
    explorer.panel._track.rdms.join(20)
    settle(explorer)
    assert explorer._order.value == "by category"
    assert [value for _, value in explorer._only.options] == ["", "face", "car"]
    assert [group["name"] for group in explorer.panel.header["groups"]] == ["face", "car", "tree"]
    explorer._only.value = "car"
    settle(explorer)
    assert explorer.panel.header["rows"] == [1, 3]
    explorer.follow(activations, replace(recordings, labels=None))
    explorer.panel._track.rdms.join(20)
    settle(explorer)
    assert explorer._order.options == ("as given", "by likeness in the brain", "by likeness in the model")
    assert (explorer.panel.header["order"], explorer.panel.header["rows"]) == ("as given", [0, 1, 2, 3, 4])
    assert explorer._only.options == (("all images", ""),)
    explorer.follow(activations, recordings)
    assert (explorer._order.value, explorer.panel.choices.order) == ("by category", "by category")
