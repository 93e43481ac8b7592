"""Whether stand-ins predict new sites as recorded ones do: on noise, on sites of the model itself, on others."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.mapping import CONTROLS, Control

N = 120
IDS = np.array([f"image{n:03d}" for n in range(N)])


def noise(seed: int, shared: float = 0.0, n_sites: int = 12) -> tuple[hw.ActivationSet, hw.RecordingSet]:
    """Units and sites that have nothing to do with the images, nor with one another but for a trial's mood."""
    rng = np.random.default_rng(seed)
    trials = rng.normal(size=(4, N, n_sites)) + shared * rng.normal(size=(4, N, 1))
    return hw.ActivationSet({"V4": rng.normal(size=(N, 40))}, IDS), hw.RecordingSet(trials, IDS, "V4")


def population(seed: int, n_units: int = 300) -> hw.ActivationSet:
    """Units that share eight directions, as those of an area do."""
    rng = np.random.default_rng(seed)
    return hw.ActivationSet({"V4": np.exp(0.5 * rng.normal(size=(N, 8)) @ rng.normal(size=(8, n_units)))}, IDS)


@pytest.mark.parametrize("shared", [0.0, 1.0], ids=["alone", "a shared mood"])
def test_on_noise_every_r_is_0_on_average(shared: float) -> None:
    found = []
    for seed in range(25):
        model, brain = noise(seed, shared)
        tested = hw.mapping.generative_test(model, brain, controls=(), n_splits=2, seed=seed)
        found.append([median.value for median in tested.medians])
    values = np.array(found)
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    assert (np.abs(values.mean(axis=0)) < 3.5 * error).all()
    assert (error < 0.03).all()


def test_trials_in_common_would_lift_r() -> None:
    from hcnn_widgets.mapping.sampled import generative_test as room

    model, brain = noise(0, 1.0)
    every = np.ones((4, N), dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_trial_halves", lambda *_: room._Sides(every, every))
        lifted = hw.mapping.generative_test(model, brain, controls=(), n_splits=2)
    assert lifted.medians[0].value > 0.3
    assert abs(hw.mapping.generative_test(model, brain, controls=(), n_splits=2).medians[0].value) < 0.15


def test_sites_of_the_model_itself_are_predicted_as_well_by_others_of_its_units() -> None:
    model = population(0)
    brain = hw.RecordingSet(np.random.default_rng(1).poisson(4.0, (6, N, 30)), IDS, "V4")
    recorded = hw.mapping.sample_area(model, brain, 30)
    tested = hw.mapping.generative_test(model, recorded, untrained=population(7), controls=(), n_splits=4)
    assert tested.stand_ins == ("recorded sites", "model V4", "untrained V4")
    assert tested.medians[0].value > 0.4
    assert abs(tested.differences[1].value) < 0.06
    assert tested.differences[2].high < -0.2
    assert tested.simulated
    assert "stand-ins from untrained V4 predict new sites less well than recorded sites do" in repr(tested)


def test_every_site_is_predicted_in_some_splits_and_the_table_holds_each_stand_in() -> None:
    model, brain = noise(3)
    tested = hw.mapping.generative_test(model, brain, controls=(), n_splits=6, n_stand_ins=15, noise="none")
    assert tested.per_site.shape == (2, 12)
    assert not np.isnan(tested.per_site).any()
    assert "15 stand-ins without noise" in tested.convention
    rows = tested.to_csv_text().splitlines()
    assert len(rows) == 3
    assert rows[1].endswith(",,,,")


def test_a_seed_repeats_it_and_the_order_of_stimuli_does_not_matter() -> None:
    model, brain = noise(5)
    order = np.random.default_rng(0).permutation(N)
    turned = brain.select(IDS[order])
    first, again = (hw.mapping.generative_test(model, each, controls=(), n_splits=2) for each in (brain, turned))
    np.testing.assert_allclose(first.per_site, again.per_site)


def test_a_new_control_stands_in_and_a_small_one_with_all_its_units(monkeypatch: pytest.MonkeyPatch) -> None:
    _, brain = noise(0)
    stimuli = hw.StimulusSet(np.random.default_rng(0).random((N, 8, 8, 1), np.float32), IDS)
    labels = np.where(np.arange(N) % 3, "cat", "car")
    brain = hw.RecordingSet(np.abs(brain.responses), IDS, "V4", labels=labels, stimuli=stimuli)
    first = Control(lambda given: hw.ActivationSet({"x": given.images[:, :4, 0, 0]}, given.stimulus_ids), "4 pixels")
    monkeypatch.setitem(CONTROLS, "corner", first)
    names = ("corner", "ideal observer", "pixels")
    tested = hw.mapping.generative_test(noise(0)[0], brain, controls=names, n_splits=2)
    assert tested.stand_ins[2:] == names


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"controls": ("pixel",)}, "`controls='pixel'` is no control.*the nearest is 'pixels'"),
        ({"controls": ("untrained",)}, "`model` is needed: this control is the same network before training"),
        ({"n_splits": 0}, "`n_splits` is no count"),
        ({"n_stand_ins": 41}, "up to 40 units"),
    ],
)
def test_what_cannot_be_tested_is_refused(options: dict[str, Any], words: str) -> None:
    model, brain = noise(0)
    stimuli = hw.StimulusSet(np.random.default_rng(0).random((N, 8, 8, 1), np.float32), IDS)
    shown = hw.RecordingSet(brain.responses, IDS, "V4", stimuli=stimuli)
    with pytest.raises(ValueError, match=words):
        hw.mapping.generative_test(model, shown, **{"controls": (), **options})


def test_too_few_sites_or_trials_are_refused() -> None:
    model, brain = noise(0)
    with pytest.raises(ValueError, match=r"`recordings` cannot be halved.*received 3 such sites"):
        hw.mapping.generative_test(model, hw.RecordingSet(brain.responses[:, :, :3], IDS, "V4"))
    with pytest.raises(ValueError, match="as few as 1 trials"):
        hw.mapping.generative_test(model, hw.RecordingSet(brain.responses[:1], IDS, "V4"))
    with pytest.raises(ValueError, match="have no images"):
        hw.mapping.generative_test(model, brain)
