from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.live.gathering import live_comparisons, stratified_rows
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.several import fingerprint, groups_by_images, recordings_tuple
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


def test_recordings_may_come_alone_in_a_list_or_by_name(make_recordings) -> None:
    one, other = make_recordings(), make_recordings(area="V4")
    assert recordings_tuple(one) == (one,)
    assert recordings_tuple([one, other]) == (one, other)
    assert recordings_tuple({"a": other, "b": one}) == (other, one)


@pytest.mark.parametrize(("none", "came"), [([], "list of nothing"), (["V4"], "list of str"), ({}, "dict of nothing")])
def test_what_holds_no_recordings_is_refused(none, came) -> None:
    with pytest.raises(TypeError, match=rf"`recordings` are none. Accepted are a RecordingSet.*received {came}"):
        recordings_tuple(none)


def test_a_fingerprint_is_that_of_the_numbers_ids_area_and_images(make_recordings) -> None:
    one = make_recordings()
    changed = one.responses.copy()
    changed[0, 0, 0] += 1e-9
    ids = one.stimulus_ids.tolist()
    others = [
        RecordingSet(changed, ids, area="IT"),
        RecordingSet(one.responses, ids, area="V4"),
        RecordingSet(one.responses, ids[::-1], area="IT"),
        RecordingSet(one.responses, ids, area="IT"),
        RecordingSet(one.responses, ids, area="IT", stimuli=StimulusSet(one.stimuli.images / 2, ids)),
    ]
    assert fingerprint(make_recordings()) == fingerprint(one)
    assert len({fingerprint(each) for each in [one, *others]}) == 6


def test_recordings_to_the_same_images_are_shown_them_once(make_recordings) -> None:
    v4, it = make_recordings(area="V4"), make_recordings(area="IT", seed=1)
    elsewhere = make_recordings(n_stimuli=20, area="V1")
    same, other = live_comparisons([v4, elsewhere, it], None, 0)
    assert (same.rows, other.rows) == ((0, 2), (1,))
    assert [len(one.stimuli) for one in (same, other)] == [48, 20]
    assert same.stimuli.stimulus_ids.tolist() == sorted(v4.stimulus_ids)


def test_the_very_same_images_are_not_compared_pixel_by_pixel(make_recordings) -> None:
    v4 = make_recordings(area="V4")
    shared = RecordingSet(v4.responses, v4.stimulus_ids, area="IT", stimuli=v4.stimuli)
    assert len(live_comparisons([v4, shared], None, 0)) == 1


def test_the_same_images_in_another_order_are_shown_once_and_under_other_ids_twice(make_recordings) -> None:
    v4, it = make_recordings(area="V4"), make_recordings(area="IT", seed=1)
    turned = it.select(it.stimulus_ids[::-1])
    (comparison,) = live_comparisons([v4, turned], 20, 0)
    expected = it.select(comparison.stimuli.stimulus_ids).mean_over_trials()
    z = (expected - expected.mean(axis=0)) / expected.std(axis=0)
    np.testing.assert_allclose(comparison.responses[1], z, atol=1e-5)
    renamed = StimulusSet(it.stimuli.images, it.stimulus_ids[::-1])
    other = RecordingSet(it.responses, renamed.stimulus_ids, area="IT", stimuli=renamed)
    assert groups_by_images([v4, other, turned, make_recordings(20)]) == [[0, 2], [1], [3]]


def test_the_same_ids_with_other_images_are_not_the_same_images(make_recordings) -> None:
    v4 = make_recordings(area="V4")
    darker = StimulusSet(v4.stimuli.images / 2, v4.stimulus_ids)
    assert (
        len(live_comparisons([v4, RecordingSet(v4.responses, v4.stimulus_ids, area="IT", stimuli=darker)], 20, 0)) == 2
    )


