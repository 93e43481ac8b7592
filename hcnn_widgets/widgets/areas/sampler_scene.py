"""AreaSampler as a scene: strips of dots, the images of the chosen site, and the claim's dots with their intervals."""

import math
from typing import Any

import numpy as np

from hcnn_widgets.mapping.sampled.site_medians import SiteMedian
from hcnn_widgets.widgets.predictivity.bars_layout import ticks
from hcnn_widgets.widgets.predictivity.score_marks import QUIET, short_score
from hcnn_widgets.widgets.scene.captions import CaptionRoom, caption_height, caption_marks
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.scene import CardRow, Place, Scene
from hcnn_widgets.widgets.scene.word_room import font_size, score_text, shortened, text_width, wrapped

from .sampler_layout import N_IMAGES, SamplerLayout, Strip, fitting_captions, sampler_layout, stacked
from .sampler_shown import (
    NOT_TESTED,
    ShownSites,
    claim_sentence,
    dimension_words,
    sampler_table,
    shown_sentence,
    shown_title,
    site_sentence,
)

DRAW, TEST = "d", "t"
"""Keys: draw anew, test the claim."""
RECORDED = "series-4"
CLAIM_DOT = 5.0
Dots = list[tuple[float, float]]


def sampler_scene(
    shown: ShownSites, width: float, notes: list[str], captions: CaptionRoom, height: float | None = None
) -> Scene:
    """Draw the panel for a width in pixels.

    Parameters
    ----------
    shown : ShownSites
    width : float
    notes : list of str
        Small print, each note of which begins a line.
    captions : CaptionRoom
        Of the panel, for where there is no end to the height.
    height : float, optional
        The most, in pixels.
    """
    n_claims = 4 if shown.claim is None else len(shown.claim.stand_ins)
    names = [name for name, each in shown.drawn.comparison.recorded.items() if not np.isnan(each).all()]
    if height is None:
        lines = captions.lines(notes, width, font_size(width))
    else:
        lines = fitting_captions(notes, len(names), n_claims, width, height)
    below = _below(lines, width)
    room = None if height is None else height - below
    layout = sampler_layout([_ends(shown, name) for name in names], n_claims, width, room)
    strips = list(zip(names, layout.strips, strict=True))
    placed = [_placed(shown, name, strip) for name, strip in strips]
    marks: list[Mark] = [Group("legend", tuple(_legend(shown, layout)))]
    for (name, strip), (dots, radius) in zip(strips, placed, strict=True):
        marks.append(Group(f"strip-{name}", tuple(_strip(shown, name, strip, dots, radius, layout.font))))
    words = Text(
        "dimensions",
        layout.strips[0].left if strips else 4,
        _foot(layout),
        dimension_words(shown),
        layout.font,
        fill="text",
    )
    marks += [words, Group("images", tuple(_images(shown, layout))), Group("claim", tuple(_claim(shown, layout)))]
    foot = layout.height + 1.5 * layout.font
    return Scene(
        name="sampler",
        title=shown_title(shown),
        label=shown_sentence(shown),
        width=width,
        height=layout.height + below,
        marks=(*marks, caption_marks(lines, foot, layout.font)),
        places=tuple(_place(shown, site, placed) for site in range(shown.n_sites)),
        columns=0,
        keys=("Enter", DRAW, TEST),
        numbers=sampler_table(shown),
        said="" if shown.claim is None and shown.untested == NOT_TESTED else claim_sentence(shown),
        rest=shown.chosen,
    )


def _below(lines: list[str], width: float) -> float:
    """Return the height of the small print with the room above it."""
    font = float(font_size(width)) + 1
    return 1.5 * font + caption_height(lines, font) if lines else 0.0


def _ends(shown: ShownSites, name: str) -> tuple[float, float]:
    of = shown.drawn.comparison
    both = np.concatenate([of.drawn[name], of.recorded[name]])
    known = both[~np.isnan(both)]
    low, high = min(0.0, float(known.min())), max(0.2, float(known.max()))
    return math.floor(10 * low) / 10, min(1.0, math.ceil(10 * high) / 10) if high <= 1 else high


def _foot(layout: SamplerLayout) -> float:
    last = layout.strips[-1] if layout.strips else None
    return layout.font * 4 if last is None else last.line + last.half + 3.4 * layout.font


def _colour(shown: ShownSites) -> str:
    return depth_role(*shown.depth)


