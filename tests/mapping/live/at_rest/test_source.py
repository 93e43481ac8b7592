import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.at_rest.source import ActivationsAtRest, AtRest, GivenActivations


def test_a_model_at_rest_is_a_run_that_is_over_and_does_jobs_at_once():
    run = AtRest("model")
    assert (run.alive, run.state, run.steps_done, run.model) == (False, "finished", 0, "model")
    assert run.at_boundary(lambda: "done").result() == "done"


def test_what_fails_in_a_job_is_raised():
    with pytest.raises(ZeroDivisionError):
        AtRest(None).at_boundary(lambda: 1 / 0)


def test_given_activations_are_handed_out_as_they_are():
    shown = ActivationSet({"V1": np.eye(3)}, ["a", "b", "c"])
    before = ActivationSet({"V1": np.ones((3, 3))}, ["a", "b", "c"])
    model = GivenActivations(shown, before)
    assert model.areas == ("V1",)
    assert model.recorder(None, units=4, seed=1)() is shown
    assert model.untrained().recorder(None)() is before


def test_without_an_untrained_network_there_is_none():
    model = GivenActivations(ActivationSet({"V1": np.eye(3)}, ["a", "b", "c"]))
    with pytest.raises(ValueError, match=r"`untrained` was not given. Accepted is an ActivationSet of the network bef"):
        model.untrained()


def test_given_activations_serve_recordings_trained_and_untrained():
    shown = ActivationSet({"V1": np.eye(3)}, ["a", "b", "c"])
    before = ActivationSet({"V1": np.ones((3, 3))}, ["a", "b", "c"])
    source = ActivationsAtRest(shown, before)
    source.let_go()
    recordings = [object(), object()]
    assert source.trained(recordings) == [shown, shown]
    assert source.untrained(recordings) == [before, before]
    assert source.model.areas == ("V1",)
