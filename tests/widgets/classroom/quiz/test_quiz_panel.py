import contextlib
import io
import json
import re

import numpy as np
import pytest
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.classroom import QUESTIONS, quiz
from hcnn_widgets.widgets.classroom.quiz.quiz_keys import KEYPAD
from hcnn_widgets.widgets.scene.marks import Group

PAD = 4
"""The pad begins behind the four cells of the pop quiz."""
TURNED = "This is what comes out when the kernel is turned by 180 degrees, as in a true convolution."


@pytest.fixture
def make(make_lab):
    return lambda *given, **options: make_lab("Quiz", *given, **options)


def press(panel, *keys, place=0):
    for key in keys:
        panel.panel.pressed(place, key)


def fill(panel, values):
    """Type numbers into the cells of the answer in front, row by row."""
    for place, value in enumerate(np.ravel(values).tolist()):
        press(panel, *f"{value:g}", place=place)


def marks_of(marks):
    for mark in marks:
        yield mark
        if isinstance(mark, Group):
            yield from marks_of(mark.marks)


def sentences(panel):
    return [place.sentence for place in panel.scene(640).places]


def test_the_pop_quiz_is_answered_by_keys_and_checked(make):
    panel = make(2)
    assert panel.sentence() == "Question 1 of 2. What is the cross-correlation of image and kernel?"
    assert sentences(panel)[0] == "Answer, row 1, column 1: empty."
    fill(panel, [[19, 25], [37, 43]])
    assert panel.answers[0]["given"] == [[19, 25], [37, 43]]
    assert "right" not in panel.sentence()
    press(panel, "Enter", place=3)
    assert panel.sentence().endswith("kernel? All 4 cells are right.")
    assert sentences(panel)[2] == "Answer, row 2, column 1: 37, right."
    assert sentences(panel)[PAD + len(KEYPAD)] == "Question 1: right."


def test_a_wrong_answer_is_told_its_mistake_until_it_is_changed(make):
    panel = make()
    fill(panel, [[5, 11], [23, 43]])
    press(panel, "Enter", place=3)
    assert panel.sentence().endswith(f"1 of 4 cells is right. {TURNED}")
    assert sentences(panel)[0] == "Answer, row 1, column 1: 5, wrong."
    colours = {mark.fill for mark in marks_of(panel.scene(640).marks) if mark.key == "judged"}
    assert colours == {"series-1", "series-2"}
    press(panel, "1", "9")
    assert TURNED not in panel.sentence()
    assert panel.answers[0]["given"][0][0] == 19
    press(panel, "c")
    assert "2 of 4 cells are right." in panel.sentence()
    assert (panel.answers[0]["n_checks"], panel.answers[0]["mistakes"]) == (
        2,
        [TURNED.removeprefix("This is what comes out when ")[:-1]],
    )


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("12", 12),
        ("-12", -12),
        ("12-", -12),
        ("12--", 12),
        ("1.5", 1.5),
        ("1,5", 1.5),
        (".5", 0.5),
        ("007", 7),
        ("1234567890", 123456789),
        ("-", None),
        (["1", "2", "Backspace"], 1),
        (["1", "2", "Delete"], None),
        ("1.2.3", 1.23),
    ],
)
def test_numbers_are_typed_as_one_types_numbers(make, keys, value):
    panel = make()
    press(panel, *keys)
    assert panel.answers[0]["given"][0][0] == value


def test_the_pad_does_by_mouse_what_keys_do(make):
    panel = make()
    press(panel, "Enter", place=1)  # a click chooses a cell
    for key in ("2", "5", "-", "Backspace", "-", "h", "c", "n"):
        press(panel, "Enter", place=PAD + KEYPAD.index(key))
    answer = panel.answers[0]
    assert (answer["given"], answer["n_checks"], answer["hinted"]) == ([[None, 2], [None, None]], 1, True)
    assert panel.state["at"] == 1
    dots = len(sentences(panel)) - 5
    press(panel, "Enter", place=dots)
    assert panel.state["at"] == 0
    drawn = {mark.place for mark in marks_of(panel.scene(640).marks) if mark.place is not None}
    assert drawn == set(range(len(sentences(panel))))


