from assessments.models.asked import AskedQuestion
from assessments.models.attempts import Attempt, ExtraTime, PracticeAnswer
from assessments.models.bank import Question
from assessments.models.exams import ExamPage, PracticePage
from assessments.models.imports import QuestionImport
from assessments.models.phrases import Phrase
from assessments.models.practicals import PracticalPage
from assessments.models.scenarios import ScenarioPage
from assessments.models.submissions import Grading, Round, Sitting, Submission
from assessments.models.walks import Walk

__all__ = [
    "AskedQuestion",
    "Attempt",
    "ExamPage",
    "ExtraTime",
    "Grading",
    "Phrase",
    "PracticalPage",
    "PracticeAnswer",
    "PracticePage",
    "Question",
    "QuestionImport",
    "Round",
    "ScenarioPage",
    "Sitting",
    "Submission",
    "Walk",
]
