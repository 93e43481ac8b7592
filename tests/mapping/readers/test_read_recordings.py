import inspect
from pathlib import Path

import numpy as np
import pandas as pd
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


@pytest.mark.parametrize("long", [False, True])
def test_words_in_a_first_column_without_a_name_are_the_stimulus_ids_as_pandas_writes_an_index(tmp_path, long) -> None:
    frame = pd.DataFrame({"n1": [1.5, 2.5], "n2": [3.5, 4.5]}, index=["im2", "im1"])
    if long:
        frame = frame.melt(var_name="neuron", value_name="rate", ignore_index=False)
    frame.to_csv(tmp_path / "x.csv")
    recordings = read_recordings(tmp_path / "x.csv", area="IT")
    assert recordings.site_ids.tolist() == ["n1", "n2"]
    assert dict(zip(recordings.stimulus_ids.tolist(), recordings.responses[0].tolist(), strict=True)) == {
        "im2": [1.5, 3.5],
        "im1": [2.5, 4.5],
    }


def test_numbers_in_a_first_column_without_a_name_are_ids_only_where_the_call_says_so(tmp_path) -> None:
    pd.DataFrame({"n1": [1.5, 2.5]}).to_csv(tmp_path / "x.csv")
    with pytest.raises(ValueError, match=r"`stimulus` must name .*looked for .*no name: stimulus=\"\" takes it\."):
        read_recordings(tmp_path / "x.csv", area="IT")
    recordings = read_recordings(tmp_path / "x.csv", area="IT", stimulus="")
    assert (recordings.stimulus_ids.tolist(), recordings.site_ids.tolist()) == (["0", "1"], ["n1"])
