from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "lms.sync"
    label = "sync"
    verbose_name = "Sync"
