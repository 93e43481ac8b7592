import hashlib
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy.stats import pearsonr

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.recordings.cowley2023 import cowley2023_v4
from hcnn_widgets.mapping.recordings.public_data import PublicDataSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

MODULE = import_module("hcnn_widgets.mapping.recordings.cowley2023")
REFERENCE = {"splits": "kfold", "pooling": "pooled", "scaling": "z-score"}


@pytest.fixture(scope="module")
def v4(data_folder) -> RecordingSet:
    return cowley2023_v4(folder=data_folder)


def test_the_recordings_are_those_of_the_repository(v4, data_folder) -> None:
    assert (v4.area, v4.n_trials, len(v4), v4.n_sites) == ("V4", 10, 640, 50)
    assert (v4.trials_per_stimulus().min(), v4.trials_per_stimulus().max()) == (6, 10)
    averaged = np.load(data_folder / "cowley2023_v4/data_V4_responses/responses_repeat_averaged/responses_210325.npy")
    np.testing.assert_allclose(v4.mean_over_trials().T, averaged, rtol=1e-12)
    assert "Cowley" in v4.source
    assert not v4.simulated


def test_the_labels_are_eight_blocks_of_eighty_and_said_to_be_inferred(v4) -> None:
    assert v4.labels_inferred
    assert v4.labels[::80].tolist() == ["bear", "elephant", "face", "car", "dog", "apple", "chair", "plane"]
    assert (v4.labels.reshape(8, 80) == v4.labels[::80, np.newaxis]).all()
    assert v4.stimuli.images.shape == (640, 112, 112, 1)
    assert v4.stimuli.stimulus_ids.tolist() == sorted(v4.stimulus_ids)


@pytest.mark.parametrize(("method", "published"), [("ridgecv", 0.2643), ("pls", 0.2079)])
def test_the_grey_pixels_predict_v4_as_the_reference_says(v4, method, published) -> None:
    alphas = {"alphas": "brain-score"} if method == "ridgecv" else {}
    score = predictivity(pixels(v4.stimuli), v4, method, **REFERENCE, **alphas)["pixels"]
    assert score.value == pytest.approx(published, abs=1e-3)


def test_shuffled_images_predict_nothing(v4) -> None:
    grey = pixels(v4.stimuli)
    order = np.random.default_rng(0).permutation(640)
    shuffled = ActivationSet({"pixels": grey["pixels"][order]}, grey.stimulus_ids)
    assert predictivity(shuffled, v4, "pls", **REFERENCE)["pixels"].value == pytest.approx(0.004, abs=1e-3)


def test_the_halves_of_the_trials_agree_as_the_reference_says(v4) -> None:
    limit = ceiling(v4, "in order")
    r = limit.per_site / (2 - limit.per_site)
    assert np.median(r) == pytest.approx(0.600, abs=1e-3)
    assert limit.value == pytest.approx(0.750, abs=1e-3)


def test_the_halves_in_order_are_those_of_a_loop_over_images(v4) -> None:
    first, second = np.empty((2, 640, 50))
    for image in range(640):
        trials = [trial for trial in v4.responses[:, image] if not np.isnan(trial).any()]
        half = len(trials) // 2
        first[image], second[image] = np.mean(trials[:half], axis=0), np.mean(trials[half : 2 * half], axis=0)
    r = np.array([pearsonr(a, b)[0] for a, b in zip(first.T, second.T, strict=True)])
    np.testing.assert_allclose(ceiling(v4, "in order").per_site, 2 * r / (1 + r), rtol=1e-9)


def test_a_session_that_is_not_at_hand_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`session='190923'` is not at hand. Accepted are '210325'"):
        cowley2023_v4("190923")


# --- without the recordings ---------------------------------------------------------------------------------------
def published(folder: Path, monkeypatch, colour: bool, counts: np.ndarray | None = None) -> None:
    """Write a small data set of the same layout, and let its checksums be the published ones."""
    images, responses = folder / "data_V4_responses/images", folder / "data_V4_responses/responses_raw"
    images.mkdir(parents=True)
    responses.mkdir()
    with zipfile.ZipFile(images / "images_210325.zip", "w") as archive:
        for number in range(16):
            file = BytesIO()
            Image.new("RGB", (4, 4), (number, number, 99 if colour else number)).save(file, "jpeg", quality=100)
            archive.writestr(f"set/image{number:03d}.jpg", file.getvalue())
    if counts is None:
        counts = np.arange(3 * 16 * 2, dtype=float).reshape(3, 16, 2)
        counts[:, 4, 1] = np.nan
    np.save(responses / "responses_210325.npy", counts)
    files = [path for path in folder.rglob("*") if path.is_file()]
    sums = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    monkeypatch.setattr(MODULE, "DATA", PublicDataSet("cowley2023_v4", "http://127.0.0.1:9", sums))


@pytest.mark.parametrize(("colour", "n_channels"), [(False, 1), (True, 3)])
def test_responses_are_turned_and_images_keep_what_they_hold(tmp_path, monkeypatch, colour, n_channels) -> None:
    published(tmp_path, monkeypatch, colour)
    recordings = cowley2023_v4(folder=tmp_path)
    assert repr(recordings) == "RecordingSet(V4: 2 trials x 16 stimuli x 3 sites)"
    assert recordings.responses[1, 5].tolist() == [11, 43, 75]
    assert recordings.trials_per_stimulus().tolist() == [2] * 4 + [1] + [2] * 11
    assert recordings.stimuli.images.shape == (16, 4, 4, n_channels)
    assert recordings.stimulus_ids[3] == "210325-image003"
    assert recordings.labels[:4].tolist() == ["bear", "bear", "elephant", "elephant"]
    assert recordings.site_ids.tolist() == ["210325-00", "210325-01", "210325-02"]


@given(st.integers(1, 4), st.integers(1, 5), st.integers(0, 1000))
@settings(max_examples=10, deadline=None)
def test_every_count_comes_to_its_trial_image_and_neuron_and_missing_trials_stay_missing(
    tmp_path_factory, n_sites, n_trials, seed
) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(5, size=(n_sites, 16, n_trials)).astype(float)
    missing = rng.random((16, n_trials)) < 0.3
    missing[:, 0] = False
    counts[:, missing] = np.nan
    folder = tmp_path_factory.mktemp("cowley")
    with pytest.MonkeyPatch.context() as patch:
        published(folder, patch, colour=False, counts=counts)
        recordings = cowley2023_v4(folder=folder)
    for site, image, trial in np.ndindex(counts.shape):
        assert recordings.responses[trial, image, site] == pytest.approx(counts[site, image, trial], nan_ok=True)
    assert recordings.trials_per_stimulus().tolist() == [n_trials - sum(row) for row in missing.tolist()]


def test_a_pickle_in_place_of_the_responses_is_not_opened(tmp_path, monkeypatch) -> None:
    published(tmp_path, monkeypatch, colour=False)
    path = tmp_path / "data_V4_responses/responses_raw/responses_210325.npy"
    np.save(path, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    sums = dict(MODULE.DATA.sha256)
    sums["data_V4_responses/responses_raw/responses_210325.npy"] = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(MODULE, "DATA", PublicDataSet("cowley2023_v4", "http://127.0.0.1:9", sums))
    with pytest.raises(ValueError, match=r"allow_pickle=False"):
        cowley2023_v4(folder=tmp_path)
