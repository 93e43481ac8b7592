"""NetworkView as a scene: images to choose, the way through the areas, the opened area's maps, what drives one."""

from typing import NamedTuple

from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.scene import CardRow, Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, shortened, value_text

from .flow_scene import flow_marks, station_box
from .network_layout import COLUMNS, NetworkLayout, network_layout
from .network_told import NetworkTold
from .shown_maps import mosaic
from .strip_scene import answer_rows, picture_box


class At(NamedTuple):
    """A place: "image" to choose, "sent" image, "area", "answer", "map" or "driving" image, and its number."""

    kind: str
    number: int


def places_of(told: NetworkTold) -> list[At]:
    """Return all places, row by row, `COLUMNS` in each; a row that is not full goes on with its last place.

    They are the same for every width.
    """
    stations = [At("sent", 0), *(At("area", n) for n in range(len(told.names))), At("answer", 0)]
    rows = [
        [At("image", n) for n in range(told.probe.n_strip)],
        stations,
        [At("map", n) for n in range(told.n_tiles)],
        [] if told.driving is None else [At("driving", n) for n in range(len(told.driving.images))],
    ]
    return [place for row in rows for place in [*row, *row[-1:] * (-len(row) % COLUMNS)]]


def network_scene(told: NetworkTold, width: float, height: float = 0) -> Scene:
    """Draw what is told for a width, and for at most a height where it is not 0, in pixels."""
    layout, places = network_layout(told, width, height), places_of(told)
    first = {place: index for index, place in reversed(list(enumerate(places)))}
    return Scene(
        name="network",
        title=told.title,
        label=told.sentence,
        width=width,
        height=layout.height,
        marks=(
            *_thumbs(told, layout, first),
            *flow_marks(told, layout, first[At("sent", 0)]),
            Group("maps", tuple(_tiles(told, layout, first))),
            Group("driving", tuple(_driving(told, layout, first))),
        ),
        places=tuple(_place(told, layout, place) for place in places),
        columns=COLUMNS,
        keys=("Enter",),
        numbers=_table(told),
    )


def _thumbs(told: NetworkTold, layout: NetworkLayout, first: dict[At, int]) -> list[Mark]:
    if not layout.thumb:
        return []
    marks: list[Mark] = []
    for image in range(told.probe.n_strip):
        x, y, side = _thumb_box(layout, image)
        box = picture_box(told.probe.pictures.shape[1:3], x + side / 2, y + side / 2, side)
        marks.append(Pixels(f"image-{image}", *box, told.probe.pictures[image], place=first[At("image", image)]))
        if image == told.image:
            marks.append(Rect("chosen", *_around(box, 1), radius=2, stroke="ink", stroke_width=2.0))
    return [Group("images", tuple(marks))]


def _thumb_box(layout: NetworkLayout, image: int) -> tuple[float, float, float]:
    return 3 + image * layout.thumb, 2.0, layout.thumb - 4


def _around(box: tuple[float, float, float, float], by: float) -> tuple[float, float, float, float]:
    return box[0] - by, box[1] - by, box[2] + 2 * by, box[3] + 2 * by


