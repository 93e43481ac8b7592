"""Scores of model areas as bars, grouped by brain area, as a scene."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.captions import small_print
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import CardRow, Place, Scene
from hcnn_widgets.widgets.scene.word_room import score_text, text_width
from hcnn_widgets.widgets.scores.score_words import (
    ROOMY_TITLE,
    ToldScores,
    caption_of,
    gain_rows,
    held_against,
    measure_note,
    score_sentence,
    score_table,
    title_within,
    written,
)

from .bars_apart import whole_place, whole_score
from .bars_beside import LevelsBeside
from .bars_ceiling import ceiling_mark
from .bars_layout import APART, Axis, Bar, BarsLayout, bars_layout, ends_of_bars
from .score_marks import GHOST, LINES, QUIET, STRONG, TICK, apart_marks, legend_marks, measure_within


def bars_title(header: dict[str, Any] | None, width: float = ROOMY_TITLE) -> str:
    """Return the title of the panel: what is shown, at which step, and of which images where not of all."""
    return title_within("Neural predictivity", "Predictivity", header, width)


def bars_scene(
    told: ToldScores,
    width: float,
    ends: tuple[float, float] | None = None,
    height: float | None = None,
    beside: LevelsBeside | None = None,
    whole: bool = False,
) -> Scene:
    """Draw scores for a width in pixels.

    Parameters
    ----------
    told : ToldScores
    width : float
    ends : (float, float), optional
        Of the axis; by default those that the scores need.
    height : float, optional
        The most, in pixels.
    beside : LevelsBeside, optional
        Scores of another run.
    whole : bool
        Whether the caption is whole, however many lines that takes.
    """
    scores, beside = told.scores, beside if beside is not None and beside.known else None
    title = "" if beside is None else beside.title
    layout = bars_layout(told, width, *(ends or ends_of_bars(told, beside)), height, title, whole)
    found = [bar for bar in layout.bars if bar.model != APART or told.whole is not None]
    groups = [Group(f"brain-{b}", tuple(_brain_area(told, b, layout, beside))) for b in range(len(scores.brain_areas))]
    return Scene(
        name="bars",
        title=bars_title(told.header, width),
        label=told.sentence,
        width=width,
        height=layout.height,
        marks=(
            Group("legend", tuple(mark for entry in layout.legend for mark in legend_marks(entry, told, layout.font))),
            Group("axis", tuple(_axis(layout, told.header))),
            *groups,
            *small_print(caption_of(told.header), layout.caption, width, layout.font, layout.lines),
            Group("pointed", tuple(_pointed(bar, place, layout) for place, bar in enumerate(found))),
        ),
        places=tuple(_place(told, bar, layout, beside) for bar in found),
        numbers=score_table(told),
    )


def _axis(layout: BarsLayout, header: dict[str, Any]) -> list[Mark]:
    axis, left, font = layout.axis, layout.left, layout.font
    marks: list[Mark] = []
    for tick in axis.ticks:
        y, percent = axis.at(tick), header["percent"]
        # As short as can be: the title says what it is in.
        words = written(tick, percent).removesuffix(" %") if percent else score_text(tick)
        words = words[:-1] if "." in words and words.endswith("0") else words
        rule: dict[str, Any] = {"stroke": "text", "opacity": 0.5 if tick == 0 else 0.12}
        marks.append(Line(f"rule-{tick:g}", left, y, left + layout.width, y, **rule))
        marks.append(Text(f"tick-{tick:g}", left - 6, y + 0.35 * font, words, font, "end", **QUIET))
    title = measure_within(header["measure"], axis.height + 40, font)
    x, middle = left - 1.6 * font - 20, axis.top + axis.height / 2
    return [*marks, Text("title", x, middle, title, font, "middle", turned=True, **QUIET)]


def _brain_area(told: ToldScores, brain: int, layout: BarsLayout, beside: LevelsBeside | None) -> list[Mark]:
    """Return the bars of a brain area, what they are held against, and its name."""
    scores, font = told.scores, layout.font
    places, best = [bar for bar in layout.bars if bar.brain == brain], scores.best(brain)
    bars = [bar for bar in places if bar.model != APART]
    marks = [mark for bar in bars for mark in _bar(told, bar, layout, best)]
    marks += [] if beside is None else [mark for bar in bars for mark in _outline(beside, bar, layout)]
    label = None if best is None else _best(told, bars[best], layout)
    marks += _levels(told, brain, bars, layout, label)
    # The best score comes after all lines: on its rim none crosses it.
    marks += [] if label is None else [label]
    if told.whole is not None and places[-1].model == APART:
        at, width = places[-1].middle, places[-1].width
        marks += apart_marks(whole_score(told.whole, brain), at, layout.axis, min(TICK, width / 2 + 1))
    middle, floor = layout.names[brain], layout.axis.top + layout.axis.height
    name = scores.brain_areas[brain]
    kind = ("simulated", {"fill": "quiet", "italic": True}) if scores.simulated[brain] else ("recorded", QUIET)
    marks.append(Text("name", middle, floor + font + 6, name, font + 2, "middle", **STRONG))
    marks.append(Text("kind", middle, floor + 2.2 * font + 5, kind[0], font, "middle", **kind[1]))
    return marks


def _bar(told: ToldScores, bar: Bar, layout: BarsLayout, best: int | None) -> list[Mark]:
    scores, (brain, model, left, width, _) = told.scores, bar
    value, error, untrained = (of[brain, model] for of in (scores.value, scores.error, scores.untrained))
    axis, zero = layout.axis, layout.axis.at(0)
    top = axis.at(value) if np.isfinite(value) else zero
    rim: dict[str, Any] = {"stroke": "ink", "stroke_width": 1.5} if model == best else {}
    height = max(abs(zero - top), 0.5) if np.isfinite(value) else 0.0
    fill = depth_role(model, len(scores.model_areas))
    marks: list[Mark] = [Rect(f"bar-{model}", left, min(zero, top), width, height, glides=True, fill=fill, **rim)]
    if np.isfinite(value) and np.isfinite(error):
        ends = axis.at(value - error), axis.at(value + error)
        marks.append(Line(f"error-{model}", bar.middle, ends[0], bar.middle, ends[1], **LINES["error"]))
    if np.isfinite(untrained):
        tick = (left - 1, axis.at(untrained), left + width + 1, axis.at(untrained))
        marks.append(Line(f"untrained-rim-{model}", *tick, **LINES["rim"]))
        marks.append(Line(f"untrained-{model}", *tick, **LINES["untrained"]))
    if not np.isfinite(value):
        marks.append(Text(f"unknown-{model}", bar.middle, zero - 4, written(value), layout.font, "middle", **QUIET))
    return marks


def _outline(beside: LevelsBeside, bar: Bar, layout: BarsLayout) -> list[Mark]:
    """Return the outline of a bar of the run beside, around that of now: what stands out of it was gained or lost."""
    value, zero = float(beside.value[bar.brain, bar.model]), layout.axis.at(0)
    if not np.isfinite(value):
        return []
    top = layout.axis.at(value)
    return [Rect(f"beside-{bar.model}", bar.left - 2.5, min(zero, top), bar.width + 5, abs(zero - top), **GHOST)]


def _best(told: ToldScores, bar: Bar, layout: BarsLayout) -> Text:
    """Return the best score of a brain area, written above its bar and its whisker."""
    value, error = (of[bar.brain, bar.model] for of in (told.scores.value, told.scores.error))
    foot = layout.axis.at(max(value + np.nan_to_num(error), 0)) - 5
    words = written(value, told.header["percent"])
    # In a narrow group it makes way for the score that stands apart.
    apart = [place.middle for place in layout.bars if (place.brain, place.model) == (bar.brain, APART)]
    half = text_width(words, layout.font + 1, bold=True) / 2
    x = min([bar.middle, *(middle - 8 - half for middle in apart)])
    return Text("best-value", x, foot, words, layout.font + 1, "middle", rim=True, **STRONG)


def _levels(told: ToldScores, brain: int, bars: list[Bar], layout: BarsLayout, best: Text | None) -> list[Mark]:
    """Return the lines that all bars of a brain area are held against, and the number of the ceiling."""
    start, end = bars[0].left - 4, bars[-1].left + bars[-1].width + 4
    marks: list[Mark] = []
    for name in ("pixels", "ceiling"):
        level = getattr(told.scores, name)[brain]
        if np.isfinite(level) and layout.axis.low <= level <= layout.axis.high:
            y = layout.axis.at(level)
            marks.append(Line(name, start, y, end, y, **LINES[name]))
    ceiling = told.scores.ceiling[brain]
    if np.isfinite(ceiling):
        marks += ceiling_mark(written(ceiling, told.header["percent"]), ceiling, bars, layout, best)
    return marks


def _pointed(bar: Bar, place: int, layout: BarsLayout) -> Rect:
    """Return where a pointer finds a bar: above, on and below it, up to the middle between it and the next."""
    axis: Axis = layout.axis
    (left, right), height = bar.nearest, min(axis.height + 10 + 3 * layout.font, layout.height - axis.top + 10)
    return Rect(f"{bar.brain}-{bar.model}", left, axis.top - 10, right - left, height, place=place)


def _place(told: ToldScores, bar: Bar, layout: BarsLayout, beside: LevelsBeside | None) -> Place:
    if bar.model == APART:
        return whole_place(told, bar, layout)
    scores, axis, (brain, model, left, width, _) = told.scores, layout.axis, bar
    mark = Rect("mark", left - 1.5, axis.top, width + 3, axis.height, fill="text", opacity=0.1)
    rows_beside = _row_beside(beside, bar, told.header["percent"])
    said = [score_sentence(told, brain, model), *(f"{row.name} {row.value}" for row in rows_beside)]
    return Place(
        ", ".join(said),
        (mark,),
        title=scores.brain_areas[brain],
        badge="simulated" if scores.simulated[brain] else "",
        rows=(*_rows(told, brain, model), *rows_beside),
        note=measure_note(told.header, brain),
        beside=(left, left + width, axis.top + axis.height / 2),
    )


def _row_beside(beside: LevelsBeside | None, bar: Bar, percent: bool) -> list[CardRow]:
    """Return the row of a card on the score of the run beside."""
    value = np.nan if beside is None else beside.value[bar.brain, bar.model]
    return [CardRow(beside.title, written(value, percent))] if beside is not None and np.isfinite(value) else []


def _rows(told: ToldScores, brain: int, model: int) -> list[CardRow]:
    """Return what the card of a bar says: what one reads off in a lecture."""
    scores, percent = told.scores, told.header["percent"]
    error, untrained = scores.error[brain, model], scores.untrained[brain, model]
    spread = f" \u00b1 {written(error, percent)}" if np.isfinite(error) else ""
    value = f"{written(scores.value[brain, model], percent)}{spread}"
    rows = [CardRow(f"model {scores.model_areas[model]}", value, depth_role(model, len(scores.model_areas)), True)]
    rows += [CardRow("untrained", written(untrained, percent))] if np.isfinite(untrained) else []
    return [*rows, *gain_rows(told, brain, model), *held_against(told, brain)]
