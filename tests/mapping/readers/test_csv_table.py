import csv
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping import Rdm, read_rdms, read_recordings

ids = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda text: (
        text.strip() == text and text.casefold() not in ("", "n/a", "na", "nan", "none", "null", "nat", "#n/a", "<na>")
    )
)
number = st.floats(allow_nan=False, allow_infinity=False)


def written(folder, rows: list, name: str = "x.csv") -> Path:
    with (Path(folder) / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter="\t" if name.endswith("tsv") else ",").writerows(rows)
    return Path(folder) / name


def table(responses: np.ndarray, names: list[str], long: bool) -> list:
    n_trials, n_stimuli, n_sites = responses.shape
    places = [(t, s) for t in range(n_trials) for s in range(n_stimuli)]
    if not long:
        head = ["stimulus_id", "repetition", *(f"n{k}" for k in range(n_sites))]
        return [head, *([names[s], t, *map(repr, responses[t, s].tolist())] for t, s in places)]
    cells = [[names[s], t, f"n{k}", repr(float(responses[t, s, k]))] for t, s in places for k in range(n_sites)]
    return [["image_id", "repetition", "site_id", "response"], *cells]


@settings(max_examples=40, deadline=None)
@given(data=st.data(), long=st.booleans(), name=st.sampled_from(["x.csv", "x.tsv"]))
def test_wide_and_long_tables_give_the_responses_they_were_made_of(data, long, name) -> None:
    n_trials, n_stimuli, n_sites = (data.draw(st.integers(1, 3)) for _ in range(3))
    flat = data.draw(st.lists(number, min_size=n_trials * n_stimuli * n_sites, max_size=n_trials * n_stimuli * n_sites))
    names = data.draw(st.lists(ids, min_size=n_stimuli, max_size=n_stimuli, unique=True))
    responses = np.array(flat).reshape(n_trials, n_stimuli, n_sites)
    with tempfile.TemporaryDirectory() as folder:
        recordings = read_recordings(written(folder, table(responses, names, long), name), area="V4")
    np.testing.assert_array_equal(recordings.responses, responses)
    assert recordings.stimulus_ids.tolist() == names
    assert recordings.site_ids.tolist() == [f"n{k}" for k in range(n_sites)]


def test_a_named_column_of_stimulus_ids_comes_before_one_without_a_name(tmp_path) -> None:
    rows = [["", "stimulus_id", "n1"], ["row a", "im1", 1.5], ["row b", "im2", 2.5]]
    assert read_recordings(written(tmp_path, rows), area="IT").stimulus_ids.tolist() == ["im1", "im2"]


def test_columns_about_presentations_are_no_sites(tmp_path) -> None:
    rows = [
        ["", "stimulus_id", "object_name", "run", "luminance", "picture", "n1", "n2"],
        [0, "007", "dog", 1, 0.5, 3, 1.5, 2.5],
        [1, "08", "cat", 1, 0.7, 4, 3.5, 4.5],
        [2, "007", "dog", 2, 0.5, 3, 5.5, 6.5],
    ]
    path = written(tmp_path, rows)
    recordings = read_recordings(path, area="V4", about=["luminance", "picture"], where={"run": [1, 2]})
    assert recordings.site_ids.tolist() == ["n1", "n2"]
    assert recordings.stimulus_ids.tolist() == ["007", "08"]
    assert recordings.labels.tolist() == ["dog", "cat"]
    assert recordings.trials_per_stimulus().tolist() == [2, 1]
    named = read_recordings(path, area="V4", stimulus="picture", where={"luminance": 0.5}, trial="run")
    assert (named.stimulus_ids.tolist(), named.site_ids.tolist()) == (["3"], ["n1", "n2"])