def _tiles(told: NetworkTold, layout: NetworkLayout, first: dict[At, int]) -> list[Mark]:
    """Return the maps of the opened area side by side, as one image with lines of paper between them."""
    maps, n_shown, tile, font = told.opened, told.n_tiles, layout.tile, layout.font
    if maps is None:
        return []
    wide, high = layout.map_size
    several = f", the first {n_shown} of them" if n_shown < maps.n_maps else ""
    words = f"{told.area}: {told.size_of(told.area)}{several}; {told.scale_words}"
    fitting = shortened(words, layout.tiles_width - 8, font)
    marks: list[Mark] = [
        Text(
            "words",
            4,
            layout.tiles_top - 0.6 * font,
            fitting,
            font,
            fill="quiet",
            whole=words if fitting != words else "",
        )
    ]
    for row in range(-(-n_shown // COLUMNS)):
        there = min(COLUMNS, n_shown - row * COLUMNS)
        image = mosaic(maps.shades[:, :, row * COLUMNS : row * COLUMNS + there], there, there)
        top = layout.tiles_top + row * layout.tile
        marks.append(Pixels(f"row-{row}", 2, top, there * wide, high, image))
        marks.append(
            Line(f"below-{row}", 2, top + high, 2 + there * wide, top + high, stroke="paper", stroke_width=2.0)
        )
    n_rows, n_columns = -(-n_shown // COLUMNS), min(COLUMNS, n_shown)
    foot = layout.tiles_top + (n_rows - 1) * tile + high
    marks += [
        Line(f"beside-{n}", 2 + n * wide, layout.tiles_top, 2 + n * wide, foot, stroke="paper", stroke_width=2.0)
        for n in range(1, n_columns + 1)
    ]
    marks += [Rect(f"map-{n}", *layout.map_box(n), fill="", place=first[At("map", n)]) for n in range(n_shown)]
    if told.number is not None and told.number < n_shown:
        box = layout.map_box(told.number)
        marks.append(Rect("chosen-paper", *box, stroke="paper", stroke_width=5.0))
        marks.append(Rect("chosen", *box, stroke="ink", stroke_width=2.0))
    return marks


def _driving(told: NetworkTold, layout: NetworkLayout, first: dict[At, int]) -> list[Mark]:
    if not layout.driving:
        return []
    font = layout.font
    left, top = layout.driving_corner
    lines = caption_lines(told.driving_words, layout.width - left, font, layout.driving_lines)
    marks: list[Mark] = [
        Text(f"words-{n}", left + 2, top + (1.2 + 1.3 * n) * font, line, font, fill="quiet")
        for n, line in enumerate(lines)
    ]
    if told.driving is None:
        return marks
    for n, (image, value) in enumerate(zip(told.driving.images, told.driving.values, strict=True)):
        x, y, side = layout.driving_box(n)
        box = picture_box(told.probe.pictures.shape[1:3], x + side / 2, y + side / 2, side)
        marks.append(Pixels(f"image-{n}", *box, told.probe.pictures[image], place=first[At("driving", n)]))
        value_words = value_text(float(value))
        marks.append(Text(f"value-{n}", x + side / 2, y + side + 1.2 * font, value_words, font, "middle", fill="text"))
    return marks


def _place(told: NetworkTold, layout: NetworkLayout, at: At) -> Place:
    """Return a place with its sentence, its card and its mark."""
    sentence, box, card = {
        "image": _image_place,
        "sent": _sent_place,
        "area": _area_place,
        "answer": _answer_place,
        "map": _map_place,
        "driving": _driving_place,
    }[at.kind](told, layout, at.number)
    focus = Rect("focus", *_around(box, 1.5), radius=3, stroke="focus", stroke_width=3.0)
    beside = (box[0], box[0] + box[2], box[1] + box[3] / 2)
    return Place(sentence, (focus,), title=card[0], rows=card[1], note=card[2], beside=beside)


Box = tuple[float, float, float, float]
Card = tuple[str, tuple[CardRow, ...], str]
Told = tuple[str, Box, Card]


def _image_place(told: NetworkTold, layout: NetworkLayout, number: int) -> Told:
    x, y, side = _thumb_box(layout, number)
    box = (x, y, side, side) if layout.thumb else station_box(layout, layout.cells[0])
    sent = "on its way through the network" if number == told.image else "Enter sends it through"
    name = told.probe.name(number)
    words = f"{told.probe.kind.capitalize()} {number + 1} of {told.probe.n_strip}, {name}; {sent}."
    return words, box, (name, (), sent[0].upper() + sent[1:] + ".")


def _sent_place(told: NetworkTold, layout: NetworkLayout, _number: int) -> Told:
    name = told.probe.name(told.image)
    rows = (CardRow("shows", name),) if told.probe.label(told.image) else ()
    title = str(told.probe.stimuli.stimulus_ids[told.image])
    return (
        f"The {told.probe.kind}, {name}. {told.answer_words}",
        station_box(layout, layout.cells[0]),
        (title, rows, ""),
    )


def _area_place(told: NetworkTold, layout: NetworkLayout, number: int) -> Told:
    name = told.names[number]
    size, into = told.size_of(name), ", ".join(told.links.into[name]) or f"the {told.probe.kind}"
    opened = "opened" if name == told.area else "Enter opens it"
    rows = [CardRow("has", size or "…"), CardRow("fed by", into)]
    if name in told.areas:
        rows.append(CardRow("mean response", value_text(float(told.areas[name].maps.mean()))))
    words = f"{name}: {size}, fed by {into}; {opened}."
    return (
        words,
        station_box(layout, layout.cells[1 + number]),
        (name, tuple(rows), opened[0].upper() + opened[1:] + "."),
    )


def _answer_place(told: NetworkTold, layout: NetworkLayout, _number: int) -> Told:
    rows = answer_rows(told.answer)
    return told.answer_words, station_box(layout, layout.cells[-1]), ("The network's answer", rows, "")


def _map_place(told: NetworkTold, layout: NetworkLayout, number: int) -> Told:
    maps = told.opened
    assert maps is not None
    words, box = told.map_words(number), layout.map_box(number)
    chosen = number == told.number
    drives = _drivers(told) if chosen else f"Enter shows the {told.probe.kind}s that drive it most."
    rows = [CardRow("largest" if maps.has_places else "response", value_text(float(maps.peaks[number])), strong=True)]
    if maps.has_places:
        row, column = maps.peak_places[number]
        rows += [
            CardRow("at row, column", f"{row + 1}, {column + 1}"),
            CardRow("mean", value_text(float(maps.means[number]))),
            CardRow("above 0", f"{100 * maps.active[number]:.0f} % of it"),
        ]
    return f"{words} {drives}", box, (told.map_name(number), tuple(rows), "" if chosen else drives)


def _drivers(told: NetworkTold) -> str:
    if told.driving is None or told.driving.is_silent:
        return told.driving_words
    names = ", ".join(told.probe.name(int(image)) for image in told.driving.images)
    return f"{told.driving_words} {names}."


def _driving_place(told: NetworkTold, layout: NetworkLayout, number: int) -> Told:
    assert told.driving is not None
    x, y, side = layout.driving_box(number)
    box = (x, y, side, side) if layout.driving else layout.map_box(told.driving.number)
    name, value = told.probe.name(int(told.driving.images[number])), value_text(float(told.driving.values[number]))
    kind, n = told.probe.kind.capitalize(), len(told.driving.images)
    words = f"{kind} {number + 1} of {n} that drive it most, {name}: {value}."
    return f"{words} Enter sends it through.", box, (name, (CardRow("response", value),), "")


def _table(told: NetworkTold) -> tuple[tuple[str | float | int | None, ...], ...]:
    """Return a row for each map of the opened area that is drawn."""
    head = ("stimulus_id", "step", "area", "map", "mean", "largest", "row", "column")
    name, maps = str(told.probe.stimuli.stimulus_ids[told.image]), told.opened
    if maps is None:
        return (head,)
    numbers = range(told.n_tiles)
    found = [(float(maps.means[n]), float(maps.peaks[n]), *maps.peak_places[n]) for n in numbers]
    return (head, *((name, told.step, told.area, n, *of) for n, of in zip(numbers, found, strict=True)))