def _legend(shown: ShownSites, layout: SamplerLayout) -> list[Mark]:
    font, left, foot = layout.font, layout.strips[0].left if layout.strips else 4.0, layout.font
    marks: list[Mark] = []
    model, recorded = f"model {shown.drawn.sites.area}", f"recorded {shown.recorded}"
    room = layout.strips[0].right - left if layout.strips else math.inf
    long = f"{model}, with simulated noise"  # the small print says it, too
    model = long if text_width(long + recorded, font) + 44 <= room else model
    entries = (("drawn", _colour(shown), model), ("recorded", RECORDED, recorded))
    for key, fill, words in entries:
        marks.append(Rect(f"{key}-swatch", left, foot - 0.35 * font - 5, 10, 10, radius=5, fill=fill))
        marks.append(Text(f"{key}-words", left + 15, foot, words, font, fill="text"))
        left += 15 + text_width(words, font) + 14
    return marks


def _placed(shown: ShownSites, name: str, strip: Strip) -> tuple[Dots, float]:
    """Return where the dots of all sites stand, drawn ones first, and their radius."""
    of = shown.drawn.comparison
    (above, first), (below, second) = stacked(of.drawn[name], strip, True), stacked(of.recorded[name], strip, False)
    return [*above, *below], min(first, second)


def _strip(shown: ShownSites, name: str, strip: Strip, dots: Dots, radius: float, font: float) -> list[Mark]:
    of, foot = shown.drawn.comparison, strip.line + strip.half
    medians = f"{score_text(of.drawn_medians[name].value)}, recorded {score_text(of.recorded_medians[name].value)}"
    marks: list[Mark] = [
        Text("name", strip.left, strip.top + font, name, font, bold=True, fill="ink"),
        *_medians_in_words(name, medians, strip, font),
        Line("line", strip.left, strip.line, strip.right, strip.line, stroke="text", opacity=0.5),
    ]
    for tick in ticks(strip.low, strip.high, 5):
        x = strip.across(tick)
        marks.append(Line(f"tick-{tick:g}", x, foot + 3, x, foot + 7, stroke="text", opacity=0.5))
        marks.append(Text(f"tick-words-{tick:g}", x, foot + 8 + font, short_score(tick), font, "middle", **QUIET))
    for site, (x, y) in enumerate(dots):
        if not math.isnan(x):
            fill = _colour(shown) if site < shown.n_drawn else RECORDED
            marks.append(
                Rect(
                    f"dot-{site}", x - radius, y - radius, 2 * radius, 2 * radius, radius=radius, fill=fill, place=site
                )
            )
    for key, median, sign in (("drawn", of.drawn_medians[name], -1), ("recorded", of.recorded_medians[name], 1)):
        marks += _median(key, median, strip, strip.line + sign * (strip.half + 2) * (1 if sign < 0 else 0.98))
    return marks


def _medians_in_words(name: str, medians: str, strip: Strip, font: float) -> list[Mark]:
    """Return the medians at the end of a strip's title line, in fewer words or not at all where it is short."""
    room = strip.right - strip.left - text_width(name, font, bold=True) - 10
    words = next((words for words in (f"median {medians}", medians) if text_width(words, font) <= room), "")
    return [Text("medians", strip.right, strip.top + font, words, font, "end", fill="quiet")] if words else []


def _median(key: str, median: SiteMedian, strip: Strip, y: float) -> list[Mark]:
    """Return the bar of a median's interval with its diamond-like tick, above or below the dots."""
    if math.isnan(median.value):
        return []
    x, low, high = (strip.across(value) for value in (median.value, median.low, median.high))
    look: dict[str, Any] = {"stroke": "ink", "stroke_width": 2.0}
    return [
        Line(f"{key}-interval", low, y, high, y, **look),
        Line(f"{key}-median", x, y - 4, x, y + 4, stroke="ink", stroke_width=3.0),
    ]


def _images(shown: ShownSites, layout: SamplerLayout) -> list[Mark]:
    """Return the images that drive the chosen site most, and the one that gradient ascent has come to."""
    font, left, side, gap = layout.font, layout.beside, layout.side, 6.0
    name = shown.site_name(shown.chosen)
    first = layout.images + font
    whole = f"What drives {name}"
    fits = text_width(whole, font, bold=True) <= layout.room
    heading = shortened(whole if fits else f"Drives {name}", layout.room, font, bold=True)
    marks: list[Mark] = [Text("heading", left, first, heading, font, bold=True, fill="ink")]
    top = first + 0.8 * font
    for place, picture in enumerate(shown.pictures[:N_IMAGES]):
        row, column = divmod(place, 3)
        x, y = left + column * (side + gap), top + row * (side + gap)
        marks.append(Pixels(f"image-{place}", x, y, side, side, picture))
    x, foot = left + 3 * (side + gap), top + 2 * (side + gap) + font
    marks.append(Text("best-words", left, foot, "best images first", font, **QUIET))
    if shown.preferred is not None:
        image = np.rint(255 * shown.preferred.image).astype(np.uint8)
        marks.append(Pixels("preferred", x, top, side, side, image[..., 0] if image.shape[2] == 1 else image))
    words = "made by gradient ascent" if shown.preferred is not None else shown.ascent
    for line, each in enumerate(wrapped(words, side, font)[:5]):
        y = top + (side + font if shown.preferred is not None else font) + 1.25 * font * line
        marks.append(Text(f"ascent-{line}", x, y, each, font, **QUIET))
    return marks


