import csv
from io import StringIO

import numpy as np
from frozen_records import assert_nothing_can_be_changed
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hcnn_widgets.mapping.prediction.tables.scores_over_time import ScoresOverTime

VALUE = np.array([[np.nan, 0.1, 0.2], [np.nan, 0.3, 0.45]])


def a_record(**changes) -> ScoresOverTime:
    defaults = {
        "area": "IT",
        "model_areas": ("low", "<b>top"),
        "time_ms": np.array([(0.0, 50.0), (50.0, 100.0), (100.0, 150.0)]),
        "value": VALUE,
        "error": VALUE / 10,
        "per_site": np.zeros((2, 3, 4)),
        "reliability": np.array([np.nan, 0.5, 0.75]),
        "convention": "as agreed",
        "simulated": True,
        "notes": ("0 to 50 ms: no site varies",),
        "source": "made up",
    }
    return ScoresOverTime(**(defaults | changes))


def test_the_text_has_a_line_per_bin_and_says_what_it_shows() -> None:
    lines = repr(a_record()).splitlines()
    assert lines[0].split()[-5:] == ["r", "<b>top", "r", "ceiling", "r"]
    assert lines[1].split() == ["IT", "(simulated)", "0", "to", "50", "–", "–", "–"]
    assert lines[3].split() == ["IT", "(simulated)", "100", "to", "150", "0.200", "0.450", "0.866"]
    assert lines[4] == "r: as agreed."
    assert lines[-2:] == ["0 to 50 ms: no site varies.", "Recordings: made up."]
    assert "Recordings" not in repr(a_record(source="", simulated=False))


def test_the_notebook_shows_names_as_text() -> None:
    table = a_record()._repr_markdown_()
    assert "| IT (simulated) | 50 to 100 | 0.100 | 0.300 | 0.707 |" in table
    assert r"\<b\>top r" in table


def test_its_numbers_are_given_in_full() -> None:
    names, silent, *rows = csv.reader(StringIO(a_record().to_csv_text()))
    assert names == ["start_ms", "end_ms", "low r", "low error", "<b>top r", "<b>top error", "reliability"]
    assert silent == ["0.0", "50.0", "", "", "", "", ""]
    assert [float(one) for one in rows[1]] == [100, 150, 0.2, 0.02, 0.45, 0.045, 0.75]


def test_no_field_can_be_set_and_no_array_be_changed_through_it_or_from_outside() -> None:
    assert_nothing_can_be_changed(a_record)


KNOWN_OR_NOT = st.floats(-1, 1) | st.just(float("nan"))


@given(st.data(), st.integers(1, 3), st.integers(1, 4))
def test_whatever_it_holds_is_read_back_in_full_from_its_csv(data, n_model, n_times) -> None:
    value, error = (data.draw(arrays(np.float64, (n_model, n_times), elements=KNOWN_OR_NOT)) for _ in range(2))
    limits = data.draw(arrays(np.float64, n_times, elements=KNOWN_OR_NOT))
    areas = tuple(
        data.draw(
            st.lists(
                st.text(st.characters(exclude_categories=["C"]), min_size=1),
                min_size=n_model,
                max_size=n_model,
                unique=True,
            )
        )
    )
    bins = np.array([(10.0 * k, 10.0 * k + 10) for k in range(n_times)])
    record = a_record(model_areas=areas, value=value, error=error, reliability=limits, time_ms=bins)
    names, *rows = csv.reader(StringIO(record.to_csv_text(), newline=""))
    numbers = np.array([[float(one or "nan") for one in row] for row in rows]).T
    np.testing.assert_array_equal(numbers[:2].T, bins)
    np.testing.assert_array_equal(numbers[2:-1:2], value)
    np.testing.assert_array_equal(numbers[3:-1:2], error)
    np.testing.assert_array_equal(numbers[-1], limits)
    assert names[2:-1:2] == [f"{area} r" for area in areas]


@given(st.permutations(range(3)))
def test_the_order_of_the_bins_is_that_of_the_lines_and_nothing_else(order) -> None:
    record = a_record(error=VALUE / 7)
    turned = a_record(
        value=VALUE[:, order],
        error=VALUE[:, order] / 7,
        time_ms=record.time_ms[order],
        reliability=record.reliability[order],
    )
    for shown in (repr, ScoresOverTime._repr_markdown_, ScoresOverTime.to_csv_text):
        lines, others = shown(record).splitlines(), shown(turned).splitlines()
        first = 2 if shown is ScoresOverTime._repr_markdown_ else 1
        assert others[first : first + 3] == [lines[first + bin_] for bin_ in order]
        assert others[:first] + others[first + 3 :] == lines[:first] + lines[first + 3 :]
