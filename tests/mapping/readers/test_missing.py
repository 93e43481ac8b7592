from pathlib import Path

import numpy as np
import pytest

from hcnn_widgets.mapping import read_recordings
from hcnn_widgets.mapping.readers.missing import first_with_values, missing_in

TOKENS = ("", "n/a", "nan", "None", "NA", "N/A", "NaN", "NULL", "null", "<NA>", "#N/A", "NaT", " na ")


def read(folder: Path, text: str, **options):
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read_recordings(path, area="V4", **options)


@pytest.mark.parametrize("token", TOKENS)
def test_a_stimulus_that_is_missing_is_no_stimulus(tmp_path, token):
    with pytest.raises(ValueError, match=r"`stimulus='stimulus_id'` has no id in 2 of 5 presentations, first in row 2"):
        read(tmp_path, f"stimulus_id,n1,n2\na,1,2\nb,2,5\n{token},3,4\na,4,1\n{token},9,9\n")


@pytest.mark.parametrize("token", TOKENS)
def test_a_response_that_is_missing_is_nan(tmp_path, token):
    recordings = read(tmp_path, f"stimulus_id,n1\na,1\nb,{token}\na,3\nb,4\n")
    np.testing.assert_array_equal(recordings.responses[:, :, 0], [[1, np.nan], [3, 4]])


@pytest.mark.parametrize("token", TOKENS)
def test_a_column_of_stimuli_that_holds_nothing_is_passed_over(tmp_path, token):
    recordings = read(tmp_path, f"stimulus_id,image_id,n1\n{token},a,1\n{token},b,2\n{token},c,4\n")
    assert recordings.stimulus_ids.tolist() == ["a", "b", "c"]


def test_in_a_long_table_it_is_passed_over_too(tmp_path):
    rows = "".join(f"NA,{stimulus},{site},{n}\n" for n, (stimulus, site) in enumerate(("ax", "ay", "bx", "by")))
    recordings = read(tmp_path, f"stimulus_id,image_id,site,response\n{rows}")
    assert recordings.stimulus_ids.tolist() == ["a", "b"]
    assert recordings.responses[0].tolist() == [[0, 1], [2, 3]]


def test_labels_that_are_missing_are_no_category(tmp_path):
    assert read(tmp_path, "stimulus_id,object_name,n1\na,face,1\nb,NA,2\nc,,3\n").labels is None


def test_labels_that_are_known_in_another_column_are_taken(tmp_path):
    recordings = read(tmp_path, "stimulus_id,object_name,label,n1\na,face,f,1\nb,NA,g,2\n")
    assert recordings.labels.tolist() == ["f", "g"]


def test_labels_that_were_asked_for_must_all_be_known(tmp_path):
    with pytest.raises(ValueError, match=r"`labels='kind'` has no label in 1 of 3 presentations, first that of b"):
        read(tmp_path, "stimulus_id,kind,n1\na,face,1\nb,NULL,2\nc,car,3\n", labels="kind")


def test_repetitions_that_are_all_missing_are_counted_and_some_that_are_missing_are_refused(tmp_path):
    counted = read(tmp_path, "stimulus_id,repetition,n1\na,NA,1\na,NA,2\nb,NA,3\nb,NA,4\n")
    assert counted.responses[..., 0].tolist() == [[1, 3], [2, 4]]
    with pytest.raises(ValueError, match=r"`trial='repetition'` has no number in 1 of 4 presentations, first in row 1"):
        read(tmp_path, "stimulus_id,repetition,n1\na,0,1\na,NA,2\nb,0,3\nb,1,4\n")


def test_numbers_that_are_missing_are_found_among_numbers_and_words():
    assert missing_in(np.array([1.0, np.nan])).tolist() == [False, True]
    assert missing_in(np.array(["NaN", "Nan", "nana", "none "])).tolist() == [True, True, False, True]
    columns = {"a": np.array(["", "NA"]), "b": np.array(["", "x"])}
    assert first_with_values(columns, ("c", "a", "b")) == "b"
    assert first_with_values(columns, ("c", "a")) is None
