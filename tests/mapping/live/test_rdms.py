import gc
import weakref

import numpy as np
import pytest
from stand_in_run import StandInModel, StandInRun, until

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.at_rest.source import AtRest, GivenActivations
from hcnn_widgets.mapping.live.rdms import LiveRdms, live_rdms
from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

QUICK = {"n_units": 20, "interval_s": 0.0, "share": 1.0}


def live(run, recordings, **choices):
    return LiveRdms(run, recordings.stimuli, RdmComparison(recordings), **(QUICK | choices))


@pytest.fixture
def recordings(make_recordings):
    return make_recordings(n_stimuli=12)


def test_rdms_come_while_training_goes_on_and_once_more_at_the_end(recordings, make_run):
    run = make_run(StandInModel(learned=0.0))
    work = live(run, recordings)
    assert until(lambda: work.untrained is not None)
    run.model.learned, run.steps_done = 1.0, 2
    assert until(lambda: work.latest.step == 2)
    run.finish()
    assert work.join(20)
    early, late, last = work.history
    assert [moment.step for moment in work.history] == [1, 2, 2]
    assert (late.final, last.final, work.alive, work.error) == (False, True, False, None)
    seen = recordings.stimuli.images.reshape(12, -1)[:, :20]
    np.testing.assert_allclose(last.vectors["correlation"][1], rdm(seen).vector, atol=1e-6)
    np.testing.assert_allclose(early.vectors["correlation"], work.untrained.vectors["correlation"], atol=1e-6)
    assert work.distances == tuple(early.vectors)
    assert "20 random units" in work.convention


def test_what_is_watched_is_compared_at_once_and_what_is_not_when_asked(recordings, make_run):
    run = make_run()
    work = live(run, recordings)
    assert until(lambda: work.untrained is not None)
    moment = work.latest
    scores = work.compared.known(moment, "correlation", "tau_a")
    model = Rdm(moment.vectors["correlation"][0], recordings.stimulus_ids)
    assert scores.value[0, 0] == pytest.approx(compare(model, rdm(recordings)))
    assert work.compared.known(work.untrained, "correlation", "tau_a") is not None
    assert work.compared.known(moment, "cosine", "spearman") is None
    work.watched = ("cosine", "spearman")
    run.steps_done += 1
    assert until(lambda: work.compared.known(work.latest, "cosine", "spearman") is not None)


def test_images_are_shown_in_the_order_of_the_brain_whatever_theirs(recordings, make_run):
    shuffled = recordings.stimuli.select(np.random.default_rng(0).permutation(12))
    work = LiveRdms(make_run(state="finished"), shuffled, RdmComparison(recordings), **QUICK)
    assert work.join(20)
    seen = recordings.stimuli.images.reshape(12, -1)[:, :20]
    np.testing.assert_allclose(work.latest.vectors["euclidean"][0], rdm(seen, "euclidean").vector, atol=1e-6)


def test_closing_while_the_training_thread_is_busy_drops_what_is_under_way(recordings, make_run):
    run = make_run()
    run.hold()
    work = live(run, recordings)
    assert until(lambda: run.n_asked == 1)
    work.close()
    assert work.join(20)
    assert (work.latest, work.error) == (None, None)


def test_the_history_is_thinned_by_number_and_by_memory(recordings, make_run, monkeypatch):
    monkeypatch.setattr(LiveRdms, "KEPT", 4)
    run = make_run()
    work = live(run, recordings)
    for step in (1, 2, 3, 10, 20, 30):
        run.steps_done = step
        assert until(lambda step=step: work.latest is not None and work.latest.step == step)
    assert [moment.step for moment in work.history] == [1, 10, 20, 30]
    monkeypatch.setattr(LiveRdms, "KEPT_BYTES", 3 * work.latest.n_bytes)
    run.steps_done = 40
    assert until(lambda: work.latest.step == 40)
    assert len(work.history) == 3


def test_a_network_without_its_first_weights_has_no_untrained_one(recordings, make_run):
    run = make_run()

    def untrained():
        raise ValueError("`untrained` needs the initial weights.")

    run.model.untrained = untrained
    work = live(run, recordings)
    assert until(lambda: work.latest is not None)
    run.finish()
    assert work.join(20)
    assert (work.untrained, work.error) == (None, None)
    assert work.latest.final


def test_activations_from_elsewhere_are_measured_once(recordings):
    rng = np.random.default_rng(0)
    order = rng.permutation(12)
    shown = ActivationSet({"conv1": rng.random((12, 7))}, recordings.stimulus_ids[order])
    before = ActivationSet({"conv1": rng.random((12, 7))}, recordings.stimulus_ids)
    work = LiveRdms(AtRest(GivenActivations(shown, before)), None, RdmComparison(recordings))
    assert work.join(20)
    (moment,) = work.history
    expected = rdm(shown.select(recordings.stimulus_ids))
    np.testing.assert_array_equal(moment.vectors["correlation"][0], expected.vector)
    np.testing.assert_allclose(work.untrained.vectors["correlation"][0], rdm(before).vector, rtol=1e-6)


def test_what_goes_wrong_is_said(recordings, make_run):
    run = make_run()
    run.model.recorder = lambda *_, **__: lambda: 1 / 0
    work = live(run, recordings)
    assert work.join(20)
    assert work.error == "Comparing RDMs stopped: ZeroDivisionError: division by zero"


def test_units_without_a_pattern_and_images_that_are_missing_are_refused_at_once(recordings, make_run):
    with pytest.raises(ValueError, match=r"`n_units` leaves no pattern. Accepted is 2 or more; received 1"):
        live(make_run(), recordings, n_units=1)
    with pytest.raises(ValueError, match=r"`stimuli` lacks 1 of 12 ids"):
        LiveRdms(make_run(), recordings.stimuli.select(slice(1, None)), RdmComparison(recordings))


def test_everyone_who_asks_for_the_same_gets_the_same(recordings, make_recordings, make_run):
    run = make_run(state="failed")
    work = live_rdms(run, recordings)
    assert live_rdms(run, [make_recordings(n_stimuli=12)], recordings.stimuli) is work
    assert live_rdms(run, make_recordings(n_stimuli=12, seed=1)) is not work
    assert live_rdms(run, recordings, references={"one": rdm(recordings)}) is not work
    assert live_rdms(make_run(state="failed"), recordings) is not work
    other_images = recordings.stimuli.select(slice(None, None, -1))
    assert live_rdms(run, rdm(recordings), other_images) is not work


def test_a_network_cannot_be_compared_without_images(recordings, make_run):
    with pytest.raises(ValueError, match=r"`stimuli` are missing: a network must be shown what the brain saw"):
        live_rdms(make_run(), rdm(recordings))


def test_it_keeps_neither_the_run_nor_the_model_alive(recordings):
    run = StandInRun(state="finished")
    work = live_rdms(run, recordings)
    assert work.join(20)
    run.tidy_up()
    gone = [weakref.ref(run), weakref.ref(run.model)]
    del run
    gc.collect()
    assert [one() for one in gone] == [None, None]
    assert work.latest.final
