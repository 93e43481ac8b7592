"""The table of runs: found by itself, sorted by key, named, kept, forgotten and opened; its rows outlast the runs."""

import gc
from typing import Any

import pytest
from past_runs import a_model, a_run, score_table
from runs_by_hand import counting_run, until

import hcnn_widgets as hw
from hcnn_widgets.learning.run import Run
from hcnn_widgets.mapping.live.saved_score import SavedScore
from hcnn_widgets.widgets.runs.run_list import RunList
from hcnn_widgets.widgets.runs.runs_layout import columns_within


@pytest.fixture
def runs() -> list[Run]:
    return [
        a_run(0.5, 0.3, a_model(1e-3), s=30.0),
        a_run(0.9, None, a_model(1e-2), seed=4),
        a_run(None, 0.4, a_model(1e-3, kernel_size=5), s=3.0),
    ]


@pytest.fixture
def table(page: Any, runs: list[Run], clock: Any, ticker: Any) -> Any:
    table = hw.widgets.RunTable(runs, clock=clock, ticker=ticker)
    ticker.round()
    return table


def head(table: Any, name: str) -> int:
    """Return the place of a header."""
    return [column.name for column in table.panel._columns()].index(name)


def shown(table: Any) -> list[int]:
    """Return the numbers of the rows from the top down, by the keys of the page."""
    return [
        int(mark["key"].removeprefix("row-")) for mark in table.panel.header["marks"] if mark["key"].startswith("row-")
    ]


def press(page: Any, table: Any, ticker: Any, place: int, key: str = "Enter") -> None:
    page.say(table.panel, kind="press", place=place, key=key)
    ticker.round()


def choose(page: Any, table: Any, ticker: Any, number: int) -> None:
    line = shown(table).index(number) + 1
    press(page, table, ticker, line * len(table.panel._columns()))


# --- what stands in the table -------------------------------------------------------------------------------------
def test_every_score_has_what_it_is_held_against(table: Any) -> None:
    numbers = table.panel.header["numbers"]
    rows = [dict(zip(numbers[0], row, strict=True)) for row in numbers[1:]]
    assert [row["score"] for row in rows] == [0.5, 0.9, None]
    assert [row["V4 r"] for row in rows] == [0.3, None, 0.4]
    assert [row["seconds"] for row in rows] == [30, 9, 3]
    assert (rows[0]["V4 model area"], rows[0]["V4 untrained"], rows[0]["V4 ceiling"]) == ("IT", 0.2, 0.9)
    assert (rows[0]["V4 images"], rows[0]["V4 simulated"]) == (40, 1)
    words = " ".join(str(mark.get("words")) for mark in flat(table.panel.header["marks"]))
    assert "Simulated recordings: V4." in words
    assert "50.0 %" in words


def flat(marks: list[Any]) -> list[Any]:
    return [inner for mark in marks for inner in (mark, *flat(mark.get("marks", [])))]


def test_scores_of_unequal_numbers_of_images_are_said_to_be_no_match(runs: list[Run]) -> None:
    from hcnn_widgets.widgets.runs.runs_scene import captions

    runs[0].training.saved_scores = (SavedScore(["p"], [score_table(0.3, 192)]),)
    assert "Scores on 40 to 192 images: compare those of equal numbers alone." in captions(RunList(runs).look())[0]


def test_the_grid_is_one_for_those_who_hear_it(table: Any) -> None:
    marks = table.panel.header["marks"]
    lines = [mark for mark in marks if mark.get("part") == "row"]
    assert [cell["part"] for cell in lines[0]["marks"]] == ["columnheader"] * len(table.panel._columns())
    cells = [cell["part"] for cell in lines[1]["marks"] if "part" in cell]
    assert cells == ["rowheader", *["gridcell"] * (len(cells) - 1)]
    places = table.panel.header["places"]
    assert len(places) == 4 * len(cells)
    assert places[0]["sentence"] == "Column Run, sorted downwards. Enter sorts it upwards."
    assert places[-len(cells)]["sentence"].startswith("hcnn")


def test_columns_give_way_where_there_is_no_room_and_scores_stay(table: Any) -> None:
    wide, narrow = ([column.name for column in columns_within(table.rows, width)] for width in (1000, 330))
    assert wide == ["Run", "Choices", "Seed", "Accuracy", "V4 r", "Time", "State"]
    assert set(narrow) >= {"Run", "Accuracy", "V4 r"}
    assert len(narrow) < len(wide)


def test_a_place_is_the_same_in_a_wide_and_a_narrow_view(table: Any, page: Any, ticker: Any) -> None:
    page.say(table.panel, kind="room", view="wide", width=1000, height=0)
    page.say(table.panel, kind="room", view="narrow", width=330, height=0)
    ticker.round()
    scenes = [table.panel.header, *table.panel.header["others"]]
    assert len({len(scene["places"]) for scene in scenes}) == 1


def test_the_runs_are_a_table_for_text_csv_and_a_paper(table: Any) -> None:
    header, first, second, *_ = repr(table.record).splitlines()
    assert header.split() == ["run", "choices", "seed", "score", "V4", "(simulated)", "r", "s", "state"]
    assert "90.0 % " not in first
    assert second.split()[1] != "*"
    assert "*" in second
    rows = [line.split(",") for line in table.record.to_csv_text().splitlines()]
    assert len(rows) == 4
    assert "90.0" in hw.widgets.table_figure(table.record)