@pytest.mark.parametrize(
    ("site", "response", "told"),
    [("neuron", "spikes", {}), ("Unit", "firing_rate", {}), ("cell", "hz", {"site": "cell", "response": "hz"})],
)
def test_a_long_table_is_known_by_the_names_of_site_and_response(tmp_path, site, response, told) -> None:
    rows = [["picture", "rep", site, response]]
    rows += [[p, rep, 30 + n, 100 * p + 10 * rep + n] for rep in (1, 2) for n in (0, 1, 2) for p in (7, 8)]
    recordings = read_recordings(written(tmp_path, rows), area="IT", stimulus="picture", **told)
    assert recordings.site_ids.tolist() == ["30", "31", "32"]
    assert recordings.responses.tolist() == [
        [[100 * p + 10 * rep + n for n in range(3)] for p in (7, 8)] for rep in (1, 2)
    ]


@pytest.mark.parametrize("argument", ["site", "response"])
def test_columns_of_a_long_table_must_be_there(tmp_path, argument) -> None:
    words = rf"`{argument}` names no column of the table: 'cell'\. Accepted are stimulus, n1; received 'cell' for"
    with pytest.raises(ValueError, match=words):
        read_recordings(written(tmp_path, [["stimulus", "n1"], ["a", 1]]), area="IT", **{argument: "cell"})


def test_words_of_presentations_are_no_sites_and_names_of_sites_are(tmp_path) -> None:
    about = ["stimulus", "Trial nr", "repeat", "reaction_time", "image_number", "subject", "category"]
    sites = ["unit_1", "subject_cell", "x_position", "idle", "7"]
    rows = [[*about, *sites], *([stimulus, *range(len(about) + len(sites) - 1)] for stimulus in "ab")]
    assert read_recordings(written(tmp_path, rows), area="V4").site_ids.tolist() == sites


def test_an_index_and_a_count_of_trials_are_no_sites(tmp_path) -> None:
    rows = [
        ["Unnamed: 0", "Stimulus_ID", "stimulus_id", "Rep", "trial_number", "block", "index", "n1"],
        [0, 7, "a", 1, 1, 1, 0, 1.5],
        [1, 8, "b", 1, 2, 1, 1, 2.5],
    ]
    assert read_recordings(written(tmp_path, rows), area="V4").site_ids.tolist() == ["n1"]


@pytest.mark.parametrize("missing", ["", "NA", "n/a", "NULL", "null", "None", "nan", "<NA>", "#N/A"])
def test_what_programs_write_for_no_number_is_a_missing_trial(tmp_path, missing) -> None:
    rows = [["stimulus", "n1", "n2"], ["a", 1, 2], ["a", missing, missing], ["b", 3, 4], ["b", 5, 6]]
    recordings = read_recordings(written(tmp_path, rows), area="V4")
    assert recordings.trials_per_stimulus().tolist() == [1, 2]


@pytest.mark.parametrize(
    ("cells", "row", "cell"),
    [([1, "-", 3], 2, "-"), ([1, 2, "high"], 3, "high"), (["0,5", "1,5", "2"], 1, "0,5"), ([0, 0, "-"], 3, "-")],
)
def test_one_cell_that_is_no_number_does_not_cost_a_site(tmp_path, cells, row, cell) -> None:
    rows = [["stimulus", "n1", "n2"], *([f"s{k}", k, one] for k, one in enumerate(cells))]
    words = (
        rf"`path` has numbers and words in one column: n2 holds '{cell}' in its row {row}\. Accepted are numbers with "
        r"a decimal point, and nothing, NA, .*; received .*x\.csv\. If n2 is no site, say so: about=\('n2',\)\."
    )
    path = written(tmp_path, rows)
    with pytest.raises(ValueError, match=words):
        read_recordings(path, area="V4")
    assert read_recordings(path, area="V4", about=("n2",)).site_ids.tolist() == ["n1"]


def test_names_of_digits_are_no_numbers_and_blanks_beside_a_number_none(tmp_path) -> None:
    rows = [
        ["stimulus", "file", "n1", "n2"],
        ["a", "1_2", " 1", "2 "],
        ["b", "1_3", "3", "4"],
        ["a", "1_4", " NA", "n/a "],
    ]
    recordings = read_recordings(written(tmp_path, rows), area="V4")
    assert recordings.site_ids.tolist() == ["n1", "n2"]
    assert recordings.responses[0].tolist() == [[1, 2], [3, 4]]
    assert recordings.trials_per_stimulus().tolist() == [1, 1]


