from types import SimpleNamespace

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.widgets.network.probe_images import IN_STRIP, MOST, SIDE, probe_of


def labelled(n: int, n_kinds: int = 5, **shape) -> hw.StimulusSet:
    images = np.random.default_rng(0).random((n, 8, 6, 1)).astype(np.float32)
    return hw.StimulusSet.from_arrays(images, labels=[f"kind {index % n_kinds}" for index in range(n)])


def run_with(held_out) -> SimpleNamespace:
    return SimpleNamespace(held_out=held_out, at_boundary=None, model=None)


def test_the_strip_has_one_of_each_category_before_a_second_one_of_any() -> None:
    probe = probe_of(run_with(labelled(400)))
    labels = probe.stimuli.labels.tolist()
    assert set(labels[:5]) == set(labels[5:10]) == {f"kind {index}" for index in range(5)}
    assert len(set(labels[10:IN_STRIP])) == IN_STRIP - 10
    assert (probe.n_strip, len(probe.stimuli), probe.words) == (IN_STRIP, MOST, f"{MOST} held-out images")
    assert len(set(probe.stimuli.stimulus_ids.tolist())) == MOST


def test_the_same_seed_draws_the_same_images_and_another_one_others() -> None:
    first, again, other = (probe_of(run_with(labelled(400)), seed=seed).stimuli.stimulus_ids for seed in (3, 3, 4))
    assert first.tolist() == again.tolist() != other.tolist()


def test_few_images_without_labels_are_all_shown() -> None:
    given = hw.StimulusSet.from_arrays(np.random.default_rng(0).random((3, 200, 100, 3)).astype(np.float32))
    probe = probe_of(run_with(labelled(40)), given)
    assert sorted(probe.stimuli.stimulus_ids) == sorted(given.stimulus_ids)
    assert (probe.n_strip, probe.words, probe.label(0)) == (3, "3 images", "")
    assert probe.name(0) == probe.stimuli.stimulus_ids[0]
    assert probe.pictures.shape == (3, SIDE, SIDE // 2, 3)


def test_a_run_that_holds_nothing_out_and_a_model_without_a_run_have_no_images() -> None:
    assert probe_of(run_with(None)) is None
    assert probe_of(SimpleNamespace(run=None)) is None
    assert len(probe_of(SimpleNamespace(run=run_with(labelled(7)))).stimuli) == 7


def test_what_is_no_stimulus_set_is_refused() -> None:
    with pytest.raises(TypeError, match="stimuli"):
        probe_of(run_with(None), np.zeros((3, 8, 8, 1)))
