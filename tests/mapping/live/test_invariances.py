"""What must not matter to what is measured live: the order of stimuli and of recordings, and the units."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping import live_rdms, live_score
from hcnn_widgets.mapping.live.at_rest.source import AtRest, GivenActivations
from hcnn_widgets.mapping.live.rdms import LiveRdms
from hcnn_widgets.mapping.live.score import LiveScore
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison

FEW = settings(max_examples=5, deadline=None)
ORDERS, SCALES, SHIFTS = st.permutations(range(48)), st.floats(0.1, 10.0), st.floats(-5.0, 5.0)


@pytest.fixture(scope="module")
def brains(make_recordings):
    v4, it = make_recordings(area="V4", n_sites=4), make_recordings(area="IT", seed=1)
    return v4, replace(it, stimuli=v4.stimuli)


@pytest.fixture(scope="module")
def network(brains):
    seen = brains[0].stimuli.images.reshape(48, -1)[:, :12]
    noise = np.random.default_rng(3).random(seen.shape)
    return ActivationSet({"V1": noise, "IT": seen + 0.1 * noise}, brains[0].stimulus_ids)


def a_run(network) -> AtRest:
    untrained = ActivationSet(dict.fromkeys(network.areas, network["V1"]), network.stimulus_ids)
    return AtRest(GivenActivations(network, untrained))


def measured(live):
    assert live.join(30)
    assert live.error is None
    return live.latest


def scored(network, *brains):
    return measured(LiveScore(a_run(network), brains, match=True))


def by_function(network, *brains):
    # The run must outlive the scores: they are kept as long as it is.
    run = a_run(network)
    return measured(live_score(run, brains, match=True))


def same_scores(one, other, rows=(0, 1), atol=5e-3) -> None:
    rows = list(rows)
    for name in ("value", "error", "untrained", "ceiling", "reliability", "pixels"):
        np.testing.assert_allclose(getattr(one, name)[rows], getattr(other, name), atol=atol, err_msg=name)
    for name in ("choosing", "reporting", "reliability"):
        np.testing.assert_allclose(getattr(one.match, name)[rows], getattr(other.match, name), atol=atol, err_msg=name)
    assert [one.brain_areas[row] for row in rows] == list(other.brain_areas)
    assert (one.notes, set(one.match.notes)) == (other.notes, set(other.match.notes))


@pytest.mark.no_cover
@pytest.mark.parametrize("score_of", [scored, by_function])
@given(order=ORDERS)
@FEW
def test_the_order_of_the_stimuli_changes_no_score(brains, network, score_of, order) -> None:
    ids = brains[0].stimulus_ids[order]
    mixed = (brains[0].select(ids), brains[1])
    same_scores(score_of(network.select(ids[::-1]), *mixed), score_of(network, *brains), atol=1e-4)


def in_other_units(network, brains, scale, shift):
    """Give model and brain areas as if measured in other units."""
    other = ActivationSet({area: scale * network[area] + shift for area in network.areas}, network.stimulus_ids)
    return other, *(replace(one, responses=one.responses / scale - shift) for one in brains)


@pytest.mark.parametrize("score_of", [scored, by_function])
@given(scale=SCALES, shift=SHIFTS)
@FEW
def test_the_units_change_no_score(brains, network, score_of, scale, shift) -> None:
    same_scores(score_of(*in_other_units(network, brains, scale, shift)), score_of(network, *brains))


@pytest.mark.parametrize("score_of", [scored, by_function])
def test_the_order_of_the_recordings_is_that_of_the_rows_and_nothing_else(brains, network, score_of) -> None:
    same_scores(score_of(network, *brains), score_of(network, *brains[::-1]), rows=(1, 0), atol=1e-4)


def rdms_scored(network, *brains):
    live = LiveRdms(a_run(network), None, RdmComparison(list(brains)))
    return live.compared.of(measured(live), "correlation", "tau_a"), live


def rdms_by_function(network, *brains):
    run = a_run(network)
    live = live_rdms(run, list(brains))
    return live.compared.of(measured(live), "correlation", "tau_a"), live


@pytest.mark.parametrize("rdms_of", [rdms_scored, rdms_by_function])
@given(order=ORDERS)
@FEW
def test_the_order_of_the_stimuli_changes_no_comparison_of_rdms(brains, network, rdms_of, order) -> None:
    ids = brains[0].stimulus_ids[order]
    scores, live = rdms_of(network.select(ids[::-1]), brains[0].select(ids), brains[1])
    expected, _ = rdms_of(network, *brains)
    np.testing.assert_allclose(scores.value, expected.value, atol=1e-6)
    assert live.comparison.stimulus_ids.tolist() == ids.tolist()


@pytest.mark.parametrize("rdms_of", [rdms_scored, rdms_by_function])
@given(scale=SCALES, shift=SHIFTS)
@FEW
def test_the_units_change_no_comparison_of_correlation_distances(brains, network, rdms_of, scale, shift) -> None:
    other, _ = rdms_of(*in_other_units(network, brains, scale, shift))
    np.testing.assert_allclose(other.value, rdms_of(network, *brains)[0].value, atol=5e-3)


@pytest.mark.parametrize("rdms_of", [rdms_scored, rdms_by_function])
def test_the_order_of_the_recordings_is_that_of_the_compared_areas(brains, network, rdms_of) -> None:
    turned, expected = (rdms_of(network, *several)[0].value for several in (brains[::-1], brains))
    np.testing.assert_allclose(turned[::-1], expected, atol=1e-9)
    assert not np.allclose(turned, expected)