@pytest.mark.parametrize(
    ("about", "error", "words"),
    [
        (
            "run_",
            TypeError,
            r"`about` is one text\. Accepted is a sequence of columns; received 'run_': about=\('run_',",
        ),
        (["n1", "N2"], ValueError, r"`about` names no column of the table: 'N2'\. Accepted are stimulus, n1, n2; rec"),
    ],
)
def test_columns_that_are_no_sites_must_be_there(tmp_path, about, error, words) -> None:
    path = written(tmp_path, [["stimulus", "n1", "n2"], ["a", 1, 2]])
    with pytest.raises(error, match=words):
        read_recordings(path, area="V4", about=about)


@pytest.mark.parametrize(("column", "trial"), [("rep", {}), ("repetition", {}), ("try", {"trial": "try"})])
def test_responses_of_a_long_table_to_one_presentation_are_joined_by_its_number(tmp_path, column, trial) -> None:
    rows = [("a", 1, 1, 10), ("a", 1, 2, 20), ("a", 2, 2, 21), ("a", 2, 1, 11)]
    path = written(tmp_path, [["stimulus", "site_id", column, "rate"], *rows])
    assert read_recordings(path, area="V4", **trial).responses.tolist() == [[[10, 11]], [[20, 21]]]
    assert read_recordings(path, area="V4", trial=None).responses.tolist() == [[[10, 21]], [[20, 11]]]


def test_a_response_of_a_long_table_that_is_no_number_is_named(tmp_path) -> None:
    path = written(tmp_path, [["stimulus", "site_id", "rate"], ["a", 1, 0], ["b", 1, "-"]])
    with pytest.raises(ValueError, match=r"numbers and words in one column: rate holds '-' in its row 2\..*x\.csv\.$"):
        read_recordings(path, area="V4")


def test_a_column_of_words_and_gaps_is_no_site(tmp_path) -> None:
    rows = [["stimulus", "note", "n1"], ["a", "", 1], ["b", "moved, twice", 2], ["c", "NA", 3]]
    assert read_recordings(written(tmp_path, rows), area="V4").site_ids.tolist() == ["n1"]


def test_long_tables_bring_columns_of_presentations_and_sites(tmp_path) -> None:
    rows = [
        ["stimulus", "unit_id", "rate", "region", "category", "depth"],
        ["a", "n1", 1, "V4", "pet", 5],
        ["a", "n2", 2, "IT", "pet", 6],
        ["b", "n1", 3, "V4", "car", 5],
        ["b", "n2", 4, "IT", "car", 6],
        ["a", "n2", 5, "IT", "pet", 7],
        ["a", "n1", 6, "V4", "pet", 8],
    ]
    recordings = read_recordings(written(tmp_path, rows), area="IT")
    np.testing.assert_array_equal(recordings.responses, [[[2], [4]], [[5], [np.nan]]])
    assert recordings.labels.tolist() == ["pet", "car"]
    assert read_recordings(written(tmp_path, rows), area="IT", where={"category": "car"}).stimulus_ids.tolist() == ["b"]
    with pytest.raises(ValueError, match=r"`where` names a column that is not in the file: 'depth'"):
        read_recordings(written(tmp_path, rows), area="IT", where={"depth": 5})


