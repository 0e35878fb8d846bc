from django.urls import path

from courses.views.course import show_course, show_module
from courses.views.desk import show_desk
from courses.views.enrol import enrol
from courses.views.step import finish, show_step

app_name = "courses"

urlpatterns = [
    path("koordinasi/orang/<int:person_id>/kelas/", enrol, name="enrol"),
    path("belajar/", show_desk, name="desk"),
    path("belajar/selesai/", finish, name="finish"),
    path("belajar/<slug:course>/", show_course, name="course"),
    path("belajar/<slug:course>/<slug:module>/", show_module, name="module"),
    path("belajar/<slug:course>/<slug:module>/<slug:step>/", show_step, name="step"),
]