def test_the_first_digit_in_another_cell_replaces_what_stands_there(make):
    panel = make()
    press(panel, "1", "9")
    press(panel, "2", place=1)
    press(panel, "7")
    assert panel.answers[0]["given"][0] == [7, 2]


def test_enter_goes_to_the_next_empty_cell_and_checks_when_there_is_none(make):
    panel = make()
    press(panel, "Enter")  # a click on the cell that is chosen already
    assert (panel.answers[0]["n_checks"], panel.shown.cell, panel.scene(640).moved) == (0, 0, None)
    press(panel, "2", place=1)
    press(panel, "Enter", place=1)
    assert (panel.shown.cell, panel.scene(640).moved) == (2, 2)
    press(panel, "3", "Enter", place=2)
    press(panel, "4", "Enter", place=3)
    assert (panel.shown.cell, panel.scene(640).moved) == (0, 0)
    press(panel, "Enter", place=2)  # chosen, as by a click
    assert (panel.shown.cell, panel.answers[0]["n_checks"], panel.scene(640).moved) == (2, 0, None)
    press(panel, "1", "Enter")
    assert (panel.answers[0]["given"], panel.answers[0]["n_checks"]) == ([[1, 2], [3, 4]], 1)
    press(panel, "Enter")
    assert panel.answers[0]["n_checks"] == 1


def test_who_types_faster_than_the_page_draws_types_into_the_next_cell(page, make, ticker):
    panel = make()
    page.say(panel.panel, kind="ack", sequence=panel.panel.sequence)
    for key in ("1", "9", "Enter", "2", "5", "Enter", "3"):  # the page has drawn nothing yet: the first cell is marked
        page.say(panel.panel, kind="press", place=0, key=key)
    assert panel.answers[0]["given"] == [[19, 25], [3, None]]
    ticker.round()
    page.say(panel.panel, kind="ack", sequence=panel.panel.sequence)
    page.say(panel.panel, kind="press", place=0, key="8")  # walked back to
    assert panel.answers[0]["given"] == [[8, 25], [3, None]]


def test_a_hint_shows_window_and_sum_without_the_result(make):
    panel = make()
    press(panel, "h")
    assert "Hint: 0×0 + 1×1 + 3×2 + 4×3 = ?" in panel.sentence()
    assert sentences(panel)[3] == "Answer, row 2, column 2: empty. Hint: 4×0 + 5×1 + 7×2 + 8×3 = ?"
    scene = panel.scene(640)
    (image,) = [group for group in scene.marks if group.key == "board-image"]
    cells = {mark.key: mark for mark in image.marks}
    (frame,) = [mark for mark in scene.places[3].marks if mark.key == "frame-image"]
    first, last = cells["cell-1-1"], cells["cell-2-2"]
    assert (frame.x, frame.y) == (first.x, first.y)
    assert (frame.x + frame.width, frame.y + frame.height) == pytest.approx((last.x + last.width, last.y + last.height))
    press(panel, "h")
    assert "Hint" not in panel.sentence()


def test_buttons_turn_pages_check_and_draw_new_questions(page, make):
    panel = make(3)
    assert (panel._back.disabled, panel._check.disabled) == (True, False)
    page.click(panel._check)
    assert "No cell has a number yet." in panel.sentence()
    page.click(panel._next)
    press(panel, "n", "n", "b")
    assert panel.state["at"] == 1
    before = panel.shown.sheet
    page.click(panel._new)
    assert (panel.state["at"], panel.state["seed"]) == (0, 1)
    assert [question.given for question in panel.shown.sheet] == [question.given for question in quiz(3, seed=1)]
    page.click(panel._undo)
    assert panel.shown.sheet is before
    page.click(panel._reset)
    assert panel.state["filled"] == make(3).state["filled"]


def test_all_questions_can_be_answered_and_the_end_is_said(make):
    panel = make(len(QUESTIONS), seed=2)
    for question in panel.shown.sheet:
        fill(panel, question.answer)
        press(panel, "Enter", place=question.answer.size - 1)
        assert panel.shown.diagnosis.is_right, question.kind
        press(panel, "n")
    assert panel.sentence().endswith("All 15 questions are answered right.")
    assert [row["n_right"] == row["n_cells"] for row in panel.answers] == [True] * 15


