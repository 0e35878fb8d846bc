"""The site's own settings with two more addresses: the measures that speeds are compared with."""

from lms.settings import *

ROOT_URLCONF = "tests.bench.urls"
CELERY_BEAT_SCHEDULE = {}
