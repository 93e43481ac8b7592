"""The filters of the ear against published numbers, SciPy's analytic signal and SciPy's gammatone."""

import io

import numpy as np
import pytest
from scipy import signal
from scipy.io import wavfile

import hcnn_widgets as hw
from hcnn_widgets.stimuli.audition.erb import erb_bandwidth, erb_number, frequency_of
from hcnn_widgets.stimuli.audition.filter_bank import filter_bank

RATE = 8_000
TIME = np.arange(RATE) / RATE
WAVE = np.random.default_rng(0).standard_normal(RATE) * 0.1


def test_bandwidths_are_those_of_glasberg_and_moore() -> None:
    # 24.7 (4.37 f + 1), worked out by hand; the table of the paper rounds to these.
    np.testing.assert_allclose(erb_bandwidth([100.0, 1000.0, 4000.0]), [35.494, 132.639, 456.456], atol=1e-3)


def test_erb_numbers_count_bandwidths_laid_side_by_side() -> None:
    steps = np.linspace(0, 8000, 200_001)
    laid = np.sum(np.diff(steps) / erb_bandwidth((steps[1:] + steps[:-1]) / 2))
    assert float(erb_number(8000.0)) == pytest.approx(laid, rel=0.005)  # the paper rounds 21.33 to 21.4
    np.testing.assert_allclose(frequency_of(erb_number(np.array([0.0, 440.0, 8000.0]))), [0, 440, 8000], atol=1e-9)


def test_the_squares_of_all_filters_add_up_to_one_between_the_outermost_centres() -> None:
    bank = filter_bank(RATE, float(RATE), 32, 50.0, 4000.0)
    frequencies = np.arange(bank.n_bins)
    inside = (frequencies >= bank.centres[-1]) & (frequencies <= bank.centres[0])
    np.testing.assert_allclose((bank.responses() ** 2).sum(axis=0)[inside], 1, atol=1e-9)


