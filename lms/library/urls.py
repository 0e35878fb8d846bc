from django.urls import path

from lms.library.views import reading

urlpatterns = [
    path("pustaka/", reading.library, name="library"),
    path("pustaka/<slug:code>/", reading.resource, name="library_resource"),
    path("pustaka/<slug:code>/berkas/", reading.resource_file, name="library_file"),
]
