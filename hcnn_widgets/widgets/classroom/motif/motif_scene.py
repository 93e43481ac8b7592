"""The scene of a motif lab: the image and its tiles with their maps, what can be added, and the contrast response."""

import numpy as np

from hcnn_widgets.classroom.motif import STAGES
from hcnn_widgets.widgets.classroom.plane.cells import focus_mark
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, shortened, text_width

from .motif_curve import curve_marks, point_box
from .motif_keys import BUTTONS, COLUMNS, KEYS, ROWS, at_place, place_of
from .motif_layout import GAP, TOLD_LINES, MotifLayout, motif_layout
from .motif_map import histogram_marks, map_marks, zero_share
from .motif_shown import CONTRASTS, MotifShown
from .motif_words import ARROW, HINT, place_words, range_words, sentence, size_within

SIGNS = {"earlier": "\u25c0", "later": "\u25b6", "double": "+1", "remove": "\u2715"}
"""What stands on the buttons of a tile."""


def motif_scene(shown: MotifShown, width: float, height: float | None = None) -> Scene:
    """Draw tiles, chips and curve for a width in pixels, and for the most height where there is one."""
    layout, said = motif_layout(len(shown.motif.stages), width, height), sentence(shown)
    return Scene(
        name="motif",
        title="The motif of an HCNN layer",
        label=f"{said} {HINT}",
        width=width,
        height=layout.height,
        marks=(
            *_lines("said", said, 1.4 * layout.font, layout, layout.said_lines, "ink", layout.font + 2),
            *(_tile(shown, number, layout) for number in range(layout.n_tiles + 1)),
            *_arrows(layout),
            *_chips(layout),
            curve_marks(shown, layout.curve_at, layout.font, place_of("point", 0)),
            *_lines("hint", HINT, layout.hint_top, layout, layout.hint_lines, "quiet", layout.font),
        ),
        places=tuple(_place(shown, place, layout) for place in range(len(ROWS) * COLUMNS)),
        columns=COLUMNS,
        keys=KEYS,
        numbers=_numbers(shown),
        said=said,
    )


def _lines(key: str, words: str, top: float, layout: MotifLayout, n_lines: int, fill: str, size: float) -> list[Mark]:
    lines = caption_lines(words, layout.width, size, n_lines)
    return [
        Text(f"{key}-{n}", 4, top + 1.4 * n * layout.font, line, size, fill=fill)
        for n, line in enumerate(lines)
        if line
    ]


def _tile(shown: MotifShown, number: int, layout: MotifLayout) -> Group:
    """Return the image or a tile: name, setting, buttons, map, histogram, and what comes out in numbers."""
    (x, y, width, height), font, place = layout.tile_box(number), layout.font, place_of("tile", number)
    stage = shown.motif.stages[number - 1] if number else ""
    name, setting = (stage, STAGES[stage].short(shown.motif)) if number else ("image", shown.image)
    colour = f"series-{list(STAGES).index(stage) % 5}" if number else "muted"
    map_x, map_y, side, _ = layout.map_box(number)
    map_, below = shown.maps[number], map_y + side
    middle = x + width / 2
    marks: list[Mark] = [
        Rect("box", x, y, width, height, 6.0, fill="paper", stroke="border", place=place),
        Rect("stripe", x, y, width, 5.0, 2.5, fill=colour, place=place),
        Text("name", middle, y + 1.75 * font, name, font + 2, "middle", True, fill="ink", place=place),
        Text("setting", middle, y + 2.8 * font, setting, font - 1, "middle", fill="quiet", place=place),
        *map_marks(map_, (map_x, map_y, side), place, grey=number == 0),
        *histogram_marks(map_, (map_x, below + 0.5 * font, side, 2.2 * font), place),
        Text("range", middle, below + 3.9 * font, range_words(map_), font - 1, "middle", fill="ink", place=place),
        Text(
            "size",
            middle,
            below + 5.0 * font,
            size_within(map_.shape, width, font - 1),
            font - 1,
            "middle",
            fill="quiet",
            place=place,
        ),
    ]
    if (zeros := zero_share(map_)) >= 0.005:
        words = f"{100 * zeros:.0f} % are 0"
        marks.append(Text("zeros", middle, below + 6.2 * font, words, font - 1, "middle", fill="quiet", place=place))
    if number:
        marks += [mark for kind in BUTTONS for mark in _button(kind, number - 1, layout)]
    return Group(f"tile-{number}", tuple(marks))


def _button(kind: str, number: int, layout: MotifLayout) -> tuple[Mark, Mark]:
    x, y, width, height = layout.button_box(kind, number)
    place = place_of(kind, number)
    return (
        Rect(f"button-{kind}", x, y, width, height, 4.0, fill="soft", stroke="border", place=place),
        Text(
            f"sign-{kind}", x + width / 2, y + 0.5 * height + 4.5, SIGNS[kind], 12, "middle", fill="text", place=place
        ),
    )


def _arrows(layout: MotifLayout) -> list[Mark]:
    """Return the arrows between tiles of a row."""
    marks: list[Mark] = []
    for number in range(1, layout.n_tiles + 1):
        if number % layout.per_row:
            x, y, side, _ = layout.map_box(number)
            marks.append(
                Text(f"arrow-{number}", x - 6 - GAP / 2, y + side / 2, ARROW.strip(), 14, "middle", fill="quiet")
            )
    return marks


def _chips(layout: MotifLayout) -> list[Mark]:
    """Return the chips that add a tile, and the one of the lecture's order."""
    marks: list[Mark] = []
    for number, name in enumerate((*STAGES, "lecture's order")):
        x, y, width, height = layout.add_box(number)
        full = f"+ {name}" if number < len(STAGES) else name
        full = full if text_width(full, layout.font) <= width - 6 else full.removesuffix("'s order")
        words = shortened(full, width - 6, layout.font)
        place = place_of("add", number)
        marks += [
            Rect(f"chip-{number}", x, y, width, height, height / 2, fill="soft", stroke="border", place=place),
            Text(
                f"chip-words-{number}",
                x + width / 2,
                y + height / 2 + 0.35 * layout.font,
                words,
                layout.font,
                "middle",
                fill="ink",
                place=place,
            ),
        ]
    return marks


def _place(shown: MotifShown, place: int, layout: MotifLayout) -> Place:
    """Return a place with the frame around it, and its sentence below the curve."""
    at = at_place(shown, place)
    words = place_words(shown, at)
    boxes = {
        "tile": layout.tile_box,
        "add": layout.add_box,
        "point": lambda number: point_box(shown, layout.curve_at, layout.font, number),
    }
    find = boxes.get(at.kind, lambda number: layout.button_box(at.kind, number))
    told = _lines("told", words, layout.told_top, layout, TOLD_LINES, "ink", layout.font + 1)
    return Place(words, (focus_mark(find(at.number)), *told))


def _numbers(shown: MotifShown) -> tuple[tuple[str | float | int | None, ...], ...]:
    """Return the curves as a table."""
    curves, names = shown.curves, ("contrast", "response alone", "second grating", "response with it", "formula alone")
    fitted = curves.formula(CONTRASTS) if curves.formula else np.full(len(CONTRASTS), np.nan)
    mask = shown.mask
    rows = zip(CONTRASTS, curves.alone.tolist(), curves.masked.tolist(), fitted.tolist(), strict=True)
    return names, *((c, alone, mask, masked if mask else alone, formula) for c, alone, masked, formula in rows)
