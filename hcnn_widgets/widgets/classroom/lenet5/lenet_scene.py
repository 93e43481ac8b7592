"""The scene of LeNet-5: what is drawn, what every layer responds, and what each thing says of itself."""

from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import CardRow, ManyPlaces, Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines

from .drawing import FULL
from .lenet_layout import Box, LeNetLayout
from .lenet_marks import bitmap_marks, board_marks, layer_marks, output_marks
from .lenet_places import COLUMNS, N_PLACES, Spot, spot_of
from .lenet_shown import Response, counted

KEYS = (*"0123456789", "Enter", "Draw", "Drag", "e", "n", "t", "v", "w", "u", "r")
HINT = (
    "Arrow keys walk over the board, the maps and the digits; Enter inks a cell, e changes pen and rubber, n empties "
    "the board, a digit shows an image of it, t trains, w draws new weights, v changes the variant, u takes a change "
    "back, r all of them."
)
NOTE = {
    True: "LeNet-5 as published (LeCun et al. 1998); its bitmaps are drawn anew after their figure 3.",
    False: "As LeNet-5 is usually written today: maximum pooling, ReLU, every C3 map sees all of S2, softmax.",
}
DATA = (
    "It learns from handwritten digits of 8 by 8 pixels (Alpaydin & Kaynak 1998, in scikit-learn), enlarged. "
    "Orange is below 0, white 0, blue above."
)
NOTE_LINES = 3


def lenet_scene(response: Response, width: float, height: float = 0, settled: bool = True) -> Scene:
    """Draw the lab for a room in pixels.

    Parameters
    ----------
    response : Response
    width, height : float
        Where the drawing is higher than the room its note is left out; a height of 0 has no end.
    settled : bool
        Whether the weights stay as they are: while they learn, what is seen is not said aloud at every frame.
    """
    layout, shown = LeNetLayout(width), response.shown
    with_note = layout.foot + (1.2 + NOTE_LINES * 1.35) * layout.font
    noted = not 0 < height < with_note
    said = f"{response.progress} {response.words}" if settled else "Training."
    return Scene(
        name="lenet5",
        title=f"LeNet-5, {shown.variant}",
        label=f"{response.progress} {response.words} {HINT}",
        width=width,
        height=with_note if noted else layout.foot,
        marks=(
            _sentence(response, layout),
            board_marks(response, layout),
            layer_marks(response, layout),
            output_marks(response, layout),
            *([_note(response, layout)] if noted else []),
        ),
        places=ManyPlaces(N_PLACES, lambda place: _place(response, spot_of(place), layout)),
        columns=COLUMNS,
        keys=KEYS,
        numbers=_numbers(response),
        said=said,
    )


def _sentence(response: Response, layout: LeNetLayout) -> Group:
    """Return what is seen, large, and what the weights are."""
    font = layout.font
    first = caption_lines(response.words, layout.width, font + 4, 1)[0]
    second = caption_lines(response.progress, layout.width, font, 1)[0]
    return Group(
        "sentence",
        (
            Text("words", 1, 1.25 * font, first, font + 4, fill="text", bold=True),
            Text("progress", 1, 2.75 * font, second, font, fill="quiet"),
        ),
    )


def _note(response: Response, layout: LeNetLayout) -> Group:
    font, top = layout.font, layout.foot + 1.6 * layout.font
    lines = caption_lines(f"{NOTE[response.shown.published]} {DATA}", layout.width, font - 1, NOTE_LINES)
    marks = [
        Text(f"note-{n}", 1, top + n * 1.35 * font, line, font - 1, fill="quiet")
        for n, line in enumerate(lines)
        if line
    ]
    return Group("note", tuple(marks))


def _place(response: Response, spot: Spot, layout: LeNetLayout) -> Place:
    if spot.part == "board":
        level = int(response.shown.drawing[spot.row, spot.column])
        words = f"Board, row {spot.row + 1}, column {spot.column + 1}: {_ink(level)}."
        return Place(words, (_frame("focus", layout.cell_box(spot.row, spot.column), "focus", 2.0),))
    if spot.part == "output":
        return _digit(response, spot.column, layout)
    if spot.part in ("C5", "F6"):
        return _units(response, spot.part, layout)
    return _map(response, spot, layout)


def _ink(level: int) -> str:
    return {0: "paper", FULL: "ink"}.get(level, f"{level} sixteenths of ink")


