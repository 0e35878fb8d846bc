"""The door for background work: `celery -A lms.celery worker -B`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
app = Celery("lopo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
