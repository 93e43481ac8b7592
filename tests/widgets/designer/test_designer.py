"""The designer: cards of all choices, what does not fit, runs that are built, compared, named, kept and repeated."""

import asyncio
import json
import shutil
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.goal import GOALS
from hcnn_widgets.learning import RULES

SMALL: dict[str, Any] = {
    "small": lambda **options: hw.architecture.hcnn(["V1", "IT"], 4, 3, **options),
    "perceptron": hw.architecture.perceptron,
}
GOALS_HERE = {name: GOALS[name] for name in ("categorization", "position", "segmentation")}
RULES_HERE = {name: RULES[name] for name in ("backpropagation", "readout only", "perceptron")}
IMAGES = hw.stimuli.objects(80, size=16, seed=0)
WAIT_S = 120


@pytest.fixture(scope="module")
def recordings() -> hw.RecordingSet:
    return hw.mapping.simulated_cortex(hw.stimuli.objects(48, size=16, seed=5), n_sites=6, seed=0)["V4"]


@pytest.fixture(autouse=True)
def steps_one_by_one(uncompiled: None) -> None:
    """Have the steps done one by one: to compile them takes far longer than to do so few."""


@pytest.fixture
def designer(page: Any, clock: Any, ticker: Any, recordings: hw.RecordingSet) -> Any:
    made = designed(recordings, clock=clock, ticker=ticker)
    ticker.round()
    yield made
    made.close()


def designed(recordings: hw.RecordingSet, **options: Any) -> Any:
    choices: dict[str, Any] = {"architectures": SMALL, "goals": GOALS_HERE, "rules": RULES_HERE}
    made = hw.widgets.GoalDrivenDesigner(IMAGES, recordings, epochs=1, units=32, **(choices | options))
    assert made._fitting.wait(WAIT_S)
    return made


def build(designer: Any, page: Any) -> Any:
    page.click(designer._build)
    assert designer._board.work.done.wait(WAIT_S)
    for _ in range(100 * WAIT_S):  # what follows the end, on the thread of the work, is a matter of moments
        if not designer._build.disabled:
            break
        threading.Event().wait(0.01)
    return designer.sweep.rows[-1]


def place_of(designer: Any, words: str) -> int:
    places = designer.panel.scene(1000).places
    return next(n for n, place in enumerate(places) if place.sentence.startswith(words))


def press(designer: Any, page: Any, words: str, key: str = "Enter") -> None:
    designer.panel.show_now()
    page.say(designer.panel, kind="press", place=place_of(designer, words), key=key)


def groups(marks: Any, key: str) -> dict[str, Any]:
    found = next(mark for mark in marks if mark["key"] == key)
    return {mark["key"]: mark for mark in found["marks"]}


def test_there_is_a_card_for_each_choice_of_each_column(page: Any, clock: Any, ticker: Any, recordings: Any) -> None:
    made = hw.widgets.GoalDrivenDesigner(IMAGES, recordings, clock=clock, ticker=ticker)
    made._fitting.close()
    cards = groups(made.panel.scene(1000).plain()["marks"], "columns")
    wanted = [("architecture", hw.architecture.ARCHITECTURES), ("goal", GOALS), ("rule", RULES)]
    for kind, registry in wanted:
        assert {key.removeprefix(f"{kind}-") for key in cards if key.startswith(f"{kind}-")} == set(registry)
    drawn = [card.drawn for column in made.panel._cards.values() for card in column]
    assert all(each is not None for each in drawn)


def test_what_does_not_fit_is_pale_and_says_why(designer: Any) -> None:
    scene = designer.panel.scene(1000)
    cards = groups(scene.plain()["marks"], "columns")
    opacity = {
        key: card["marks"][1]["marks"][0].get("opacity", 1) for key, card in cards.items() if card["kind"] == "group"
    }
    assert {key for key, value in opacity.items() if value < 1} == {"rule-perceptron"}
    place = scene.places[place_of(designer, "learning rule perceptron")]
    assert "Does not fit: PerceptronRule knows the mistakes of output units alone" in place.sentence
    assert "PerceptronRule knows" in place.note


def test_enter_chooses_a_card_and_the_two_other_columns_are_looked_at_again(designer: Any, page: Any) -> None:
    press(designer, page, "learning rule perceptron")
    assert designer._board.design.rule == "perceptron"
    assert designer._fitting.wait(WAIT_S)
    assert "PerceptronRule knows" in designer.panel.scene(1000).label
    page.click(designer._build)
    assert "PerceptronRule knows" in designer.panel.message
    assert designer.sweep.rows == ()
    press(designer, page, "architecture perceptron")
    assert designer._fitting.wait(WAIT_S)
    assert "PerceptronRule" not in designer.panel.scene(1000).label