@pytest.mark.parametrize("channel", [0, 12, 31])
def test_an_envelope_is_the_magnitude_of_scipys_analytic_signal_of_the_band(channel: int) -> None:
    bank = filter_bank(RATE, float(RATE), 32, 50.0, 4000.0)
    band = np.fft.irfft(np.fft.rfft(WAVE) * bank.responses()[channel], RATE)
    expected = np.abs(signal.hilbert(band))[:: RATE // 2000]
    np.testing.assert_allclose(bank.envelopes(WAVE, 2000)[channel], expected, atol=2e-6)


def test_frames_are_means_of_the_compressed_envelope() -> None:
    bank = filter_bank(RATE, float(RATE), 16, 50.0, 4000.0)
    heard = hw.stimuli.cochleagram(WAVE, RATE, 16, frame_rate=50)
    for channel in (0, 8, 15):
        band = np.fft.irfft(np.fft.rfft(WAVE) * bank.responses()[channel], RATE)
        expected = (np.abs(signal.hilbert(band)) ** 0.3).reshape(50, -1).mean(axis=1)
        np.testing.assert_allclose(heard.values[channel], expected, atol=0.01)


def test_a_tone_is_loudest_in_the_channel_whose_gammatone_filter_lets_most_of_it_through() -> None:
    heard = hw.stimuli.cochleagram(np.sin(2 * np.pi * 700 * TIME), RATE, 24)
    passed = []
    for centre in heard.centre_frequencies:
        b, a = signal.gammatone(centre, "fir", fs=RATE)
        passed.append(abs(signal.freqz(b, a, worN=[2 * np.pi * 700 / RATE])[1][0]))
    assert heard.values.mean(axis=1).argmax() == np.argmax(passed)


def test_the_highest_frequency_comes_first_and_all_are_evenly_spaced_on_the_scale_of_the_ear() -> None:
    heard = hw.stimuli.cochleagram(WAVE, RATE, 20, lowest=100, highest=3000)
    numbers = erb_number(heard.centre_frequencies)
    assert (np.diff(numbers) < 0).all()
    np.testing.assert_allclose(np.diff(numbers), np.diff(numbers)[0])
    assert 100 < heard.centre_frequencies[-1] < heard.centre_frequencies[0] < 3000


def test_a_sound_that_is_louder_is_compressed_by_the_power_that_was_asked_for() -> None:
    for power in (0.3, 1.0):
        faint, loud = (hw.stimuli.cochleagram(WAVE * by, RATE, 8, compression=power).values for by in (1, 10))
        np.testing.assert_allclose(loud, faint * 10**power, rtol=1e-4)


def test_a_wav_of_whole_numbers_is_heard_like_its_fractions() -> None:
    held = io.BytesIO()
    wavfile.write(held, RATE, np.round(WAVE * 2**15).astype(np.int16))
    rate, samples = wavfile.read(io.BytesIO(held.getvalue()))
    heard, expected = hw.stimuli.cochleagram(samples, rate), hw.stimuli.cochleagram(WAVE, RATE)
    np.testing.assert_allclose(heard.values, expected.values, atol=5e-3)
    bytes_of = np.round(WAVE * 128 + 128).astype(np.uint8)
    assert np.abs(hw.stimuli.cochleagram(bytes_of, RATE).values - expected.values).mean() < 0.02


def test_the_channels_of_a_long_sound_take_turns_and_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = hw.stimuli.cochleagram(WAVE, RATE).values
    monkeypatch.setattr("hcnn_widgets.stimuli.audition.cochleagram.MOST_POINTS", 10_000)
    np.testing.assert_array_equal(hw.stimuli.cochleagram(WAVE, RATE).values, at_once)


def test_silence_is_black_and_an_image_is_in_its_range() -> None:
    assert hw.stimuli.cochleagram(np.zeros(RATE), RATE).image.max() == 0
    image = hw.stimuli.cochleagram(WAVE, RATE).image
    assert image.shape == (64, 128, 1)
    assert (image.min() >= 0, image.max()) == (True, 1)


def test_a_channel_left_out_takes_its_band_and_no_other() -> None:
    bank = filter_bank(RATE, float(RATE), 16, 50.0, 4000.0)
    gains = np.ones(16)
    gains[5] = 0
    less = hw.stimuli.with_gains(WAVE, RATE, gains)
    expected = np.fft.irfft(np.fft.rfft(WAVE) * (1 - bank.responses()[5] ** 2), RATE)
    np.testing.assert_allclose(less, expected, atol=1e-12)
    np.testing.assert_allclose(hw.stimuli.with_gains(WAVE, RATE, np.ones(16)), WAVE, atol=1e-12)
    np.testing.assert_allclose(hw.stimuli.with_gains(WAVE, RATE, np.zeros(16), outside=0), 0, atol=1e-12)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"wave": np.zeros((RATE, 2))}, r"`wave` is not one channel .* \(8000, 2\)\. A stereo .* wave.mean\(axis=1\)"),
        ({"wave": np.zeros(10)}, "`wave` is too short. Accepted are 64 samples or more; received 10"),
        ({"wave": np.full(RATE, np.nan)}, "`wave` has values that are no numbers.* received 8000"),
        ({"wave": np.zeros(RATE, bool)}, "`wave` must be a waveform. Accepted .* received dtype bool"),
        ({"wave": ["a"] * 100}, "`wave` must be numbers"),
        ({"sample_rate": 0}, "`sample_rate` is none. .* received 0"),
        ({"n_channels": 0}, "`n_channels` is no count"),
        ({"n_channels": 3000}, "`n_channels` are too many for a sound of 8,000 samples. .* received 3000"),
        ({"lowest": 5000}, "are no range of frequencies. .* received 5000 to 4000.0"),
        ({"highest": 9000}, "at most half the sample rate, 4000 Hz; received 50.0 to 9000"),
        ({"frame_rate": 0.1}, "`frame_rate` leaves no frame .* received 0.1"),
        ({"compression": 2}, "`compression` is no exponent .* received 2"),
    ],
)
def test_what_is_no_sound_or_no_cochleagram_is_refused(options: dict, says: str) -> None:
    with pytest.raises((TypeError, ValueError), match=says):
        hw.stimuli.cochleagram(**({"wave": WAVE, "sample_rate": RATE} | options))


def test_gains_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`gains` must be one for each channel. .* received an array of \(0,\)"):
        hw.stimuli.with_gains(WAVE, RATE, [])
    with pytest.raises(ValueError, match=r"`outside` is no gain. Accepted is a finite number; received nan"):
        hw.stimuli.with_gains(WAVE, RATE, [1.0], outside=np.nan)
    with pytest.raises(TypeError, match=r"sample_rat"):
        hw.stimuli.with_gains(WAVE, sample_rat=RATE, gains=[1.0])
