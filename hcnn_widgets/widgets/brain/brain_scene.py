"""The ventral stream seen from the side as a scene: each area in the colour of the best model area's score."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_size, small_print
from hcnn_widgets.widgets.scene.colours import STOPS
from hcnn_widgets.widgets.scene.marks import Group, Mark, Path, Points, Rect, Text
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.smooth_path import smooth_path
from hcnn_widgets.widgets.scene.word_room import score_text, shortened, text_width
from hcnn_widgets.widgets.scores.score_frame import Scores
from hcnn_widgets.widgets.scores.score_words import ToldScores, caption_of, score_table

from .brain_layout import CARD_LINES, Box, BrainLayout, ShownArea, brain_layout, colour_top, shown_areas
from .brain_outline import CEREBELLUM, CORTEX, FOLIA, REGIONS, SCHEMATIC, STEM, SULCI
from .brain_words import brain_places, brain_title

STEPS = 40
"""Pieces of the scale of the colours."""
KEYS = ("Enter", " ")
SIMULATED: dict[str, Any] = {"fill": "quiet", "italic": True}
QUIET: dict[str, Any] = {"fill": "quiet"}


def brain_scene(
    told: ToldScores | None,
    width: float,
    height: float | None = None,
    chosen: str = "",
    pressable: bool = False,
    whole: bool = False,
) -> Scene:
    """Draw the brain for a width, and the most height where there is one, in pixels; in grey without scores yet.

    Parameters
    ----------
    told : ToldScores or None
    width, height : float
    chosen : str
        The area that is marked as chosen; empty for none.
    pressable : bool
        Whether somebody hears of a press on an area.
    whole : bool
        Whether the caption is whole, however many lines that takes.
    """
    scores = None if told is None else told.scores
    caption = "" if told is None else caption_of(told.header)
    areas, layout = shown_areas(scores), brain_layout(width, height, caption if whole else None)
    top = colour_top(scores, areas)
    marks = [*_surface(areas, scores, layout, top)]
    for place, (area, box) in enumerate(zip(areas, layout.cards, strict=True)):
        marks.append(Group(f"card-{area.area}", tuple(_card(told, area, box, layout, top, place, area.area == chosen))))
    marks += [] if layout.legend is None else [Group("scale", tuple(_scale(told, areas, layout, layout.legend, top)))]
    marked = [_mark_of(area, layout, i) for i, area in enumerate(areas)]
    if told is not None:
        marks += small_print(caption, layout.caption, width, layout.font, layout.caption_lines)
    return Scene(
        name="brain",
        title=brain_title(told, width),
        label="The ventral stream; no score yet." if told is None else told.sentence,
        width=width,
        height=layout.height,
        marks=tuple(marks),
        places=tuple(brain_places(told, areas, layout, marked, pressable)),
        keys=KEYS if pressable and told is not None else (),
        numbers=score_table(told),
    )


def score_colour(score: float, top: float) -> str:
    """Return the colour of a score between 0 and ``top``.

    Examples
    --------
    >>> score_colour(0.0, 0.8), score_colour(0.4, 0.8), score_colour(0.9, 0.8)
    ('#440154', '#21918c', '#fde725')
    """
    at = np.linspace(0, top, len(STOPS))
    return "#" + "".join(f"{round(np.interp(score, at, channel)):02x}" for channel in np.transpose(STOPS))


def _surface(areas: list[ShownArea], scores: Scores | None, layout: BrainLayout, top: float) -> list[Mark]:
    def path(key: str, corners: Points, closed: bool = True, **look: Any) -> Path:
        return Path(key, _placed(corners, closed, layout), closed, **look)

    scale = layout.scale
    fold: dict[str, Any] = {"stroke": "furrow", "stroke_width": 4 * scale, "opacity": 0.55}
    below: dict[str, Any] = {"fill": "soft", "stroke": "muted", "stroke_width": 3 * scale}
    marks: list[Mark] = [path("stem", STEM, **below), path("cerebellum", CEREBELLUM, **below)]
    marks += [path(f"fold-{i}", points, closed=False, **fold) for i, points in enumerate(FOLIA)]
    marks.append(path("cortex", CORTEX, fill="soft"))
    regions, rim = [], {"stroke": "paper", "stroke_width": 4 * scale}
    for region in REGIONS:
        place, shown = _shown(areas, region.area)
        look: dict[str, Any] = {"place": place, "fill": _fill(shown, top), "hatched": _hatched(scores, shown), **rim}
        regions.append(path(region.area, region.outline, **look))
    marks.append(Group("regions", tuple(regions), path("clip", CORTEX)))
    marks += [path(f"sulcus-{i}", points, closed=False, **fold) for i, points in enumerate(SULCI)]
    marks.append(path("edge", CORTEX, stroke="text", stroke_width=5 * scale))
    size = max(12, 26 * scale)
    crowded = text_width("V2", size, bold=True) + 8 > (REGIONS[0].name[0] - REGIONS[1].name[0]) * scale
    for region in REGIONS:
        across, down = region.apart if crowded else region.name
        score = _shown(areas, region.area)[1].score
        ink = "ink" if np.isnan(score) else "#111111" if score > 0.45 * top else "#ffffff"
        x, y = layout.left + across * scale, down * scale + 0.36 * size
        marks.append(Text(f"name-{region.area}", x, y, region.area, size, "middle", bold=True, fill=ink))
    x, foot = layout.left + SCHEMATIC[0] * scale, SCHEMATIC[1] * scale
    return [*marks, Text("schematic", x, foot, "schematic", caption_size(layout.font), italic=True, **QUIET)]


def _card(
    told: ToldScores | None, shown: ShownArea, box: Box, layout: BrainLayout, top: float, place: int, chosen: bool
) -> list[Mark]:
    edging: dict[str, Any] = {"stroke": "ink", "stroke_width": 2.0} if chosen else {"stroke": "border"}
    font, more = layout.font, layout.lines - 1
    left, y, hatched = box.left + 8, box.top, _hatched(told and told.scores, shown)
    edge = (box.left + 0.5, y + 0.5, box.width - 1, box.height - 1)
    name, baseline = shown.area, y + 8 + 0.9 * font
    lines = [("no recordings" if told is not None and shown.brain is None else "no score yet", QUIET)]
    marks: list[Mark] = [
        Rect("box", *edge, radius=4, fill="paper", place=place, **edging),
        Rect("swatch", left, y + 9, font, font, radius=2, fill=_fill(shown, top), hatched=hatched),
    ]
    if told is not None and shown.brain is not None:
        name = told.scores.brain_areas[shown.brain]
        if shown.best is not None:
            right = box.left + box.width - 8
            words = score_text(shown.score)
            marks.append(Text("score", right, baseline + 1, words, font + 4, "end", bold=True, fill="ink"))
            made = ("simulated", SIMULATED) if told.scores.simulated[shown.brain] else ("recorded", QUIET)
            ceiling = f"ceiling {score_text(told.scores.ceiling[shown.brain])}"
            model = told.scores.model_areas[shown.best]
            lines = [(f"best: model {model}", {"fill": "text"}), (ceiling, QUIET), made]
            if layout.lines < CARD_LINES and told.scores.simulated[shown.brain]:
                lines, name = [(f"{model}, simulated", SIMULATED)], name if more else f"{name}, sim."
    marks.append(Text("name", left + font + 6, baseline, name, font + 1, bold=True, fill="ink"))
    for i, (words, look) in enumerate(lines[:more]):
        fitting = shortened(words, box.width - 16, font)
        marks.append(Text(f"line-{i}", left, baseline + (i + 1) * 1.45 * font + 3, fitting, font, **look))
    return marks


def _scale(told: ToldScores | None, areas: list[ShownArea], layout: BrainLayout, legend: Box, top: float) -> list[Mark]:
    (left, y, long, high), font = legend, layout.font
    piece, small = long / STEPS, caption_size(font)
    marks: list[Mark] = [
        Rect(f"step-{i}", left + i * piece, y, piece + 0.6, high, fill=score_colour((i + 0.5) / STEPS * top, top))
        for i in range(STEPS)
    ]
    foot, right = y + 12 + font, left + long + 14
    for share, anchor in ((0, "start"), (0.5, "middle"), (1, "end")):
        words = score_text(share * top)
        marks.append(Text(f"tick-{anchor}", left + share * long, foot, words, small, anchor, **QUIET))
    end = layout.width if layout.caption is not None else layout.cards[0].left
    title = shortened("best median r", end - right - 4, small)
    marks.append(Text("title", right, y + 9, title, small, **QUIET))
    if any(_hatched(told and told.scores, area) for area in areas):
        marks.append(Rect("simulated", right, y + 3 + font, 14, 10, fill="#3b528b", hatched=True))
        marks.append(Text("simulated-label", right + 20, foot, "simulated", small, **QUIET))
    return marks


def _mark_of(shown: ShownArea, layout: BrainLayout, place: int) -> tuple[Mark, ...]:
    """Return what marks an area: its outline on the brain, and its card's."""
    outline = next(region.outline for region in REGIONS if region.area == shown.area)
    cortex = Path("clip", _placed(CORTEX, True, layout), True)
    look: dict[str, Any] = {"stroke": "focus", "stroke_width": 2.0}
    region = Path("region", _placed(outline, True, layout), True, **look)
    return Group("on-the-brain", (region,), cortex), Rect("card", *layout.cards[place], radius=4, **look)


def _placed(corners: Points, closed: bool, layout: BrainLayout) -> Points:
    return smooth_path(corners, closed) * layout.scale + (layout.left, 0)


def _shown(areas: list[ShownArea], area: str) -> tuple[int, ShownArea]:
    return next((place, shown) for place, shown in enumerate(areas) if shown.area == area)


def _fill(shown: ShownArea, top: float) -> str:
    return "muted" if np.isnan(shown.score) else score_colour(shown.score, top)


def _hatched(scores: Scores | None, shown: ShownArea) -> bool:
    return scores is not None and shown.brain is not None and shown.best is not None and scores.simulated[shown.brain]
