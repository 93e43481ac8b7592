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


@given(data=st.data(), where=st.sampled_from(["index", "named index", "column", "long"]))
def test_a_data_frame_gives_the_responses_it_was_made_of_and_so_does_the_csv_that_pandas_writes_of_it(
    tmp_path_factory, data, where
) -> None:
    n_trials, n_sites = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    number = st.floats(allow_nan=False, allow_infinity=False)
    flat = data.draw(st.lists(number, min_size=n_trials * 3 * n_sites, max_size=n_trials * 3 * n_sites))
    responses = np.array(flat).reshape(n_trials, 3, n_sites)
    sites = [f"n{site}" for site in range(n_sites)]
    frame = pd.DataFrame(responses.reshape(-1, n_sites), index=IDS * n_trials, columns=sites)
    frame["repetition"] = np.repeat(np.arange(n_trials), 3)
    frame["object_name"] = ["cat", "dog", "cat"] * n_trials
    if where != "index":
        frame.index.name = "stimulus_id"
    if where == "long":
        frame = frame.reset_index().melt(["stimulus_id", "repetition", "object_name"], var_name="site")
    elif where == "column":
        frame = frame.reset_index()
    path = tmp_path_factory.mktemp("frame") / "x.csv"
    frame.to_csv(path)
    for read in (read_recordings(frame, area="IT", source="mine"), read_recordings(path, area="IT", source="mine")):
        np.testing.assert_array_equal(read.responses, responses)
        assert (read.stimulus_ids.tolist(), read.site_ids.tolist()) == (IDS, sites)
        assert (read.labels.tolist(), read.area, read.source) == (["cat", "dog", "cat"], "IT", "mine")


def test_what_a_frame_does_not_say_is_told_by_the_options_of_a_table() -> None:
    frame = pd.DataFrame({"picture": [7, 8], "luminance": [0.5, 0.25], "a;b": [1.0, np.nan], "c;d": [2.0, np.nan]})
    frame = pd.concat([frame, frame.assign(**{"a;b": 3.0, "c;d": 4.0})])
    read = read_recordings(frame, area="V4", stimulus="picture", about=("luminance",), where={"luminance": [0.5, 0.25]})
    assert (read.stimulus_ids.tolist(), read.site_ids.tolist()) == (["7", "8"], ["a;b", "c;d"])
    np.testing.assert_array_equal(read.responses, [[[1, 2], [np.nan] * 2], [[3, 4], [3, 4]]])


@pytest.mark.parametrize(
    ("frame", "told", "error", "words"),
    [
        (
            pd.DataFrame({"n1": [1.5]}),
            {},
            ValueError,
            r"`stimulus` must name .* in a DataFrame of 1 rows and 1 columns\.",
        ),
        (
            pd.DataFrame({"n1": [1.5]}, index=["a"]),
            {"area": None},
            ValueError,
            r"`area` must say .* for a DataFrame of 1",
        ),
        (
            pd.DataFrame({"n1": [1.5]}, index=["a"]),
            {"axes": (0, 1)},
            TypeError,
            r"`axes` is no option for csv\. Accepted",
        ),
        (
            pd.DataFrame({"n1": ["1", "x"]}, index=["a", "b"]),
            {},
            ValueError,
            r"`path` has numbers and words in one column",
        ),
        (
            pd.DataFrame([[1.5, 2.5]], ["a"], pd.MultiIndex.from_product([["left"], ["n1", "n2"]])),
            {},
            ValueError,
            r"`path` names its columns on several levels\. Accepted is .*; received 2 levels in a DataFrame of 1 rows",
        ),
        (
            pd.DataFrame({"n1": [1.5] * 100}, index=[f"im{k}" for k in range(100)]),
            {"max_bytes": 1000},
            ValueError,
            r"`path` takes too much memory: 6,400 bytes with its cells\. .* received a DataFrame of 100 rows",
        ),
        (pd.Series([1.5], ["a"]), {}, TypeError, r"`path` must be a path\. .*received a Series\."),
    ],
)
def test_a_frame_that_makes_no_recordings_is_refused_by_its_size(frame, told, error, words) -> None:
    with pytest.raises(error, match=words):
        read_recordings(frame, **{"area": "IT"} | told)
