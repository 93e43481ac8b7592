import csv
from io import StringIO

import numpy as np
import pytest

from hcnn_widgets.mapping.scores_over_time import ScoresOverTime

VALUE = np.array([[np.nan, 0.1, 0.2], [np.nan, 0.3, 0.45]])


def a_record(**changes) -> ScoresOverTime:
    defaults = {
        "area": "IT",
        "model_areas": ("low", "<b>top"),
        "time_ms": np.array([(0.0, 50.0), (50.0, 100.0), (100.0, 150.0)]),
        "value": VALUE,
        "error": VALUE / 10,
        "per_site": np.zeros((2, 3, 4)),
        "ceiling": np.array([np.nan, 0.5, 0.75]),
        "convention": "as agreed",
        "simulated": True,
        "notes": ("0 to 50 ms: no site varies",),
        "source": "made up",
    }
    return ScoresOverTime(**(defaults | changes))


def test_the_text_has_a_line_per_bin_and_says_what_it_shows() -> None:
    lines = repr(a_record()).splitlines()
    assert lines[0].split()[-5:] == ["r", "<b>top", "r", "ceiling", "c"]
    assert lines[1].split() == ["IT", "(simulated)", "0", "to", "50", "–", "–", "–"]
    assert lines[3].split() == ["IT", "(simulated)", "100", "to", "150", "0.200", "0.450", "0.750"]
    assert lines[4] == "r: as agreed."
    assert lines[-2:] == ["0 to 50 ms: no site varies.", "Recordings: made up."]
    assert "Recordings" not in repr(a_record(source="", simulated=False))


def test_the_notebook_shows_names_as_text() -> None:
    table = a_record()._repr_markdown_()
    assert "| IT (simulated) | 50 to 100 | 0.100 | 0.300 | 0.500 |" in table
    assert r"\<b\>top r" in table


def test_its_numbers_are_given_in_full() -> None:
    names, silent, *rows = csv.reader(StringIO(a_record().to_csv_text()))
    assert names == ["start_ms", "end_ms", "low r", "low error", "<b>top r", "<b>top error", "ceiling"]
    assert silent == ["0.0", "50.0", "", "", "", "", ""]
    assert [float(one) for one in rows[1]] == [100, 150, 0.2, 0.02, 0.45, 0.045, 0.75]


def test_it_is_read_only() -> None:
    with pytest.raises(ValueError, match=r"read-only"):
        a_record().value[0] = 1
