from dataclasses import replace

import numpy as np
import pytest

from hcnn_widgets.mapping.similarity.comparison.area_ceiling import area_ceiling
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.rdms.brain_rdms import brain_rdms
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm


def ends(ceiling):
    return ceiling.lower, ceiling.upper, ceiling.convention


def test_several_subjects_have_theirs():
    subjects = [Rdm(np.random.default_rng(seed).random(10)) for seed in range(3)]
    assert ends(area_ceiling(brain_rdms(subjects)[0], "spearman")) == ends(rdm_ceiling(subjects, "spearman"))


@pytest.mark.parametrize("method", COMPARISONS)
@pytest.mark.parametrize("distance", DISTANCES)
def test_recordings_have_that_of_halves_of_their_trials_wherever_it_is_not_refused(make_recordings, distance, method):
    recordings = make_recordings(n_stimuli=8)
    recordings = replace(recordings, responses=np.abs(recordings.responses))
    found = area_ceiling(brain_rdms(recordings, distance)[0], method)
    try:
        expected = rdm_ceiling(recordings, method, distance=distance)
    except ValueError:
        assert found == "noise lifts this distance"
    else:
        assert ends(found) == ends(expected)
        assert "halves of each stimulus's trials" in found.convention


def test_without_a_ceiling_it_is_said_in_short_why(make_recordings):
    recordings = make_recordings(n_stimuli=8)
    one_trial = replace(recordings, responses=recordings.responses[:1])
    some = recordings.responses.copy()
    some[1:, 3] = np.nan
    dull = recordings.responses.copy()
    dull[:, 3] = np.sign(dull[:, 3, :1])  # varies over sites in no trial
    dull[0, 3, 0] += 5  # but in the one of them, and so in one half
    found = [
        area_ceiling(brain_rdms(brain)[0], "tau_a")
        for brain in (
            Rdm([1, 2, 3]),
            one_trial,
            replace(recordings, responses=some),
            replace(recordings, responses=dull),
        )
    ]
    assert found == ["one RDM", "one trial", "too few trials", "half the trials make no RDM"]
    two = replace(recordings, responses=recordings.responses[:2])
    assert area_ceiling(brain_rdms(two, "crossnobis")[0], "tau_a") == "too few trials"
