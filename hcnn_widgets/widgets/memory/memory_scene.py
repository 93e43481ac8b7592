"""What units keep over a delay as a scene: their state after different histories, and who is right at which delay."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.in_time.delay_scores import CHANCE, DelayScores
from hcnn_widgets.widgets.predictivity.bars_layout import Axis
from hcnn_widgets.widgets.predictivity.score_marks import QUIET, short_score, straight_path
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Path, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import font_size, shortened, text_width

from .memory_shown import Shown
from .memory_words import history_card, history_sentence, memory_sentence, memory_table, score_card, score_sentence

NEXT, BEFORE = "n", "p"
"""Keys: the next unit, and the one before."""
SERIES = ("series-0", "series-4", "series-5")
"""Colours of networks, the first three of them."""
USUAL_HEIGHT, DOT, ASIDE = 460, 5.0, 7.0


class Frame(NamedTuple):
    """Where a plot stands, in pixels, and what its axes reach."""

    left: float
    right: float
    first: float
    last: float
    axis: Axis
    font: float

    def across(self, value: float) -> float:
        """Return where a value of the horizontal axis stands."""
        return self.left + (self.right - self.left) * (value - self.first) / max(self.last - self.first, 1)


def memory_scene(shown: Shown, width: float, height: float | None = None) -> Scene:
    """Draw the states of a unit of each network, and the networks' accuracy over delays where it is known.

    Parameters
    ----------
    shown : Shown
    width : float
        Pixels.
    height : float, optional
        The most, in pixels.
    """
    high, font = min(USUAL_HEIGHT, height or USUAL_HEIGHT), font_size(width) + 1
    below = 0.46 * high if shown.scores is not None else 0.0
    traces = list(_trace_frames(shown, width, high - below, font))
    marks = [mark for number, frame in enumerate(traces) for mark in _trace(shown, number, frame)]
    places = [_history_place(shown, number, traces) for number in range(len(shown.histories.sequences))]
    if shown.scores is not None:
        frame = _delay_frame(shown.scores, width, high - below, high, font)
        marks += [Group("delays", tuple(_delays(shown.scores, frame, len(places))))]
        places += _score_places(shown.scores, frame)
    said = memory_sentence(shown)
    return Scene(
        name="memory",
        title="Memory over a delay",
        label=said,
        width=width,
        height=high,
        marks=tuple(marks),
        places=tuple(places),
        keys=(NEXT, BEFORE),
        numbers=memory_table(shown),
        said=said,
    )


# --- states after different histories ---------------------------------------------------------------------------------
def _trace_frames(shown: Shown, width: float, height: float, font: float) -> Iterator[Frame]:
    networks = shown.histories.networks
    each, thumb = width / len(networks), _thumb(shown, width)
    for number, network in enumerate(networks):
        lines = shown.lines(network)
        low, high = float(lines.min()), float(lines.max())
        room = 0.06 * (high - low) or 0.5
        top, foot = 3.6 * font, height - thumb - 1.9 * font
        axis = Axis(low - room, high + room, top, max(foot - top, 40.0))
        left, right = number * each + 3.6 * font, (number + 1) * each - 0.5 * font - thumb / 2
        yield Frame(left, right, 0, len(lines) - 1, axis, font)


def _thumb(shown: Shown, width: float) -> float:
    n_frames = shown.histories.sequences.image_shape[0]
    return min(40.0, width / len(shown.histories.networks) / (n_frames + 2))


def _trace(shown: Shown, number: int, frame: Frame) -> list[Mark]:
    network = shown.histories.networks[number]
    lines, labels, font = shown.lines(network), shown.histories.sequences.labels, frame.font
    assert labels is not None
    width = frame.right - frame.left + 3 * font
    title = shortened(network, width, font + 1, bold=True)
    marks: list[Mark] = [
        Text("network", frame.left - 3 * font, 1.2 * font, title, font + 1, bold=True, fill="ink", whole=network),
        Text("unit", frame.left - 3 * font, 2.6 * font, _unit_words(shown, width, font), font, **QUIET),
        *_value_axis(frame),
        *_frames(shown, frame),
    ]
    # Matches come last: they are few, and drawn over the others.
    for history in sorted(range(lines.shape[1]), key=lambda each: labels[each] == "same"):
        match = labels[history] == "same"
        look: dict[str, Any] = {"stroke": "ink", "stroke_width": 3.0} if match else {"stroke": "quiet", "opacity": 0.75}
        path = straight_path(_points(lines[:, history], frame))
        marks.append(Path(f"history-{history}", path, **{"stroke_width": 1.5, **look}, place=history))
    return [Group(f"trace-{number}", tuple(marks))]


def _unit_words(shown: Shown, width: float, font: float) -> str:
    """Return what is drawn, in as many words as there is room for."""
    whole, brief = f"a unit of {shown.area}; thick: the sample matches", f"{shown.area}; thick: a match"
    return whole if text_width(whole, font) <= width else shortened(brief, width, font)


def _points(values: Any, frame: Frame) -> Any:
    return np.array([(frame.across(step), frame.axis.at(value)) for step, value in enumerate(values)], float)


def _value_axis(frame: Frame) -> list[Mark]:
    font = frame.font
    marks: list[Mark] = []
    for tick in frame.axis.ticks:
        y = frame.axis.at(tick)
        marks.append(Line(f"rule-{tick:g}", frame.left, y, frame.right, y, stroke="text", opacity=0.12))
        marks.append(Text(f"value-{tick:g}", frame.left - 8, y + 0.35 * font, f"{tick:g}", font, "end", **QUIET))
    return marks


def _frames(shown: Shown, frame: Frame) -> list[Mark]:
    """Return the frames beneath the axis, the sample that of the first history, and what they are."""
    sequences, font = shown.histories.sequences, frame.font
    n_frames = sequences.image_shape[0]
    size, top = 2 * (frame.across(1) - frame.across(0)) / 3, frame.axis.top + frame.axis.height + 6
    size = min(40.0, size)
    marks: list[Mark] = []
    for step in range(n_frames):
        x = frame.across(step)
        pixels = np.rint(255 * sequences.frames[0, step]).astype(np.uint8)
        image = pixels[..., 0] if pixels.shape[-1] != 3 else pixels
        marks.append(Pixels(f"frame-{step}", x - size / 2, top, size, size, np.ascontiguousarray(image)))
    foot = top + size + font + 2
    for step, words in ((0, "sample"), (n_frames - 1, "test")):
        marks.append(Text(words, frame.across(step), foot, words, font, "middle", **QUIET))
    return marks


def _history_place(shown: Shown, history: int, frames: list[Frame]) -> Place:
    lines = [shown.lines(network)[:, history] for network in shown.histories.networks]
    marks = tuple(
        Path(f"history-{n}", straight_path(_points(values, frame)), stroke="focus", stroke_width=3.5)
        for n, (values, frame) in enumerate(zip(lines, frames, strict=True))
    )
    x, y = frames[0].right, frames[0].axis.at(lines[0][-1])
    card: Any = {"title": f"history {history + 1}", "rows": history_card(shown, history), "beside": (x - 8, x + 8, y)}
    return Place(history_sentence(shown, history), marks, **card)


# --- accuracy over delays ---------------------------------------------------------------------------------------------
def _delay_frame(scores: DelayScores, width: float, top: float, foot: float, font: float) -> Frame:
    low = min(scores.accuracy(network, delay).low for network in scores.networks for delay in scores.delays)
    axis = Axis(min(0.45, low), 1.0, top + 2.4 * font, foot - top - 5.6 * font)
    return Frame(3.6 * font, width - 1.5 * font, min(scores.delays), max(scores.delays), axis, font)


def _delays(scores: DelayScores, frame: Frame, first_place: int) -> list[Mark]:
    marks = _delay_axes(scores, frame)
    place = first_place
    for number, network in enumerate(scores.networks):
        colour = SERIES[number % len(SERIES)]
        found = [scores.accuracy(network, delay) for delay in scores.delays]
        corners = [
            (_beside(scores, number, delay, frame), frame.axis.at(each.value))
            for delay, each in zip(scores.delays, found, strict=True)
        ]
        if len(corners) > 1:
            line = straight_path(np.array(corners, float))
            marks.append(Path(f"line-{number}", line, stroke=colour, stroke_width=2.0))
        for n, ((x, y), each) in enumerate(zip(corners, found, strict=True)):
            ends = frame.axis.at(each.low), frame.axis.at(each.high)
            marks.append(Line(f"interval-{number}-{n}", x, ends[0], x, ends[1], stroke=colour, stroke_width=1.5))
            dot = Rect(f"dot-{number}-{n}", x - DOT, y - DOT, 2 * DOT, 2 * DOT, radius=DOT, fill=colour, place=place)
            marks.append(dot)
            place += 1
    return [*marks, *_delay_legend(scores, frame)]


def _beside(scores: DelayScores, number: int, delay: int, frame: Frame) -> float:
    """Return where a network's accuracy stands: networks beside one another, so that no interval hides another's."""
    return frame.across(delay) + ASIDE * (number - (len(scores.networks) - 1) / 2)


def _delay_axes(scores: DelayScores, frame: Frame) -> list[Mark]:
    font, axis = frame.font, frame.axis
    floor = axis.top + axis.height
    marks: list[Mark] = []
    for tick in axis.ticks:
        y = axis.at(tick)
        marks.append(Line(f"rule-{tick:g}", frame.left, y, frame.right, y, stroke="text", opacity=0.12))
        marks.append(Text(f"right-{tick:g}", frame.left - 8, y + 0.35 * font, short_score(tick), font, "end", **QUIET))
    chance = axis.at(CHANCE)
    look: dict[str, Any] = {"stroke": "series-5", "stroke_width": 2.5, "dash": (2, 3)}
    marks.append(Line("chance", frame.left, chance, frame.right, chance, **look))
    between = frame.left + 0.12 * (frame.right - frame.left)
    marks.append(Text("chance-words", between, chance - 4, "chance", font, "middle", rim=True, **QUIET))
    for delay in scores.delays:
        words = str(delay) + (" (trained)" if delay == scores.trained_delay else "")
        marks.append(Text(f"delay-{delay}", frame.across(delay), floor + font + 8, words, font, "middle", **QUIET))
    middle = (frame.left + frame.right) / 2
    return [*marks, Text("across", middle, floor + 2.5 * font + 4, "frames of delay", font, "middle", **QUIET)]


def _delay_legend(scores: DelayScores, frame: Frame) -> list[Mark]:
    font, foot = frame.font, frame.axis.top - 0.8 * frame.font
    title = "Fraction right, and its 95 % interval"
    left = frame.left + text_width(title, font, True) + 20
    marks: list[Mark] = [Text("title", frame.left - 3 * font, foot, title, font, bold=True, fill="ink")]
    for number, network in enumerate(scores.networks):
        colour = SERIES[number % len(SERIES)]
        marks.append(Rect(f"swatch-{number}", left, foot - 0.35 * font - 5, 10, 10, radius=5, fill=colour))
        words = shortened(network, max(frame.right - left - 15, font), font)
        marks.append(Text(f"words-{number}", left + 15, foot, words, font, **QUIET))
        left += 15 + text_width(words, font) + 14
    return marks


def _score_places(scores: DelayScores, frame: Frame) -> list[Place]:
    places = []
    for number, network in enumerate(scores.networks):
        for delay in scores.delays:
            x, y, size = (
                _beside(scores, number, delay, frame),
                frame.axis.at(scores.accuracy(network, delay).value),
                DOT + 3,
            )
            ring = Rect("ring", x - size, y - size, 2 * size, 2 * size, radius=size, stroke="focus", stroke_width=2.5)
            card: Any = {
                "title": network,
                "rows": score_card(scores, network, delay),
                "beside": (x - size, x + size, y),
            }
            places.append(Place(score_sentence(scores, network, delay), (ring,), **card))
    return places
