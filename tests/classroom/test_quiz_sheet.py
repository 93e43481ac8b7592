import contextlib
import hashlib
import io
import json
import re

import nbformat
import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.classroom import QUESTIONS, quiz

N_KINDS = len(QUESTIONS)


def code_of(path):
    """Return the code cells of a notebook, by the id that nbgrader knows them by."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if cell.cell_type == "code"}


def test_the_pop_quiz_of_the_lecture_is_the_first():
    first = quiz()[0]
    assert first.boards["image"].tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert first.boards["kernel"].tolist() == [[0, 1], [2, 3]]
    assert first.answer.tolist() == [[19, 25], [37, 43]]
    assert quiz(1, kinds="gate")[0].kind == "gate"


def test_the_same_seed_gives_the_same_questions_and_a_longer_sheet_begins_with_the_shorter():
    long, short, other = quiz(N_KINDS + 3, seed=4), quiz(6, seed=4), quiz(6, seed=5)
    assert [question.given for question in long][:6] == [question.given for question in short]
    assert all(one.given != two.given for one, two in zip(list(short)[1:], list(other)[1:], strict=True))
    assert {question.kind for question in long} == set(QUESTIONS)
    assert long[N_KINDS].given != long[0].given


def test_kinds_are_gone_through_in_turn():
    kinds = ["gate", "cross-correlation", "pooling"]
    asked = [question.kind for question in quiz(5, kinds=kinds)]
    assert asked == ["cross-correlation", "pooling", "gate", "cross-correlation", "pooling"]


def test_answers_are_corrected_all_together():
    sheet = quiz(3)
    answers = [question.answer for question in sheet]
    answers[1] = answers[1] + 1000
    assert [found.is_right for found in sheet.diagnoses(answers)] == [True, False, True]
    with pytest.raises(ValueError, match=r"`answers` must be one a question. Accepted are 3; received 2"):
        sheet.diagnoses(answers[:2])


def test_markdown_has_every_question_and_the_answers_only_where_asked_for():
    sheet = quiz(N_KINDS)
    plain, solved = sheet.to_markdown(), sheet.to_markdown(answers=True)
    assert plain.count("\n## ") == solved.count("\n## ") == N_KINDS
    assert "| 0 | 1 | 2 |\n| 3 | 4 | 5 |\n| 6 | 7 | 8 |\n" in plain
    assert "| 19 | 25 |" not in plain
    assert "answer:\n\n|  |  |\n| ---: | ---: |\n|  |  |\n|  |  |\n" in plain
    assert "| 19 | 25 |\n| 37 | 43 |\n" in solved
    assert "- 5 11 / 23 29: the kernel is turned by 180 degrees" in solved
    assert "| z | output |" in plain


def test_the_students_notebook_has_no_answer_and_its_checks_refuse_and_accept(tmp_path):
    sheet = quiz(N_KINDS, seed=1)
    cells = code_of(sheet.to_notebook(tmp_path / "quiz.ipynb"))
    assert len(cells) == 2 * N_KINDS
    for number, question in enumerate(sheet, 1):
        names = {}
        answer, check = cells[f"answer-{number}"], cells[f"check-{number}"]
        exec(answer.source, names)
        assert np.isnan(names[f"answer_{number}"]).all()
        with pytest.raises(AssertionError, match="some cells are empty"):
            exec(check.source, names)
        with pytest.raises(AssertionError, match="not yet right"):
            exec(check.source, names | {f"answer_{number}": question.answer + 1})
        with pytest.raises(AssertionError, match="the answer has"):
            exec(check.source, names | {f"answer_{number}": np.ones((7, 7))})
        exec(check.source, names | {f"answer_{number}": question.answer.tolist()})
        assert str(question.answer.tolist()) not in answer.source + check.source


def test_the_cells_are_those_that_nbgrader_knows(tmp_path):
    cells = code_of(quiz(1).to_notebook(tmp_path / "quiz.ipynb"))
    known = {"grade_id": "answer-1", "grade": False, "locked": False, "solution": True, "task": False}
    assert cells["answer-1"].metadata.nbgrader == known | {"schema_version": 3}
    known = {"grade_id": "check-1", "grade": True, "locked": True, "solution": False, "task": False, "points": 1}
    assert cells["check-1"].metadata.nbgrader == known | {"schema_version": 3}
    salt = re.search(r'sha256\(\("(\w+)"', cells["check-1"].source)[1]
    digest = hashlib.sha256(f"{salt}[[19.0, 25.0], [37.0, 43.0]]".encode()).hexdigest()
    assert digest in cells["check-1"].source


def test_the_teachers_notebook_runs_from_its_top_and_marks_what_is_cut_out(tmp_path):
    sheet = quiz(N_KINDS, seed=2)
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in code_of(sheet.to_notebook(tmp_path / "teacher.ipynb", answers=True)).values():
            exec(cell.source, names)
            if "answer-" in cell.metadata.nbgrader.grade_id:
                begin, end = (cell.source.index(f"### {word} SOLUTION") for word in ("BEGIN", "END"))
                assert "answer_" not in cell.source[:begin] + cell.source[end:]
    for number, question in enumerate(sheet, 1):
        np.testing.assert_allclose(names[f"answer_{number}"], question.answer)


def test_a_notebook_that_somebody_has_filled_in_is_not_replaced_unasked(tmp_path):
    path = tmp_path / "quiz.ipynb"
    quiz(2).to_notebook(path)
    assert quiz(2).to_notebook(str(path)) == path  # the same once more
    filled = json.loads(path.read_text(encoding="utf-8"))
    filled["cells"][2]["source"] = ["answer_1 = [[19, 25], [37, 43]]\n"]
    path.write_text(json.dumps(filled), encoding="utf-8")
    with pytest.raises(FileExistsError, match="`path` holds another notebook, perhaps with somebody's answers"):
        quiz(2).to_notebook(path)
    assert "[[19, 25], [37, 43]]" in path.read_text(encoding="utf-8")
    quiz(2).to_notebook(path, overwrite=True)
    assert "[[19, 25], [37, 43]]" not in path.read_text(encoding="utf-8")
    assert [found.name for found in tmp_path.iterdir()] == ["quiz.ipynb"]


def test_another_kind_of_file_and_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"`path` is no notebook. Accepted is a name that ends in .ipynb"):
        quiz(1).to_notebook(tmp_path / "quiz.md")
    with pytest.raises(OSError, match="missing"):
        quiz(1).to_notebook(tmp_path / "missing" / "quiz.ipynb")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"n": 0}, "`n` is no count"),
        ({"seed": -1}, "`seed` is no seed"),
        ({"kinds": ["pooling", "gates"]}, "`kinds='gates'` is unknown. .* the nearest is 'gate'"),
        ({"kinds": []}, "`kinds` names none. Accepted are 'cross-correlation'"),
        ({"kinds": 3}, "`kinds` names none. Accepted are .* received 3"),
        ({"kind": "gate"}, "`kind` is no argument of quiz. .* the nearest is 'kinds'"),
    ],
)
def test_what_is_no_quiz_is_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        hw.classroom.quiz(**options)
