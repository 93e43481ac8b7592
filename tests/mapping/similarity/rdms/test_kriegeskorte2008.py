import hashlib
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import loadmat, savemat
from scipy.spatial.distance import squareform
from scipy.stats import pearsonr, spearmanr

from hcnn_widgets.mapping.recordings.public_data import PublicDataSet
from hcnn_widgets.mapping.similarity.rdms.kriegeskorte2008 import Kriegeskorte2008, kriegeskorte2008

MODULE = import_module("hcnn_widgets.mapping.similarity.rdms.kriegeskorte2008")
UPPER = np.triu_indices(92, 1)
MODELS = {"animacy", "monkeyIT", "EVA", "FaceBodyManmadeNatobj", "HMAX", "Silhouette", "RADON", "V1"}


@pytest.fixture(scope="module")
def data(data_folder) -> Kriegeskorte2008:
    return kriegeskorte2008(data_folder)


@pytest.fixture(scope="module")
def supplement(data_folder) -> dict:
    name = "Kriegeskorte_Neuron2008_supplementalData.mat"
    return loadmat(data_folder / "kriegeskorte2008/demos/92imageData" / name)["RDMs_mIT_hIT_fig1"]


def test_there_are_four_subjects_two_sessions_eight_models_and_92_images(data) -> None:
    assert data.subjects == ("BE", "KO", "SN", "TI")
    assert data.human_it.shape == (4, 2, 92, 92)
    assert set(data.models) == MODELS
    assert data.stimuli.images.shape == (92, 175, 175, 3)
    assert repr(data) == "Kriegeskorte2008(92 images; human IT: 4 subjects; monkey IT; 8 models)"
    assert "Kiani" in data.source


def test_every_rdm_is_symmetric_with_zeros_on_the_diagonal_and_read_only(data) -> None:
    for rdm in (*data.human_it.reshape(-1, 92, 92), data.monkey_it, *data.models.values()):
        np.testing.assert_allclose(rdm, rdm.T, atol=1e-6)
        assert np.abs(np.diag(rdm)).max() < 1e-6
        assert not rdm.flags.writeable


def test_the_sessions_average_to_the_published_human_rdm(data, supplement) -> None:
    published = supplement[0, 1]["RDM"].ravel()
    ours = data.human_it.mean(axis=(0, 1))[UPPER]
    assert np.abs(ours - published).max() < 1e-6
    np.testing.assert_allclose(data.human_it_subjects().mean(axis=0)[UPPER], ours, atol=1e-12)


def test_the_monkeys_rdm_is_the_published_one_and_the_model_of_that_name(data, supplement) -> None:
    assert np.array_equal(data.monkey_it[UPPER], supplement[0, 0]["RDM"].ravel())
    assert np.abs(data.monkey_it - data.models["monkeyIT"]).max() == 0


def test_monkey_and_human_agree_as_published(data, supplement) -> None:
    human = supplement[0, 1]["RDM"].ravel().astype(np.float64)
    assert pearsonr(data.monkey_it[UPPER], human)[0] == pytest.approx(0.4912097961460493, abs=1e-6)
    assert spearmanr(data.monkey_it[UPPER], human)[0] == pytest.approx(0.43892380943522014, abs=1e-6)


def test_every_face_is_an_animal_and_every_animal_is_natural(data) -> None:
    flags = data.stimuli.latents
    assert set(flags) == {"human", "face", "animal", "natural"}
    assert flags["animal"][flags["face"] == 1].all()
    assert flags["natural"][flags["animal"] == 1].all()
    assert flags["animal"].sum() == 48
    assert data.stimuli.degrees == 2.9


# --- without the recordings ---------------------------------------------------------------------------------------
def struct(shape: tuple[int, ...], **columns: list) -> np.ndarray:
    """Make what MATLAB calls a struct array."""
    entries = np.empty(shape, dtype=[(name, object) for name in columns])
    for name, values in columns.items():
        for place, value in zip(np.ndindex(shape), values, strict=True):
            entries[name][place] = value
    return entries


