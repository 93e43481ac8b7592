import csv
import re
from dataclasses import fields
from io import StringIO

import numpy as np
import pytest
from frozen_records import assert_nothing_can_be_changed
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hcnn_widgets.mapping.prediction.gains import WORDS, Gains
from hcnn_widgets.mapping.prediction.tables.area_scores_table import AreaScoreRow, AreaScores


def a_table(**changes) -> AreaScores:
    trained = np.array([[0.4, 0.5, 0.3], [-0.1, 0.2, 0.6]])
    defaults = {
        "model_areas": ("V1", "V4", "IT"),
        "brain_areas": ("V4", "IT"),
        "trained": trained,
        "trained_error": trained * 0 + 0.01,
        "untrained": trained / 2,
        "untrained_error": trained * 0 + 0.02,
        "pixels": np.array([0.26, 0.7]),
        "pixels_error": np.array([0.03, 0.04]),
        "reliability": np.array([0.75, np.nan]),
        "n_sites": np.array([50, 1680]),
        "n_stimuli": np.array([640, 3200]),
        "simulated": (False, True),
        "correction": "r2/c",
        "convention": "as agreed",
        "notes": ("IT: simulated",),
        "source": "made up",
    }
    return AreaScores(**(defaults | changes))


def test_there_is_a_row_per_model_area_and_one_for_the_pixels() -> None:
    rows = a_table().rows()
    assert [(row.brain_area, row.model_area) for row in rows] == [
        (brain, model) for brain in ("V4", "IT") for model in ("V1", "V4", "IT", "pixels")
    ]
    assert (rows[1].trained_r, rows[1].trained_error, rows[1].untrained_r, rows[1].untrained_error) == (
        0.5,
        0.01,
        0.25,
        0.02,
    )
    assert (rows[3].trained_r, rows[3].trained_error) == (0.26, 0.03)
    assert np.isnan([rows[3].untrained_r, rows[3].untrained_error, rows[3].untrained_corrected]).all()
    assert [row.simulated for row in rows] == [False] * 4 + [True] * 4
    assert (rows[4].n_sites, rows[4].n_stimuli) == (1680, 3200)


def test_the_corrected_columns_are_the_named_formula_and_nothing_without_a_ceiling() -> None:
    new, old = a_table().rows(), a_table(correction="(r/c)2").rows()
    assert new[1].trained_corrected == pytest.approx(0.25 / 0.75)
    assert old[1].trained_corrected == pytest.approx((0.5 / 0.75) ** 2)
    assert new[1].untrained_corrected == pytest.approx(0.0625 / 0.75)
    assert np.isnan([row.trained_corrected for row in new[4:]]).all()


def test_a_ceiling_no_higher_than_chance_corrects_nothing() -> None:
    low = a_table(reliability=np.array([0.05, 0.9])).rows()
    assert np.isnan([row.trained_corrected for row in low[:4]]).all(), "0.12 is chance for 640 images"
    assert low[6].trained_corrected == pytest.approx(0.36 / 0.9)


def test_the_best_area_is_of_the_model_even_where_the_pixels_win() -> None:
    table = a_table()
    assert [table.best(0), table.best(1)] == ["V4", "IT"]
    unknown = a_table(trained=np.array([[np.nan, 0.1, 0.2], [np.nan, np.nan, np.nan]]))
    assert [unknown.best(0), unknown.best(1)] == ["IT", "V1"]


