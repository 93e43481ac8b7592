"""The strip of images with a network's answers, as a scene."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.scene import CardRow, Place, Scene
from hcnn_widgets.widgets.scene.word_room import clipped, wrapped

from .answers import Answer
from .probe_images import Probe

HEIGHT = 72
TALLY, TALLY_WITH_AXES = 62, 92
"""Pixels that the count of right answers takes on the left, with words on what the axes of the pictures are."""
NARROWEST, WIDEST, WIDE = 46, 84, 138
"""Pixels of an image's cell: where there is room for more, more images are shown, up to all of the strip."""
FEWEST = 4
PICTURE, FONT, BAR, GAP = 44, 12, 5, 6
CARD = 138
"""Pixels: width of what is said of an image that is pointed at."""
RIGHT, WRONG = "series-2", "series-3"


@dataclass(frozen=True, eq=False)
class StripTold:
    """What a strip shows.

    Attributes
    ----------
    probe : Probe
    answers : sequence of Answer
        Of the images of the strip; none before the first.
    step : int or None
        Training step of the answers; None of a model that does not train.
    image : int
        The image that is chosen.
    note : str
        Why there are no answers in words.
    """

    probe: Probe
    answers: Sequence[Answer] = ()
    step: int | None = None
    image: int = 0
    note: str = ""

    @property
    def known(self) -> list[Answer]:
        """The answers that are right or wrong."""
        return [answer for answer in self.answers if answer.right is not None]

    @property
    def unit(self) -> str:
        """What the answers count in, where they are neither right nor wrong."""
        return self.answers[0].unit if self.answers else ""

    @property
    def sentence(self) -> str:
        """What the network answers, in a sentence."""
        n, at = self.probe.n_strip, "" if self.step is None else f" at step {self.step:,}"
        kind = f"{self.probe.kind}s"
        if not self.answers:
            return self.note or f"{n} {kind}; no answer yet."
        if not self.known:
            return f"The network's answers to {n} {kind}{at}."
        return f"{sum(bool(answer.right) for answer in self.known)} of {len(self.known)} {kind} answered right{at}."

    @property
    def title(self) -> str:
        """The panel's title: the sentence, and what the axes of the pictures are where they are none of an image."""
        axes = f" ({self.probe.axes})" if self.probe.axes else ""
        return self.sentence.rstrip(".") + axes

    def place_words(self, image: int) -> str:
        """Return a sentence on an image and its answer."""
        kind = self.probe.kind.capitalize()
        what = f"{kind} {image + 1} of {self.probe.n_strip}, {self.probe.name(image)}"
        if not self.answers:
            return f"{what}: {self.note or 'no answer yet.'}"
        answer = self.answers[image]
        sure = "" if answer.sure is None else f", {percent(answer.sure)} sure"
        verdict = f"; {answer.verdict}" if answer.verdict else ""
        return f"{what}: the network answers {answer.words}{sure}{verdict}."


def percent(share: float) -> str:
    """Write a probability without decimals.

    Examples
    --------
    >>> percent(0.834), percent(0.004)
    ('83 %', '<1 %')
    """
    return "<1 %" if 0 < share < 0.01 else f"{100 * share:.0f} %"


def strip_scene(told: StripTold, width: float) -> Scene:
    """Draw the strip for a width in pixels."""
    tally = TALLY_WITH_AXES if told.probe.axes else TALLY
    n_shown, cell = cells_of(told.probe.n_strip, width, _aspect(told.probe), tally)
    images = range(n_shown)
    lefts = [tally + image * cell for image in images]
    return Scene(
        name="answers",
        title=told.title,
        label=f"{told.title}.",
        width=width,
        height=HEIGHT,
        marks=(
            Group("tally", _tally(told)),
            *(Group(f"image-{image}", tuple(_image(told, image, lefts[image], cell))) for image in images),
        ),
        places=tuple(_place(told, image, lefts[image], cell, width) for image in images),
        keys=("Enter",),
        numbers=_table(told),
    )


