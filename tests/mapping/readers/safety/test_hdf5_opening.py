from importlib import import_module
from pathlib import Path

import h5py
import numpy as np
import pytest

from hcnn_widgets.mapping import read_rdms, read_recordings
from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5, refuse_foreign_data
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

ELSEWHERE = r"`path` leads elsewhere: {}.*Accepted is a file that holds all of its data itself; received .*x\.h5\. Such"


@pytest.fixture
def make(tmp_path):
    """Give a maker of an HDF5 file beside one with a secret."""
    with h5py.File(tmp_path / "secret.h5", "w") as secret:
        secret["dissimilarities"] = np.ones((1, 3))
    (tmp_path / "secret.bin").write_bytes(np.ones(3).tobytes())

    def write(fill) -> Path:
        with h5py.File(tmp_path / "x.h5", "w") as file:
            fill(file, tmp_path)
        return tmp_path / "x.h5"

    return write


def external_link(file, folder) -> None:
    file["a/b/dissimilarities"] = h5py.ExternalLink(str(folder / "secret.h5"), "/dissimilarities")


def external_storage(file, folder) -> None:
    file.create_dataset("dissimilarities", (1, 3), "f8", external=[(str(folder / "secret.bin"), 0, 24)])


def virtual(file, folder) -> None:
    layout = h5py.VirtualLayout((1, 3), "f8")
    layout[:] = h5py.VirtualSource(str(folder / "secret.h5"), "dissimilarities", (1, 3))
    file.create_virtual_dataset("dissimilarities", layout)


@pytest.mark.parametrize(
    ("fill", "words"),
    [
        (external_link, "/a/b/dissimilarities is an external link"),
        (external_storage, r"/dissimilarities keeps its data in the file .*secret\.bin"),
        (virtual, r"/dissimilarities is a virtual data set made of .*secret\.h5"),
    ],
)
@pytest.mark.parametrize("read", [read_rdms, read_recordings])
def test_a_file_that_reads_another_is_refused(make, fill, words, read) -> None:
    with pytest.raises(ValueError, match=ELSEWHERE.format(words)):
        read(make(fill))


def test_a_soft_link_in_a_circle_is_refused(make) -> None:
    def circle(file, _) -> None:
        file["one"] = h5py.SoftLink("/other")
        file["other"] = h5py.SoftLink("/one")

    words = r"`path` has a soft link that leads in a circle: /o.*\. Accepted are links that end at data; received"
    with pytest.raises(ValueError, match=words):
        read_rdms(make(circle))


def test_links_that_stay_inside_are_followed_once(make) -> None:
    def inside(file, _) -> None:
        file["data"] = [1.0, 2.0]
        file["again"] = file["data"]
        file["group/up"] = file["/"]
        file["soft"] = h5py.SoftLink("/data")
        file["nowhere"] = h5py.SoftLink("/not/there")
        file["type"] = np.dtype("f4")
        file["empty"] = h5py.Empty("f4")

    with open_hdf5(Budget(make(inside))) as file:
        assert file["soft"][1] == file["group/up/again"][1] == 2


def test_references_inside_are_followed_wherever_they_stand(make) -> None:
    def refer(file, _) -> None:
        file["data"] = np.arange(4.0)
        here, part = file["data"].ref, file["data"].regionref[1:3]
        file.create_dataset("references", data=[here, here], dtype=h5py.ref_dtype)
        file.create_dataset("nowhere", (2,), dtype=h5py.ref_dtype)
        compound = np.dtype([("count", "i4"), ("what", h5py.ref_dtype)])
        file.create_dataset("pairs", data=np.array([(1, here)], dtype=compound))
        rows = file.create_dataset("rows", (1,), dtype=h5py.vlen_dtype(h5py.ref_dtype))
        rows[0] = np.array([here, here], dtype=h5py.ref_dtype)
        file.create_dataset("numbers", (1,), dtype=h5py.vlen_dtype(np.dtype("i4")))
        file.attrs["region"] = part
        file.attrs["text"] = "here"
        file["names"] = ["a"]

    with open_hdf5(Budget(make(refer))) as file:
        assert file[file["references"][0]][3] == 3


def test_a_reference_to_what_no_name_leads_to_is_refused(make, monkeypatch) -> None:
    def refer(file, _) -> None:
        file["a"], file["b"] = 1.0, 2.0
        file.attrs["to"] = file["b"].ref

    path = make(refer)
    module = import_module("hcnn_widgets.mapping.readers.safety.hdf5_opening")
    inside = module._is_inside
    monkeypatch.setattr(module, "_is_inside", lambda group, name, path: name != "b" and inside(group, name, path))
    with pytest.raises(ValueError, match=ELSEWHERE.format("a reference points to an object that no name leads to")):
        read_rdms(path)