def test_the_text_is_aligned_stars_the_best_and_names_correction_and_convention() -> None:
    lines = repr(a_table(correction="(r/c)2")).split("\n")
    assert len({len(line) for line in lines[:9]}) == 1
    assert lines[0].split()[-9:] == [
        "error",
        "trained",
        "(r/c)2",
        "untrained",
        "(r/c)2",
        "ceiling",
        "r",
        "sites",
        "images",
    ]
    assert [line.split("  ")[0] for line in lines[1:9]] == ["V4"] * 4 + ["IT (simulated)"] * 4
    assert [number for number, line in enumerate(lines[1:9]) if " * " in line] == [1, 6]
    assert lines[4].split()[-7:] == ["–", "–", "0.120", "–", "0.866", "50", "640"]
    assert lines[9:] == [
        "Best model area, starred or bold: the highest trained r on the very images that r is from, so that chance "
        "lifts it; `layer_area_match` chooses on other images.",
        "r: as agreed.",
        "(r/c)2: the square of r over the reliability c (Brain-Score from 2019 to 2025; a perfect model reaches "
        "1/c, above 1).",
        "ceiling r: a perfect model's expected r, the square root of c; c: split-half reliability of the recordings, "
        "Spearman-Brown, as Brain-Score halves the trials.",
        "IT: simulated.",
        "Recordings: made up.",
    ]


def test_columns_of_which_nothing_is_known_are_in_the_csv_alone() -> None:
    unknown = {"untrained": np.full((2, 3), np.nan), "untrained_error": np.full((2, 3), np.nan)}
    all_of_it = (
        "brain area|model area|trained r|error|untrained r|error|trained r2/c|untrained r2/c|ceiling r|sites|images"
    )
    without_control = "brain area|model area|trained r|error|trained r2/c|ceiling r|sites|images"
    one_trial = "brain area|model area|trained r|error|sites|images"
    for changes, names in (
        ({}, all_of_it),
        (unknown, without_control),
        (unknown | {"reliability": np.full(2, np.nan)}, one_trial),
    ):
        table = a_table(**changes)
        heading = table._repr_markdown_().split("\n")[0].strip("| ").replace(" | ", "|")
        assert heading == names
        assert re.split(r"\s{2,}", repr(table).split("\n")[0]) == names.split("|")
        assert next(csv.reader(StringIO(table.to_csv_text()))) == [field.name for field in fields(AreaScoreRow)]
        assert ("ceiling r: " in repr(table), "r2/c: " in repr(table)) == ("ceiling" in names,) * 2
    lost = a_table(trained=np.full((2, 3), np.nan), pixels=np.full(2, np.nan))
    assert "trained r" in repr(lost).split("\n")[0], "the score itself stands, as dashes, where it could not be had"


def test_trained_less_untrained_stands_beside_them_with_interval_and_p_where_it_is_known() -> None:
    gains = Gains(*(np.full((2, 3), number) for number in (0.2, 0.15, 0.25, 0.004)))
    said = ("V4: model area V4 less V1 +0.100, +0.080 to +0.120, p = 0.01",)
    table = a_table(gains=gains, neighbours=said)
    lines = repr(table).split("\n")
    assert lines[0].split("untrained r")[1].split()[:5] == ["error", "difference", "low", "high", "p"]
    assert lines[2].split()[5:11] == ["0.250", "0.020", "0.200", "0.150", "0.250", "0.004"]
    assert lines[4].split()[3:9] == ["0.030", "–", "–", "–", "–", "–"], "not of the pixels"
    assert lines[10:12] == [f"{said[0]}.", f"{WORDS}."]
    read = list(csv.DictReader(StringIO(table.to_csv_text())))
    assert [float(read[0][name]) for name in read[0] if name.startswith("difference")] == [0.2, 0.15, 0.25, 0.004]
    assert read[3]["difference_p"] == ""


def test_a_notebook_shows_the_best_area_in_bold_and_no_html() -> None:
    nasty = ("V1|x", "<img src=x onerror=alert(1)>", "IT")
    shown = a_table(model_areas=nasty, source="")._repr_markdown_()
    lines = shown.split("\n")
    assert lines[3] == (
        r"| V4 | **\<img src=x onerror=alert(1)\>** | **0.500** | 0.010 | 0.250 | 0.020 | 0.333 | 0.083 | 0.866 | 50 | "
        "640 |"
    )
    assert sum("**" in line for line in lines) == 2
    assert "<" not in shown.replace(r"\<", "")
    assert "Recordings" not in shown


