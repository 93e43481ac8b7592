"""One more reader is chosen for the files that it recognises, and listed where a file is refused."""

import numpy as np
import pytest

from hcnn_widgets.mapping import Rdm, read_rdms, read_recordings
from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.mapping.readers.read_rdms import RDM_READERS
from hcnn_widgets.mapping.readers.read_recordings import RECORDING_READERS
from hcnn_widgets.mapping.readers.reader import Reader


def is_own(path) -> bool:
    return path.suffix == ".own"


def numbers_in(budget, scale: float) -> np.ndarray:
    return scale * np.array(budget.path.read_text().split(), dtype=np.float64)


def own_rdms(budget, *, scale: float = 1.0) -> list[Rdm]:
    return [Rdm(numbers_in(budget, scale))]


def own_recordings(budget, *, scale: float = 1.0, named: dict | None = None) -> Presentations:
    values = numbers_in(budget, scale)[:, np.newaxis]
    stimulus = (named or {}).get("stimulus") or "stimulus_id"
    return Presentations(values, {stimulus: np.array([f"image{row}" for row in range(len(values))])}, [stimulus])


@pytest.fixture
def path(tmp_path):
    (tmp_path / "x.own").write_text("1 2 3")
    return tmp_path / "x.own"


def test_rdms_of_a_new_format_are_read_by_its_reader_with_its_options(monkeypatch, path) -> None:
    with pytest.raises(ValueError, match=r"format that is not known here"):
        read_rdms(path)
    monkeypatch.setitem(RDM_READERS, "own", Reader(own_rdms, is_own, "our own (.own)"))
    assert [one.vector.tolist() for one in read_rdms(path, scale=2)] == [[2.0, 4.0, 6.0]]
    with pytest.raises(TypeError, match=r"`unit` is no option for own\. Accepted are scale; received unit"):
        read_rdms(path, unit="mV")


@pytest.mark.parametrize("by_columns", [False, True])
def test_recordings_of_a_new_format_are_read_by_its_reader(monkeypatch, path, by_columns) -> None:
    entry = Reader(own_recordings, is_own, "our own (.own)", by_columns=by_columns)
    monkeypatch.setitem(RECORDING_READERS, "own", entry)
    options = {"stimulus": "picture"} if by_columns else {}
    recordings = read_recordings(path, area="V4", scale=3, **options)
    assert recordings.stimulus_ids.tolist() == ["image0", "image1", "image2"]
    assert recordings.responses.ravel().tolist() == [3.0, 6.0, 9.0]


def test_what_has_no_known_format_is_refused_with_the_new_one_among_those_accepted(monkeypatch, path, tmp_path) -> None:
    other = path.rename(tmp_path / "x.other")
    for readers, read in ((RDM_READERS, read_rdms), (RECORDING_READERS, read_recordings)):
        monkeypatch.setitem(readers, "own", Reader(own_rdms, is_own, "our own (.own)"))
        with pytest.raises(
            ValueError, match=r"not known here\. Accepted is BrainIO.*\.tsv, our own \(\.own\); received"
        ):
            read(other)
    (tmp_path / "x.nii").write_bytes(b"\0" * 344 + b"n+1\0")
    with pytest.raises(
        ValueError, match=r"`path` holds nifti, no RDMs\. Accepted are rsatoolbox RDMs, .*csv, own; rec"
    ):
        read_rdms(tmp_path / "x.nii")
