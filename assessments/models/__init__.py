from assessments.models.attempts import Attempt, PracticeAnswer
from assessments.models.bank import Question
from assessments.models.exams import ExamPage, PracticePage
from assessments.models.practicals import PracticalPage
from assessments.models.scenarios import ScenarioPage
from assessments.models.walks import Walk

__all__ = ["Attempt", "ExamPage", "PracticalPage", "PracticeAnswer", "PracticePage", "Question", "ScenarioPage", "Walk"]
