from django.urls import path

from assessments.views.exam import begin, hand_in, question, result
from assessments.views.practice import answer

urlpatterns = [
    path("ujian/mulai/", begin, name="exam_begin"),
    path("ujian/<uuid:attempt_id>/<int:number>/", question, name="exam_question"),
    path("ujian/<uuid:attempt_id>/kumpul/", hand_in, name="exam_hand_in"),
    path("ujian/<uuid:attempt_id>/hasil/", result, name="exam_result"),
    path("latihan/<uuid:practice_key>/", answer, name="practice_answer"),
]
