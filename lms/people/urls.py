from django.urls import path

from lms.people.views import changing, coordinator

urlpatterns = [
    path("ganti-orang/", changing.change_person, name="change_person"),
    path("akun/nama/", changing.forget_name, name="forget_name"),
    path("koordinasi/orang/", coordinator.people, name="people"),
    path("koordinasi/orang/tambah/", coordinator.add_person, name="add_person"),
    path("koordinasi/orang/<int:person_id>/", coordinator.correct_person, name="correct_person"),
    path("koordinasi/orang/<int:person_id>/pin/", coordinator.renew_pin, name="renew_pin"),
]
