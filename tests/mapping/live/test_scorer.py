import threading
from dataclasses import replace

import numpy as np
import pytest
from stand_in_run import TRAINING, StandInModel

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.comparison import score_all
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.live.scorer import LiveScorer
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

OPEN = threading.Event()


def a_scorer(recordings, n_units: int = 20, n_stimuli: int | None = 30) -> LiveScorer:
    return LiveScorer(tuple(recordings), n_units, n_stimuli, seed=3)


def test_a_table_holds_the_scores_the_baselines_and_the_ceilings(make_recordings, make_run) -> None:
    brains = [make_recordings(area="V4"), make_recordings(area="IT", seed=1)]
    run, scorer = make_run(StandInModel(learned=0.5)), a_scorer(brains)
    run.steps_done = 7
    scorer.get_ready(run.model)
    table = scorer.score(run, OPEN)
    comparisons = live_comparisons(brains, 30, 3)
    stimuli = comparisons[0].stimuli
    value, error, _ = score_all(comparisons, [run.model.recorder(stimuli, 20, 3)()])
    np.testing.assert_allclose(table.value, value, atol=1e-5)
    np.testing.assert_allclose(table.error, error, atol=1e-5)
    np.testing.assert_allclose(table.pixels, score_all(comparisons, [pixels(stimuli)])[0][:, 0], atol=1e-5)
    reliability = [ceiling(one).value for one in brains]
    np.testing.assert_allclose(table.reliability, reliability)
    np.testing.assert_allclose(table.ceiling, np.sqrt(reliability))
    assert (table.step, table.model_areas, table.brain_areas) == (7, ("V1", "IT"), ("V4", "IT"))
    assert (table.n_stimuli, table.simulated, table.source, table.final) == (30, (False, False), "made up", False)
    assert "5-fold cross-validation on 30 images; at most 20 random units" in table.convention
    assert "; ceiling: a perfect model's expected r, the square root of c; c: split-half reliab" in table.convention
    assert np.isnan(table.untrained).all()
    assert [[len(one.site_ids) for one in row] for row in table.details] == [[6, 6], [6, 6]]
    # A median of means over folds beside a mean of medians: near, not equal.
    np.testing.assert_allclose([[np.median(one.r) for one in row] for row in table.details], table.value, atol=0.15)


def test_the_training_thread_records_and_does_nothing_else(make_recordings, make_run, monkeypatch) -> None:
    run, scorer = make_run(), a_scorer([make_recordings()])
    compared_in = []
    original = score_all

    def noted(*arguments):
        compared_in.append(threading.current_thread().name)
        return original(*arguments)

    monkeypatch.setattr("hcnn_widgets.mapping.live.scorer.score_all", noted)
    scorer.get_ready(run.model)
    scorer.score(run, OPEN)
    assert all(name.startswith(TRAINING) for name in run.model.threads)
    assert len(run.model.threads) == run.n_asked == 1
    assert not any(name.startswith(TRAINING) for name in compared_in)
    assert scorer.cost_s > 0


def test_recorders_are_compiled_once_and_for_the_units_and_images_that_were_drawn(make_recordings, make_run) -> None:
    run, scorer = make_run(), a_scorer([make_recordings(), make_recordings(20, area="V1")])
    for _ in range(2):
        scorer.get_ready(run.model)
        scorer.score(run, OPEN)
    assert run.model.recorders == [(30, 20, 3), (20, 20, 3)]
    scorer.let_go()
    scorer.get_ready(run.model)
    assert len(run.model.recorders) == 4


def test_the_untrained_network_is_scored_once_per_set_of_images(make_recordings, make_run) -> None:
    run, scorer = make_run(), a_scorer([make_recordings()])
    scorer.get_ready(run.model)
    first = scorer.with_untrained(run.model, scorer.score(run, OPEN))
    assert scorer.knows_untrained
    again = scorer.with_untrained(run.model, scorer.score(run, OPEN), final=True)
    assert run.model.n_untrained == 1
    assert (first.final, again.final) == (False, True)
    np.testing.assert_array_equal(first.untrained, again.untrained)
    assert first.untrained[0, 1] < first.value[0, 1]