def published(folder: Path, monkeypatch, seed: int) -> np.ndarray:
    """Write files of the same layout with 5 images, let their checksums be the published ones, and give the squares."""
    vectors = np.random.default_rng(seed).random((8 + 2 + 2, 10)).astype(np.float32)
    squares = [squareform(vector) for vector in vectors]
    names = [f"hIT | {who} | session {k}" for who in ("BE", "KO", "SN", "TI") for k in (1, 2)]
    supplement = {
        "RDMs_mIT_hIT_fig1": struct((1, 2), RDM=list(vectors[8:10, np.newaxis]), name=["mIT", "hIT"]),
        "stimuli_92objs": struct(
            (1, 5),
            image=[np.full((3, 3, 3), 50 * k, np.uint8) for k in range(5)],
            category=["hand", "face", "car", "dog", "tree"],
            **{flag: [k % 2 for k in range(5)] for flag in ("human", "face", "animal", "natural")},
        ),
    }
    models = {"Models": struct((1, 2), RDM=squares[10:], name=["animacy", "monkeyIT"])}
    brain = {"RDMs": struct((1, 4, 2), RDM=squares[:8], name=names)}
    sums = {}
    for path, content in zip(MODULE.DATA.sha256, (brain, models, supplement), strict=True):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        savemat(folder / path, content)
        sums[path] = hashlib.sha256((folder / path).read_bytes()).hexdigest()
    monkeypatch.setattr(MODULE, "DATA", PublicDataSet("kriegeskorte2008", "http://127.0.0.1:9", sums))
    return np.array(squares)


@pytest.fixture
def small(tmp_path, monkeypatch) -> tuple[Path, np.ndarray]:
    return tmp_path, published(tmp_path, monkeypatch, seed=0)


@given(st.integers(0, 1000))
@settings(max_examples=8, deadline=None)
def test_any_dissimilarities_come_back_each_under_its_pair_of_images(tmp_path_factory, seed) -> None:
    folder = tmp_path_factory.mktemp("kriegeskorte")
    with pytest.MonkeyPatch.context() as patch:
        squares = published(folder, patch, seed)
        data = kriegeskorte2008(folder)
    subjects = (squares[0:8:2] + squares[1:8:2]) / 2
    assert list(data.model_rdms) == ["animacy", "monkeyIT"]
    rdms = [*data.human_it_rdms, data.monkey_it_rdm, *data.model_rdms.values()]
    for one, square in zip(rdms, [*subjects, squares[8], *squares[10:]], strict=True):
        np.testing.assert_allclose(one.matrix, square, rtol=1e-6)
        turned = one.select(one.stimulus_ids[::-1])
        np.testing.assert_allclose(turned.matrix, square[::-1, ::-1], rtol=1e-6)


def test_files_of_the_same_layout_are_read_in_the_order_of_subjects_and_sessions(small) -> None:
    folder, squares = small
    data = kriegeskorte2008(folder)
    assert repr(data) == "Kriegeskorte2008(5 images; human IT: 4 subjects; monkey IT; 2 models)"
    assert data.subjects == ("BE", "KO", "SN", "TI")
    np.testing.assert_array_equal(data.human_it.reshape(8, 5, 5), squares[:8])
    np.testing.assert_allclose(data.human_it_subjects()[2], (squares[4] + squares[5]) / 2)
    np.testing.assert_array_equal(data.monkey_it, squares[8])
    np.testing.assert_array_equal(data.models["monkeyIT"], squares[11])
    assert data.stimuli.labels.tolist() == ["hand", "face", "car", "dog", "tree"]
    assert data.stimuli.latents["animal"].tolist() == [0, 1, 0, 1, 0]
    np.testing.assert_allclose(data.stimuli.images[3], 150 / 255)
    with pytest.raises(TypeError):
        data.models["new"] = squares[0]


def test_every_rdm_is_also_a_record_with_the_images_ids(small) -> None:
    data = kriegeskorte2008(small[0])
    rdms = [*data.human_it_rdms, data.monkey_it_rdm, *data.model_rdms.values()]
    squares = [*data.human_it_subjects(), data.monkey_it, *data.models.values()]
    assert [one.name for one in rdms] == [
        *(f"human IT {subject}" for subject in ("BE", "KO", "SN", "TI")),
        "monkey IT",
        "animacy",
        "monkeyIT",
    ]
    for one, square in zip(rdms, squares, strict=True):
        np.testing.assert_allclose(one.matrix, square, atol=1e-6)
        np.testing.assert_array_equal(one.stimulus_ids, data.stimuli.stimulus_ids)
        assert one.source == data.source
    assert [one.distance for one in rdms] == ["correlation"] * 5 + [""] * 2
    assert {one.convention for one in rdms[:5]} == {"as supplied"}
    assert rdms[5].convention == "as supplied: ideal that tells animate from inanimate"
    assert set(MODULE.MODEL_WORDS) == MODELS
    with pytest.raises(TypeError):
        data.model_rdms["new"] = rdms[0]