def cells_of(n_images: int, width: float, aspect: float = 1.0, tally: float = TALLY) -> tuple[int, float]:
    """Return how many images a width has room for, and how wide the cell of each is, in pixels.

    Wide pictures have wide cells, up to `WIDE`.

    Examples
    --------
    >>> cells_of(12, 410), cells_of(12, 800), cells_of(12, 800, aspect=2.0)
    ((7, 49.0), (12, 61.0), (7, 98.0))
    """
    room, least = width - tally - 4, NARROWEST if aspect <= 1 else min(WIDE, PICTURE * aspect + GAP)
    n_shown = min(n_images, max(FEWEST, int(room // least)))
    return n_shown, float(min(max(WIDEST, least + 4), room // n_shown))


def _aspect(probe: Probe) -> float:
    """Return how many times as wide as high the pictures are."""
    return float(probe.pictures.shape[2] / probe.pictures.shape[1])


def _tally(told: StripTold) -> tuple[Mark, ...]:
    """Return how many answers are right, in large figures, and what the axes of the pictures are."""
    if told.probe.axes and told.known:
        n_right = sum(bool(answer.right) for answer in told.known)
        lines = wrapped(told.probe.axes, TALLY_WITH_AXES - 8, FONT)[:3]
        return (
            Text("right", 4, 18, f"{n_right}/{len(told.known)} right", 14, bold=True, fill="ink"),
            *(Text(f"axes-{n}", 4, 36 + 15 * n, line, FONT, fill="quiet") for n, line in enumerate(lines)),
        )
    if not told.known:
        words = told.unit or "no score" if told.answers else "" if told.note else "no answer"
        lines = wrapped(words, TALLY - 8, FONT)[:3]
        first = 46 - 7.5 * len(lines)
        return tuple(Text(f"words-{n}", 4, first + 15 * n, line, FONT, fill="quiet") for n, line in enumerate(lines))
    n_right = sum(bool(answer.right) for answer in told.known)
    return (
        Text("right", 4, 34, f"{n_right}/{len(told.known)}", 19, bold=True, fill="ink"),
        Text("words", 4, 52, "right", FONT, fill="quiet"),
    )


def _image(told: StripTold, image: int, left: float, cell: float) -> list[Mark]:
    """Return an image with its answer, how sure that is, and whether it is right."""
    drawn = told.answers[image].picture if told.answers else None
    picture = told.probe.pictures[image] if drawn is None else drawn
    wide = max(1.0, min(picture.shape[1] / picture.shape[0], (cell - GAP) / PICTURE))
    box = picture_box(picture.shape[:2], left + cell / 2, 2 + PICTURE / 2, PICTURE * wide)
    if box[3] > PICTURE:
        box = picture_box(picture.shape[:2], left + cell / 2, 2 + PICTURE / 2, PICTURE)
    marks: list[Mark] = [Pixels("picture", *box, picture, place=image)]
    if image == told.image:
        marks.append(Rect("chosen", box[0] - 1, box[1] - 1, box[2] + 2, box[3] + 2, stroke="ink", stroke_width=2.0))
    if not told.answers:
        return marks
    answer, room = told.answers[image], cell - 4
    words, middle = clipped(answer.brief or answer.words, room, FONT), left + cell / 2
    whole = answer.words if words != answer.words else ""
    marks.append(Text("answer", middle, PICTURE + 15, words, FONT, "middle", fill="text", whole=whole, place=image))
    if answer.sure is not None:
        bar: dict[str, Any] = {"y": HEIGHT - BAR - 4.0, "height": float(BAR), "radius": 2.0}
        marks.append(Rect("track", x=left + 4, width=cell - 8, fill="muted", **bar))
        marks.append(Rect("sure", x=left + 4, width=max(1.0, (cell - 8) * answer.sure), fill="text", **bar))
    if answer.right is not None:
        marks += verdict_marks(answer.right, box[0] + box[2] - 3, box[1] + box[3] - 3)
    return marks


def picture_box(shape: tuple[int, ...], middle: float, centre: float, side: float) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a picture of (height, width) pixels within a square."""
    height, width = shape
    wide, high = side * width / max(height, width), side * height / max(height, width)
    return middle - wide / 2, centre - high / 2, wide, high


def verdict_marks(right: bool, x: float, y: float, radius: float = 7.5) -> list[Mark]:
    """Return the sign of a right answer, a tick, or of a wrong one, a cross, around a point."""
    colour = RIGHT if right else WRONG
    look: dict[str, Any] = {"stroke": "paper", "stroke_width": 2.0}
    disc = Rect(
        "disc", x - radius, y - radius, 2 * radius, 2 * radius, radius, fill=colour, stroke="paper", stroke_width=1.5
    )
    a = 0.45 * radius
    if right:
        return [
            disc,
            Line("tick-1", x - a, y, x - 0.25 * a, y + 0.8 * a, **look),
            Line("tick-2", x - 0.25 * a, y + 0.8 * a, x + a, y - 0.8 * a, **look),
        ]
    return [
        disc,
        Line("cross-1", x - a, y - a, x + a, y + a, **look),
        Line("cross-2", x - a, y + a, x + a, y - a, **look),
    ]


def _place(told: StripTold, image: int, left: float, cell: float, width: float) -> Place:
    """Return an image with its sentence; beside it stand the likeliest answers while it is pointed at."""
    focus = Rect("focus", left + 1, 1, cell - 2, HEIGHT - 2, radius=4, stroke="focus", stroke_width=2.0)
    beside = left + cell + 3 if left + cell + CARD + 4 <= width else max(1.0, left - CARD - 3)
    card = Group("card", tuple(_card(told, image, beside)))
    return Place(told.place_words(image), (focus, card))


def _card(told: StripTold, image: int, left: float) -> list[Mark]:
    """Return what is said of an image, as high as the strip: a card of the page would reach beyond it."""
    name, room = told.probe.name(image), CARD - 12
    marks: list[Mark] = [
        Rect("box", left, 1, CARD, HEIGHT - 2, 4, fill="paper", stroke="muted"),
        Text("name", left + 6, 15, clipped(name, room, FONT, bold=True), FONT, bold=True, fill="ink"),
    ]
    answer = told.answers[image] if told.answers else None
    if answer is not None and not answer.ranked:
        marks.append(Text("answer", left + 6, 32, clipped(answer.words, room, FONT), FONT, fill="text"))
    for n, row in enumerate(answer_rows(answer)[:3] if answer is not None and answer.ranked else ()):
        foot = 32.0 + 15.5 * n
        marks.append(
            Text(f"answer-{n}", left + 6, foot, clipped(row.name, room - 40, FONT), FONT, bold=n == 0, fill="text")
        )
        marks.append(Text(f"chance-{n}", left + CARD - 6, foot, row.value, FONT, "end", fill="text"))
    return marks


def answer_rows(answer: Answer | None) -> tuple[CardRow, ...]:
    """Return the likeliest categories of an answer as rows of a card."""
    if answer is None or not answer.ranked:
        return () if answer is None else (CardRow("answer", answer.words),)
    return tuple(CardRow(name, percent(chance), strong=n == 0) for n, (name, chance) in enumerate(answer.ranked))


def _table(told: StripTold) -> tuple[tuple[str | float | int | None, ...], ...]:
    head = ("stimulus_id", "label", "answer", "probability", "right", "step")
    rows = [
        (
            str(told.probe.stimuli.stimulus_ids[image]),
            told.probe.label(image),
            answer.words,
            answer.sure,
            answer.verdict,
            told.step,
        )
        for image, answer in enumerate(told.answers)
    ]
    return (head, *rows)
