import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from stand_in_run import StandInModel, until

from hcnn_widgets.mapping import live_score as function
from hcnn_widgets.mapping.live.score import LiveScore
from hcnn_widgets.mapping.live.work import _close_all
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

QUICK = {"n_units": 20, "n_stimuli": 30, "interval_s": 0.0, "share": 1.0}


def a_score(run, recordings, **choices) -> LiveScore:
    return LiveScore(run, recordings, **(QUICK | choices))


def test_all_scores_of_a_training_are_on_the_same_images_and_that_on_all_images_stands_apart(
    make_recordings, make_run
) -> None:
    run = make_run(StandInModel(learned=0.0))
    score = a_score(run, make_recordings())
    assert until(lambda: score.latest is not None)
    run.model.learned, run.steps_done = 1.0, 2
    assert until(lambda: score.latest.step == 2)
    assert not score.latest.final
    run.finish()
    assert score.join(20)
    steps = [table.step for table in score.history]
    assert steps == [1, 2, 2]
    early, late, last = score.history
    assert [table.details is None for table in score.history] == [True, True, False]
    assert late.value[0, 1] > early.value[0, 1] + 0.3
    assert np.isfinite(late.untrained).all()
    assert {table.n_stimuli for table in score.history} == {30}
    assert [table.final for table in score.history] == [False, False, True]
    # The network did not move between the last two: neither does its score, nor the untrained network's.
    for name in ("value", "untrained", "pixels"):
        np.testing.assert_array_equal(getattr(last, name), getattr(late, name))
    whole = last.whole
    assert (whole.final, whole.n_stimuli, whole.step, whole.whole) == (True, 48, 2, None)
    assert np.isfinite([whole.value, whole.untrained]).all()
    assert not np.array_equal(whole.untrained, last.untrained)
    assert [early.whole, late.whole] == [None, None]
    assert not score.alive
    assert score.error is None


def test_while_paused_nothing_is_scored_again(make_recordings, make_run) -> None:
    run = make_run()
    score = a_score(run, make_recordings())
    assert until(lambda: score.latest is not None and np.isfinite(score.latest.untrained).all())
    run.state = "paused"
    asked = run.n_asked
    assert not until(lambda: run.n_asked > asked, seconds=0.5)
    run.steps_done += 1
    assert until(lambda: run.n_asked > asked)
    assert until(lambda: len(score.history) == 2)


def test_a_run_that_is_over_is_scored_once_on_all_images(make_recordings, make_run) -> None:
    score = a_score(make_run(state="stopped"), {"IT": make_recordings()})
    assert score.join(20)
    (table,) = score.history
    assert (table.final, table.n_stimuli, table.whole) == (True, 48, None)
    assert np.isfinite(table.untrained).all()


def test_a_run_that_failed_has_no_final_score(make_recordings, make_run) -> None:
    run = make_run(state="failed")
    score = a_score(run, make_recordings())
    assert score.join(20)
    assert score.latest is None
    assert score.error is None
    assert run.n_asked == 0


def test_what_goes_wrong_is_said_and_ends_the_scoring(make_recordings, make_run) -> None:
    run = make_run()
    run.model.recorder = lambda *_, **__: lambda: 1 / 0
    score = a_score(run, make_recordings())
    assert score.join(20)
    assert score.error == "Scoring stopped: ZeroDivisionError: division by zero"
    assert not score.alive


def test_closing_ends_it_between_two_scores(make_recordings, make_run) -> None:
    run = make_run()
    score = a_score(run, make_recordings(), interval_s=1000.0)
    assert until(lambda: score.latest is not None)
    assert score.alive
    score.close()
    assert not score.alive
    assert score.join(20)
    assert not score.latest.final


def test_closing_does_not_wait_for_a_boundary_and_what_fails_afterwards_is_no_news(make_recordings, make_run) -> None:
    run = make_run()
    run.hold()
    score = a_score(run, make_recordings())
    assert until(lambda: run.n_asked == 1)
    score.close()
    assert score.join(20)
    assert score.latest is None
    assert score.error is None


def test_an_error_after_closing_is_not_shown(make_recordings, make_run) -> None:
    run = make_run()
    closing = []

    def recorder(*_, **__):
        closing[0].close()
        raise RuntimeError("the model is gone")

    run.model.recorder = recorder
    score = LiveScore.__new__(LiveScore)  # known to the recorder before its thread begins
    closing.append(score)
    score.__init__(run, make_recordings(), **QUICK)
    assert score.join(20)
    assert score.error is None


def test_closing_before_the_last_score_drops_it(make_recordings, make_run) -> None:
    run = make_run(state="finished")
    run.hold()
    score = a_score(run, make_recordings())
    assert until(lambda: run.n_asked == 1)
    score.close()
    assert score.join(20)
    assert score.latest is None


