"""Which sounds a panel has: a person's own, drawn ones, or those that a network's training holds out."""

from dataclasses import replace
from typing import Any, NamedTuple

from hcnn_widgets.stimuli.audition.sounds import sound_wave, sounds, waves_refusal
from hcnn_widgets.stimuli.check_stimuli import check_stimuli
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.network.answers import Answer, NoAnswer, answers_of
from hcnn_widgets.widgets.network.network_reading import Ask
from hcnn_widgets.widgets.network.network_source import NO_IMAGES, images_for
from hcnn_widgets.widgets.network.probe_images import given_images, probe_rows
from hcnn_widgets.widgets.panel.given_source import source_given

from .heard_sound import Bands, HeardSound
from .heard_words import latent_words

MOST = 24
"""Sounds to choose from."""
N_DRAWN, LITTLE_NOISE = 8, (6.0, 15.0)


class Asked(NamedTuple):
    """A question to a network: the number of a sound, and the bands that are left out of it."""

    sound: int
    left_out: Bands


def network_given(source: Any | None) -> Any | None:
    """Return a run or a model of ours for what was given.

    Raises
    ------
    TypeError
        If it is neither, and no Keras model.
    """
    taken = source_given(source)
    if taken is None or hasattr(taken, "at_boundary") or hasattr(taken, "network"):
        return taken
    raise TypeError(
        "`source` has no network that could hear. Accepted are a Run, a GoalDrivenModel or a Keras model; received "
        f"{type(source).__name__}."
    )


def sounds_given(source: Any | None, stimuli: StimulusSet | None, seed: int) -> StimulusSet:
    """Return drawn sounds to choose from: one of each kind, then others; refuse what is no drawn sound.

    Raises
    ------
    TypeError, ValueError
        If there are none, or they are images of another kind.
    """
    found = given_images(source, stimuli)
    if found is None and source is not None:
        raise ValueError(
            f"`source` has no sounds to be heard. Accepted is a run that holds some out, or sounds by stimuli=...; "
            f"received {type(source).__name__}. {NO_IMAGES}"
        )
    if found is None:
        found = sounds(N_DRAWN, noise=LITTLE_NOISE, seed=seed)
    check_stimuli("stimuli", found)
    if refusal := waves_refusal(found):
        raise ValueError(refusal)
    return found.select(probe_rows(found.labels, len(found), seed)[:MOST])


def heard_sound(stimuli: StimulusSet, row: int) -> HeardSound:
    """Return a drawn sound of a set."""
    wave, rate = sound_wave(stimuli, str(stimuli.stimulus_ids[row]))
    label = "sound" if stimuli.labels is None else str(stimuli.labels[row])
    name = f"vowel {label}" if str(stimuli.stimulus_ids[row]).startswith("vowels/") else label
    return HeardSound(wave, float(rate), f"{name} (simulated)", latent_words(stimuli, row))


def hearing(model: Any, stimuli: StimulusSet) -> Ask:
    """Return what gives a model's answer to what is left of a sound, or a sentence on why it is none."""
    from hcnn_widgets.activations.feature_maps import FeatureMaps

    goal, categories = model.goal, tuple(model.categories)
    network: list[FeatureMaps] = []

    def answer(asked: Any) -> Answer | str:
        image = heard_sound(stimuli, asked.sound).heard(asked.left_out).image
        shown = images_for(model, replace(stimuli[[asked.sound]], images=image[None]))
        if not network:
            shape = shown.images.shape[1:]
            network.append(FeatureMaps(model.network, model.taps, shape, pixels=model.pixels).prepare("outputs"))
        try:
            (said,) = answers_of(goal, categories, network[0].outputs(shown.images), shown)
        except NoAnswer as why:
            return str(why)
        return said

    return answer