# --- sorted -------------------------------------------------------------------------------------------------------
def test_a_header_sorts_the_best_first_then_the_other_way_and_the_unknown_last(
    table: Any, page: Any, ticker: Any
) -> None:
    assert shown(table) == [3, 2, 1]
    press(page, table, ticker, head(table, "Accuracy"))
    assert shown(table) == [2, 1, 3]
    press(page, table, ticker, head(table, "Accuracy"))
    assert shown(table) == [1, 2, 3]
    press(page, table, ticker, head(table, "Time"), " ")
    assert shown(table) == [3, 2, 1]
    press(page, table, ticker, head(table, "V4 r"))
    assert shown(table) == [3, 1, 2]
    assert "sorted by V4 r downwards" in table.sentence()


# --- chosen -------------------------------------------------------------------------------------------------------
def test_a_chosen_run_is_opened(page: Any, runs: list[Run], clock: Any, ticker: Any) -> None:
    opened: list[Any] = []
    table = hw.widgets.RunTable(runs, on_open=opened.append, clock=clock, ticker=ticker)
    ticker.round()
    assert table._open.disabled
    choose(page, table, ticker, 2)
    page.click(table._open)
    assert opened == [runs[1]]
    assert table.chosen is runs[1]


def test_without_a_callback_a_monitor_opens_with_the_run_before_beside_it(
    table: Any, runs: list[Run], page: Any, ticker: Any
) -> None:
    for number in (1, 2):
        runs[number - 1].history.append("loss", [1, 2], [2.0, 1.0])
        choose(page, table, ticker, number)
        page.click(table._open)
        ticker.round()
    (monitor,) = [child for child in table.children if isinstance(child, hw.widgets.TrainingMonitor)]
    assert monitor.sentence().endswith(f"Beside: {runs[0].title}.")


def test_in_a_low_cell_words_go_first_and_then_rows(table: Any, page: Any, ticker: Any) -> None:
    whole = table.panel.scene(640)
    scene = table.panel.scene(640, 80)
    assert scene.height <= 80 < whole.height
    assert [mark.key for mark in scene.marks if mark.key.startswith("row-")] == ["row-3"]
    assert scene.places == whole.places[: len(scene.places)]


def test_a_run_is_named_and_the_name_goes_with_the_run(table: Any, runs: list[Run], page: Any, ticker: Any) -> None:
    choose(page, table, ticker, 1)
    assert table._title.value == runs[0].title
    page.change(table._title, value="  slow  rate ")
    assert runs[0].title == "slow rate"
    assert table.rows[0].title == "slow rate"
    page.change(table._title, value="   ")
    assert table._title.value == runs[0].title == "slow rate"


def test_a_forgotten_run_does_not_come_back(page: Any, clock: Any, ticker: Any) -> None:
    run = a_run(0.7)
    table = hw.widgets.RunTable(clock=clock, ticker=ticker)
    ticker.round()
    number = next(row.number for row in table.rows if row.score == 0.7)
    choose(page, table, ticker, number)
    page.click(table._forget)
    ticker.round()
    assert number not in [row.number for row in table.rows]
    assert run.title not in [row.title for row in table.rows]
    assert table._forget.disabled


def test_a_row_outlasts_its_run_and_says_that_the_network_has_gone(page: Any, clock: Any, ticker: Any) -> None:
    runs = [a_run(0.6)]
    table = hw.widgets.RunTable(runs, clock=clock, ticker=ticker)
    runs.clear()
    gc.collect()
    (row,) = table.rows
    assert (row.score, row.gone) == (0.6, True)
    table.panel.renew()
    ticker.round()
    choose(page, table, ticker, 1)
    assert table._open.disabled
    page.change(table._keep, value=True)
    assert "is no longer in the kernel" in table.panel.notice


def test_a_run_that_is_kept_is_held_until_it_is_let_go(page: Any, clock: Any, ticker: Any) -> None:
    runs = [a_run(0.6)]
    table = hw.widgets.RunTable(runs, clock=clock, ticker=ticker)
    ticker.round()
    choose(page, table, ticker, 1)
    page.change(table._keep, value=True)
    runs.clear()
    gc.collect()
    (row,) = table.rows
    assert (row.kept, row.gone) == (True, False)
    page.change(table._keep, value=False)
    gc.collect()
    assert table.rows[0].gone


# --- found by itself ----------------------------------------------------------------------------------------------
def test_a_run_that_begins_gets_a_row_by_itself(page: Any, clock: Any, ticker: Any) -> None:
    table = hw.widgets.RunTable(clock=clock, ticker=ticker)
    before = len(table.rows)
    ticker.round()
    run = counting_run()
    assert ticker.looks_after(table.panel)
    assert len(table.rows) == before + 1
    assert table.rows[-1].alive
    assert not table.panel.source_over()
    run.stop()
    assert until(lambda: not run.alive)
    ticker.round()
    assert table.rows[-1].state == "stopped"


def test_a_table_without_runs_says_what_will_come(page: Any, clock: Any, ticker: Any) -> None:
    table = hw.widgets.RunTable([], clock=clock, ticker=ticker)
    ticker.round()
    assert table.sentence() == "No training yet: a row appears for each run."


def test_what_is_no_run_is_refused(page: Any) -> None:
    with pytest.raises(TypeError, match=r"`run` must be a run, as model\.train.*; received int"):
        hw.widgets.RunTable([3])
    with pytest.raises(TypeError, match="`on_opn` is no argument of RunTable"):
        hw.widgets.RunTable([], on_opn=print)


def test_the_table_is_drawn_as_a_picture_and_its_code_is_python(table: Any) -> None:
    assert table.picture().startswith(b"\x89PNG")
    compile(table.code, "code", "exec")


def test_a_run_of_another_kind_has_a_row_too(page: Any, run: Any, clock: Any, ticker: Any) -> None:
    table = hw.widgets.RunTable([], clock=clock, ticker=ticker)
    run.train(30)
    table.add(run)
    (row,) = table.rows
    assert (row.title, row.alive, row.steps_done) == ("run 1", True, 30)
