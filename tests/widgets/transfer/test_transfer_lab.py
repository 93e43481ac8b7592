"""The freeze line, the curves of the four ways, and the grid of readouts."""

import itertools
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.transfer.begin_transfer import transfer_settings
from hcnn_widgets.transfer.readouts_table import Readouts
from hcnn_widgets.transfer.transfer_row import TransferRow
from hcnn_widgets.widgets.transfer.readout_scene import readout_scene
from hcnn_widgets.widgets.transfer.transfer_lab import TransferLab

AREAS = ("V1", "V4", "IT")
COUNTS, SEEDS = (8, 32), (0, 1)
RNG = np.random.default_rng(0)
RIGHT = {
    (way, n, seed): RNG.random(60) < share + 0.002 * n
    for (way, share), n, seed in itertools.product(
        zip(hw.transfer.WAYS, (0.6, 0.5, 0.3, 0.3), strict=True), COUNTS, SEEDS
    )
}


@pytest.fixture(scope="module")
def given() -> tuple[hw.GoalDrivenModel, hw.StimulusSet]:
    spec = hw.architecture.hcnn(areas=AREAS, n_kernels=(2, 2, 2), input_shape=(16, 16, 1))
    model = hw.GoalDrivenModel(spec, seed=0)
    model.build(["car", "cup"])
    return model, hw.StimulusSet.from_arrays(RNG.random((120, 16, 16)), ["cat", "dog"] * 60)


@pytest.fixture
def lab(given: Any, page: Any, clock: Any, ticker: Any) -> Any:
    lab = TransferLab(*given, n_labels=COUNTS, seeds=SEEDS, clock=clock, ticker=ticker)
    ticker.round()
    yield lab
    lab.close()


def measured(lab: Any, line: str, n_rows: int = 99) -> hw.transfer.Transfer:
    """Give the lab rows of a line."""
    made = hw.transfer.Transfer(transfer_settings(lab.state.model, lab.state.images, line, COUNTS, SEEDS))
    for key in list(RIGHT)[:n_rows]:
        made.add(TransferRow(*key, RIGHT[key]))
    made.end("finished")
    lab.state.transfers[line] = made
    return made


def marks(lab: Any, group: str) -> list[dict[str, Any]]:
    return next(mark["marks"] for mark in lab.panel.header["marks"] if mark["key"] == group)


def filled(lab: Any) -> list[bool]:
    """Return which areas are drawn as carried over."""
    areas = [mark for mark in marks(lab, "row") if mark["key"].startswith("area-")]
    return ["fill" in mark for mark in areas]


def test_the_line_lies_behind_the_highest_area_at_first_and_the_readout_alone_is_new(lab: Any) -> None:
    assert lab.panel.freeze_at == "IT"
    assert filled(lab) == [True, True, True, False]
    assert "The freeze line lies behind IT: the readout is drawn anew." in lab.sentence()
    assert lab.transfer is None


@pytest.mark.parametrize(
    ("key", "place", "line"), [("Enter", 0, "V1"), ("Drag", 1, "V4"), ("-", 2, "V4"), ("+", 0, "IT")]
)
def test_the_line_moves_by_click_drag_and_keys(
    lab: Any, page: Any, ticker: Any, key: str, place: int, line: str
) -> None:
    page.say(lab.panel, kind="press", place=place, key=key)
    ticker.round()
    assert lab.panel.freeze_at == line
    assert filled(lab)[:3] == [AREAS.index(area) <= AREAS.index(line) for area in AREAS]
    handle = next(mark for mark in marks(lab, "row") if mark["key"] == "handle")
    boxes = [mark for mark in marks(lab, "row") if mark["key"].startswith("area-")]
    number = AREAS.index(line)
    assert boxes[number]["x"] + boxes[number]["width"] < handle["x"] + 6 < boxes[number + 1]["x"]


