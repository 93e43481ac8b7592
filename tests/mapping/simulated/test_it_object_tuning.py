import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.simulated.it_object_tuning import DEPTH, it_sites
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

N = 96
KINDS = np.array(["bear", "car", "dog", "face"])[np.arange(N) % 4]
EXEMPLARS = np.char.add("number ", (np.arange(N) // 4 % 3).astype(str))


def stimuli(labels=KINDS, **latents) -> StimulusSet:
    return StimulusSet.from_arrays(
        np.zeros((N, 4, 4)), labels=labels, latents=latents, latent_units=dict.fromkeys(latents, "some")
    )


def sites(images: StimulusSet, seed: int = 0, n_sites: int = 40) -> np.ndarray:
    return it_sites(images, n_sites, np.random.default_rng(seed))


def test_labels_alone_make_one_response_per_category() -> None:
    responses = sites(stimuli())
    assert responses.shape == (N, 40)
    assert len(np.unique(responses, axis=0)) == 4
    for kind in np.unique(KINDS):
        assert (np.ptp(responses[kind == KINDS], axis=0) == 0).all()


def test_a_site_prefers_one_or_two_categories_by_a_clear_margin() -> None:
    tuning = np.sort(np.unique(sites(stimuli()), axis=0), axis=0)
    assert (tuning[-1] >= 0.4).all()
    assert (tuning[-3] <= 0.2).all()


def test_an_exemplar_is_its_name_within_its_category() -> None:
    responses = sites(stimuli(exemplar=EXEMPLARS))
    assert len(np.unique(responses, axis=0)) == 12
    same = [(kind == KINDS) & (name == EXEMPLARS) for kind in np.unique(KINDS) for name in np.unique(EXEMPLARS)]
    assert all((np.ptp(responses[rows], axis=0) == 0).all() for rows in same)


@given(st.integers(0, 10**6), st.floats(0.1, 100), st.floats(-1e3, 1e3))
@settings(max_examples=15, deadline=None)
def test_latent_variables_take_away_a_part_and_their_unit_does_not_matter(seed, scale, shift) -> None:
    position = np.random.default_rng(seed).normal(size=N)
    plain, tuned = sites(stimuli()), sites(stimuli(position=position))
    assert (tuned <= plain + 1e-12).all()
    assert (tuned >= plain * (1 - DEPTH) ** 2 - 1e-12).all()
    assert np.ptp(tuned / plain, axis=0).min() > 0.01
    np.testing.assert_allclose(sites(stimuli(position=scale * position + shift)), tuned, rtol=1e-6, atol=1e-9)


def test_latent_variables_that_do_not_vary_or_are_names_are_passed_over() -> None:
    plain = sites(stimuli())
    np.testing.assert_array_equal(sites(stimuli(size=np.ones(N), background=EXEMPLARS)), plain)


def test_stimuli_without_labels_are_refused() -> None:
    with pytest.raises(ValueError, match=r"tell nothing that a simulated IT could be tuned to.*received labels=None"):
        sites(stimuli(labels=None))