def test_responses_are_averages_in_the_order_of_the_ids_with_mean_0_and_deviation_1(make_recordings) -> None:
    recordings = make_recordings()
    shuffled = recordings.select(np.random.default_rng(0).permutation(recordings.stimulus_ids))
    (comparison,) = live_comparisons([shuffled], None, 0)
    means = recordings.mean_over_trials()
    expected = (means - means.mean(axis=0)) / means.std(axis=0)
    np.testing.assert_allclose(comparison.responses[0], expected, atol=1e-5)
    assert comparison.responses[0].dtype == np.float32
    np.testing.assert_array_equal(comparison.stimuli.images, recordings.stimuli.images)


def test_constant_sites_are_left_out_and_recordings_of_nothing_else_refused(make_recordings) -> None:
    one = make_recordings()
    responses = one.responses.copy()
    responses[:, :, 0] = 1.0
    (comparison,) = live_comparisons([RecordingSet(responses, one.stimulus_ids, area="V4", stimuli=one.stimuli)], 20, 0)
    assert comparison.responses[0].shape == (20, 5)
    flat = RecordingSet(np.ones((2, 48, 3)), one.stimulus_ids, area="V4", stimuli=one.stimuli)
    with pytest.raises(
        ValueError,
        match=r"`recordings` of V4 have no site that varies\. Accepted is one or more; received 3 that are constant ",
    ):
        live_comparisons([flat], None, 0)


def test_a_site_whose_averages_differ_by_rounding_alone_is_constant(make_recordings) -> None:
    one = make_recordings(n_trials=3)
    responses = one.responses.copy()
    responses[:, :, 0] = 0.1
    responses[2, ::2] = np.nan
    uneven = RecordingSet(responses, one.stimulus_ids, area="IT", stimuli=one.stimuli)
    assert np.ptp(uneven.mean_over_trials()[:, 0]) > 0
    (comparison,) = live_comparisons([uneven], None, 0)
    assert comparison.site_ids[0].tolist() == [f"IT-000{site}" for site in range(1, 6)]
    assert comparison.notes == (("1 of 6 sites are constant and were left out",),)


def test_inferred_labels_are_said_where_images_are_drawn_by_them(make_recordings) -> None:
    inferred = replace(make_recordings(), labels_inferred=True)
    said = "the labels that images were drawn by are inferred"
    for several, n_stimuli, notes in (
        ([inferred], 20, ((said,),)),
        ([inferred], None, ((),)),
        ([replace(inferred, labels=None)], 20, ((),)),
        ([make_recordings(), inferred], 20, ((), ())),
    ):
        assert live_comparisons(several, n_stimuli, 0)[0].notes == notes


def test_stimuli_of_too_few_images_are_refused(make_recordings) -> None:
    one = make_recordings()
    few = StimulusSet(one.stimuli.images[np.arange(48) % 2], one.stimulus_ids)
    with pytest.raises(
        ValueError, match=r"`recordings` of IT show too few different images\..*received 0: 48 stimuli show 2 images"
    ):
        live_comparisons([replace(one, stimuli=few)], None, 0)


def test_recordings_without_images_or_with_few_are_refused(make_recordings) -> None:
    one = make_recordings()
    bare = RecordingSet(one.responses, one.stimulus_ids, area="IT")
    with pytest.raises(ValueError, match=r"of IT cannot be scored live. Accepted.*10 or more; received no images"):
        live_comparisons([bare], None, 0)
    with pytest.raises(ValueError, match=r"received 9 images"):
        live_comparisons([one.select(one.stimulus_ids[:9])], None, 0)


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=60), st.integers(1, 60), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_every_label_is_drawn_in_proportion(labels, n_drawn, seed) -> None:
    labels = np.array(labels)
    rows = stratified_rows(labels, len(labels), n_drawn, seed)
    assert len(rows) == min(n_drawn, len(labels))
    assert (np.diff(rows) > 0).all()
    for label in np.unique(labels):
        fair = (labels == label).sum() * len(rows) / len(labels)
        assert abs((labels[rows] == label).sum() - fair) < 2


def test_without_labels_a_seed_draws_at_random() -> None:
    first, again, other = (stratified_rows(None, 100, 30, seed).tolist() for seed in (0, 0, 1))
    assert first == again != other
    assert stratified_rows(None, 5, None, 0).tolist() == [0, 1, 2, 3, 4]
