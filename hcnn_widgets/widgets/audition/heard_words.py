"""What the panel of sounds says: of the whole, of a band, and as a table."""

from collections.abc import Sequence

from hcnn_widgets.stimuli.audition.cochleagram import Cochleagram
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.network.answers import Answer
from hcnn_widgets.widgets.network.strip_scene import percent
from hcnn_widgets.widgets.scene.scene import Cell

from .heard_sound import N_BANDS, Bands


def latent_words(stimuli: StimulusSet, row: int) -> str:
    """Return what is known of a drawn sound: who makes it, what is said, how high and how faint it is."""
    latents = {name: values[row] for name, values in stimuli.latents.items()}
    parts = []
    who, word = str(latents.get("exemplar", "")), str(latents.get("word", ""))
    label = "" if stimuli.labels is None else str(stimuli.labels[row])
    if who and not label.startswith(who):
        parts.append(f"{who} says \u201c{word}\u201d" if word else who)
    if latents.get("pitch", 0) > 0:
        parts.append(f"{latents['pitch']:,.0f} Hz")
    if "snr" in latents:
        snr = float(latents["snr"])
        parts.append(f"{abs(snr):.0f} dB {'below' if snr < 0 else 'above'} the noise")
    return ", ".join(parts)


def hertz(low: float, high: float) -> str:
    """Return a range of frequencies.

    Examples
    --------
    >>> hertz(961.4, 1210.2)
    '961 to 1,210 Hz'
    """
    return f"{low:,.0f} to {high:,.0f} Hz"


def left_out_words(left_out: Bands, edges: Sequence[tuple[float, float]]) -> str:
    """Return which frequencies are left out, neighbours as one range.

    Examples
    --------
    >>> left_out_words(frozenset({0, 1, 3}), [(900.0, 1000.0), (700.0, 800.0), (500.0, 600.0), (300.0, 400.0)])
    '300 to 400 Hz and 700 to 1,000 Hz left out'
    """
    if not left_out:
        return "nothing left out"
    if len(left_out) == N_BANDS:
        return "all frequencies left out"
    runs: list[list[int]] = []
    for band in sorted(left_out, reverse=True):
        if runs and runs[-1][-1] == band + 1:
            runs[-1].append(band)
        else:
            runs.append([band])
    words = [hertz(edges[run[0]][0], edges[run[-1]][1]) for run in runs]
    return f"{', '.join(words[:-1])}{' and ' if len(words) > 1 else ''}{words[-1]} left out"


def answer_words(answer: Answer | None) -> str:
    """Return what the network answers, in a sentence; nothing where there is no answer."""
    if answer is None:
        return ""
    sure = "" if answer.sure is None else f", {percent(answer.sure)} sure"
    return f" The network answers {answer.words}{sure}{'; ' + answer.verdict if answer.verdict else ''}."


def band_sentence(band: int, edges: Sequence[tuple[float, float]], out: bool, mean: float) -> str:
    """Return what is heard of a band."""
    state = "left out" if out else f"mean {mean:.2f} of the largest value"
    return f"{hertz(*edges[band])}: {state}."


def sound_table(heard: Cochleagram) -> tuple[tuple[Cell, ...], ...]:
    """Return the cochleagram that is shown as rows of a table."""
    times = [round(frame / heard.frame_rate, 4) for frame in range(heard.values.shape[1])]
    rows = zip(heard.centre_frequencies, heard.values, strict=True)
    return (
        ("hz", *(f"{time:g} s" for time in times)),
        *((round(float(hz), 1), *(round(float(v), 4) for v in values)) for hz, values in rows),
    )
