import re
from pathlib import Path

import numpy as np
import pytest

from hcnn_widgets.mapping import Rdm, read_rdms, read_recordings, write_rdms
from hcnn_widgets.mapping.readers.safety.optional_library import library


def test_a_library_that_is_there_is_given() -> None:
    assert library("numpy", "numbers") is np


def test_one_that_is_not_there_comes_with_the_line_that_installs_it() -> None:
    with pytest.raises(
        ImportError, match=r"Reading scrolls needs `papyrus`, which is not installed\. Accepted is"
    ) as e:
        library("papyrus", "scrolls", install="papyrus-reader")
    assert str(e.value).endswith("install it with: pip install papyrus-reader")


HDF5 = b"\x89HDF\r\n\x1a\n" + b"\0" * 64
NIFTI = b"\x5c\x01\0\0" + b"\0" * 340 + b"n+1\0" + b"\0" * 200


@pytest.mark.parametrize(
    ("hidden", "content", "line", "options"),
    [
        ("h5py", HDF5, "pip install h5py", {"area": "IT"}),
        ("h5py", b"MATLAB 7.3 MAT-file" + b" " * 493 + HDF5, "pip install h5py", {"area": "IT"}),
        ("nibabel", NIFTI, "pip install nibabel", {"area": "IT", "mask": "self", "stimulus_ids": ["a"]}),
    ],
)
def test_a_recording_whose_library_is_missing_says_what_to_install(
    tmp_path, without, hidden, content, line, options
) -> None:
    path = tmp_path / "recording"
    path.write_bytes(content)
    without(hidden)
    options = {name: path if value == "self" else value for name, value in options.items()}
    with pytest.raises(ImportError, match=re.escape(line) + "$"):
        read_recordings(path, **options)


def test_rdms_whose_library_is_missing_say_what_to_install(tmp_path, without) -> None:
    path = tmp_path / "rdms.h5"
    rdm = Rdm([1, 2, 3], ["a", "b", "c"])
    write_rdms(path, rdm)
    without("h5py")
    for call in (lambda: read_rdms(path), lambda: write_rdms(path, rdm, overwrite=True)):
        with pytest.raises(ImportError, match=r"pip install h5py$"):
            call()


def test_nothing_but_the_file_s_own_library_is_loaded() -> None:
    folder = Path(__file__).parents[4] / "hcnn_widgets" / "mapping" / "readers"
    named = re.compile(r"^\s*(?:import|from)\s+(h5py|xarray|h5netcdf|pynwb|nibabel|scipy|pandas)\b", re.MULTILINE)
    assert [path.name for path in folder.rglob("*.py") if named.search(path.read_text())] == []
