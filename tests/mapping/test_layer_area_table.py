import csv
from io import StringIO

import numpy as np
import pytest

from hcnn_widgets.mapping.layer_area_table import CSV_NAMES, LayerAreaMatch


def a_match(**changes) -> LayerAreaMatch:
    choosing = np.array([[0.3, 0.5, 0.4], [np.nan, 0.1, 0.6]])
    defaults = {
        "model_areas": ("V1", "V4", "IT"),
        "brain_areas": ("V4", "IT"),
        "choosing": choosing,
        "choosing_error": choosing * 0 + 0.01,
        "reporting": choosing - 0.05,
        "reporting_error": choosing * 0 + 0.02,
        "ceiling": np.array([0.75, np.nan]),
        "n_sites": np.array([50, 1680]),
        "n_choosing": np.array([320, 1600]),
        "n_reporting": np.array([320, 1601]),
        "simulated": (False, True),
        "convention": "as agreed",
        "notes": ("IT: simulated",),
        "source": "made up",
    }
    return LayerAreaMatch(**(defaults | changes))


def test_the_choice_is_the_best_of_the_choosing_half_and_its_score_the_other_halfs() -> None:
    match = a_match(reporting=np.array([[0.9, 0.45, 0.2], [0.0, 0.9, 0.55]]))
    assert match.chosen_index.tolist() == [1, 2]
    assert match.chosen == ("V4", "IT")
    assert match.reported.tolist() == [0.45, 0.55], "not the best of the reporting half"
    assert match.reported_error.tolist() == [0.02, 0.02]


def test_the_text_marks_what_was_chosen() -> None:
    lines = repr(a_match()).splitlines()
    assert [line.split()[:2] for line in lines[1:7] if "*" in line] == [["V4", "V4"], ["IT", "(simulated)"]]
    assert lines[2].split() == ["V4", "V4", "*", "0.500", "0.450", "0.020", "0.750", "50", "320", "320"]
    assert lines[4].split()[3:7] == ["–", "–", "–", "–"]
    assert lines[7].startswith("Chosen: the highest r on one half")
    assert lines[-2:] == ["IT: simulated.", "Recordings: made up."]
    assert "Recordings" not in repr(a_match(source=""))


def test_the_notebook_shows_what_was_chosen_in_bold() -> None:
    rows = a_match()._repr_markdown_().splitlines()
    assert "| V4 | **V4** | 0.500 | **0.450** | 0.020 | 0.750 | 50 | 320 | 320 |" in rows
    assert r"\<b\>" in a_match(model_areas=("<b>", "V4", "IT"))._repr_markdown_()


def test_its_numbers_are_given_in_full() -> None:
    names, *rows = csv.reader(StringIO(a_match().to_csv_text()))
    assert tuple(names) == CSV_NAMES
    assert rows[1] == ["V4", "V4", "False", "True", "0.5", "0.01", "0.45", "0.02", "0.75", "50", "320", "320"]
    assert rows[3] == ["IT", "V1", "True", "False", "", "", "", "", "", "1680", "1600", "1601"]


def test_it_is_read_only() -> None:
    with pytest.raises(ValueError, match=r"read-only"):
        a_match().choosing[0] = 1