def test_answers_are_saved_as_a_table_and_corrected_from_plain_data(make):
    panel = make(2)
    fill(panel, [5, 11, 23])
    names, *rows = panel.scene(640).numbers
    assert names == ("question", "kind", "row", "column", "given", "cells right", "cells", "checks", "hint")
    assert rows[:4] == [
        (1, "cross-correlation", 1, 1, 5.0, 0, 4, 0, 0),
        (1, "cross-correlation", 1, 2, 11.0, 0, 4, 0, 0),
        (1, "cross-correlation", 2, 1, 23.0, 0, 4, 0, 0),
        (1, "cross-correlation", 2, 2, None, 0, 4, 0, 0),
    ]
    handed_in = json.loads(json.dumps(panel.answers))
    found = quiz(2).diagnoses([row["given"] for row in handed_in])
    assert found[0].text == f"0 of 4 cells are right. {TURNED}"
    assert found[1].text == "No cell has a number yet."


def test_its_state_is_plain_data_and_its_line_shows_it_again(make):
    panel = make(3, seed=7, kinds=["pooling", "gate"])
    press(panel, "1", "c", "h", "n", "4")
    state = json.loads(json.dumps(panel.state))
    assert make(state).scene(500).plain() == panel.scene(500).plain()
    again = eval(panel.line, {"hw": hw})
    assert again.state == panel.state
    again.close()


def test_the_lines_of_code_wait_for_a_check_and_print_the_answer(make):
    panel, out = make(), io.StringIO()
    exec(panel.code, {})
    assert "checked" in panel.code
    press(panel, "1", "c")
    with contextlib.redirect_stdout(out):
        exec(panel.code, {})
    assert re.findall(r"\d+", out.getvalue()) == ["19", "25", "37", "43"]


@pytest.mark.no_cover
@pytest.mark.parametrize("width", [280, 520, 820])
def test_all_stays_within_the_room_in_every_kind_of_question(make, width):
    panel = make(len(QUESTIONS) + 20)
    for number in range(len(QUESTIONS)):
        press(panel, "h")
        scene = panel.scene(width)
        marks = [*marks_of(scene.marks), *(mark for place in scene.places for mark in place.marks)]
        framed = [mark for mark in marks if hasattr(mark, "width") and not mark.key.startswith("frame-")]
        assert all(mark.x >= 0 and mark.x + mark.width <= width + 0.01 for mark in framed), number
        assert all(0 <= mark.y <= scene.height for mark in marks if hasattr(mark, "y")), number
        press(panel, "n")


def test_the_still_picture_shows_the_boards(make):
    picture = np.asarray(Image.open(io.BytesIO(make().picture())).convert("L"))
    assert picture.shape[1] == 640
    assert (picture < 100).sum() > 500


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"n": 41}, "`n` are too many questions. Accepted are up to 40; received 41"),
        ({"n": 10**12}, "`n` are too many questions. Accepted are up to 40; received 1000000000000"),
        ({"n": 0}, "`n` is no count"),
        ({"at": 5}, "`at` is no question. Accepted is a whole number from 0 to 4; received 5"),
        ({"kinds": ["gates"]}, "`kinds='gates'` is unknown"),
        ({"filled": [{"cells": ["1"]}]}, "`filled` does not go with the questions. .* received 1 answers"),
        ({"filled": [3] * 5}, "`filled` does not go with the questions"),
        ({"filled": 3}, "`filled` does not go with the questions"),
        ({"sead": 1}, "`sead` is no argument of Quiz.* the nearest is 'seed'"),
    ],
)
def test_what_is_no_quiz_is_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        hw.widgets.Quiz(**options)


def test_the_pad_stays_where_it_is_from_question_to_question(make) -> None:
    panel, pads = make(15, seed=1), []
    for number in range(15):
        assert panel.state["at"] == number
        (key,) = (mark for mark in marks_of(panel.scene(848).marks) if mark.key == "key-0")
        pads.append([mark.y for mark in marks_of(key.marks)])
        press(panel, "n")
    assert pads[0]
    assert pads == pads[:1] * 15