def test_points_stand_where_accuracy_and_labels_put_them(lab: Any, ticker: Any) -> None:
    made = measured(lab, "IT")
    lab.panel.renew()
    ticker.round()
    dots = {mark["key"]: mark for mark in marks(lab, "points")}
    assert set(dots) == {f"dot-{way}-{count}" for way in hw.transfer.WAYS for count in COUNTS}
    heights = np.array([dots[f"dot-{way}-{n}"]["y"] for way in hw.transfer.WAYS for n in COUNTS])
    values = np.array([np.mean([RIGHT[way, n, seed] for seed in SEEDS]) for way in hw.transfer.WAYS for n in COUNTS])
    np.testing.assert_allclose(np.polyval(np.polyfit(values, heights, 1), values), heights, atol=0.1)
    assert np.polyfit(values, heights, 1)[0] < 0
    assert all(dots[f"dot-{way}-8"]["x"] < dots[f"dot-{way}-32"]["x"] for way in hw.transfer.WAYS)
    told = made.difference("frozen", "from scratch", 8)
    assert f"+{round(100 * told.value)} points on from scratch" in lab.sentence()


def test_points_appear_as_they_come_and_progress_says_how_far_it_is(lab: Any, clock: Any, ticker: Any) -> None:
    made = measured(lab, "IT", 3)
    made._over.clear()
    made.under_way, made.run = ("fine-tuned", 8, 1), SimpleNamespace(steps_done=5, n_steps=10, stop=lambda: None)
    lab.panel.renew()
    ticker.round()
    assert len(marks(lab, "points")) == 2
    assert "fine-tuned, 8 labels, seed 1" in marks(lab, "said")[0]["words"]
    assert marks(lab, "said")[0]["words"].startswith("22 % of 16 trainings")
    assert not lab._stop.disabled
    axes = marks(lab, "axes")
    for key in list(RIGHT)[3:9]:
        made.add(TransferRow(*key, RIGHT[key]))
    lab.panel.renew()
    ticker.round()
    assert len(marks(lab, "points")) == 5
    assert marks(lab, "axes") == axes  # nothing jumps while points come
    made.end("finished")
    lab.panel.renew()
    ticker.round()
    assert lab._stop.disabled


def test_start_trains_and_what_does_not_hang_on_the_line_is_trained_once(given: Any, page: Any, ticker: Any) -> None:
    lab = TransferLab(*given, n_labels=(4,), seeds=(0,), ways=("frozen", "from scratch"), n_steps=2, ticker=ticker)
    page.click(lab._start)
    assert lab.transfer.join(60)
    assert [row.error for row in lab.transfer.rows] == ["", ""]
    first = lab.transfer
    page.say(lab.panel, kind="press", place=0, key="Enter")
    page.say(lab.panel, kind="press", place=0, key="b")
    assert lab.transfer.join(60)
    assert lab.transfer.freeze_at == "V1"
    assert lab.transfer.by_key["from scratch", 4, 0] is first.by_key["from scratch", 4, 0]
    assert lab.transfer.by_key["frozen", 4, 0] is not first.by_key["frozen", 4, 0]
    lab.close()


def test_what_ends_early_says_why_in_the_panel(lab: Any, ticker: Any) -> None:
    made = measured(lab, "IT", 2)
    made.end("failed", "MemoryError: no room")
    lab.panel.renew()
    ticker.round()
    assert "MemoryError: no room" in lab.panel.message


def test_closing_ends_what_is_trained(lab: Any) -> None:
    made = measured(lab, "IT", 1)
    made._over.clear()
    lab.close()
    assert made.to_stop.is_set()


@pytest.fixture(scope="module")
def found() -> Readouts:
    rng = np.random.default_rng(1)
    scores = rng.uniform(0.3, 0.6, (3, 2, 1)) + np.array([0, -0.05, 0.05])
    before = rng.uniform(0.3, 0.6, (3, 2, 1)) + np.array([0, -0.05, 0.05])
    difference = (scores - before)[..., :1] + np.array([0, -0.1, 0.1])
    chance, pixels = np.array([0.125, 0.0]), np.full((2, 3), 0.2)
    about = ("accuracy", "r"), chance, scores, before, difference, pixels
    return Readouts(AREAS, ("categorization", "size"), *about, 200, (20, 20, 20), 5, np.zeros((3, 2, 10)))


@pytest.mark.parametrize("scores", ["trained", "untrained", "difference"])
def test_the_grid_has_a_cell_for_each_area_and_goal_with_its_number(found: Readouts, scores: str) -> None:
    scene = readout_scene(found, scores, 640).plain()
    rows = [mark for mark in scene["marks"] if mark.get("part") == "row"][1:]
    assert len(rows) == 4
    for area, row in enumerate(rows[1:]):
        cells = [mark for mark in row["marks"] if mark["part"] == "gridcell"]
        for goal, cell in enumerate(cells):
            words = cell["marks"][1]["words"].replace("\u2212", "-").replace("\u25c6 ", "")
            assert float(words) == pytest.approx(getattr(found, scores)[area, goal, 0], abs=0.005)
            assert ("\u25c6" in cell["marks"][1]["words"]) == (scores == "difference" and found.has_changed[area, goal])
    assert len(scene["places"]) == 8
    assert len(scene["numbers"]) == 1 + 6