def test_a_built_run_has_the_numbers_of_a_script_and_again_the_same(
    designer: Any, page: Any, recordings: hw.RecordingSet
) -> None:
    first = build(designer, page)
    assert first.error == ""
    names: dict[str, Any] = {"hw": hw, "images": IMAGES, "recordings": recordings}
    choices = hw.sweeps.Choices(SMALL, GOALS_HERE, RULES_HERE)
    lines = designer.code.replace("images, recordings = ...  # those of the panel\n", "")
    lines = lines.replace("choices = ...  # designer.choices\n", "").replace("await run.wait()", "run.join()")
    exec(
        lines.replace("hw.mapping.layer_area_match", "match = hw.mapping.layer_area_match"),
        names | {"choices": choices},
        names,
    )
    assert float(names["match"].reported[0]) == pytest.approx(first.best, abs=1e-4)
    again = build(designer, page)
    assert again.title == "categorization by backpropagation (2)"
    for name in ("accuracy", "untrained_accuracy", "best", "top", "score"):
        assert getattr(again, name) == pytest.approx(getattr(first, name), abs=1e-4)


def test_one_changed_choice_is_compared_with_the_run_before_over_sites(designer: Any, page: Any) -> None:
    build(designer, page)
    press(designer, page, "goal position")
    row = build(designer, page)
    assert (row.goal, row.score_name) == ("position", "position R2")
    said = " ".join(
        mark["words"] for mark in groups(designer.panel.scene(1000).plain()["marks"], "now").values() if "words" in mark
    )
    for words in ("Changed: goal:", "then position.", "paired over 6", "Another seed"):
        assert words in said
    found = hw.sweeps.difference(*designer.sweep.rows[::-1])
    assert f"{found.low:+.3f} to {found.high:+.3f}".replace("-", "\u2212") in said
    assert "V4 (simulated)" in said
    plot = groups(designer.panel.scene(1000).plain()["marks"], "plot").values()
    assert len(groups(plot, "networks")) == 2
    way = designer._board.way
    assert way.points[-1] == (row.accuracy, row.best)
    assert not way.under_way
    assert list(groups(plot, "way")) == (["trail"] if len(way.points) > 1 else [])


def test_a_run_that_fails_says_so_and_leaves_the_others(designer: Any, page: Any, monkeypatch: Any) -> None:
    kept = build(designer, page)
    monkeypatch.setattr(hw.GoalDrivenModel, "train", lambda *_, **__: (_ for _ in ()).throw(ValueError("no room left")))
    failed = build(designer, page)
    assert "no room left" in failed.error
    assert designer.panel.message == f"{failed.title} failed. no room left"
    assert designer.sweep.scored == (kept,)
    assert designer._board.selected == kept.number


def test_a_learning_rate_without_measure_is_said_in_the_panel(
    page: Any, clock: Any, ticker: Any, recordings: Any
) -> None:
    wild: Any = {"wild": lambda: hw.learning.Backpropagation(learning_rate=1e6)}
    made = designed(recordings, rules=wild, clock=clock, ticker=ticker)
    page.change(made._epochs, value=4)
    row = build(made, page)
    assert "rose from" in made.panel.message or "failed" in made.panel.message
    assert row.error or "lower learning rate" in made.panel.message
    made.close()


def test_a_stopped_run_has_no_dot(designer: Any, page: Any) -> None:
    page.change(designer._epochs, value=1000)
    page.click(designer._build)
    page.click(designer._stop)
    assert designer._board.work.done.wait(WAIT_S)
    assert "Stopped at step" in designer.sweep.rows[0].error
    assert designer._board.way.points == ()
    assert designer.sweep.scored == ()


def test_runs_are_kept_named_and_opened_again(
    page: Any, clock: Any, ticker: Any, tmp_path: Path, recordings: hw.RecordingSet
) -> None:
    first = designed(recordings, folder=tmp_path / "mine", clock=clock, ticker=ticker)
    row = build(first, page)
    page.change(first._title, value="my first")
    first.close()
    folder = tmp_path / "mine"
    assert json.loads((folder / "network_0001.json").read_text())["title"] == "my first"
    assert (folder / "networks.csv").read_text().startswith("number,")
    assert json.loads((folder / "run_0001" / "run.json").read_text())["model"]["goal"]["goal"] == "categorization"
    again = designed(recordings, folder=folder, clock=clock, ticker=ticker)
    assert again.sweep.rows[0].to_dict() == row.to_dict() | {"title": "my first"}
    page.click(again._open)
    assert again._monitor is not None
    assert again.run.title == "my first"
    weights = again.sweep.model(1).network.get_weights()
    assert all(map(np.array_equal, weights, again.run.model.network.get_weights()))
    with pytest.raises(ValueError, match="other settings"):
        designed(recordings, folder=folder, seed=7, clock=clock, ticker=ticker)


