from assessments.models.attempts import Attempt, PracticeAnswer
from assessments.models.bank import Question
from assessments.models.exams import ExamPage, PracticePage

__all__ = ["Attempt", "ExamPage", "PracticeAnswer", "PracticePage", "Question"]