def test_a_reference_into_nothing_is_refused(make) -> None:
    def refer(file, _) -> None:
        file["gone"] = np.ones(3)
        file.create_dataset("to", data=file["gone"].ref, dtype=h5py.ref_dtype)
        del file["gone"]

    with pytest.raises(ValueError, match=r"`path` (cannot be read as HDF5|leads elsewhere)"):
        read_rdms(make(refer))


def test_references_beyond_the_budget_are_refused(make) -> None:
    def refer(file, _) -> None:
        file.create_dataset("to", (10**5, 9), dtype=h5py.ref_dtype, chunks=(1000, 9), compression="gzip")

    with pytest.raises(ValueError, match=r"too much memory: 7,200,\d{3} bytes with /to \(references\)"):
        read_rdms(make(refer), max_bytes=10**6)


def test_endless_references_are_refused_before_any_is_followed(make) -> None:
    def refer(file, _) -> None:
        file.create_dataset("to", (10**6, 2), dtype=h5py.ref_dtype, chunks=(1000, 2), compression="gzip")

    with pytest.raises(ValueError, match=r"too many .* or references\. Accepted are 1,000,000; received more in"):
        read_rdms(make(refer))


def test_rows_of_endless_references_are_refused(make, monkeypatch) -> None:
    def refer(file, _) -> None:
        rows = file.create_dataset("rows", (1,), dtype=h5py.vlen_dtype(h5py.ref_dtype))
        rows[0] = np.array([file.ref] * 9, dtype=h5py.ref_dtype)

    monkeypatch.setattr("hcnn_widgets.mapping.readers.safety.hdf5_opening.MOST_OBJECTS", 8)
    with pytest.raises(ValueError, match=r"or references\. Accepted are 8; received more in"):
        read_rdms(make(refer))


def test_a_file_of_endless_groups_is_refused(make, monkeypatch) -> None:
    monkeypatch.setattr("hcnn_widgets.mapping.readers.safety.hdf5_opening.MOST_OBJECTS", 5)
    with pytest.raises(ValueError, match=r"too many groups and data sets, or.*\. Accepted are 5; received more in"):
        read_rdms(make(lambda file, _: [file.create_group(f"{k}") for k in range(5)]))


def test_a_deep_file_does_not_use_up_the_stack(make) -> None:
    with open_hdf5(Budget(make(lambda file, _: file.create_group("/".join("a" * 3000))))) as file:
        assert "a" in file


def test_groups_whose_paths_would_fill_the_memory_are_refused(make) -> None:
    path = make(lambda file, _: file.create_group("/".join(["a" * 100] * 100)))
    with pytest.raises(ValueError, match=r"groups in groups too deeply\. Accepted are paths of 10,000 letters; rec"):
        read_rdms(path)


def test_only_what_lies_around_is_open(make, monkeypatch) -> None:
    n_open = []
    monkeypatch.setattr(
        "hcnn_widgets.mapping.readers.safety.hdf5_opening.take_attributes",
        lambda thing, _: n_open.append(h5py.h5f.get_obj_count(thing.file.id)),
    )
    with open_hdf5(Budget(make(lambda file, _: [file.create_group(f"{k}/a") for k in range(50)]))):
        assert len(n_open) == 101
    assert max(n_open) < 10


@pytest.mark.parametrize("keep", [20, 700])
def test_a_file_cut_short_is_refused(make, keep) -> None:
    path = make(lambda file, _: file.create_dataset("x", data=np.ones(1000)))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=r"`path` cannot be read as HDF5\. Accepted is a whole file.*x\.h5: OSError"):
        read_rdms(path)


def test_a_data_set_of_the_file_itself_passes(make) -> None:
    with h5py.File(make(lambda file, _: file.create_dataset("x", data=[1]))) as file:
        refuse_foreign_data(file["x"], Path("x.h5"))


@pytest.mark.parametrize("read", [read_rdms, read_recordings])
def test_a_name_that_is_no_text_is_refused(make, read) -> None:
    def named(file, _) -> None:
        file["x"] = [1.0]
        file.id.links.move(b"x", file.id, b"caf\xe9")

    words = r"`path` has a name that is no text: b'caf\\xe9'\. Accepted are names in UTF-8; received .*x\.h5"
    with pytest.raises(ValueError, match=words):
        read(make(named))
