"""A designer in any room: names are whole, nothing lies over another, and runs are told apart."""

from itertools import combinations
from typing import Any

import pytest

import hcnn_widgets as hw
from hcnn_widgets.sweeps.design import ALL, Design
from hcnn_widgets.sweeps.relations import Relation
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.designer.cards import cards_of
from hcnn_widgets.widgets.designer.designer_scene import designer_scene
from hcnn_widgets.widgets.designer.told import KINDS, Told
from hcnn_widgets.widgets.scene.word_room import BOLD, DOTS, text_width

NARROW, COLUMN, LECTURE = (330.0, None), (840.0, None), (960.0, 540.0)
ROOMS = [NARROW, (480.0, None), (600.0, None), (730.0, None), (800.0, None), COLUMN, LECTURE]
TITLES = ("categorization by backpropagation", "position by backpropagation (2)", "position by feedback alignment")
CARDS = cards_of(ALL, hw.stimuli.objects(8, size=16, seed=0))


def told(refusal: str = "") -> Told:
    rows = tuple(
        SweepRow(n + 1, accuracy=0.2 + n / 10, best=0.1 + n / 10, title=title) for n, title in enumerate(TITLES)
    )
    sweep = hw.sweeps.Sweep.of_rows(rows, {"area": "V4", "by_readout": True}, None)
    design = Design("hcnn without normalisation", "categorization", "direct feedback alignment")
    refusals = {(design.architecture, design.goal, design.rule): refusal}
    return Told(design, CARDS, refusals, sweep, rows, (Relation(3), Relation(3)), selected=3, held=1)


def drawn(room: tuple[float, float | None], refusal: str = "") -> Any:
    return designer_scene(told(refusal), *room)


def within(marks: Any, *keys: str) -> Any:
    """Return the marks of a group, by the keys that lead to it."""
    for key in keys:
        marks = next(mark.marks for mark in marks if mark.key == key)
    return marks


def boxes(scene: Any) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of all cards and runs."""
    groups = [*within(scene.marks, "columns"), *within(scene.marks, "runs")]
    frames = [group.marks[0] for group in groups if hasattr(group, "marks")]
    return [(each.x, each.y, each.x + each.width, each.y + each.height) for each in frames]


def names_of(scene: Any) -> dict[str, str]:
    """Return what stands on each card, by its key."""
    return {
        card.key: " ".join(mark.words for mark in card.marks[1].marks if mark.key.startswith("name-"))
        for card in within(scene.marks, "columns")
        if hasattr(card, "marks")
    }


@pytest.mark.parametrize("room", ROOMS)
def test_no_card_or_run_lies_over_another_or_leaves_the_drawing(room: Any) -> None:
    scene = drawn(room)
    assert len(boxes(scene)) == sum(len(CARDS[kind]) for kind in KINDS) + len(TITLES)
    for one, other in combinations(boxes(scene), 2):
        beside = one[2] <= other[0] or other[2] <= one[0]
        assert beside or one[3] <= other[1] or other[3] <= one[1]
    assert all(left >= 0 and right <= room[0] + 0.01 and low <= scene.height for left, _, right, low in boxes(scene))


@pytest.mark.parametrize("room", [NARROW, (480.0, None)])
def test_where_the_columns_stand_one_below_the_other_arrow_keys_follow_what_is_seen(room: Any) -> None:
    scene = drawn(room)
    rings = [place.marks[0] for place in scene.places]
    corners = [[(rings[place].y, rings[place].x) for place in row] for row in scene.walked]
    assert all(len({round(top, 3) for top, _ in row}) == 1 for row in corners)
    flat = [corner for row in corners for corner in row]
    assert flat == sorted(flat)
    assert len(set(flat)) == len(boxes(scene))
    assert {len(row) for row in corners} == {1, 2, 3}


def test_where_the_columns_stand_side_by_side_arrow_keys_follow_the_grid() -> None:
    assert drawn(LECTURE).walked == ()


@pytest.mark.parametrize("room", ROOMS[:-1])
def test_every_name_stands_on_its_card_in_full(room: Any) -> None:
    named = names_of(drawn(room))
    assert named == {f"{kind}-{card.name}": card.name for kind in KINDS for card in CARDS[kind]}


def test_a_name_that_a_low_card_has_no_room_for_is_cut_where_one_sees_it() -> None:
    cut = {key.split("-", 1)[1]: said for key, said in names_of(drawn(LECTURE)).items()}
    assert {name for name, said in cut.items() if said != name and DOTS not in said} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_runs_have_their_names_in_full_in_the_room_that_the_list_has(room: Any) -> None:
    scene = drawn(room)
    frame = within(scene.marks, "runs", "run-3")[0]
    for number, title in enumerate(TITLES, start=1):
        lines = [mark for mark in within(scene.marks, "runs", f"run-{number}") if mark.key.startswith("title-")]
        assert " ".join(mark.words for mark in lines) == title
        assert all(text_width(mark.words, mark.size) * (BOLD if mark.bold else 1) <= frame.width for mark in lines)


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_chosen_and_why_it_does_not_fit_stand_between_cards_and_runs(room: Any) -> None:
    scene = drawn(room, "Direct feedback alignment sends the error at the outputs to every area, and this has none.")
    foot = within(scene.marks, "foot")
    cards = max(low for *_, low in boxes(scene)[: -len(TITLES)])
    below = min(mark.y for part in ("now", "runs") for mark in within(scene.marks, part) if hasattr(mark, "words"))
    assert all(cards < mark.y < below for mark in foot)
    assert len({round(mark.y) for mark in foot if mark.x == 1}) == len([mark for mark in foot if mark.x == 1])
    assert all(mark.x + text_width(mark.words, mark.size, mark.bold) <= room[0] * 1.01 for mark in foot)