def test_the_csv_holds_every_number_in_full() -> None:
    table = a_table(trained=np.full((2, 3), 1 / 3))
    read = list(csv.DictReader(StringIO(table.to_csv_text())))
    assert list(read[0]) == [field.name for field in fields(AreaScoreRow)]
    assert len(read) == 8
    assert float(read[0]["trained_r"]) == 1 / 3
    assert read[3]["untrained_r"] == ""
    assert [row["simulated"] for row in read] == ["False"] * 4 + ["True"] * 4


def test_no_field_can_be_set_and_no_array_be_changed_through_it_or_from_outside() -> None:
    assert_nothing_can_be_changed(a_table)


# --- whatever the numbers are -------------------------------------------------------------------------------------
KNOWN_OR_NOT = st.floats(-1, 1) | st.just(float("nan"))
PLAIN = st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(lambda name: name[0] not in "=+-@")
NAMES = st.lists(PLAIN, min_size=3, max_size=3, unique=True)
OF_MODELS = ("trained", "trained_error", "untrained", "untrained_error")


@given(st.data(), NAMES)
@settings(max_examples=40, deadline=None)
def test_whatever_it_holds_is_read_back_in_full_from_its_csv(data, areas) -> None:
    drawn = {name: data.draw(arrays(np.float64, (2, 3), elements=KNOWN_OR_NOT)) for name in OF_MODELS}
    drawn |= {name: data.draw(arrays(np.float64, 2, elements=KNOWN_OR_NOT)) for name in ("pixels", "reliability")}
    text = a_table(model_areas=tuple(areas), **drawn).to_csv_text()
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [row["model_area"] for row in rows] == [*areas, "pixels"] * 2
    read = {
        name: np.array([float(row[name] or "nan") for row in rows]).reshape(2, 4) for name in rows[0] if "_r" in name
    }
    np.testing.assert_array_equal(read["trained_r"], np.column_stack([drawn["trained"], drawn["pixels"]]))
    np.testing.assert_array_equal(read["untrained_r"][:, :3], drawn["untrained"])
    np.testing.assert_array_equal([float(row["reliability"] or "nan") for row in rows[::4]], drawn["reliability"])


@given(st.permutations(range(3)), st.permutations(range(2)))
def test_areas_in_another_order_are_the_same_lines_in_another_order(models, brains) -> None:
    table = a_table()
    changes = {name: getattr(table, name)[brains][:, models] for name in OF_MODELS}
    by_brain = ("pixels", "pixels_error", "reliability", "n_sites", "n_stimuli")
    changes |= {name: getattr(table, name)[brains] for name in by_brain}
    for name, order in (("model_areas", models), ("brain_areas", brains), ("simulated", brains)):
        changes[name] = tuple(getattr(table, name)[place] for place in order)
    turned = a_table(**changes)
    places = [4 * brain + model for brain in brains for model in (*models, 3)]
    for shown in (repr, AreaScores._repr_markdown_, AreaScores.to_csv_text):
        lines, others = shown(table).splitlines(), shown(turned).splitlines()
        first = 2 if shown is AreaScores._repr_markdown_ else 1
        assert others[first : first + 8] == [lines[first + place] for place in places]
    assert [turned.best(row) for row in range(2)] == [table.best(brain) for brain in brains]


@given(arrays(np.float64, (2, 3), elements=KNOWN_OR_NOT), st.floats(0.2, 1), st.sampled_from([0.1, 0.0, -0.5, np.nan]))
def test_corrected_numbers_are_those_of_the_formula_where_r_and_the_ceiling_allow_one(r, reliable, doubtful) -> None:
    table = a_table(
        trained=r, untrained=r[:, ::-1], reliability=np.array([reliable, doubtful]), n_stimuli=np.array([640] * 2)
    )
    rows = table.rows()
    expected = [one**2 / reliable if one >= 0 else np.nan for one in r[0]]
    np.testing.assert_allclose([row.trained_corrected for row in rows[:3]], expected)
    np.testing.assert_allclose([row.untrained_corrected for row in rows[:3]], expected[::-1])
    assert np.isnan([[row.trained_corrected, row.untrained_corrected] for row in rows[4:]]).all()