def test_the_last_table_holds_what_training_added_with_its_interval_over_sites(make_recordings, make_run) -> None:
    run, scorer = make_run(StandInModel(learned=1.0)), a_scorer([make_recordings(n_sites=12)])
    scorer.get_ready(run.model)
    first = scorer.with_untrained(run.model, scorer.score(run, OPEN))
    last = scorer.with_untrained(run.model, scorer.score(run, OPEN), final=True)
    assert first.gains is None
    np.testing.assert_allclose(last.gains.value, last.value - last.untrained)
    assert last.gains.low[0, 1] > 0, "this area learned"
    assert (last.gains.low <= last.gains.value).all()
    assert (last.gains.value <= last.gains.high).all()
    # The same samples of sites as a score's own, from the r of each fold and site.
    assert [len(one.per_split) for one in last.details[0]] == [5, 5]
    np.testing.assert_allclose(
        [one.per_split.mean(axis=0) for one in last.details[0]], [one.r for one in last.details[0]]
    )


def test_other_images_need_baselines_of_their_own_and_as_many_images_do_not(make_recordings, make_run) -> None:
    run, scorer = make_run(), a_scorer([make_recordings()])
    scorer.get_ready(run.model)
    table = scorer.with_untrained(run.model, scorer.score(run, OPEN))
    scorer.use(30)
    assert scorer.knows_untrained
    scorer.use(None)
    assert not scorer.knows_untrained
    scorer.get_ready(run.model)
    whole = scorer.score(run, OPEN)
    assert whole.n_stimuli == 48
    assert whole.pixels[0] != table.pixels[0]
    assert whole.reliability[0] == table.reliability[0]


def test_nothing_comes_and_nothing_is_recorded_when_closed_before_a_boundary(make_recordings, make_run) -> None:
    run, scorer, closed = make_run(), a_scorer([make_recordings()]), threading.Event()
    scorer.get_ready(run.model)
    run.hold()
    threading.Timer(0.3, closed.set).start()
    assert scorer.score(run, closed) is None
    run.go_on()
    assert not run.at_boundary(lambda: run.model.threads).result(10)


def test_an_error_while_recording_reaches_the_scorer(make_recordings, make_run) -> None:
    run, scorer = make_run(), a_scorer([make_recordings()])
    run.model.recorder = lambda *_, **__: lambda: 1 / 0
    scorer.get_ready(run.model)
    with pytest.raises(ZeroDivisionError):
        scorer.score(run, OPEN)


def test_recordings_without_a_ceiling_have_none_and_simulated_ones_say_so(make_recordings, make_run) -> None:
    one = make_recordings(n_trials=1)
    simulated = RecordingSet(one.responses, one.stimulus_ids, area="V1", stimuli=one.stimuli, simulated=True)
    run, scorer = make_run(), a_scorer([simulated])
    scorer.get_ready(run.model)
    table = scorer.score(run, OPEN)
    assert np.isnan(table.ceiling).all()
    assert np.isnan(table.reliability).all()
    assert (table.simulated, table.source) == ((True,), "")


def test_two_trials_of_one_stimulus_alone_give_no_ceiling_and_scores_all_the_same(make_recordings, make_run) -> None:
    one = make_recordings(n_trials=2)
    responses = one.responses.copy()
    responses[1, 1:] = np.nan
    run, scorer = make_run(), a_scorer([replace(one, responses=responses)])
    scorer.get_ready(run.model)
    table = scorer.score(run, OPEN)
    assert np.isnan([*table.ceiling, *table.reliability]).all()
    assert np.isfinite(table.value).all()
    assert table.notes == ("no site varies in both halves of the trials: no ceiling",)


def test_a_table_says_what_predictivity_says_of_the_same_recordings(make_recordings, make_run) -> None:
    one = make_recordings(n_trials=3)
    responses = np.random.default_rng(0).normal(size=one.responses.shape)
    responses[:, :, 2] = 0.1
    responses[2, ::2] = np.nan
    images = one.stimuli.images.copy()
    images[7] = images[3]
    shown = replace(one.stimuli, images=images)
    noise = replace(one, responses=responses, stimuli=shown, simulated=True, labels_inferred=True)
    run, scorer = make_run(), a_scorer([noise, replace(one, area="V4", stimuli=shown)], n_stimuli=None)
    scorer.get_ready(run.model)
    table = scorer.score(run, OPEN)
    network = ActivationSet({"area": np.eye(48)}, one.stimulus_ids)
    notes = predictivity(network, noise, splits="kfold", n_folds=5)["area"].notes
    assert len(notes) == 5
    twins = next(note for note in notes if "under several ids" in note)
    assert set(table.notes) == {note if note is twins else f"IT: {note}" for note in notes}


def test_a_correction_is_by_the_reliability_and_the_number_of_all_images(make_recordings, make_run) -> None:
    run, scorer = make_run(), a_scorer([make_recordings(), make_recordings(20, area="V1")], n_stimuli=12)
    scorer.get_ready(run.model)
    table = scorer.score(run, OPEN)
    assert (table.n_stimuli, table.n_reliability.tolist()) == (12, [48, 20])
