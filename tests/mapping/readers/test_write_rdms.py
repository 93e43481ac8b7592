import tempfile
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping import Rdm, read_rdms, write_rdms

IDS = ["cat", "dog", "car"]
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)


@st.composite
def several(draw) -> list[Rdm]:
    n = draw(st.integers(3, 6))
    ids = draw(st.lists(texts.filter(bool), min_size=n, max_size=n, unique=True))
    distance = draw(texts)
    number = st.floats(allow_nan=False, allow_infinity=False)
    vectors = draw(
        st.lists(st.lists(number, min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2), min_size=1, max_size=3)
    )
    said = [{name: draw(texts) for name in ("name", "convention", "source")} for _ in vectors]
    return [Rdm(v, ids, distance, simulated=draw(st.booleans()), **s) for v, s in zip(vectors, said, strict=True)]


@settings(max_examples=40, deadline=None)
@given(rdms=several())
def test_whatever_is_written_comes_back(rdms) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_rdms(f"{folder}/x.h5", rdms)
        back = read_rdms(f"{folder}/x.h5")
        assert [path.name for path in Path(folder).iterdir()] == ["x.h5"]
    assert len(back) == len(rdms)
    for one, other in zip(back, rdms, strict=True):
        np.testing.assert_array_equal(one.vector, other.vector)
        assert one.stimulus_ids.tolist() == other.stimulus_ids.tolist()
        for field in ("name", "distance", "convention", "source", "simulated"):
            assert getattr(one, field) == getattr(other, field)


def test_the_layout_is_rsatoolbox_s(tmp_path) -> None:
    write_rdms(
        tmp_path / "x.h5", [Rdm([1, 2, 3], IDS, "correlation", "IT"), Rdm([4, 5, 6], IDS, "correlation", "Käfer")]
    )
    own = Path(__file__).parent / "rsatoolbox" / "rdms.h5"
    with h5py.File(tmp_path / "x.h5") as file, h5py.File(own) as theirs:
        assert set(file) == set(theirs)
        assert file.attrs["dissimilarity_measure"] == theirs.attrs["dissimilarity_measure"] == "correlation"
        assert file["dissimilarities"].shape == (2, 3)
        assert (
            file["pattern_descriptors/stimulus_id"].dtype.kind == theirs["pattern_descriptors/conds"].dtype.kind == "S"
        )
        assert file["rdm_descriptors"].attrs["name"].tolist() == ["IT", "Käfer"]


def test_stimuli_in_another_order_are_joined_by_id(tmp_path) -> None:
    first, second = Rdm([1, 2, 3], IDS), Rdm([3, 2, 1], IDS[::-1])
    write_rdms(tmp_path / "x.h5", [first, second])
    one, other = read_rdms(tmp_path / "x.h5")
    assert one.vector.tolist() == other.vector.tolist() == [1, 2, 3]
    assert other.stimulus_ids.tolist() == IDS


@pytest.mark.no_cover
def test_more_names_than_fit_into_a_common_attribute_come_back(tmp_path) -> None:
    names = [f"ü{k}" for k in range(5000)]
    write_rdms(tmp_path / "x.h5", [Rdm([1, 2, 3], IDS, name=name) for name in names])
    assert [rdm.name for rdm in read_rdms(tmp_path / "x.h5")] == names


def test_a_file_is_replaced_only_where_that_is_wanted(tmp_path) -> None:
    write_rdms(tmp_path / "x.h5", Rdm([1, 2, 3], IDS))
    with pytest.raises(
        FileExistsError, match=r"`path` is there already\. Accepted is a new file, or overwrite=True; rec"
    ):
        write_rdms(tmp_path / "x.h5", Rdm([4, 5, 6], IDS))
    assert read_rdms(tmp_path / "x.h5")[0].vector[0] == 1
    write_rdms(tmp_path / "x.h5", Rdm([4, 5, 6], IDS), overwrite=True)
    assert read_rdms(tmp_path / "x.h5")[0].vector[0] == 4
    with pytest.raises(
        FileNotFoundError, match=r"`path` lies in no folder\. Accepted is one that is there; received .*no"
    ):
        write_rdms(tmp_path / "no" / "x.h5", Rdm([4, 5, 6], IDS))


def test_a_file_half_written_is_not_left_behind(tmp_path, monkeypatch) -> None:
    write_rdms(tmp_path / "x.h5", Rdm([1, 2, 3], IDS))
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_rdms(tmp_path / "x.h5", Rdm([4, 5, 6], IDS), overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["x.h5"]
    assert read_rdms(tmp_path / "x.h5")[0].vector[0] == 1


@pytest.mark.parametrize(
    ("rdms", "error", "words"),
    [
        ([], TypeError, r"`rdms` must be RDMs\. Accepted is an Rdm or a sequence of one or more; received none"),
        ([np.eye(3)], TypeError, r"received \['ndarray'\]\. A square matrix becomes one by Rdm\.from_matrix"),
        (
            [Rdm([1, 2, 3], IDS, "a"), Rdm([1, 2, 3], IDS, "b")],
            ValueError,
            r"several distances.*received 'a', 'b'\. Write",
        ),
        (
            [Rdm([1, 2, 3], IDS), Rdm([1, 2, 3], ["cat", "dog", "cup"])],
            ValueError,
            r"different stimuli.*car, cup are not",
        ),
        ([Rdm([1, 2, 3], ["a\0b", "c", "d"])], ValueError, r"`stimulus_ids` has text that HDF5 cannot hold.*'a\\x00b'"),
        (
            [Rdm([1, 2, 3], IDS, name="\ud800")],
            ValueError,
            r"`name` has text that HDF5 cannot hold\. Accepted is any Uni",
        ),
    ],
)
def test_what_does_not_fit_into_one_file_is_refused(tmp_path, rdms, error, words) -> None:
    with pytest.raises(error, match=words):
        write_rdms(tmp_path / "x.h5", rdms)
    assert not list(tmp_path.iterdir())
