from types import SimpleNamespace

import numpy as np
import pytest

from hcnn_widgets.widgets.scores.score_frame import read_scores, score_frame, scores_sentence
from hcnn_widgets.widgets.scores.score_measure import NO_CORRECTION, measure_of


def table(**changes):
    parts = {
        "step": np.int64(340),
        "model_areas": ("V1", "V2", "IT"),
        "brain_areas": ("V4", "IT"),
        "value": np.array([[0.4, 0.47, 0.3], [0.1, 0.2, 0.5]]),
        "error": np.array([[0.01, 0.02, 0.03], [0.04, 0.05, 0.06]]),
        "untrained": np.full((2, 3), np.nan),
        "ceiling": np.array([0.78, np.nan]),
        "pixels": np.array([0.26, 0.1]),
        "convention": "median r",
        "simulated": (False, np.bool_(True)),
        "source": "Cowley 2023",
        "notes": (),
        "n_stimuli": 300,
        "n_reliability": np.array([300, 300]),
    }
    return SimpleNamespace(**{**parts, **changes})


def details(n_scored=(300, 300), n_sites=(50, 50)):
    return [
        [SimpleNamespace(site_ids=np.arange(sites), stimulus_ids=np.arange(scored))] * 3
        for scored, sites in zip(n_scored, n_sites, strict=True)
    ]


def test_a_frame_of_scores_can_be_read_back_whole():
    source = table()
    frame = score_frame(source)
    scores = read_scores(frame.header, frame.values)
    for name in ("value", "error", "untrained", "ceiling", "pixels"):
        expected = np.asarray(getattr(source, name), np.float32)
        assert np.array_equal(getattr(scores, name), expected, equal_nan=True), name
    assert scores.brain_areas == ("V4", "IT")
    assert scores.simulated == (False, True)


def test_the_header_is_plain_json_with_the_convention_beside_the_scores():
    header = score_frame(table()).header
    assert header["convention"] == "median r"
    assert header["step"] == 340
    assert [type(flag) for flag in header["simulated"]] == [bool, bool]


def test_the_header_counts_the_sites_of_each_brain_area_where_the_scores_came_with_them():
    assert score_frame(table(details=details(n_sites=(50, 7)))).header["n_sites"] == [50, 7]
    assert score_frame(table(details=None)).header["n_sites"] == []
    assert score_frame(table()).header["n_sites"] == []


@pytest.mark.parametrize(
    ("n_scored", "n_images", "said"),
    [
        ((192, 192), (640, 640), "192 of 640 images"),
        ((192, 150), (640, 150), "192 of 640 images"),
        ((192, 192), (640, 1600), "192 of 640 or 192 of 1,600 images"),
        ((640, 150), (640, 150), ""),
    ],
)
def test_of_how_many_images_the_scores_are_is_said_where_it_is_fewer_than_all(n_scored, n_images, said):
    frame = score_frame(table(details=details(n_scored), n_reliability=np.array(n_images)))
    assert frame.header["part"] == said
    sentence = scores_sentence(frame.header, frame.values)
    assert sentence.startswith(f"At step 340, on {said}, V4 is" if said else "At step 340, V4 is")


def test_what_a_reader_must_know_stands_in_the_convention_and_simulated_at_the_name():
    notes = ("V4: 1 of 5 sites are constant and were left out", "IT: the recordings are simulated", "no ceiling")
    header = score_frame(table(notes=notes), measure=measure_of("r2/c")).header
    said = "median r; V4: 1 of 5 sites are constant and were left out; no ceiling; r squared over the reliability c"
    assert header["convention"].startswith(said)


@pytest.mark.parametrize(
    ("pooling", "correction", "measure"),
    [
        ("per split", NO_CORRECTION, "Pearson r, mean of medians per fold"),
        ("pooled", NO_CORRECTION, "Pearson r, median over sites"),
        ("per split", "r2/c", "r2/c, corrected for noise"),
    ],
)
def test_a_score_of_medians_per_fold_is_not_called_a_median_over_sites(pooling, correction, measure):
    scores = [[SimpleNamespace(pooling=pooling)] * 3] * 2
    header = score_frame(table(scores=scores), measure=measure_of(correction)).header
    assert (header["measure"], header["per_fold"]) == (measure, "per fold" in measure)


def test_a_score_just_below_0_is_said_without_a_minus():
    frame = score_frame(table(value=np.full((2, 3), -0.004)))
    assert "by model area V1, 0.00, ceiling" in scores_sentence(frame.header, frame.values)


def test_what_is_not_known_travels_as_nan_bytes_and_never_in_the_header():
    frame = score_frame(table())
    numbers = np.frombuffer(frame.values, "<f4")
    assert len(numbers) == 3 * 6 + 2 * 2
    assert np.isnan(numbers[12:18]).all()


def test_before_the_first_score_the_panel_says_that_it_is_scoring():
    assert score_frame(None).message == "scoring…"
    assert score_frame(None).header == {}


def test_a_table_of_the_wrong_shape_is_refused():
    with pytest.raises(
        ValueError, match=r"`error` of a table of scores must have the shape \(2, 3\); received \(3, 2\)"
    ):
        score_frame(table(error=np.zeros((3, 2))))


def test_the_best_area_is_the_highest_known_one():
    source = table(value=np.array([[np.nan, 0.1, 0.05], [np.nan, np.nan, np.nan]]))
    frame = score_frame(source)
    scores = read_scores(frame.header, frame.values)
    assert scores.best(0) == 1
    assert scores.best(1) is None


def test_the_sentence_names_the_best_areas_the_ceiling_and_what_is_simulated():
    frame = score_frame(table())
    assert scores_sentence(frame.header, frame.values) == (
        "At step 340, V4 is predicted best by model area V2, 0.47, ceiling 0.78; "
        "IT (simulated) is predicted best by model area IT, 0.50 (median r)."
    )


def test_the_sentence_of_a_table_without_scores_says_so():
    frame = score_frame(table(value=np.full((2, 3), np.nan)))
    assert scores_sentence(frame.header, frame.values) == "No score yet."
