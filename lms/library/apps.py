from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "lms.library"
    label = "library"
    verbose_name = "Library"
