import csv
from io import StringIO

import numpy as np
from frozen_records import assert_nothing_can_be_changed
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch

CSV_NAMES = (
    *("brain_area", "model_area", "simulated", "chosen", "choosing_r", "choosing_error", "reporting_r"),
    *("reporting_error", "reliability", "n_sites", "n_choosing", "n_reporting"),
)


def a_match(**changes) -> LayerAreaMatch:
    choosing = np.array([[0.3, 0.5, 0.4], [np.nan, 0.1, 0.6]])
    defaults = {
        "model_areas": ("V1", "V4", "IT"),
        "brain_areas": ("V4", "IT"),
        "choosing": choosing,
        "choosing_error": choosing * 0 + 0.01,
        "reporting": choosing - 0.05,
        "reporting_error": choosing * 0 + 0.02,
        "reliability": np.array([0.75, np.nan]),
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
    assert lines[2].split() == ["V4", "V4", "*", "0.500", "0.450", "0.020", "0.866", "50", "320", "320"]
    assert lines[4].split()[3:7] == ["–", "–", "–", "–"]
    assert lines[7].startswith("Chosen: the highest r on one half")
    assert lines[-2:] == ["IT: simulated.", "Recordings: made up."]
    assert "Recordings" not in repr(a_match(source=""))


def test_the_notebook_shows_what_was_chosen_in_bold() -> None:
    rows = a_match()._repr_markdown_().splitlines()
    assert "| V4 | **V4** | 0.500 | **0.450** | 0.020 | 0.866 | 50 | 320 | 320 |" in rows
    assert r"\<b\>" in a_match(model_areas=("<b>", "V4", "IT"))._repr_markdown_()


def test_its_numbers_are_given_in_full() -> None:
    names, *rows = csv.reader(StringIO(a_match().to_csv_text()))
    assert tuple(names) == CSV_NAMES
    assert rows[1] == ["V4", "V4", "False", "True", "0.5", "0.01", "0.45", "0.02", "0.75", "50", "320", "320"]
    assert rows[3] == ["IT", "V1", "True", "False", "", "", "", "", "", "1680", "1600", "1601"]


def test_no_field_can_be_set_and_no_array_be_changed_through_it_or_from_outside() -> None:
    assert_nothing_can_be_changed(a_match)


# --- whatever the numbers are -------------------------------------------------------------------------------------
KNOWN_OR_NOT = st.floats(-1, 1) | st.just(float("nan"))
OF_PAIRS = ("choosing", "choosing_error", "reporting", "reporting_error")
OF_BRAINS = ("reliability", "n_sites", "n_choosing", "n_reporting")


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_it_holds_is_read_back_in_full_from_its_csv_and_the_choice_is_the_highest(data) -> None:
    drawn = {name: data.draw(arrays(np.float64, (2, 3), elements=KNOWN_OR_NOT)) for name in OF_PAIRS}
    match = a_match(**drawn, reliability=data.draw(arrays(np.float64, 2, elements=KNOWN_OR_NOT)))
    rows = list(csv.DictReader(StringIO(match.to_csv_text(), newline="")))
    for name, column in zip(OF_PAIRS, CSV_NAMES[4:8], strict=True):
        np.testing.assert_array_equal([float(row[column] or "nan") for row in rows], drawn[name].ravel())
    for brain, score in enumerate(match.reported):
        lines = rows[3 * brain : 3 * brain + 3]
        (chosen,) = (line for line in lines if line["chosen"] == "True")
        known = [float(line["choosing_r"]) for line in lines if line["choosing_r"]]
        assert chosen["choosing_r"] == "" if not known else float(chosen["choosing_r"]) == max(known)
        assert chosen["model_area"] == match.chosen[brain]
        np.testing.assert_array_equal(float(chosen["reporting_r"] or "nan"), score)
        np.testing.assert_array_equal(float(chosen["reporting_error"] or "nan"), match.reported_error[brain])


@given(st.permutations(range(3)), st.permutations(range(2)))
def test_areas_in_another_order_are_the_same_lines_in_another_order(models, brains) -> None:
    match = a_match()
    changes = {name: getattr(match, name)[brains][:, models] for name in OF_PAIRS}
    changes |= {name: getattr(match, name)[brains] for name in OF_BRAINS}
    for name, order in (("model_areas", models), ("brain_areas", brains), ("simulated", brains)):
        changes[name] = tuple(getattr(match, name)[place] for place in order)
    turned = a_match(**changes)
    places = [3 * brain + model for brain in brains for model in models]
    for shown in (repr, LayerAreaMatch._repr_markdown_, LayerAreaMatch.to_csv_text):
        lines, others = shown(match).splitlines(), shown(turned).splitlines()
        first = 2 if shown is LayerAreaMatch._repr_markdown_ else 1
        assert others[first : first + 6] == [lines[first + place] for place in places]
    assert turned.chosen == tuple(match.chosen[brain] for brain in brains)
    assert turned.reported.tolist() == match.reported[brains].tolist()
