from pathlib import Path

import h5py
import pytest

from hcnn_widgets.mapping.readers.hdf5_kind import hdf5_kind
from hcnn_widgets.mapping.readers.safety.size_budget import Budget


def written(tmp_path, *names: str, **attributes: str) -> Path:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        for name in names:
            file[name] = [1.0]
        file.create_group("group")
        file.attrs.update(attributes)
    return tmp_path / "x.h5"


@pytest.mark.parametrize(
    ("names", "attributes", "kind"),
    [
        (["units/id"], {"nwb_version": "2.7.0"}, "nwb"),
        (["dissimilarities"], {}, "rsatoolbox RDMs"),
        (["measurements"], {}, "rsatoolbox data set"),
        (["presentation", "neuroid", "data"], {}, "brainio"),
    ],
)
def test_the_layout_tells_whose_file_it_is(tmp_path, names, attributes, kind) -> None:
    assert hdf5_kind(Budget(written(tmp_path, *names, **attributes))) == kind


@pytest.mark.parametrize(
    ("names", "received"), [(["weights", "presentation"], "group, presentation, weights"), ([], "gro")]
)
def test_another_layout_is_refused_with_what_there_is(tmp_path, names, received) -> None:
    words = rf"`path` is HDF5 of a layout that is not known here\. Accepted are NWB 2, BrainIO.*received {received}"
    with pytest.raises(ValueError, match=words):
        hdf5_kind(Budget(written(tmp_path, *names)))


def test_a_link_to_nothing_is_no_data_set(tmp_path) -> None:
    with h5py.File(path := written(tmp_path, "dissimilarities"), "a") as file:
        file["measurements"] = h5py.SoftLink("/nowhere")
    assert hdf5_kind(Budget(path)) == "rsatoolbox RDMs"


def test_an_empty_file_is_refused(tmp_path) -> None:
    h5py.File(tmp_path / "x.h5", "w").close()
    with pytest.raises(ValueError, match=r"received nothing in"):
        hdf5_kind(Budget(tmp_path / "x.h5"))
