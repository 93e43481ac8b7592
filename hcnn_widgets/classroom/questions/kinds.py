"""The kinds of questions by name."""

from hcnn_widgets.classroom.questions.count_questions import COUNT_QUESTIONS
from hcnn_widgets.classroom.questions.question import QuestionKind
from hcnn_widgets.classroom.questions.unit_questions import UNIT_QUESTIONS
from hcnn_widgets.classroom.questions.window_questions import WINDOW_QUESTIONS

QUESTIONS: dict[str, QuestionKind] = {**WINDOW_QUESTIONS, **UNIT_QUESTIONS, **COUNT_QUESTIONS}
"""Kinds of questions by name."""
