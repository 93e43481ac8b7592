"""Guesses as a scene: a line for each, with the guess, what the run has reached, and what it is held against."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.marks import Line, Mark, Path, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import font_size, shortened, text_width, wrapped

from .guess_lines import GuessLine, verdict

N_CELLS = 51
"""Values on a line that can be chosen: every fiftieth of its range."""
EDGE, AXIS = 26.0, 4.3
TICKS = 5
LEAST_BESIDE = 360
"""Pixels: narrower, lines stand one below the other."""
KEYS = ("Enter", " ", "+", "-")
ASK = "Guess first: a click on a line, or Enter, marks what you expect at the end."


class Spot(NamedTuple):
    """Where a line has its place, in pixels, and the size of its letters."""

    left: float
    top: float
    width: float
    font: float

    @property
    def axis(self) -> float:
        """Where its axis lies."""
        return self.top + AXIS * self.font

    def across(self, line: GuessLine, value: float) -> float:
        """Return where a value stands; beyond the ends of the line at its end."""
        share = (value - line.lowest) / (line.highest - line.lowest)
        return self.left + EDGE + min(1.0, max(0.0, share)) * (self.width - 2 * EDGE)


def guess_scene(lines: Sequence[GuessLine], closed: bool, width: float) -> Scene:
    """Draw guesses for a width in pixels, side by side where they have room.

    Parameters
    ----------
    lines : sequence of GuessLine
    closed : bool
        Whether the run is over, so that no guess can be made any more.
    width : float
    """
    font = float(font_size(width))
    columns = len(lines) if width / max(1, len(lines)) >= LEAST_BESIDE else 1
    room, height = 1.6 * font, 7.6 * font
    spots = [
        Spot(n % columns * width / columns, n // columns * height, width / columns, font) for n in range(len(lines))
    ]
    said = (
        [row for line in lines for row in wrapped(verdict(line), 0.95 * width - 8, font + 1)] if _any(lines) else [ASK]
    )
    foot = -(-len(lines) // columns) * height + room
    rows = max(len(said), len(lines))  # of the verdicts to come, so that nothing below jumps
    marks = [mark for n, (line, spot) in enumerate(zip(lines, spots, strict=True)) for mark in _line(line, n, spot)]
    words = [Text(f"said-{n}", 4, foot + n * 1.4 * (font + 1), row, font + 1, fill="ink") for n, row in enumerate(said)]
    return Scene(
        name="guess",
        title="Guess first",
        label=" ".join(verdict(line) for line in lines) if _any(lines) else ASK,
        width=width,
        height=foot + rows * 1.4 * (font + 1) - font,
        marks=(*marks, *words),
        places=tuple(
            _place(line, cell, spot, closed) for line, spot in zip(lines, spots, strict=True) for cell in range(N_CELLS)
        ),
        columns=N_CELLS,
        keys=() if closed else KEYS,
        numbers=_numbers(lines),
    )


def value_at(line: GuessLine, cell: int) -> float:
    """Return the value of a cell of a line."""
    return line.lowest + cell / (N_CELLS - 1) * (line.highest - line.lowest)


def _any(lines: Sequence[GuessLine]) -> bool:
    return any(line.guess is not None for line in lines)


def _line(line: GuessLine, number: int, spot: Spot) -> list[Mark]:
    """Return the marks of a line: its name, axis and ticks, what stands on it, the run and the guess, and its cells."""
    axis, font, edges = spot.axis, spot.font, (spot.left + EDGE, spot.left + spot.width - EDGE)
    marks: list[Mark] = [
        Text(f"name-{number}", spot.left + 4, spot.top + 1.2 * font, line.name, font + 1, bold=True, fill="ink"),
        Line(f"axis-{number}", edges[0], axis, edges[1], axis, stroke="muted", stroke_width=6.0),
    ]
    for tick in range(TICKS):
        value = line.lowest + tick / (TICKS - 1) * (line.highest - line.lowest)
        x = spot.across(line, value)
        marks.append(Line(f"tick-{number}-{tick}", x, axis + 5, x, axis + 9, stroke="quiet"))
        marks.append(
            Text(f"tick-words-{number}-{tick}", x, axis + 9 + font, line.words(value), font, "middle", fill="quiet")
        )
    marks += _held_against(line, number, spot)
    marks += _reached(line, number, spot)
    cell = (edges[1] - edges[0]) / (N_CELLS - 1)
    for n in range(N_CELLS):
        left = edges[0] + (n - 0.5) * cell
        marks.append(
            Rect(f"cell-{number}-{n}", left, spot.top + 2 * font, cell, 4.4 * font, place=number * N_CELLS + n)
        )
    return marks


def _held_against(line: GuessLine, number: int, spot: Spot) -> list[Mark]:
    marks: list[Mark] = []
    axis, font, used = spot.axis, spot.font, spot.left
    for name, value in sorted(line.marks, key=lambda mark: mark[1]):
        x = spot.across(line, value)
        marks.append(Line(f"{name}-{number}", x, axis - 7, x, axis + 7, stroke="quiet", dash=(2, 2)))
        half = text_width(name, font) / 2
        middle = min(max(x, spot.left + half + 2), spot.left + spot.width - half - 2)
        if middle - half > used:
            marks.append(
                Text(
                    f"{name}-words-{number}",
                    middle,
                    axis + 9 + 2.1 * font,
                    name,
                    font,
                    "middle",
                    italic=True,
                    fill="quiet",
                )
            )
            used = middle + half + 4
    return marks


def _reached(line: GuessLine, number: int, spot: Spot) -> list[Mark]:
    """Return the bar that the run has reached, the mark of the guess, and the words above both."""
    marks: list[Mark] = []
    axis = spot.axis
    now, guess = (None if value is None else spot.across(line, value) for value in (line.now, line.guess))
    if now is not None and line.now is not None:
        bar: dict[str, Any] = {"fill": "series-0", "hatched": line.simulated}
        marks.append(Rect(f"now-{number}", spot.left + EDGE, axis - 3, now - spot.left - EDGE, 6, **bar))
    if guess is not None and line.guess is not None:
        tip, left, right = (guess, axis - 4), (guess - 6, axis - 15), (guess + 6, axis - 15)
        sides = np.array([tip, tip, left, left, left, right, right, right, tip, tip])
        marks.append(Path(f"guess-{number}", sides, closed=True, fill="ink", stroke="paper"))
    return [*marks, *_words_above(line, number, spot, now, guess)]


def _words_above(line: GuessLine, number: int, spot: Spot, now: float | None, guess: float | None) -> list[Mark]:
    """Return the words on the guess and on what the run has reached, side by side where they would meet."""
    said: list[tuple[str, float, str, str]] = []
    if guess is not None and line.guess is not None:
        said.append(("you", guess, f"you {line.words(line.guess)}", "ink"))
    if now is not None and line.now is not None:
        said.append(("run", now, f"{'at the end' if line.settled else 'now'} {line.words(line.now)}", "series-0"))
    said.sort(key=lambda each: each[1])
    marks: list[Mark] = []
    y, edge, font = spot.axis - 19, spot.left + spot.width - 2, spot.font
    for key, x, words, colour in reversed(said):  # from the right, each ends before the next begins
        half = text_width(words, font, True) / 2
        middle = max(spot.left + half + 2, min(x, edge - half))
        edge = middle - half - 8
        marks.append(
            Text(
                f"{key}-{number}",
                middle,
                y,
                shortened(words, spot.width, font),
                font,
                "middle",
                True,
                rim=True,
                fill=colour,
            )
        )
    return marks


def _place(line: GuessLine, cell: int, spot: Spot, closed: bool) -> Place:
    value = value_at(line, cell)
    x, axis = spot.across(line, value), spot.axis
    mark = Line("pointed", x, axis - 12, x, axis + 8, stroke="focus", stroke_width=3.0)
    asks = "" if closed else " Enter makes this your guess; + and - change it by a hundredth."
    words = "the run is over" if closed else "Enter or a click: your guess"
    return Place(
        f"{line.name} {line.words(value)}.{asks}",
        (mark,),
        title=line.words(value),
        note=words,
        beside=(x - 8, x + 8, axis),
    )


def _numbers(lines: Sequence[GuessLine]) -> tuple[tuple[Any, ...], ...]:
    header = ("what", "guess", "made at step", "reached", "settled", "simulated")
    return (
        header,
        *((line.name, line.guess, line.made_at, line.now, int(line.settled), int(line.simulated)) for line in lines),
    )
