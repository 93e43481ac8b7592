"""Code that does what the panel of sounds does."""

from .heard_sound import CHANNELS_A_BAND, Bands

DRAWN = """wave, rate = hw.stimuli.sound_waves(stimuli, [{stimulus_id!r}])[0], {rate}
"""
OWN = """rate, wave = scipy.io.wavfile.read("my_sound.wav")
"""
CODE = """gains = np.ones(64)  # of the channels, the highest frequency first
{out}left = hw.stimuli.with_gains(wave, rate, gains)
heard = hw.stimuli.cochleagram(left, rate)  # heard.values, heard.centre_frequencies
IPython.display.Audio(left, rate=rate)"""


def heard_code(stimulus_id: str, left_out: Bands) -> str:
    """Return the code for a sound, and for the bands that are left out of it."""
    channels = [band * CHANNELS_A_BAND + place for band in sorted(left_out) for place in range(CHANNELS_A_BAND)]
    begin = OWN
    if stimulus_id:
        begin = DRAWN.format(stimulus_id=stimulus_id, rate=stimulus_id.split("/")[2].removesuffix("Hz"))
    return begin + CODE.format(out=f"gains[{channels}] = 0\n" if channels else "")