@pytest.mark.parametrize("width", [280, 640, 1600])
@pytest.mark.parametrize("height", [None, 300])
def test_nothing_is_drawn_beyond_the_width(found: Readouts, width: int, height: int | None, lab: Any) -> None:
    measured(lab, "V1")
    lab.panel.freeze_at = "V1"
    for scene in (readout_scene(found, "difference", width, height), lab.panel.scene(width, height)):
        for mark in flat(scene.plain()["marks"]):
            if mark["kind"] == "rect":
                assert -4 <= mark["x"] <= mark["x"] + mark["width"] <= width + 4, mark


@pytest.mark.parametrize("width", [280, 640])
def test_the_legend_names_every_way_however_narrow(lab: Any, width: int) -> None:
    legend = next(mark for mark in lab.panel.scene(width).plain()["marks"] if mark["key"] == "legend")
    assert {mark["words"] for mark in legend["marks"] if mark["kind"] == "text"} == set(hw.transfer.WAYS)


def flat(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for mark in drawn for each in (flat(mark["marks"]) if mark["kind"] == "group" else [mark])]


def test_the_other_view_reads_out_and_its_key_goes_through_the_scores(lab: Any, page: Any, ticker: Any) -> None:
    page.say(lab.panel, kind="press", place=0, key="v")
    assert lab._view.value == "readouts"
    assert lab.state.job.wait(60)
    ticker.round()
    assert lab.readouts.goals == ("categorization",)
    assert lab.panel.header["name"] == "readouts"
    page.say(lab.panel, kind="press", place=0, key="x")
    ticker.round()
    assert lab._scores.value == "untrained"
    assert "untrained" in lab.panel.header["title"]
    assert lab.picture().startswith(b"\x89PNG")
    compile(lab.code, "code", "exec")


def test_a_readout_that_fails_says_why_in_the_panel(lab: Any, page: Any, ticker: Any, monkeypatch: Any) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError("`images` have nothing to be read out.")

    monkeypatch.setattr("hcnn_widgets.widgets.transfer.transfer_state.readouts", fail)
    page.change(lab._view, index=1)
    lab.state.job.wait(10)
    ticker.round()
    assert "nothing to be read out" in lab.panel.message


def test_a_lab_may_begin_with_the_other_goals(given: Any, page: Any, clock: Any, ticker: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("hcnn_widgets.widgets.transfer.transfer_state.readouts", lambda *_, **__: None)
    lab = TransferLab(*given, n_labels=(8,), view="readouts", scores="difference", clock=clock, ticker=ticker)
    assert (lab.panel.view, lab._view.value) == ("readouts", "readouts")
    assert (lab.panel.scores, lab._scores.value) == ("difference", "difference")
    lab.close()


def test_the_table_and_the_code_say_what_was_measured(lab: Any, ticker: Any) -> None:
    measured(lab, "V4")
    lab.panel.freeze_at = "V4"
    lab.panel.renew()
    ticker.round()
    table = lab.panel.header["numbers"]
    assert len(table) == 1 + 4 * 2
    assert table[1][:3] == ["V4", "frozen", 8]
    assert "freeze_at='V4', n_labels=(8, 32), seeds=(0, 1)" in lab.code
    assert lab.picture().startswith(b"\x89PNG")


def test_what_cannot_be_carried_over_is_refused_at_the_door(given: Any) -> None:
    with pytest.raises(ValueError, match="no area"):
        TransferLab(*given, freeze_at="MT", n_labels=(8,))
    with pytest.raises(TypeError, match="n_labels"):
        TransferLab(*given, n_label=(8,))
    with pytest.raises(TypeError, match=r"`n_labels` must be several numbers.*such as \[8, 80\]; received 8"):
        TransferLab(*given, n_labels=8)
    with pytest.raises(TypeError, match="`seeds` must be several numbers"):
        hw.transfer.transfer(*given, n_labels=(8,), seeds=0)
    with pytest.raises(TypeError, match="from_keras"):
        TransferLab(given[0].network, given[1])