def test_two_notebooks_in_one_folder_keep_all_runs_and_see_each_others(
    page: Any, clock: Any, ticker: Any, tmp_path: Path, recordings: hw.RecordingSet
) -> None:
    both = [designed(recordings, folder=tmp_path / "ours", clock=clock, ticker=ticker) for _ in range(2)]
    for each in both:
        page.click(each._build)
    for each in both:
        assert each._board.work.done.wait(WAIT_S)
    page.change(both[0]._title, value="seen from afar")
    for each in both:
        page.say(each.panel, kind="visible", visible=True)
        assert [row.number for row in each._board.rows] == [1, 2]
        assert "seen from afar" in {row.title for row in each._board.rows}
        assert [each.sweep.model(number).areas for number in (1, 2)] == [("V1", "IT")] * 2
    assert {path.name for path in (tmp_path / "ours").iterdir() if path.is_dir()} == {"run_0001", "run_0002"}
    assert len((tmp_path / "ours" / "networks.csv").read_text().splitlines()) == 1 + 2
    for each in both:
        each.close()


def test_a_folder_that_goes_while_a_run_is_built_is_said_and_the_next_may_begin(
    page: Any, clock: Any, ticker: Any, tmp_path: Path, recordings: hw.RecordingSet
) -> None:
    made = designed(recordings, folder=tmp_path / "gone", clock=clock, ticker=ticker)
    page.click(made._build)
    shutil.rmtree(tmp_path / "gone")
    assert made._board.work.done.wait(WAIT_S)
    assert "could not be written" in made.sweep.rows[0].error
    page.click(made._build)
    assert "gone" in made.panel.message
    made.close()


def test_a_script_builds_designs_one_after_the_other_against_one_that_is_held(designer: Any, page: Any) -> None:
    first = asyncio.run(designer.build())
    press(designer, page, first.title, "c")
    small = hw.sweeps.Design("small", choices=designer.choices)
    second = asyncio.run(designer.build(small.changed(rule="readout only")))
    third = asyncio.run(designer.build(small.changed(rule="readout only"), seed=3))
    assert [row.seed for row in (first, second, third)] == [0, 0, 3]
    assert (designer._board.held, designer._board.selected) == (first.number, third.number)
    assert designer.sweep.rows == (first, second, third)
    designer._fitting.look_now(small.changed(rule="perceptron"))
    with pytest.raises(ValueError, match="PerceptronRule"):
        asyncio.run(designer.build(small.changed(rule="perceptron")))


def test_the_scene_fits_a_lecture_screen(designer: Any) -> None:
    scene = designer.panel.scene(940, 620)
    assert scene.height <= 620
    assert scene.columns == 3
    assert designer.panel.picture().startswith(b"\x89PNG")
    assert len(scene.numbers) == 1


def test_what_is_no_material_is_refused_at_the_door(recordings: hw.RecordingSet) -> None:
    with pytest.raises(ValueError, match="must have labels"):
        hw.widgets.GoalDrivenDesigner(hw.StimulusSet(IMAGES.images), recordings)
    with pytest.raises(ValueError, match="must have stimuli"):
        hw.widgets.GoalDrivenDesigner(IMAGES, hw.RecordingSet(recordings.responses, recordings.stimulus_ids, area="V4"))
    with pytest.raises(TypeError, match="one brain area"):
        hw.widgets.GoalDrivenDesigner(IMAGES, [recordings])
    broken: Any = {"broken": lambda **_: 1 / 0}
    with pytest.raises(TypeError, match=r"`architectures\['broken'\]` makes nothing.*ZeroDivisionError"):
        hw.widgets.GoalDrivenDesigner(IMAGES, recordings, architectures=broken)
    with pytest.raises(TypeError, match=r"`rules\['broken'\]` makes nothing.*ZeroDivisionError"):
        hw.widgets.GoalDrivenDesigner(IMAGES, recordings, rules=broken)
    for epochs in (0, float("nan"), "four"):
        with pytest.raises(ValueError, match="`epochs` is no number of passes"):
            hw.widgets.GoalDrivenDesigner(IMAGES, recordings, epochs=epochs)
    with pytest.raises(TypeError, match="goalz"):
        hw.widgets.GoalDrivenDesigner(IMAGES, recordings, goalz={})