def test_scores_come_less_often_where_they_cost_too_much(make_recordings, make_run, monkeypatch) -> None:
    monkeypatch.setattr(LiveScore, "HEAD_START_S", 0.0)
    run = make_run()
    score = a_score(run, make_recordings(), share=1e-6)
    assert until(lambda: score.latest is not None and np.isfinite(score.latest.untrained).all())
    run.steps_done += 1
    assert not until(lambda: len(score.history) > 1, seconds=0.5)
    run.finish()
    assert score.join(20)
    assert [table.final for table in score.history] == [False, True]


def test_where_all_images_are_scored_while_training_there_is_no_other_score(make_recordings, make_run) -> None:
    run = make_run()
    score = a_score(run, make_recordings(), n_stimuli=None)
    assert until(lambda: score.latest is not None and np.isfinite(score.latest.untrained).all())
    run.finish()
    assert score.join(20)
    assert (score.latest.final, score.latest.n_stimuli, score.latest.whole) == (True, 48, None)


def test_a_long_training_keeps_its_first_score_and_its_newest(make_recordings, make_run, monkeypatch) -> None:
    monkeypatch.setattr(LiveScore, "KEPT", 3)
    run = make_run()
    score = a_score(run, make_recordings())
    for step in range(1, 6):
        run.steps_done = step
        assert until(lambda step=step: score.latest is not None and score.latest.step == step)
    assert [table.step for table in score.history] == [1, 3, 5]


def test_everyone_who_asks_gets_the_same_score_until_it_is_closed(make_recordings, make_run) -> None:
    run, other = make_run(state="failed"), make_run(state="failed")
    score = function(run, make_recordings())
    assert function(run, [make_recordings()]) is score
    assert function(run, make_recordings(seed=1)) is not score
    assert function(other, make_recordings()) is not score
    score.close()
    assert function(run, make_recordings()) is not score


def test_scores_that_were_cut_off_are_kept_and_go_on_when_somebody_asks_again(make_recordings, make_run) -> None:
    run = make_run(StandInModel(learned=0.0))
    cut = function(run, make_recordings())
    assert until(lambda: cut.latest is not None and np.isfinite(cut.latest.untrained).all())
    cut.close()
    assert cut.join(20)
    run.steps_done = 5
    run.finish()
    again = function(run, make_recordings())
    assert again.history[0].step == 1, "what was had is there at once"
    assert again.join(20)
    assert [table.step for table in again.history] == [1, 5]
    early, last = again.history
    assert (early.final, last.final) == (False, True)
    np.testing.assert_array_equal(early.value, cut.latest.value)
    np.testing.assert_array_equal(last.pixels, early.pixels)
    assert [table.details is None for table in again.history] == [True, False]


def test_of_work_that_was_complete_nothing_is_taken_over(make_recordings, make_run) -> None:
    run = make_run()
    whole = function(run, make_recordings())
    assert until(lambda: whole.latest is not None)
    run.finish()
    assert whole.join(20)
    assert whole.complete
    assert function(run, make_recordings()) is whole
    whole.close()
    again = function(run, make_recordings())
    assert again is not whole
    assert again.join(20)
    assert [table.final for table in again.history] == [True]


def test_the_same_numbers_with_other_images_are_another_score(make_recordings, make_run) -> None:
    run, one = make_run(state="failed"), make_recordings()
    darker = replace(one, stimuli=StimulusSet(one.stimuli.images / 2, one.stimulus_ids))
    assert function(run, darker) is not function(run, one)


def test_a_score_keeps_neither_the_run_nor_the_model_alive(make_recordings) -> None:
    from stand_in_run import StandInRun

    run = StandInRun(state="finished")
    score = function(run, make_recordings())
    assert score.join(20)
    run.tidy_up()
    gone = [weakref.ref(run), weakref.ref(run.model)]
    del run
    gc.collect()
    assert [one() for one in gone] == [None, None]
    assert score.latest.final


def test_the_end_of_the_interpreter_closes_every_score(make_recordings, make_run) -> None:
    scores = [a_score(make_run(), make_recordings(), interval_s=1000.0) for _ in range(2)]
    _close_all()
    assert not any(score.alive for score in scores)
    assert all(score.join(0) for score in scores)


def test_what_makes_no_schedule_or_draws_no_unit_is_refused(make_recordings) -> None:
    with pytest.raises(ValueError, match=r"makes no schedule. Accepted are 0 s or more, and a share above 0"):
        LiveScore(None, make_recordings(), share=0)
    with pytest.raises(ValueError, match=r"`n_units` leaves none to score. Accepted is 1 or more; received 0"):
        LiveScore(None, make_recordings(), n_units=0)


def test_recordings_without_images_are_refused_at_once(make_recordings) -> None:
    from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

    one = make_recordings()
    with pytest.raises(ValueError, match=r"cannot be scored live"):
        LiveScore(None, RecordingSet(one.responses, one.stimulus_ids, area="IT"))
