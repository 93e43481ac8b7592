import gc

import numpy as np
import pytest

from hcnn_widgets.mapping.live.moment_scores import MomentScores
from hcnn_widgets.mapping.live.rdm_moment import RdmMoment
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison


def a_moment(seed=0):
    return RdmMoment(1, ("V1",), {"correlation": np.random.default_rng(seed).random((1, 6))})


@pytest.fixture
def compared():
    return MomentScores(RdmComparison({"IT": np.random.default_rng(9).random() * (np.ones((4, 4)) - np.eye(4))}))


def test_scores_are_worked_out_once_per_moment_distance_and_method(compared):
    moment, told = a_moment(), []
    assert compared.known(moment, "correlation", "cosine") is None
    scores = compared.of(moment, "correlation", "cosine", lambda *both: told.append(both))
    assert told == [(1, 1)]
    assert compared.of(moment, "correlation", "cosine", lambda *both: told.append(both)) is scores
    assert compared.known(moment, "correlation", "cosine") is scores
    assert compared.known(moment, "correlation", "whitened_cosine") is None
    assert compared.known(a_moment(), "correlation", "cosine") is None
    assert told == [(1, 1)]


def test_the_scores_of_a_moment_that_is_gone_are_gone(compared):
    moment = a_moment()
    compared.of(moment, "correlation", "cosine")
    del moment
    gc.collect()
    assert len(compared._known) == 0


def test_a_distance_that_was_not_worked_out_is_refused(compared):
    with pytest.raises(ValueError, match=r"`distance='poisson'` was not worked out. Accepted are correlation"):
        compared.of(a_moment(), "poisson", "cosine")
