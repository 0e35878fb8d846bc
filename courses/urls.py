from django.urls import path

from courses.views.cohorts import change_member, cohort, cohorts, invite, new_cohort
from courses.views.course import show_course, show_module
from courses.views.desk import show_desk
from courses.views.enrol import enrol
from courses.views.feedback import give, opinions
from courses.views.join import invitation, join
from courses.views.search import search
from courses.views.step import finish, keep_place, show_step
from courses.views.talk import talk
from courses.views.teaching import change_day, day, days

app_name = "courses"

urlpatterns = [
    path("koordinasi/orang/<int:person_id>/kelas/", enrol, name="enrol"),
    path("kelas/", cohorts, name="cohorts"),
    path("kelas/umpan-balik/", opinions, name="opinions"),
    path("kelas/baru/", new_cohort, name="new_cohort"),
    path("kelas/<int:cohort_id>/", cohort, name="cohort"),
    path("kelas/<int:cohort_id>/anggota/", change_member, name="change_member"),
    path("kelas/<int:cohort_id>/undang/", invite, name="invite"),
    path("kelas/<int:cohort_id>/hari/", days, name="training_days"),
    path("kelas/<int:cohort_id>/hari/<int:day_id>/", day, name="training_day"),
    path("kelas/<int:cohort_id>/hari/<int:day_id>/ubah/", change_day, name="change_day"),
    path("belajar/", show_desk, name="desk"),
    path("belajar/cari/", search, name="search"),
    path("belajar/masukan/<uuid:key>/", give, name="feedback"),
    path("belajar/tempat/", keep_place, name="keep_place"),
    path("belajar/ikut/", join, name="join"),
    path("belajar/undangan/", invitation, name="invitation"),
    path("belajar/selesai/", finish, name="finish"),
    path("belajar/bicara/", talk, name="talk"),
    path("belajar/<slug:course>/", show_course, name="course"),
    path("belajar/<slug:course>/<slug:module>/", show_module, name="module"),
    path("belajar/<slug:course>/<slug:module>/<slug:step>/", show_step, name="step"),
]
