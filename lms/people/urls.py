from django.urls import path

from lms.people.views import coordinator

urlpatterns = [
    path("koordinasi/orang/", coordinator.people, name="people"),
    path("koordinasi/orang/tambah/", coordinator.add_person, name="add_person"),
    path("koordinasi/orang/<int:person_id>/pin/", coordinator.renew_pin, name="renew_pin"),
]
