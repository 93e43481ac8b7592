"""Drawn sounds: what they are made of, that they can be had again, and that their numbers are theirs."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.stimuli.audition.kinds import KINDS
from hcnn_widgets.stimuli.audition.series import SoundSeries
from hcnn_widgets.stimuli.audition.sources import coloured_noise, phase_of, pulses, resonant
from hcnn_widgets.stimuli.audition.voices import FORMANTS, draw_vowel, speaker

RATE = 16_000
TIME = np.arange(RATE) / RATE


@pytest.fixture(scope="module")
def heard() -> hw.StimulusSet:
    return hw.stimuli.sounds(16, seed=3)


def power_at(wave: np.ndarray, low: float, high: float) -> float:
    spectrum = np.abs(np.fft.rfft(wave)) ** 2
    return float(spectrum[round(low) : round(high)].sum() / spectrum.sum())


def test_each_of_eight_sounds_is_of_another_kind(heard: hw.StimulusSet) -> None:
    assert heard.categories == tuple(sorted(KINDS))
    assert sorted(heard.labels[:8]) == sorted(heard.labels[8:]) == sorted(KINDS)
    assert heard.image_shape == (64, 128, 1)


def test_a_smaller_set_holds_the_first_sounds_of_a_larger_one(heard: hw.StimulusSet) -> None:
    few = hw.stimuli.sounds(5, seed=3)
    np.testing.assert_array_equal(few.images, heard.images[:5])
    np.testing.assert_array_equal(few.stimulus_ids, heard.stimulus_ids[:5])
    assert not set(hw.stimuli.sounds(5, seed=4).stimulus_ids) & set(heard.stimulus_ids)


def test_a_waveform_that_is_drawn_again_has_the_cochleagram_of_the_set(heard: hw.StimulusSet) -> None:
    part = heard[[9, 2]]
    waves = hw.stimuli.sound_waves(part)
    for wave, image in zip(waves, part.images, strict=True):
        np.testing.assert_allclose(hw.stimuli.cochleagram(wave, RATE).image, image, atol=1e-6)
    np.testing.assert_allclose(np.sqrt((waves**2).mean(axis=1)), 0.1)
    np.testing.assert_array_equal(hw.stimuli.sound_waves(heard, [heard.stimulus_ids[2]])[0], waves[1])


def test_length_rate_and_noise_are_those_asked_for() -> None:
    short = hw.stimuli.sounds(8, seconds=0.5, sample_rate=8_000, noise=(20, 30))
    assert short.image_shape == (64, 64, 1)
    assert hw.stimuli.sound_waves(short).shape == (8, 4_000)
    assert (short.latents["snr"] >= 20).all()
    assert (short.latents["snr"] <= 30).all()


def test_the_noise_is_as_strong_as_it_says() -> None:
    series = SoundSeries("sounds", 1.0, RATE, -10.0, -10.0, 0)
    for number in range(4):
        sound = series.drawn(number)
        dry = sound.drawn.wave / np.sqrt(np.mean(sound.drawn.wave**2))
        # Of two waves that have nothing to do with each other, what is alike in the sum is the sound's share.
        share = np.dot(sound.wave, dry) / np.linalg.norm(sound.wave) / np.linalg.norm(dry)
        assert share**2 == pytest.approx(1 / 11, abs=0.03)
        assert sound.snr == -10


def test_a_pulse_train_has_all_harmonics_alike_and_nothing_between_or_above() -> None:
    spectrum = np.abs(np.fft.rfft(pulses(phase_of(190.0, TIME), RATE))) / RATE
    harmonics = spectrum[190 : int(0.45 * RATE) : 190]
    np.testing.assert_allclose(harmonics, 1.0, rtol=0.02)
    assert spectrum[int(0.46 * RATE) :].max() < 0.01
    assert np.delete(spectrum, np.arange(0, len(spectrum), 190)).max() < 0.01


def test_a_resonator_lets_most_through_at_its_frequency() -> None:
    answer = np.zeros(RATE)
    answer[0] = 1
    gains = np.abs(np.fft.rfft(resonant(answer, np.array([1200.0]), np.array([80.0]), RATE)))
    assert gains.argmax() == pytest.approx(1200, abs=10)
    assert gains[0] == pytest.approx(1)


@pytest.mark.parametrize("slope", [0.0, 1.0, 2.0])
def test_noise_falls_with_its_slope(slope: float) -> None:
    noise = coloured_noise(np.random.default_rng(0), RATE * 4, RATE, slope)
    spectrum = np.abs(np.fft.rfft(noise)) ** 2
    frequencies = np.arange(len(spectrum)) / 4
    inside = (frequencies > 100) & (frequencies < 7000)
    fitted = np.polyfit(np.log(frequencies[inside]), np.log(spectrum[inside]), 1)[0]
    assert fitted == pytest.approx(-slope, abs=0.1)


def test_vowels_have_their_formants_and_speakers_their_pitch() -> None:
    for seed in range(12):
        drawn = draw_vowel(np.random.default_rng(seed), TIME)
        who = speaker(int(drawn.source.split()[1]) - 1)
        assert abs(np.log2(drawn.pitch / who.pitch)) <= 0.2
        first = FORMANTS[drawn.word][0] * who.shift
        # More of the power lies about the first formant than in a band as wide far above it.
        assert power_at(drawn.wave, 0.6 * first, 1.4 * first) > 5 * power_at(drawn.wave, 5000, 5000 + 0.8 * first)


def test_speakers_are_men_women_and_children_who_stay_the_same() -> None:
    voices = [speaker(number) for number in range(30)]
    assert voices == [speaker(number) for number in range(30)]
    men, women, children = (np.mean([voice.pitch for voice in voices[kind::3]]) for kind in range(3))
    assert men < women < children


def test_vowels_of_five_speakers_are_labelled_by_what_is_said() -> None:
    said = hw.stimuli.vowels(40, seed=1)
    assert set(said.labels) == set(FORMANTS)
    np.testing.assert_array_equal(said.labels, said.latents["word"])
    assert set(said.latents["exemplar"]) == {f"speaker {number}" for number in range(1, 6)}
    assert hw.goal.Identity().refusal(said) == hw.goal.Categorization().refusal(said) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_sound_of_its_own_at_every_rate_and_length(kind: str) -> None:
    for rate, seconds in ((8_000, 0.25), (44_100, 1.0)):
        time = np.arange(round(rate * seconds)) / rate
        one, other = (KINDS[kind](np.random.default_rng(seed), time).wave for seed in (0, 1))
        assert one.shape == time.shape
        assert np.isfinite(one).all()
        assert np.abs(one - other).max() > 0.01 * np.abs(one).max() > 0


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    hw.stimuli.sounds(3, progress=lambda done, n: told.append((done, n)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"n": 0}, "`n` is no count"),
        ({"seed": -1}, "`seed` is no seed"),
        ({"seconds": 0.1}, "`seconds` is no length of a sound. Accepted are 0.25 to 10 s; received 0.1"),
        ({"sample_rate": 4_000}, "`sample_rate` is none .* 8,000 to 48,000 Hz; received 4000"),
        ({"noise": (3, -15)}, r"`noise` is no range .* the lower one first; received \(3, -15\)"),
        ({"noise": 3}, "`noise` is no range"),
    ],
)
def test_what_cannot_be_drawn_is_refused(options: dict, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        hw.stimuli.sounds(**({"n": 2} | options))


def test_waves_of_what_is_no_drawn_sound_are_refused(heard: hw.StimulusSet) -> None:
    images = hw.StimulusSet.from_arrays(np.zeros((2, 8, 8), np.uint8), name="mine")
    with pytest.raises(ValueError, match=r"must be drawn sounds, .* received the id 'mine-00000'"):
        hw.stimuli.sound_waves(images)
    with pytest.raises(ValueError, match=r"`ids` are not of these stimuli. .* received 'nobody'"):
        hw.stimuli.sound_waves(heard, ["nobody"])


def test_sounds_of_ones_own_are_the_images_of_their_cochleagrams() -> None:
    waves = [np.round(8000 * np.sin(2 * np.pi * hertz * TIME)).astype(np.int16) for hertz in (300, 3000)]
    own = hw.stimuli.cochleagrams(waves, RATE, labels=["low", "high"], n_channels=32, frame_rate=50)
    assert own.images.shape == (2, 32, 50, 1)
    for wave, image in zip(waves, own.images, strict=True):
        np.testing.assert_array_equal(image, hw.stimuli.cochleagram(wave, RATE, 32, frame_rate=50).image)
    assert own.images[0].mean(axis=(1, 2)).argmax() > own.images[1].mean(axis=(1, 2)).argmax()  # low is further down


def test_sounds_of_ones_own_of_several_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`waves` are not of one length. .* received 2 of 100 to 200 samples. wave"):
        hw.stimuli.cochleagrams([np.zeros(100), np.zeros(200)], RATE)
    with pytest.raises(ValueError, match=r"`waves` are not of one length. .* received none"):
        hw.stimuli.cochleagrams([], RATE)