def _map(response: Response, spot: Spot, layout: LeNetLayout) -> Place:
    """Return a map's place: what feeds it and what it feeds are lit with it."""
    name, number = spot.part, spot.column
    values, box = response.maps[name][..., number], layout.map_box(name, number)
    lit, says, rows = _connected(response, spot)
    marks: list[Mark] = [_frame("focus", box, "focus", 3.0)]
    for of, other in lit:
        end = layout.map_box(of, other)
        marks += [_link(f"link-{of}-{other}", end, box), _frame(f"lit-{of}-{other}", end, "series-1", 3.0)]
    mean = f"{values.mean():.2f}".replace("-", "\u2212")
    about = (
        CardRow("range", f"{values.min():.2f} to {values.max():.2f}".replace("-", "\u2212")),
        CardRow("mean", mean),
        *(CardRow(*row) for row in rows),
    )
    title = f"{name}, map {number + 1} of {6 if name in ('C1', 'S2') else 16}"
    beside = box[0], box[0] + box[2], box[1] + box[3] / 2
    return Place(f"{title}: {says} Mean response {mean}.", tuple(marks), title, about, beside=beside)


def _connected(response: Response, spot: Spot) -> tuple[list[tuple[str, int]], str, list[tuple[str, str]]]:
    """Return the maps that a map is connected with, a sentence on them, and rows of its card."""
    name, number, shown = spot.part, spot.column, response.shown
    if name == "C1":
        return [("S2", number)], "a kernel of 5 by 5 over the image.", [("weights", "25 + 1 = 26")]
    if name == "C3":
        seen = shown.seen_by(number)
        named = ", ".join(str(each + 1) for each in seen)
        weights = f"{len(seen)} \u00d7 25 + 1 = {25 * len(seen) + 1}"
        return (
            [("S2", each) for each in seen],
            f"it sees maps {named} of S2.",
            [("sees of S2", named), ("weights", weights)],
        )
    pooled = ("C1" if name == "S2" else "C3", number)
    own = [("weights", "1 coefficient, 1 bias" if shown.published else "none")]
    if name == "S4":
        return [pooled], f"it pools map {number + 1} of C3.", own
    to = [kernel for kernel in range(16) if number in shown.seen_by(kernel)]
    says = f"it pools map {number + 1} of C1 and is seen by {len(to)} of the 16 maps of C3."
    return [pooled, *(("C3", kernel) for kernel in to)], says, own


def _units(response: Response, name: str, layout: LeNetLayout) -> Place:
    """Return the place of all units of C5 or F6."""
    layer = response.shown.layers[4 if name == "C5" else 5]
    values = response.maps[name].ravel()
    if name == "C5":
        x, cell = layout.layers[0], layout.c5_cell
        box = x, layout.row_tops["C5"] + 1.6 * layout.font, 40 * cell, 3 * cell
    else:
        box = layout.bitmap_box(0)
    title = f"{name}, {layer.n_maps} units"
    weights = counted(layer)
    says = f"{title}: {layer.does}; weights {weights}. {int((values > 0).sum())} are above 0."
    rows = (CardRow("weights", weights), CardRow("above 0", str(int((values > 0).sum()))))
    beside = box[0], box[0] + box[2], box[1] + box[3] / 2
    return Place(says, (_frame("focus", box, "focus", 3.0),), title, rows, note=layer.does, beside=beside)


def _digit(response: Response, digit: int, layout: LeNetLayout) -> Place:
    """Return a digit's place: its bitmap stands beside F6 then."""
    value, box = response.output[digit], layout.bar_box(digit)
    marks: list[Mark] = [_frame("focus", box, "focus", 2.0)]
    if not response.shown.published:
        return Place(f"Digit {digit}: probability {value:.1%}.", tuple(marks))
    beside, font = layout.bitmap_box(1), layout.font
    cover = Rect("cover", beside[0] - 2, layout.top, layout.out[2] - 8.5 * layout.bit + 2, 1.4 * font, fill="paper")
    name = Text("name", beside[0], layout.top + font, f"bitmap of {digit}", font, fill="text", bold=True)
    marks += [cover, name, *bitmap_marks("wanted", digit, beside), _frame("wanted-frame", beside, "focus", 2.0)]
    return Place(f"Digit {digit}: squared distance {value:.1f} between F6 and its bitmap.", tuple(marks))


def _frame(key: str, box: Box, colour: str, thickness: float) -> Rect:
    return Rect(key, *box, stroke=colour, stroke_width=thickness)


def _link(key: str, one: Box, other: Box) -> Line:
    """Return a line between two maps, from the lower edge of the upper one to the upper edge of the lower one."""
    upper, lower = sorted((one, other), key=lambda box: box[1])
    ends = upper[0] + upper[2] / 2, upper[1] + upper[3], lower[0] + lower[2] / 2, lower[1]
    return Line(key, *ends, stroke="series-1", stroke_width=1.5, opacity=0.8)


def _numbers(response: Response) -> tuple[tuple[str | float | int, ...], ...]:
    """Return the layers, counted, and the outputs."""
    head = ("layer", "maps", "side", "weights", "connections", "output of", "value")
    counted = [(a.name, a.n_maps, a.side, a.n_weights, a.n_connections, "", "") for a in response.shown.layers]
    outputs = [("output", "", "", "", "", digit, float(value)) for digit, value in enumerate(response.output)]
    return (head, *counted, *outputs)
