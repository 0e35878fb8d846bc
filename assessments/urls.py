from django.urls import path

from assessments.views.exam import begin, hand_in, question, result
from assessments.views.practice import answer
from assessments.views.scenario import begin_walk, path_walked, walk

urlpatterns = [
    path("ujian/mulai/", begin, name="exam_begin"),
    path("ujian/<uuid:attempt_id>/<int:number>/", question, name="exam_question"),
    path("ujian/<uuid:attempt_id>/kumpul/", hand_in, name="exam_hand_in"),
    path("ujian/<uuid:attempt_id>/hasil/", result, name="exam_result"),
    path("skenario/mulai/", begin_walk, name="walk_begin"),
    path("skenario/<uuid:walk_id>/", walk, name="walk"),
    path("skenario/<uuid:walk_id>/jalan/", path_walked, name="walk_path"),
    path("latihan/<uuid:practice_key>/", answer, name="practice_answer"),
]
