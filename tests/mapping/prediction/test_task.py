import numpy as np
import pytest

from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.prediction.choices import Choices
from hcnn_widgets.mapping.prediction.task import prediction_task
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

IDS = np.array([f"{number:02d}" for number in range(24)])
LABELS = np.repeat(["cat", "dog", "car"], 8)
KFOLD = Choices(splits="kfold", n_folds=4)


def recordings(n_trials: int = 4, noise: float = 0.3, **fields) -> RecordingSet:
    rng = np.random.default_rng(0)
    responses = rng.normal(size=(24, 3)) + noise * rng.normal(size=(n_trials, 24, 3))
    return RecordingSet(responses, **{"stimulus_ids": IDS, "area": "IT", "labels": LABELS, **fields})


def test_stimuli_are_sorted_by_id_with_their_responses() -> None:
    order = np.random.default_rng(1).permutation(24)
    task = prediction_task(recordings().select(IDS[order]), KFOLD)
    assert task.recordings.stimulus_ids.tolist() == IDS.tolist()
    np.testing.assert_array_equal(task.responses, recordings().mean_over_trials())
    assert not task.responses.flags.writeable


def test_the_ceiling_is_that_of_the_recordings_site_by_site() -> None:
    task, limit = prediction_task(recordings(), KFOLD), ceiling(recordings())
    assert task.ceiling == limit.value
    np.testing.assert_array_equal(task.site_ceilings, limit.per_site)
    assert task.notes == ()


def test_labels_are_kept_together_unless_groups_are_given() -> None:
    by_label = prediction_task(recordings(), Choices(splits="leave-one-category-out"))
    assert [set(LABELS[test]) for _, test in by_label.folds] == [{"car"}, {"cat"}, {"dog"}]
    groups = {one: f"scene {number % 4}" for number, one in enumerate(IDS)}
    by_scene = prediction_task(recordings(), Choices(splits="grouped", n_folds=4), groups)
    assert sorted(sorted(test % 4) for _, test in by_scene.folds) == [[scene] * 6 for scene in range(4)]


def test_inferred_labels_are_said_where_the_splits_go_by_them() -> None:
    said = "the labels that the splits go by are inferred"
    doubtful = recordings(labels_inferred=True)
    groups = dict(zip(IDS, LABELS, strict=True))
    for splits, given, expected in (("kfold", None, ()), ("grouped", None, (said,)), ("grouped", groups, ())):
        assert prediction_task(doubtful, Choices(splits=splits, n_folds=3), given).notes == expected


def test_one_image_under_several_ids_is_never_on_both_sides() -> None:
    images = np.random.default_rng(0).random((24, 3, 3))
    images[[5, 11, 20]], images[23] = images[0], images[1]
    shuffled = np.random.default_rng(1).permutation(24)
    twins = recordings(stimuli=StimulusSet.from_arrays(images, stimulus_ids=IDS)).select(IDS[shuffled])
    task = prediction_task(twins, KFOLD)
    same = np.array([0 if row in (0, 5, 11, 20) else 1 if row in (1, 23) else row + 2 for row in range(24)])
    plain = prediction_task(recordings(), KFOLD)
    for (train, test), (all_train, all_test) in zip(task.folds, plain.folds, strict=True):
        assert not set(same[train]) & set(same[test])
        assert set(train) == {row for row in all_train if same[row] not in same[test]}
        assert test.tolist() == all_test.tolist()
    assert task.notes[0].startswith("6 stimuli show 2 images under several ids")


def test_noise_has_a_ceiling_that_is_not_used_and_said() -> None:
    rng = np.random.default_rng(2)
    task = prediction_task(recordings(noise=0).__class__(rng.normal(size=(2, 24, 3)), IDS, "IT"), KFOLD)
    assert any("is not above chance (0.51 for 24 stimuli, p < .05): no correction" in note for note in task.notes)


def test_trials_of_different_stimuli_only_give_no_ceiling() -> None:
    responses = np.full((2, 24, 3), np.nan)
    responses[0] = np.random.default_rng(0).normal(size=(24, 3))
    responses[1, 0], responses[0, 1] = 1.0, responses[0, 0]
    task = prediction_task(RecordingSet(responses, IDS, "IT"), KFOLD)
    assert np.isnan(task.ceiling)
    assert np.isnan(task.site_ceilings).all()
    assert task.notes == ("no site varies in both halves of the trials: no ceiling",)


def test_tasks_share_rows_where_stimuli_and_folds_are_the_same() -> None:
    task, other = prediction_task(recordings(), KFOLD), prediction_task(recordings(n_trials=2), KFOLD)
    assert task.shares_rows_with(other)
    assert not task.shares_rows_with(prediction_task(recordings().select(IDS[:20]), KFOLD))
    for choices in (Choices(splits="kfold", n_folds=3), Choices(splits="grouped", n_folds=3)):
        assert not task.shares_rows_with(prediction_task(recordings(), choices))


def test_groups_are_refused_where_they_are_not_kept_together() -> None:
    with pytest.raises(ValueError, match=r"of no use to splits='kfold'. Accepted are splits 'grouped', 'leave-one"):
        prediction_task(recordings(), KFOLD, dict(zip(IDS, LABELS, strict=True)))


@pytest.mark.parametrize(("n_missing", "listed"), [(2, r"00, 01\."), (7, r"00, 01, 02, 03, 04, \.\.\.")])
def test_stimuli_without_a_group_are_listed(n_missing, listed) -> None:
    groups = dict(zip(IDS[n_missing:], LABELS[n_missing:], strict=True))
    with pytest.raises(ValueError, match=f"`groups` lack {n_missing} of 24 stimuli.*missing are {listed}"):
        prediction_task(recordings(), Choices(splits="grouped", n_folds=3), groups)


def test_folds_that_leave_nothing_to_fit_on_are_refused() -> None:
    alike = StimulusSet.from_arrays(np.zeros((24, 3, 3)), stimulus_ids=IDS)
    with pytest.raises(ValueError, match=r"leaves too little to fit on. Accepted are 3 training stimuli.*received 0"):
        prediction_task(recordings(stimuli=alike), KFOLD)


def test_folds_too_small_for_a_correlation_are_refused_unless_pooled() -> None:
    small = {"splits": "kfold", "n_folds": 12}
    with pytest.raises(
        ValueError, match=r"too few stimuli for a correlation.*Accepted are 3 or more; received 2. Fewer"
    ):
        prediction_task(recordings(), Choices(**small))
    assert len(prediction_task(recordings(), Choices(**small, pooling="pooled")).folds) == 12
