import inspect
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping import RecordingSet, read_recordings
from hcnn_widgets.mapping.readers.read_recordings import RECORDING_READERS

IDS = ["a", "b", "c"]


@pytest.fixture
def path(tmp_path) -> Path:
    np.save(tmp_path / "x.npy", np.arange(24.0).reshape(2, 3, 4))
    return tmp_path / "x.npy"


def test_every_format_names_its_own_options_and_no_general_one() -> None:
    general = set(inspect.signature(read_recordings).parameters) - {"layout"}
    for read in RECORDING_READERS.values():
        (budget, *own) = inspect.signature(read).parameters.values()
        assert budget.name == "budget"
        assert all(option.kind == option.KEYWORD_ONLY for option in own)
        assert not general & {option.name for option in own}
        assert all(option.name in read_recordings.__doc__ for option in own)


def test_an_option_of_another_format_is_refused(path) -> None:
    words = (
        r"`window` is no option for npy\. Accepted are stimulus_ids, axes, site_ids; received window, stimulus_ids for"
    )
    with pytest.raises(TypeError, match=words):
        read_recordings(path, area="V4", window=(70, 170), stimulus_ids=IDS)


def test_a_format_without_options_says_so() -> None:
    own = Path(__file__).parent / "rsatoolbox" / "data_set.h5"
    with pytest.raises(
        TypeError, match=r"`axes` is no option for rsatoolbox data set\. Accepted are the general ones alo"
    ):
        read_recordings(own, area="IT", axes=("stimulus", "site"))


def test_the_folder_may_be_named_by_a_tilde(path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(path.parent))
    assert len(read_recordings("~/x.npy", area="V4", stimulus_ids=IDS)) == 3


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(3)))
def test_stimuli_in_another_order_are_the_same_recordings(tmp_path_factory, order) -> None:
    responses = np.arange(24.0).reshape(2, 3, 4)
    folder = tmp_path_factory.mktemp("order")
    np.save(folder / "x.npy", responses[:, order])
    read = read_recordings(
        folder / "x.npy", area="V4", stimulus_ids=[IDS[k] for k in order], labels=dict(zip(IDS, IDS, strict=True))
    )
    expected = RecordingSet(responses, IDS, "V4", labels=IDS)
    np.testing.assert_array_equal(read.select(IDS).responses, expected.responses)
    assert read.labels.tolist() == read.stimulus_ids.tolist()