def test_a_long_table_that_misses_a_site_in_a_trial_is_refused(tmp_path) -> None:
    rows = [["stimulus", "site_id", "value"], ["a", "n1", 1], ["a", "n2", 2], ["b", "n1", 3]]
    with pytest.raises(ValueError, match=r"NaN or infinity at 1 of 2 sites: n2"):
        read_recordings(written(tmp_path, rows), area="IT")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [["stimulus", "note"], ["a", "x"]],
            r"`path` has no site\. Accepted is a column of numbers per site.*stimulus, note",
        ),
        (
            [["picture", "site_id", "value"], ["a", "n1", 1]],
            r"has no stimulus or no numbers\. Accepted are a column stimul",
        ),
        (
            [["stimulus", "site_id", "value"], ["a", "n1", "high"]],
            r"has no stimulus or no numbers.*numbers in value; rec",
        ),
        (
            [["stimulus", "repetition", "site_id", "value"], ["a", 0, "n1", 1], ["a", 0, "n1", 2]],
            r"`path` has a response more than once\. Accepted is one row for each.*received 2 rows for fewer",
        ),
    ],
)
def test_what_is_no_table_of_responses_is_refused(tmp_path, rows, words) -> None:
    with pytest.raises(ValueError, match=words):
        read_recordings(written(tmp_path, rows), area="IT")


def test_a_long_table_whose_wide_form_is_beyond_the_budget_is_refused(tmp_path) -> None:
    rows = [["stimulus", "site_id", "value"], *([f"i{k}", f"n{k}", 1] for k in range(2000))]
    with pytest.raises(ValueError, match=r"bytes with presentations x sites"):
        read_recordings(written(tmp_path, rows), area="IT", max_bytes=10**7)


SQUARE = [[0, 1.5, 2], [1.5, 0, 3], [2, 3, 0]]


@pytest.mark.parametrize(
    "rows",
    [
        [["cat", "dog", "007"], *SQUARE],
        [["", "cat", "dog", "007"], *([name, *row] for name, row in zip(["cat", "dog", "007"], SQUARE, strict=True))],
        [["id", "cat", "dog", "007"], *([name, *row] for name, row in zip(["cat", "dog", "007"], SQUARE, strict=True))],
    ],
    ids=["columns named", "both named", "corner named"],
)
def test_a_square_table_is_an_rdm(tmp_path, rows) -> None:
    (rdm,) = read_rdms(written(tmp_path, rows, "it.csv"), distance="euclidean")
    assert repr(rdm) == "Rdm(it: 3 stimuli, euclidean)"
    assert rdm.vector.tolist() == [1.5, 2, 3]
    assert rdm.stimulus_ids.tolist() == ["cat", "dog", "007"]


def test_numbers_alone_need_the_stimuli(tmp_path) -> None:
    path = written(tmp_path, SQUARE)
    assert read_rdms(path, stimulus_ids=["a", "b", "c"])[0].stimulus_ids.tolist() == ["a", "b", "c"]
    with pytest.raises(ValueError, match="`stimulus_ids` must be given"):
        read_rdms(path)


@settings(max_examples=30, deadline=None)
@given(data=st.data(), n=st.integers(3, 5))
def test_any_rdm_comes_back_from_a_table(data, n) -> None:
    vector = data.draw(st.lists(number, min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2))
    names = data.draw(st.lists(ids.filter(lambda text: not text[0].isdigit()), min_size=n, max_size=n, unique=True))
    rows = [
        ["", *names],
        *([name, *map(repr, row)] for name, row in zip(names, Rdm(vector).matrix.tolist(), strict=True)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        (rdm,) = read_rdms(written(folder, rows))
    assert rdm.vector.tolist() == vector
    assert rdm.stimulus_ids.tolist() == names


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "b", "c"], [0, 1, 2], [1, 0, 3]],
        [["", "a", "b", "c"], ["a", 0, 1, 2], ["c", 1, 0, 3], ["b", 2, 3, 0]],
        [["a", "b", "c"], [0, 1, 2], [1, "x", 3], [2, 3, 0]],
        [["a", "b", "c"]],
        [["a"]],
    ],
    ids=["too few rows", "named otherwise", "no numbers", "header alone", "one cell"],
)
def test_what_is_no_square_table_is_refused(tmp_path, rows) -> None:
    with pytest.raises(
        ValueError, match=r"`path` is no square RDM\. Accepted are as many rows as columns, named alike"
    ):
        read_rdms(written(tmp_path, rows))
