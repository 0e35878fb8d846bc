from importlib import import_module

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "lms.kit"
    label = "kit"
    verbose_name = "Kit"

    def ready(self) -> None:
        import_module("lms.checks")