def _claim(shown: ShownSites, layout: SamplerLayout) -> list[Mark]:
    """Return the claim: a dot with its interval for each stand-in, or what is to be said in place of them."""
    font, left, top = layout.font, layout.beside, layout.claim
    heading = shortened(f"Predicting new sites of {shown.recorded} (r)", layout.room, font, bold=True)
    marks: list[Mark] = [Text("claim-heading", left, top, heading, font, bold=True, fill="ink")]
    said = wrapped(claim_sentence(shown), layout.room, font)
    if shown.claim is None:
        return [*marks, *_lines("claim-said", said, left, top + 1.6 * font, font)]
    names, medians = shown.claim.stand_ins, shown.claim.medians
    column = min(0.46 * layout.room, max(text_width(name, font) for name in names) + 8)
    low = min(0.0, *(each.low for each in medians))
    high = max(0.1, *(each.high for each in medians))
    strip = Strip(
        left + column, left + layout.room - 4, top, 0, 0, math.floor(10 * low) / 10, math.ceil(10 * high) / 10
    )
    foot = top + (0.8 + 1.75 * len(names)) * font
    for tick in ticks(strip.low, strip.high, 4):
        x = strip.across(tick)
        marks.append(Line(f"rule-{tick:g}", x, top + 0.6 * font, x, foot, stroke="text", opacity=0.12))
        marks.append(Text(f"r-{tick:g}", x, foot + 1.2 * font, short_score(tick), font, "middle", **QUIET))
    for place, (name, median) in enumerate(zip(names, medians, strict=True)):
        y = top + (1.5 + 1.75 * place) * font
        marks += _claim_row(shown, name, median, strip, left, y, font, place)
    return [*marks, *_lines("claim-said", said, left, foot + 2.8 * font, font)]


def _claim_row(
    shown: ShownSites, name: str, median: SiteMedian, strip: Strip, left: float, y: float, font: float, place: int
) -> list[Mark]:
    looks: dict[int, dict[str, Any]] = {0: {"fill": RECORDED}, 1: {"fill": _colour(shown)}}
    look = looks.get(
        place, {"stroke": "ink", "fill": "paper"} if name.startswith("untrained") else {"fill": "series-5"}
    )
    x, low, high = (strip.across(value) for value in (median.value, median.low, median.high))
    return [
        Text(
            f"stand-in-{place}",
            left,
            y + 0.35 * font,
            shortened(name, strip.left - left, font),
            font,
            whole=name,
            fill="text",
        ),
        Line(f"interval-{place}", low, y, high, y, stroke="text", stroke_width=1.5),
        Rect(f"claim-{place}", x - CLAIM_DOT, y - CLAIM_DOT, 2 * CLAIM_DOT, 2 * CLAIM_DOT, radius=CLAIM_DOT, **look),
    ]


def _lines(key: str, lines: list[str], left: float, top: float, font: float) -> list[Mark]:
    return [Text(f"{key}-{n}", left, top + 1.35 * font * n, line, font, fill="text") for n, line in enumerate(lines)]


def _place(shown: ShownSites, site: int, placed: list[tuple[Dots, float]]) -> Place:
    """Return the place of a site, which is marked in all strips at once."""
    rings: list[Mark] = []
    first = (0.0, 0.0)
    for strip, (dots, radius) in enumerate(placed):
        x, y = dots[site]
        if not math.isnan(x):
            size = radius + 3
            first = first if rings else (x, y)
            look: dict[str, Any] = {"stroke": "focus", "stroke_width": 2.5}
            rings.append(Rect(f"ring-{strip}", x - size, y - size, 2 * size, 2 * size, radius=size, **look))
    name = shown.site_name(site)
    return Place(
        site_sentence(shown, site),
        tuple(rings),
        title=f"{name[0].upper()}{name[1:]}",
        rows=tuple(CardRow(each, score_text(value)) for each, value in shown.values(site).items()),
        note="Enter or a click: the images that drive it",
        beside=(first[0] - 6, first[0] + 6, first[1]),
    )
