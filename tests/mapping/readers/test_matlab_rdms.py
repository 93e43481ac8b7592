from pathlib import Path

import h5py
import numpy as np
import pytest
from scipy.io import savemat
from scipy.spatial.distance import squareform

from hcnn_widgets.mapping import compare, read_rdms
from hcnn_widgets.mapping.similarity.rdms.kriegeskorte2008 import kriegeskorte2008

IDS = ["cat.png", "dog.png", "car.png", "cup.png"]
VECTORS = np.random.default_rng(0).random((3, 6))
SQUARES = np.array([squareform(vector) for vector in VECTORS])


def save73(path: Path, **variables: np.ndarray) -> None:
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, array in variables.items():
            file.create_dataset(name, data=np.asarray(array).T).attrs["MATLAB_class"] = np.bytes_("double")
    with path.open("r+b") as raw:
        raw.write(b"MATLAB 7.3 MAT-file, Platform: PCWIN64".ljust(124) + b"\x00\x02IM")


def save5(path: Path, **variables: np.ndarray) -> None:
    savemat(path, variables, do_compression=True)


def test_meadows_upper_triangles_come_with_participants_and_stimuli(tmp_path) -> None:
    path = tmp_path / "Meadows_myExp_v_v1_arrangement_1D.mat"
    shuffled = [IDS[k] for k in (2, 0, 3, 1)]
    one = {"rdmutv_able_fox": VECTORS[:1], "stimuli_able_fox": IDS}
    save5(path, **one, rdmutv_sly_owl=VECTORS[1:2], stimuli_sly_owl=shuffled)
    fox, owl = read_rdms(path, distance="euclidean")
    assert (fox.name, owl.name, fox.distance) == ("able-fox", "sly-owl", "euclidean")
    assert fox.stimulus_ids.tolist() == IDS
    assert owl.stimulus_ids.tolist() == shuffled
    np.testing.assert_array_equal(fox.vector, VECTORS[0])
    assert compare(fox, owl) != compare(fox, owl.select(IDS).vector[::-1])


def test_meadows_single_participant_has_one_rdm(tmp_path) -> None:
    save5(tmp_path / "x.mat", rdmutv=VECTORS[:1], stimuli=IDS)
    (rdm,) = read_rdms(tmp_path / "x.mat")
    assert (rdm.name, rdm.stimulus_ids.tolist()) == ("rdmutv", IDS)


def test_meadows_without_stimuli_needs_ids(tmp_path) -> None:
    save5(tmp_path / "x.mat", rdmutv=VECTORS[:1], stimuli=np.arange(4.0))
    with pytest.raises(ValueError, match="`stimulus_ids` must be given"):
        read_rdms(tmp_path / "x.mat")
    assert read_rdms(tmp_path / "x.mat", stimulus_ids=IDS)[0].stimulus_ids.tolist() == IDS


@pytest.mark.parametrize("save", [save5, save73])
def test_algonauts_2019_gives_a_matrix_per_area_and_subject(tmp_path, save) -> None:
    meg = np.stack([SQUARES, SQUARES], axis=1)
    save(tmp_path / "target.mat", EVC_RDMs=SQUARES, IT_RDMs=SQUARES[::-1], MEG_RDMs_early=meg)
    rdms = read_rdms(tmp_path / "target.mat", stimulus_ids=IDS)
    names = [rdm.name for rdm in rdms]
    assert names[:4] == ["EVC_RDMs, subject 1", "EVC_RDMs, subject 2", "EVC_RDMs, subject 3", "IT_RDMs, subject 1"]
    assert names[6:8] == ["MEG_RDMs_early, subject 1, time 1", "MEG_RDMs_early, subject 1, time 2"]
    np.testing.assert_array_equal([rdm.vector for rdm in rdms[:6]], [*VECTORS, *VECTORS[::-1]])
    only = read_rdms(tmp_path / "target.mat", stimulus_ids=IDS, variable="IT_RDMs")
    np.testing.assert_array_equal([rdm.vector for rdm in only], VECTORS[::-1])


def test_structs_of_the_rsa_toolbox_are_read_with_their_names(tmp_path) -> None:
    structs = np.empty((1, 3), dtype=[("RDM", object), ("name", object)])
    for k, name in enumerate(["hIT | BE", "hIT | KO"]):
        structs[0, k] = (SQUARES[k], name)
    structs[0, 2] = (SQUARES[2], np.array(["two", "names"], dtype=object))
    other = {"RDM": "no matrix"}
    save5(tmp_path / "x.mat", RDMs=structs, other=other, texts=["RDM"], color=np.array([0.0, 0.0, 1.0]))
    rdms = read_rdms(tmp_path / "x.mat", stimulus_ids=IDS)
    assert [rdm.name for rdm in rdms] == ["hIT | BE", "hIT | KO", "RDMs 3"]
    np.testing.assert_array_equal([rdm.vector for rdm in rdms], VECTORS)


def test_a_file_without_rdms_lists_what_it_holds(tmp_path) -> None:
    save5(tmp_path / "x.mat", rates=np.zeros((5, 7)), names=["a"])
    words = r"`path` holds no RDM of 4 stimuli\. Accepted are.*received `variable=None` for rates \(5, 7\), names in"
    with pytest.raises(ValueError, match=words):
        read_rdms(tmp_path / "x.mat", stimulus_ids=IDS)
    with pytest.raises(ValueError, match=r"no RDM\. .*`variable='it'` for rates"):
        read_rdms(tmp_path / "x.mat", variable="it")
    save73(tmp_path / "empty.mat")
    with pytest.raises(ValueError, match="for no variable in"):
        read_rdms(tmp_path / "empty.mat")


def test_a_wanted_variable_of_other_stimuli_is_refused_for_its_ids(tmp_path) -> None:
    save5(tmp_path / "x.mat", IT=SQUARES)
    with pytest.raises(ValueError, match=r"`stimulus_ids` has the wrong length\. Accepted is \(4,\); received \(3,\)"):
        read_rdms(tmp_path / "x.mat", variable="IT", stimulus_ids=IDS[:3])


def test_the_92_images_are_read_as_their_own_loader_reads_them(data_folder) -> None:
    own = kriegeskorte2008(data_folder)
    folder = data_folder / "kriegeskorte2008" / "demos" / "92imageData"
    ids = own.stimuli.stimulus_ids.tolist()
    sessions = read_rdms(folder / "92_brainRDMs.mat", stimulus_ids=ids)
    np.testing.assert_allclose(
        np.array([rdm.matrix for rdm in sessions]).reshape(4, 2, 92, 92), own.human_it, atol=1e-6
    )
    assert sessions[2].name == "hIT | KO | Session: 1"
    models = {rdm.name: rdm for rdm in read_rdms(folder / "92_modelRDMs.mat", stimulus_ids=ids)}
    assert set(models) == set(own.models)
    monkey, human = read_rdms(folder / "Kriegeskorte_Neuron2008_supplementalData.mat", stimulus_ids=ids)
    assert compare(monkey, human, method="pearson") == pytest.approx(0.4912097961460493, abs=1e-6)
    assert compare(monkey, models["monkeyIT"], method="pearson") == pytest.approx(1, abs=1e-12)
