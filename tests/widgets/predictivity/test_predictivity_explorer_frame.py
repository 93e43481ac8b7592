import numpy as np
import pytest
from brain_side import recordings, stimuli, table

from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.widgets.predictivity.predictivity_explorer_frame import (
    Choice,
    Sheet,
    explorer_frame,
    limits_of,
    open_sentence,
    read_opened,
)
from hcnn_widgets.widgets.scores.score_frame import read_scores, score_frame
from hcnn_widgets.widgets.scores.score_measure import measure_of

LIMITS = np.array([0.9, np.nan, 0.8, 0.7])


@pytest.fixture
def sheet():
    return Sheet.of(recordings())


def frame(choice, sheet=None, **options):
    return explorer_frame(table(), choice, LIMITS, sheet, **options)


def test_with_nothing_chosen_it_is_a_frame_of_scores(sheet):
    assert frame(None, sheet) == score_frame(table())
    assert explorer_frame(None, None, LIMITS, None).message == "scoring…"
    assert read_opened(frame(None).header, frame(None).values) is None


def test_a_chosen_bar_brings_each_site_with_its_r_and_ceiling(sheet):
    made, detail = frame(Choice(0, 1), sheet), table().details[0][1]
    opened = read_opened(made.header, made.values)
    np.testing.assert_array_equal(opened.r, detail.r.astype(np.float32))
    np.testing.assert_array_equal(opened.limits, LIMITS.astype(np.float32))
    assert made.header["site_ids"] == detail.site_ids.tolist()
    assert (made.header["chosen_brain"], made.header["chosen_model"]) == (0, 1)
    assert opened.site is None
    assert len(opened.places) == 0
    np.testing.assert_array_equal(read_scores(made.header, made.values).value, np.float32([[0.4, 0.5]]))


def test_a_chosen_site_brings_its_responses_in_the_order_of_the_sheet(sheet):
    made, detail = frame(Choice(0, 1, "V4-0002"), sheet), table().details[0][1]
    opened = read_opened(made.header, made.values)
    assert opened.site == 2
    shown = sheet.stimulus_ids[opened.places.astype(int)]
    assert set(shown) == set(detail.stimulus_ids)
    assert (np.diff(opened.places) > 0).all()
    for place, recorded, predicted in zip(shown, opened.recorded, opened.predicted, strict=True):
        row = np.flatnonzero(detail.stimulus_ids == place)[0]
        assert (recorded, predicted) == (detail.recorded[row, 2], detail.predicted[row, 2])


@pytest.mark.parametrize("choice", [Choice(0, 1, "V4-0009"), Choice(0, 1, None)])
def test_a_site_that_is_not_among_those_scored_opens_none(choice, sheet):
    assert "chosen_site" not in frame(choice, sheet).header


def test_scores_without_details_show_the_bars_alone(sheet):
    assert "site_ids" not in explorer_frame(table(details=None), Choice(0, 0), LIMITS, sheet).header


def test_the_sheet_goes_by_category_and_then_by_id():
    sheet = Sheet.of(recordings())
    assert sheet.labels.tolist() == sorted(sheet.labels.tolist())
    for label in ("car", "cat", "dog"):
        ids = sheet.stimulus_ids[sheet.labels == label].tolist()
        assert ids == sorted(ids)
        assert len(ids) == 16


def test_labels_are_those_of_the_recordings_else_of_the_images_else_none():
    shown = stimuli()
    assert Sheet.of(recordings(labels=np.full(48, "thing"))).labels.tolist() == ["thing"] * 48
    assert set(Sheet.of(recordings(labels=None)).labels) == {"car", "cat", "dog"}
    bare = Sheet.of(recordings(labels=None, stimuli=None))
    assert bare.labels is None
    assert bare.stimulus_ids.tolist() == sorted(shown.stimulus_ids.tolist())


def test_the_limit_of_a_site_is_the_root_of_its_reliability_and_none_where_that_is_not_above_zero():
    brain = recordings(n_trials=6)
    reliability = ceiling(brain).per_site
    for site, expected in zip(brain.site_ids.tolist(), reliability, strict=True):
        assert limits_of(brain)[site] == pytest.approx(np.sqrt(expected))
    noise = recordings(n_trials=2, n_sites=30)
    responses = np.random.default_rng(0).normal(size=noise.responses.shape)
    limits = np.array(list(limits_of(type(noise)(responses, noise.stimulus_ids, area="V4")).values()))
    assert np.isnan(limits).any()
    assert limits_of(recordings(n_trials=1)) == {}


def test_two_trials_of_one_image_alone_give_no_limits():
    brain = recordings(n_trials=2)
    responses = brain.responses.copy()
    responses[1, 1:] = np.nan
    assert limits_of(type(brain)(responses, brain.stimulus_ids, area="V4")) == {}


def test_a_measure_says_what_its_scores_are():
    made = frame(None, trains=False, measure=measure_of("explained variance"))
    assert (made.header["step"], made.header["percent"]) == (None, True)
    assert made.header["measure"] == "explained variance (%)"
    assert made.header["convention"].startswith("median r; percent explained variance")


def test_what_is_open_is_said(sheet):
    def said(choice):
        made = frame(choice, sheet)
        return open_sentence(made.header, made.values)

    median = np.median(table().details[0][1].r)
    assert said(None) == ""
    assert said(Choice(0, 1)) == f" Open: 4 sites of V4 by model area V2, median r {median:.2f}."
    r = table().details[0][1].r[2]
    assert said(Choice(0, 1, "V4-0002")).endswith(f"; site V4-0002: r {r:.2f}.")
