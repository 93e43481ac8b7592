"""A cochleagram as a scene: frequency upwards in Hz, time to the right, bands that are left out, the answer beside."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.stimuli.audition.cochleagram import Cochleagram
from hcnn_widgets.stimuli.audition.erb import erb_number
from hcnn_widgets.widgets.network.answers import Answer
from hcnn_widgets.widgets.network.strip_scene import percent, verdict_marks
from hcnn_widgets.widgets.predictivity.bars_layout import ticks
from hcnn_widgets.widgets.scene.colours import sequential
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import clipped, font_size, shortened, text_width, wrapped

from .heard_sound import CHANNELS_A_BAND, N_BANDS, Bands, HeardSound, band_edges
from .heard_words import answer_words, band_sentence, left_out_words, sound_table

ALL_BACK, ONLY = "r", "o"
"""Keys: nothing is left out any more; all but the marked band is left out."""
USUAL_HEIGHT = 400
HINT = " A click on a band, or Enter, leaves it out; O leaves that band alone, R takes all back."
FAINTEST = 0.02
"""Share of the whole that is as dark as silence."""
HERTZ = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
BESIDE = 190
"""Pixels: width of the network's answer."""
QUIET: dict[str, Any] = {"fill": "quiet"}


@dataclass(frozen=True, eq=False)
class HeardTold:
    """What is shown.

    Attributes
    ----------
    sound : HeardSound
    left_out : frozenset of int
        Bands.
    answer : Answer or None
        Of a network, to what is left of the sound.
    awaited : bool
        Whether a network is asked.
    note : str
        Why there is no answer in words.
    whole, heard : Cochleagram
        Of the sound, and of what is left of it.
    """

    sound: HeardSound
    left_out: Bands
    answer: Answer | None = None
    awaited: bool = False
    note: str = ""
    whole: Cochleagram = field(init=False)
    heard: Cochleagram = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", self.sound.heard(frozenset()))
        object.__setattr__(self, "heard", self.sound.heard(self.left_out) if self.left_out else self.whole)

    @property
    def edges(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest centre frequency of each band, in Hz."""
        return band_edges(len(self.sound.wave), self.sound.sample_rate)

    @property
    def shares(self) -> NDArray[np.float64]:
        """What is left, as fractions of the largest value of the whole, (n_channels, n_frames)."""
        largest = float(self.whole.values.max())
        return np.clip(self.heard.values / (largest or 1.0), 0, 1).astype(np.float64)

    @property
    def title(self) -> str:
        """The sound in a line."""
        return f"Cochleagram of {self.sound.name}" + (f": {self.sound.words}" if self.sound.words else "")

    @property
    def sentence(self) -> str:
        """What is seen, in a sentence or two."""
        said = f"{self.title}, {self.sound.seconds:.3g} s; {left_out_words(self.left_out, self.edges)}."
        return said + (answer_words(self.answer) or (f" {self.note}" if self.note else ""))


class Field(NamedTuple):
    """Where the cochleagram lies, in pixels."""

    left: float
    top: float
    width: float
    height: float
    font: float

    def row(self, channel: float) -> float:
        """Return the upper edge of a channel."""
        return self.top + self.height * channel / (N_BANDS * CHANNELS_A_BAND)


def heard_scene(told: HeardTold, width: float, height: float | None = None) -> Scene:
    """Draw a sound for a width in pixels, and for at most a height."""
    font = font_size(width) + 1
    high = min(USUAL_HEIGHT, height or USUAL_HEIGHT)
    beside = BESIDE + (width - 640) / 8 if (told.awaited or told.answer) and width > 520 else 0.0
    left, top = 4.6 * font, 1.9 * font
    field_of = Field(left, top, width - left - 8 - beside, high - top - 4.6 * font, font)
    foot = shortened(_foot(told, bool(beside)), width - 8, font)
    return Scene(
        name="cochleagram",
        title=told.title,
        label=told.sentence,
        width=width,
        height=high,
        marks=(
            Pixels("cochleagram", *field_of[:4], _coloured(told)),
            Group("left-out", tuple(_left_out(told, field_of))),
            Group("bands", tuple(_band(band, field_of) for band in range(N_BANDS))),
            Group("hertz", tuple(_hertz(told, field_of))),
            Group("time", tuple(_time(told, field_of))),
            Group("answer", tuple(_answer(told, width - beside + 12, beside - 16, field_of)) if beside else ()),
            Text("foot", 4, high - 0.7 * font, foot, font, fill="text"),
        ),
        places=tuple(_place(told, band, field_of) for band in range(N_BANDS)),
        columns=1,
        keys=("Enter", ALL_BACK, ONLY),
        numbers=sound_table(told.heard),
        said=told.sentence,
    )


def _foot(told: HeardTold, beside: bool) -> str:
    words = left_out_words(told.left_out, told.edges)
    words = f"{words[0].upper()}{words[1:]}." + ("" if told.left_out else HINT)
    return words if beside else words + answer_words(told.answer)


def _coloured(told: HeardTold) -> NDArray[np.uint8]:
    """Return the colours of what is left, from the faintest parts of the whole, which noise sets, to the loudest."""
    largest = float(told.whole.values.max()) or 1.0
    floor = float(np.quantile(told.whole.values, FAINTEST)) / largest
    stretched = np.clip((told.shares - floor) / max(1 - floor, 1e-6), 0, 1)
    return _colours()[np.rint(255 * stretched).astype(np.uint8)]


@cache
def _colours() -> NDArray[np.uint8]:
    """Return the colours of 0 to 1, (256, 3)."""
    hexes = [sequential(step / 255) for step in range(256)]
    return np.array([[int(each[place : place + 2], 16) for place in (1, 3, 5)] for each in hexes], np.uint8)


def _box(band: int, where: Field) -> dict[str, Any]:
    top, foot = where.row(CHANNELS_A_BAND * band), where.row(CHANNELS_A_BAND * (band + 1))
    return {"x": where.left, "y": top, "width": where.width, "height": foot - top}


def _left_out(told: HeardTold, where: Field) -> list[Mark]:
    """Return stripes over the bands that are left out, of which a little is left where filters overlap."""
    return [
        Rect(f"out-{band}", **_box(band, where), fill="muted", opacity=0.35, hatched=True) for band in told.left_out
    ]


def _band(band: int, where: Field) -> Mark:
    """Return what a pointer meets of a band."""
    return Rect(f"band-{band}", **_box(band, where), fill="paper", opacity=0.0, place=band)


def _hertz(told: HeardTold, where: Field) -> list[Mark]:
    """Return the axis of frequency: channels are evenly spaced on the scale of the ear."""
    centres = erb_number(told.whole.centre_frequencies)
    marks: list[Mark] = []
    for hertz in HERTZ:
        channel = (centres[0] - float(erb_number(hertz))) / (centres[0] - centres[1])
        y = where.row(0.5 + channel)
        if not where.top <= y <= where.top + where.height:
            continue
        words = f"{hertz:,}" if hertz < 1000 else f"{hertz // 1000}k"
        marks.append(Line(f"tick-{hertz}", where.left - 5, y, where.left, y, stroke="text", opacity=0.6))
        marks.append(Text(f"hz-{hertz}", where.left - 8, y + 0.35 * where.font, words, where.font, "end", **QUIET))
    return [*marks, Text("unit", where.left - 8, where.top - 0.6 * where.font, "Hz", where.font, "end", **QUIET)]


def _time(told: HeardTold, where: Field) -> list[Mark]:
    foot, seconds = where.top + where.height, told.sound.seconds
    marks: list[Mark] = []
    for tick in ticks(0.0, seconds, 5):
        x = where.left + where.width * tick / seconds
        words = f"{tick:g} s" if tick else "0"
        if x + text_width(words, where.font) / 2 > where.left + where.width + 8:
            continue
        marks.append(Line(f"tick-{tick:g}", x, foot, x, foot + 5, stroke="text", opacity=0.6))
        marks.append(Text(f"s-{tick:g}", x, foot + where.font + 7, words, where.font, "middle", **QUIET))
    return marks


def _answer(told: HeardTold, left: float, room: float, where: Field) -> list[Mark]:
    """Return the likeliest categories with bars for their probabilities, and whether the first is right."""
    font, y = where.font, where.top + where.font
    marks: list[Mark] = [Text("heading", left, y, "The network answers", font, bold=True, fill="text")]
    if told.answer is None:
        said = wrapped(told.note or "\u2026", room, font)
        return [
            *marks,
            *(Text(f"none-{n}", left, y + (1.8 + 1.35 * n) * font, line, font, **QUIET) for n, line in enumerate(said)),
        ]
    ranked = told.answer.ranked or ((told.answer.words, float("nan")),)
    for n, (name, chance) in enumerate(ranked):
        top = y + (1.2 + 2.5 * n) * font
        words = clipped(name, room - 4 * font, font)
        marks.append(Text(f"name-{n}", left, top + font, words, font, bold=n == 0, fill="text"))
        if np.isfinite(chance):
            marks.append(Text(f"chance-{n}", left + room, top + font, percent(chance), font, "end", fill="text"))
            bar: dict[str, Any] = {"y": top + 1.35 * font, "height": 5.0, "radius": 2.0}
            marks.append(Rect(f"track-{n}", x=left, width=room, fill="muted", **bar))
            marks.append(Rect(f"sure-{n}", x=left, width=max(1.0, room * chance), fill="text", **bar))
    if told.answer.right is not None:
        marks += verdict_marks(told.answer.right, left + room - 7, y - 0.35 * font)
    return marks


def _place(told: HeardTold, band: int, where: Field) -> Place:
    box = _box(band, where)
    rows = told.shares[CHANNELS_A_BAND * band : CHANNELS_A_BAND * (band + 1)]
    frame = Rect("focus", **box, stroke="focus", stroke_width=3.0)
    sentence = band_sentence(band, told.edges, band in told.left_out, float(rows.mean()))
    look: dict[str, Any] = {"bold": True, "fill": "ink", "rim": True}
    foot = box["y"] + box["height"] / 2 + 0.35 * where.font
    words = Text("where", where.left + where.width - 8, foot, sentence.split(":")[0], where.font, "end", **look)
    return Place(sentence, (frame, words))
