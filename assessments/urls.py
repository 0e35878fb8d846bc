from django.urls import path

from assessments.views import grading, sittings
from assessments.views.class_exams import class_exam, class_exams, give_attempt, give_time
from assessments.views.exam import begin
from assessments.views.practical import begin_task, hand_in_task, task, written
from assessments.views.practice import answer
from assessments.views.result import result
from assessments.views.scenario import begin_walk, path_walked, walk
from assessments.views.sitting import hand_in, question, whole_page

urlpatterns = [
    path("ujian/mulai/", begin, name="exam_begin"),
    path("ujian/<uuid:attempt_id>/<int:number>/", question, name="exam_question"),
    path("ujian/<uuid:attempt_id>/semua/", whole_page, name="exam_page"),
    path("ujian/<uuid:attempt_id>/kumpul/", hand_in, name="exam_hand_in"),
    path("ujian/<uuid:attempt_id>/hasil/", result, name="exam_result"),
    path("kelas/<int:cohort_id>/ujian/", class_exams, name="class_exams"),
    path("kelas/<int:cohort_id>/ujian/<uuid:exam_key>/", class_exam, name="class_exam"),
    path("kelas/<int:cohort_id>/ujian/<uuid:exam_key>/waktu/", give_time, name="exam_time"),
    path("kelas/<int:cohort_id>/ujian/<uuid:exam_key>/kesempatan/", give_attempt, name="exam_attempt"),
    path("skenario/mulai/", begin_walk, name="walk_begin"),
    path("skenario/<uuid:walk_id>/", walk, name="walk"),
    path("skenario/<uuid:walk_id>/jalan/", path_walked, name="walk_path"),
    path("latihan/<uuid:practice_key>/", answer, name="practice_answer"),
    path("praktik/mulai/", begin_task, name="task_begin"),
    path("praktik/<uuid:submission_id>/", task, name="task"),
    path("praktik/<uuid:submission_id>/kumpul/", hand_in_task, name="task_hand_in"),
    path("praktik/<uuid:submission_id>/tulisan/", written, name="task_written"),
    path("penilaian/", grading.desk, name="grading_desk"),
    path("penilaian/berikut/", grading.take_next, name="grade_next"),
    path("penilaian/amati/", sittings.watch, name="watch"),
    path("penilaian/janji/", sittings.sittings, name="sittings"),
    path("penilaian/cerita/", sittings.class_walks, name="class_walks"),
    path("penilaian/<uuid:submission_id>/", grading.grade, name="grade"),
    path("penilaian/<uuid:submission_id>/tugas/", grading.read_task, name="grade_task"),
    path("penilaian/<uuid:submission_id>/ambil/", grading.take, name="grade_take"),
    path("penilaian/<uuid:submission_id>/sepakat/", grading.agree, name="grade_agree"),
    path("penilaian/<uuid:submission_id>/bersihkan/", grading.clean, name="grade_clean"),
]
